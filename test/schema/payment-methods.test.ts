import { parseConfig } from '#config';
import { migrate, PAYMENT_METHOD_TERMS } from '#database';
import { createDatabase, TEST_SECRET, type TestDatabase } from '../support/database.js';
import { createConsultation, createPerson } from '../support/people.js';

/** The name of the constraint that refused it; undefined: it was not refused. */
const refusedBy = (attempt: Promise<unknown>): Promise<string | undefined> =>
  attempt.then(
    () => undefined,
    (error: { constraint?: string }) => error.constraint,
  );

describe('the table payment_methods', () => {
  let database: TestDatabase;
  const sql = (text: string, values: unknown[] = []) => database.query<Record<string, unknown>>(text, values);

  beforeAll(async () => {
    database = await createDatabase();
    await sql(`INSERT INTO payment_methods (method, provider, confirmed_by, refunded_by)
               VALUES ('wallet', 'wallet', 'page', 'provider'), ('cash', 'till', 'staff', 'staff')`);
  });
  afterAll(() => database.drop());

  const charge = (payment_method: string, transaction_id: string, payment_id: number | null = null) =>
    sql(
      `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
       VALUES ($1, $2, $3, 5000, 'idr', 'quarantined') RETURNING id`,
      [payment_method, transaction_id, payment_id],
    );
  const transfer = (payment_method: string, transaction_id: string) =>
    sql(
      `INSERT INTO transfers (payment_method, transaction_id, amount, currency, received_at)
       VALUES ($1, $2, 5000, 'idr', now())`,
      [payment_method, transaction_id],
    );

  it('migrate writes the program’s methods, and may run again', async () => {
    await migrate(parseConfig({ DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET }));
    const rows = await sql('SELECT * FROM payment_methods ORDER BY method');
    expect(rows).toEqual(expect.arrayContaining([...PAYMENT_METHOD_TERMS]));
    expect(rows).toHaveLength(PAYMENT_METHOD_TERMS.length + 2);
  });

  it('a method’s meaning cannot be changed, nor a method deleted', async () => {
    const attempts = [
      `UPDATE payment_methods SET confirmed_by = 'page' WHERE method = 'cash'`,
      `UPDATE payment_methods SET method = 'coins' WHERE method = 'cash'`,
      `DELETE FROM payment_methods WHERE method = 'cash'`,
    ];
    for (const attempt of attempts) expect(await refusedBy(sql(attempt))).toBe('payment_methods_keep_their_terms');
    expect(
      await refusedBy(sql(`UPDATE payment_methods SET provider = 'drawer' WHERE method = 'cash'`)),
    ).toBeUndefined();
  });

  it('a charge or transfer of a method without a row is refused', async () => {
    expect(await refusedBy(charge('barter', 'goat-1'))).toBe('charges_method_fkey');
    expect(await refusedBy(transfer('barter', 'goat-1'))).toBe('transfers_method_fkey');
  });

  it('a charge needs a transfer exactly if staff confirm its method', async () => {
    expect(await refusedBy(charge('cash', 'till-1'))).toBe('charges_of_transfers');
    expect(await refusedBy(transfer('wallet', 'w-1'))).toBe('transfers_method');
    expect(await refusedBy(transfer('cash', 'till-1'))).toBeUndefined();
    expect(await refusedBy(charge('wallet', 'w-1'))).toBeUndefined();
  });

  it('a provider’s transaction is booked once; its ids are case-sensitive, a bank’s are not', async () => {
    await charge('wallet', 'w-once');
    expect(await refusedBy(charge('wallet', 'w-once'))).toBe('charges_provider_transaction_unique');
    expect(await refusedBy(charge('wallet', 'W-once'))).toBeUndefined();
    expect(await refusedBy(charge('stripe', 'w-once'))).toBeUndefined();
    await transfer('cash', 'till-once');
    expect(await refusedBy(transfer('cash', 'TILL-once'))).toBe('transfers_transaction_unique');
  });

  it('the check of a payment locks rows by its method: REPEATABLE READ is refused only where staff confirm', async () => {
    const patient = await createPerson(database);
    const client = await database.connect();
    try {
      for (const [method, refused] of [
        ['cash', true],
        ['wallet', false],
      ] as const) {
        const consultation_id = await createConsultation(database, patient);
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
        await client.query(
          `WITH p AS (INSERT INTO payments (user_id, consultation_id, amount, currency, payment_method)
                      VALUES ($1, $2, 5000, 'idr', $3) RETURNING id),
                i AS (INSERT INTO invoices (invoice_number, payment_id, amount, currency)
                      SELECT 'INV-20260101000000-' || lpad(id::text, 6, '0'), id, 5000, 'idr' FROM p RETURNING id, payment_id)
           INSERT INTO tax_records (payment_id, invoice_id, amount, base_amount, tax_amount, rate_basis_points)
           SELECT payment_id, id, 5000, 5000, 0, 0 FROM i`,
          [patient.id, consultation_id, method],
        );
        const by = await refusedBy(client.query('COMMIT'));
        expect(by).toBe(refused ? 'payments_written_in_read_committed' : undefined);
        await client.query('ROLLBACK');
      }
    } finally {
      await client.end();
    }
  });

  describe('refunds', () => {
    const refund = (charge_id: unknown, more = '') =>
      sql(
        `WITH c AS (UPDATE charges SET amount_reserved = amount_reserved + 1000 WHERE id = $1
                    RETURNING id, payment_id, payment_method, currency)
         INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, reason)
         SELECT id, payment_id, payment_method, 1000, currency, 'test' FROM c RETURNING id, made_by ${more}`,
        [charge_id],
      );
    const chargeOf = async (method: string, transaction: string) => (await charge(method, transaction))[0]!['id'];

    it('get made_by from their method, not from the insert', async () => {
      expect(await refund(await chargeOf('wallet', 'w-made'))).toMatchObject([{ made_by: 'provider' }]);
      expect(await refund(await chargeOf('stripe', 'pi_made'))).toMatchObject([{ made_by: 'provider' }]);
    });

    it('of a provider have the provider’s case-sensitive ids', async () => {
      const of = await chargeOf('wallet', 'w-back');
      const name = async (id: unknown, transaction_id: string) =>
        sql('UPDATE refunds SET transaction_id = $2 WHERE id = $1', [id, transaction_id]);
      const ids = [];
      for (let n = 0; n < 3; n++) ids.push((await refund(of))[0]!['id']);
      expect(await refusedBy(name(ids[0], 're_a'))).toBeUndefined();
      expect(await refusedBy(name(ids[1], 're_A'))).toBeUndefined();
      expect(await refusedBy(name(ids[2], 're_a'))).toBe('refunds_transaction_unique');
    });

    it('of kind unmatch need a transfer', async () => {
      const of = await chargeOf('wallet', 'w-undo');
      const undo = sql(
        `INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, reason, kind, status, settled_at)
         VALUES ($1, NULL, 'wallet', 1000, 'idr', 'test', 'unmatch', 'succeeded', now())`,
        [of],
      );
      expect(await refusedBy(undo)).toBe('refunds_unmatch_of_transfers');
    });

    it('of Stripe take over what an earlier version wrote only to stripe_refunds: withdrawn, or needing a decision', async () => {
      const of = await chargeOf('stripe', 'pi_earlier');
      const [made] = await refund(of);
      const id = made!['id'];
      const told = async () =>
        (await sql('SELECT needs_decision, withdrawn_at IS NOT NULL AS withdrawn FROM refunds WHERE id = $1', [id]))[0];
      await sql(`INSERT INTO stripe_refunds (refund_id, request, api_version) VALUES ($1, '{}', 'test')`, [id]);
      await sql(`UPDATE stripe_refunds SET conflicting_refunds = '{re_other}' WHERE refund_id = $1`, [id]);
      expect(await told()).toEqual({ needs_decision: true, withdrawn: false });
      await sql(
        `WITH k AS (UPDATE stripe_refunds SET state = 'withdrawn', conflicting_refunds = '{}' WHERE refund_id = $1)
         SELECT 1`,
        [id],
      );
      await sql(
        `WITH c AS (UPDATE charges SET amount_reserved = 0 WHERE id = $2)
         UPDATE refunds SET status = 'cancelled', settled_at = now() WHERE id = $1`,
        [id, of],
      );
      expect(await told()).toEqual({ needs_decision: false, withdrawn: true });
    });
  });
});
