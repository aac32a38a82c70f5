import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { readdirSync } from 'node:fs';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { tokenFor } from '../support/people.js';
import { type Program, runToEnd, startApi, startWorker } from '../support/processes.js';
import { startSimulator, stripeEnv, type TestSimulator } from '../support/simulator.js';
import { type Fixture, loadFixture } from './support/fixture.js';
import { type Money, moneyIn } from '../support/money.js';

const FEE = 5_000;

/** Every commit a fixture was made of; README.md says how. */
const FIXTURES = readdirSync(__dirname)
  .filter((file) => file.endsWith('.sql'))
  .map((file) => file.replace('.sql', ''));

/**
 * The role has the timeouts of the earlier version's `migrate`. Under which each statement of a migration runs, and which
 * tables are rewritten, is written down by Postgres itself (https://www.postgresql.org/docs/18/event-triggers.html).
 */
const OBSERVE_MIGRATIONS = `
  DO $$ BEGIN
    EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET statement_timeout = %L', current_database(), '10s');
    EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET lock_timeout = %L', current_database(), '5s');
    EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET idle_in_transaction_session_timeout = %L', current_database(), '4s');
  END $$;
  CREATE SCHEMA observed;
  CREATE TABLE observed.statements (statement_timeout text, lock_timeout text, idle_timeout text);
  CREATE TABLE observed.rewrites (relation text);
  CREATE FUNCTION observed.statement() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
    IF current_setting('application_name') = 'payonce-migrate' THEN
      INSERT INTO observed.statements VALUES (current_setting('statement_timeout'), current_setting('lock_timeout'),
        current_setting('idle_in_transaction_session_timeout'));
    END IF;
  END $$;
  CREATE FUNCTION observed.rewrite() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO observed.rewrites VALUES (pg_event_trigger_table_rewrite_oid()::regclass::text);
  END $$;
  CREATE EVENT TRIGGER observe_statements ON ddl_command_end EXECUTE FUNCTION observed.statement();
  CREATE EVENT TRIGGER observe_rewrites ON table_rewrite EXECUTE FUNCTION observed.rewrite()`;

it('the fixture of the earliest schema exists', () => expect(FIXTURES).toContain('dcf8d94'));

describe.each(FIXTURES)('a database of %s', (name) => {
  let fixture: Fixture;
  let before: Money;
  let simulator: TestSimulator;
  let api: Program;
  let worker: Program | undefined;
  let patient: string;
  let staff: string;

  const env = () => ({
    DATABASE_URL: fixture.database.url,
    LOCK_BACKEND: 'postgres',
    IDEMPOTENCY_LEASE_MS: '400',
    LOCK_LEASE_MS: '600',
    STRIPE_SESSION_LISTING_PAUSE_MS: '10',
    STRIPE_TIMEOUT_MS: '1500',
    STRIPE_BREAKER_RESET_MS: '50',
    WORKER_SWEEP_SECONDS: '1',
    ...stripeEnv(simulator),
  });
  const migrate = () => runToEnd('dist/apps/api/src/migrate.js', { DATABASE_URL: fixture.database.url });
  const send = <Data>(path: string, token: string, body?: unknown, key?: string): Promise<Reply<Data>> =>
    ask<Data>(api.url, `/api/v1/${path}`, {
      token,
      ...(body === undefined ? {} : { body }),
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    });
  const one = async <Row>(sql: string, values: unknown[] = []) => (await fixture.database.query<Row>(sql, values))[0]!;
  /** What an earlier key made, by the key's name in scripts/fixtures/states.mjs. */
  const claim = (key: string) =>
    one<{ resource: string; response_status: number; response_body: string }>(
      'SELECT resource, response_status, response_body FROM client_idempotency WHERE idempotency_key = $1',
      [key],
    );
  const payment = (id: number | string) =>
    one<{ status: string; refunded: number; consultation_id: number }>(
      'SELECT status, refunded_amount::int AS refunded, consultation_id::int FROM payments WHERE id = $1',
      [id],
    );
  const create = (consultation_id: number, payment_method: string, key: string) =>
    send<Schemas['NewPayment']>(
      'payments',
      patient,
      { consultation_id, amount: FEE, payment_method, metadata: { made_for: 'fixture' } },
      key,
    );

  beforeAll(async () => {
    patient = await tokenFor('fixture-patient', 'patient');
    staff = await tokenFor('fixture-staff', 'staff');
    fixture = await loadFixture(name);
    before = await moneyIn(fixture.database);
    // The earlier version's locks lapse as they would have: a process that died held them.
    await fixture.database.query('UPDATE concurrency_locks SET expires_at = now()');
    await fixture.database.query('UPDATE client_idempotency SET lease_expires_at = now() WHERE finished_at IS NULL');
  });
  afterAll(async () => {
    await worker?.stop();
    await api?.stop();
    await simulator?.stop();
    await fixture.database.drop();
  });

  it('contains every state of payments and money', () => {
    const seen = (of: (payment: Money['payments'][number]) => unknown) => new Set(before.payments.flatMap(of));
    for (const method of ['bank_transfer', 'gcash']) {
      expect(seen((row) => (row.method === method ? row.status : []))).toEqual(
        new Set(['pending', 'completed', 'partially_refunded', 'refunded', 'expired', 'cancelled']),
      );
    }
    expect(seen((row) => (row.method === 'stripe' ? row.status : []))).toEqual(
      new Set(['pending', 'completed', 'partially_refunded', 'refunded', 'failed', 'expired', 'cancelled']),
    );
    expect(seen((row) => row.processing)).toEqual(new Set([true, false]));
    expect(seen((row) => row.refunds.map(({ status }) => status))).toEqual(
      new Set(['pending', 'succeeded', 'failed', 'cancelled']),
    );
    expect(seen((row) => row.charges.map(({ disposition }) => disposition))).toEqual(
      new Set(['accepted', 'returned', 'quarantined']),
    );
    expect(seen((row) => row.disputes.map(({ state }) => state))).toEqual(new Set(['inquiry', 'open', 'won', 'lost']));
    expect(before.payments.filter((row) => row.owed > 0)).toHaveLength(1);
  });

  it('is migrated, twice, without changing a total', async () => {
    await fixture.database.query(OBSERVE_MIGRATIONS);
    const stripe = () =>
      fixture.database.query(`SELECT id, xmin, ctid FROM charges WHERE payment_method = 'stripe' ORDER BY id`);
    const manual = () =>
      fixture.database.query<Record<string, unknown>>(
        `SELECT to_jsonb(c) AS charge FROM charges c WHERE payment_method <> 'stripe' ORDER BY id`,
      );
    const [stripeBefore, manualBefore] = [await stripe(), await manual()];
    const first = await migrate();
    // As many as there may be: no migration writes them, so none takes longer for their number.
    expect(stripeBefore).not.toEqual([]);
    expect(await stripe()).toEqual(stripeBefore);
    // Those of a bank or GCash are written once, for the link to their transfer and nothing else.
    expect(manualBefore).not.toEqual([]);
    expect(await manual()).toEqual(
      manualBefore.map(({ charge }) => ({
        charge: expect.objectContaining({ ...(charge as object), transfer_id: expect.any(Number) }),
      })),
    );
    const observed = await fixture.database.query(
      'SELECT DISTINCT statement_timeout, lock_timeout, idle_timeout FROM observed.statements',
    );
    expect(observed).toEqual([{ statement_timeout: '15min', lock_timeout: '10s', idle_timeout: '0' }]);
    expect(await fixture.database.query('SELECT * FROM observed.rewrites')).toEqual([]);
    await fixture.database.query('DROP SCHEMA observed CASCADE');
    expect([first.code, first.output]).toEqual([0, expect.stringMatching(/^Database: (migrated|up to date)/m)]);
    expect(await moneyIn(fixture.database)).toEqual(before);
    const second = await migrate();
    expect([second.code, second.output]).toEqual([0, expect.stringContaining('Database: up to date')]);
    expect(await moneyIn(fixture.database)).toEqual(before);
  });

  it('has a fully allocated transfer for each charge by bank or GCash, of the same amount', async () => {
    const charges = await fixture.database.query(
      `SELECT transfer_id, payment_method, transaction_id, amount_received, amount_received AS allocated, currency, payment_id,
              receipt_url, received_at, NULL AS voided_at
       FROM charges WHERE payment_method <> 'stripe' ORDER BY transfer_id`,
    );
    const transfers = await fixture.database.query(
      `SELECT id AS transfer_id, payment_method, transaction_id, amount AS amount_received, amount_allocated AS allocated,
              currency, payment_id, receipt_url, received_at, voided_at
       FROM transfers ORDER BY id`,
    );
    expect(transfers).not.toEqual([]);
    expect(transfers).toEqual(charges);
    const [unlinked] = await fixture.database.query<{ count: number }>(
      `SELECT count(*)::int FROM charges WHERE (payment_method = 'stripe') <> (transfer_id IS NULL)`,
    );
    expect(unlinked!.count).toBe(0);
  });

  it('returns the same totals over HTTP', async () => {
    simulator = await startSimulator({ SIMULATOR_DATA_DIR: fixture.stripeFolder });
    api = await startApi(env());
    for (const row of before.payments) {
      const { status, body } = await send<Schemas['WholePayment']>(`payments/${row.id}`, staff);
      const { payment: read, invoice, tax, charge } = body.data;
      // The earlier version kept one time of a charge, which stands for both.
      expect(charge?.recorded_at).toBe(charge?.received_at);
      // Nor did it store Stripe's receipt, and no job requests one now.
      expect(charge?.receipt_url ?? null).toBeNull();
      expect([status, read.status, read.amount, read.refunded_amount, read.refund_owed]).toEqual([
        200,
        row.status,
        row.amount,
        row.refunded,
        row.owed,
      ]);
      expect([invoice.invoice_number, invoice.status, invoice.amount, invoice.credited_amount]).toEqual(row.invoice);
      expect([
        tax.status,
        tax.base_amount,
        tax.tax_amount,
        tax.rate_basis_points,
        tax.credited_base_amount,
        tax.credited_tax_amount,
      ]).toEqual(row.tax);
      const { refunds } = (await send<Schemas['PageOfRefunds']>(`payments/${row.id}/refunds`, staff)).body.data;
      const listed = refunds.map((refund) => [refund.id, refund.status, refund.amount]);
      const booked = row.refunds.map((refund) => [refund.id, refund.status, refund.amount]);
      expect(listed).toEqual(booked.reverse());
    }
    expect(await moneyIn(fixture.database)).toEqual(before);
  });

  it('replays answers of finished keys to the byte', async () => {
    const asked = async (key: string, again: (of: { resource: string }) => Promise<Reply>) => {
      const stored = await claim(key);
      const reply = await again(stored);
      expect([key, reply.status, reply.text]).toEqual([key, stored.response_status, stored.response_body]);
    };
    const refund = (resource: string, body: Record<string, unknown>, key: string) =>
      send(`payments/${resource.split('/')[0]}/refund`, staff, { reason: 'asked for', ...body }, key);
    await asked('bank_transfer-completed', async ({ resource }) =>
      create((await payment(resource)).consultation_id, 'bank_transfer', 'bank_transfer-completed'),
    );
    await asked('stripe-completed', async ({ resource }) =>
      create((await payment(resource)).consultation_id, 'stripe', 'stripe-completed'),
    );
    // Sent as a String of RFC 8941 since, it is the same key.
    await asked('stripe-completed', async ({ resource }) =>
      create((await payment(resource)).consultation_id, 'stripe', '"stripe-completed"'),
    );
    const confirmed = 'bank_transfer-completed-confirm';
    await asked(confirmed, ({ resource }) =>
      send(`payments/${resource}/confirm`, staff, { transaction_id: 'bank_transfer-completed' }, confirmed),
    );
    await asked('refund-part', ({ resource }) => refund(resource, { amount: 1_999 }, 'refund-part'));
    const by_staff = { amount: 1_234, transaction_id: 'gcash-part-back' };
    await asked('gcash-part-back', ({ resource }) => refund(resource, by_staff, 'gcash-part-back'));
    expect(await moneyIn(fixture.database)).toEqual(before);
  });

  describe('with the current worker', () => {
    beforeAll(async () => {
      await simulator.sim('endpoints', { urls: [`${api.url}/api/v1/webhooks/stripe`] });
      worker = await startWorker(env());
    });

    it('applies an event that was stored and not applied', async () => {
      // A refund of 600 made in the dashboard while Stripe could not be asked about it.
      await eventually(
        async () => {
          const [row] = await fixture.database.query(
            `SELECT 1 FROM refunds r JOIN payments p ON p.id = r.payment_id
             WHERE r.amount = 600 AND r.status = 'succeeded' AND p.status = 'partially_refunded'
               AND p.refunded_amount = 600`,
          );
          return row;
        },
        'the dashboard refund of 600 counts',
        20_000,
      );
    });

    it('finishes a refund whose answer was lost, without a second one', async () => {
      const { resource } = await claim('refund-hidden');
      const [id] = resource.split('/');
      await eventually(async () => (await payment(id!)).refunded === 1_700, 'the refund is settled', 20_000);
      const reply = await send<Schemas['RefundedPayment']>(
        `payments/${id}/refund`,
        staff,
        { reason: 'asked for', amount: 1_700 },
        'refund-hidden',
      );
      expect([reply.status, reply.body.data.refund.status]).toEqual([200, 'succeeded']);
      const { refunds } = await simulator.ledger();
      expect(refunds.filter(({ amount }) => amount === 1_700)).toHaveLength(1);
    });

    it('settles refunds that were pending: by Stripe’s events and by staff', async () => {
      const { resource } = await claim('refund-pending');
      const [id] = resource.split('/');
      const { transaction_id } = await one<{ transaction_id: string }>(
        `SELECT transaction_id FROM refunds WHERE payment_id = $1 AND status = 'pending'`,
        [id],
      );
      await simulator.sim(`refunds/${transaction_id}/settle`, { outcome: 'succeeded' });
      await eventually(async () => (await payment(id!)).refunded === 1_500, 'Stripe’s refund is settled', 20_000);

      const reserved = await one<{ id: number; payment_id: number }>(
        `SELECT id::int, payment_id::int FROM refunds WHERE payment_method = 'gcash' AND status = 'pending'`,
      );
      const settled = await send<Schemas['SettledRefund']>(
        `payments/${reserved.payment_id}/refunds/${reserved.id}/settle`,
        staff,
        {
          transaction_id: 'settled-after-the-upgrade',
        },
      );
      expect([settled.status, settled.body.data.payment.refunded_amount]).toEqual([200, 700]);
    });

    it('finishes what a killed API had begun, with the session that Stripe had made', async () => {
      const { sessions } = await simulator.ledger();
      const { consultation_id } = await one<{ consultation_id: number }>(
        `SELECT p.consultation_id::int FROM client_idempotency k JOIN payments p ON p.id::text = k.resource
         WHERE k.idempotency_key = 'running'`,
      );
      const reply = await eventually(async () => {
        const again = await create(consultation_id, 'stripe', 'running');
        return again.status === 201 && again;
      }, 'the key is answered');
      const ours = sessions.filter(({ metadata }) => metadata.purchaseId === String(reply.body.data.payment_id));
      expect(ours).toMatchObject([{ id: reply.body.data.checkout!.session_id }]);
    });

    it('completes and refunds a new payment', async () => {
      const made = await send<Schemas['MadeConsultation']>('consultations', staff, {
        patient_subject: 'fixture-patient',
        fee: FEE,
      });
      const reply = await create(made.body.data.consultation.id, 'stripe', 'after-the-upgrade');
      expect(reply.status).toBe(201);
      const { payment_id, checkout } = reply.body.data;
      await simulator.sim(`sessions/${checkout!.session_id}/pay`, { outcome: 'paid' });
      await eventually(async () => (await payment(payment_id)).status === 'completed', 'it is completed');
      const back = await send<Schemas['RefundedPayment']>(
        `payments/${payment_id}/refund`,
        staff,
        { reason: 'asked for' },
        'after-the-upgrade',
      );
      expect([back.status, back.body.data.payment.status]).toEqual([200, 'refunded']);
    });

    it('has booked every charge in Stripe that is ours, to the unit', async () => {
      const { charges } = await simulator.ledger();
      const received = charges
        .filter(({ status, amount }) => status === 'succeeded' && amount !== 777)
        .map(({ payment_intent, amount }) => `${payment_intent} ${amount}`);
      const booked = await fixture.database.query<{ charge: string }>(
        `SELECT transaction_id || ' ' || amount_received AS charge FROM charges WHERE payment_method = 'stripe'`,
      );
      expect(booked.map(({ charge }) => charge).sort()).toEqual(received.sort());
    });
  });
});
