import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { type CachedAnswer, type AnswerCache } from './answer-cache.js';
import { ClaimsRepository, type ClaimRow, type Scope } from './claims.repository.js';
import { type Claim, claimWithoutKey, OwnedClaim, type StoredAnswer } from './claim.js';

/** What became of asking for a key. */
export type Taken =
  | { readonly is: 'ours'; readonly claim: OwnedClaim }
  | { readonly is: 'finished'; readonly answer: CachedAnswer }
  /** What it made is final, by somebody else's doing, and its answer was never stored (only where `endsMs` is given). */
  | { readonly is: 'settled'; readonly resource: string }
  | { readonly is: 'running' }
  | { readonly is: 'reused' };

export interface ClaimRequest {
  readonly scope: Scope;
  readonly fingerprint: string;
  readonly keepMs: number;
  readonly leaseMs: number;
  /** In which the caller was identified; undefined: the application does not say. */
  readonly epoch?: string | undefined;
  readonly render: (answer: unknown) => StoredAnswer;
  /** What has become of what an unfinished key has made; without it, only the same request goes on with the key. */
  readonly outcomeOf?: (resource: string) => Promise<Outcome>;
  /** The client has given no key: this one is made of its request. */
  readonly isDerived?: boolean;
  /** How long after its outcome a key ends whose answer was never stored; undefined: it stands for its request for ever. */
  readonly endsMs?: number;
}

/** What has become of what was made under a key. */
export type Outcome =
  /** It is not decided yet: the key goes on with it, for the same request only. */
  | { readonly is: 'open' }
  /** It came to nothing: the key is free for any request. */
  | { readonly is: 'void' }
  /** It was decided against it: the same request does not make it after all, another one may use the key. */
  | { readonly is: 'withdrawn'; readonly ageMs: number }
  /** It had its effect. */
  | { readonly is: 'done'; readonly ageMs: number };

/** A key that comes and goes between our two looks is somebody else's business; after this many we call it running. */
const LOOKS = 5;

const INITIAL_POLL_MS = 5;
const MAX_POLL_MS = 100;

/** The protocol of keys, apart from HTTP: take, wait, keep alive, let go, remember. */
export class Idempotency {
  private readonly claims = new ClaimsRepository();
  /** Wakes those of this process who wait for a key of this process; others look again by themselves. */
  private readonly done = new EventEmitter().setMaxListeners(0);

  constructor(
    private readonly manager: EntityManager,
    private readonly cache: AnswerCache,
  ) {}

  /** For a request without a key. @throws EpochChangedError */
  async withoutKey(epoch: string | undefined): Promise<Claim> {
    // Before the handler, too: it may close a page at Stripe before it writes anything.
    await this.claims.requireEpoch(this.manager, epoch);
    return claimWithoutKey(this.claims, epoch);
  }

  /** Asks for the key once. @throws EpochChangedError */
  async take(asked: ClaimRequest): Promise<Taken> {
    const cached = await this.cache.find(asked.scope);
    if (cached) return this.finished(asked, cached);
    for (let look = 0; look < LOOKS; look++) {
      // Looks first, with a plain read: a row that its owner is just about to commit must not hold up those who ask.
      const held = await this.claims.find(this.manager, asked.scope, asked.epoch);
      const outcome = held && (await this.outcomeOf(asked, held));
      if (held && outcome && isRepetition(asked, outcome)) return { is: 'settled', resource: held.resource! };
      const how = { ...asked, owner: randomUUID() };
      const row = held?.reclaimable
        ? await this.claims.takeOver(this.manager, held, { ...how, anew: isFree(asked, held, outcome) })
        : held
          ? undefined
          : await this.claims.insert(this.manager, asked.scope, how);
      if (row) {
        const key = asked.isDerived ? null : asked.scope.key;
        return { is: 'ours', claim: new OwnedClaim(this.claims, row, asked, key) };
      }
      if (held) return this.heldBy(asked, held);
    }
    return { is: 'running' };
  }

  /** Of what an owner who is gone has made; undefined where there is nothing to ask about. */
  private async outcomeOf(asked: ClaimRequest, held: ClaimRow): Promise<Outcome | undefined> {
    if (!held.reclaimable || held.finished || held.resource === null) return undefined;
    return asked.outcomeOf?.(held.resource);
  }

  /** Asks again and again while the key is running, for `waitMs` at most. */
  async takeOrWait(asked: ClaimRequest, waitMs: number): Promise<Taken> {
    const deadline = performance.now() + waitMs;
    let pollMs = INITIAL_POLL_MS;
    for (;;) {
      const taken = await this.take(asked);
      const leftMs = deadline - performance.now();
      if (taken.is !== 'running' || leftMs <= 0) return taken;
      await this.untilDone(asked.scope, Math.min(pollMs, leftMs));
      pollMs = Math.min(pollMs * 2, MAX_POLL_MS);
    }
  }

  /** Runs the work and keeps its claim alive meanwhile. What fails lets the claim go: only an effect is remembered. */
  async work<Result>(asked: ClaimRequest, claim: OwnedClaim, work: () => Promise<Result>): Promise<Result> {
    // Twice within a lease, so that one lost extension does no harm.
    let extension: Promise<unknown> = Promise.resolve();
    const extend = async () => claim.extend(this.manager, asked.leaseMs).catch(() => undefined);
    const timer = setInterval(() => {
      extension = extension.then(extend);
    }, asked.leaseMs / 3);
    timer.unref();
    try {
      return await work();
    } catch (error) {
      clearInterval(timer);
      // One that is still under way would hold the key for another lease after it was let go.
      await extension;
      // If this fails too (Postgres is down), the lease expires, and the next request looks up the outcome of the work.
      await this.letGo(asked, claim).catch(() => undefined);
      throw error;
    } finally {
      clearInterval(timer);
      this.done.emit(nameOf(asked.scope));
    }
  }

  private async letGo(asked: ClaimRequest, claim: OwnedClaim): Promise<void> {
    const outcome = claim.resource === null ? undefined : await asked.outcomeOf?.(claim.resource);
    await claim.letGo(this.manager, outcome?.is === 'void');
  }

  /** For work that did not settle in a transaction of its own, or whose transaction was rolled back. */
  async settleUnlessDone(claim: OwnedClaim, answer: unknown): Promise<void> {
    if (!(await claim.isFinished(this.manager))) await claim.settle(this.manager, answer);
  }

  async remember(asked: ClaimRequest, answer: StoredAnswer, resource: string | null): Promise<void> {
    await this.cache.keep(asked.scope, { ...answer, fingerprint: asked.fingerprint, resource }, asked.keepMs);
  }

  /** What this finished key stood for has come to nothing: it is anybody's again. */
  async forget(scope: Scope, resource: string | null): Promise<void> {
    await this.claims.forget(this.manager, scope, resource);
    await this.cache.forget(scope);
  }

  /**
   * Forgets finished keys in small batches; if a row fails, one by one.
   * @param refused is called for a row that cannot be removed; without it the first such row ends the sweep
   * @returns how many.
   */
  async reap(
    most: { batch: number; batches: number },
    refused?: (id: number, error: unknown) => Promise<void>,
  ): Promise<number> {
    const kept: number[] = [];
    let reaped = 0;
    for (let batch = 0; batch < most.batches; batch++) {
      try {
        const removed = await this.claims.reap(this.manager, most.batch);
        reaped += removed;
        if (removed < most.batch) break;
      } catch (error) {
        if (!refused) throw error;
        const ids = await this.claims.reapable(this.manager, most.batch, kept);
        reaped += await this.reapEach(ids, kept, refused);
        if (ids.length < most.batch) break;
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

  private async heldBy(asked: ClaimRequest, row: ClaimRow): Promise<Taken> {
    if (row.fingerprint !== asked.fingerprint) return { is: 'reused' };
    if (!row.finished) return { is: 'running' };
    const answer = {
      fingerprint: row.fingerprint,
      status: row.response_status!,
      body: row.response_body!,
      resource: row.resource,
    };
    // For as long as it is still remembered, so that asking again does not make a key live longer.
    await this.cache.keep(asked.scope, answer, row.left_ms);
    return { is: 'finished', answer };
  }

  private finished(asked: ClaimRequest, answer: CachedAnswer): Taken {
    return answer.fingerprint === asked.fingerprint ? { is: 'finished', answer } : { is: 'reused' };
  }

  private async untilDone(scope: Scope, ms: number): Promise<void> {
    const stop = new AbortController();
    const { signal } = stop;
    const heard = once(this.done, nameOf(scope), { signal }).catch(() => undefined);
    await Promise.race([heard, pause(ms, undefined, { signal }).catch(() => undefined)]);
    stop.abort();
  }
}

/** Whatever form the key was sent in: those who wait for it wait for one. */
const nameOf = ({ caller, method, route, key }: Scope) => JSON.stringify([caller, method, route, key]);

const isFinal = (outcome: Outcome) => outcome.is === 'done' || outcome.is === 'withdrawn';

/** The key has not ended yet, and its work has: the request is answered about that. */
function isRepetition({ endsMs }: ClaimRequest, outcome: Outcome): boolean {
  return endsMs !== undefined && isFinal(outcome) && (outcome as { ageMs: number }).ageMs < endsMs;
}

/** Whether what was made under the key holds it no longer. */
function isFree({ fingerprint, endsMs }: ClaimRequest, held: ClaimRow, outcome: Outcome | undefined): boolean {
  if (!outcome || outcome.is === 'open') return false;
  if (outcome.is === 'void') return true;
  if (endsMs !== undefined && outcome.ageMs >= endsMs) return true;
  return outcome.is === 'withdrawn' && held.fingerprint !== fingerprint;
}
