/**
 * One user's intent to pay one consultation, and its requests: three at once (two with the same key, as a double
 * click; one with another, as from a second device), then a retry with the first key, then a read.
 */
export const REQUESTS_PER_INTENT = 6;

const FEE = 5_000;

/**
 * @typedef {object} Intent
 * @property {string} name unique: the external reference of its consultation, and how its keys begin
 * @property {number | undefined} consultation_id undefined: it was not told
 * @property {Set<number>} named the payments that answers named
 * @property {string[]} faults what was answered that should not have been
 *
 * @typedef {import('./client.mjs').Client} Client
 * @typedef {{ patient: string, staff: string, subject: string }} People tokens, and the patient's subject
 */

/**
 * @param {Client} client
 * @param {People} people
 * @param {string} name
 * @param {Intent[]} intents where it is kept from its beginning on, so that it is counted and tidied up whatever happens
 */
export async function carryOut(client, people, name, intents) {
  /** @type {Intent} */
  const intent = { name, consultation_id: undefined, named: new Set(), faults: [] };
  intents.push(intent);
  const made = await client.ask('create a consultation', {
    path: '/api/v1/consultations',
    token: people.staff,
    key: name,
    body: { patient_subject: people.subject, fee: FEE, external_reference: name },
  });
  const consultation_id = made.body?.data?.consultation?.id;
  if (!Number.isInteger(consultation_id)) {
    intent.faults.push(`consultation: ${said(made)}`);
    return;
  }
  intent.consultation_id = consultation_id;
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
  if (id === undefined) return;
  const read = await client.ask('read', { path: `/api/v1/payments/${id}`, token: people.patient });
  if (read.status !== 200) intent.faults.push(`read: ${said(read)}`);
}

/**
 * The payments that the API lists afterwards.
 * @param {Client} client
 * @param {People} people
 * @param {Intent} intent
 * @returns {Promise<number[] | undefined>} the consultation's payments; undefined: it was not told.
 */
export async function paymentsOf(client, people, intent) {
  // Its response was lost, but it may exist.
  intent.consultation_id ??= await findConsultation(client, people, intent.name);
  const { consultation_id } = intent;
  if (consultation_id === undefined) return [];
  const path = `/api/v1/payments?consultation_id=${consultation_id}&limit=100`;
  const { body } = await client.ask('list', { path, token: people.patient });
  const payments = body?.data?.payments;
  // A list of other payments is wrong, and they are not ours to cancel.
  const isValid = Array.isArray(payments) && payments.every((payment) => payment.consultation_id === consultation_id);
  return isValid ? payments.map(({ id }) => Number(id)) : undefined;
}

/**
 * @param {Client} client
 * @param {People} people
 * @param {string} name
 * @returns {Promise<number | undefined>}
 */
async function findConsultation(client, people, name) {
  const path = `/api/v1/consultations?external_reference=${name}`;
  const { body } = await client.ask('list', { path, token: people.staff });
  const found = body?.data?.consultations?.find?.((/** @type {any} */ one) => one.external_reference === name);
  return found?.id;
}

/**
 * Cancels the payments and closes the consultation, so that nothing stays pending.
 * @param {Client} client
 * @param {People} people
 * @param {Intent} intent
 * @param {readonly number[]} payments
 * @returns {Promise<boolean>} whether all of it worked.
 */
export async function cleanUp(client, people, { name, consultation_id }, payments) {
  if (consultation_id === undefined) return true;
  const cancelled = await Promise.all(
    payments.map((id) =>
      client.ask('cancel', {
        path: `/api/v1/payments/${id}/cancel`,
        token: people.patient,
        key: `${name}-cancel-${id}`,
        body: {},
      }),
    ),
  );
  // After closing, an open payment could no longer be found.
  if (cancelled.some(({ status }) => status !== 200)) return false;
  const closed = await client.ask('close', {
    method: 'PATCH',
    path: `/api/v1/consultations/${consultation_id}`,
    token: people.staff,
    key: `${name}-close`,
    body: { status: 'closed' },
  });
  return closed.status === 200;
}

/**
 * The expected answers of a second click while the first request is running; the retry gets the final one.
 * @param {import('./client.mjs').Answer} answer
 */
function isRunning({ body }) {
  return body?.code === 'PAYMENT_IN_PROGRESS';
}

/** @param {import('./client.mjs').Answer} answer */
function said({ status, body }) {
  return status === 0 ? 'no answer' : `${status} ${body?.code ?? ''} ${body?.message ?? ''}`.trim();
}
