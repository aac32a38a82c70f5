import { createDatabase, type TestDatabase } from '../../support/database.js';
import { ask, type Reply } from '../../support/http.js';
import { createPerson, type Person } from '../../support/people.js';
import { type Program, startApi, startWorker } from '../../support/processes.js';
import { eventually } from '../../support/eventually.js';
import { startRedis } from '../../support/redis.js';

/** Two API processes and a worker over one database, and two members of staff. */
export interface Bank {
  readonly database: TestDatabase;
  readonly staff: readonly Person[];
  /** One request, asked again for as long as the answer says so. @param n the process that is asked */
  send<Data>(path: string, how: Sent): Promise<Reply<Data>>;
  close(): Promise<void>;
}

interface Sent {
  readonly token: string;
  readonly body?: unknown;
  readonly key?: string | undefined;
  readonly n?: number;
  readonly method?: string;
}

export async function openBank(): Promise<Bank> {
  const database = await createDatabase();
  const env = { DATABASE_URL: database.url, WORKER_SWEEP_SECONDS: '1' };
  const redis = await startRedis();
  // They share no lock, since only one knows of Redis: when two requests run at once, Postgres alone decides.
  const programs: Program[] = await Promise.all([
    startApi({ ...env, REDIS_URL: redis.url }),
    startApi(env),
    startWorker(env),
  ]);
  const staff = [await createPerson(database, 'staff'), await createPerson(database, 'staff')];
  return {
    database,
    staff,
    send: async <Data>(path: string, { token, body, key, n = 0, method }: Sent) =>
      eventually(async () => {
        const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
        const options = { token, headers, ...(body === undefined ? {} : { body }), ...(method ? { method } : {}) };
        const reply = await ask<Data>(programs[n % 2]!.url, `/api/v1/${path}`, options);
        return reply.headers.has('retry-after') && reply.status !== 500 ? undefined : reply;
      }, `${path} is answered`),
    async close() {
      await Promise.all(programs.map((program) => program.stop()));
      await redis.kill();
      await database.drop();
    },
  };
}
