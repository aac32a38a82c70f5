import { amount, type Holds, shape } from '#answers';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { hasPage } from './payment-methods.js';

/** Why the page of a pending payment is not given out any more, and what the thing costs now. */
export const Outdated = shape('OutdatedPayment', {
  reason: z.enum(['price_changed', 'closed']),
  amount,
  currency: z.string(),
});
export type Outdated = Holds<typeof Outdated>;

/**
 * A pending payment with a page whose sum is not what the thing costs, or whose thing is closed. A payment that staff
 * confirm is never outdated: its payer may have sent the money already.
 */
export async function findOutdated(manager: EntityManager, payment_id: number): Promise<Outdated | undefined> {
  const [outdated] = await manager.query<Outdated[]>(
    `SELECT CASE WHEN now.status = 'closed' THEN 'closed' ELSE 'price_changed' END AS reason, now.amount, now.currency
     FROM payments p LEFT JOIN consultations c ON c.id = p.consultation_id LEFT JOIN products d ON d.id = p.product_id
     CROSS JOIN LATERAL (SELECT coalesce(c.status, d.status) AS status, coalesce(c.fee, d.price * p.quantity) AS amount,
                                coalesce(c.currency, d.currency) AS currency) now
     WHERE p.id = $1 AND p.status = 'pending' AND ${hasPage('p.payment_method')} AND NOT p.processing
       AND (now.status = 'closed' OR (p.amount, p.currency) <> (now.amount, now.currency))`,
    [payment_id],
  );
  return outdated;
}

/** Whether a payment that was let go is of another sum than its consultation costs now. */
export async function hasOldPrice(manager: EntityManager, payment_id: number): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `SELECT FROM payments p JOIN consultations c ON c.id = p.consultation_id
     WHERE p.id = $1 AND (p.amount, p.currency) <> (c.fee, c.currency)`,
    [payment_id],
  );
  return rows.length > 0;
}
