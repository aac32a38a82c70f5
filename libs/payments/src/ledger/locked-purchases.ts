import type { EntityManager } from 'typeorm';

export interface Purchase {
  readonly consultation_id: number | null;
  readonly product_id: string | null;
}

/** The lock of a payment, by its id. */
const PAYMENT_LOCK = /^purchase:complete:(\d{1,15})$/;

/** What the payments are for that these locks are of, by the key of the lock. */
export async function purchasesLockedBy(
  manager: EntityManager,
  lock_keys: readonly string[],
): Promise<ReadonlyMap<string, Purchase>> {
  const ids = lock_keys.map((key) => PAYMENT_LOCK.exec(key)?.[1]).filter((id) => id !== undefined);
  if (ids.length === 0) return new Map();
  const rows = await manager.query<(Purchase & { lock_key: string })[]>(
    `SELECT 'purchase:complete:' || id AS lock_key, consultation_id, product_id FROM payments WHERE id = ANY ($1)`,
    [ids],
  );
  return new Map(rows.map(({ lock_key, ...purchase }) => [lock_key, purchase]));
}
