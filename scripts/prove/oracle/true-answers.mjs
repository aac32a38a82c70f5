import { groupBy } from './index-by.mjs';

/**
 * @typedef {import('./snapshot.mjs').Snapshot} Snapshot
 * @typedef {import('./snapshot.mjs').Finding} Finding
 * @typedef {import('./snapshot.mjs').Answer} Answer
 * @typedef {import('./snapshot.mjs').Payment} Payment
 */

const RULE = 'no false answer';
const PAID = ['completed', 'partially_refunded', 'refunded'];

/** What a payment may be after it was shown in a status; it never goes back. @type {Record<string, readonly string[]>} */
const LATER = {
  pending: ['failed', 'expired', 'cancelled', ...PAID],
  failed: PAID,
  expired: PAID,
  cancelled: [],
  completed: ['partially_refunded', 'refunded'],
  partially_refunded: ['refunded'],
  refunded: [],
};

/** Answers that a client may get while parts of the system fail. */
const TROUBLE = [0, 408, 429, 502, 503, 504];

/** People send valid requests with valid tokens, about what is theirs. */
const NO_REASON = [400, 401, 403, 404, 405, 406, 413, 415];

/**
 * What clients were told is true: named payments exist and are theirs, one key has one answer, a status that was shown
 * never goes back, what was announced as done was done.
 * @param {Snapshot} snapshot
 * @returns {Finding[]}
 */
export function trueAnswers({ rows, answers }) {
  const payments = new Map(rows.payments.map((payment) => [payment.id, payment]));
  return [
    ...answers.flatMap((answer) => ofAnswer(answer, payments, rows)),
    ...sameKeySameAnswer(answers),
    ...refusedByItself(answers),
    ...statusesShown(answers, payments, rows),
  ];
}

/**
 * @param {Answer} answer
 * @param {ReadonlyMap<number, Payment>} payments
 * @param {Snapshot['rows']} rows
 * @returns {Finding[]}
 */
function ofAnswer(answer, payments, rows) {
  const texts = [...unexpected(answer), ...named(answer, payments), ...announced(answer, payments, rows)];
  return texts.map((text) => ({ rule: RULE, about: describe(answer), text }));
}

/** @param {Answer} answer */
function describe({ n, intent, method, path, status, key }) {
  return `request ${n} of ${intent}, ${method} ${path}${key ? ` (key ${key})` : ''}, answered ${status}`;
}

/**
 * @param {Answer} answer
 * @returns {string[]}
 */
function unexpected({ status, reply }) {
  if (status === 500) return [`is an internal error: ${reply?.message ?? 'without a body'}`];
  if (!TROUBLE.includes(status) && reply?.status_code !== status) return ['has a body of another status'];
  if (NO_REASON.includes(status)) return [`has no reason: ${reply?.code}`];
  return [];
}

/**
 * Payments that an answer names exist, belong to the caller, and are for what the request was about.
 * @param {Answer} answer
 * @param {ReadonlyMap<number, Payment>} payments
 * @returns {string[]}
 */
function named({ reply, body, user_id, role, path }, payments) {
  const data = reply?.data;
  const id = data?.payment_id ?? data?.payment?.id;
  if (id === undefined || id === null) return [];
  const payment = payments.get(Number(id));
  if (!payment) return [`names payment ${id}, which does not exist`];
  const texts = [];
  if (role === 'patient' && payment.user_id !== user_id)
    texts.push(`shows user ${user_id} payment ${id} of user ${payment.user_id}`);
  const consultation = /** @type {any} */ (body)?.consultation_id;
  if (path === '/payments' && consultation !== undefined && payment.consultation_id !== consultation) {
    texts.push(`is about consultation ${consultation} and names payment ${id} of ${payment.consultation_id}`);
  }
  const product = /** @type {any} */ (body)?.product_id;
  if (path === '/checkout' && product !== undefined && payment.product_id !== product) {
    texts.push(`is about product ${product} and names payment ${id} of ${payment.product_id}`);
  }
  if (data.payment && data.payment.amount !== payment.amount)
    texts.push(`shows ${data.payment.amount} for payment ${id} of ${payment.amount}`);
  return texts;
}

/**
 * What an answer of success announced was done.
 * @param {Answer} answer
 * @param {ReadonlyMap<number, Payment>} payments
 * @param {Snapshot['rows']} rows
 * @returns {string[]}
 */
function announced({ status, reply, path, body }, payments, rows) {
  if (status < 200 || status > 299) return [];
  const [, collection, id, action, refund_id, decision] = path.split('/');
  const payment = collection === 'payments' ? payments.get(Number(id)) : undefined;
  if (!payment) return [];
  if (action === 'confirm' && reply.data?.payment?.status === 'completed' && !PAID.includes(payment.status)) {
    return [`announced payment ${id} as paid, and it is ${payment.status}`];
  }
  if (action === 'cancel' && reply.data?.payment?.status === 'cancelled' && payment.status !== 'cancelled') {
    return [`announced payment ${id} as cancelled, and it is ${payment.status}`];
  }
  if (action === 'refunds' && decision !== undefined) {
    const status = rows.refunds.find((row) => row.id === Number(refund_id))?.status;
    const announcedStatus = reply.data?.refund?.status;
    if (status !== announcedStatus) return [`announced refund ${refund_id} as ${announcedStatus}, and it is ${status}`];
  }
  if (action === 'refund') {
    const refund = rows.refunds.find((row) => row.id === reply.data?.refund?.id);
    if (!refund || refund.payment_id !== payment.id)
      return [`names refund ${reply.data?.refund?.id} of payment ${id}, which does not exist`];
    const amount = /** @type {any} */ (body)?.amount;
    if (amount !== undefined && refund.amount !== amount) return [`refunded ${refund.amount} instead of ${amount}`];
    // A bank may still refuse what has succeeded.
    const isGone = reply.data.refund.status === 'succeeded' && !['succeeded', 'failed'].includes(refund.status);
    if (isGone) return [`announced refund ${refund.id} as succeeded, and it is ${refund.status}`];
  }
  return [];
}

/**
 * A finished key has one answer: the same payment or refund, and under the standard contract the same bytes.
 * @param {readonly Answer[]} answers
 * @returns {Finding[]}
 */
function sameKeySameAnswer(answers) {
  const finished = answers.filter(({ key, status }) => key !== undefined && status >= 200 && status < 300);
  /** @type {Finding[]} */
  const findings = [];
  for (const [, all] of groupBy(finished, ({ caller, method, path, key }) => `${caller} ${method} ${path} ${key}`)) {
    const things = new Set(
      all.map(({ reply }) =>
        JSON.stringify([reply.data?.payment_id ?? reply.data?.payment?.id, reply.data?.refund?.id]),
      ),
    );
    const standard = new Set(
      all.filter(({ contract }) => contract === 'standard').map(({ reply }) => JSON.stringify(reply.data)),
    );
    const first = /** @type {Answer} */ (all[0]);
    if (things.size > 1)
      findings.push({
        rule: RULE,
        about: describe(first),
        text: `one key, ${things.size} results: ${[...things].join(' and ')}`,
      });
    else if (standard.size > 1)
      findings.push({ rule: RULE, about: describe(first), text: `one key, ${standard.size} different answers` });
  }
  return findings;
}

/**
 * Under the standard contract, a key that has made a payment is never refused because of that payment.
 * @param {readonly Answer[]} answers
 * @returns {Finding[]}
 */
function refusedByItself(answers) {
  const creates = answers.filter(
    ({ key, contract, path, method }) =>
      key !== undefined && contract === 'standard' && method === 'POST' && path === '/payments',
  );
  /** @type {Finding[]} */
  const findings = [];
  for (const [, all] of groupBy(creates, ({ caller, key, body }) => `${caller} ${key} ${JSON.stringify(body)}`)) {
    const made = new Set(all.filter(({ status }) => status === 201).map(({ reply }) => reply.data.payment_id));
    const refused = all.find(({ reply }) => reply?.code === 'PAYMENT_EXISTS' && made.has(reply.data?.payment_id));
    if (refused)
      findings.push({ rule: RULE, about: describe(refused), text: 'refuses a key because of its own payment' });
  }
  return findings;
}

/**
 * No answer shows a payment in an earlier state than an answer that had arrived before it was asked for. A refund that
 * failed after it had succeeded is the one exception.
 * @param {readonly Answer[]} answers
 * @param {ReadonlyMap<number, Payment>} payments
 * @param {Snapshot['rows']} rows
 * @returns {Finding[]}
 */
function statusesShown(answers, payments, rows) {
  const failedLater = new Set(
    rows.refunds.filter(({ status }) => status === 'failed').map(({ payment_id }) => payment_id),
  );
  const reads = answers.filter(
    ({ method, path, status }) => method === 'GET' && status === 200 && /^\/payments\/\d+$/.test(path),
  );
  /** @type {Finding[]} */
  const findings = [];
  for (const [id, all] of groupBy(reads, ({ path }) => Number(path.split('/')[2]))) {
    if (failedLater.has(id)) continue;
    const now = { sent_ms: Infinity, done_ms: Infinity, status: payments.get(id)?.status ?? 'absent' };
    const shown = [
      ...all.map(({ sent_ms, done_ms, reply }) => ({ sent_ms, done_ms, status: reply.data.payment.status })),
      now,
    ];
    for (const later of shown) {
      const back = shown.find((earlier) => earlier.done_ms < later.sent_ms && !mayFollow(earlier.status, later.status));
      if (!back) continue;
      findings.push({
        rule: 'no state goes back',
        about: `payment ${id}`,
        text: `was ${back.status}, then ${later.status}`,
      });
      break;
    }
  }
  return findings;
}

/**
 * @param {string} earlier
 * @param {string} later
 */
function mayFollow(earlier, later) {
  return earlier === later || (LATER[earlier]?.includes(later) ?? false);
}
