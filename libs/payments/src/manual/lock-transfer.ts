import type { Caller } from '#auth';
import { Forbidden, TransferNotFound } from '#errors';
import type { EntityManager } from 'typeorm';
import type { Ledger } from '../ledger/ledger.js';
import type { Transfer } from '../ledger/transfer.js';

/**
 * Locks a transfer that staff change, until the transaction ends.
 * @throws TransferNotFound; Forbidden: it was sent for a payment of the caller's own, or matched with one
 */
export async function lockTransferForStaff(
  tx: EntityManager,
  ledger: Ledger,
  id: number,
  caller: Caller,
): Promise<Transfer> {
  const transfer = await ledger.transfers.lock(tx, id);
  if (!transfer) throw new TransferNotFound(id);
  if (await ledger.transfers.isAboutOwn(tx, id, caller.user_id)) throw new Forbidden();
  return transfer;
}
