import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { parseConfig } from '#config';
import { dataSourceOptions, openDataSource } from '#database';
import type { DataSource, EntityManager } from 'typeorm';
import { ConsultationsRepository } from '../../libs/payments/src/ledger/consultations.repository.js';
import { IdBlocks } from '../../libs/payments/src/ledger/id-blocks.js';
import type { PaymentReport } from '../../libs/payments/src/ledger/payment-report.js';
import { PaymentsRepository } from '../../libs/payments/src/ledger/payments.repository.js';
import { createDatabase, TEST_SECRET, type TestDatabase } from '../support/database.js';
import { ask } from '../support/http.js';
import { createPerson, type Person } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';

/** Only reads: it reports nothing. */
const payments = new PaymentsRepository({} as PaymentReport, new IdBlocks());

const PAYMENTS = 100_000;
/** Rows of other users, so that an index over all rows would not suffice. */
const OTHERS = 20_000;
const LIMIT = 20;
/** Twenty rows, each at worst reached by a way of its own through index and table; the whole history is a hundred times it. */
const MAX_BUFFERS = 120;
/** Half of it is noticeable; a scan of the table takes longer on any machine. */
const MAX_MS = 200;

interface Plan {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
}

describe(`the history of a user with ${PAYMENTS} payments`, () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let api: Program;
  let patient: Person;
  let staff: Person;
  let middle: number;
  let consultation_id: number;

  beforeAll(async () => {
    database = await createDatabase();
    patient = await createPerson(database);
    staff = await createPerson(database, 'staff');
    const other = await createPerson(database);
    await load(patient, PAYMENTS);
    await load(other, OTHERS);
    // Many products: Postgres rightly scans a table of one page sequentially.
    await database.query(
      `INSERT INTO products (id, name, price, currency) SELECT 'p-' || n, 'Product ' || n, 5000, 'idr' FROM generate_series(1, 5000) n`,
    );
    await database.query('ANALYZE');
    const [found] = await database.query<{ id: string; consultation_id: string }>(
      'SELECT id, consultation_id FROM payments WHERE user_id = $1 ORDER BY id OFFSET $2 LIMIT 1',
      [patient.id, PAYMENTS / 2],
    );
    [middle, consultation_id] = [Number(found!.id), Number(found!.consultation_id)];
    dataSource = await openDataSource(
      dataSourceOptions(parseConfig({ DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET }), 'test'),
    );
    api = await startApi({ DATABASE_URL: database.url });
  }, 60_000);

  afterAll(async () => {
    await api.stop();
    await dataSource.destroy();
    await database.drop();
  });

  /** One in a hundred refunded, one in a hundred pending, the rest completed: rare states are the hard ones. */
  async function load(of: Person, count: number): Promise<void> {
    const client = await database.connect();
    // The triggers check each payment's documents, and these have none; they are enabled again afterwards.
    await client.query('ALTER TABLE payments DISABLE TRIGGER USER');
    await client.query(
      `WITH c AS (INSERT INTO consultations (patient_id, fee, currency)
                  SELECT $1, 5000, 'idr' FROM generate_series(1, $2::int) RETURNING id)
       INSERT INTO payments (user_id, consultation_id, amount, currency, payment_method, status, refunded_amount, completed_at)
       SELECT $1, id, 5000, 'idr', 'bank_transfer', state, CASE state WHEN 'refunded' THEN 5000 ELSE 0 END,
              CASE state WHEN 'pending' THEN NULL ELSE now() END
       FROM c, LATERAL (SELECT CASE id % 100 WHEN 0 THEN 'refunded' WHEN 50 THEN 'pending' ELSE 'completed' END AS state) s`,
      [of.id, count],
    );
    await client.query('ALTER TABLE payments ENABLE TRIGGER USER');
    await disputeEveryFifth(client);
    await client.end();
  }

  /** A list names each payment's dispute: enough of them that reading them all would be seen. */
  async function disputeEveryFifth(client: { query(sql: string): Promise<unknown> }): Promise<void> {
    await client.query('ALTER TABLE charges DISABLE TRIGGER USER; ALTER TABLE disputes DISABLE TRIGGER USER');
    await client.query(
      `WITH c AS (INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
                  SELECT 'stripe', gen_random_uuid()::text, max(id), 5000, 'idr', 'quarantined' FROM payments RETURNING id)
       INSERT INTO disputes (dispute_id, charge_id, payment_id, amount, currency, stripe_status, state, opened_at)
       SELECT 'du_' || p.id, c.id, p.id, 1, 'idr', 'won', 'won', now() FROM payments p, c
       WHERE p.id % 5 = 0 ON CONFLICT DO NOTHING`,
    );
    await client.query('ALTER TABLE charges ENABLE TRIGGER USER; ALTER TABLE disputes ENABLE TRIGGER USER');
  }

  /** The plan of the very statement that `run` gives to Postgres. */
  async function planOf(
    run: (manager: EntityManager) => Promise<unknown[]>,
    manager = dataSource.manager,
  ): Promise<Plan> {
    const asked: [sql: string, parameters: unknown[]][] = [];
    const spy = new Proxy(manager, {
      get: (target, name) =>
        name === 'query'
          ? (sql: string, parameters: unknown[]) => {
              asked.push([sql, parameters]);
              return target.query(sql, parameters);
            }
          : (Reflect.get(target, name) as unknown),
    });
    const rows = await run(spy);
    expect(rows.length).toBeGreaterThan(0);
    expect(asked).toHaveLength(1);
    const [sql, parameters] = asked[0]!;
    const [explained] = await manager.query<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`,
      parameters,
    );
    return explained!['QUERY PLAN'][0].Plan;
  }
  const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
  const buffersOf = (plan: Plan) => plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  const kindsOf = (plan: Plan) => nodesOf(plan).map((node) => node['Node Type']);

  async function timed<Data>(path: string, person: Person) {
    const times: number[] = [];
    let reply = await ask<Data>(api.url, path, { token: person.token });
    for (let n = 0; n < 5; n++) {
      const began = performance.now();
      reply = await ask<Data>(api.url, path, { token: person.token });
      times.push(performance.now() - began);
    }
    expect(reply.status).toBe(200);
    return { ms: Math.min(...times), data: reply.body.data };
  }

  function expectIndexed(plan: Plan, what: string, ms: number, mostBuffers = MAX_BUFFERS) {
    const nodes = nodesOf(plan);
    const [index] = nodes.flatMap((node) => node['Index Name'] ?? []);
    console.log(
      `${what}: ${index}, ${plan['Actual Rows']} rows, ${buffersOf(plan)} buffers, ${ms.toFixed(1)} ms over HTTP`,
    );
    // The handful of payment methods is a table of one page, read once a statement.
    const growing = nodes.filter((node) => node['Relation Name'] !== 'payment_methods');
    expect(growing.map((node) => node['Node Type']).filter((kind) => /Seq Scan|Bitmap/.test(kind))).toEqual([]);
    // Of one consultation there may be a handful to put in order; never more than a page.
    const sorted = nodes.filter((node) => node['Node Type'] === 'Sort').flatMap((node) => node.Plans ?? []);
    expect(sorted.filter((node) => node['Actual Rows'] > LIMIT)).toEqual([]);
    const scans = nodes.filter((node) => node['Index Name'] !== undefined);
    expect(scans.filter((node) => (node['Rows Removed by Filter'] ?? 0) > LIMIT)).toEqual([]);
    expect(buffersOf(plan)).toBeLessThan(mostBuffers);
    expect(ms).toBeLessThan(MAX_MS);
  }

  type Filters = { status?: 'refunded' | 'pending' | 'completed'; consultation?: true; cursor?: true };
  const combinations: Filters[] = [
    {},
    { status: 'completed' },
    { status: 'refunded' },
    { consultation: true },
    { status: 'completed', consultation: true },
    { cursor: true },
    { status: 'refunded', cursor: true },
    { consultation: true, cursor: true },
  ];
  const cases = combinations.flatMap((of) => (['patient', 'staff'] as const).map((who) => ({ who, of })));

  it('hazard: without the indexes the same statement reads the whole history and sorts it', async () => {
    const run = dataSource.createQueryRunner();
    await run.startTransaction();
    await run.query('DROP INDEX payments_of_user, payments_of_user_by_status, payments_by_status');
    const page = { limit: LIMIT, before: null };
    const of = { user_id: patient.id, status: null, consultation_id: null };
    const plan = await planOf((manager) => payments.list(manager, page, of), run.manager);
    await run.rollbackTransaction();
    await run.release();
    expect(kindsOf(plan)).toContain('Sort');
    expect(buffersOf(plan)).toBeGreaterThan(MAX_BUFFERS * 10);
  });

  it.each(cases)('GET /payments answers from an index, sorted as it is: %j', async ({ who, of }) => {
    // The consultation of the middle is read with a cursor just above it.
    const before = of.cursor ? middle + 1 : null;
    const state = of.consultation && of.status ? await statusOf(consultation_id) : of.status;
    const plan = await planOf((manager) =>
      payments.list(
        manager,
        { limit: LIMIT, before },
        {
          user_id: who === 'patient' ? patient.id : null,
          status: state ?? null,
          consultation_id: of.consultation ? consultation_id : null,
        },
      ),
    );
    const query = new URLSearchParams({
      ...(state ? { status: state } : {}),
      ...(of.consultation ? { consultation_id: String(consultation_id) } : {}),
      ...(before ? { cursor: String(before) } : {}),
    });
    const { ms, data } = await timed<Schemas['PageOfPayments']>(
      `/api/v1/payments?${query.toString()}`,
      who === 'patient' ? patient : staff,
    );
    expect(data.payments).toHaveLength(of.consultation ? 1 : LIMIT);
    expectIndexed(plan, `GET /payments ${who} ${JSON.stringify(of)}`, ms);
  });

  it.each(['patient', 'staff'] as const)('GET /payments for a status without rows answers at once: %s', async (who) => {
    const { ms, data } = await timed('/api/v1/payments?status=failed', who === 'patient' ? patient : staff);
    expect(data).toEqual({ payments: [], next_cursor: null });
    expect(ms).toBeLessThan(MAX_MS);
  });

  it.each([
    ['patient', false],
    ['patient', true],
    ['staff', false],
    ['staff', true],
  ] as const)(
    'GET /consultations answers from an index, sorted as it is: %s, with a cursor: %s',
    async (who, cursor) => {
      const before = cursor ? consultation_id : null;
      const person = who === 'patient' ? patient : staff;
      const plan = await planOf((manager) =>
        who === 'patient'
          ? new ConsultationsRepository().listPayable(manager, patient.id, { limit: LIMIT, before })
          : new ConsultationsRepository().listAll(manager, { limit: LIMIT, before }),
      );
      const { ms, data } = await timed<Schemas['PageOfConsultations']>(
        `/api/v1/consultations${before ? `?cursor=${before}` : ''}`,
        person,
      );
      expect(data.consultations).toHaveLength(LIMIT);
      // Of a patient's, those paid are passed over one by one: here forty-nine of fifty.
      const most = who === 'patient' ? MAX_BUFFERS * 50 : MAX_BUFFERS;
      expectIndexed(plan, `GET /consultations ${who}${cursor ? ' cursor' : ''}`, ms, most);
    },
  );

  async function statusOf(id: number): Promise<'refunded' | 'pending' | 'completed'> {
    const [row] = await database.query<{ status: 'completed' }>(
      'SELECT status FROM payments WHERE consultation_id = $1',
      [id],
    );
    return row!.status;
  }
});
