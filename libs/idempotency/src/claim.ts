import type { EntityManager } from 'typeorm';
import type { ClaimId, ClaimsRepository } from './claims.repository.js';

/** An answer in the bytes that are sent, now and at every replay. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * A handler's view of its request's key. Without a key every method does nothing, so that a use case needs no branch
 * for it.
 */
export interface Claim {
  /** The client's own key; null when there is none. */
  readonly key: string | null;
  /** The resource that an earlier attempt under this key has made; null if there is none. */
  readonly resource: string | null;
  /** The key was finished before: answer with the current state of `resource` (only where the policy says so). */
  readonly finished: boolean;
  /** Stores which resource was made, in the transaction that makes it. @throws ClaimLostError, EpochChangedError */
  attach(tx: EntityManager, resource: string): Promise<void>;
  /**
   * Stores the answer in the last transaction of the work, so that work and answer are committed together. @throws
   * ClaimLostError: another process has taken the key over; let the transaction roll back.
   * @throws EpochChangedError: the caller's id may belong to another user now; let the transaction roll back, too.
   */
  settle(tx: EntityManager, answer: unknown, resource?: string): Promise<void>;
}

/** Our lease ended and another process works on this key. This process may not commit anything for it. */
export class ClaimLostError extends Error {
  constructor(options?: ErrorOptions) {
    super('The lease on the idempotency key ended; another process has claimed it', options);
    this.name = 'ClaimLostError';
  }
}

/**
 * The result of a finished key was voided since. A handler that was given the finished claim throws it. The handler
 * then runs again with a claim of its own, so that only one of two retries does the work.
 */
export class ResultVoidedError extends Error {
  constructor() {
    super('The stored result of this idempotency key is no longer valid');
    this.name = 'ResultVoidedError';
  }
}

export const NO_CLAIM: Claim = Object.freeze({
  key: null,
  resource: null,
  finished: false,
  attach: async () => undefined,
  settle: async () => undefined,
});

/**
 * For a request without a key. Nothing is stored, but writes still require the epoch in which the caller was
 * identified.
 */
export function claimWithoutKey(claims: ClaimsRepository, epoch: string | undefined): Claim {
  const requireEpoch = (tx: EntityManager) => claims.requireEpoch(tx, epoch);
  return { ...NO_CLAIM, attach: requireEpoch, settle: requireEpoch };
}

/** A key that this process has claimed. */
export class OwnedClaim implements Claim {
  readonly finished = false;
  settled: StoredAnswer | undefined;
  resource: string | null;

  constructor(
    private readonly claims: ClaimsRepository,
    private readonly row: { readonly id: number; readonly owner: string; readonly resource: string | null },
    private readonly how: {
      readonly keepMs: number;
      readonly epoch?: string | undefined;
      readonly render: (answer: unknown) => StoredAnswer;
    },
    readonly key: string | null = null,
  ) {
    this.resource = row.resource;
  }

  async attach(tx: EntityManager, resource: string): Promise<void> {
    if (!(await this.claims.attach(tx, this.inEpoch(), resource))) throw new ClaimLostError();
    this.resource = resource;
  }

  async settle(tx: EntityManager, answer: unknown, resource?: string): Promise<void> {
    const { status, body } = this.how.render(answer);
    // JSON.stringify(undefined) is undefined; an answer always has bytes, possibly none.
    const rendered = { status, body: (body as string | undefined) ?? '' };
    const finish = { ...rendered, resource: resource ?? null, keepMs: this.how.keepMs };
    if (!(await this.claims.finish(tx, this.inEpoch(), finish))) throw new ClaimLostError();
    // Holds only if the transaction commits; `isFinished` checks that.
    this.settled = rendered;
    this.resource = resource ?? this.resource;
  }

  /** Whether the settled answer was also committed: a handler may have caught the error of its transaction. */
  async isFinished(manager: EntityManager): Promise<boolean> {
    return this.settled !== undefined && (await this.claims.isFinished(manager, this.row));
  }

  async extend(manager: EntityManager, leaseMs: number): Promise<boolean> {
    return this.claims.extend(manager, this.row, leaseMs);
  }

  /**
   * @param voided the claim's resource was voided: the key is free for any request
   * @returns false when another process has taken the key over
   */
  async release(manager: EntityManager, voided = false): Promise<boolean> {
    return this.claims.release(manager, this.inEpoch(), voided ? this.resource : null);
  }

  private inEpoch(): ClaimId {
    return { id: this.row.id, owner: this.row.owner, epoch: this.how.epoch };
  }
}

/** A finished key, for handlers that answer it themselves. */
export function finishedClaim(resource: string | null): Claim {
  return { ...NO_CLAIM, resource, finished: true };
}
