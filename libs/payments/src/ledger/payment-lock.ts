import type { Caller } from '#auth';
import type { Locks } from '#locking';
import type { Trail } from './audit-buffer.js';

/**
 * Runs `work` under the lock that creating a payment and everything that changes it take, and notes in the trail how long it
 * was waited for. @throws LockTimeout
 */
export async function withPaymentLock<Result>(
  locks: Locks,
  { payment_id, caller, trail }: { payment_id: number; caller: Caller; trail: Trail },
  work: () => Promise<Result>,
): Promise<Result> {
  const lock = `purchase:complete:${payment_id}`;
  const acquired = trail.waitsFor([lock]);
  const holder = { user_id: caller.user_id, request_id: caller.request_id };
  return locks.withLock([lock], { holder }, async () => {
    acquired();
    return work();
  });
}
