import type { EntityManager } from 'typeorm';

/**
 * Whether money was taken after what it is for had been closed, by the time that its charge is dated with. Stripe tells
 * whole seconds, so that of one second the payer has the benefit. Reopened, there is no closing to be late for.
 */
export async function cameAfterClosing(tx: EntityManager, charge_id: number): Promise<boolean> {
  const [row] = await tx.query<{ late: boolean | null }[]>(
    `SELECT h.received_at > coalesce(c.closed_at, d.closed_at) AS late
     FROM charges h JOIN payments p ON p.id = h.payment_id
     LEFT JOIN consultations c ON c.id = p.consultation_id LEFT JOIN products d ON d.id = p.product_id
     WHERE h.id = $1`,
    [charge_id],
  );
  return row?.late ?? false;
}
