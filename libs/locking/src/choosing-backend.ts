import { BackendUnreachable, type Holder, type Lease, type LockBackend, type ReleaseWatch } from './lock-backend.js';

interface ChosenLease extends Lease {
  readonly backend: LockBackend;
  readonly inner: Lease;
}

export interface ChoiceObserver {
  fellBack(reason: string): void;
  returned(): void;
}

/** How often an absent Redis is asked whether it is back. */
const PROBE_EVERY_MS = 250;

/** So many good answers in a row: a Redis that comes and goes must not have us come and go with it. */
const GOOD_PROBES = 3;

/**
 * Redis while it has a quorum, Postgres while it has not, and back by itself. A lease stays with the backend that gave
 * it. In the moment of the change two holders are possible: that is why no lock of ours guards money, only order.
 */
export class ChoosingBackend implements LockBackend<ChosenLease> {
  private away = false;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly preferred: LockBackend,
    private readonly fallback: LockBackend,
    private readonly preferredAnswers: () => Promise<boolean>,
    private readonly observer: ChoiceObserver,
  ) {}

  get name() {
    return this.current.name;
  }

  get tellsReleases() {
    return this.current.tellsReleases;
  }

  async tryAcquire(keys: readonly string[], ttlMs: number, holder: Holder): Promise<ChosenLease | undefined> {
    const backend = this.current;
    try {
      return chosen(backend, await backend.tryAcquire(keys, ttlMs, holder));
    } catch (error) {
      if (!(error instanceof BackendUnreachable) || backend === this.fallback) throw error;
      this.goAway(error);
      return chosen(this.fallback, await this.fallback.tryAcquire(keys, ttlMs, holder));
    }
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
    return this.away ? this.fallback : this.preferred;
  }

  private goAway(error: BackendUnreachable): void {
    if (this.away) return;
    this.away = true;
    this.observer.fellBack(error.message);
    this.probe(0);
  }

  private probe(good: number): void {
    if (this.closed) return;
    this.timer = setTimeout(() => {
      void this.preferredAnswers().then((answers) => {
        if (!answers) return this.probe(0);
        if (good + 1 < GOOD_PROBES) return this.probe(good + 1);
        this.away = false;
        this.observer.returned();
      });
    }, PROBE_EVERY_MS);
    this.timer.unref();
  }
}

function chosen(backend: LockBackend, inner: Lease | undefined): ChosenLease | undefined {
  return inner && { backend, inner, keys: inner.keys, expiresAt: inner.expiresAt };
}
