import type { LockBackendName } from '#config';

/** Several keys, held together until a time. Extending or releasing them requires this object. */
export interface Lease {
  readonly keys: readonly string[];
  /** On the clock of `performance.now()`: another process cannot acquire the keys before this. */
  readonly expiresAt: number;
}

/** Who holds a lock, and for what, as far as it is known; shown to staff. */
export interface Holder {
  readonly user_id?: number | undefined;
  readonly product_id?: string | undefined;
  readonly consultation_id?: number | undefined;
  readonly request_id?: string | undefined;
}

/** Waits for keys to be released. The caller that opened it closes it. */
export interface ReleaseWatch {
  /** Resolves when one of the keys is released, or after `ms`, whichever is first. */
  next(ms: number): Promise<void>;
  close(): void;
}

/** Stores leases. All keys of one call are acquired together or not at all. */
export interface LockBackend<Held extends Lease = Lease> {
  readonly name: LockBackendName;
  /** Whether `watch` receives releases of other processes; if not, waiters poll more often. */
  readonly notifiesOnRelease: boolean;
  /** Tries once. @returns undefined when another caller holds one of the keys. @throws BackendUnreachable */
  tryAcquire(keys: readonly string[], ttlMs: number, holder: Holder): Promise<Held | undefined>;
  /** Which of the keys are held now; for reports only. @throws BackendUnreachable, or what Postgres throws */
  heldOf(keys: readonly string[]): Promise<string[]>;
  /** @returns undefined when this caller no longer holds the lease. @throws BackendUnreachable */
  extend(lease: Held, ttlMs: number): Promise<Held | undefined>;
  /**
   * Releases the lease; one that this caller no longer holds is left alone. Never throws: an unreleased lease ends by
   * itself.
   */
  release(lease: Held): Promise<void>;
  watch(keys: readonly string[]): ReleaseWatch;
}

/** The backend cannot say whether the keys are free: Redis has no quorum, or Postgres does not answer. */
export class BackendUnreachable extends Error {
  constructor(backend: string, options?: { cause: unknown }) {
    super(`The ${backend} lock backend cannot be reached`, options);
    this.name = 'BackendUnreachable';
  }
}
