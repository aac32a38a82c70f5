import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import pg from 'pg';
import { Part } from '../prove/parts/part.mjs';
import { migrate } from '../start/programs.mjs';
import { PLAIN_SCHEMA } from './apps/plain-schema.mjs';
import { comparedProgram, LockProcess, payonceProgram } from './programs.mjs';
import { preparePostgres, prepareRedis, redisServer } from './servers.mjs';

export const WEBHOOK_SECRET = 'whsec_bench';

/** Enough for a Redlock quorum that survives one node. */
const REDIS_NODES = 3;

/** What an operator sets in production. Everything else keeps its default, the log level too. */
const PRODUCTION = {
  NODE_ENV: 'production',
  PORT: '0',
  STRIPE_SECRET_KEY: 'sk_test_simulator',
  STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
  STRIPE_SIMULATOR_ALLOWED: 'true',
};

/**
 * Postgres with the settings of `npm start` (durable: fsync and synchronous_commit on), three Redis nodes and Stripe's
 * simulator, in a temporary folder; the programs that are measured are started on them by each part.
 */
export class Stack {
  secret = randomBytes(32).toString('hex');
  /** @type {Part} */
  postgres;
  /** @type {Part[]} */
  redis = [];
  /** Of all nodes, as in REDIS_URL. @type {string[]} */
  redisUrls = [];
  /** @type {import('./programs.mjs').Program} */
  simulator;
  #folder;
  #logs;
  #ending;
  #postgresPort = 0;
  #superuserPassword = '';
  #servicePassword = '';
  #redisServer = '';

  /**
   * @param {string} folder
   * @param {import('../processes/orderly-end.mjs').OrderlyEnd} ending
   */
  constructor(folder, ending) {
    this.#folder = folder;
    this.#logs = join(folder, 'logs');
    this.#ending = ending;
    mkdirSync(this.#logs);
    this.postgres = new Part('postgres', async () => {
      throw new Error('open() starts it');
    });
    this.simulator = payonceProgram('simulator', 'simulator', {
      logs: this.#logs,
      env: { SIMULATOR_PORT: '0', STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET },
    });
  }

  /**
   * Starts the servers. `ending` ends them, however the run ends.
   * @param {import('../processes/orderly-end.mjs').OrderlyEnd} ending
   * @param {(text: string) => void} say
   */
  static async open(ending, say) {
    const folder = mkdtempSync(join(tmpdir(), 'payonce-bench-'));
    // Postgres runs as another user when we are root.
    chmodSync(folder, 0o711);
    ending.begun(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
    const stack = new Stack(folder, ending);
    await stack.#startPostgres();
    await stack.#startRedis(say);
    await stack.#begun(stack.simulator);
    return stack;
  }

  /**
   * What is counted as CPU of a program and of what it uses.
   * @param {...import('./programs.mjs').Program} programs
   * @returns {import('./load.mjs').Pids}
   */
  pidsWith(...programs) {
    return {
      api: programs.map(({ pid }) => pid),
      postgres: [this.postgres.pid],
      redis: this.redis.map(({ pid }) => pid),
      stripe: [this.simulator.pid],
    };
  }

  /** The settings of Postgres that figures depend on. @returns {Promise<Record<string, string>>} */
  async postgresSettings() {
    const names = [
      'server_version',
      'fsync',
      'synchronous_commit',
      'full_page_writes',
      'shared_buffers',
      'max_connections',
    ];
    const postgres = await this.connect('postgres');
    const { rows } = await postgres.query('SELECT name, current_setting(name) AS value FROM unnest($1::text[]) name', [
      names,
    ]);
    await postgres.end();
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  }

  /** Where parts may put what they need. */
  get folder() {
    return this.#folder;
  }

  /** Of the superuser `postgres`, for programs of Postgres. */
  get superuser() {
    return { host: '127.0.0.1', port: this.#postgresPort, password: this.#superuserPassword };
  }

  /** @param {string} database */
  databaseUrl(database) {
    return `postgres://payonce:${this.#servicePassword}@127.0.0.1:${this.#postgresPort}/${database}`;
  }

  /**
   * As superuser.
   * @param {string} database
   */
  async connect(database) {
    const connectionString = `postgres://postgres:${this.#superuserPassword}@127.0.0.1:${this.#postgresPort}/${database}`;
    const client = new pg.Client({
      connectionString,
      types: {
        getTypeParser: (type, format) =>
          type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format),
      },
    });
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  /**
   * A database of this name, with Payonce's schema or with that of the compared applications.
   * @param {string} name
   * @param {'payonce' | 'plain'} schema
   */
  async createDatabase(name, schema) {
    const postgres = await this.connect('postgres');
    await postgres.query(`CREATE DATABASE ${name} OWNER payonce`);
    await postgres.end();
    if (schema === 'payonce') {
      const env = { PATH: process.env['PATH'], DATABASE_URL: this.databaseUrl(name), JWT_SECRET: this.secret };
      await migrate(env, { demo: false });
      return;
    }
    const owner = new pg.Client({ connectionString: this.databaseUrl(name) });
    await owner.connect();
    await owner.query(PLAIN_SCHEMA);
    await owner.end();
  }

  /**
   * Payonce's API as an operator would run it.
   * @param {string} name
   * @param {string} database
   * @param {NodeJS.ProcessEnv} [settings]
   */
  async startApi(name, database, settings = {}) {
    const env = {
      ...PRODUCTION,
      JWT_SECRET: this.secret,
      DATABASE_URL: this.databaseUrl(database),
      REDIS_URL: this.redisUrls.join(','),
      STRIPE_API_URL: this.simulator.url,
      ...settings,
    };
    return this.#begun(payonceProgram('api', name, { env, logs: this.#logs }));
  }

  /**
   * @param {'unprotected' | 'peer'} name
   * @param {string} database
   */
  async startCompared(name, database) {
    const env = {
      NODE_ENV: 'production',
      JWT_SECRET: this.secret,
      DATABASE_URL: this.databaseUrl(database),
      REDIS_URL: this.redisUrls[0] ?? '',
      STRIPE_API_URL: this.simulator.url,
    };
    return this.#begun(await comparedProgram(name, { env, logs: this.#logs }));
  }

  /** @param {string} name */
  startLockProcess(name) {
    const env = { REDIS_URL: this.redisUrls.join(',') };
    return this.#begun(new LockProcess(name, { env, logs: this.#logs }));
  }

  async #startPostgres() {
    const { part, port, passwords, elsewhere } = await preparePostgres(this.#folder, this.#logs);
    if (elsewhere) this.#ending.begun(() => rmSync(elsewhere, { recursive: true, force: true }));
    this.#superuserPassword = passwords.superuser;
    this.#servicePassword = passwords.service;
    this.#postgresPort = port;
    this.postgres = part;
    // Its data is thrown away: no need to wait for a checkpoint.
    await this.#begun(part, 'SIGQUIT');
  }

  /** @param {(text: string) => void} say */
  async #startRedis(say) {
    this.#redisServer = await redisServer(say);
    for (let n = 1; n <= REDIS_NODES; n++) {
      const { part, url } = await this.#startRedisNode(`redis-${n}`);
      this.redis.push(part);
      this.redisUrls.push(url);
    }
  }

  /**
   * One more node, which is none of the quorum.
   * @returns {Promise<string>} its address
   */
  async startSpareRedis() {
    return (await this.#startRedisNode('redis-spare')).url;
  }

  /** @param {string} name */
  async #startRedisNode(name) {
    const how = { folder: join(this.#folder, name), logs: this.#logs };
    const { part, url } = await prepareRedis(this.#redisServer, name, how);
    return { part: await this.#begun(part), url };
  }

  /**
   * @template {Part} P
   * @param {P} part
   * @param {NodeJS.Signals} [signal] that ends it
   * @returns {Promise<P>}
   */
  async #begun(part, signal = 'SIGKILL') {
    this.#ending.begun(() => part.end(signal));
    await part.start();
    return part;
  }
}
