import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that a rule about one kind of payment method holds for every method of that kind.
 * - `payment_methods` says who confirms the money of a method, and who refunds it. What a method means never changes
 *   (`payment_methods_keep_their_terms`): rows about money were written by it.
 * - Money has a transfer exactly if staff confirm its method (`charges_of_transfers`, `transfers_method`).
 *
 * A CHECK reads its own row only. Where the row states the fact already, it is used: a charge without a transfer is a
 * provider's (`transfer_id IS NULL`), also in the predicates of indexes. That this is true of its method is checked once, when
 * the row is inserted, by a trigger: neither method nor transfer of a charge ever changes. A refund states it from here on
 * (`made_by`), set by a trigger.
 *
 * Earlier versions run beside this schema during a rolling upgrade. They neither set the new columns of `refunds`, which
 * triggers do for them, nor ask for charges by the new index: theirs (`charges_transaction_unique`) stays.
 */
export class AddPaymentMethods1764000000096 implements MigrationInterface {
  name = 'AddPaymentMethods1764000000096';

  async up(run: QueryRunner): Promise<void> {
    await run.query(METHODS);
    await run.query(REFUNDS);
    await run.query(FOREIGN_KEYS);
    await run.query(TRANSFERS_AND_CHARGES);
    await run.query(STRIPE_REFUNDS);
    await run.query(refundChecks(true));
    await run.query(checkPayment(MANUAL));
    for (const [table, trigger] of TRIGGERS) await run.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${trigger}`);
    await run.query(pinSearchPath([...CHANGED_FUNCTIONS, ...NEW_FUNCTIONS]));
  }

  /** Refused by the constraints it brings back once there is money of another method. */
  async down(run: QueryRunner): Promise<void> {
    await run.query(BACK);
    await run.query(refundChecks(false));
    await run.query(checkPayment(`payment.payment_method <> 'stripe'`));
    await run.query(pinSearchPath(CHANGED_FUNCTIONS));
  }
}

/** Its rows are neither deleted nor given another key: the share locks that foreign keys take on them wait for nobody. */
const METHODS = `
  CREATE TABLE payment_methods (
    method        text CONSTRAINT payment_methods_pkey PRIMARY KEY
                  CONSTRAINT payment_methods_method CHECK (method ~ '^[a-z][a-z0-9_]{0,31}$'),
    provider      text NOT NULL CONSTRAINT payment_methods_provider CHECK (provider ~ '^[a-z][a-z0-9_]{0,31}$'),
    confirmed_by  text NOT NULL CONSTRAINT payment_methods_confirmed_by CHECK (confirmed_by IN ('page', 'staff')),
    refunded_by   text NOT NULL CONSTRAINT payment_methods_refunded_by CHECK (refunded_by IN ('provider', 'staff')),
    -- A transfer that staff have seen is no transaction of a provider's.
    CONSTRAINT payment_methods_refunded_where_confirmed CHECK (confirmed_by = 'page' OR refunded_by = 'staff')
  );
  COMMENT ON TABLE payment_methods IS 'How payments can be paid. migrate adds the methods of the program.';
  COMMENT ON COLUMN payment_methods.confirmed_by IS 'page: the provider says that money has arrived; staff: they see it on an account.';
  COMMENT ON COLUMN payment_methods.refunded_by IS 'provider: it makes refunds; staff: they pay back and settle the refund.';
  INSERT INTO payment_methods (method, provider, confirmed_by, refunded_by) VALUES
    ('stripe', 'stripe', 'page', 'provider'), ('gcash', 'manual', 'staff', 'staff'), ('bank_transfer', 'manual', 'staff', 'staff');

  CREATE FUNCTION payment_method_keeps_its_terms() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'UPDATE' THEN
      IF (NEW.method, NEW.confirmed_by, NEW.refunded_by) IS NOT DISTINCT FROM (OLD.method, OLD.confirmed_by, OLD.refunded_by) THEN
        RETURN NEW;
      END IF;
    END IF;
    RAISE EXCEPTION 'payment method % keeps its terms: what was paid by it was booked by them', OLD.method
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_methods_keep_their_terms';
  END $$;
  CREATE TRIGGER payment_methods_keep_their_terms BEFORE UPDATE OR DELETE ON payment_methods
    FOR EACH ROW EXECUTE FUNCTION payment_method_keeps_its_terms()`;

/**
 * Triggers that look at each changed refund have nothing to say of the new columns; on again, they fire for a session that
 * plays a replica, too.
 */
const REFUNDS = `
  ALTER TABLE refunds
    ADD COLUMN made_by text NOT NULL DEFAULT 'staff' CONSTRAINT refunds_made_by CHECK (made_by IN ('provider', 'staff')),
    ADD COLUMN needs_decision boolean NOT NULL DEFAULT false,
    ADD COLUMN withdrawn_at timestamptz;
  COMMENT ON COLUMN refunds.made_by IS 'Who pays it back: payment_methods.refunded_by, as it was when the refund was reserved.';
  COMMENT ON COLUMN refunds.needs_decision IS 'The provider has other refunds of this money: staff decide before it is sent again.';
  COMMENT ON COLUMN refunds.withdrawn_at IS 'When staff took back a refund that its provider had not answered: it is never sent again.';
  ALTER TABLE refunds DISABLE TRIGGER refunds_go_forward, DISABLE TRIGGER refunds_match_charge_sums,
    DISABLE TRIGGER refunds_keep_their_reference;
  UPDATE refunds r SET made_by = 'provider',
      needs_decision = coalesce((SELECT k.conflicting_refunds <> '{}' FROM stripe_refunds k WHERE k.refund_id = r.id), false),
      withdrawn_at = (SELECT r.settled_at FROM stripe_refunds k WHERE k.refund_id = r.id AND k.state = 'withdrawn')
    WHERE payment_method = 'stripe';
  ALTER TABLE refunds ENABLE ALWAYS TRIGGER refunds_go_forward, ENABLE ALWAYS TRIGGER refunds_match_charge_sums,
    ENABLE ALWAYS TRIGGER refunds_keep_their_reference;
  ALTER TABLE refunds
    ADD CONSTRAINT refunds_withdrawn_from_providers CHECK (withdrawn_at IS NULL OR (made_by = 'provider' AND status = 'cancelled')),
    DROP CONSTRAINT refunds_unmatch_of_transfers,
    ADD CONSTRAINT refunds_unmatch_of_transfers CHECK
      (kind = 'refund' OR (made_by = 'staff' AND charge_id IS NOT NULL AND payment_id IS NOT NULL AND NOT automatic)),
    DROP CONSTRAINT refunds_in_parts_of_transfers,
    ADD CONSTRAINT refunds_in_parts_of_transfers CHECK (charge_id IS NOT NULL OR (made_by = 'staff' AND NOT automatic));
  -- People copy a bank's numbers in either case; a provider's ids may differ by it. What failed paid nothing back.
  DROP INDEX refunds_transaction_unique;
  CREATE UNIQUE INDEX refunds_transaction_unique ON refunds
    (payment_method, (CASE made_by WHEN 'provider' THEN transaction_id ELSE upper(transaction_id) END))
    WHERE transaction_id IS NOT NULL AND status NOT IN ('failed', 'cancelled');

  CREATE FUNCTION set_made_by() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.made_by := coalesce((SELECT refunded_by FROM payment_methods WHERE method = NEW.payment_method), NEW.made_by);
    RETURN NEW;
  END $$;
  CREATE TRIGGER refunds_set_made_by BEFORE INSERT ON refunds FOR EACH ROW EXECUTE FUNCTION set_made_by();
  DROP TRIGGER refunds_keep_their_kind ON refunds;
  CREATE TRIGGER refunds_keep_their_kind BEFORE UPDATE ON refunds FOR EACH ROW
    WHEN ((NEW.kind, NEW.payment_method, NEW.made_by) IS DISTINCT FROM (OLD.kind, OLD.payment_method, OLD.made_by))
    EXECUTE FUNCTION refund_keeps_its_kind()`;

const FOREIGN_KEYS = `
  ALTER TABLE payments DROP CONSTRAINT payments_method,
    ADD CONSTRAINT payments_method_fkey FOREIGN KEY (payment_method) REFERENCES payment_methods;
  ALTER TABLE charges DROP CONSTRAINT charges_method,
    ADD CONSTRAINT charges_method_fkey FOREIGN KEY (payment_method) REFERENCES payment_methods;
  ALTER TABLE transfers DROP CONSTRAINT transfers_method,
    ADD CONSTRAINT transfers_method_fkey FOREIGN KEY (payment_method) REFERENCES payment_methods`;

const TRANSFERS_AND_CHARGES = `
  -- A method that is not known is refused by the foreign key.
  CREATE FUNCTION method_is_confirmed_so() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM payment_methods WHERE method = NEW.payment_method AND confirmed_by <> TG_ARGV[0]) THEN
      RAISE EXCEPTION 'money by % is not confirmed by %', NEW.payment_method, TG_ARGV[0]
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[1];
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER transfers_of_staff_confirmed_methods BEFORE INSERT ON transfers
    FOR EACH ROW EXECUTE FUNCTION method_is_confirmed_so('staff', 'transfers_method');
  CREATE TRIGGER charges_without_transfer_of_pages BEFORE INSERT ON charges
    FOR EACH ROW WHEN (NEW.transfer_id IS NULL) EXECUTE FUNCTION method_is_confirmed_so('page', 'charges_of_transfers');
  -- With a transfer, its method is that of the transfer (charges_transfer_fkey).
  ALTER TABLE charges DROP CONSTRAINT charges_of_transfers, ADD CONSTRAINT charges_of_transfers CHECK
    (CASE WHEN transfer_id IS NULL THEN disposition NOT IN ('partial', 'reversed')
     ELSE disposition IN ('accepted', 'partial', 'reversed', 'returned') END);
  CREATE UNIQUE INDEX charges_provider_transaction_unique ON charges (transaction_id, payment_method) WHERE transfer_id IS NULL;
  COMMENT ON INDEX charges_transaction_unique IS
    'For versions before payment_methods, which find charges of Stripe by it; dropped by a later migration.';
  DROP INDEX charges_one_accepted_per_payment;
  CREATE UNIQUE INDEX charges_one_accepted_per_payment ON charges (payment_id)
    WHERE disposition = 'accepted' AND transfer_id IS NULL`;

/** By a trigger, since versions before this one write to their own table only. */
const STRIPE_REFUNDS = `
  CREATE FUNCTION tell_refund() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE refunds SET needs_decision = NEW.state = 'unanswered' AND NEW.conflicting_refunds <> '{}'
      WHERE id = NEW.refund_id AND needs_decision <> (NEW.state = 'unanswered' AND NEW.conflicting_refunds <> '{}');
    RETURN NULL;
  END $$;
  CREATE TRIGGER stripe_refunds_tell_refund AFTER UPDATE ON stripe_refunds FOR EACH ROW
    WHEN ((NEW.state, NEW.conflicting_refunds) IS DISTINCT FROM (OLD.state, OLD.conflicting_refunds))
    EXECUTE FUNCTION tell_refund();

  CREATE FUNCTION set_withdrawn_at() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM stripe_refunds WHERE refund_id = NEW.id AND state = 'withdrawn') THEN
      NEW.withdrawn_at := NEW.settled_at;
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER refunds_set_withdrawn_at BEFORE UPDATE ON refunds FOR EACH ROW
    WHEN (NEW.status = 'cancelled' AND OLD.status = 'pending' AND NEW.made_by = 'provider' AND NEW.withdrawn_at IS NULL)
    EXECUTE FUNCTION set_withdrawn_at()`;

/** Refunds of kind unmatch, and refunds in parts, are of money by transfers. */
const refundChecks = (ofTransfers: boolean) => `
  CREATE OR REPLACE FUNCTION refund_is_of_its_charges_payment() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.charge_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM charges WHERE id = NEW.charge_id AND payment_id IS NOT DISTINCT FROM NEW.payment_id) THEN
      RAISE EXCEPTION 'refund % is not of the payment its charge paid', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_of_their_charges_payment';
    END IF;${
      ofTransfers
        ? `
    IF NEW.kind = 'unmatch' AND EXISTS (SELECT 1 FROM charges WHERE id = NEW.charge_id AND transfer_id IS NULL) THEN
      RAISE EXCEPTION 'refund % undoes no match: its charge is of no transfer', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_unmatch_of_transfers';
    END IF;`
        : ''
    }
    RETURN NULL;
  END $$;

  CREATE OR REPLACE FUNCTION refund_matches_its_parts() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    about bigint;
    refund refunds;
    parts record;
  BEGIN
    IF TG_TABLE_NAME = 'refunds' THEN about := NEW.id; ELSE about := NEW.refund_id; END IF;
    SELECT * INTO refund FROM refunds WHERE id = about;
    SELECT coalesce(sum(p.amount), 0) AS amount, count(*) AS many, count(*) FILTER (
             WHERE c.payment_id = refund.payment_id AND c.disposition = 'accepted'${ofTransfers ? ' AND c.transfer_id IS NOT NULL' : ''}
               AND (c.payment_method, c.currency) = (refund.payment_method, refund.currency)) AS own
      INTO parts FROM refund_parts p JOIN charges c ON c.id = p.charge_id WHERE p.refund_id = about;
    IF (refund.charge_id IS NOT NULL AND parts.many > 0)
       OR (refund.charge_id IS NULL AND (parts.amount <> refund.amount OR parts.own <> parts.many)) THEN
      RAISE EXCEPTION 'the parts of refund % are not its amount, of its payment', about
        USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_match_their_parts';
    END IF;
    RETURN NULL;
  END $$`;

const MANUAL = `EXISTS (SELECT FROM payment_methods WHERE method = payment.payment_method AND confirmed_by = 'staff')`;

/** As 1764000000060 has made it, for every method whose money may come in parts. */
const checkPayment = (inParts: string) => `
  CREATE OR REPLACE FUNCTION check_payment(about bigint) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    payment payments;
    invoice invoices;
    tax tax_records;
    paid boolean;
    credits record;
    money record;
  BEGIN
    SELECT * INTO payment FROM payments WHERE id = about;
    IF ${inParts} THEN
      -- Two sessions that add a part each change different rows, and either part alone may be right. So they are checked one
      -- after the other, and the second reads what the first has committed, which a snapshot of before would hide.
      SELECT * INTO payment FROM payments WHERE id = about FOR NO KEY UPDATE;
      IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        RAISE EXCEPTION 'money of payment % is written under READ COMMITTED only', about
          USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_written_in_read_committed';
      END IF;
    END IF;
    SELECT * INTO invoice FROM invoices WHERE payment_id = about;
    SELECT * INTO tax FROM tax_records WHERE payment_id = about;
    SELECT coalesce(sum(amount), 0) AS amount, coalesce(sum(base_amount), 0) AS base, coalesce(sum(tax_amount), 0) AS tax
      INTO credits FROM credit_notes WHERE invoice_id = invoice.id;
    IF (invoice.amount, invoice.currency, tax.amount, invoice.credited_amount, credits.amount, credits.base, credits.tax)
       IS DISTINCT FROM
       (payment.amount, payment.currency, payment.amount, payment.refunded_amount, payment.refunded_amount,
        tax.credited_base_amount, tax.credited_tax_amount)
       OR (payment.status, invoice.status, tax.status) NOT IN
         (('pending', 'pending', 'pending'), ('completed', 'paid', 'due'),
          ('partially_refunded', 'partially_refunded', 'partially_credited'), ('refunded', 'refunded', 'credited'),
          ('failed', 'void', 'void'), ('expired', 'void', 'void'), ('cancelled', 'void', 'void'))
       OR invoice.id IS NULL OR tax.id IS NULL THEN
      RAISE EXCEPTION 'invoice, tax record and credit notes do not say what payment % says', about
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_papers_follow';
    END IF;
    paid := payment.status IN ('completed', 'partially_refunded', 'refunded');
    SELECT count(*) FILTER (WHERE disposition = 'accepted') AS accepted,
           coalesce(sum(amount_received) FILTER (WHERE disposition = 'accepted'), 0) AS received,
           coalesce(sum(amount_returned) FILTER (WHERE disposition = 'accepted'), 0) AS returned,
           coalesce(sum(amount_received) FILTER (WHERE disposition = 'partial'), 0) AS partial,
           coalesce(bool_or((payment_method, currency) <> (payment.payment_method, payment.currency)), false) AS other
      INTO money FROM charges WHERE payment_id = about AND disposition IN ('accepted', 'partial');
    IF paid <> (money.accepted > 0) OR money.other
       OR (paid AND (money.received, money.returned + payment.refund_owed) <> (payment.amount, payment.refunded_amount))
       OR (money.partial > 0 AND (payment.status <> 'pending' OR money.partial >= payment.amount)) THEN
      RAISE EXCEPTION 'payment % is % and its money says otherwise', about, payment.status
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_paid_in_full';
    END IF;
  END $$`;

/** Fire for a session that plays a replica, too. */
const TRIGGERS: readonly (readonly [table: string, trigger: string])[] = [
  ['payment_methods', 'payment_methods_keep_their_terms'],
  ['refunds', 'refunds_set_made_by'],
  ['refunds', 'refunds_set_withdrawn_at'],
  ['refunds', 'refunds_keep_their_kind'],
  ['transfers', 'transfers_of_staff_confirmed_methods'],
  ['charges', 'charges_without_transfer_of_pages'],
  ['stripe_refunds', 'stripe_refunds_tell_refund'],
];

const CHANGED_FUNCTIONS = ['check_payment(bigint)', 'refund_is_of_its_charges_payment()', 'refund_matches_its_parts()'];
const NEW_FUNCTIONS = ['set_made_by()', 'method_is_confirmed_so()', 'tell_refund()', 'set_withdrawn_at()'];

/** Neither a temporary table nor a function of another schema stands in for ours; replacing a function forgets that. */
const pinSearchPath = (functions: readonly string[]) => `DO $$ BEGIN
  ${functions.map((name) => `EXECUTE format('ALTER FUNCTION ${name} SET search_path = %I, pg_temp', current_schema());`).join('\n  ')}
END $$`;

const BACK = `
  DROP TRIGGER stripe_refunds_tell_refund ON stripe_refunds;
  DROP TRIGGER refunds_set_withdrawn_at ON refunds;
  DROP TRIGGER refunds_set_made_by ON refunds;
  DROP TRIGGER refunds_keep_their_kind ON refunds;
  DROP TRIGGER transfers_of_staff_confirmed_methods ON transfers;
  DROP TRIGGER charges_without_transfer_of_pages ON charges;
  DROP FUNCTION tell_refund, set_withdrawn_at, set_made_by, method_is_confirmed_so;
  DROP INDEX refunds_transaction_unique, charges_provider_transaction_unique, charges_one_accepted_per_payment;
  ALTER TABLE refunds
    DROP CONSTRAINT refunds_unmatch_of_transfers,
    ADD CONSTRAINT refunds_unmatch_of_transfers CHECK
      (kind = 'refund' OR (payment_method <> 'stripe' AND charge_id IS NOT NULL AND payment_id IS NOT NULL AND NOT automatic)),
    DROP CONSTRAINT refunds_in_parts_of_transfers,
    ADD CONSTRAINT refunds_in_parts_of_transfers CHECK (charge_id IS NOT NULL OR (payment_method <> 'stripe' AND NOT automatic)),
    DROP CONSTRAINT refunds_withdrawn_from_providers, DROP COLUMN made_by, DROP COLUMN needs_decision, DROP COLUMN withdrawn_at;
  CREATE TRIGGER refunds_keep_their_kind BEFORE UPDATE ON refunds FOR EACH ROW
    WHEN ((NEW.kind, NEW.payment_method) IS DISTINCT FROM (OLD.kind, OLD.payment_method)) EXECUTE FUNCTION refund_keeps_its_kind();
  ALTER TABLE refunds ENABLE ALWAYS TRIGGER refunds_keep_their_kind;
  CREATE UNIQUE INDEX refunds_transaction_unique ON refunds
    (payment_method, (CASE WHEN payment_method = 'stripe' THEN transaction_id ELSE upper(transaction_id) END))
    WHERE transaction_id IS NOT NULL AND status NOT IN ('failed', 'cancelled');
  CREATE UNIQUE INDEX charges_one_accepted_per_payment ON charges (payment_id)
    WHERE disposition = 'accepted' AND payment_method = 'stripe';
  COMMENT ON INDEX charges_transaction_unique IS NULL;
  ALTER TABLE charges DROP CONSTRAINT charges_method_fkey,
    ADD CONSTRAINT charges_method CHECK (payment_method IN ('stripe', 'gcash', 'bank_transfer')),
    DROP CONSTRAINT charges_of_transfers, ADD CONSTRAINT charges_of_transfers CHECK (CASE payment_method
      WHEN 'stripe' THEN transfer_id IS NULL AND disposition NOT IN ('partial', 'reversed')
      ELSE transfer_id IS NOT NULL AND disposition IN ('accepted', 'partial', 'reversed', 'returned') END);
  ALTER TABLE payments DROP CONSTRAINT payments_method_fkey,
    ADD CONSTRAINT payments_method CHECK (payment_method IN ('stripe', 'gcash', 'bank_transfer'));
  ALTER TABLE transfers DROP CONSTRAINT transfers_method_fkey,
    ADD CONSTRAINT transfers_method CHECK (payment_method IN ('gcash', 'bank_transfer'));
  DROP TABLE payment_methods;
  DROP FUNCTION payment_method_keeps_its_terms`;
