import { setTimeout as pause } from 'node:timers/promises';

/** Longer than Payonce ever takes; a slower request counts as unanswered. */
const TIMEOUT_MS = 30_000;

/** As many attempts as a client would make; after that the request stays unanswered, and the check fails. */
const MAX_TRIES = 8;
const RETRY_MS = 500;
const MAX_RETRY_MS = 5_000;

/** No answer to any request for so long means that the server is gone. Longer than a restart takes. */
const UNREACHABLE_AFTER_MS = 30_000;

/**
 * @typedef {{ status: number, body: any }} Answer status 0: there was none
 * @typedef {object} Request
 * @property {string} path
 * @property {string} [method]
 * @property {string} [token]
 * @property {string} [key]
 * @property {unknown} [body]
 * @property {(answer: Answer) => boolean} [isAnswer] not asked for again, although that might help
 */

/** Sends requests with limited concurrency, retries them where that helps, and records latencies. */
export class Client {
  /** Latencies of attempts that were not retried, by purpose. */
  latencies = new Map();
  /** Number of answers of each status and code. */
  answers = new Map();
  retries = 0;
  #free;
  /** @type {(() => void)[]} */
  #waiting = [];
  #answeredAt = performance.now();

  /**
   * @param {string} base
   * @param {number} concurrency
   */
  constructor(base, concurrency) {
    this.base = base;
    this.#free = concurrency;
  }

  /**
   * @param {string} what for the table of latencies
   * @param {Request} request
   * @returns {Promise<Answer>} the last one, which may still be one to ask again after. @throws {Error} when nobody answers any more
   */
  async ask(what, request) {
    for (let tried = 1; ; tried++) {
      const { answer, retryMs } = await this.#inTurn(() => this.#send(what, request, tried));
      if (retryMs === undefined || tried === MAX_TRIES || request.isAnswer?.(answer)) return answer;
      this.retries += 1;
      await pause(retryMs);
    }
  }

  /**
   * @template Result
   * @param {() => Promise<Result>} work
   */
  async #inTurn(work) {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }

  /**
   * @param {string} what
   * @param {Request} request
   * @param {number} tried
   * @returns {Promise<{ answer: Answer, retryMs: number | undefined }>} retryMs: where asking again may help
   */
  async #send(what, request, tried) {
    const began = performance.now();
    try {
      const response = await fetch(this.base + request.path, how(request));
      const body = /** @type {any} */ (await response.json().catch(() => undefined));
      const ms = performance.now() - began;
      this.#answeredAt = performance.now();
      this.#note(response.ok ? `${response.status}` : `${response.status} ${body?.code ?? ''}`);
      const after = Number(response.headers.get('retry-after'));
      const mayHelp = response.status === 503 || response.status === 429 || body?.code === 'PAYMENT_IN_PROGRESS';
      if (!mayHelp) count(this.latencies, what).push(ms);
      return {
        answer: { status: response.status, body },
        retryMs: mayHelp ? Math.min(after * 1_000 || RETRY_MS, MAX_RETRY_MS) : undefined,
      };
    } catch (error) {
      this.#note('no answer');
      if (performance.now() - this.#answeredAt > UNREACHABLE_AFTER_MS)
        throw new Error(`${this.base} no longer answers.`, { cause: error });
      return { answer: { status: 0, body: undefined }, retryMs: Math.min(RETRY_MS * 2 ** (tried - 1), MAX_RETRY_MS) };
    }
  }

  /** The number of answers. */
  get answered() {
    return [...this.answers.values()].reduce((sum, count) => sum + count, 0);
  }

  /** @param {string} answer */
  #note(answer) {
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
  }
}

/**
 * @param {Request} request
 * @returns {RequestInit}
 */
function how({ method, token, key, body }) {
  return {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
}

/**
 * @param {Map<string, number[]>} lists
 * @param {string} name
 */
function count(lists, name) {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  return list;
}
