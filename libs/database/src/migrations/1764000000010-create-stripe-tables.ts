import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: one Stripe object for one intent, and no word of Stripe's lost or applied twice.
 * - A payment has one session at Stripe, made under a key of its own; what is sent is frozen with the row, and neither
 *   the fence, nor the attempt, nor an attached session ever goes back (`stripe_sessions_go_forward`).
 * - A refund is asked for under one key, with a frozen request, in the same way.
 * - A Stripe event is stored once (`webhook_events_event_unique`), before it is acknowledged.
 * - A lost dispute counts as money returned, once; what we owe after a refund failed is written on the payment.
 */
export class Stripe1764000000010 implements MigrationInterface {
  name = 'Stripe1764000000010';

  async up(run: QueryRunner): Promise<void> {
    await run.query(ASKED);
    await run.query(INBOX);
    await run.query(DISPUTES);
    await run.query(sums(true));
    await run.query(ALWAYS);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      DROP TABLE stripe_refunds, stripe_sessions, webhook_events;
      DROP FUNCTION stripe_calls_go_forward;
      DROP TRIGGER disputes_match_charge_sums ON disputes;
      ALTER TABLE credit_notes DROP COLUMN dispute_id;
      DROP TABLE disputes;
      DROP FUNCTION dispute_is_settled_once;
      ALTER TABLE payments DROP COLUMN quantity, DROP COLUMN refund_owed;
    `);
    await run.query(sums(false));
  }
}

const ASKED = `
  ALTER TABLE payments
    ADD COLUMN quantity integer NOT NULL DEFAULT 1 CONSTRAINT payments_quantity CHECK (quantity BETWEEN 1 AND 99),
    ADD COLUMN refund_owed bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT payments_refund_owed_within_refunded CHECK (refund_owed BETWEEN 0 AND refunded_amount);
  COMMENT ON COLUMN payments.refund_owed IS
    'A refund failed after it had succeeded, and the payment could not become live again: staff pay it back anew.';

  CREATE TABLE stripe_sessions (
    payment_id          bigint CONSTRAINT stripe_sessions_pkey PRIMARY KEY
                        CONSTRAINT stripe_sessions_payment_fkey REFERENCES payments,
    fence               bigint NOT NULL DEFAULT 0,
    attempt             integer NOT NULL DEFAULT 1,
    request             text NOT NULL,
    api_version         text NOT NULL,
    state               text NOT NULL DEFAULT 'unanswered' CONSTRAINT stripe_sessions_state CHECK
                          (state IN ('unanswered', 'open', 'complete', 'expired', 'refused')),
    post_again          boolean NOT NULL DEFAULT true,
    first_sent_at       timestamptz NOT NULL DEFAULT now(),
    last_sent_at        timestamptz NOT NULL DEFAULT now(),
    empty_listings      integer NOT NULL DEFAULT 0,
    last_listed_at      timestamptz,
    session_id          text CONSTRAINT stripe_sessions_session_unique UNIQUE,
    url                 text,
    session_expires_at  timestamptz,
    look_at             timestamptz NOT NULL DEFAULT now() + interval '5 seconds',
    looks               integer NOT NULL DEFAULT 0,
    created_at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT stripe_sessions_attached_when_answered CHECK
      ((session_id IS NULL) = (state IN ('unanswered', 'refused')))
  );
  COMMENT ON COLUMN stripe_sessions.fence IS 'Raised by whoever begins to work on it; an older one may write nothing.';
  COMMENT ON COLUMN stripe_sessions.request IS 'The body as it was first sent, to the byte: the same key always sends the same.';
  COMMENT ON COLUMN stripe_sessions.look_at IS 'When the worker asks next; at first as late as the lock lease of whoever asks now.';
  COMMENT ON COLUMN stripe_sessions.post_again IS 'False: the key is spent (a stored failure, or too old); only a listing can tell.';
  CREATE INDEX stripe_sessions_to_look_at ON stripe_sessions (look_at) WHERE state IN ('unanswered', 'open', 'complete');

  CREATE TABLE stripe_refunds (
    refund_id       bigint CONSTRAINT stripe_refunds_pkey PRIMARY KEY
                    CONSTRAINT stripe_refunds_refund_fkey REFERENCES refunds,
    fence           bigint NOT NULL DEFAULT 0,
    attempt         integer NOT NULL DEFAULT 1,
    request         text NOT NULL,
    api_version     text NOT NULL,
    state           text NOT NULL DEFAULT 'unanswered' CONSTRAINT stripe_refunds_state CHECK
                      (state IN ('unanswered', 'answered', 'refused')),
    post_again      boolean NOT NULL DEFAULT true,
    first_sent_at   timestamptz NOT NULL DEFAULT now(),
    empty_listings  integer NOT NULL DEFAULT 0,
    last_listed_at  timestamptz,
    look_at         timestamptz NOT NULL DEFAULT now() + interval '5 seconds',
    looks           integer NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX stripe_refunds_to_look_at ON stripe_refunds (look_at) WHERE state <> 'refused';

  CREATE FUNCTION stripe_calls_go_forward() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.fence < OLD.fence OR NEW.attempt < OLD.attempt OR NEW.request <> OLD.request OR NEW.api_version <> OLD.api_version
       OR (OLD.state <> 'unanswered' AND NEW.state = 'unanswered') THEN
      RAISE EXCEPTION 'what was asked of Stripe does not go back' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    IF TG_TABLE_NAME = 'stripe_sessions' THEN
      IF OLD.session_id IS NOT NULL AND NEW.session_id IS DISTINCT FROM OLD.session_id THEN
        RAISE EXCEPTION 'an attached session stays' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
      END IF;
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER stripe_sessions_go_forward BEFORE UPDATE ON stripe_sessions
    FOR EACH ROW EXECUTE FUNCTION stripe_calls_go_forward();
  CREATE TRIGGER stripe_refunds_go_forward BEFORE UPDATE ON stripe_refunds
    FOR EACH ROW EXECUTE FUNCTION stripe_calls_go_forward()`;

const INBOX = `
  CREATE TABLE webhook_events (
    id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT webhook_events_pkey PRIMARY KEY,
    event_id     text NOT NULL CONSTRAINT webhook_events_event_unique UNIQUE
                 CONSTRAINT webhook_events_event_length CHECK (length(event_id) BETWEEN 1 AND 255),
    type         text NOT NULL,
    livemode     boolean NOT NULL,
    payload      text NOT NULL,
    source       text NOT NULL CONSTRAINT webhook_events_source CHECK (source IN ('webhook', 'poll')),
    status       text NOT NULL DEFAULT 'pending' CONSTRAINT webhook_events_status CHECK
                   (status IN ('pending', 'applied', 'ignored', 'foreign', 'quarantined', 'dead')),
    tries        integer NOT NULL DEFAULT 0,
    next_try_at  timestamptz NOT NULL DEFAULT now(),
    note         text,
    payment_id   bigint CONSTRAINT webhook_events_payment_fkey REFERENCES payments,
    received_at  timestamptz NOT NULL DEFAULT now(),
    settled_at   timestamptz,
    CONSTRAINT webhook_events_settled_unless_pending CHECK ((status = 'pending') = (settled_at IS NULL))
  );
  COMMENT ON TABLE webhook_events IS 'Every event of Stripe, stored before it is acknowledged.';
  CREATE INDEX webhook_events_due ON webhook_events (next_try_at) WHERE status = 'pending';
  CREATE INDEX webhook_events_by_status ON webhook_events (status, id DESC);
  CREATE INDEX webhook_events_of_payment ON webhook_events (payment_id, id DESC)`;

const DISPUTES = `
  CREATE TABLE disputes (
    id              bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT disputes_pkey PRIMARY KEY,
    dispute_id      text NOT NULL CONSTRAINT disputes_dispute_unique UNIQUE,
    charge_id       bigint NOT NULL CONSTRAINT disputes_charge_fkey REFERENCES charges,
    payment_id      bigint CONSTRAINT disputes_payment_fkey REFERENCES payments,
    amount          bigint NOT NULL CONSTRAINT disputes_amount_positive CHECK (amount > 0),
    counted_amount  bigint NOT NULL DEFAULT 0,
    currency        text NOT NULL,
    stripe_status   text NOT NULL,
    state           text NOT NULL CONSTRAINT disputes_state CHECK (state IN ('inquiry', 'open', 'won', 'lost')),
    opened_at       timestamptz NOT NULL,
    closed_at       timestamptz,
    CONSTRAINT disputes_counted_when_lost CHECK
      (counted_amount BETWEEN 0 AND amount AND (state = 'lost' OR counted_amount = 0))
  );
  COMMENT ON COLUMN disputes.counted_amount IS 'What of a lost dispute was not returned before: counted as returned.';
  CREATE INDEX disputes_of_payment ON disputes (payment_id, id DESC);
  CREATE INDEX disputes_of_charge ON disputes (charge_id);
  CREATE FUNCTION dispute_is_settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF OLD.state IN ('won', 'lost') AND NEW.state <> OLD.state THEN
      RAISE EXCEPTION 'dispute % was % already', OLD.dispute_id, OLD.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'disputes_go_forward';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER disputes_go_forward BEFORE UPDATE ON disputes FOR EACH ROW EXECUTE FUNCTION dispute_is_settled_once();
  CREATE CONSTRAINT TRIGGER disputes_match_charge_sums AFTER INSERT OR UPDATE ON disputes
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION charge_sums_match_refunds();
  ALTER TABLE credit_notes ADD COLUMN dispute_id bigint CONSTRAINT credit_notes_dispute_fkey REFERENCES disputes
      CONSTRAINT credit_notes_once_per_dispute UNIQUE,
    ADD CONSTRAINT credit_notes_for_one_thing CHECK (num_nonnulls(refund_id, dispute_id) = 1);
  CREATE TRIGGER disputes_refuse_delete BEFORE DELETE ON disputes FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
  CREATE TRIGGER disputes_refuse_truncate BEFORE TRUNCATE ON disputes FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept()`;

/** Fire for a session that plays a replica, too. */
const ALWAYS = `
  ALTER TABLE stripe_sessions ENABLE ALWAYS TRIGGER stripe_sessions_go_forward;
  ALTER TABLE stripe_refunds ENABLE ALWAYS TRIGGER stripe_refunds_go_forward;
  ALTER TABLE disputes ENABLE ALWAYS TRIGGER disputes_go_forward;
  ALTER TABLE disputes ENABLE ALWAYS TRIGGER disputes_match_charge_sums;
  ALTER TABLE disputes ENABLE ALWAYS TRIGGER disputes_refuse_delete;
  ALTER TABLE disputes ENABLE ALWAYS TRIGGER disputes_refuse_truncate`;

/**
 * The checks of 1764000000005 and 1764000000007 as they are from here on, or as they were: a lost dispute counts as returned, and what is
 * owed after a failed refund still counts as refunded.
 */
const sums = (withStripe: boolean) => `
  CREATE OR REPLACE FUNCTION charge_sums_match_refunds() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    about bigint;
    charge charges;
    returned bigint;
    reserved bigint;
  BEGIN
    IF TG_TABLE_NAME = 'charges' THEN about := NEW.id; ELSE about := NEW.charge_id; END IF;
    SELECT * INTO charge FROM charges WHERE id = about;
    SELECT coalesce(sum(amount) FILTER (WHERE status = 'succeeded'), 0),
           coalesce(sum(amount) FILTER (WHERE status = 'pending'), 0)
      INTO returned, reserved FROM refunds WHERE charge_id = about;
    ${withStripe ? 'returned := returned + (SELECT coalesce(sum(counted_amount), 0) FROM disputes WHERE charge_id = about);' : ''}
    IF charge.amount_returned <> returned OR charge.amount_reserved <> reserved THEN
      RAISE EXCEPTION 'charge % says % returned and % reserved, its refunds % and %',
        about, charge.amount_returned, charge.amount_reserved, returned, reserved
        USING ERRCODE = 'check_violation', CONSTRAINT = 'charges_sums_match_refunds';
    END IF;
    RETURN NULL;
  END $$;

  CREATE OR REPLACE FUNCTION check_payment(about bigint) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    payment payments;
    invoice invoices;
    tax tax_records;
    paid boolean;
    credits record;
  BEGIN
    SELECT * INTO payment FROM payments WHERE id = about;
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
    IF paid <> EXISTS (SELECT 1 FROM charges WHERE payment_id = about AND disposition = 'accepted')
       OR (paid AND NOT EXISTS (SELECT 1 FROM charges WHERE payment_id = about AND disposition = 'accepted'
             AND payment_method = payment.payment_method AND amount_received = payment.amount
             AND currency = payment.currency
             AND amount_returned ${withStripe ? '+ payment.refund_owed ' : ''}= payment.refunded_amount)) THEN
      RAISE EXCEPTION 'payment % is % and its money says otherwise', about, payment.status
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_paid_by_one_charge';
    END IF;
  END $$;
  CREATE OR REPLACE FUNCTION credit_note_matches_refund() RETURNS trigger LANGUAGE plpgsql AS $$
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
    ${
      withStripe
        ? `IF NEW.dispute_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM disputes WHERE id = NEW.dispute_id AND payment_id = about AND counted_amount = NEW.amount) THEN
      RAISE EXCEPTION 'credit note % does not say what dispute % says', NEW.credit_number, NEW.dispute_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_notes_match_disputes';
    END IF;`
        : ''
    }
    PERFORM check_payment(about);
    RETURN NULL;
  END $$;
  -- Replacing a function forgets its settings: a temporary table must not stand in for ours.
  DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION charge_sums_match_refunds() SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION credit_note_matches_refund() SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION check_payment(bigint) SET search_path = %I, pg_temp', current_schema());
  END $$`;
