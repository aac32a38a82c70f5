import { randomUUID } from 'node:crypto';
import { Client } from './load.mjs';
import { Consultations, FEE, makePeople } from './people.mjs';

/**
 * A program that is measured, with the people who use it and what they can pay for.
 * @typedef {object} Service
 * @property {string} name in the tables
 * @property {import('./programs.mjs').Program} program
 * @property {import('pg').Client} database as superuser
 * @property {import('./people.mjs').People} people
 * @property {Consultations} consultations
 * @property {import('./load.mjs').Pids} pids
 * @property {(connections: number) => Client} client
 * @property {(method: string) => Pick<import('./rounds.mjs').Contender, 'prepare' | 'next'>} creates new payments
 */

/** More creates a second than any of the programs reaches on the machines at hand; what is left over is used later. */
const MAX_RATE = 4_000;

/** The services of a run. Each starts when a part first asks for it, so that `--only` starts no more than it needs. */
export class Services {
  #stack;
  #ending;
  /** @type {Map<string, Promise<Service>>} */
  #started = new Map();

  /**
   * @param {import('./stack.mjs').Stack} stack
   * @param {import('../processes/orderly-end.mjs').OrderlyEnd} ending
   */
  constructor(stack, ending) {
    this.#stack = stack;
    this.#ending = ending;
  }

  payonce() {
    return this.payonceOn('protected');
  }

  unprotected() {
    return this.#once('unprotected', 'plain', 'plain', () => this.#stack.startCompared('unprotected', 'plain'));
  }

  peer() {
    return this.#once('@node-idempotency', 'peer', 'plain', () => this.#stack.startCompared('peer', 'peer'));
  }

  /**
   * Payonce on a database of its own.
   * @param {string} database
   * @param {{ name?: string, settings?: NodeJS.ProcessEnv, fill?: (database: import('pg').Client) => Promise<void> }} [how]
   *   fill: adds rows before anything connects
   */
  payonceOn(database, { name = 'Payonce', settings = {}, fill = async () => {} } = {}) {
    return this.#once(
      name,
      database,
      'payonce',
      () => this.#stack.startApi(`api-${database}`, database, settings),
      fill,
    );
  }

  /**
   * @param {string} name
   * @param {string} database
   * @param {'payonce' | 'plain'} schema
   * @param {() => Promise<import('./programs.mjs').Program>} start
   * @param {(database: import('pg').Client) => Promise<void>} [fill]
   */
  #once(name, database, schema, start, fill = async () => {}) {
    const started = this.#started.get(name) ?? this.#startService(name, database, schema, start, fill);
    this.#started.set(name, started);
    return started;
  }

  /**
   * @param {string} name
   * @param {string} databaseName
   * @param {'payonce' | 'plain'} schema
   * @param {() => Promise<import('./programs.mjs').Program>} start
   * @param {(database: import('pg').Client) => Promise<void>} fill
   * @returns {Promise<Service>}
   */
  async #startService(name, databaseName, schema, start, fill) {
    const stack = this.#stack;
    await stack.createDatabase(databaseName, schema);
    const database = await stack.connect(databaseName);
    this.#ending.begun(() => database.end());
    const people = await makePeople(database, stack.secret);
    await fill(database);
    const program = await start();
    const consultations = new Consultations(database, people.patients);
    return {
      name,
      program,
      database,
      people,
      consultations,
      pids: stack.pidsWith(program),
      client: (connections) => new Client(program.url, connections),
      creates: (method) => ({
        prepare: ({ ms }) => consultations.provide((MAX_RATE * ms) / 1_000),
        next() {
          const consultation = consultations.take();
          return consultation && createRequest(consultation, method);
        },
      }),
    };
  }
}

/**
 * One payment of one consultation, under a key of its own.
 * @param {import('./people.mjs').Consultation} consultation
 * @param {string} payment_method
 * @param {string} [key]
 * @returns {import('./load.mjs').Request}
 */
export function createRequest({ id, person }, payment_method, key = randomUUID()) {
  return {
    method: 'POST',
    path: '/api/v1/payments',
    headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ consultation_id: id, amount: FEE, payment_method }),
  };
}
