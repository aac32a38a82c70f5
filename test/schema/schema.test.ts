import { parseConfig } from '#config';
import { dataSourceOptions, inTransaction, migrate } from '#database';
import { DataSource } from 'typeorm';
import { createDatabase, TEST_SECRET, type TestDatabase } from '../support/database.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { insertPayment } from '../support/rows.js';

describe('the schema', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let patient: Person;

  beforeAll(async () => {
    database = await createDatabase();
    const wanted = { DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET, DATABASE_LOCK_TIMEOUT_MS: '1500' };
    await migrate(parseConfig(wanted));
    dataSource = await new DataSource(
      dataSourceOptions(parseConfig({ DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET }), 'test'),
    ).initialize();
    patient = await createPerson(database);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  async function insert(change: Record<string, unknown> = {}): Promise<number> {
    const consultation_id =
      'consultation_id' in change
        ? (change.consultation_id as number | null)
        : await createConsultation(database, patient);
    return insertPayment(database, { user_id: patient.id, ...change, consultation_id });
  }

  /** The name of the constraint that refuses. */
  const refusedBy = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'nobody',
      (error: { constraint?: string }) => error.constraint,
    );

  it('refuses a second live payment of a consultation in every pair of live states, and allows it beside a dead one', async () => {
    const live = ['pending', 'completed', 'partially_refunded'];
    const dead = ['failed', 'expired', 'cancelled', 'refunded'];
    for (const first of live) {
      for (const second of live) {
        const consultation_id = await createConsultation(database, patient);
        await insert({ consultation_id, status: first });
        const attempt = insert({ consultation_id, status: second });
        expect(await refusedBy(attempt)).toBe('payments_one_live_per_consultation');
      }
    }
    const consultation_id = await createConsultation(database, patient);
    for (const status of [...dead, 'pending']) await insert({ consultation_id, status });
  });

  it('refuses a second pending order of one product by one user; a completed one blocks nothing', async () => {
    await database.query(`INSERT INTO products (id, name, price, currency) VALUES ('plan', 'Plan', 100, 'idr')`);
    const order = { consultation_id: null, product_id: 'plan' };
    await insert({ ...order, status: 'completed' });
    await insert(order);
    expect(await refusedBy(insert(order))).toBe('payments_one_pending_per_user_and_product');
    await insert({ ...order, user_id: (await createPerson(database)).id });
  });

  it('keeps external references unique in each table, and allows rows without one', async () => {
    const consultation = (reference: string | null) =>
      database.query(
        `INSERT INTO consultations (patient_id, fee, currency, external_reference) VALUES ($1, 1, 'idr', $2)`,
        [patient.id, reference],
      );
    const product = (id: string, reference: string | null) =>
      database.query(
        `INSERT INTO products (id, name, price, currency, external_reference) VALUES ($1, 'Fed', 1, 'idr', $2)`,
        [id, reference],
      );
    for (const reference of [null, null, 'fed-1']) await consultation(reference);
    await product('fed-a', null);
    await product('fed-b', null);
    await product('fed-c', 'fed-1');
    expect(await refusedBy(consultation('fed-1'))).toBe('consultations_external_reference_unique');
    expect(await refusedBy(consultation(''))).toBe('consultations_external_reference_length');
    expect(await refusedBy(product('fed-d', 'fed-1'))).toBe('products_external_reference_unique');
    expect(await refusedBy(product('fed-e', 'x'.repeat(256)))).toBe('products_external_reference_length');
  });

  it.each<[string, Record<string, unknown>]>([
    ['payments_for_one_thing', { consultation_id: null }],
    ['payments_amount_positive', { amount: 0 }],
    ['payments_currency_code', { currency: 'IDR' }],
    ['payments_method_fkey', { payment_method: 'cash' }],
    ['payments_status', { status: 'paid' }],
    ['payments_refunded_within_amount', { status: 'refunded', refunded_amount: 5_001 }],
    ['payments_completed_when_paid', { status: 'completed', completed_at: null }],
    ['payments_processing_while_pending', { status: 'failed', processing: true }],
    ['payments_user_fkey', { user_id: 0 }],
    ['payments_metadata_object', { metadata: '[]' }],
    ['payments_idempotency_key_form', { idempotency_key: 'caf\u00e9' }],
    ['payments_idempotency_key_form', { idempotency_key: 'k'.repeat(256) }],
  ])('%s refuses', async (constraint, change) => {
    expect(await refusedBy(insert(change))).toBe(constraint);
  });

  it('refuses a tax record that does not add up, a transaction id used twice, and more refunded than received', async () => {
    const payment_id = await insert({ status: 'completed' });
    const [row] = await database.query<{ transaction_id: string }>(
      'SELECT transaction_id FROM charges WHERE payment_id = $1',
      [payment_id],
    );
    const tax = database.query(
      `INSERT INTO tax_records (payment_id, invoice_id, amount, base_amount, tax_amount, rate_basis_points)
       SELECT payment_id, id, amount, amount, 1, 0 FROM invoices WHERE payment_id = $1`,
      [payment_id],
    );
    expect(await refusedBy(tax)).toBe('tax_records_exact');
    const returned = database.query('UPDATE charges SET amount_returned = 5001 WHERE payment_id = $1', [payment_id]);
    expect(await refusedBy(returned)).toBe('charges_returned_within_received');
    const again = database.query(
      `INSERT INTO transfers (payment_method, transaction_id, amount, currency, received_at)
       VALUES ('bank_transfer', upper($1), 5000, 'idr', now())`,
      [row!.transaction_id],
    );
    expect(await refusedBy(again)).toBe('transfers_transaction_unique');
    const intents = database.query(
      `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
       SELECT 'stripe', 'pi_twice', $1, 5000, 'idr', 'quarantined' FROM generate_series(1, 2)`,
      [payment_id],
    );
    expect(await refusedBy(intents)).toBe('charges_transaction_unique');
  });

  it('makes the audit log append-only: no update, delete or truncate, not even by a superuser', async () => {
    await database.query(`INSERT INTO audit_log (action) VALUES ('payment.created')`);
    for (const attempt of ['UPDATE audit_log SET action = $$a.b$$', 'DELETE FROM audit_log', 'TRUNCATE audit_log']) {
      await expect(database.query(attempt)).rejects.toThrow(/append-only/);
    }
    const replica = await database.connect();
    await replica.query('SET session_replication_role = replica');
    await expect(replica.query('DELETE FROM audit_log')).rejects.toThrow(/append-only/);
    await replica.end();
    expect(await database.query('SELECT action FROM audit_log')).toEqual([{ action: 'payment.created' }]);
  });

  it('sets statement, lock and idle-in-transaction timeouts on the role, for every new session', async () => {
    const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
    const settings = await database.query<{ name: string; setting: string }>(
      'SELECT name, setting FROM pg_settings WHERE name = ANY($1)',
      [names],
    );
    expect(Object.fromEntries(settings.map((row) => [row.name, row.setting]))).toEqual({
      statement_timeout: '10000',
      lock_timeout: '1500',
      idle_in_transaction_session_timeout: '4000',
    });
  });

  it('migrates down and up again, and two concurrent migrations run each migration once', async () => {
    const fresh = await createDatabase();
    try {
      const own = await new DataSource(
        dataSourceOptions(parseConfig({ DATABASE_URL: fresh.url, JWT_SECRET: TEST_SECRET }), 'test'),
      ).initialize();
      for (let left = own.migrations.length; left > 0; left--) await own.undoLastMigration();
      expect(
        await own.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`),
      ).toEqual([]);
      const known = own.migrations.length;
      await own.destroy();
      const config = parseConfig({ DATABASE_URL: fresh.url, JWT_SECRET: TEST_SECRET });
      const ran = await Promise.all([migrate(config), migrate(config), migrate(config)]);
      expect(ran.map((names) => names.length).sort()).toEqual([0, 0, known]);
    } finally {
      await fresh.drop();
    }
  });

  it('a real deadlock is retried, and both transactions commit', async () => {
    const [a, b] = [await createConsultation(database, patient), await createConsultation(database, patient)];
    let meetings = 0;
    let bothHold: () => void;
    const met = new Promise<void>((resolve) => (bothHold = resolve));
    const lockBoth = (first: number, second: number) =>
      inTransaction(dataSource, async (tx) => {
        await tx.query('SELECT 1 FROM consultations WHERE id = $1 FOR UPDATE', [first]);
        meetings += 1;
        // Each holds its first row before either asks for its second: a deadlock, every time.
        if (meetings === 2) bothHold();
        if (meetings <= 2) await met;
        await tx.query('SELECT 1 FROM consultations WHERE id = $1 FOR UPDATE', [second]);
        return 'through';
      });
    expect(await Promise.all([lockBoth(a, b), lockBoth(b, a)])).toEqual(['through', 'through']);
    expect(meetings).toBeGreaterThanOrEqual(3);
  });
});
