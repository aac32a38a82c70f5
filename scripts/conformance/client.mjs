import http from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';

/** Longer than any API of this kind takes; then the rule fails. */
const TIMEOUT_MS = 30_000;

const MAX_RATE_LIMITED = 5;

/**
 * @typedef {object} Request
 * @property {string} [method] POST with a body, GET without
 * @property {string} path
 * @property {http.OutgoingHttpHeaders} [headers]
 * @property {unknown} [body] a string or bytes are sent as they are, everything else as JSON
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {http.IncomingHttpHeaders} headers
 * @property {string} text
 * @property {any} json undefined if it is not JSON
 *
 * @typedef {{ outgoing: http.ClientRequest, answer: Promise<Answer>, body: Buffer }} Opened
 */

/**
 * Requests over node:http, because fetch hides what rules are about: when the last byte is sent, and a connection that the
 * client closes. Each request has a connection of its own, so that a server may be restarted between two.
 */
export class Client {
  /** How often each answer was given since the last `forget`: `201`, `422 IDEMPOTENCY_KEY_REUSED`. */
  #answers = new Map();
  #base;
  #http;

  /** @param {string} base */
  constructor(base) {
    this.#base = base.replace(/\/+$/, '');
    this.#http = base.startsWith('https:') ? https : http;
  }

  forget() {
    this.#answers.clear();
  }

  /** What was answered since the last `forget`, in a few words. */
  get seen() {
    return [...this.#answers].map(([answer, count]) => (count === 1 ? answer : `${answer} ×${count}`)).join(', ');
  }

  /**
   * Asks again where the API says that there were too many requests.
   * @param {Request} request
   * @returns {Promise<Answer>}
   */
  async send(request) {
    for (let tried = 1; ; tried++) {
      const { outgoing, answer, body } = this.#open(request);
      outgoing.end(body);
      const received = await answer;
      const seconds = Number(received.headers['retry-after']);
      if (received.status !== 429 || tried === MAX_RATE_LIMITED || !(seconds <= 10)) return this.#note(received);
      await pause(seconds * 1_000);
    }
  }

  /**
   * The server has all of each request but its last byte before it gets the last byte of any: they meet at this barrier.
   * @param {Request[]} requests each with a body
   * @returns {Promise<Answer[]>}
   */
  async sendTogether(requests) {
    const opened = requests.map((request) => this.#open(request));
    try {
      await Promise.all(opened.map(writeAllButTheLastByte));
    } catch (error) {
      for (const { outgoing, answer } of opened) {
        answer.catch(() => {});
        outgoing.destroy();
      }
      throw error;
    }
    for (const { outgoing, body } of opened) outgoing.end(body.subarray(-1));
    const answers = await Promise.all(opened.map(({ answer }) => answer));
    return answers.map((answer) => this.#note(answer));
  }

  /**
   * Sends the whole request and closes the connection without reading the answer.
   * @param {Request} request
   */
  async sendAndHangUp(request) {
    const opened = this.#open(request);
    const { outgoing, answer, body } = opened;
    answer.catch(() => {});
    await writeAllButTheLastByte(opened);
    await new Promise((resolve) => outgoing.write(body.subarray(-1), resolve));
    outgoing.destroy();
  }

  /** @param {Request} request @returns {Opened} */
  #open({ path, body: given, method = given === undefined ? 'GET' : 'POST', headers = {} }) {
    const body = bytesOf(given);
    const outgoing = this.#http.request(this.#base + path, {
      method,
      agent: false,
      headers: {
        ...(given === undefined ? {} : { 'content-type': 'application/json' }),
        ...(given === undefined ? {} : { 'content-length': body.length }),
        ...headers,
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { outgoing, answer: answerTo(outgoing), body };
  }

  /** @param {Answer} answer */
  #note(answer) {
    const replayed = answer.headers['idempotent-replayed'] === 'true' ? ' replayed' : '';
    const text = `${answer.status}${typeof answer.json?.code === 'string' ? ` ${answer.json.code}` : ''}${replayed}`;
    this.#answers.set(text, (this.#answers.get(text) ?? 0) + 1);
    return answer;
  }
}

/**
 * Waits until the bytes have left, or the request has failed or was answered without them.
 * @param {Opened} opened
 */
async function writeAllButTheLastByte({ outgoing, answer, body }) {
  await Promise.race([new Promise((resolve) => outgoing.write(body.subarray(0, -1), resolve)), answer]);
}

/**
 * @param {http.ClientRequest} outgoing
 * @returns {Promise<Answer>}
 */
async function answerTo(outgoing) {
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) });
      });
    });
  });
}

/** @param {unknown} body */
function bytesOf(body) {
  if (body === undefined) return Buffer.alloc(0);
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
