import { groupBy, sum } from './index-by.mjs';

/** @typedef {import('./snapshot.mjs').Snapshot} Snapshot @typedef {import('./snapshot.mjs').Finding} Finding */

const RULE = 'money accounted for';
const PAID = ['completed', 'partially_refunded', 'refunded'];

/**
 * Every charge at Stripe and every line of the bank is in the database exactly once, with its amount, and nothing else
 * is. Money that pays nothing is back or listed for staff; other programs' money is left alone.
 * @param {Snapshot} snapshot
 * @returns {Finding[]}
 */
export function moneyAccounted({ stripe, bank, rows }) {
  return [
    ...chargesOfStripe(stripe, rows),
    ...disputesOfStripe(stripe, rows),
    ...paymentsOf(rows),
    ...linesOf(bank, rows),
  ];
}

/**
 * @param {Snapshot['stripe']} stripe
 * @param {Snapshot['rows']} rows
 * @returns {Finding[]}
 */
function disputesOfStripe(stripe, rows) {
  const ours = new Set(
    rows.charges.filter(({ disposition }) => disposition !== 'foreign').map((row) => row.transaction_id),
  );
  const charges = new Map(stripe.charges.map(({ id, payment_intent }) => [id, payment_intent]));
  const booked = new Map(rows.disputes.map((row) => [row.dispute_id, row.state]));
  return stripe.disputes.flatMap(({ id, charge, status }) => {
    if (!ours.has(charges.get(charge) ?? '')) return [];
    const [is, should] = [booked.get(id) ?? 'absent', status === 'won' || status === 'lost' ? status : 'open'];
    const text = `is ${status} at Stripe and ${is} in the database`;
    return is === should ? [] : [{ rule: RULE, about: `dispute ${id}`, text }];
  });
}

/**
 * @param {Snapshot['stripe']} stripe
 * @param {Snapshot['rows']} rows
 * @returns {Finding[]}
 */
function chargesOfStripe(stripe, rows) {
  const byPayment = new Map(rows.payments.map((payment) => [payment.id, payment]));
  const booked = groupBy(
    rows.charges.filter(({ payment_method }) => payment_method === 'stripe'),
    ({ transaction_id }) => transaction_id,
  );
  const refunds = groupBy(stripe.refunds, ({ charge }) => charge);
  /** @type {Finding[]} */
  const findings = [];
  for (const charge of stripe.charges.filter(({ status }) => status === 'succeeded')) {
    const about = `charge ${charge.payment_intent}`;
    const found = booked.get(charge.payment_intent) ?? [];
    booked.delete(charge.payment_intent);
    const payment = byPayment.get(Number(charge.metadata['purchaseId']));
    if (payment?.ref !== charge.metadata['ref'] || !payment) {
      const touched = found.some(({ disposition }) => disposition !== 'foreign');
      const ours = (refunds.get(charge.id) ?? []).some(({ metadata }) => metadata?.['refund_id'] !== undefined);
      if (touched) findings.push({ rule: RULE, about, text: 'belongs to another program and was booked as ours' });
      if (ours) findings.push({ rule: RULE, about, text: 'belongs to another program and was refunded by Payonce' });
      continue;
    }
    const [row] = found;
    if (!row || found.length > 1) {
      findings.push({ rule: RULE, about, text: `of payment ${payment.id} is booked ${found.length} times` });
      continue;
    }
    const facts = [
      differs('payment', payment.id, row.payment_id),
      differs('amount', charge.amount, row.amount_received),
      differs('currency', charge.currency, row.currency),
    ].filter((fact) => fact !== undefined);
    if (facts.length > 0) findings.push({ rule: RULE, about, text: `is booked with another ${facts.join(', ')}` });
    const back = sum(
      (refunds.get(charge.id) ?? []).filter(({ status }) => status === 'succeeded'),
      ({ amount }) => amount,
    );
    if (
      row.disposition === 'returned' &&
      row.amount_reserved === 0 &&
      back < charge.amount &&
      row.amount_returned < charge.amount
    ) {
      findings.push({ rule: RULE, about, text: `pays nothing, and only ${back} of ${charge.amount} went back` });
    }
  }
  for (const transaction of booked.keys()) {
    findings.push({ rule: RULE, about: `charge ${transaction}`, text: 'is booked, and Stripe has no such charge' });
  }
  return findings;
}

/**
 * @param {Snapshot['rows']} rows
 * @returns {Finding[]}
 */
function paymentsOf(rows) {
  const charges = groupBy(rows.charges, ({ payment_id }) => payment_id);
  return rows.payments.flatMap((payment) => {
    const accepted = sum(
      (charges.get(payment.id) ?? []).filter(({ disposition }) => disposition === 'accepted'),
      ({ amount_received }) => amount_received,
    );
    const due = PAID.includes(payment.status) ? payment.amount : 0;
    if (accepted === due) return [];
    const text = `is ${payment.status} with ${accepted} of ${payment.amount} received`;
    return [{ rule: RULE, about: `payment ${payment.id}`, text }];
  });
}

/**
 * @param {Snapshot['bank']} bank
 * @param {Snapshot['rows']} rows
 * @returns {Finding[]}
 */
function linesOf(bank, rows) {
  const transfers = groupBy(
    rows.transfers.filter(({ voided }) => !voided),
    ({ payment_method, transaction_id }) => `${payment_method} ${transaction_id}`,
  );
  const parts = groupBy(rows.charges, ({ transfer_id }) => transfer_id);
  /** @type {Finding[]} */
  const findings = [];
  for (const line of bank) {
    const about = `bank line ${line.reference}`;
    const found = transfers.get(`${line.method} ${line.reference}`) ?? [];
    transfers.delete(`${line.method} ${line.reference}`);
    if (line.recorded === 'no') findings.push({ rule: RULE, about, text: 'was refused, so that nobody sees it' });
    if (found.length > 1 || (line.recorded === 'yes' && found.length === 0)) {
      findings.push({ rule: RULE, about, text: `is recorded ${found.length} times` });
    }
    for (const transfer of found) {
      if (transfer.amount !== line.amount) {
        findings.push({ rule: RULE, about, text: `of ${line.amount} is recorded with ${transfer.amount}` });
      }
      const used = sum(
        (parts.get(transfer.id) ?? []).filter(({ disposition }) => disposition !== 'reversed'),
        ({ amount_received }) => amount_received,
      );
      if (used > line.amount) findings.push({ rule: RULE, about, text: `of ${line.amount} pays ${used}` });
    }
  }
  for (const name of transfers.keys()) {
    findings.push({ rule: RULE, about: `transfer ${name}`, text: 'is recorded, and the bank has no such line' });
  }
  return findings;
}

/**
 * @param {string} what
 * @param {unknown} expected
 * @param {unknown} actual
 */
function differs(what, expected, actual) {
  return expected === actual ? undefined : `${what} (${String(actual)} instead of ${String(expected)})`;
}
