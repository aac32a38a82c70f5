import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { migrate } from '../start/programs.mjs';
import { defaultDataFolder, openDataFolder } from '../stack/data-folder.mjs';
import { findRedis } from '../stack/find-redis.mjs';
import { freePort } from '../stack/free-port.mjs';
import { openCluster, serviceUrl } from '../stack/postgres-cluster.mjs';
import { postgresPlaces } from '../stack/postgres-places.mjs';
import { redisUrl, startRedis } from '../stack/redis-server.mjs';
import { Fault } from '../say.mjs';
import { findClockShifter } from './parts/clock-shift.mjs';
import { Link } from './parts/link.mjs';
import { Part } from './parts/part.mjs';
import { findPgbouncer, pgbouncer } from './parts/pgbouncer.mjs';
import { Postgres } from './parts/postgres.mjs';
import { program } from './parts/programs.mjs';

export const WEBHOOK_SECRET = 'whsec_prove';

/**
 * As in production, except how often the worker looks, and how long it waits for what Stripe may still make: longer than
 * the simulator makes anything late (`Stripe fails, the effect comes later`).
 */
const SETTINGS = {
  NODE_ENV: 'test',
  PORT: '0',
  LOG_FORMAT: 'json',
  LOG_LEVEL: 'warn',
  STRIPE_SECRET_KEY: 'sk_test_simulator',
  STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
  WORKER_SWEEP_SECONDS: '2',
  STRIPE_SESSION_LISTING_PAUSE_MS: '8000',
  STRIPE_REFUND_LISTING_PAUSE_MS: '8000',
};

const REDIS_NODES = 3;

/**
 * What runs: two APIs and two workers, each with a link of its own to Postgres, to each Redis and to Stripe, so that any
 * two can lose each other.
 * @typedef {object} Topology
 * @property {string} folder logs and data
 * @property {string} secret of the tokens
 * @property {Part[]} apis
 * @property {Part[]} workers
 * @property {Part[]} redis
 * @property {Postgres} postgres
 * @property {Part | undefined} pgbouncer
 * @property {Map<string, Link>} links by `from to`, as in `api-1 redis-2`
 * @property {() => string[]} apiUrls through the links of the clients
 * @property {() => string} stripeUrl
 * @property {string} webhookUrl where Stripe delivers
 * @property {readonly number[]} redisPorts
 * @property {Map<string, number>} clocks seconds by which a program's clock is wrong, from its next start on
 * @property {string[]} missing what could not be run here, and why
 * @property {() => Promise<void>} end
 */

/**
 * @param {{ build?: string, sql?: readonly string[], ha?: boolean, say: (text: string) => void }} how `build`: the folder
 *   whose `dist` is run; `sql`: run before the programs start; `ha`: Postgres has a synchronous standby
 * @returns {Promise<Topology>}
 */
export async function openTopology({ build, sql = [], ha = false, say }) {
  const folder = mkdtempSync(join(tmpdir(), 'payonce-prove-'));
  // Postgres and PgBouncer run as another user when we are root.
  chmodSync(folder, 0o711);
  /** @type {(() => Promise<void> | void)[]} */
  const ends = [() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })];
  const end = async () => {
    for (const one of ends.splice(0).reverse()) await one();
  };
  try {
    return await start(folder, { build, sql, ha, say, ends, end });
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * @param {string} folder
 * @param {{ build: string | undefined, sql: readonly string[], ha: boolean, say: (text: string) => void, ends: (() => Promise<void> | void)[], end: () =>
 *   Promise<void> }} how
 * @returns {Promise<Topology>}
 */
async function start(folder, { build, sql, ha, say, ends, end }) {
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  const cache = openDataFolder(defaultDataFolder);
  /** @type {string[]} */
  const missing = [];
  const began = async (/** @type {Part} */ part) => {
    ends.push(() => part.end('SIGKILL'));
    return part.start();
  };

  const places = postgresPlaces(openDataFolder(join(folder, 'data')));
  if (places.elsewhere)
    ends.push(() => rmSync(/** @type {string} */ (places.elsewhere), { recursive: true, force: true }));
  const { cluster, passwords } = await openCluster(places, { durable: false, reset: '', onSpawn: () => {} });
  const postgres = new Postgres({
    places,
    cluster,
    port: await freePort(),
    password: passwords.superuser,
    logs,
    began: (part) => ends.push(() => part.end('SIGKILL')),
  });
  await postgres.primary.start();
  await migrate(
    { ...process.env, DATABASE_URL: serviceUrl(passwords, postgres.port), JWT_SECRET: randomBytes(32).toString('hex') },
    { demo: false },
  );

  const administrator = await postgres.connect();
  for (const statement of sql) await administrator.query(statement);
  await administrator.end();
  if (ha) await postgres.addStandby();

  /** @type {Map<string, Link>} */
  const links = new Map();
  const link = async (/** @type {string} */ from, /** @type {string} */ to, /** @type {() => number} */ target) => {
    const opened = await new Link(`${from} ${to}`, target).open();
    links.set(opened.name, opened);
    ends.push(() => opened.end());
    return opened.port;
  };
  const found = await findPgbouncer(cache);
  let databasePort = () => postgres.port;
  /** @type {Part | undefined} */
  let bouncer;
  if ('missing' in found) missing.push(found.missing);
  else {
    const [port, behind] = [await freePort(), await link('pgbouncer', 'database', databasePort)];
    databasePort = () => port;
    const credentials = () => ({
      port: behind,
      user: 'payonce',
      password: passwords.service,
      database: 'payonce',
    });
    bouncer = await began(pgbouncer(found, { folder: join(folder, 'pgbouncer'), port, postgres: credentials }));
  }

  const { server, why } = await findRedis({ env: process.env, dataFolder: cache, say });
  if (!server) throw new Fault(`The storm needs Redis: ${why}.`);
  /** @type {Part[]} */
  const redis = [];
  /** @type {number[]} */
  const redisPorts = [];
  for (let n = 1; n <= REDIS_NODES; n++) {
    const port = await freePort();
    redisPorts.push(port);
    const how = {
      folder: join(folder, `redis-${n}`),
      port,
      password: '',
      durable: false,
      logPath: join(logs, `redis-${n}.log`),
    };
    redis.push(
      await began(new Part(`redis-${n}`, (spawned) => startRedis(server, { ...how, password: 'prove', spawned }))),
    );
  }

  let stripeUrl = '';
  await began(
    program('simulator', 'stripe', {
      logs,
      ...(build ? { build } : {}),
      env: () => ({ SIMULATOR_PORT: '0', STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET, SIMULATOR_WEBHOOK_RETRY_MS: '500' }),
      onUrl: (url) => (stripeUrl = url),
    }),
  );

  const shifter = await findClockShifter(cache);
  if ('missing' in shifter) missing.push(shifter.missing);
  const secret = randomBytes(32).toString('hex');
  /** @type {Map<string, number>} */
  const clocks = new Map();
  /** @type {Map<string, string>} */
  const urls = new Map();
  const portOf = (/** @type {string} */ url) => Number(new URL(url).port);

  const ours = async (/** @type {'api' | 'worker'} */ kind, /** @type {number} */ n) => {
    const name = `${kind}-${n}`;
    const database = await link(name, 'database', databasePort);
    /** @type {number[]} */
    const nodes = [];
    for (const [at, port] of redisPorts.entries()) nodes.push(await link(name, `redis-${at + 1}`, () => port));
    const stripe = await link(name, 'stripe', () => portOf(stripeUrl));
    const part = program(kind, name, {
      logs,
      ...(build ? { build } : {}),
      env: () => ({
        ...SETTINGS,
        JWT_SECRET: secret,
        DATABASE_URL: serviceUrl(passwords, database),
        REDIS_URL: nodes.map((port) => redisUrl({ port, password: 'prove' })).join(','),
        STRIPE_API_URL: `http://127.0.0.1:${stripe}`,
        ...('missing' in shifter ? {} : shifter.env(clocks.get(name) ?? 0)),
      }),
      onUrl: (url) => urls.set(name, url),
    });
    return began(part);
  };
  const apis = [await ours('api', 1), await ours('api', 2)];
  const workers = [await ours('worker', 1), await ours('worker', 2)];
  /** @type {number[]} */
  const clientPorts = [];
  for (const { name } of apis) clientPorts.push(await link('clients', name, () => portOf(urls.get(name) ?? '')));
  // Stripe knows one address; behind it, connections go to the APIs in turn.
  let turn = 0;
  const webhooks = await link('stripe', 'api', () => portOf(urls.get(`api-${(turn++ % apis.length) + 1}`) ?? ''));

  return {
    folder,
    secret,
    apis,
    workers,
    redis,
    postgres,
    pgbouncer: bouncer,
    links,
    clocks,
    missing,
    apiUrls: () => clientPorts.map((port) => `http://127.0.0.1:${port}`),
    stripeUrl: () => stripeUrl,
    webhookUrl: `http://127.0.0.1:${webhooks}/api/v1/webhooks/stripe`,
    redisPorts,
    end,
  };
}
