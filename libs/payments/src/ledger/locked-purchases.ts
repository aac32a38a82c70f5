import type { EntityManager } from 'typeorm';
import { paymentLockKey, paymentOfLock } from './payment-lock.js';

export interface Purchase {
  readonly consultation_id: number | null;
  readonly product_id: string | null;
}

/** What the payments behind these locks are for, by lock key. */
export async function purchasesLockedBy(
  manager: EntityManager,
  lock_keys: readonly string[],
): Promise<ReadonlyMap<string, Purchase>> {
  const ids = lock_keys.map(paymentOfLock).filter((id) => id !== undefined);
  if (ids.length === 0) return new Map();
  const rows = await manager.query<(Purchase & { id: number })[]>(
    `SELECT id, consultation_id, product_id FROM payments WHERE id = ANY ($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, ...purchase }) => [paymentLockKey(id), purchase]));
}
