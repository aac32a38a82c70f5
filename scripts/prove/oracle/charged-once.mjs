import { groupBy, sum } from './index-by.mjs';

/** @typedef {import('./snapshot.mjs').Snapshot} Snapshot @typedef {import('./snapshot.mjs').Finding} Finding */

const LIVE = ['pending', 'completed', 'partially_refunded'];

/**
 * Each purchase is charged once or not at all. What a charge or transfer has kept is counted at Stripe and at the bank;
 * the database only says which purchase it belongs to.
 * @param {Snapshot} snapshot
 * @returns {Finding[]}
 */
export function chargedOnce({ stripe, rows }) {
  const payments = new Map(rows.payments.map((payment) => [payment.id, payment]));
  const refunds = groupBy(stripe.refunds, ({ charge }) => charge);
  const disputes = groupBy(stripe.disputes, ({ charge }) => charge);
  const kept = stripe.charges
    .filter(({ status }) => status === 'succeeded')
    .map((charge) => {
      const gone = (refunds.get(charge.id) ?? []).filter(
        ({ status }) => status === 'succeeded' || status === 'pending',
      );
      const amount =
        charge.amount - sum(gone, (refund) => refund.amount) - sum(disputes.get(charge.id) ?? [], (it) => it.withdrawn);
      return { amount, payment: payments.get(Number(charge.metadata['purchaseId'])), of: charge.payment_intent };
    })
    .filter(({ amount }) => amount > 0);
  const matched = rows.charges
    .filter(({ transfer_id, disposition }) => transfer_id !== null && ['accepted', 'partial'].includes(disposition))
    .map((part) => ({
      amount: part.amount_received - part.amount_returned,
      payment: payments.get(part.payment_id ?? 0),
      of: `transfer ${part.transfer_id}`,
    }))
    .filter(({ amount }) => amount > 0);

  /** @type {Finding[]} */
  const findings = [];
  for (const [id, charges] of groupBy(kept, ({ payment }) => payment?.id)) {
    if (charges.length > 1) findings.push(doubled(`payment ${id}`, charges));
  }
  for (const [id, money] of groupBy([...kept, ...matched], ({ payment }) => payment?.consultation_id)) {
    const paying = new Set(money.map(({ payment }) => payment?.id));
    if (paying.size > 1) findings.push(doubled(`consultation ${id}`, money));
  }
  for (const [id, all] of groupBy(rows.payments, ({ consultation_id }) => consultation_id)) {
    const live = all.filter(({ status }) => LIVE.includes(status));
    if (live.length > 1) {
      const which = live.map((payment) => `${payment.id} (${payment.status})`).join(' and ');
      findings.push({ rule: 'one live payment', about: `consultation ${id}`, text: `has the live payments ${which}` });
    }
  }
  const open = stripe.sessions.filter(({ status }) => status !== 'expired');
  const refs = new Set(rows.payments.map(({ ref }) => ref));
  for (const { id, status, metadata } of open) {
    const ref = metadata?.['ref'];
    if (ref === undefined || refs.has(ref)) continue;
    findings.push({
      rule: 'one session',
      about: `session ${id} (${status})`,
      text: 'was opened for a payment that does not exist',
    });
  }
  for (const [ref, sessions] of groupBy(open, ({ metadata }) => metadata?.['ref'])) {
    if (sessions.length > 1) {
      const which = sessions.map(({ id, status }) => `${id} (${status})`).join(' and ');
      findings.push({ rule: 'one session', about: `payment with ref ${ref}`, text: `can be paid on ${which}` });
    }
  }
  const pending = rows.payments.filter(({ status, product_id }) => status === 'pending' && product_id !== null);
  for (const [purchase, all] of groupBy(
    pending,
    ({ user_id, product_id }) => `user ${user_id}, product ${product_id}`,
  )) {
    if (all.length > 1) {
      const which = all.map(({ id }) => id).join(' and ');
      findings.push({ rule: 'one live payment', about: purchase, text: `has the pending orders ${which}` });
    }
  }
  return findings;
}

/**
 * @param {string} about
 * @param {readonly { amount: number, of: string }[]} charges
 * @returns {Finding}
 */
function doubled(about, charges) {
  const which = charges.map(({ of, amount }) => `${amount} by ${of}`).join(' and ');
  return { rule: 'charged once', about, text: `was charged ${charges.length} times: ${which}` };
}
