/**
 * One person's wish to pay one consultation, and how it is asked for: three times at once (twice under one key, as a double
 * click; once under another, as from a second device), then once more under the first key (a retry), then read.
 */
export const REQUESTS_PER_INTENT = 6;

const FEE = 5_000;

/**
 * @typedef {object} Intent
 * @property {number} consultation_id
 * @property {Set<number>} named the payments that answers named
 * @property {string[]} faults what was answered that should not have been
 *
 * @typedef {import('./client.mjs').Client} Client
 * @typedef {{ patient: string, staff: string, subject: string }} People tokens, and the patient's subject
 */

/**
 * @param {Client} client
 * @param {People} people
 * @param {string} name unique: of the consultation and of its keys
 * @returns {Promise<Intent | string>} or why there is no consultation to pay.
 */
export async function carryOut(client, people, name) {
  const made = await client.ask('make a consultation', {
    path: '/api/v1/consultations',
    token: people.staff,
    key: name,
    body: { patient_subject: people.subject, fee: FEE, external_reference: name },
  });
  const consultation_id = made.body?.data?.consultation?.id;
  if (!Number.isInteger(consultation_id)) return `consultation: ${said(made)}`;

  /** @type {Intent} */
  const intent = { consultation_id, named: new Set(), faults: [] };
  const pay = async (/** @type {string} */ what, /** @type {string} */ key) => {
    const body = { consultation_id, amount: FEE, payment_method: 'bank_transfer' };
    const isAnswer = what === 'pay' ? isRunning : () => false;
    const answer = await client.ask(what, { path: '/api/v1/payments', token: people.patient, key, body, isAnswer });
    const id = answer.body?.data?.payment_id;
    const isPayment = answer.status === 201 || answer.body?.code === 'PAYMENT_EXISTS';
    if (isPayment && Number.isInteger(id)) intent.named.add(id);
    else if (!isAnswer(answer)) intent.faults.push(`${what}: ${said(answer)}`);
  };
  await Promise.all([pay('pay', `${name}-a`), pay('pay', `${name}-a`), pay('pay', `${name}-b`)]);
  await pay('pay again', `${name}-a`);
  const [id] = intent.named;
  if (id === undefined) return intent;
  const read = await client.ask('read', { path: `/api/v1/payments/${id}`, token: people.patient });
  if (read.status !== 200) intent.faults.push(`read: ${said(read)}`);
  return intent;
}

/**
 * What the API lists afterwards.
 * @param {Client} client
 * @param {People} people
 * @param {Intent} intent
 * @returns {Promise<number[] | undefined>} the consultation's payments; undefined: it was not told.
 */
export async function paymentsOf(client, people, { consultation_id }) {
  const path = `/api/v1/payments?consultation_id=${consultation_id}&limit=100`;
  const { body } = await client.ask('list', { path, token: people.patient });
  const payments = body?.data?.payments;
  return Array.isArray(payments) ? payments.map(({ id }) => Number(id)) : undefined;
}

/**
 * Cancels the payments and closes the consultation, so that nothing waits to be paid.
 * @param {Client} client
 * @param {People} people
 * @param {Intent} intent
 * @param {readonly number[]} payments
 * @returns {Promise<boolean>} whether all of it worked.
 */
export async function cleanUp(client, people, { consultation_id }, payments) {
  const cancelled = await Promise.all(
    payments.map((id) =>
      client.ask('cancel', { path: `/api/v1/payments/${id}/cancel`, token: people.patient, body: {} }),
    ),
  );
  const closed = await client.ask('close', {
    method: 'PATCH',
    path: `/api/v1/consultations/${consultation_id}`,
    token: people.staff,
    body: { status: 'closed' },
  });
  return [...cancelled, closed].every(({ status }) => status === 200);
}

/**
 * What a second click is told while the first one's request is under way; the retry finds out.
 * @param {import('./client.mjs').Answer} answer
 */
function isRunning({ body }) {
  return body?.code === 'PAYMENT_IN_PROGRESS';
}

/** @param {import('./client.mjs').Answer} answer */
function said({ status, body }) {
  return status === 0 ? 'no answer' : `${status} ${body?.code ?? ''} ${body?.message ?? ''}`.trim();
}
