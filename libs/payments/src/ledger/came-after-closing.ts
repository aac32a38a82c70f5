import type { EntityManager } from 'typeorm';

/**
 * Whether the money was taken after its consultation or product was closed, by the date of its charge. Stripe reports
 * whole seconds, so within one second the payer has the benefit of the doubt. After reopening, there is no closing to
 * compare with.
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
