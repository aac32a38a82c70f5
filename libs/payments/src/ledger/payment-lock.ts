import type { Caller } from '#auth';
import type { Locks } from '#locking';
import type { AuditBuffer } from './audit-buffer.js';

/**
 * The lock key of a payment, which can be locked before its row exists. Creating and changing a payment both take this
 * lock.
 */
export const paymentLockKey = (payment_id: number): string => `purchase:complete:${payment_id}`;

/** @returns the payment that a lock key belongs to; undefined for another kind of lock */
export function paymentOfLock(lock_key: string): number | undefined {
  const [, digits] = /^purchase:complete:(\d{1,15})$/.exec(lock_key) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

interface PaymentLock {
  readonly id: number;
  /** Named as the holder of the lock. Omitted where no caller waits for an answer, as in the worker. */
  readonly caller?: Pick<Caller, 'user_id' | 'request_id'>;
  /** Records how long the lock was waited for. */
  readonly auditBuffer?: AuditBuffer;
  /** Defaults to LOCK_WAIT_MS. */
  readonly waitMs?: number;
}

/** Runs `work` under the lock of a payment. @throws LockTimeout */
export async function withPaymentLock<Result>(
  locks: Locks,
  { id, caller, auditBuffer, waitMs }: PaymentLock,
  work: () => Promise<Result>,
): Promise<Result> {
  const key = paymentLockKey(id);
  const acquired = auditBuffer?.waitsFor([key]);
  const holder = caller && { user_id: caller.user_id, request_id: caller.request_id };
  const how = { ...(waitMs === undefined ? {} : { waitMs }), ...(holder ? { holder } : {}) };
  return locks.withLock([key], how, async () => {
    acquired?.();
    return work();
  });
}
