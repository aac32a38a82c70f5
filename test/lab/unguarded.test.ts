import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import pg from 'pg';
import { UnguardedSchema } from '../../apps/race-lab/src/unguarded/schema.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { runToEnd, startProgram } from '../support/processes.js';
import { createServiceRole } from '../support/roles.js';
import { startSimulator, stripeEnv } from '../support/simulator.js';

const PROGRAM = 'dist/apps/race-lab/src/unguarded/main.js';

describe('the program without guards of the race lab, and its schema', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database?.drop());

  const rest = () =>
    database.query(
      `SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'race_lab%'
       UNION ALL SELECT rolname FROM pg_roles
       WHERE rolname LIKE 'race_lab%' || (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );

  async function asProgram(schema: UnguardedSchema, sql: string) {
    const client = new pg.Client({ connectionString: schema.programUrl });
    await client.connect();
    try {
      return (await client.query(sql)).rows as unknown[];
    } finally {
      await client.end();
    }
  }

  test('one request after the other it is right: the second gets the first one’s payment', async () => {
    const [schema, simulator] = [await UnguardedSchema.create(database.url), await startSimulator()];
    const program = await startProgram(PROGRAM, {
      DATABASE_URL: schema.programUrl,
      ...stripeEnv(simulator),
    });
    const pay = async () => {
      const body = JSON.stringify({ consultation_id: 7, amount: 5_000 });
      const answer = await fetch(`${program.url}/api/v1/payments`, { method: 'POST', body });
      return [answer.status, ((await answer.json()) as { data: unknown }).data];
    };
    try {
      const [status, data] = await pay();
      expect([status, await pay()]).toEqual([201, [409, data]]);
      expect((await simulator.ledger()).sessions).toHaveLength(1);
    } finally {
      await program.stop();
      await simulator.stop();
      await schema.drop();
    }
  });

  test('its role may write there, and may neither read nor write what is Payonce’s', async () => {
    const schema = await UnguardedSchema.create(database.url);
    const run = (sql: string) => asProgram(schema, sql);
    await run(`INSERT INTO payments (consultation_id, amount, session_id) VALUES (1, 1, 'a'), (1, 1, 'b')`);
    expect(await schema.query('SELECT session_id FROM payments', [])).toHaveLength(2);
    for (const sql of ['SELECT FROM public.payments', 'DELETE FROM public.payments', 'TRUNCATE public.audit_log'])
      await expect(run(sql)).rejects.toThrow('permission denied');
    await schema.drop();
    expect(await rest()).toEqual([]);
  });

  test('a user who may not create roles: its program still finds no other tables by their names', async () => {
    const service = await createServiceRole(database);
    try {
      const schema = await UnguardedSchema.create(service.url);
      const run = (sql: string) => asProgram(schema, sql);
      expect(await run('SELECT current_user AS name')).toEqual([{ name: service.name }]);
      expect(await run(`SELECT 'payments'::regclass::text = 'payments' AS own`)).toEqual([{ own: true }]);
      await expect(run('SELECT FROM consultations')).rejects.toThrow('relation "consultations" does not exist');
      await schema.drop();
      expect(await rest()).toEqual([]);
    } finally {
      await service.drop();
    }
  });

  test('options in the database URL stay, but for its schema and role', async () => {
    const url = withOptions(database.url, '-c statement_timeout=5432 -c search_path=public -c role=none');
    const schema = await UnguardedSchema.create(url);
    const run = (sql: string) => asProgram(schema, sql);
    expect(await run(`SELECT current_schema() AS schema, current_setting('statement_timeout') AS timeout`)).toEqual([
      { schema: 'race_lab_unguarded', timeout: '5432ms' },
    ]);
    await expect(run('SELECT FROM public.payments')).rejects.toThrow('permission denied');
    await schema.drop();
    expect(await rest()).toEqual([]);
  });

  test('a connection pooler that ignores options: no table is made, and nothing is left', async () => {
    const pooler = await poolerWithoutOptions(database.url);
    await expect(UnguardedSchema.create(pooler.url)).rejects.toThrow('look for tables in public');
    // Waits for the end of every connection.
    await pooler.close();
    expect(await rest()).toEqual([]);
    expect(await database.query(`SELECT to_regclass('public.bookings') AS made`)).toEqual([{ made: null }]);
  });

  test('it refuses to start where its connections find the tables of Payonce', async () => {
    const { code, output } = await runToEnd(PROGRAM, { DATABASE_URL: database.url });
    expect([code, output]).toEqual([1, expect.stringContaining('look for tables in public')]);
  });

  test('what a killed lab has left is replaced, and removed by the next start', async () => {
    const left = await UnguardedSchema.create(database.url);
    const schema = await UnguardedSchema.create(database.url);
    await UnguardedSchema.remove(database.url);
    expect(await rest()).toEqual([]);
    await Promise.all([left.drop(), schema.drop()]);
  });
});

const withOptions = (url: string, options: string) => `${url}?options=${encodeURIComponent(options)}`;

/** Like PgBouncer with `ignore_startup_parameters = options`: https://www.pgbouncer.org/config.html */
async function poolerWithoutOptions(databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl);
  const server = createServer((client) => {
    const postgres = connect(Number(port), hostname);
    // The first bytes are the startup packet. Its length stays the same.
    client.once('data', (startup) => {
      const blanked = startup.toString('latin1').replace(/(?<=\0options\0)[^\0]+/, (value) => ' '.repeat(value.length));
      postgres.write(blanked, 'latin1');
      client.pipe(postgres).pipe(client);
    });
    for (const socket of [client, postgres]) socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(own) }).href,
    close: () => new Promise((closed) => server.close(closed)),
  };
}
