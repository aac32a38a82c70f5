import { groupBy } from './index-by.mjs';

/** @typedef {import('./snapshot.mjs').Snapshot} Snapshot @typedef {import('./snapshot.mjs').Finding} Finding */

const RULE = 'audit trail';

/** Statuses that the audit log dates, by the action that reaches them. @type {Record<string, string>} */
const REACHES = {
  'payment.completed': 'completed',
  'payment.cancelled': 'cancelled',
  'payment.expired': 'expired',
  'payment.failed': 'failed',
};

/** From which of these statuses another may be reached. @type {Record<string, string[]>} */
const MAY_FOLLOW = {
  completed: ['pending', 'failed', 'expired'],
  cancelled: ['pending'],
  expired: ['pending'],
  failed: ['pending'],
};

/**
 * The audit log tells each payment's whole story in order: created first and once, each change of status allowed and made
 * once, and its end is what the payment is.
 * @param {Snapshot} snapshot
 * @returns {Finding[]}
 */
export function auditTrail({ rows }) {
  const entries = groupBy(rows.audit, ({ payment_id }) => payment_id);
  const refunds = groupBy(
    rows.refunds.filter(({ status }) => status === 'succeeded'),
    ({ payment_id }) => payment_id,
  );
  return rows.payments.flatMap((payment) => {
    const actions = (entries.get(payment.id) ?? []).map(({ action }) => action);
    const texts = [...storyOf(payment, actions), ...refundsOf(actions, refunds.get(payment.id)?.length ?? 0)];
    return texts.map((text) => ({ rule: RULE, about: `payment ${payment.id}`, text }));
  });
}

/**
 * @param {Snapshot['rows']['payments'][number]} payment
 * @param {readonly string[]} actions
 * @returns {string[]}
 */
function storyOf(payment, actions) {
  const created = actions.filter((action) => action === 'payment.created').length;
  const changes = actions.filter((action) => action in REACHES);
  /** @type {string[]} */
  const texts = [];
  if (created !== 1) texts.push(`was created ${created} times`);
  if (changes.length > 0 && actions.indexOf('payment.created') > actions.indexOf(/** @type {string} */ (changes[0]))) {
    texts.push(`changed (${changes[0]}) before it was created`);
  }
  let status = 'pending';
  for (const change of changes) {
    const next = /** @type {string} */ (REACHES[change]);
    if (!MAY_FOLLOW[next]?.includes(status)) texts.push(`became ${next} when it was ${status}`);
    status = next;
  }
  const shown = ['partially_refunded', 'refunded'].includes(payment.status) ? 'completed' : payment.status;
  if (status !== shown) texts.push(`is ${payment.status}, and its last change is to ${status}`);
  return texts;
}

/**
 * @param {readonly string[]} actions
 * @param {number} succeeded
 * @returns {string[]}
 */
function refundsOf(actions, succeeded) {
  const count = (/** @type {string} */ name) => actions.filter((action) => action === name).length;
  const told = count('refund.succeeded') + count('refund.made_elsewhere') - count('refund.failed_after_success');
  // A refund made elsewhere that was pending first has two entries, and money returned automatically has an action of its own.
  return told + count('money.returned_automatically') < succeeded
    ? [`has ${succeeded} refunds, and the log tells of ${told}`]
    : [];
}
