import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { type CachedAnswer, type AnswerCache } from './answer-cache.js';
import { ClaimsRepository, type ClaimRow, type Scope } from './claims.repository.js';
import { type Claim, ClaimLostError, claimWithoutKey, KeyInUseError, OwnedClaim, type StoredAnswer } from './claim.js';

/** The result of claiming a key. */
export type ClaimResult =
  | { readonly is: 'ours'; readonly claim: OwnedClaim }
  | { readonly is: 'finished'; readonly answer: CachedAnswer }
  /** Another process has finished the work, and no answer was stored (only where `endsMs` is given). */
  | { readonly is: 'settled'; readonly resource: string }
  | { readonly is: 'running' }
  | { readonly is: 'reused' };

export interface ClaimRequest {
  readonly scope: Scope;
  readonly fingerprint: string;
  readonly keepMs: number;
  readonly leaseMs: number;
  /** The epoch in which the caller was identified. Undefined: the application does not supply one. */
  readonly epoch?: string | undefined;
  readonly render: (answer: unknown) => StoredAnswer;
  /** The outcome of an unfinished key's resource. Without it, only the same request can resume the key. */
  readonly outcomeOf?: (resource: string) => Promise<Outcome>;
  /** The client has sent no key: this one is derived from the request. */
  readonly isDerived?: boolean;
  /**
   * How long after its outcome a key without a stored answer expires. Undefined: the key belongs to its request and
   * does not expire.
   */
  readonly endsMs?: number;
  /** The key is stored with the work, and not before (`Policy.joins`). */
  readonly joins?: boolean;
  /** Runs `effect` once the transaction is committed. Without it, a committed answer is looked up. */
  readonly afterCommit?: ((tx: EntityManager, effect: () => void) => void) | undefined;
}

/** The outcome of a resource that was made under a key. */
export type Outcome =
  /** Not decided yet: the same request resumes the key; another one is refused. */
  | { readonly is: 'open' }
  /** Voided: the key is free for any request. */
  | { readonly is: 'void' }
  /** Withdrawn: the same request does not make it again; another request may use the key. */
  | { readonly is: 'withdrawn'; readonly ageMs: number }
  /** The work was done. */
  | { readonly is: 'done'; readonly ageMs: number };

/**
 * Between two reads, another process may claim a key and release it. After this many times the key counts as running.
 */
const LOOKS = 5;

const INITIAL_POLL_MS = 5;
const MAX_POLL_MS = 100;

/**
 * The idempotency protocol without HTTP: claim a key, wait for it, extend the claim, release it, store and cache the
 * answer.
 */
export class Idempotency {
  private readonly claims = new ClaimsRepository();
  /** Wakes waiting requests when this process finishes or releases a key. Waiters of other processes poll. */
  private readonly done = new EventEmitter().setMaxListeners(0);
  /** Keys on which this process works, with their fingerprints. One that joins the work is in no table yet. */
  private readonly underWay = new Map<string, string>();

  constructor(
    private readonly manager: EntityManager,
    private readonly cache: AnswerCache,
  ) {}

  /** For a request without a key. @throws EpochChangedError */
  async withoutKey(epoch: string | undefined): Promise<Claim> {
    // Checked before the handler too, since a handler may close a page at Stripe before it writes anything.
    await this.claims.requireEpoch(this.manager, epoch);
    return claimWithoutKey(this.claims, epoch);
  }

  /** Tries to claim the key once. @throws EpochChangedError */
  async take(request: ClaimRequest): Promise<ClaimResult> {
    const cached = await this.cache.find(request.scope);
    if (cached) return this.finished(request, cached);
    // Equal keys of one process meet here, so that none waits in Postgres for another, with a connection of its own.
    const underWay = request.joins ? this.underWay.get(nameOf(request.scope)) : undefined;
    if (request.joins && underWay === undefined) {
      return { is: 'ours', claim: new OwnedClaim(this.claims, this.manager, request) };
    }
    for (let look = 0; look < LOOKS; look++) {
      // Starts with a plain read, so that a row whose owner is about to commit does not block other requests.
      const held = await this.claims.find(this.manager, request.scope, request.epoch);
      if (!held && underWay !== undefined) return { is: underWay === request.fingerprint ? 'running' : 'reused' };
      const outcome = held && (await this.outcomeOf(request, held));
      if (held && outcome && isRepetition(request, outcome)) return { is: 'settled', resource: held.resource! };
      const how = { ...request, owner: randomUUID() };
      const row = held?.reclaimable
        ? await this.claims.takeOver(this.manager, held, { ...how, anew: isFree(request, held, outcome) })
        : held
          ? undefined
          : await this.claims.insert(this.manager, request.scope, how);
      if (row) return { is: 'ours', claim: new OwnedClaim(this.claims, this.manager, request, row) };
      if (held) return this.heldBy(request, held);
    }
    return { is: 'running' };
  }

  /** The outcome of a resource whose owner has stopped; undefined where there is no resource to check. */
  private async outcomeOf(request: ClaimRequest, held: ClaimRow): Promise<Outcome | undefined> {
    if (!held.reclaimable || held.finished || held.resource === null) return undefined;
    return request.outcomeOf?.(held.resource);
  }

  /** Tries to claim a running key repeatedly, for `waitMs` at most. */
  async takeOrWait(request: ClaimRequest, waitMs: number): Promise<ClaimResult> {
    const deadline = performance.now() + waitMs;
    let pollMs = INITIAL_POLL_MS;
    for (;;) {
      const result = await this.take(request);
      const leftMs = deadline - performance.now();
      if (result.is !== 'running' || leftMs <= 0) return result;
      await this.untilDone(request.scope, Math.min(pollMs, leftMs));
      pollMs = Math.min(pollMs * 2, MAX_POLL_MS);
    }
  }

  /**
   * Runs the work and extends its claim meanwhile. When the work fails, the claim is released, unless its
   * resource may still succeed: only a completed result is stored.
   * @throws ClaimLostError when another process has taken the key over; the work's error is its cause
   * @throws KeyInUseError when another request has stored a key that joins: try again without `joins`
   */
  async work<Result>(request: ClaimRequest, claim: OwnedClaim, work: () => Promise<Result>): Promise<Result> {
    // Twice within a lease, so that one lost extension does no harm.
    let extension: Promise<unknown> = Promise.resolve();
    const extend = async () => claim.extend().catch(() => undefined);
    const timer = setInterval(() => {
      extension = extension.then(extend);
    }, request.leaseMs / 3);
    timer.unref();
    const name = nameOf(request.scope);
    this.underWay.set(name, request.fingerprint);
    try {
      return await work();
    } catch (error) {
      clearInterval(timer);
      // An extension that is still running would hold the key for another lease after its release.
      await extension;
      // If this fails too (Postgres is down), the lease expires, and the next request looks up the outcome of the work.
      const isOurs = await this.release(request, claim).catch((failed: unknown) => {
        if (failed instanceof KeyInUseError) throw failed;
        return true;
      });
      // Another process answers this key. What made this one fail may be what that process has made: the payment that
      // exists already is this key's own.
      if (!isOurs && !(error instanceof ClaimLostError)) throw new ClaimLostError({ cause: error });
      throw error;
    } finally {
      clearInterval(timer);
      this.underWay.delete(name);
      this.done.emit(name);
    }
  }

  private async release(request: ClaimRequest, claim: OwnedClaim): Promise<boolean> {
    const outcome = claim.resource === null ? undefined : await request.outcomeOf?.(claim.resource);
    return claim.release(outcome?.is === 'void');
  }

  /** For work that did not settle in a transaction of its own, or whose transaction was rolled back. */
  async settleUnlessDone(claim: OwnedClaim, answer: unknown): Promise<void> {
    if (!(await claim.isFinished())) await claim.settle(this.manager, answer);
  }

  async cacheAnswer(request: ClaimRequest, answer: StoredAnswer, resource: string | null): Promise<void> {
    await this.cache.keep(request.scope, { ...answer, fingerprint: request.fingerprint, resource }, request.keepMs);
  }

  /** Deletes a finished key whose result was voided, so that any request can use it. */
  async forget(scope: Scope, resource: string | null): Promise<void> {
    await this.claims.forget(this.manager, scope, resource);
    await this.cache.forget(scope);
  }

  /**
   * Deletes expired keys in small batches; if a row fails, one by one.
   * @param refused is called for a row that cannot be removed; without it the first such row ends the sweep
   * @returns how many.
   */
  async reap(
    bounds: { batch: number; batches: number },
    refused?: (id: number, error: unknown) => Promise<void>,
  ): Promise<number> {
    const kept: number[] = [];
    let reaped = 0;
    for (let batch = 0; batch < bounds.batches; batch++) {
      try {
        const removed = await this.claims.reap(this.manager, bounds.batch);
        reaped += removed;
        if (removed < bounds.batch) break;
      } catch (error) {
        if (!refused) throw error;
        const ids = await this.claims.reapable(this.manager, bounds.batch, kept);
        reaped += await this.reapEach(ids, kept, refused);
        if (ids.length < bounds.batch) break;
      }
    }
    return reaped;
  }

  private async reapEach(
    ids: readonly number[],
    kept: number[],
    refused: (id: number, error: unknown) => Promise<void>,
  ): Promise<number> {
    let reaped = 0;
    for (const id of ids) {
      try {
        reaped += await this.claims.reap(this.manager, 1, id);
      } catch (error) {
        kept.push(id);
        await refused(id, error);
      }
    }
    return reaped;
  }

  private async heldBy(request: ClaimRequest, row: ClaimRow): Promise<ClaimResult> {
    if (row.fingerprint !== request.fingerprint) return { is: 'reused' };
    if (!row.finished) return { is: 'running' };
    const answer = {
      fingerprint: row.fingerprint,
      status: row.response_status!,
      body: row.response_body!,
      resource: row.resource,
    };
    // Cached until the key expires, so that a repeated request does not make it live longer.
    await this.cache.keep(request.scope, answer, row.left_ms);
    return { is: 'finished', answer };
  }

  private finished(request: ClaimRequest, answer: CachedAnswer): ClaimResult {
    return answer.fingerprint === request.fingerprint ? { is: 'finished', answer } : { is: 'reused' };
  }

  private async untilDone(scope: Scope, ms: number): Promise<void> {
    const stop = new AbortController();
    const { signal } = stop;
    const heard = once(this.done, nameOf(scope), { signal }).catch(() => undefined);
    await Promise.race([heard, pause(ms, undefined, { signal }).catch(() => undefined)]);
    stop.abort();
  }
}

/** The same for every form of a key, so that all waiters wait for the same event. */
const nameOf = ({ caller, method, route, key }: Scope) => JSON.stringify([caller, method, route, key]);

const isFinal = (outcome: Outcome) => outcome.is === 'done' || outcome.is === 'withdrawn';

/** The work is done and the key has not expired: the request is answered as a repetition. */
function isRepetition({ endsMs }: ClaimRequest, outcome: Outcome): boolean {
  return endsMs !== undefined && isFinal(outcome) && (outcome as { ageMs: number }).ageMs < endsMs;
}

/** Whether the key may be claimed although a resource was made under it. */
function isFree({ fingerprint, endsMs }: ClaimRequest, held: ClaimRow, outcome: Outcome | undefined): boolean {
  if (!outcome || outcome.is === 'open') return false;
  if (outcome.is === 'void') return true;
  if (endsMs !== undefined && outcome.ageMs >= endsMs) return true;
  return outcome.is === 'withdrawn' && held.fingerprint !== fingerprint;
}
