import process from 'node:process';
import { Pool } from 'undici';
import { Fault } from '../say.mjs';
import { cpuMsOf } from './cpu.mjs';
import { ascending, quantile } from './statistics.mjs';

/** Longer than any request may take; a request that has no answer by then counts as failed. */
const TIMEOUT_MS = 30_000;

/**
 * @typedef {object} Request
 * @property {'GET' | 'POST'} method
 * @property {string} path
 * @property {Record<string, string>} headers
 * @property {string} [body]
 *
 * @typedef {{ status: number, text: string, ms: number }} Reply status 0: no answer
 *
 * One slice of load on one program.
 * @typedef {object} Slice
 * @property {number} count requests with the expected status
 * @property {number} failed all others
 * @property {number} rate of the expected ones, a second
 * @property {number} p50 ms
 * @property {number} p99 ms
 * @property {Cpu} cpu ms for each request
 *
 * @typedef {{ api: number, postgres: number, redis: number, stripe: number, generator: number }} Cpu
 * @typedef {Record<Exclude<keyof Cpu, 'generator'>, readonly (number | undefined)[]>} Pids
 */

/** The connections to one program. One process makes the load: undici takes a tenth of what a request takes at a server. */
export class Client {
  #pool;

  /**
   * @param {string} url
   * @param {number} connections
   */
  constructor(url, connections) {
    this.#pool = new Pool(url, { connections, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  }

  /**
   * @param {Request} request
   * @returns {Promise<Reply>}
   */
  async send(request) {
    const began = performance.now();
    try {
      const { statusCode, body } = await this.#pool.request(request);
      const text = await body.text();
      return { status: statusCode, text, ms: performance.now() - began };
    } catch (error) {
      return { status: 0, text: String(error), ms: performance.now() - began };
    }
  }

  close() {
    return this.#pool.destroy();
  }
}

/**
 * Keeps `clients` requests in flight for a time, and measures what they take.
 * @param {Client} client
 * @param {{ clients: number, ms: number, next: () => Request | undefined, expect: number, mayFail?: boolean, pids: Pids }} how
 *   next: undefined ends the slice early; expect: the status; mayFail: other answers are counted instead of ending the bench
 * @returns {Promise<Slice>}
 */
export async function runSlice(client, { clients, ms, next, expect, mayFail = false, pids }) {
  const before = cpuNow(pids);
  const began = performance.now();
  const until = began + ms;
  /** @type {number[]} */
  const times = [];
  let failed = 0;
  const one = async () => {
    while (performance.now() < until) {
      const request = next();
      if (!request) return;
      const reply = await client.send(request);
      if (reply.status === expect) times.push(reply.ms);
      else if (mayFail) failed++;
      else throw new Fault(`${request.method} ${request.path}: ${reply.status} instead of ${expect}: ${reply.text}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, one));
  const elapsed = performance.now() - began;
  const after = cpuNow(pids);
  return {
    ...timesOf(times),
    failed,
    rate: (times.length / elapsed) * 1_000,
    cpu: cpuPer(times.length, before, after),
  };
}

/** @param {number[]} times */
export function timesOf(times) {
  if (times.length === 0) return { count: 0, p50: NaN, p99: NaN };
  const sorted = ascending(times);
  return { count: sorted.length, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}

/**
 * @param {Pids} pids
 * @returns {Cpu}
 */
function cpuNow(pids) {
  const { user, system } = process.cpuUsage();
  return {
    api: cpuMsOf(pids.api),
    postgres: cpuMsOf(pids.postgres),
    redis: cpuMsOf(pids.redis),
    stripe: cpuMsOf(pids.stripe),
    generator: (user + system) / 1_000,
  };
}

/**
 * @param {number} count
 * @param {Cpu} before
 * @param {Cpu} after
 * @returns {Cpu}
 */
function cpuPer(count, before, after) {
  const per = (/** @type {keyof Cpu} */ name) => (after[name] - before[name]) / count;
  return {
    api: per('api'),
    postgres: per('postgres'),
    redis: per('redis'),
    stripe: per('stripe'),
    generator: per('generator'),
  };
}
