import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../say.mjs';
import { Client } from './client.mjs';
import { keySequence } from './run.mjs';

/**
 * @typedef {import('./client.mjs').Answer} Answer
 * @typedef {import('./client.mjs').Request} Request
 * @typedef {{ key?: string | null, headers?: import('node:http').OutgoingHttpHeaders }} How key: null for a request
 *   without one; a new one unless said
 */

const PREFIX = '/api/v1';
export const FEE = 5_000;

/** Cleaning up in batches: a pool of connections is small. */
const AT_ONCE = 8;

/** What happens in its own time, such as a webhook. */
const MAX_WAIT_MS = 10_000;
const LOOK_AGAIN_MS = 100;

/** A user of Payonce, or nobody. */
class Caller {
  #payonce;

  /**
   * @param {Payonce} payonce
   * @param {string | undefined} token
   */
  constructor(payonce, token) {
    this.#payonce = payonce;
    this.headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    this.subject = token === undefined ? '' : subjectOf(token);
  }

  /** @param {string} path @param {How} [how] */
  get(path, { headers = {} } = {}) {
    return this.#payonce.client.send({ path: PREFIX + path, headers: { ...this.headers, ...headers } });
  }

  /** @param {string} path @param {unknown} [body] @param {How} [how] */
  post(path, body = {}, how) {
    return this.#payonce.client.send(this.request(path, body, how));
  }

  /** @param {string} path @param {unknown} body @param {How} [how] */
  patch(path, body, how) {
    return this.#payonce.client.send({ ...this.request(path, body, how), method: 'PATCH' });
  }

  /** @param {string} path @param {unknown} body @param {How} [how] @returns {Request} */
  request(path, body, { key = this.#payonce.newKey(), headers = {} } = {}) {
    const keyed = key === null ? {} : { 'idempotency-key': key };
    return { path: PREFIX + path, body, headers: { ...this.headers, ...keyed, ...headers } };
  }
}

/**
 * A running Payonce, as its users see it. Every consultation, product and payment that rules need is made here, and closed
 * or cancelled at the end.
 */
export class Payonce {
  newKey = keySequence();
  /** @type {number[]} */
  #consultations = [];
  /** @type {string[]} */
  #products = [];

  /** @param {{ url: string, token: string, staffToken: string, simulator?: string, webhookSecret?: string }} options */
  constructor({ url, token, staffToken, simulator, webhookSecret }) {
    this.url = url;
    this.client = new Client(url);
    this.patient = new Caller(this, token);
    this.staff = new Caller(this, staffToken);
    this.nobody = new Caller(this, undefined);
    this.simulator = simulator === undefined ? undefined : new Client(simulator);
    this.webhookSecret = webhookSecret;
  }

  /**
   * Asks once with each token, so that a wrong set-up is not taken for broken promises.
   * @throws {Fault}
   */
  async requireSetUp() {
    const listed = await this.patient.get('/payments?limit=1').catch((/** @type {unknown} */ error) => {
      throw new Fault(`No answer from ${this.url}: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (listed.status !== 200)
      throw new Fault(`The patient's token is refused, or ${this.url} is no Payonce: ${listed.status}`);
    const all = await this.staff.get('/payments?limit=1');
    if (all.status !== 200) throw new Fault(`The staff token is refused: ${all.status}`);
    const transfers = await this.patient.get('/transfers?limit=1');
    if (transfers.status !== 403) throw new Fault("The patient's token is not that of a patient.");
    await this.simulator?.send({ path: '/_sim/clock' }).catch((/** @type {unknown} */ error) => {
      throw new Fault(`No answer from the simulator: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  /** An open consultation. @param {{ subject?: string, fee?: number }} [of] */
  async consultation({ subject = this.patient.subject, fee = FEE } = {}) {
    const made = await this.staff.post('/consultations', { patient_subject: subject, fee });
    const id = made.json?.data?.consultation?.id;
    if (!Number.isInteger(id)) throw new Error(`No consultation was created: ${made.status} ${made.text}`);
    this.#consultations.push(id);
    return Number(id);
  }

  /** @param {number} consultation_id */
  order(consultation_id, payment_method = 'bank_transfer') {
    return { consultation_id, amount: FEE, payment_method };
  }

  /** A payment that nobody has paid. */
  async pending(payment_method = 'bank_transfer') {
    const consultation_id = await this.consultation();
    const created = await this.patient.post('/payments', this.order(consultation_id, payment_method));
    const id = created.json?.data?.payment_id;
    if (!Number.isInteger(id)) throw new Error(`No payment was created: ${created.status} ${created.text}`);
    return { id: Number(id), consultation_id, created };
  }

  /** A payment by bank transfer that staff have confirmed. */
  async completed() {
    const { id, consultation_id } = await this.pending();
    const confirmed = await this.staff.post(`/payments/${id}/confirm`, { transaction_id: this.reference() });
    if (confirmed.status !== 200) throw new Error(`Not confirmed: ${confirmed.status} ${confirmed.text}`);
    return { id, consultation_id, confirmed };
  }

  /** A product on sale. */
  async product() {
    const id = `conformance-${this.newKey()}`.slice(0, 60);
    const made = await this.staff.post('/products', { id, name: 'Conformance', price: FEE });
    if (made.status !== 201) throw new Error(`No product was created: ${made.status} ${made.text}`);
    this.#products.push(id);
    return id;
  }

  /** A bank's reference that no transfer has. */
  reference() {
    return `CONF-${this.newKey().replaceAll('-', '').slice(-24).toUpperCase()}`;
  }

  /** @param {number} id */
  async payment(id) {
    return (await this.staff.get(`/payments/${id}`)).json?.data?.payment;
  }

  /** @param {number} consultation_id @returns {Promise<any[]>} */
  async paymentsOf(consultation_id) {
    const { json } = await this.staff.get(`/payments?consultation_id=${consultation_id}`);
    return json?.data?.payments ?? [];
  }

  /**
   * @template Value
   * @param {() => Promise<Value>} look
   * @returns {Promise<Value>} the first true value, or the last
   */
  async eventually(look) {
    const until = Date.now() + MAX_WAIT_MS;
    for (;;) {
      const value = await look();
      if (value || Date.now() > until) return value;
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Cancels what is pending and closes what can be paid. Completed payments, refunds and the audit log stay. */
  async close() {
    await inBatches(this.#consultations.splice(0), async (id) => {
      for (const { id: payment, status } of await this.paymentsOf(id))
        if (status === 'pending') await this.staff.post(`/payments/${payment}/cancel`);
      await this.staff.patch(`/consultations/${id}`, { status: 'closed' });
    });
    await inBatches(this.#products.splice(0), (id) => this.staff.patch(`/products/${id}`, { status: 'closed' }));
  }
}

/**
 * Tokens of the demo's people.
 * @param {string} url
 * @throws {Fault} where there is no demo login
 */
export async function logInDemo(url) {
  const client = new Client(url);
  const logIn = async (/** @type {string} */ email) => {
    const answer = await client
      .send({ path: '/api/login', body: { email, password: 'password' } })
      .catch((cause) => Promise.reject(new Fault(`No answer from ${url}. Is Payonce running?`, { cause })));
    if (answer.status !== 200)
      throw new Fault(`The demo login as ${email} failed (${answer.status}). Set TEST_JWT and TEST_STAFF_JWT.`);
    return String(answer.json.token);
  };
  return { token: await logIn('patient@test.com'), staffToken: await logIn('staff@test.com') };
}

/**
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<unknown>} work
 */
async function inBatches(items, work) {
  for (let n = 0; n < items.length; n += AT_ONCE) await Promise.all(items.slice(n, n + AT_ONCE).map(work));
}

/** Reads who a token names, without verifying it. @param {string} token */
function subjectOf(token) {
  try {
    const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    if (typeof sub === 'string') return sub;
  } catch {
    // Not a token at all: said below.
  }
  throw new Fault('A token has no subject claim (sub).');
}
