import { crashPoint } from '#crash-points';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { ClaimId, ClaimsRepository, Scope } from './claims.repository.js';

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
  /**
   * Stores the key before work that other systems can see, if it is not stored yet (only where the policy says
   * `joins`). Work that is one transaction needs no such step: `settle` stores the key.
   * @throws KeyInUseError, which the library answers; EpochChangedError
   */
  hold(): Promise<void>;
  /**
   * Refuses a key that another request has stored meanwhile. Call it in the transaction of the work, after waiting for
   * its rows: what such a request has done would look like someone else's.
   * @throws KeyInUseError, which the library answers; EpochChangedError: what the transaction reads may be another user's
   */
  requireUnused(tx: EntityManager): Promise<void>;
  /** Stores which resource was made, in the transaction that makes it. @throws ClaimLostError, EpochChangedError */
  attach(tx: EntityManager, resource: string): Promise<void>;
  /**
   * Stores the answer in the last transaction of the work, so that work and answer are committed together. @throws
   * ClaimLostError: another process has taken the key over; let the transaction roll back.
   * @throws KeyInUseError: another request has stored the key; let the transaction roll back, too.
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

/** Another request has stored this key since: the request starts over, and finds it. */
export class KeyInUseError extends Error {
  constructor(options?: ErrorOptions) {
    super('Another request has stored this idempotency key', options);
    this.name = 'KeyInUseError';
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
  hold: async () => undefined,
  requireUnused: async () => undefined,
  attach: async () => undefined,
  settle: async () => undefined,
});

/**
 * For a request without a key. Nothing is stored, but writes still require the epoch in which the caller was
 * identified.
 */
export function claimWithoutKey(claims: ClaimsRepository, epoch: string | undefined): Claim {
  const requireEpoch = (tx: EntityManager) => claims.requireEpoch(tx, epoch);
  return { ...NO_CLAIM, requireUnused: requireEpoch, attach: requireEpoch, settle: requireEpoch };
}

/** How a claim is stored. */
interface ClaimTerms {
  readonly scope: Scope;
  readonly fingerprint: string;
  readonly keepMs: number;
  readonly leaseMs: number;
  readonly epoch?: string | undefined;
  readonly isDerived?: boolean;
  readonly render: (answer: unknown) => StoredAnswer;
  readonly afterCommit?: ((tx: EntityManager, effect: () => void) => void) | undefined;
}

/** The row of a claim. */
interface OwnRow {
  readonly id: number;
  readonly owner: string;
}

/** A key that this process has claimed. Without a row, it is stored by `hold`, or by the transaction that settles it. */
export class OwnedClaim implements Claim {
  readonly finished = false;
  readonly key: string | null;
  settled: StoredAnswer | undefined;
  resource: string | null;
  private row: OwnRow | undefined;
  /** The row that the transaction of the work stores. */
  private joined: OwnRow | undefined;
  private isCommitted = false;

  constructor(
    private readonly claims: ClaimsRepository,
    private readonly manager: EntityManager,
    private readonly how: ClaimTerms,
    row?: OwnRow & { readonly resource: string | null },
  ) {
    this.row = row;
    this.resource = row?.resource ?? null;
    this.key = how.isDerived ? null : how.scope.key;
  }

  get isStored(): boolean {
    return this.row !== undefined;
  }

  async hold(): Promise<void> {
    if (this.row) return;
    // An earlier version may have stored it in another form, which the insert does not conflict with.
    await this.requireUnused(this.manager);
    const row = await this.claims.insert(this.manager, this.how.scope, { ...this.how, owner: randomUUID() });
    if (!row) return this.refuse(this.manager);
    this.row = row;
    crashPoint('claim.committed');
  }

  async requireUnused(tx: EntityManager): Promise<void> {
    if (this.row) return this.claims.requireEpoch(tx, this.how.epoch);
    if (await this.claims.find(tx, this.how.scope, this.how.epoch)) throw new KeyInUseError();
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
    if (this.row) {
      if (!(await this.claims.finish(tx, this.inEpoch(), finish))) throw new ClaimLostError();
    } else {
      const how = { ...this.how, owner: randomUUID() };
      const row = await this.claims.insertFinished(tx, this.how.scope, how, finish);
      if (!row) return this.refuse(tx);
      this.joined = { id: row.id, owner: how.owner };
    }
    this.settled = rendered;
    this.resource = resource ?? this.resource;
    // What is written outside of a transaction is committed by now.
    if (tx === this.manager) this.isCommitted = true;
    else this.how.afterCommit?.(tx, () => (this.isCommitted = true));
  }

  /** Whether the settled answer was also committed: a handler may have caught the error of its transaction. */
  async isFinished(): Promise<boolean> {
    if (this.isCommitted) return true;
    const row = this.row ?? this.joined;
    if (!row || !this.settled || this.how.afterCommit) return false;
    return this.claims.isFinished(this.manager, row);
  }

  /** @returns false when this owner no longer holds the claim. */
  async extend(): Promise<boolean> {
    return !this.row || this.claims.extend(this.manager, this.row, this.how.leaseMs);
  }

  /**
   * @param voided the claim's resource was voided: the key is free for any request
   * @returns false when another process has taken the key over
   * @throws KeyInUseError when this claim was not stored, and another request's is
   */
  async release(voided = false): Promise<boolean> {
    if (this.row) return this.claims.release(this.manager, this.inEpoch(), voided ? this.resource : null);
    // It may also be this request's own: the answer to its commit was lost.
    await this.requireUnused(this.manager);
    return true;
  }

  private inEpoch(): ClaimId {
    if (!this.row) throw new Error('The key is not stored yet: call hold() first');
    return { id: this.row.id, owner: this.row.owner, epoch: this.how.epoch };
  }

  /** Nothing was inserted. */
  private async refuse(manager: EntityManager): Promise<never> {
    await this.claims.requireEpoch(manager, this.how.epoch);
    throw new KeyInUseError();
  }
}

/** A finished key, for handlers that answer it themselves. */
export function finishedClaim(resource: string | null): Claim {
  return { ...NO_CLAIM, resource, finished: true };
}
