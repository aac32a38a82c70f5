import { groupBy } from './index-by.mjs';

/** @typedef {import('./snapshot.mjs').Snapshot} Snapshot @typedef {import('./snapshot.mjs').Finding} Finding */

const RULE = 'nothing unfinished';

/**
 * After the faults have ended and nobody asks any more, nothing waits for a process: a row that waits for a person (a
 * payer, a bank, staff) may stay.
 * @param {Snapshot} snapshot
 * @returns {Finding[]}
 */
export function finished({ stripe, rows }) {
  const sessions = groupBy(stripe.sessions, ({ metadata }) => metadata?.['purchaseId']);
  const waiting = new Set(
    rows.events.filter(({ status }) => status === 'pending').map(({ payment_intent }) => payment_intent),
  );
  /** @type {Finding[]} */
  const findings = [];
  for (const payment of rows.payments.filter(({ status }) => status === 'pending')) {
    const own = sessions.get(String(payment.id)) ?? [];
    const paid = own.find(({ payment_status }) => payment_status === 'paid');
    const isOver = own.length > 0 && own.every(({ status }) => status === 'expired');
    if (paid) {
      const text = `is pending, and its session is paid${waiting.has(paid.payment_intent) ? '; its event waits' : ''}`;
      findings.push({ rule: RULE, about: `payment ${payment.id}`, text });
    }
    if (isOver)
      findings.push({ rule: RULE, about: `payment ${payment.id}`, text: 'is pending, and its session has expired' });
  }
  for (const { payment_id } of rows.open_sessions) {
    findings.push({ rule: RULE, about: `payment ${payment_id}`, text: 'has a session without an answer of Stripe' });
  }
  const made = new Map(stripe.refunds.map(({ id, status }) => [id, status]));
  for (const refund of rows.refunds.filter(({ status, made_by }) => status === 'pending' && made_by === 'provider')) {
    const status = made.get(refund.transaction_id ?? '');
    if (status !== 'pending' && status !== 'requires_action') {
      findings.push({
        rule: RULE,
        about: `refund ${refund.id}`,
        text: `is pending, and at Stripe ${status ?? 'absent'}`,
      });
    }
  }
  for (const event of rows.events.filter(({ status }) => status === 'pending' || status === 'dead')) {
    const text = `${event.type} is ${event.status}${event.note ? `: ${event.note}` : ''}`;
    findings.push({ rule: RULE, about: `event ${event.event_id}`, text });
  }
  for (const claim of rows.running_claims) {
    findings.push({ rule: RULE, about: `key ${claim.idempotency_key}`, text: `is still running on ${claim.route}` });
  }
  for (const { lock_key } of rows.held_locks) {
    findings.push({ rule: RULE, about: `lock ${lock_key}`, text: 'is still held' });
  }
  return findings;
}
