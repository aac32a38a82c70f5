import { groupBy, sum } from './index-by.mjs';

/** @typedef {import('./snapshot.mjs').Snapshot} Snapshot @typedef {import('./snapshot.mjs').Finding} Finding */

const RULE = 'refunded once';

/** Statuses of a refund in the database, by its status at Stripe. @type {Record<string, string[]>} */
const MAY_BE = {
  succeeded: ['succeeded'],
  pending: ['pending'],
  requires_action: ['pending'],
  failed: ['failed'],
  canceled: ['failed', 'cancelled'],
};

/**
 * Each refund of ours was made once at Stripe, each refund at Stripe is in the database once, and nobody asked for fewer
 * refunds than were made.
 * @param {Snapshot} snapshot
 * @returns {Finding[]}
 */
export function refundedOnce({ stripe, rows, answers }) {
  return [...refundsAtStripe(stripe, rows), ...sumsOf(stripe, rows), ...requested(rows, answers)];
}

/**
 * @param {Snapshot['stripe']} stripe
 * @param {Snapshot['rows']} rows
 * @returns {Finding[]}
 */
function refundsAtStripe(stripe, rows) {
  const ours = new Set(
    rows.charges.filter(({ disposition }) => disposition !== 'foreign').map((row) => row.transaction_id),
  );
  const booked = groupBy(
    rows.refunds.filter(({ payment_method }) => payment_method === 'stripe'),
    ({ transaction_id }) => transaction_id,
  );
  /** @type {Finding[]} */
  const findings = [];
  for (const refund of stripe.refunds.filter(({ payment_intent }) => ours.has(payment_intent))) {
    const about = `refund ${refund.id}`;
    const found = booked.get(refund.id) ?? [];
    booked.delete(refund.id);
    const [row] = found;
    const isMade = refund.status === 'succeeded' || refund.status === 'pending' || refund.status === 'requires_action';
    if (!row || found.length > 1) {
      if (isMade || found.length > 1) findings.push({ rule: RULE, about, text: `is booked ${found.length} times` });
      continue;
    }
    if (row.amount !== refund.amount) {
      findings.push({ rule: RULE, about, text: `of ${refund.amount} is booked with ${row.amount}` });
    }
    if (!MAY_BE[refund.status ?? '']?.includes(row.status)) {
      findings.push({ rule: RULE, about, text: `is ${refund.status} at Stripe and ${row.status} in the database` });
    }
  }
  for (const [id, found] of booked) {
    if (found.some(({ status }) => status === 'pending' || status === 'succeeded')) {
      findings.push({ rule: RULE, about: `refund ${id}`, text: 'is booked, and Stripe has no such refund' });
    }
  }
  // One refund row under two of Stripe's refunds: its answer was lost and it was made again.
  const made = stripe.refunds.filter(({ status }) => status === 'succeeded' || status === 'pending');
  for (const [ref, all] of groupBy(made, ({ metadata }) => metadata?.['ref'])) {
    if (all.length > 1) {
      const text = `was made ${all.length} times: ${all.map(({ id, amount }) => `${id} of ${amount}`).join(' and ')}`;
      findings.push({ rule: RULE, about: `refund with ref ${ref}`, text });
    }
  }
  return findings;
}

/**
 * @param {Snapshot['stripe']} stripe
 * @param {Snapshot['rows']} rows
 * @returns {Finding[]}
 */
function sumsOf(stripe, rows) {
  /** @type {Finding[]} */
  const findings = [];
  const refunds = groupBy(
    stripe.refunds.filter(({ status }) => status === 'succeeded'),
    ({ payment_intent }) => payment_intent,
  );
  const intents = new Map(stripe.charges.map(({ id, payment_intent }) => [id, payment_intent]));
  const disputes = groupBy(
    stripe.disputes.filter(({ status }) => status === 'lost'),
    ({ charge }) => intents.get(charge),
  );
  for (const charge of rows.charges.filter((row) => row.payment_method === 'stripe' && row.disposition !== 'foreign')) {
    const refunded = sum(refunds.get(charge.transaction_id) ?? [], ({ amount }) => amount);
    const lost = sum(disputes.get(charge.transaction_id) ?? [], ({ withdrawn }) => withdrawn);
    // A bank may take back more than refunds have left: no more than that was ours.
    const taken = Math.min(lost, charge.amount_received - refunded);
    if (refunded + taken !== charge.amount_returned) {
      const text = `returned ${refunded} and lost ${taken} in disputes, and ${charge.amount_returned} is booked`;
      findings.push({ rule: RULE, about: `charge ${charge.transaction_id}`, text });
    }
  }
  for (const charge of rows.charges) {
    if (charge.amount_returned + charge.amount_reserved > charge.amount_received) {
      const text = `gives back ${charge.amount_returned} and ${charge.amount_reserved} of ${charge.amount_received}`;
      findings.push({ rule: RULE, about: `charge ${charge.transaction_id}`, text });
    }
  }
  return findings;
}

/** Whether nothing can have come of it. @param {import('./snapshot.mjs').Answer} answer */
function isFinalRefusal({ status, reply }) {
  return status >= 400 && status < 500 && status !== 408 && status !== 429 && reply?.data?.retry_after === undefined;
}

/**
 * A refund that staff asked for has a request: never more refunds than different requests (by key; without one, by body)
 * that were not finally refused. Without a request only money that pays nothing goes back.
 * @param {Snapshot['rows']} rows
 * @param {Snapshot['answers']} answers
 * @returns {Finding[]}
 */
function requested(rows, answers) {
  const asked = groupBy(
    answers.filter(({ method, path }) => method === 'POST' && /^\/payments\/\d+\/refund$/.test(path)),
    ({ path }) => Number(path.split('/')[2]),
  );
  const made = groupBy(
    rows.refunds.filter(({ requested_by, kind }) => requested_by !== null && kind === 'refund'),
    ({ payment_id }) => payment_id,
  );
  const tooMany = [...made].flatMap(([payment_id, refunds]) => {
    const requests = groupBy(
      asked.get(payment_id) ?? [],
      ({ caller, key, body }) => `${caller} ${key ?? JSON.stringify(body)}`,
    );
    const possible = [...requests.values()].filter((answers) => !answers.every(isFinalRefusal)).length;
    if (refunds.length <= possible) return [];
    const text = `has ${refunds.length} refunds for ${possible} requests`;
    return [{ rule: RULE, about: `payment ${payment_id}`, text }];
  });
  const charges = new Map(rows.charges.map((charge) => [charge.id, charge]));
  const unasked = rows.refunds
    .filter(({ automatic, charge_id }) => automatic && charges.get(charge_id ?? 0)?.disposition === 'accepted')
    .map(({ id }) => ({
      rule: RULE,
      about: `refund ${id}`,
      text: 'was made without a request, of money that pays for something',
    }));
  return [...tooMany, ...unasked];
}
