import { createDatabase, type TestDatabase } from './database.js';
import { createPerson, type Person } from './people.js';
import { type Program, startApi, startWorker } from './processes.js';
import { startRedis, type TestRedis } from './redis.js';
import { startSimulator, stripeEnv, type TestSimulator } from './simulator.js';

interface StackOptions {
  /** How many API processes there are on the one database: 1 unless said, 0 for none. */
  readonly apis?: number;
  readonly worker?: boolean;
  /** Stripe's simulator, which APIs and worker take for Stripe. It delivers no webhooks until a test sets endpoints. */
  readonly simulator?: boolean;
  /** A Redis of the stack's own; without it, locks are in Postgres. */
  readonly redis?: boolean;
  /** Of APIs and worker, beyond where they find the others. */
  readonly settings?: NodeJS.ProcessEnv;
  /** What must be so in the database before anything connects to it. */
  readonly beforeStart?: (database: TestDatabase) => Promise<unknown>;
}

/** What runs for a test file. A member that was not asked for throws when it is read. */
export interface Stack {
  readonly database: TestDatabase;
  readonly simulator: TestSimulator;
  readonly redis: TestRedis;
  /** The first of them. */
  readonly api: Program;
  readonly apis: readonly Program[];
  readonly worker: Program;
  readonly patient: Person;
  readonly staff: Person;
  /** What APIs and worker were started with, for another process on the same stack. */
  readonly env: (more?: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;
  /** Ends what a test has started on the stack, before the stack itself: jest runs `afterAll` hooks in the order written. */
  atEnd(end: () => Promise<unknown>): void;
}

/**
 * Starts these before the tests of the enclosing `describe` and ends them after; `beforeAll` hooks below the call find
 * them running.
 * @example const stack = useStack({ apis: 2, simulator: true });
 */
export function useStack(options: StackOptions = {}): Stack {
  let running: (Stack & { stop(): Promise<void> }) | undefined;
  beforeAll(async () => {
    running = await startStack(options);
  });
  afterAll(async () => {
    await running?.stop();
    running = undefined;
  });
  const now = (): Stack => {
    if (!running) throw new Error('The stack runs between beforeAll and afterAll: read it in tests and hooks');
    return running;
  };
  return {
    get database() {
      return now().database;
    },
    get simulator() {
      return now().simulator;
    },
    get redis() {
      return now().redis;
    },
    get api() {
      return now().api;
    },
    get apis() {
      return now().apis;
    },
    get worker() {
      return now().worker;
    },
    get patient() {
      return now().patient;
    },
    get staff() {
      return now().staff;
    },
    env: (more) => now().env(more),
    atEnd: (end) => now().atEnd(end),
  };
}

/** The same for a test that needs one of its own. What was started ends in reverse order, also when a later start fails. */
export async function startStack({
  apis: count = 1,
  worker: withWorker = false,
  simulator: withSimulator = false,
  redis: withRedis = false,
  settings = {},
  beforeStart = async () => undefined,
}: StackOptions = {}): Promise<Stack & { stop(): Promise<void> }> {
  const ends: (() => Promise<unknown>)[] = [];
  const started = async <Thing>(start: Promise<Thing>, end: (thing: Thing) => Promise<unknown>): Promise<Thing> => {
    const thing = await start;
    ends.push(() => end(thing));
    return thing;
  };
  const stop = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const end of ends.splice(0).reverse()) await end().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };

  try {
    const database = await started(createDatabase(), (it) => it.drop());
    await beforeStart(database);
    const redis = withRedis ? await started(startRedis(), (it) => it.kill()) : undefined;
    const simulator = withSimulator ? await started(startSimulator(), (it) => it.stop()) : undefined;
    const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
      DATABASE_URL: database.url,
      ...(redis && { REDIS_URL: redis.url }),
      ...(simulator && stripeEnv(simulator)),
      ...settings,
      ...more,
    });
    const starting = Array.from({ length: count }, () => started(startApi(env()), (it) => it.stop()));
    // All of them first: none may still start when the others have been ended.
    await Promise.allSettled(starting);
    const apis = await Promise.all(starting);
    const worker = withWorker ? await started(startWorker(env()), (it) => it.stop()) : undefined;
    const patient = await createPerson(database);
    const staff = await createPerson(database, 'staff');
    return {
      database,
      apis,
      patient,
      staff,
      env,
      atEnd: (end) => void ends.push(end),
      stop,
      get simulator() {
        return asked(simulator, 'simulator: true');
      },
      get redis() {
        return asked(redis, 'redis: true');
      },
      get api() {
        return asked(apis[0], 'apis: 1');
      },
      get worker() {
        return asked(worker, 'worker: true');
      },
    };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

function asked<Member>(member: Member | undefined, option: string): Member {
  if (!member) throw new Error(`This stack has none: useStack({ ${option} })`);
  return member;
}
