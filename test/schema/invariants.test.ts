import type { PaymentStatus } from '../../libs/payments/src/ledger/payment.js';
import { mayBecome, DOCUMENT_STATES } from '../../libs/payments/src/ledger/payment-states.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { insertPayment } from '../support/rows.js';
import { TRANSFER_ATTEMPTS } from './transfer-attempts.js';
import { allocate, charge, complete, makeTransferScene, type TransferScene } from './transfer-scene.js';

const STATES = Object.keys(DOCUMENT_STATES) as PaymentStatus[];
const LIVE = ['pending', 'completed', 'partially_refunded'];

/** What one attempt works on: payments of different users, so that only the guard in question refuses it. */
interface Scene {
  /** Transfers and the payments they paid, of other users. */
  readonly transfers: TransferScene;
  readonly user: number;
  readonly consultation: number;
  /** Paid, 5000, nothing returned. */
  readonly paid: number;
  readonly charge: number;
  /** Another, paid as well. */
  readonly other: number;
  readonly otherCharge: number;
  /** One unit of 5000 returned. */
  readonly partly: number;
  readonly partlyRefund: number;
  readonly partlyCharge: number;
  readonly pending: number;
  readonly expired: number;
  /** Of `paid`, 1000 reserved and not settled. */
  readonly reserved: number;
}

type Attempt = [guard: string, what: string, sql: (scene: Scene) => string];

/**
 * What must never happen, in the order in which the design names it; what of Postgres holds it; and an attempt that has
 * nothing but SQL. `guard` is the name Postgres gives as the one that refused.
 */
const ATTEMPTS: Record<string, Attempt[]> = {
  '1. two live payments for one thing': [
    [
      'payments_one_live_per_consultation',
      'a second payment beside a completed one',
      (s) => `INSERT INTO payments (user_id, consultation_id, amount, currency, payment_method)
              SELECT user_id, consultation_id, amount, currency, payment_method FROM payments WHERE id = ${s.paid}`,
    ],
    [
      'payments_one_live_per_consultation',
      'an expired payment completed while another has its place',
      (s) => `WITH again AS (INSERT INTO payments (user_id, consultation_id, amount, currency, payment_method)
              SELECT user_id, consultation_id, amount, currency, payment_method FROM payments WHERE id = ${s.expired} RETURNING 1)
              UPDATE payments SET status = 'completed', completed_at = now() FROM again WHERE id = ${s.expired}`,
    ],
    [
      'payments_one_pending_per_user_and_product',
      'two pending orders of one product',
      (s) => `INSERT INTO payments (user_id, product_id, amount, currency, payment_method)
              SELECT ${s.user}, 'plan', 100, 'idr', 'stripe' FROM generate_series(1, 2)`,
    ],
    [
      'payments_for_one_thing',
      'a payment for nothing',
      (s) => `INSERT INTO payments (user_id, amount, currency, payment_method) VALUES (${s.user}, 1, 'idr', 'gcash')`,
    ],
    [
      'payments_keep_their_terms',
      'a payment moved to another consultation',
      (s) => `UPDATE payments SET consultation_id = ${s.consultation} WHERE id = ${s.paid}`,
    ],
  ],
  '2. money that nothing accounts for': [
    [
      'payments_paid_in_full',
      'completed, papers and all, without money',
      (s) => `WITH p AS (UPDATE payments SET status = 'completed', completed_at = now() WHERE id = ${s.pending}),
              i AS (UPDATE invoices SET status = 'paid', paid_at = now() WHERE payment_id = ${s.pending})
              UPDATE tax_records SET status = 'due' WHERE payment_id = ${s.pending}`,
    ],
    [
      'payments_paid_in_full',
      'money accepted for a payment that stays pending',
      (s) => charge(s.transfers.unmatched, s.pending, 5_000) + allocate(s.transfers.unmatched, 5_000),
    ],
    [
      'payments_paid_in_full',
      'completed by one unit less than its amount',
      (s) =>
        charge(s.transfers.unmatched, s.pending, 4_999) + allocate(s.transfers.unmatched, 4_999) + complete(s.pending),
    ],
    [
      'payments_paid_in_full',
      'completed by one unit more than its amount',
      (s) => charge(s.transfers.large, s.pending, 5_001) + allocate(s.transfers.large, 5_001) + complete(s.pending),
    ],
    [
      'payments_paid_in_full',
      'a payment paid twice',
      (s) => charge(s.transfers.unmatched, s.paid, 5_000) + allocate(s.transfers.unmatched, 5_000),
    ],
    [
      'charges_accepted_for_a_payment',
      'money accepted for nothing',
      (s) => charge(s.transfers.unmatched, null, 5_000) + allocate(s.transfers.unmatched, 5_000),
    ],
    [
      'charges_keep_their_payment',
      'money moved to another payment, which is completed by it',
      (s) => `WITH c AS (UPDATE charges SET payment_id = ${s.pending} WHERE id = ${s.charge}),
              p AS (UPDATE payments SET status = 'completed', completed_at = now() WHERE id = ${s.pending}),
              i AS (UPDATE invoices SET status = 'paid', paid_at = now() WHERE payment_id = ${s.pending})
              UPDATE tax_records SET status = 'due' WHERE payment_id = ${s.pending}`,
    ],
    [
      'charges_keep_their_payment',
      'money let go of by its payment, and called somebody else’s',
      (s) => `UPDATE charges SET payment_id = NULL, disposition = 'foreign' WHERE id = ${s.charge}`,
    ],
    [
      'charges_keep_their_disposition',
      'money that paid, called quarantined',
      (s) => `UPDATE charges SET disposition = 'quarantined' WHERE id = ${s.charge}`,
    ],
    [
      'charges_foreign_never_refunded',
      'somebody else’s money on its way to us all',
      () => `INSERT INTO charges (payment_method, transaction_id, amount_received, amount_reserved, currency, disposition)
             VALUES ('stripe', 'pi_foreign', 5000, 5000, 'idr', 'foreign')`,
    ],
    [
      'charges_keep_their_terms',
      'more money than had arrived',
      (s) => `UPDATE charges SET amount_received = 50000 WHERE id = ${s.charge}`,
    ],
    [
      'charges_receipt_due_without_one',
      'a receipt that is here, and asked for',
      (s) => `UPDATE charges SET receipt_url = 'https://bank.example/1', receipt_due_at = now() WHERE id = ${s.charge}`,
    ],
    ['charges_are_kept', 'money forgotten', (s) => `DELETE FROM charges WHERE id = ${s.otherCharge}`],
    ['payments_are_kept', 'a payment forgotten', (s) => `DELETE FROM payments WHERE id = ${s.pending}`],
    ['payments_are_kept', 'everything forgotten', () => 'TRUNCATE payments CASCADE'],
  ],
  '3. more given back than arrived; one transaction for two': [
    [
      'charges_returned_within_received',
      'reserved and returned together above what arrived',
      (s) => `UPDATE charges SET amount_reserved = 5000 WHERE id = ${s.partlyCharge}`,
    ],
    [
      'charges_sums_match_refunds',
      'a refund that its charge does not know of',
      (s) => `INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, reason)
              VALUES (${s.charge}, ${s.paid}, 'bank_transfer', 4000, 'idr', 'unknown')`,
    ],
    [
      'charges_sums_match_refunds',
      'a reservation freed while its refund is in flight',
      (s) => `UPDATE charges SET amount_reserved = 0 WHERE id = ${s.charge}`,
    ],
    [
      'refunds_are_kept',
      'a refund in flight removed to make room',
      (s) => `DELETE FROM refunds WHERE id = ${s.reserved}`,
    ],
    [
      'refunds_are_kept',
      'a refund removed together with its sum',
      (s) =>
        `WITH c AS (UPDATE charges SET amount_reserved = 0 WHERE id = ${s.charge}) DELETE FROM refunds WHERE id = ${s.reserved}`,
    ],
    ['refunds_are_kept', 'all refunds removed', () => 'TRUNCATE refunds CASCADE'],
    [
      'refunds_keep_their_terms',
      'a refund moved to another charge, sums and all',
      (s) => `WITH a AS (UPDATE charges SET amount_reserved = 0 WHERE id = ${s.charge}),
              b AS (UPDATE charges SET amount_reserved = 1000 WHERE id = ${s.otherCharge})
              UPDATE refunds SET charge_id = ${s.otherCharge}, payment_id = ${s.other} WHERE id = ${s.reserved}`,
    ],
    [
      'refunds_keep_their_terms',
      'a refund made smaller',
      (s) => `UPDATE refunds SET amount = 1 WHERE id = ${s.reserved}`,
    ],
    [
      'refunds_of_their_charges_payment',
      'one payment’s money given back as another’s',
      (s) => `WITH c AS (UPDATE charges SET amount_reserved = 1 WHERE id = ${s.otherCharge})
              INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, reason)
              VALUES (${s.otherCharge}, ${s.partly}, 'bank_transfer', 1, 'idr', 'astray')`,
    ],
    [
      'refunds_charge_fkey',
      'given back in another currency',
      (s) => `INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, reason)
              VALUES (${s.charge}, ${s.paid}, 'bank_transfer', 1, 'usd', 'dollars')`,
    ],
    [
      'refunds_transaction_unique',
      'one bank reference for two refunds, in the other case',
      (s) => `WITH c AS (UPDATE charges SET amount_reserved = 1 WHERE id = ${s.otherCharge})
              INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, reason, transaction_id)
              SELECT ${s.otherCharge}, ${s.other}, 'bank_transfer', 1, 'idr', 'again', upper(transaction_id)
              FROM refunds WHERE id = ${s.partlyRefund}`,
    ],
    [
      'refunds_one_automatic_per_charge',
      'one charge returned by itself twice',
      (s) => `WITH c AS (UPDATE charges SET amount_reserved = 2 WHERE id = ${s.otherCharge})
              INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, reason, automatic)
              SELECT ${s.otherCharge}, ${s.other}, 'bank_transfer', 1, 'idr', 'late', true FROM generate_series(1, 2)`,
    ],
    [
      'refunds_succeeded_with_reference',
      'paid back by nothing',
      (s) => `UPDATE refunds SET status = 'succeeded', settled_at = now() WHERE id = ${s.reserved}`,
    ],
    [
      'refunds_keep_their_reference',
      'another reference for what was paid back',
      (s) => `UPDATE refunds SET transaction_id = 'another' WHERE id = ${s.partlyRefund}`,
    ],
    [
      'transfers_transaction_unique',
      'one transfer for two payments, in the other case',
      (
        s,
      ) => `WITH t AS (INSERT INTO transfers (payment_method, transaction_id, amount, amount_allocated, currency, received_at)
                SELECT payment_method, upper(transaction_id), 5000, 5000, 'idr', now() FROM charges WHERE id = ${s.charge} RETURNING *)
              INSERT INTO charges (payment_method, transaction_id, transfer_id, payment_id, amount_received, currency)
              SELECT payment_method, transaction_id, id, ${s.pending}, 5000, 'idr' FROM t;
              ${complete(s.pending)}`,
    ],
    [
      'payments_refunded_within_amount',
      'more refunded than paid',
      (s) => `UPDATE payments SET status = 'refunded', refunded_amount = 5001 WHERE id = ${s.paid}`,
    ],
    [
      'credit_notes_match_disputes',
      'refunded, papers and all, with nothing given back',
      (s) => `WITH p AS (UPDATE payments SET status = 'refunded', refunded_amount = 5000 WHERE id = ${s.other}),
              i AS (UPDATE invoices SET status = 'refunded', credited_amount = 5000 WHERE payment_id = ${s.other}),
              t AS (UPDATE tax_records SET status = 'credited', credited_base_amount = 5000 WHERE payment_id = ${s.other}),
              d AS (INSERT INTO disputes (dispute_id, charge_id, payment_id, amount, currency, stripe_status, state, opened_at)
                    SELECT 'du_nothing', id, payment_id, 5000, 'idr', 'won', 'won', now() FROM charges WHERE payment_id = ${s.other} RETURNING id)
              INSERT INTO credit_notes (credit_number, invoice_id, dispute_id, kind, amount, base_amount, tax_amount)
              SELECT 'CN-nothing', i.id, d.id, 'credit', 5000, 5000, 0 FROM invoices i, d WHERE payment_id = ${s.other}`,
    ],
  ],
  '4. a state that goes backwards': [
    [
      'refunds_go_forward',
      'a refund that was paid back made pending again',
      (s) => `UPDATE refunds SET status = 'pending', settled_at = NULL WHERE id = ${s.partlyRefund}`,
    ],
    [
      'payments_go_forward',
      'fewer refunds in the sum, and still fully refunded before',
      (s) => `UPDATE payments SET status = 'pending', refunded_amount = 0 WHERE id = ${s.partly}`,
    ],
    [
      'payments_completed_when_paid',
      'completed at no time',
      (s) => `UPDATE payments SET status = 'completed' WHERE id = ${s.pending}`,
    ],
    [
      'payments_status_says_what_was_refunded',
      'refunded, and nothing was',
      (s) => `UPDATE payments SET status = 'refunded' WHERE id = ${s.paid}`,
    ],
    [
      'payments_processing_while_pending',
      'on its way, and here',
      (s) => `UPDATE payments SET processing = true WHERE id = ${s.paid}`,
    ],
  ],
  '6. two objects for one intent': [
    [
      'payments_ref_unique',
      'two payments of one ref',
      (s) => `INSERT INTO payments (ref, user_id, consultation_id, amount, currency, payment_method)
              SELECT ref, user_id, ${s.consultation}, amount, currency, payment_method FROM payments WHERE id = ${s.paid}`,
    ],
    [
      'payments_keep_their_terms',
      'another ref for a payment',
      (s) => `UPDATE payments SET ref = gen_random_uuid() WHERE id = ${s.paid}`,
    ],
    [
      'refunds_ref_unique',
      'two refunds of one ref',
      (s) => `INSERT INTO refunds (ref, charge_id, payment_id, payment_method, amount, currency, reason)
              SELECT ref, charge_id, payment_id, payment_method, 1, currency, reason FROM refunds WHERE id = ${s.reserved}`,
    ],
  ],
  '8. a client’s word, or a forger’s, taken for money': [
    [
      'payments_keep_their_terms',
      'a smaller amount for the same payment',
      (s) => `UPDATE payments SET amount = 1 WHERE id = ${s.pending}`,
    ],
    ['payments_amount_positive', 'a payment of nothing', (s) => insertPending(s, { amount: '0' })],
    ['payments_currency_code', 'a currency that is none', (s) => insertPending(s, { currency: `'IDR'` })],
    ['payments_papers_follow', 'a payment without papers', (s) => insertPending(s, {})],
    [
      'payments_papers_follow',
      'an invoice that says paid alone',
      (s) => `UPDATE invoices SET status = 'paid' WHERE payment_id = ${s.pending}`,
    ],
    [
      'payments_papers_follow',
      'a tax record that says void alone',
      (s) => `UPDATE tax_records SET status = 'void' WHERE payment_id = ${s.paid}`,
    ],
    [
      'payments_papers_follow',
      'an invoice credited alone',
      (s) => `UPDATE invoices SET credited_amount = 2 WHERE payment_id = ${s.partly}`,
    ],
    [
      'credit_notes_for_one_thing',
      'a credit note of nothing',
      (s) => `INSERT INTO credit_notes (credit_number, invoice_id, kind, amount, base_amount, tax_amount)
              SELECT 'CN-alone', id, 'credit', 7, 7, 0 FROM invoices WHERE payment_id = ${s.paid}`,
    ],
    [
      'credit_notes_match_disputes',
      'a credit note for a dispute that was won',
      (
        s,
      ) => `WITH d AS (INSERT INTO disputes (dispute_id, charge_id, payment_id, amount, currency, stripe_status, state, opened_at)
                    SELECT 'du_won', id, payment_id, 7, 'idr', 'won', 'won', now() FROM charges WHERE payment_id = ${s.paid} RETURNING id)
              INSERT INTO credit_notes (credit_number, invoice_id, dispute_id, kind, amount, base_amount, tax_amount)
              SELECT 'CN-won', i.id, d.id, 'credit', 7, 7, 0 FROM invoices i, d WHERE payment_id = ${s.paid}`,
    ],
    [
      'charges_sums_match_refunds',
      'a lost dispute that counts for nothing on its charge',
      (
        s,
      ) => `INSERT INTO disputes (dispute_id, charge_id, payment_id, amount, lost_amount, counted_amount, currency, stripe_status, state, opened_at)
              SELECT 'du_lost', id, payment_id, 7, 7, 7, 'idr', 'lost', 'lost', now() FROM charges WHERE payment_id = ${s.paid}`,
    ],
    [
      'disputes_counted_within_loss',
      'a dispute counted for more than its balance transactions took',
      (
        s,
      ) => `INSERT INTO disputes (dispute_id, charge_id, payment_id, amount, lost_amount, counted_amount, currency, stripe_status, state, opened_at)
              SELECT 'du_more', id, payment_id, 7, 6, 7, 'idr', 'lost', 'lost', now() FROM charges WHERE payment_id = ${s.paid}`,
    ],
    [
      'disputes_counted_within_loss',
      'a dispute that was won, and counts',
      (
        s,
      ) => `INSERT INTO disputes (dispute_id, charge_id, payment_id, amount, lost_amount, counted_amount, currency, stripe_status, state, opened_at)
              SELECT 'du_won', id, payment_id, 7, 7, 7, 'idr', 'won', 'won', now() FROM charges WHERE payment_id = ${s.paid}`,
    ],
    [
      'disputes_go_forward',
      'a dispute that becomes an inquiry again',
      (s) => `DO $$ BEGIN
        INSERT INTO disputes (dispute_id, charge_id, payment_id, amount, currency, stripe_status, state, opened_at)
          SELECT 'du_back', id, payment_id, 7, 'idr', 'needs_response', 'open', now() FROM charges WHERE payment_id = ${s.paid};
        UPDATE disputes SET state = 'inquiry', stripe_status = 'warning_closed' WHERE dispute_id = 'du_back';
      END $$`,
    ],
    [
      'disputes_keep_their_charge',
      'a dispute that moves to another payment’s money',
      (s) => `DO $$ BEGIN
        INSERT INTO disputes (dispute_id, charge_id, payment_id, amount, currency, stripe_status, state, opened_at)
          SELECT 'du_moved', id, payment_id, 7, 'idr', 'needs_response', 'open', now() FROM charges WHERE payment_id = ${s.paid};
        UPDATE disputes SET (charge_id, payment_id) = (SELECT id, payment_id FROM charges WHERE payment_id = ${s.other})
          WHERE dispute_id = 'du_moved';
      END $$`,
    ],
    [
      'charges_keep_their_terms',
      'quarantined money that grows without being accepted',
      (s) => `DO $$ BEGIN
        INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
          VALUES ('stripe', 'pi_grows', ${s.pending}, 7, 'idr', 'quarantined');
        UPDATE charges SET amount_received = 8 WHERE transaction_id = 'pi_grows';
      END $$`,
    ],
    [
      'payments_paid_in_full',
      'quarantined money accepted for a payment that does not become paid',
      (s) => `DO $$ BEGIN
        INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
          VALUES ('stripe', 'pi_accepted', ${s.pending}, 7, 'idr', 'quarantined');
        UPDATE charges SET amount_received = 5000, disposition = 'accepted' WHERE transaction_id = 'pi_accepted';
      END $$`,
    ],
    [
      'charges_keep_their_disposition',
      'money settled elsewhere that is quarantined again',
      (s) => `DO $$ BEGIN
        INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
          VALUES ('stripe', 'pi_settled', ${s.pending}, 7, 'idr', 'settled_elsewhere');
        UPDATE charges SET disposition = 'quarantined' WHERE transaction_id = 'pi_settled';
      END $$`,
    ],
    [
      'credit_notes_match_refunds',
      'a credit note on another payment’s invoice',
      (s) => `INSERT INTO credit_notes (credit_number, invoice_id, refund_id, kind, amount, base_amount, tax_amount)
              SELECT 'CN-astray', id, ${s.reserved}, 'credit', 1000, 1000, 0 FROM invoices WHERE payment_id = ${s.other}`,
    ],
    [
      'credit_notes_once_per_refund',
      'two credit notes for one refund',
      (s) => `INSERT INTO credit_notes (credit_number, invoice_id, refund_id, kind, amount, base_amount, tax_amount)
              SELECT 'CN-twice', invoice_id, refund_id, kind, amount, base_amount, tax_amount FROM credit_notes WHERE refund_id = ${s.partlyRefund}`,
    ],
    [
      'credit_notes_exact',
      'a credit note that does not add up',
      (s) => `INSERT INTO credit_notes (credit_number, invoice_id, kind, amount, base_amount, tax_amount)
              SELECT 'CN-off', id, 'credit', 7, 7, 1 FROM invoices WHERE payment_id = ${s.paid}`,
    ],
    [
      'tax_records_exact',
      'a tax record that does not add up',
      (s) => `INSERT INTO tax_records (payment_id, invoice_id, amount, base_amount, tax_amount, rate_basis_points)
              SELECT payment_id, id, amount, amount, 1, 1100 FROM invoices WHERE payment_id = ${s.paid}`,
    ],
    [
      'tax_records_keep_their_terms',
      'the tax moved into the base, and still exact',
      (s) =>
        `UPDATE tax_records SET base_amount = base_amount - 1, tax_amount = tax_amount + 1 WHERE payment_id = ${s.paid}`,
    ],
    [
      'invoices_keep_their_terms',
      'another number on an invoice',
      (s) => `UPDATE invoices SET invoice_number = 'INV-19990101000000-000001' WHERE payment_id = ${s.paid}`,
    ],
    ['invoices_are_kept', 'an invoice removed', (s) => `DELETE FROM invoices WHERE payment_id = ${s.paid}`],
    ['tax_records_are_kept', 'a tax record removed', (s) => `DELETE FROM tax_records WHERE payment_id = ${s.paid}`],
  ],
  '9. an answer replayed to another': [
    [
      'client_idempotency_key',
      'one key claimed twice',
      () => `INSERT INTO client_idempotency (caller, method, route, idempotency_key, fingerprint, owner, lease_expires_at, expires_at)
             SELECT 'user:1', 'POST', '/x', 'k', 'f', gen_random_uuid(), now(), now() FROM generate_series(1, 2)`,
    ],
    [
      'client_idempotency_answer',
      'finished without an answer',
      () => `INSERT INTO client_idempotency (caller, method, route, idempotency_key, fingerprint, owner, lease_expires_at, expires_at, finished_at)
             VALUES ('user:2', 'POST', '/x', 'k', 'f', gen_random_uuid(), now(), now(), now())`,
    ],
    [
      'client_idempotency_keeps_its_answer',
      'an answer given to somebody else',
      () => `UPDATE client_idempotency SET caller = 'user:666' WHERE caller = 'user:0'`,
    ],
    [
      'client_idempotency_keeps_its_answer',
      'another answer under a finished key',
      () => `UPDATE client_idempotency SET response_body = '{"paid":true}' WHERE caller = 'user:0'`,
    ],
    [
      'concurrency_locks_pkey',
      'one lock with two owners',
      () => `INSERT INTO concurrency_locks (lock_key, owner, expires_at)
             SELECT 'purchase:complete:1', gen_random_uuid(), now() + interval '5 s' FROM generate_series(1, 2)`,
    ],
  ],
};

function insertPending(s: Scene, change: Record<string, string>): string {
  const row = { user_id: s.user, consultation_id: s.consultation, amount: '5000', currency: `'idr'`, ...change };
  return `INSERT INTO payments (${Object.keys(row).join(', ')}, payment_method) VALUES (${Object.values(row).join(', ')}, 'gcash')`;
}

const ALL_ATTEMPTS: Record<string, Attempt[]> = {
  ...ATTEMPTS,
  ...Object.fromEntries(
    Object.entries(TRANSFER_ATTEMPTS).map(([title, attempts]) => [
      title,
      attempts.map(([guard, what, sql]): Attempt => [guard, what, (scene) => sql(scene.transfers)]),
    ]),
  ),
};

describe('what must never happen, attempted by SQL alone', () => {
  let database: TestDatabase;
  let patient: Person;
  let scene: Scene;

  beforeAll(async () => {
    database = await createDatabase();
    patient = await createPerson(database);
    const make = async (status: string) =>
      insertPayment(database, {
        user_id: patient.id,
        consultation_id: await createConsultation(database, patient),
        status,
      });
    const [paid, other, partly, pending, expired] = [
      await make('completed'),
      await make('completed'),
      await make('partially_refunded'),
      await make('pending'),
      await make('expired'),
    ];
    const idOf = async (sql: string, payment: number) =>
      Number((await database.query<{ id: string }>(sql, [payment]))[0]!.id);
    const chargeOf = (payment: number) => idOf('SELECT id FROM charges WHERE payment_id = $1', payment);
    const reserved = await idOf(
      `WITH c AS (UPDATE charges SET amount_reserved = 1000 WHERE payment_id = $1 RETURNING *)
       INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, reason)
       SELECT id, payment_id, payment_method, 1000, currency, 'in flight' FROM c RETURNING id`,
      paid,
    );
    await database.query(`INSERT INTO products (id, name, price, currency) VALUES ('plan', 'Plan', 100, 'idr')`);
    await database.query(
      `INSERT INTO client_idempotency (caller, method, route, idempotency_key, fingerprint, owner, lease_expires_at,
         expires_at, finished_at, response_status, response_body)
       VALUES ('user:0', 'POST', '/x', 'k', 'f', gen_random_uuid(), now(), now() + interval '1 day', now(), 200, '{}')`,
    );
    await database.query(`INSERT INTO audit_log (action, payment_id) VALUES ('payment.created', $1)`, [paid]);
    scene = {
      transfers: await makeTransferScene(database),
      user: patient.id,
      consultation: await createConsultation(database, patient),
      paid,
      charge: await chargeOf(paid),
      other,
      otherCharge: await chargeOf(other),
      partly,
      partlyCharge: await chargeOf(partly),
      partlyRefund: await idOf('SELECT id FROM refunds WHERE payment_id = $1', partly),
      pending,
      expired,
      reserved,
    };
  });

  afterAll(() => database.drop());

  /** Every row about money, as one text: what no attempt may change. */
  async function ledger(): Promise<string> {
    const tables = [
      'payments',
      'invoices',
      'tax_records',
      'transfers',
      'charges',
      'refunds',
      'refund_parts',
      'credit_notes',
      'audit_log',
      'client_idempotency',
    ];
    const texts = await Promise.all(
      tables.map((table) => database.query(`SELECT t::text AS row FROM ${table} t ORDER BY 1`)),
    );
    return JSON.stringify(texts);
  }

  /** The name of the constraint that refuses, at the statement or at the commit. */
  const refusedBy = (sql: string) =>
    database.query(sql).then(
      () => 'nobody',
      (error: { constraint?: string; message: string }) => error.constraint ?? error.message,
    );

  describe.each(Object.entries(ALL_ATTEMPTS))('%s', (_, attempts) => {
    it.each(attempts)('%s refuses %s', async (guard, _what, sql) => {
      const before = await ledger();
      expect(await refusedBy(sql(scene))).toBe(guard);
      expect(await ledger()).toBe(before);
    });
  });

  describe('1. in every pair of states', () => {
    it.each(LIVE.flatMap((first) => LIVE.map((second) => [first, second])))(
      'payments_one_live_per_consultation refuses %s and %s for one consultation',
      async (first, second) => {
        const consultation_id = await createConsultation(database, patient);
        await insertPayment(database, { user_id: patient.id, consultation_id, status: first });
        await expect(
          insertPayment(database, { user_id: patient.id, consultation_id, status: second }),
        ).rejects.toMatchObject({ constraint: 'payments_one_live_per_consultation' });
      },
    );
  });

  describe('4. and 6. in every pair of states', () => {
    // What the payment would have to say about its refunds, so that the state alone is what is refused.
    const refunded = (status: string) => (status === 'refunded' ? 5_000 : status === 'partially_refunded' ? 1 : 0);
    /** The one backward transition, a refund that failed after it had succeeded: only with a smaller refunded sum. */
    const failedAfterAll = (from: string, to: string) =>
      ['partially_refunded', 'refunded'].includes(from) &&
      ['completed', 'partially_refunded'].includes(to) &&
      refunded(to) < refunded(from);

    it.each(STATES.flatMap((from) => STATES.filter((to) => to !== from).map((to) => [from, to] as const)))(
      'Postgres lets %s become %s exactly when the program does, or when a refund failed after it had succeeded',
      async (from, to) => {
        const consultation_id = await createConsultation(database, patient);
        const id = await insertPayment(database, { user_id: patient.id, consultation_id, status: from });
        const client = await database.connect();
        await client.query('BEGIN');
        const outcome = await client
          .query(
            `UPDATE payments SET status = $2, refunded_amount = $3, completed_at = coalesce(completed_at, now()) WHERE id = $1`,
            [id, to, refunded(to)],
          )
          .then(
            () => 'allowed',
            (error: { constraint?: string }) => error.constraint,
          );
        await client.query('ROLLBACK');
        await client.end();
        expect(outcome).toBe(mayBecome(from, to) || failedAfterAll(from, to) ? 'allowed' : 'payments_go_forward');
      },
    );

    const REFUND_STATES = ['pending', 'succeeded', 'failed', 'cancelled'];
    it.each(
      REFUND_STATES.flatMap((from) => REFUND_STATES.filter((to) => to !== from).map((to) => [from, to] as const)),
    )('a %s refund becomes %s only from pending, or when it failed after it had succeeded', async (from, to) => {
      const client = await database.connect();
      await client.query('BEGIN');
      const { rows } = await client.query(
        `INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, reason, status, settled_at, transaction_id)
           VALUES ($1, $2, 'bank_transfer', 1, 'idr', 'test', $3, CASE WHEN $3 <> 'pending' THEN now() END, 'any') RETURNING id`,
        [scene.otherCharge, scene.other, from],
      );
      const outcome = await client
        .query(`UPDATE refunds SET status = $2, settled_at = CASE WHEN $2 <> 'pending' THEN now() END WHERE id = $1`, [
          rows[0].id,
          to,
        ])
        .then(
          () => 'allowed',
          (error: { constraint?: string }) => error.constraint,
        );
      await client.query('ROLLBACK');
      await client.end();
      const allowed = from === 'pending' || (from === 'succeeded' && to === 'failed');
      expect(outcome).toBe(allowed ? 'allowed' : 'refunds_go_forward');
    });
  });

  describe('10. the memory changed', () => {
    it.each(['audit_log', 'credit_notes'])('%s accepts inserts, and no update, delete or truncate', async (table) => {
      const before = await ledger();
      const column = table === 'audit_log' ? `action = 'a.b'` : 'amount = amount + 1';
      for (const attempt of [`UPDATE ${table} SET ${column}`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
        expect(await refusedBy(attempt)).toMatch(/is append-only/);
      }
      expect(await ledger()).toBe(before);
    });
  });

  describe('attempts to bypass the guards', () => {
    /** In one session: first what should bypass the guard, then the attempt. */
    async function inSession(...statements: string[]): Promise<string> {
      const client = await database.connect();
      try {
        for (const statement of statements) await client.query(statement);
        return 'nobody';
      } catch (error) {
        return (error as { constraint?: string }).constraint ?? (error as Error).message;
      } finally {
        await client.end();
      }
    }

    it('session_replication_role = replica disables none of our triggers', async () => {
      // Foreign keys are triggers of Postgres' own and do not fire here; all of ours must.
      const ours = (guard: string) =>
        /_(are_kept|go_forward|keep_their_\w+|keeps_its_answer|match_refunds|match_charges|match_their_parts|paid_in_full|papers_follow|charges_payment|by_their_refunds)$/.test(
          guard,
        );
      const tried = Object.values(ALL_ATTEMPTS)
        .flat()
        .filter(([guard]) => ours(guard));
      expect(tried.length).toBeGreaterThan(80);
      const before = await ledger();
      const outcomes: string[][] = [];
      for (const [, what, sql] of tried)
        outcomes.push([what, await inSession('SET session_replication_role = replica', sql(scene))]);
      expect(outcomes).toEqual(tried.map(([guard, what]) => [what, guard]));
      expect(await ledger()).toBe(before);
    });

    it('every trigger of ours is ENABLE ALWAYS', async () => {
      const asleep = await database.query(
        `SELECT tgrelid::regclass || '.' || tgname AS trigger FROM pg_trigger
         WHERE NOT tgisinternal AND tgenabled <> 'A' AND tgrelid::regclass::text NOT LIKE 'pg_%'`,
      );
      expect(asleep).toEqual([]);
    });

    it('SET CONSTRAINTS can make a check run earlier, never skip it', async () => {
      const half = `UPDATE payments SET status = 'cancelled' WHERE id = ${scene.pending}`;
      for (const when of ['IMMEDIATE', 'DEFERRED'])
        expect(await inSession('BEGIN', `SET CONSTRAINTS ALL ${when}`, half, 'COMMIT')).toBe('payments_papers_follow');
      expect(await inSession('BEGIN', half, 'SET CONSTRAINTS ALL IMMEDIATE')).toBe('payments_papers_follow');
    });

    it('a temporary table named charges does not pay a payment', async () => {
      const { pending } = scene;
      const outcome = await inSession(
        'CREATE TEMP TABLE charges (LIKE public.charges)',
        `INSERT INTO charges (id, payment_method, transaction_id, payment_id, amount_received, amount_returned, currency,
           received_at, recorded_at, review_at, disposition, amount_reserved, read_fence, reviews)
         VALUES (1, 'bank_transfer', 'forged', ${pending}, 5000, 0, 'idr', now(), now(), now(), 'accepted', 0, 0, 0)`,
        'BEGIN',
        `UPDATE payments SET status = 'completed', completed_at = now() WHERE id = ${pending}`,
        `UPDATE invoices SET status = 'paid', paid_at = now() WHERE payment_id = ${pending}`,
        `UPDATE tax_records SET status = 'due' WHERE payment_id = ${pending}`,
        'COMMIT',
      );
      expect(outcome).toBe('payments_paid_in_full');
    });

    it.each([
      ['transfers', 'amount_allocated = 2000'],
      ['charges', 'amount_received = 5000'],
    ])('a temporary table named %s does not make the sums match', async (table, forged) => {
      const { partialTransfer, partialCharge } = scene.transfers;
      const outcome = await inSession(
        `CREATE TEMP TABLE ${table} AS TABLE public.${table}`,
        'BEGIN',
        `UPDATE public.transfers SET amount_allocated = 5000 WHERE id = ${partialTransfer}`,
        `UPDATE ${table} SET ${forged} WHERE transaction_id =
           (SELECT transaction_id FROM public.charges WHERE id = ${partialCharge})`,
        'COMMIT',
      );
      expect(outcome).toBe('transfers_sums_match_charges');
    });

    it('a temporary table named refund_parts does not give a refund its parts', async () => {
      const outcome = await inSession(
        'CREATE TEMP TABLE refund_parts (LIKE public.refund_parts)',
        'BEGIN',
        `INSERT INTO refunds (payment_id, payment_method, amount, currency, reason)
           VALUES (${scene.transfers.inParts}, 'bank_transfer', 500, 'idr', 'forged')`,
        `INSERT INTO refund_parts SELECT max(id), ${scene.transfers.partCharges[1]}, 500 FROM refunds`,
        'COMMIT',
      );
      expect(outcome).toBe('refunds_match_their_parts');
    });

    it('a function in another schema does not replace the check of a payment', async () => {
      const { pending } = scene;
      const outcome = await inSession(
        'CREATE SCHEMA forged',
        `CREATE FUNCTION forged.check_payment(bigint) RETURNS void LANGUAGE sql AS 'SELECT'`,
        'SET search_path = forged, public',
        'BEGIN',
        complete(pending),
        'COMMIT',
      );
      await database.query('DROP SCHEMA forged CASCADE');
      expect(outcome).toBe('payments_paid_in_full');
    });

    it('a refund split over two transactions is refused at the first commit', async () => {
      const { otherCharge } = scene;
      expect(
        await inSession('BEGIN', `UPDATE charges SET amount_reserved = 5000 WHERE id = ${otherCharge}`, 'COMMIT'),
      ).toBe('charges_sums_match_refunds');
    });

    it('INSERT … ON CONFLICT DO UPDATE and MERGE are checked like any other change', async () => {
      const { paid } = scene;
      expect(
        await refusedBy(
          `INSERT INTO payments SELECT * FROM payments WHERE id = ${paid} ON CONFLICT (id) DO UPDATE SET amount = 1`,
        ),
      ).toBe('payments_keep_their_terms');
      expect(
        await refusedBy(
          `MERGE INTO charges USING (SELECT 1) one ON charges.payment_id = ${paid} WHEN MATCHED THEN DELETE`,
        ),
      ).toBe('charges_are_kept');
    });
  });
});
