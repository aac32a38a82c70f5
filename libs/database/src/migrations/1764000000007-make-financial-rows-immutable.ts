import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: the story once it is told. Each of these got through by SQL alone before (test/schema/invariants.test.ts).
 * - Rows about money are kept: no DELETE, no TRUNCATE makes room for a second refund (`…_are_kept`).
 * - Money stays with the payment it paid and keeps what became of it (`charges_keep_their_payment`,
 *   `charges_keep_their_disposition`); somebody else's money is never refunded (`charges_foreign_never_refunded`).
 * - A refund is of its charge's own payment, and its bank reference does not change.
 * - Papers keep their numbers and their tax; a credit note says what its refund says.
 * - A key stays its caller's, and a finished answer stays what it was.
 * - A temporary table named `charges` does not stand in for ours while a story is checked (search_path), and a session that
 *   plays a replica is checked as well (ENABLE ALWAYS).
 */
export class TheStoryCannotBeRewritten1764000000007 implements MigrationInterface {
  name = 'TheStoryCannotBeRewritten1764000000007';

  async up(run: QueryRunner): Promise<void> {
    await run.query(KEPT);
    await run.query(TERMS);
    await run.query(CREDITS);
    await run.query(KEYS);
    for (const [table, trigger] of ALWAYS) await run.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${trigger}`);
    for (const looks of LOOK_AT_TABLES) {
      await run.query(`DO $$ BEGIN
        EXECUTE format('ALTER FUNCTION ${looks} SET search_path = %I, pg_temp', current_schema());
      END $$`);
    }
  }

  async down(run: QueryRunner): Promise<void> {
    for (const looks of LOOK_AT_TABLES.slice(0, 2)) await run.query(`ALTER FUNCTION ${looks} RESET search_path`);
    for (const [table, trigger] of ALWAYS.slice(0, RELEASED))
      await run.query(`ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`);
    for (const table of MONEY)
      await run.query(
        `DROP TRIGGER ${table}_refuse_delete ON ${table}; DROP TRIGGER ${table}_refuse_truncate ON ${table}`,
      );
    await run.query(`
      DROP TRIGGER charges_keep_their_place ON charges;
      DROP TRIGGER invoices_keep_their_terms ON invoices;
      DROP TRIGGER tax_records_keep_their_terms ON tax_records;
      DROP TRIGGER refunds_keep_their_reference ON refunds;
      DROP TRIGGER refunds_of_their_charges_payment ON refunds;
      DROP TRIGGER credit_notes_match_refunds ON credit_notes;
      DROP TRIGGER client_idempotency_keeps_its_answer ON client_idempotency;
      DROP FUNCTION rows_are_kept, charge_keeps_its_place, invoice_keeps_its_terms, tax_record_keeps_its_terms,
        refund_keeps_its_reference, refund_is_of_its_charges_payment, credit_note_matches_refund, claim_keeps_its_answer;
      ALTER TABLE charges DROP CONSTRAINT charges_foreign_never_refunded;
    `);
  }
}

const MONEY = ['payments', 'invoices', 'tax_records', 'charges', 'refunds'];

/** Fire for a session that plays a replica, too. The first ones are older than this migration. */
const ALWAYS: readonly (readonly [table: string, trigger: string])[] = [
  ['payments', 'payments_go_forward'],
  ['payments', 'payments_are_whole'],
  ['charges', 'charges_keep_their_terms'],
  ['charges', 'charges_sums_match_refunds'],
  ['charges', 'charges_are_whole'],
  ['refunds', 'refunds_go_forward'],
  ['refunds', 'refunds_match_charge_sums'],
  ['invoices', 'invoices_are_whole'],
  ['tax_records', 'tax_records_are_whole'],
  ['credit_notes', 'credit_notes_refuse_change'],
  ['credit_notes', 'credit_notes_refuse_truncate'],
  ...MONEY.map((table) => [table, `${table}_refuse_delete`] as const),
  ...MONEY.map((table) => [table, `${table}_refuse_truncate`] as const),
  ['charges', 'charges_keep_their_place'],
  ['invoices', 'invoices_keep_their_terms'],
  ['tax_records', 'tax_records_keep_their_terms'],
  ['refunds', 'refunds_keep_their_reference'],
  ['refunds', 'refunds_of_their_charges_payment'],
  ['credit_notes', 'credit_notes_match_refunds'],
  ['client_idempotency', 'client_idempotency_keeps_its_answer'],
];
const RELEASED = 11;

/** Functions that read tables by their names; the first two are older than this migration. */
const LOOK_AT_TABLES = [
  'check_payment(bigint)',
  'charge_sums_match_refunds()',
  'refund_is_of_its_charges_payment()',
  'credit_note_matches_refund()',
];

const KEPT = `
  CREATE FUNCTION rows_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'rows of % are kept: % is refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'insufficient_privilege', CONSTRAINT = TG_TABLE_NAME || '_are_kept';
  END $$;
  ${MONEY.map(
    (table) => `
    CREATE TRIGGER ${table}_refuse_delete BEFORE DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
    CREATE TRIGGER ${table}_refuse_truncate BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept();`,
  ).join('')}`;

const TERMS = `
  ALTER TABLE charges ADD CONSTRAINT charges_foreign_never_refunded CHECK
    (disposition <> 'foreign' OR amount_returned + amount_reserved = 0);
  CREATE FUNCTION charge_keeps_its_place() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    -- Money whose payment is not known yet may find it; found, it stays.
    IF OLD.payment_id IS NOT NULL AND NEW.payment_id IS DISTINCT FROM OLD.payment_id THEN
      RAISE EXCEPTION 'charge % stays with payment %', OLD.id, OLD.payment_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'charges_keep_their_payment';
    END IF;
    -- Quarantined money waits for a decision; returning may fail, then staff decide. Everything else is decided.
    IF NEW.disposition <> OLD.disposition AND OLD.disposition <> 'quarantined'
       AND (OLD.disposition, NEW.disposition) <> ('returned', 'quarantined') THEN
      RAISE EXCEPTION 'charge % cannot become % from %', OLD.id, NEW.disposition, OLD.disposition
        USING ERRCODE = 'check_violation', CONSTRAINT = 'charges_keep_their_disposition';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER charges_keep_their_place BEFORE UPDATE ON charges FOR EACH ROW EXECUTE FUNCTION charge_keeps_its_place();

  CREATE FUNCTION invoice_keeps_its_terms() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.invoice_number, NEW.payment_id, NEW.amount, NEW.currency, NEW.created_at)
       IS DISTINCT FROM (OLD.invoice_number, OLD.payment_id, OLD.amount, OLD.currency, OLD.created_at) THEN
      RAISE EXCEPTION 'the terms of invoice % do not change', OLD.invoice_number
        USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_keep_their_terms';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER invoices_keep_their_terms BEFORE UPDATE ON invoices FOR EACH ROW EXECUTE FUNCTION invoice_keeps_its_terms();

  CREATE FUNCTION tax_record_keeps_its_terms() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.payment_id, NEW.invoice_id, NEW.amount, NEW.base_amount, NEW.tax_amount, NEW.rate_basis_points, NEW.created_at)
       IS DISTINCT FROM
       (OLD.payment_id, OLD.invoice_id, OLD.amount, OLD.base_amount, OLD.tax_amount, OLD.rate_basis_points, OLD.created_at) THEN
      RAISE EXCEPTION 'the terms of tax record % do not change', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tax_records_keep_their_terms';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER tax_records_keep_their_terms BEFORE UPDATE ON tax_records
    FOR EACH ROW EXECUTE FUNCTION tax_record_keeps_its_terms();

  CREATE FUNCTION refund_keeps_its_reference() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (OLD.transaction_id IS NOT NULL AND NEW.transaction_id IS DISTINCT FROM OLD.transaction_id)
       OR (NEW.reason, NEW.requested_by) IS DISTINCT FROM (OLD.reason, OLD.requested_by) THEN
      RAISE EXCEPTION 'who asked for refund %, why, and by what it was paid back do not change', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_keep_their_reference';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER refunds_keep_their_reference BEFORE UPDATE ON refunds
    FOR EACH ROW EXECUTE FUNCTION refund_keeps_its_reference();

  CREATE FUNCTION refund_is_of_its_charges_payment() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM charges WHERE id = NEW.charge_id AND payment_id IS NOT DISTINCT FROM NEW.payment_id) THEN
      RAISE EXCEPTION 'refund % is not of the payment its charge paid', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_of_their_charges_payment';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER refunds_of_their_charges_payment AFTER INSERT ON refunds
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refund_is_of_its_charges_payment()`;

const CREDITS = `
  CREATE FUNCTION credit_note_matches_refund() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    about bigint;
  BEGIN
    SELECT payment_id INTO about FROM invoices WHERE id = NEW.invoice_id;
    IF NEW.refund_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM refunds WHERE id = NEW.refund_id AND payment_id = about
        AND amount = CASE NEW.kind WHEN 'credit' THEN NEW.amount ELSE -NEW.amount END
        AND status = CASE NEW.kind WHEN 'credit' THEN 'succeeded' ELSE 'failed' END) THEN
      RAISE EXCEPTION 'credit note % does not say what refund % says', NEW.credit_number, NEW.refund_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_notes_match_refunds';
    END IF;
    PERFORM check_payment(about);
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER credit_notes_match_refunds AFTER INSERT ON credit_notes
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION credit_note_matches_refund()`;

const KEYS = `
  CREATE FUNCTION claim_keeps_its_answer() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.caller, NEW.method, NEW.route, NEW.idempotency_key)
       IS DISTINCT FROM (OLD.caller, OLD.method, OLD.route, OLD.idempotency_key)
       -- A key whose time is over may be claimed anew, and then it has no answer.
       OR (OLD.finished_at IS NOT NULL AND NEW.finished_at IS NOT NULL
           AND (NEW.fingerprint, NEW.resource, NEW.response_status, NEW.response_body)
               IS DISTINCT FROM (OLD.fingerprint, OLD.resource, OLD.response_status, OLD.response_body)) THEN
      RAISE EXCEPTION 'a key stays its caller''s, and its answer what it was'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'client_idempotency_keeps_its_answer';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER client_idempotency_keeps_its_answer BEFORE UPDATE ON client_idempotency
    FOR EACH ROW EXECUTE FUNCTION claim_keeps_its_answer()`;
