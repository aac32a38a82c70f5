/** Several keys held together until a time. Only whoever has this object can extend or release them. */
export interface Lease {
  readonly keys: readonly string[];
  /** By the clock of `performance.now()`: not before this the keys may go to somebody else. */
  readonly expiresAt: number;
}

/** For whom and what a lock is held, as far as it is known: shown to staff. */
export interface Holder {
  readonly user_id?: number | undefined;
  readonly product_id?: string | undefined;
  readonly consultation_id?: number | undefined;
  readonly request_id?: string | undefined;
}

/** Waits for keys to be released. Closed by whoever opened it. */
export interface ReleaseWatch {
  /** Resolves when one of the keys was released, or after `ms`, whichever is first. */
  next(ms: number): Promise<void>;
  close(): void;
}

/** Where leases are kept. All keys of one call are taken together or not at all. */
export interface LockBackend<Held extends Lease = Lease> {
  readonly name: 'redis' | 'postgres';
  /** Whether `watch` hears of releases elsewhere; if not, waiters look more often. */
  readonly notifiesOnRelease: boolean;
  /** One try. @returns undefined when another holds one of the keys. @throws BackendUnreachable */
  tryAcquire(keys: readonly string[], ttlMs: number, holder: Holder): Promise<Held | undefined>;
  /** Which of the keys somebody holds now; only for what is told of them. @throws BackendUnreachable, or what Postgres throws */
  heldOf(keys: readonly string[]): Promise<string[]>;
  /** @returns undefined when the lease is no longer ours. @throws BackendUnreachable */
  extend(lease: Held, ttlMs: number): Promise<Held | undefined>;
  /** Lets go; a lease that is no longer ours is left alone. Never throws: what is not released ends by itself. */
  release(lease: Held): Promise<void>;
  watch(keys: readonly string[]): ReleaseWatch;
}

/** Nobody could say whether the keys are free: Redis has no quorum, or Postgres does not answer. */
export class BackendUnreachable extends Error {
  constructor(backend: string, options?: { cause: unknown }) {
    super(`The ${backend} lock backend cannot be reached`, options);
    this.name = 'BackendUnreachable';
  }
}
