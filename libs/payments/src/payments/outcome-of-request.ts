import type { Outcome } from '#idempotency';
import type { EntityManager } from 'typeorm';
import { isOver } from '../ledger/payment-states.js';
import type { PaymentStatus } from '../ledger/payment.js';

/**
 * The outcome of the payment (`12`) or refund (`12/refunds/3`) that an unfinished request made, named as its use case
 * stores it with the idempotency key. One that failed, has expired, is missing or belongs to another user is void: ids are
 * assigned again after a restore.
 * @param user_id of the caller whose key it is
 */
export async function outcomeOfRequest(
  manager: EntityManager,
  { resource, user_id }: { resource: string; user_id: number },
): Promise<Outcome> {
  const [, payment_id, refund_id] = /^(\d+)(?:\/refunds\/(\d+))?$/.exec(resource) ?? [];
  if (payment_id === undefined) return { is: 'open' };
  return refund_id === undefined
    ? outcomeOfPayment(manager, Number(payment_id), user_id)
    : outcomeOfRefund(manager, Number(payment_id), Number(refund_id));
}

/** A cancelled or paid payment stays open: a repetition of the request is answered with it. */
async function outcomeOfPayment(manager: EntityManager, id: number, user_id: number): Promise<Outcome> {
  const [payment] = await manager.query<{ status: PaymentStatus; user_id: number }[]>(
    'SELECT status, user_id FROM payments WHERE id = $1',
    [id],
  );
  return { is: payment?.user_id !== user_id || isOver(payment.status) ? 'void' : 'open' };
}

async function outcomeOfRefund(manager: EntityManager, payment_id: number, id: number): Promise<Outcome> {
  const [refund] = await manager.query<{ status: string; withdrawn: boolean; age_ms: number }[]>(
    `SELECT status, withdrawn_at IS NOT NULL AS withdrawn,
            (extract(epoch FROM clock_timestamp() - settled_at) * 1000)::float8 AS age_ms
     FROM refunds WHERE id = $1 AND payment_id = $2`,
    [id, payment_id],
  );
  if (refund?.status === 'pending') return { is: 'open' };
  if (refund?.status === 'succeeded') return { is: 'done', ageMs: refund.age_ms };
  if (refund?.status === 'cancelled' && refund.withdrawn) return { is: 'withdrawn', ageMs: refund.age_ms };
  return { is: 'void' };
}
