import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { BackendUnreachable, type Holder, type Lease, type LockBackend, type ReleaseWatch } from './lock-backend.js';

interface ChosenLease extends Lease {
  readonly backend: LockBackend;
  readonly inner: Lease;
}

export interface ChoiceObserver {
  fellBack(reason: string): void;
  returned(): void;
}

/** How often an unreachable Redis is probed. */
const PROBE_EVERY_MS = 250;

/**
 * So many locks must be acquired and released in a row before Redis is used again. The number doubles after each
 * relapse, so that an unstable Redis does not make the backend switch back and forth.
 */
const GOOD_PROBES = 3;
const MAX_GOOD_PROBES = 240;

/** Unreachable again this soon after its return is a relapse. */
const RELAPSE_MS = 60_000;

const PROBE_TTL_MS = 1_000;

/**
 * Uses Redis while it has a quorum, otherwise Postgres, and returns to Redis by itself. A lease stays with the
 * backend that granted it. At the moment of the change two holders are possible: that is why locks only order the
 * work, and never guard money.
 */
export class ChoosingBackend implements LockBackend<ChosenLease> {
  private hasFallenBack = false;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private goodProbes = GOOD_PROBES;
  private returnedAt = -RELAPSE_MS;
  /**
   * Made at boot, so that the probe's log lines carry no request's id, not even that of the request that found Redis
   * unreachable.
   */
  private readonly ownContext = new AsyncResource('LockBackendProbe');

  constructor(
    private readonly preferred: LockBackend,
    private readonly fallback: LockBackend,
    private readonly observer: ChoiceObserver,
  ) {}

  get name() {
    return this.current.name;
  }

  get notifiesOnRelease() {
    return this.current.notifiesOnRelease;
  }

  async tryAcquire(keys: readonly string[], ttlMs: number, holder: Holder): Promise<ChosenLease | undefined> {
    const backend = this.current;
    try {
      return chosen(backend, await backend.tryAcquire(keys, ttlMs, holder));
    } catch (error) {
      if (!(error instanceof BackendUnreachable) || backend === this.fallback) throw error;
      this.fallBack(error);
      return chosen(this.fallback, await this.fallback.tryAcquire(keys, ttlMs, holder));
    }
  }

  async heldOf(keys: readonly string[]): Promise<string[]> {
    return this.current.heldOf(keys);
  }

  async extend(lease: ChosenLease, ttlMs: number): Promise<ChosenLease | undefined> {
    return chosen(lease.backend, await lease.backend.extend(lease.inner, ttlMs));
  }

  async release(lease: ChosenLease): Promise<void> {
    await lease.backend.release(lease.inner);
  }

  watch(keys: readonly string[]): ReleaseWatch {
    return this.current.watch(keys);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private get current(): LockBackend {
    return this.hasFallenBack ? this.fallback : this.preferred;
  }

  private fallBack(error: BackendUnreachable): void {
    if (this.hasFallenBack) return;
    this.hasFallenBack = true;
    const relapse = performance.now() - this.returnedAt < RELAPSE_MS;
    this.goodProbes = relapse ? Math.min(this.goodProbes * 2, MAX_GOOD_PROBES) : GOOD_PROBES;
    this.observer.fellBack(error.message);
    this.ownContext.runInAsyncScope(() => this.probe(0));
  }

  private probe(good: number): void {
    if (this.closed) return;
    this.timer = setTimeout(() => {
      void this.preferredLocks().then((locks) => {
        if (!locks) return this.probe(0);
        if (good + 1 < this.goodProbes) return this.probe(good + 1);
        this.hasFallenBack = false;
        this.returnedAt = performance.now();
        this.observer.returned();
      });
    }, PROBE_EVERY_MS);
    this.timer.unref();
  }

  /** Acquires a lock under a random key: a Redis that is full or read-only still answers PING. */
  private async preferredLocks(): Promise<boolean> {
    try {
      const lease = await this.preferred.tryAcquire([`probe:${randomUUID()}`], PROBE_TTL_MS, {});
      if (lease) await this.preferred.release(lease);
      return lease !== undefined;
    } catch {
      return false;
    }
  }
}

function chosen(backend: LockBackend, inner: Lease | undefined): ChosenLease | undefined {
  return inner && { backend, inner, keys: inner.keys, expiresAt: inner.expiresAt };
}
