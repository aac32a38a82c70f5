import { DatabaseRestored } from '#errors';
import type { EntityManager } from 'typeorm';
import type { Caller } from './caller.js';

/**
 * For writes in a caller's name by a request without an idempotency key, whose claim would check the epoch: after a
 * restore or a failover their id may belong to another user. Call it in the transaction that writes, once it has
 * locked the rows it waits for.
 * @throws DatabaseRestored; let the transaction roll back.
 */
export async function requireEpoch(tx: EntityManager, { epoch }: Caller): Promise<void> {
  const [row] = await tx.query<{ same: boolean | null }[]>('SELECT current_installation_epoch() = $1 AS same', [epoch]);
  if (row?.same !== true) throw new DatabaseRestored();
}
