import type { EntityManager } from 'typeorm';
import type { ClaimId, ClaimsRepository } from './claims.repository.js';

/** An answer in the bytes in which it goes out, now and at every replay. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * What a handler gets to know of its request's key. Without a key every method does nothing, so that a use case tells
 * one story for both.
 */
export interface Claim {
  /** The client's own key; null when there is none. */
  readonly key: string | null;
  /** What an earlier attempt under this key has made; null if there was none, or it made nothing. */
  readonly resource: string | null;
  /** The key was finished before: answer about `resource` as it now is (only where the policy asks for it). */
  readonly finished: boolean;
  /** Remembers what was made, in the transaction that makes it. @throws ClaimLostError, EpochChangedError */
  attach(tx: EntityManager, resource: string): Promise<void>;
  /**
   * Stores the answer in the last transaction of the work, so that there is no moment at which the work is final and
   * its answer is not. @throws ClaimLostError: somebody else has taken the key over; let the transaction roll back.
   * @throws EpochChangedError: the caller's id may be another's by now; let it roll back, too.
   */
  settle(tx: EntityManager, answer: unknown, resource?: string): Promise<void>;
}

/** Our lease ended and somebody else works on this key. Nothing of ours may be committed any more. */
export class ClaimLostError extends Error {
  constructor() {
    super('The idempotency key is no longer ours');
    this.name = 'ClaimLostError';
  }
}

/**
 * What a finished key had made has come to nothing since. A handler that was given the finished claim throws it, and is
 * run again with the key taken anew: a claim of its own, so that of two retries one alone does the work.
 */
export class ResultVoidedError extends Error {
  constructor() {
    super('What was made under this idempotency key has come to nothing since');
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

/** For a request without a key: there is nothing to store, but it, too, is written only in the epoch of its caller. */
export function claimWithoutKey(claims: ClaimsRepository, epoch: string | undefined): Claim {
  const requireEpoch = (tx: EntityManager) => claims.requireEpoch(tx, epoch);
  return { ...NO_CLAIM, attach: requireEpoch, settle: requireEpoch };
}

/** A key that is being worked on, by us. */
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
    // JSON.stringify of nothing is nothing; an answer has bytes, if only none.
    const rendered = { status, body: (body as string | undefined) ?? '' };
    const finish = { ...rendered, resource: resource ?? null, keepMs: this.how.keepMs };
    if (!(await this.claims.finish(tx, this.inEpoch(), finish))) throw new ClaimLostError();
    // True only if the transaction commits, which is asked before it is used.
    this.settled = rendered;
    this.resource = resource ?? this.resource;
  }

  /** Whether what was settled was also committed: a handler may have caught the error of its transaction. */
  async isFinished(manager: EntityManager): Promise<boolean> {
    return this.settled !== undefined && (await this.claims.isFinished(manager, this.row));
  }

  async extend(manager: EntityManager, leaseMs: number): Promise<boolean> {
    return this.claims.extend(manager, this.row, leaseMs);
  }

  /** @param voided what was made under it has come to nothing: the key is free for any request */
  async letGo(manager: EntityManager, voided = false): Promise<void> {
    await this.claims.letGo(manager, this.row, voided ? this.resource : null);
  }

  private inEpoch(): ClaimId {
    return { id: this.row.id, owner: this.row.owner, epoch: this.how.epoch };
  }
}

/** A key that was finished before, for handlers that answer it in their own way. */
export function finishedClaim(resource: string | null): Claim {
  return { ...NO_CLAIM, resource, finished: true };
}
