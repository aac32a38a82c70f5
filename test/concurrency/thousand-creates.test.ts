import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createPerson, type Person } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { startRedis, type TestRedis } from '../support/redis.js';

const COUNT = 1_000;
/** A socket for each: all of them are at the server's door at the same moment. */
const SOCKETS = COUNT;
const MAX_MEBIBYTES = 300;

describe('a thousand concurrent creates for a thousand consultations, one server, a pool of twenty, Redlock on', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let api: Program;
  let patient: Person;
  let ids: number[];

  beforeAll(async () => {
    database = await createDatabase();
    redis = await startRedis();
    api = await startApi({ DATABASE_URL: database.url, REDIS_URL: redis.url, DATABASE_POOL_SIZE: '20' });
    patient = await createPerson(database);
    const made = await database.query<{ id: string }>(
      `INSERT INTO consultations (patient_id, fee, currency) SELECT $1, 5000, 'idr' FROM generate_series(1, $2) RETURNING id`,
      [patient.id, COUNT],
    );
    ids = made.map((row) => Number(row.id));
    await eventually(
      async () => (await ask<Schemas['Health']>(api.url, '/api/v1/health/ready')).body.data.status === 'ready',
      'it has its Redis',
    );
  });

  afterAll(async () => {
    await api.stop();
    await redis.kill();
    await database.drop();
  });

  it('all get 201 with invoice and tax record; no lock falls back to Postgres; memory stays under 300 MiB', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: SOCKETS });
    const began = performance.now();
    const statuses = await Promise.all(ids.map((id) => create(agent, id)));
    const seconds = (performance.now() - began) / 1_000;
    agent.destroy();
    const memory = memoryOf(api.child.pid!);
    const { text } = await ask(api.url, '/metrics');
    console.log(
      `${COUNT} creates: ${seconds.toFixed(2)} s, ${Math.round(COUNT / seconds)} requests/s, ` +
        `RSS ${memory.now} MiB, peak ${memory.peak ?? '?'} MiB`,
    );

    expect(countBy(statuses)).toEqual({ 201: COUNT });
    for (const table of ['payments', 'invoices', 'tax_records']) {
      expect(await database.query(`SELECT count(*)::int AS rows FROM ${table}`)).toEqual([{ rows: COUNT }]);
    }
    expect(await database.query('SELECT count(DISTINCT consultation_id)::int AS paid FROM payments')).toEqual([
      { paid: COUNT },
    ]);
    expect(valueOf(text, 'payonce_lock_fallbacks_total')).toBe(0);
    expect(valueOf(text, 'payonce_lock_fallback_active')).toBe(0);
    // Redis held them: two for each payment, and none was ever a row in Postgres.
    expect(valueOf(text, 'payonce_locks_acquired_total')).toBe(2 * COUNT);
    expect(memory.now).toBeLessThan(MAX_MEBIBYTES);
  }, 60_000);

  /** @returns the status. */
  function create(agent: http.Agent, consultation_id: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = http.request(`${api.url}/api/v1/payments`, {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${patient.token}`,
          'x-idempotency-key': `thousand-${consultation_id}`,
        },
      });
      request.on('response', (response) => {
        response.resume().on('end', () => resolve(response.statusCode!));
      });
      request.on('error', reject);
      request.end(JSON.stringify({ consultation_id, amount: 5_000, payment_method: 'bank_transfer' }));
    });
  }
});

function countBy(values: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** A metric's sum over its labels. */
function valueOf(text: string, metric: string): number {
  const values = [...text.matchAll(new RegExp(`^${metric}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))];
  expect(values.length).toBeGreaterThan(0);
  return values.reduce((sum, [, value]) => sum + Number(value), 0);
}

/** In MiB: what it holds now, and, where the kernel reports it (Linux), the most it ever held. */
function memoryOf(pid: number): { now: number; peak: number | undefined } {
  const mebibytes = (kilobytes: string) => Math.round(Number(kilobytes) / 1024);
  if (!existsSync('/proc/self/status')) {
    return {
      now: mebibytes(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })),
      peak: undefined,
    };
  }
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name: string) => mebibytes(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)![1]!);
  return { now: of('VmRSS'), peak: of('VmHWM') };
}
