import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { patchedCopy } from '../../../scripts/prove/patched-copy.mjs';
import { Redis } from 'ioredis';
import { prefixOf } from '../../../libs/locking/src/redis-backend.js';
import { FEE, QUICK } from '../../stripe/support/shop.js';
import type { StripePayment } from '../../support/answers.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { ask, type Reply } from '../../support/http.js';
import { createConsultation, createPerson, type Person } from '../../support/people.js';
import { type Program, startProgram } from '../../support/processes.js';
import { startRedis } from '../../support/redis.js';
import { insertPayment } from '../../support/rows.js';
import { startSimulator, stripeEnv, type TestSimulator } from '../../support/simulator.js';
import type { Broken } from './broken-copies.js';

/** Two APIs with Postgres, Redis and Stripe's simulator, of the shipped program or of a broken copy. */
export interface Stage {
  readonly database: TestDatabase;
  readonly simulator: TestSimulator;
  readonly apis: readonly [Program, Program];
  readonly patient: Person;
  readonly staff: Person;
  /** Another API, which kills itself at a crash point if one is named. */
  startApi(crashAt?: string): Promise<Program>;
  /** Ends every lease while its holder continues to work. */
  endLeases(): Promise<void>;
  /** Holds the lock of a consultation, as another process would. @returns what releases it */
  holdLock(consultation_id: number): Promise<() => Promise<void>>;
  webhooksTo(api: Program, events?: readonly string[]): Promise<void>;
  create(on: Program, consultation_id: number, key: string): Promise<Reply<StripePayment>>;
  post<Data>(on: Program, route: string, by: Person, body: unknown, key: string): Promise<Reply<Data>>;
  consultation(): Promise<number>;
  /** A worker sweeps until it is so, but three times at most. */
  sweep(isSo: () => Promise<boolean>): Promise<void>;
}

const MAX_SWEEPS = 3;

/** Runs `schedule` on a stage of its own. `broken`: undefined for the program as it is shipped. */
export async function onStage<Result>(
  broken: Broken | undefined,
  schedule: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const ends: (() => unknown)[] = [];
  try {
    return await schedule(await openStage(broken, ends));
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function openStage(broken: Broken | undefined, ends: (() => unknown)[]): Promise<Stage> {
  const copy = broken && (await patchedCopy(broken.patches));
  if (copy) ends.push(copy.remove);
  const script = (name: string) => path.join(copy?.build ?? '', `dist/apps/${name}/src/main.js`);

  const database = await createDatabase();
  ends.push(() => database.drop());
  for (const statement of broken?.sql ?? []) await database.query(statement);
  const redis = await startRedis();
  ends.push(() => redis.kill());
  const simulator = await startSimulator();
  ends.push(() => simulator.stop());
  const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, ...stripeEnv(simulator), ...QUICK };
  const start = async (name: string, more: NodeJS.ProcessEnv = {}): Promise<Program> => {
    const program = await startProgram(script(name), { ...env, ...more });
    ends.push(async () => {
      await simulator.sim('faults', {});
      await program.stop();
    });
    return program;
  };
  const apis = [await start('api'), await start('api')] as const;
  const patient = await createPerson(database);
  const staff = await createPerson(database, 'staff');
  const post: Stage['post'] = (on, route, by, body, key) =>
    ask(on.url, `/api/v1/${route}`, { method: 'POST', token: by.token, body, headers: { 'idempotency-key': key } });

  return {
    database,
    simulator,
    apis,
    patient,
    staff,
    post,
    startApi: (crashAt) => start('api', crashAt === undefined ? {} : { CRASH_AT: crashAt }),
    async endLeases() {
      const client = new Redis(redis.url);
      await client.flushall();
      await client.quit();
    },
    async holdLock(consultation_id) {
      const [row] = await database.query<{ epoch: string }>('SELECT current_installation_epoch() AS epoch');
      const lock = `${prefixOf(row!.epoch)}payment:lock:${consultation_id}:${patient.id}`;
      const client = new Redis(redis.url);
      await client.set(lock, 'another process', 'PX', 60_000);
      return async () => {
        await client.del(lock);
        await client.quit();
      };
    },
    async webhooksTo(api, enabled_events) {
      const urls = [`${api.url}/api/v1/webhooks/stripe`];
      await simulator.sim('endpoints', { urls, ...(enabled_events ? { enabled_events } : {}) });
    },
    consultation: () => createConsultation(database, patient, FEE),
    create: (on, consultation_id, key) =>
      post(on, 'payments', patient, { consultation_id, amount: FEE, payment_method: 'stripe' }, key),
    async sweep(isSo) {
      const worker = await start('worker');
      for (let n = 0; n < MAX_SWEEPS && !(await isSo()); n++) await oneSweep(database, patient);
      await worker.stop();
    },
  };
}

/** Makes every row due, and waits for a sweep: it expires a payment that lapsed before it began. */
async function oneSweep(database: TestDatabase, patient: Person): Promise<void> {
  for (const table of ['stripe_sessions', 'stripe_refunds']) {
    await database.query(`UPDATE ${table} SET look_at = now() - interval '1 second'`);
  }
  await database.query(`UPDATE webhook_events SET next_try_at = now() - interval '1 second' WHERE status = 'pending'`);
  const consultation_id = await createConsultation(database, patient, FEE);
  const lapsed = await insertPayment(database, {
    user_id: patient.id,
    consultation_id,
    expires_at: new Date(Date.now() - 1_000),
  });
  const isExpired = async () => {
    const [row] = await database.query<{ status: string }>('SELECT status FROM payments WHERE id = $1', [lapsed]);
    return row!.status === 'expired';
  };
  while (!(await isExpired())) await pause(20);
}
