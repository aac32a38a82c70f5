import type { Caller } from '#auth';
import type { Locks } from '#locking';
import type { Trail } from './audit-buffer.js';

/** The lock of a payment, which exists before its row: making a payment and everything that changes it take it. */
export const paymentLockKey = (payment_id: number): string => `purchase:complete:${payment_id}`;

/** The payment a lock is of; undefined: another kind of lock. */
export function paymentOfLock(lock_key: string): number | undefined {
  const [, digits] = /^purchase:complete:(\d{1,15})$/.exec(lock_key) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

interface PaymentLock {
  readonly id: number;
  /** Who is named as the holder; left out where nobody waits for an answer, as in the worker. */
  readonly caller?: Pick<Caller, 'user_id' | 'request_id'>;
  /** Notes how long the lock was waited for. */
  readonly trail?: Trail;
  /** LOCK_WAIT_MS when it is left out. */
  readonly waitMs?: number;
}

/** Runs `work` under the lock of a payment. @throws LockTimeout */
export async function withPaymentLock<Result>(
  locks: Locks,
  { id, caller, trail, waitMs }: PaymentLock,
  work: () => Promise<Result>,
): Promise<Result> {
  const key = paymentLockKey(id);
  const acquired = trail?.waitsFor([key]);
  const holder = caller && { user_id: caller.user_id, request_id: caller.request_id };
  const how = { ...(waitMs === undefined ? {} : { waitMs }), ...(holder ? { holder } : {}) };
  return locks.withLock([key], how, async () => {
    acquired?.();
    return work();
  });
}
