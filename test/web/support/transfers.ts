import type { TestDatabase } from '../../support/database.js';

/** All the money of these payments, and of the transfers that were sent for them or pay them: by the rows themselves. */
export async function moneyOfTransfers(
  database: TestDatabase,
  payments: readonly number[],
): Promise<{ payments: string[]; charges: string[]; refunds: string[]; transfers: string[] }> {
  const rows = async (sql: string) => (await database.query<{ told: string }>(sql, [payments])).map(({ told }) => told);
  return {
    payments: await rows(
      `SELECT status || ' ' || refunded_amount AS told FROM payments WHERE id = ANY ($1) ORDER BY id`,
    ),
    charges: await rows(
      `SELECT disposition || ' ' || amount_received || ' ' || amount_returned AS told
       FROM charges WHERE payment_id = ANY ($1) ORDER BY id`,
    ),
    refunds: await rows(
      `SELECT kind || ' ' || status || ' ' || amount AS told FROM refunds WHERE payment_id = ANY ($1) ORDER BY id`,
    ),
    transfers: await rows(
      `SELECT t.amount || ' matched ' || coalesce(sum(c.amount_received - c.undone), 0) || ' unmatched '
              || t.amount - t.amount_allocated AS told
       FROM transfers t LEFT JOIN LATERAL (
         SELECT c.amount_received, coalesce((SELECT sum(r.amount) FROM refunds r
                  WHERE r.charge_id = c.id AND r.kind = 'unmatch' AND r.status = 'succeeded'), 0) AS undone
         FROM charges c WHERE c.transfer_id = t.id AND c.disposition IN ('accepted', 'partial')) c ON true
       WHERE t.payment_id = ANY ($1) OR EXISTS (
         SELECT FROM charges p WHERE p.transfer_id = t.id AND p.payment_id = ANY ($1))
       GROUP BY t.id ORDER BY t.id`,
    ),
  };
}
