import { SignJWT } from 'jose';
import { setTimeout as pause } from 'node:timers/promises';

/** Longer than a load balancer waits. */
const TIMEOUT_MS = 20_000;

/** A person gives up after this many tries; the storm goes on without them, and the oracle looks at what is left. */
const MAX_TRIES = 12;
const RETRY_MS = 400;

/**
 * Who sends requests: a patient or staff, with a token of their own.
 * @typedef {{ subject: string, role: 'patient' | 'staff', user_id: number, token: string }} Person
 *
 * @typedef {object} Request
 * @property {string} method
 * @property {string} path without `/api/v1`
 * @property {Person} by
 * @property {string} intent
 * @property {unknown} [body]
 * @property {string} [key]
 * @property {'standard' | 'legacy'} [contract] how the key is spelled: `Idempotency-Key`, or `X-Idempotency-Key`
 * @property {string} [language]
 * @property {number} [patience_ms] after which the person goes away without an answer
 */

/**
 * Sends requests to any of the APIs, as a load balancer would, and keeps every answer for the oracle.
 */
export class Client {
  /** @type {import('../oracle/snapshot.mjs').Answer[]} */
  answers = [];
  /** How long people waited for the answer to one wish, with all its retries; infinite if they never got one. */
  waited_ms = /** @type {number[]} */ ([]);
  #began = performance.now();
  #sent = 0;

  /**
   * @param {{ urls: () => string[], random: import('../random.mjs').Random }} how
   */
  constructor({ urls, random }) {
    this.urls = urls;
    this.random = random;
  }

  get now_ms() {
    return Math.round(performance.now() - this.#began);
  }

  /**
   * One request, sent once. Status 0: no answer.
   * @param {Request} request
   * @returns {Promise<import('../oracle/snapshot.mjs').Answer & { retry_after_ms: number | undefined }>}
   */
  async send({
    method,
    path,
    by,
    intent,
    body,
    key,
    contract = 'standard',
    language = 'en',
    patience_ms = TIMEOUT_MS,
  }) {
    const sent = { n: (this.#sent += 1), sent_ms: this.now_ms };
    /** @type {Record<string, string>} */
    const headers = { authorization: `Bearer ${by.token}`, 'accept-language': language };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (key !== undefined) headers[contract === 'standard' ? 'idempotency-key' : 'x-idempotency-key'] = key;
    const got = await fetch(`${this.random.pick(this.urls())}/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patience_ms),
    })
      .then(async (response) => ({ response, reply: await response.json() }))
      .catch(() => undefined);
    const answer = {
      ...sent,
      intent,
      done_ms: this.now_ms,
      caller: by.subject,
      user_id: by.user_id,
      role: by.role,
      method,
      path: path.replace(/\?.*$/, ''),
      ...(key === undefined ? {} : { key, contract }),
      body,
      status: got?.response.status ?? 0,
      reply: /** @type {any} */ (got?.reply),
      replayed: got?.response.headers.get('idempotent-replayed') === 'true',
    };
    this.answers.push(answer);
    const after = Number(got?.response.headers.get('retry-after'));
    return { ...answer, retry_after_ms: after > 0 ? after * 1_000 : undefined };
  }

  /**
   * The same request until it has an answer that need not be asked for again. Impatient people do not wait as long as the
   * answer says.
   * @param {Request} request
   */
  async insist(request) {
    const began = performance.now();
    for (let tries = 1; ; tries++) {
      const answer = await this.send(request);
      const again = answer.status === 0 || answer.status >= 502 || answer.retry_after_ms !== undefined;
      if (!again || tries === MAX_TRIES) {
        this.waited_ms.push(again ? Infinity : performance.now() - began);
        return answer;
      }
      await pause(this.random.chance(0.5) ? RETRY_MS : (answer.retry_after_ms ?? RETRY_MS * tries));
    }
  }
}

/**
 * @param {string} secret of the APIs
 * @param {string} subject
 * @param {'patient' | 'staff'} role
 * @returns {Promise<Person>} `user_id` is 0 until an answer tells it
 */
export async function personOf(secret, subject, role) {
  const token = await new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setIssuedAt(Math.floor(Date.now() / 1_000) - 600)
    .setExpirationTime('6h')
    .sign(new TextEncoder().encode(secret));
  return { subject, role, user_id: 0, token };
}
