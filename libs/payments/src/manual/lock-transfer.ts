import type { Caller } from '#auth';
import { Forbidden, TransferNotFound } from '#errors';
import type { EntityManager } from 'typeorm';
import type { PaymentRows } from '../ledger/ledger.js';
import type { Transfer } from '../ledger/transfer.js';

/**
 * A transfer that staff change, held until the transaction ends.
 * @throws TransferNotFound; Forbidden: it was sent for a payment of their own, or matched with one
 */
export async function lockForStaff(
  tx: EntityManager,
  rows: PaymentRows,
  id: number,
  caller: Caller,
): Promise<Transfer> {
  const transfer = await rows.transfers.lock(tx, id);
  if (!transfer) throw new TransferNotFound(id);
  if (await rows.transfers.isAboutOwn(tx, id, caller.user_id)) throw new Forbidden();
  return transfer;
}
