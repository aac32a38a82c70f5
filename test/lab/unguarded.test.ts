import pg from 'pg';
import { UnguardedSchema } from '../../apps/race-lab/src/unguarded/schema.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { startProgram } from '../support/processes.js';
import { createServiceRole } from '../support/roles.js';
import { startSimulator, stripeEnv } from '../support/simulator.js';

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

  async function asProgram(url: string, schema: UnguardedSchema, sql: string) {
    const client = new pg.Client({ connectionString: url, options: schema.pgOptions });
    await client.connect();
    try {
      return (await client.query(sql)).rows as unknown[];
    } finally {
      await client.end();
    }
  }

  test('one request after the other it is right: the second gets the first one’s payment', async () => {
    const [schema, simulator] = [await UnguardedSchema.create(database.url), await startSimulator()];
    const program = await startProgram('dist/apps/race-lab/src/unguarded/main.js', {
      DATABASE_URL: database.url,
      PGOPTIONS: schema.pgOptions,
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
    const run = (sql: string) => asProgram(database.url, schema, sql);
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
      const run = (sql: string) => asProgram(service.url, schema, sql);
      expect(await run('SELECT current_user AS name')).toEqual([{ name: service.name }]);
      expect(await run(`SELECT 'payments'::regclass::text = 'payments' AS own`)).toEqual([{ own: true }]);
      await expect(run('SELECT FROM consultations')).rejects.toThrow('relation "consultations" does not exist');
      await schema.drop();
      expect(await rest()).toEqual([]);
    } finally {
      await service.drop();
    }
  });

  test('what a killed lab has left is replaced, and removed by the next start', async () => {
    const left = await UnguardedSchema.create(database.url);
    const schema = await UnguardedSchema.create(database.url);
    await UnguardedSchema.remove(database.url);
    expect(await rest()).toEqual([]);
    await Promise.all([left.drop(), schema.drop()]);
  });
});
