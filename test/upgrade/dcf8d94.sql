-- Made at 2026-11-27T09:54:46.773Z by scripts/fixtures/make-upgrade-fixture.mjs.
SELECT set_config('check_function_bodies', 'off', true);
CREATE FUNCTION audit_log_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      BEGIN
        RAISE EXCEPTION 'audit_log is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
      END $$;
CREATE FUNCTION charge_keeps_its_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION charge_keeps_its_terms() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
  BEGIN
    IF (NEW.payment_method, NEW.transaction_id, NEW.amount_received, NEW.currency)
       IS DISTINCT FROM (OLD.payment_method, OLD.transaction_id, OLD.amount_received, OLD.currency) THEN
      RAISE EXCEPTION 'what arrived does not change' USING ERRCODE = 'check_violation', CONSTRAINT = 'charges_keep_their_terms';
    END IF;
    RETURN NEW;
  END $$;
CREATE FUNCTION charge_sums_match_refunds() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
    returned := returned + (SELECT coalesce(sum(counted_amount), 0) FROM disputes WHERE charge_id = about);
    IF charge.amount_returned <> returned OR charge.amount_reserved <> reserved THEN
      RAISE EXCEPTION 'charge % says % returned and % reserved, its refunds % and %',
        about, charge.amount_returned, charge.amount_reserved, returned, reserved
        USING ERRCODE = 'check_violation', CONSTRAINT = 'charges_sums_match_refunds';
    END IF;
    RETURN NULL;
  END $$;
CREATE FUNCTION check_payment(about bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
             AND amount_returned + payment.refund_owed = payment.refunded_amount)) THEN
      RAISE EXCEPTION 'payment % is % and its money says otherwise', about, payment.status
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_paid_by_one_charge';
    END IF;
  END $$;
CREATE FUNCTION claim_keeps_its_answer() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION credit_note_matches_refund() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
  DECLARE
    about bigint;
  BEGIN
    SELECT payment_id INTO about FROM invoices WHERE id = NEW.invoice_id;
    IF NEW.refund_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM refunds WHERE id = NEW.refund_id AND payment_id = about AND amount >= CASE NEW.kind WHEN 'credit' THEN NEW.amount ELSE -NEW.amount END
        AND status = CASE NEW.kind WHEN 'credit' THEN 'succeeded' ELSE 'failed' END) THEN
      RAISE EXCEPTION 'credit note % does not say what refund % says', NEW.credit_number, NEW.refund_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_notes_match_refunds';
    END IF;
    IF NEW.dispute_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM disputes WHERE id = NEW.dispute_id AND payment_id = about AND counted_amount >= (SELECT sum(amount) FROM credit_notes WHERE dispute_id = NEW.dispute_id)) THEN
      RAISE EXCEPTION 'credit note % does not say what dispute % says', NEW.credit_number, NEW.dispute_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_notes_match_disputes';
    END IF;
    PERFORM check_payment(about);
    RETURN NULL;
  END $$;
CREATE FUNCTION credit_notes_are_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
  BEGIN
    RAISE EXCEPTION 'credit_notes is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
  END $$;
CREATE FUNCTION dispute_is_settled_once() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
  BEGIN
    IF NOT (OLD.state = 'lost' AND NEW.state = 'won' AND NEW.amount = OLD.amount) AND (OLD.state IN ('won', 'lost') AND (NEW.state, NEW.amount) <> (OLD.state, OLD.amount)
        OR NEW.counted_amount < OLD.counted_amount) THEN
      RAISE EXCEPTION 'dispute % was % already', OLD.dispute_id, OLD.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'disputes_go_forward';
    END IF;
    RETURN NEW;
  END $$;
CREATE FUNCTION invoice_keeps_its_terms() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
  BEGIN
    IF (NEW.invoice_number, NEW.payment_id, NEW.amount, NEW.currency, NEW.created_at)
       IS DISTINCT FROM (OLD.invoice_number, OLD.payment_id, OLD.amount, OLD.currency, OLD.created_at) THEN
      RAISE EXCEPTION 'the terms of invoice % do not change', OLD.invoice_number
        USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_keep_their_terms';
    END IF;
    RETURN NEW;
  END $$;
CREATE FUNCTION payment_goes_forward() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
  BEGIN
    IF (NEW.ref, NEW.user_id, NEW.consultation_id, NEW.product_id, NEW.amount, NEW.currency, NEW.payment_method, NEW.created_at)
       IS DISTINCT FROM
       (OLD.ref, OLD.user_id, OLD.consultation_id, OLD.product_id, OLD.amount, OLD.currency, OLD.payment_method, OLD.created_at) THEN
      RAISE EXCEPTION 'the terms of payment % do not change', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_keep_their_terms';
    END IF;
    IF NEW.status = OLD.status
       OR (OLD.status = 'pending' AND NEW.status IN ('completed', 'failed', 'expired', 'cancelled'))
       OR (OLD.status IN ('failed', 'expired') AND NEW.status = 'completed')
       OR (OLD.status IN ('completed', 'partially_refunded') AND NEW.status IN ('partially_refunded', 'refunded'))
       -- A refund that failed after it had succeeded: the one way back, and only together with its sum.
       OR (OLD.status IN ('partially_refunded', 'refunded') AND NEW.status IN ('completed', 'partially_refunded')
           AND NEW.refunded_amount < OLD.refunded_amount) THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'payment % cannot become % from %', OLD.id, NEW.status, OLD.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_go_forward';
  END $$;
CREATE FUNCTION payment_is_whole() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
  BEGIN
    IF TG_TABLE_NAME = 'payments' THEN
      PERFORM check_payment(NEW.id);
    ELSIF NEW.payment_id IS NOT NULL THEN
      PERFORM check_payment(NEW.payment_id);
    END IF;
    RETURN NULL;
  END $$;
CREATE FUNCTION refund_goes_forward() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
  BEGIN
    IF (NEW.ref, NEW.charge_id, NEW.payment_id, NEW.amount, NEW.currency, NEW.automatic, NEW.created_at)
       IS DISTINCT FROM (OLD.ref, OLD.charge_id, OLD.payment_id, OLD.amount, OLD.currency, OLD.automatic, OLD.created_at) THEN
      RAISE EXCEPTION 'the terms of refund % do not change', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_keep_their_terms';
    END IF;
    IF NEW.status = OLD.status OR OLD.status = 'pending' OR (OLD.status = 'succeeded' AND NEW.status = 'failed') THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'refund % cannot become % from %', OLD.id, NEW.status, OLD.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_go_forward';
  END $$;
CREATE FUNCTION refund_is_of_its_charges_payment() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM charges WHERE id = NEW.charge_id AND payment_id IS NOT DISTINCT FROM NEW.payment_id) THEN
      RAISE EXCEPTION 'refund % is not of the payment its charge paid', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_of_their_charges_payment';
    END IF;
    RETURN NULL;
  END $$;
CREATE FUNCTION refund_keeps_its_reference() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
  BEGIN
    IF (OLD.transaction_id IS NOT NULL AND NEW.transaction_id IS DISTINCT FROM OLD.transaction_id)
       OR (NEW.reason, NEW.requested_by) IS DISTINCT FROM (OLD.reason, OLD.requested_by) THEN
      RAISE EXCEPTION 'who asked for refund %, why, and by what it was paid back do not change', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_keep_their_reference';
    END IF;
    RETURN NEW;
  END $$;
CREATE FUNCTION rows_are_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
  BEGIN
    RAISE EXCEPTION 'rows of % are kept: % is refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'insufficient_privilege', CONSTRAINT = TG_TABLE_NAME || '_are_kept';
  END $$;
CREATE FUNCTION stripe_calls_go_forward() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION tax_record_keeps_its_terms() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
  BEGIN
    IF (NEW.payment_id, NEW.invoice_id, NEW.amount, NEW.base_amount, NEW.tax_amount, NEW.rate_basis_points, NEW.created_at)
       IS DISTINCT FROM
       (OLD.payment_id, OLD.invoice_id, OLD.amount, OLD.base_amount, OLD.tax_amount, OLD.rate_basis_points, OLD.created_at) THEN
      RAISE EXCEPTION 'the terms of tax record % do not change', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tax_records_keep_their_terms';
    END IF;
    RETURN NEW;
  END $$;
CREATE TABLE audit_log (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    action text NOT NULL,
    payment_id bigint,
    actor_user_id bigint,
    request_id text,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    lane text DEFAULT 'database'::text NOT NULL,
    CONSTRAINT audit_log_action_form CHECK ((action ~ '^[a-z_]+(\.[a-z_]+)+$'::text)),
    CONSTRAINT audit_log_lane CHECK ((lane = ANY (ARRAY['request'::text, 'lock'::text, 'database'::text, 'stripe'::text, 'webhook'::text, 'worker'::text])))
);
COMMENT ON COLUMN audit_log.actor_user_id IS 'Who asked for it; NULL is the system itself.';
ALTER TABLE audit_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME audit_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE charges (
    id bigint NOT NULL,
    payment_method text NOT NULL,
    transaction_id text NOT NULL,
    payment_id bigint,
    amount_received bigint NOT NULL,
    amount_returned bigint DEFAULT 0 NOT NULL,
    currency text NOT NULL,
    receipt_url text,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    disposition text DEFAULT 'accepted'::text NOT NULL,
    amount_reserved bigint DEFAULT 0 NOT NULL,
    CONSTRAINT charges_accepted_for_a_payment CHECK (((disposition <> 'accepted'::text) OR (payment_id IS NOT NULL))),
    CONSTRAINT charges_currency_code CHECK ((currency ~ '^[a-z]{3}$'::text)),
    CONSTRAINT charges_disposition CHECK ((disposition = ANY (ARRAY['accepted'::text, 'returned'::text, 'quarantined'::text, 'foreign'::text]))),
    CONSTRAINT charges_foreign_never_refunded CHECK (((disposition <> 'foreign'::text) OR ((amount_returned + amount_reserved) = 0))),
    CONSTRAINT charges_method CHECK ((payment_method = ANY (ARRAY['stripe'::text, 'gcash'::text, 'bank_transfer'::text]))),
    CONSTRAINT charges_received_positive CHECK ((amount_received > 0)),
    CONSTRAINT charges_reserved_not_negative CHECK ((amount_reserved >= 0)),
    CONSTRAINT charges_returned_within_received CHECK (((amount_returned >= 0) AND ((amount_returned + amount_reserved) <= amount_received))),
    CONSTRAINT charges_transaction_form CHECK ((transaction_id ~ '^[\x21-\x7e]{1,255}$'::text))
);
COMMENT ON TABLE charges IS 'Money that arrived, whatever became of it.';
COMMENT ON COLUMN charges.disposition IS 'What became of it: accepted pays its payment; returned goes back by itself; quarantined waits for staff; foreign is somebody else''s.';
COMMENT ON COLUMN charges.amount_reserved IS 'On its way back: refunds that are not settled yet.';
ALTER TABLE charges ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME charges_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE client_idempotency (
    id bigint NOT NULL,
    caller text NOT NULL,
    method text NOT NULL,
    route text NOT NULL,
    idempotency_key text NOT NULL,
    fingerprint text NOT NULL,
    owner uuid NOT NULL,
    lease_expires_at timestamp with time zone NOT NULL,
    resource text,
    response_status integer,
    response_body text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT client_idempotency_answer CHECK ((((finished_at IS NULL) = (response_status IS NULL)) AND ((finished_at IS NULL) = (response_body IS NULL)))),
    CONSTRAINT client_idempotency_key_form CHECK ((idempotency_key ~ '^[\x20-\x7e]{1,255}$'::text))
);
COMMENT ON COLUMN client_idempotency.owner IS 'Who works on it now. Only its owner can finish it: the fence.';
COMMENT ON COLUMN client_idempotency.resource IS 'What the work has made, as soon as it is committed.';
ALTER TABLE client_idempotency ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME client_idempotency_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE client_idempotency_namespace (
    only_one boolean DEFAULT true NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    CONSTRAINT client_idempotency_namespace_only_one_check CHECK (only_one)
);
CREATE TABLE concurrency_locks (
    lock_key text NOT NULL,
    owner uuid NOT NULL,
    user_id bigint,
    product_id text,
    request_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE concurrency_locks IS 'Leases, used when Redis has no quorum or LOCK_BACKEND is postgres.';
CREATE TABLE consultations (
    id bigint NOT NULL,
    patient_id bigint NOT NULL,
    fee bigint NOT NULL,
    currency text NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT consultations_currency_code CHECK ((currency ~ '^[a-z]{3}$'::text)),
    CONSTRAINT consultations_fee_range CHECK (((fee >= 1) AND (fee <= '999999999999'::bigint))),
    CONSTRAINT consultations_status CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text])))
);
COMMENT ON COLUMN consultations.fee IS 'Minor units of the currency.';
ALTER TABLE consultations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME consultations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE credit_notes (
    id bigint NOT NULL,
    credit_number text NOT NULL,
    invoice_id bigint NOT NULL,
    refund_id bigint,
    kind text NOT NULL,
    amount bigint NOT NULL,
    base_amount bigint NOT NULL,
    tax_amount bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    dispute_id bigint,
    CONSTRAINT credit_notes_exact CHECK (((base_amount + tax_amount) = amount)),
    CONSTRAINT credit_notes_for_one_thing CHECK ((num_nonnulls(refund_id, dispute_id) = 1)),
    CONSTRAINT credit_notes_kind CHECK ((kind = ANY (ARRAY['credit'::text, 'reversal'::text]))),
    CONSTRAINT credit_notes_signed CHECK (
CASE kind
    WHEN 'credit'::text THEN ((amount > 0) AND (base_amount >= 0) AND (tax_amount >= 0))
    ELSE ((amount < 0) AND (base_amount <= 0) AND (tax_amount <= 0))
END)
);
COMMENT ON TABLE credit_notes IS 'What an invoice and its tax lose by a refund; a reversal gives it back, with minus signs.';
ALTER TABLE credit_notes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME credit_notes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE disputes (
    id bigint NOT NULL,
    dispute_id text NOT NULL,
    charge_id bigint NOT NULL,
    payment_id bigint,
    amount bigint NOT NULL,
    counted_amount bigint DEFAULT 0 NOT NULL,
    currency text NOT NULL,
    stripe_status text NOT NULL,
    state text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT disputes_amount_positive CHECK ((amount > 0)),
    CONSTRAINT disputes_counted_when_lost CHECK ((((counted_amount >= 0) AND (counted_amount <= amount)) AND ((state = 'lost'::text) OR (counted_amount = 0)))),
    CONSTRAINT disputes_state CHECK ((state = ANY (ARRAY['inquiry'::text, 'open'::text, 'won'::text, 'lost'::text])))
);
COMMENT ON COLUMN disputes.counted_amount IS 'What of a lost dispute was not returned before: counted as returned.';
ALTER TABLE disputes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME disputes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE invoices (
    id bigint NOT NULL,
    invoice_number text NOT NULL,
    payment_id bigint NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    paid_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    credited_amount bigint DEFAULT 0 NOT NULL,
    CONSTRAINT invoices_amount_positive CHECK ((amount > 0)),
    CONSTRAINT invoices_credited_within_amount CHECK (((credited_amount >= 0) AND (credited_amount <= amount))),
    CONSTRAINT invoices_number_form CHECK ((invoice_number ~ '^INV-[0-9]{14}-[0-9]{6,}$'::text)),
    CONSTRAINT invoices_status CHECK ((status = ANY (ARRAY['pending'::text, 'paid'::text, 'partially_refunded'::text, 'refunded'::text, 'void'::text])))
);
ALTER TABLE invoices ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME invoices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE logins (
    email text NOT NULL,
    user_id bigint NOT NULL,
    role text NOT NULL,
    password_hash text NOT NULL,
    CONSTRAINT logins_email_lower CHECK ((email = lower(email))),
    CONSTRAINT logins_password_hashed CHECK ((password_hash ~~ 'scrypt$%'::text)),
    CONSTRAINT logins_role CHECK ((role = ANY (ARRAY['patient'::text, 'staff'::text, 'service'::text])))
);
CREATE TABLE migrations (
    id integer NOT NULL,
    "timestamp" bigint NOT NULL,
    name character varying NOT NULL
);
CREATE SEQUENCE migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE migrations_id_seq OWNED BY migrations.id;
CREATE TABLE payments (
    id bigint NOT NULL,
    ref uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id bigint NOT NULL,
    consultation_id bigint,
    product_id text,
    amount bigint NOT NULL,
    currency text NOT NULL,
    payment_method text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    processing boolean DEFAULT false NOT NULL,
    refunded_amount bigint DEFAULT 0 NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    expires_at timestamp with time zone,
    completed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    quantity integer DEFAULT 1 NOT NULL,
    refund_owed bigint DEFAULT 0 NOT NULL,
    CONSTRAINT payments_amount_positive CHECK ((amount > 0)),
    CONSTRAINT payments_completed_when_paid CHECK (((status <> ALL (ARRAY['completed'::text, 'partially_refunded'::text, 'refunded'::text])) OR (completed_at IS NOT NULL))),
    CONSTRAINT payments_currency_code CHECK ((currency ~ '^[a-z]{3}$'::text)),
    CONSTRAINT payments_for_one_thing CHECK ((num_nonnulls(consultation_id, product_id) = 1)),
    CONSTRAINT payments_metadata_object CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT payments_method CHECK ((payment_method = ANY (ARRAY['stripe'::text, 'gcash'::text, 'bank_transfer'::text]))),
    CONSTRAINT payments_processing_while_pending CHECK (((NOT processing) OR (status = 'pending'::text))),
    CONSTRAINT payments_quantity CHECK (((quantity >= 1) AND (quantity <= 99))),
    CONSTRAINT payments_refund_owed_within_refunded CHECK (((refund_owed >= 0) AND (refund_owed <= refunded_amount))),
    CONSTRAINT payments_refunded_within_amount CHECK (((refunded_amount >= 0) AND (refunded_amount <= amount))),
    CONSTRAINT payments_status CHECK ((status = ANY (ARRAY['pending'::text, 'completed'::text, 'partially_refunded'::text, 'refunded'::text, 'failed'::text, 'expired'::text, 'cancelled'::text]))),
    CONSTRAINT payments_status_says_what_was_refunded CHECK (
CASE status
    WHEN 'partially_refunded'::text THEN ((refunded_amount > 0) AND (refunded_amount < amount))
    WHEN 'refunded'::text THEN (refunded_amount = amount)
    ELSE (refunded_amount = 0)
END)
);
COMMENT ON COLUMN payments.ref IS 'Ours alone in the world: ids come again after a restore, this does not.';
COMMENT ON COLUMN payments.amount IS 'Minor units of the currency.';
COMMENT ON COLUMN payments.processing IS 'The money is on its way: neither cancel nor expire.';
COMMENT ON COLUMN payments.refund_owed IS 'A refund failed after it had succeeded, and the payment could not become live again: staff pay it back anew.';
ALTER TABLE payments ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME payments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE products (
    id text NOT NULL,
    name text NOT NULL,
    price bigint NOT NULL,
    currency text NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT products_currency_code CHECK ((currency ~ '^[a-z]{3}$'::text)),
    CONSTRAINT products_id_slug CHECK ((id ~ '^[a-z0-9][a-z0-9_-]{0,63}$'::text)),
    CONSTRAINT products_name_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT products_price_range CHECK (((price >= 1) AND (price <= '999999999999'::bigint))),
    CONSTRAINT products_status CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text])))
);
COMMENT ON COLUMN products.price IS 'Minor units of the currency, for one piece.';
CREATE TABLE refunds (
    id bigint NOT NULL,
    ref uuid DEFAULT gen_random_uuid() NOT NULL,
    charge_id bigint NOT NULL,
    payment_id bigint,
    payment_method text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    automatic boolean DEFAULT false NOT NULL,
    reason text NOT NULL,
    transaction_id text,
    requested_by bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    settled_at timestamp with time zone,
    CONSTRAINT refunds_amount_positive CHECK ((amount > 0)),
    CONSTRAINT refunds_reason_length CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
    CONSTRAINT refunds_settled_unless_pending CHECK (((status = 'pending'::text) = (settled_at IS NULL))),
    CONSTRAINT refunds_status CHECK ((status = ANY (ARRAY['pending'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text]))),
    CONSTRAINT refunds_succeeded_with_reference CHECK (((status <> 'succeeded'::text) OR (transaction_id IS NOT NULL))),
    CONSTRAINT refunds_transaction_form CHECK ((transaction_id ~ '^[\x21-\x7e]{1,255}$'::text))
);
COMMENT ON COLUMN refunds.transaction_id IS 'By which it was paid back: a bank''s reference, or Stripe''s id of the refund.';
ALTER TABLE refunds ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME refunds_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE stripe_refunds (
    refund_id bigint NOT NULL,
    fence bigint DEFAULT 0 NOT NULL,
    attempt integer DEFAULT 1 NOT NULL,
    request text NOT NULL,
    api_version text NOT NULL,
    state text DEFAULT 'unanswered'::text NOT NULL,
    post_again boolean DEFAULT true NOT NULL,
    first_sent_at timestamp with time zone DEFAULT now() NOT NULL,
    empty_listings integer DEFAULT 0 NOT NULL,
    last_listed_at timestamp with time zone,
    look_at timestamp with time zone DEFAULT (now() + '00:00:05'::interval) NOT NULL,
    looks integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT stripe_refunds_state CHECK ((state = ANY (ARRAY['unanswered'::text, 'answered'::text, 'refused'::text])))
);
CREATE TABLE stripe_sessions (
    payment_id bigint NOT NULL,
    fence bigint DEFAULT 0 NOT NULL,
    attempt integer DEFAULT 1 NOT NULL,
    request text NOT NULL,
    api_version text NOT NULL,
    state text DEFAULT 'unanswered'::text NOT NULL,
    post_again boolean DEFAULT true NOT NULL,
    first_sent_at timestamp with time zone DEFAULT now() NOT NULL,
    last_sent_at timestamp with time zone DEFAULT now() NOT NULL,
    empty_listings integer DEFAULT 0 NOT NULL,
    last_listed_at timestamp with time zone,
    session_id text,
    url text,
    session_expires_at timestamp with time zone,
    look_at timestamp with time zone DEFAULT (now() + '00:00:05'::interval) NOT NULL,
    looks integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT stripe_sessions_attached_when_answered CHECK (((session_id IS NULL) = (state = ANY (ARRAY['unanswered'::text, 'refused'::text])))),
    CONSTRAINT stripe_sessions_state CHECK ((state = ANY (ARRAY['unanswered'::text, 'open'::text, 'complete'::text, 'expired'::text, 'refused'::text])))
);
COMMENT ON COLUMN stripe_sessions.fence IS 'Raised by whoever begins to work on it; an older one may write nothing.';
COMMENT ON COLUMN stripe_sessions.request IS 'The body as it was first sent, to the byte: the same key always sends the same.';
COMMENT ON COLUMN stripe_sessions.post_again IS 'False: the key is spent (a stored failure, or too old); only a listing can tell.';
COMMENT ON COLUMN stripe_sessions.look_at IS 'When the worker asks next; at first as late as the lock lease of whoever asks now.';
CREATE TABLE tax_records (
    id bigint NOT NULL,
    payment_id bigint NOT NULL,
    invoice_id bigint NOT NULL,
    amount bigint NOT NULL,
    base_amount bigint NOT NULL,
    tax_amount bigint NOT NULL,
    rate_basis_points integer NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    credited_base_amount bigint DEFAULT 0 NOT NULL,
    credited_tax_amount bigint DEFAULT 0 NOT NULL,
    CONSTRAINT tax_records_base_not_negative CHECK ((base_amount >= 0)),
    CONSTRAINT tax_records_credited_within_record CHECK ((((credited_base_amount >= 0) AND (credited_base_amount <= base_amount)) AND ((credited_tax_amount >= 0) AND (credited_tax_amount <= tax_amount)))),
    CONSTRAINT tax_records_exact CHECK (((base_amount + tax_amount) = amount)),
    CONSTRAINT tax_records_rate CHECK (((rate_basis_points >= 0) AND (rate_basis_points <= 10000))),
    CONSTRAINT tax_records_status CHECK ((status = ANY (ARRAY['pending'::text, 'due'::text, 'partially_credited'::text, 'credited'::text, 'void'::text]))),
    CONSTRAINT tax_records_tax_not_negative CHECK ((tax_amount >= 0))
);
COMMENT ON COLUMN tax_records.rate_basis_points IS '1100 is 11 %; the tax is within the amount.';
ALTER TABLE tax_records ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME tax_records_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE users (
    id bigint NOT NULL,
    subject text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_subject_length CHECK (((length(subject) >= 1) AND (length(subject) <= 255)))
);
COMMENT ON COLUMN users.subject IS 'The "sub" claim of the token; the id is ours.';
ALTER TABLE users ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE webhook_events (
    id bigint NOT NULL,
    event_id text NOT NULL,
    type text NOT NULL,
    livemode boolean NOT NULL,
    payload text NOT NULL,
    source text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    next_try_at timestamp with time zone DEFAULT now() NOT NULL,
    note text,
    payment_id bigint,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    settled_at timestamp with time zone,
    CONSTRAINT webhook_events_event_length CHECK (((length(event_id) >= 1) AND (length(event_id) <= 255))),
    CONSTRAINT webhook_events_settled_unless_pending CHECK (((status = 'pending'::text) = (settled_at IS NULL))),
    CONSTRAINT webhook_events_source CHECK ((source = ANY (ARRAY['webhook'::text, 'poll'::text]))),
    CONSTRAINT webhook_events_status CHECK ((status = ANY (ARRAY['pending'::text, 'applied'::text, 'ignored'::text, 'foreign'::text, 'quarantined'::text, 'dead'::text])))
);
COMMENT ON TABLE webhook_events IS 'Every event of Stripe, stored before it is acknowledged.';
ALTER TABLE webhook_events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME webhook_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY migrations ALTER COLUMN id SET DEFAULT nextval('migrations_id_seq'::regclass);
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-11-27 09:54:27.33616+00', 'consultation.created', NULL, 6, '865514cb-3527-40b4-9fca-ad367340ae6b', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 61}', 'database'),
	(2, '2026-11-27 09:54:27.35311+00', 'request.create', 1, 4, '16b30d17-eb56-47c5-b53d-9f749d846e70', '{"payment_method": "bank_transfer"}', 'request'),
	(3, '2026-11-27 09:54:27.360507+00', 'lock.acquired', 1, 4, '16b30d17-eb56-47c5-b53d-9f749d846e70', '{"lock_keys": ["payment:lock:61:4", "purchase:complete:1"], "waited_ms": 1.86}', 'lock'),
	(4, '2026-11-27 09:54:27.37481+00', 'payment.created', 1, 4, '16b30d17-eb56-47c5-b53d-9f749d846e70', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "bank_transfer"}', 'database'),
	(5, '2026-11-27 09:54:27.390428+00', 'consultation.created', NULL, 6, '014ef0c4-b9f0-47af-a103-01429d881e95', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 62}', 'database'),
	(6, '2026-11-27 09:54:27.402005+00', 'request.create', 2, 4, 'bf439079-590f-45d4-97ba-cc072039a6fb', '{"payment_method": "bank_transfer"}', 'request'),
	(7, '2026-11-27 09:54:27.404195+00', 'lock.acquired', 2, 4, 'bf439079-590f-45d4-97ba-cc072039a6fb', '{"lock_keys": ["payment:lock:62:4", "purchase:complete:2"], "waited_ms": 0.836}', 'lock'),
	(8, '2026-11-27 09:54:27.410763+00', 'payment.created', 2, 4, 'bf439079-590f-45d4-97ba-cc072039a6fb', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "bank_transfer"}', 'database'),
	(9, '2026-11-27 09:54:27.417503+00', 'request.cancel', 2, 4, '992c7ef3-e08a-49a9-9657-c49181dc2e3e', '{}', 'request'),
	(10, '2026-11-27 09:54:27.423424+00', 'lock.acquired', 2, 4, '992c7ef3-e08a-49a9-9657-c49181dc2e3e', '{"lock_keys": ["purchase:complete:2"], "waited_ms": 1.254}', 'lock'),
	(11, '2026-11-27 09:54:27.429585+00', 'payment.cancelled', 2, 4, '992c7ef3-e08a-49a9-9657-c49181dc2e3e', '{"to": "cancelled", "from": "pending"}', 'database'),
	(12, '2026-11-27 09:54:27.438909+00', 'consultation.created', NULL, 6, '4e32f5ee-db06-48ae-9af8-2fd2f904ab48', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 63}', 'database'),
	(13, '2026-11-27 09:54:27.442477+00', 'request.create', 3, 4, '31160532-f1ac-4c30-af9e-89f9e5e0b686', '{"payment_method": "bank_transfer"}', 'request'),
	(14, '2026-11-27 09:54:27.447714+00', 'lock.acquired', 3, 4, '31160532-f1ac-4c30-af9e-89f9e5e0b686', '{"lock_keys": ["payment:lock:63:4", "purchase:complete:3"], "waited_ms": 0.761}', 'lock'),
	(15, '2026-11-27 09:54:27.450852+00', 'payment.created', 3, 4, '31160532-f1ac-4c30-af9e-89f9e5e0b686', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "bank_transfer"}', 'database'),
	(16, '2026-11-27 09:54:27.457931+00', 'request.confirm', 3, 6, '5babb379-0b4a-432a-b7ff-3cdb458094a3', '{"transaction_id": "bank_transfer-completed"}', 'request'),
	(17, '2026-11-27 09:54:27.462602+00', 'lock.acquired', 3, 6, '5babb379-0b4a-432a-b7ff-3cdb458094a3', '{"lock_keys": ["purchase:complete:3"], "waited_ms": 1.008}', 'lock'),
	(18, '2026-11-27 09:54:27.467726+00', 'payment.completed', 3, 6, '5babb379-0b4a-432a-b7ff-3cdb458094a3', '{"from": "pending", "currency": "idr", "transaction_id": "bank_transfer-completed", "amount_received": 5000}', 'database'),
	(19, '2026-11-27 09:54:27.477151+00', 'consultation.created', NULL, 6, '1f2fe5c4-fff2-4653-9962-54f6b815bc05', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 64}', 'database'),
	(20, '2026-11-27 09:54:27.480513+00', 'request.create', 4, 4, 'c00208ab-23de-4f96-8fac-fa8af4b94809', '{"payment_method": "bank_transfer"}', 'request'),
	(21, '2026-11-27 09:54:27.483267+00', 'lock.acquired', 4, 4, 'c00208ab-23de-4f96-8fac-fa8af4b94809', '{"lock_keys": ["payment:lock:64:4", "purchase:complete:4"], "waited_ms": 0.657}', 'lock'),
	(22, '2026-11-27 09:54:27.486001+00', 'payment.created', 4, 4, 'c00208ab-23de-4f96-8fac-fa8af4b94809', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "bank_transfer"}', 'database'),
	(23, '2026-11-27 09:54:27.490088+00', 'request.confirm', 4, 6, '6f631496-4614-413a-b982-c62bd239a501', '{"transaction_id": "bank_transfer-refund-pending"}', 'request'),
	(24, '2026-11-27 09:54:27.494349+00', 'lock.acquired', 4, 6, '6f631496-4614-413a-b982-c62bd239a501', '{"lock_keys": ["purchase:complete:4"], "waited_ms": 1.439}', 'lock'),
	(25, '2026-11-27 09:54:27.497824+00', 'payment.completed', 4, 6, '6f631496-4614-413a-b982-c62bd239a501', '{"from": "pending", "currency": "idr", "transaction_id": "bank_transfer-refund-pending", "amount_received": 5000}', 'database'),
	(26, '2026-11-27 09:54:27.502348+00', 'request.refund', 4, 6, 'af97af82-59a2-4581-b1a6-97b305c28381', '{}', 'request'),
	(27, '2026-11-27 09:54:27.505783+00', 'lock.acquired', 4, 6, 'af97af82-59a2-4581-b1a6-97b305c28381', '{"lock_keys": ["purchase:complete:4"], "waited_ms": 0.641}', 'lock'),
	(28, '2026-11-27 09:54:27.509066+00', 'refund.reserved', 4, 6, 'af97af82-59a2-4581-b1a6-97b305c28381', '{"amount": 700, "reason": "asked for", "refund_id": 1}', 'database'),
	(29, '2026-11-27 09:54:27.521719+00', 'consultation.created', NULL, 6, 'f7a588c9-7ece-4a2d-b8b8-affc2eeeb565', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 65}', 'database'),
	(30, '2026-11-27 09:54:27.524689+00', 'request.create', 5, 4, '4a80bc03-4fa9-40ec-b171-d59ed2446183', '{"payment_method": "bank_transfer"}', 'request'),
	(31, '2026-11-27 09:54:27.528037+00', 'lock.acquired', 5, 4, '4a80bc03-4fa9-40ec-b171-d59ed2446183', '{"lock_keys": ["payment:lock:65:4", "purchase:complete:5"], "waited_ms": 0.748}', 'lock'),
	(32, '2026-11-27 09:54:27.531061+00', 'payment.created', 5, 4, '4a80bc03-4fa9-40ec-b171-d59ed2446183', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "bank_transfer"}', 'database'),
	(33, '2026-11-27 09:54:27.535726+00', 'request.confirm', 5, 6, '55581b67-72ba-47e5-9c9d-8bdad5f02138', '{"transaction_id": "bank_transfer-refund-withdrawn"}', 'request'),
	(34, '2026-11-27 09:54:27.538916+00', 'lock.acquired', 5, 6, '55581b67-72ba-47e5-9c9d-8bdad5f02138', '{"lock_keys": ["purchase:complete:5"], "waited_ms": 0.773}', 'lock'),
	(35, '2026-11-27 09:54:27.541483+00', 'payment.completed', 5, 6, '55581b67-72ba-47e5-9c9d-8bdad5f02138', '{"from": "pending", "currency": "idr", "transaction_id": "bank_transfer-refund-withdrawn", "amount_received": 5000}', 'database'),
	(36, '2026-11-27 09:54:27.546972+00', 'request.refund', 5, 6, '6fd0f96c-043a-4fe1-bb0f-1cae15f9cf9f', '{}', 'request'),
	(37, '2026-11-27 09:54:27.550961+00', 'lock.acquired', 5, 6, '6fd0f96c-043a-4fe1-bb0f-1cae15f9cf9f', '{"lock_keys": ["purchase:complete:5"], "waited_ms": 0.795}', 'lock'),
	(38, '2026-11-27 09:54:27.552894+00', 'refund.reserved', 5, 6, '6fd0f96c-043a-4fe1-bb0f-1cae15f9cf9f', '{"amount": 800, "reason": "asked for", "refund_id": 2}', 'database'),
	(39, '2026-11-27 09:54:27.559782+00', 'request.withdraw_refund', 5, 6, '6eea7822-5970-4d3f-9e8e-99843a2cd876', '{}', 'request'),
	(40, '2026-11-27 09:54:27.561675+00', 'lock.acquired', 5, 6, '6eea7822-5970-4d3f-9e8e-99843a2cd876', '{"lock_keys": ["purchase:complete:5"], "waited_ms": 0.733}', 'lock'),
	(41, '2026-11-27 09:54:27.567102+00', 'refund.cancelled', 5, 6, '6eea7822-5970-4d3f-9e8e-99843a2cd876', '{"amount": 800, "status": "completed", "refund_id": 2, "transaction_id": null}', 'database'),
	(42, '2026-11-27 09:54:27.573098+00', 'consultation.created', NULL, 6, '61503a81-0577-4fb2-868e-2b0846b0de85', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 66}', 'database'),
	(43, '2026-11-27 09:54:27.575805+00', 'request.create', 6, 4, '517770bb-d228-4d98-acea-8004d2f8c968', '{"payment_method": "bank_transfer"}', 'request'),
	(44, '2026-11-27 09:54:27.578703+00', 'lock.acquired', 6, 4, '517770bb-d228-4d98-acea-8004d2f8c968', '{"lock_keys": ["payment:lock:66:4", "purchase:complete:6"], "waited_ms": 0.793}', 'lock'),
	(45, '2026-11-27 09:54:27.581552+00', 'payment.created', 6, 4, '517770bb-d228-4d98-acea-8004d2f8c968', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "bank_transfer"}', 'database'),
	(46, '2026-11-27 09:54:27.585439+00', 'request.confirm', 6, 6, 'ffd085cc-00f6-4423-a3de-48aa923ad644', '{"transaction_id": "bank_transfer-part"}', 'request'),
	(47, '2026-11-27 09:54:27.588764+00', 'lock.acquired', 6, 6, 'ffd085cc-00f6-4423-a3de-48aa923ad644', '{"lock_keys": ["purchase:complete:6"], "waited_ms": 0.663}', 'lock'),
	(48, '2026-11-27 09:54:27.59128+00', 'payment.completed', 6, 6, 'ffd085cc-00f6-4423-a3de-48aa923ad644', '{"from": "pending", "currency": "idr", "transaction_id": "bank_transfer-part", "amount_received": 5000}', 'database'),
	(49, '2026-11-27 09:54:27.596543+00', 'request.refund', 6, 6, '2124a1e8-fc5d-4b0c-814d-ab9a64d55442', '{}', 'request'),
	(50, '2026-11-27 09:54:27.599999+00', 'lock.acquired', 6, 6, '2124a1e8-fc5d-4b0c-814d-ab9a64d55442', '{"lock_keys": ["purchase:complete:6"], "waited_ms": 0.556}', 'lock');
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(51, '2026-11-27 09:54:27.607609+00', 'refund.reserved', 6, 6, '2124a1e8-fc5d-4b0c-814d-ab9a64d55442', '{"amount": 1234, "reason": "asked for", "refund_id": 3}', 'database'),
	(52, '2026-11-27 09:54:27.607612+00', 'refund.succeeded', 6, 6, '2124a1e8-fc5d-4b0c-814d-ab9a64d55442', '{"amount": 1234, "reason": "asked for", "status": "partially_refunded", "refund_id": 3, "transaction_id": "bank_transfer-part-back"}', 'database'),
	(53, '2026-11-27 09:54:27.629024+00', 'consultation.created', NULL, 6, '0fdc4e07-3179-45c9-9f78-bb4fe552e993', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 67}', 'database'),
	(54, '2026-11-27 09:54:27.635177+00', 'request.create', 7, 4, 'de36d343-5a0a-4690-a39d-7c0dd7fb760b', '{"payment_method": "bank_transfer"}', 'request'),
	(55, '2026-11-27 09:54:27.638049+00', 'lock.acquired', 7, 4, 'de36d343-5a0a-4690-a39d-7c0dd7fb760b', '{"lock_keys": ["payment:lock:67:4", "purchase:complete:7"], "waited_ms": 0.655}', 'lock'),
	(56, '2026-11-27 09:54:27.642316+00', 'payment.created', 7, 4, 'de36d343-5a0a-4690-a39d-7c0dd7fb760b', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "bank_transfer"}', 'database'),
	(57, '2026-11-27 09:54:27.650034+00', 'request.confirm', 7, 6, '1d831466-a973-4197-972d-ad00d0fcdc5c', '{"transaction_id": "bank_transfer-settled"}', 'request'),
	(58, '2026-11-27 09:54:27.655457+00', 'lock.acquired', 7, 6, '1d831466-a973-4197-972d-ad00d0fcdc5c', '{"lock_keys": ["purchase:complete:7"], "waited_ms": 0.718}', 'lock'),
	(59, '2026-11-27 09:54:27.663339+00', 'payment.completed', 7, 6, '1d831466-a973-4197-972d-ad00d0fcdc5c', '{"from": "pending", "currency": "idr", "transaction_id": "bank_transfer-settled", "amount_received": 5000}', 'database'),
	(60, '2026-11-27 09:54:27.669677+00', 'request.refund', 7, 6, '1163b61a-3635-4050-8a2b-8cbd1770441c', '{}', 'request'),
	(61, '2026-11-27 09:54:27.672704+00', 'lock.acquired', 7, 6, '1163b61a-3635-4050-8a2b-8cbd1770441c', '{"lock_keys": ["purchase:complete:7"], "waited_ms": 0.524}', 'lock'),
	(62, '2026-11-27 09:54:27.674634+00', 'refund.reserved', 7, 6, '1163b61a-3635-4050-8a2b-8cbd1770441c', '{"amount": 5000, "reason": "asked for", "refund_id": 4}', 'database'),
	(63, '2026-11-27 09:54:27.683759+00', 'request.settle_refund', 7, 6, '9e1c2dc3-26b8-4f7b-ba91-6e7e860c78b9', '{}', 'request'),
	(64, '2026-11-27 09:54:27.685326+00', 'lock.acquired', 7, 6, '9e1c2dc3-26b8-4f7b-ba91-6e7e860c78b9', '{"lock_keys": ["purchase:complete:7"], "waited_ms": 0.527}', 'lock'),
	(65, '2026-11-27 09:54:27.694901+00', 'refund.succeeded', 7, 6, '9e1c2dc3-26b8-4f7b-ba91-6e7e860c78b9', '{"amount": 5000, "status": "refunded", "refund_id": 4, "transaction_id": "bank_transfer-settled-back"}', 'database'),
	(66, '2026-11-27 09:54:27.700727+00', 'consultation.created', NULL, 6, '0392399f-4b7f-4d9f-bd87-9d14f727ce5f', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 68}', 'database'),
	(67, '2026-11-27 09:54:27.703451+00', 'request.create', 8, 4, 'c89b58b6-3c7d-48df-9377-31a16590407e', '{"payment_method": "bank_transfer"}', 'request'),
	(68, '2026-11-27 09:54:27.705455+00', 'lock.acquired', 8, 4, 'c89b58b6-3c7d-48df-9377-31a16590407e', '{"lock_keys": ["payment:lock:68:4", "purchase:complete:8"], "waited_ms": 1.256}', 'lock'),
	(69, '2026-11-27 09:54:27.711885+00', 'payment.created', 8, 4, 'c89b58b6-3c7d-48df-9377-31a16590407e', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "bank_transfer"}', 'database'),
	(70, '2026-11-27 09:54:28.109673+00', 'payment.expired', 8, NULL, NULL, '{}', 'worker'),
	(71, '2026-11-27 09:54:28.141029+00', 'consultation.created', NULL, 6, '155606ed-1ece-40ba-8fda-8752a12c1129', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 69}', 'database'),
	(72, '2026-11-27 09:54:28.144097+00', 'request.create', 9, 4, '6bae8893-5f01-4ce7-968a-93fb4d4036cc', '{"payment_method": "gcash"}', 'request'),
	(73, '2026-11-27 09:54:28.145717+00', 'lock.acquired', 9, 4, '6bae8893-5f01-4ce7-968a-93fb4d4036cc', '{"lock_keys": ["payment:lock:69:4", "purchase:complete:9"], "waited_ms": 0.606}', 'lock'),
	(74, '2026-11-27 09:54:28.153175+00', 'payment.created', 9, 4, '6bae8893-5f01-4ce7-968a-93fb4d4036cc', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "gcash"}', 'database'),
	(75, '2026-11-27 09:54:28.158826+00', 'consultation.created', NULL, 6, '5a4d6fcf-98c6-45a3-8f56-3b6228343459', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 70}', 'database'),
	(76, '2026-11-27 09:54:28.164338+00', 'request.create', 10, 4, '45024057-01df-41c9-8d51-1e283d8027bc', '{"payment_method": "gcash"}', 'request'),
	(77, '2026-11-27 09:54:28.169749+00', 'lock.acquired', 10, 4, '45024057-01df-41c9-8d51-1e283d8027bc', '{"lock_keys": ["payment:lock:70:4", "purchase:complete:10"], "waited_ms": 0.779}', 'lock'),
	(78, '2026-11-27 09:54:28.175831+00', 'payment.created', 10, 4, '45024057-01df-41c9-8d51-1e283d8027bc', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "gcash"}', 'database'),
	(79, '2026-11-27 09:54:28.182374+00', 'request.cancel', 10, 4, '253720e3-519e-4b91-8f31-c35e3e4d88e5', '{}', 'request'),
	(80, '2026-11-27 09:54:28.184618+00', 'lock.acquired', 10, 4, '253720e3-519e-4b91-8f31-c35e3e4d88e5', '{"lock_keys": ["purchase:complete:10"], "waited_ms": 1.192}', 'lock'),
	(81, '2026-11-27 09:54:28.187447+00', 'payment.cancelled', 10, 4, '253720e3-519e-4b91-8f31-c35e3e4d88e5', '{"to": "cancelled", "from": "pending"}', 'database'),
	(82, '2026-11-27 09:54:28.193913+00', 'consultation.created', NULL, 6, '585bf43f-b912-428a-8730-c5938c69e2ec', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 71}', 'database'),
	(83, '2026-11-27 09:54:28.200086+00', 'request.create', 11, 4, '81ee2b7e-919e-4540-804d-794b548b9b69', '{"payment_method": "gcash"}', 'request'),
	(84, '2026-11-27 09:54:28.203941+00', 'lock.acquired', 11, 4, '81ee2b7e-919e-4540-804d-794b548b9b69', '{"lock_keys": ["payment:lock:71:4", "purchase:complete:11"], "waited_ms": 0.682}', 'lock'),
	(85, '2026-11-27 09:54:28.210209+00', 'payment.created', 11, 4, '81ee2b7e-919e-4540-804d-794b548b9b69', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "gcash"}', 'database'),
	(86, '2026-11-27 09:54:28.21617+00', 'request.confirm', 11, 6, 'bba3f1d0-35c5-432e-8008-cec54e6bc410', '{"transaction_id": "gcash-completed"}', 'request'),
	(87, '2026-11-27 09:54:28.219048+00', 'lock.acquired', 11, 6, 'bba3f1d0-35c5-432e-8008-cec54e6bc410', '{"lock_keys": ["purchase:complete:11"], "waited_ms": 0.611}', 'lock'),
	(88, '2026-11-27 09:54:28.221625+00', 'payment.completed', 11, 6, 'bba3f1d0-35c5-432e-8008-cec54e6bc410', '{"from": "pending", "currency": "idr", "transaction_id": "gcash-completed", "amount_received": 5000}', 'database'),
	(89, '2026-11-27 09:54:28.229989+00', 'consultation.created', NULL, 6, 'ecce5405-261d-41e5-92ff-474ec7a6e9d7', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 72}', 'database'),
	(90, '2026-11-27 09:54:28.237031+00', 'request.create', 12, 4, '2e720ef2-0d1f-4c85-affe-4198de5a7524', '{"payment_method": "gcash"}', 'request'),
	(91, '2026-11-27 09:54:28.243046+00', 'lock.acquired', 12, 4, '2e720ef2-0d1f-4c85-affe-4198de5a7524', '{"lock_keys": ["payment:lock:72:4", "purchase:complete:12"], "waited_ms": 1.658}', 'lock'),
	(92, '2026-11-27 09:54:28.24547+00', 'payment.created', 12, 4, '2e720ef2-0d1f-4c85-affe-4198de5a7524', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "gcash"}', 'database'),
	(93, '2026-11-27 09:54:28.252952+00', 'request.confirm', 12, 6, 'd6d47d4f-1c85-4044-8b8b-07343192b7bc', '{"transaction_id": "gcash-refund-pending"}', 'request'),
	(94, '2026-11-27 09:54:28.258436+00', 'lock.acquired', 12, 6, 'd6d47d4f-1c85-4044-8b8b-07343192b7bc', '{"lock_keys": ["purchase:complete:12"], "waited_ms": 1.329}', 'lock'),
	(95, '2026-11-27 09:54:28.265403+00', 'payment.completed', 12, 6, 'd6d47d4f-1c85-4044-8b8b-07343192b7bc', '{"from": "pending", "currency": "idr", "transaction_id": "gcash-refund-pending", "amount_received": 5000}', 'database'),
	(96, '2026-11-27 09:54:28.27268+00', 'request.refund', 12, 6, '505f9810-10b0-46b3-9c78-a896faf13c0b', '{}', 'request'),
	(97, '2026-11-27 09:54:28.27732+00', 'lock.acquired', 12, 6, '505f9810-10b0-46b3-9c78-a896faf13c0b', '{"lock_keys": ["purchase:complete:12"], "waited_ms": 0.559}', 'lock'),
	(98, '2026-11-27 09:54:28.283947+00', 'refund.reserved', 12, 6, '505f9810-10b0-46b3-9c78-a896faf13c0b', '{"amount": 700, "reason": "asked for", "refund_id": 5}', 'database'),
	(99, '2026-11-27 09:54:28.295227+00', 'consultation.created', NULL, 6, 'bc4ead62-2ee2-47f6-8d68-134b381669d8', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 73}', 'database'),
	(100, '2026-11-27 09:54:28.299341+00', 'request.create', 13, 4, '3d68f50e-7499-4bd5-9daa-f49243f36192', '{"payment_method": "gcash"}', 'request');
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(101, '2026-11-27 09:54:28.302988+00', 'lock.acquired', 13, 4, '3d68f50e-7499-4bd5-9daa-f49243f36192', '{"lock_keys": ["payment:lock:73:4", "purchase:complete:13"], "waited_ms": 0.588}', 'lock'),
	(102, '2026-11-27 09:54:28.311226+00', 'payment.created', 13, 4, '3d68f50e-7499-4bd5-9daa-f49243f36192', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "gcash"}', 'database'),
	(103, '2026-11-27 09:54:28.317465+00', 'request.confirm', 13, 6, '8aead0ba-9d1c-4e50-ba1d-6e391e3a4053', '{"transaction_id": "gcash-refund-withdrawn"}', 'request'),
	(104, '2026-11-27 09:54:28.320439+00', 'lock.acquired', 13, 6, '8aead0ba-9d1c-4e50-ba1d-6e391e3a4053', '{"lock_keys": ["purchase:complete:13"], "waited_ms": 0.557}', 'lock'),
	(105, '2026-11-27 09:54:28.327441+00', 'payment.completed', 13, 6, '8aead0ba-9d1c-4e50-ba1d-6e391e3a4053', '{"from": "pending", "currency": "idr", "transaction_id": "gcash-refund-withdrawn", "amount_received": 5000}', 'database'),
	(106, '2026-11-27 09:54:28.342805+00', 'request.refund', 13, 6, '8b1b99a4-180c-49ab-97ec-7c5a1c049bc4', '{}', 'request'),
	(107, '2026-11-27 09:54:28.350964+00', 'lock.acquired', 13, 6, '8b1b99a4-180c-49ab-97ec-7c5a1c049bc4', '{"lock_keys": ["purchase:complete:13"], "waited_ms": 4.089}', 'lock'),
	(108, '2026-11-27 09:54:28.362831+00', 'refund.reserved', 13, 6, '8b1b99a4-180c-49ab-97ec-7c5a1c049bc4', '{"amount": 800, "reason": "asked for", "refund_id": 6}', 'database'),
	(109, '2026-11-27 09:54:28.374327+00', 'request.withdraw_refund', 13, 6, '3f37fa56-5ae5-4b87-8bae-23bd63b94304', '{}', 'request'),
	(110, '2026-11-27 09:54:28.378021+00', 'lock.acquired', 13, 6, '3f37fa56-5ae5-4b87-8bae-23bd63b94304', '{"lock_keys": ["purchase:complete:13"], "waited_ms": 2.588}', 'lock'),
	(111, '2026-11-27 09:54:28.385527+00', 'refund.cancelled', 13, 6, '3f37fa56-5ae5-4b87-8bae-23bd63b94304', '{"amount": 800, "status": "completed", "refund_id": 6, "transaction_id": null}', 'database'),
	(112, '2026-11-27 09:54:28.392508+00', 'consultation.created', NULL, 6, '4f37dcf4-8f31-44c0-bf0e-ad3cbbde9200', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 74}', 'database'),
	(113, '2026-11-27 09:54:28.395695+00', 'request.create', 14, 4, '09d23baa-cd99-4b1e-b34f-de167ddda81b', '{"payment_method": "gcash"}', 'request'),
	(114, '2026-11-27 09:54:28.398168+00', 'lock.acquired', 14, 4, '09d23baa-cd99-4b1e-b34f-de167ddda81b', '{"lock_keys": ["payment:lock:74:4", "purchase:complete:14"], "waited_ms": 0.508}', 'lock'),
	(115, '2026-11-27 09:54:28.404039+00', 'payment.created', 14, 4, '09d23baa-cd99-4b1e-b34f-de167ddda81b', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "gcash"}', 'database'),
	(116, '2026-11-27 09:54:28.41169+00', 'request.confirm', 14, 6, '76a3d1a6-9907-4bf8-b6dc-418c52d512bd', '{"transaction_id": "gcash-part"}', 'request'),
	(117, '2026-11-27 09:54:28.41464+00', 'lock.acquired', 14, 6, '76a3d1a6-9907-4bf8-b6dc-418c52d512bd', '{"lock_keys": ["purchase:complete:14"], "waited_ms": 0.681}', 'lock'),
	(118, '2026-11-27 09:54:28.417227+00', 'payment.completed', 14, 6, '76a3d1a6-9907-4bf8-b6dc-418c52d512bd', '{"from": "pending", "currency": "idr", "transaction_id": "gcash-part", "amount_received": 5000}', 'database'),
	(119, '2026-11-27 09:54:28.422446+00', 'request.refund', 14, 6, '0c3877bc-576d-4bde-ae65-ea656d4ba2fc', '{}', 'request'),
	(120, '2026-11-27 09:54:28.432236+00', 'lock.acquired', 14, 6, '0c3877bc-576d-4bde-ae65-ea656d4ba2fc', '{"lock_keys": ["purchase:complete:14"], "waited_ms": 6.073}', 'lock'),
	(201, '2026-11-27 09:54:29.787113+00', 'request.create', 24, 4, '1fdf73a7-4f2a-40cf-a3c5-f13d0845e351', '{"payment_method": "stripe"}', 'request'),
	(121, '2026-11-27 09:54:28.439658+00', 'refund.reserved', 14, 6, '0c3877bc-576d-4bde-ae65-ea656d4ba2fc', '{"amount": 1234, "reason": "asked for", "refund_id": 7}', 'database'),
	(122, '2026-11-27 09:54:28.439708+00', 'refund.succeeded', 14, 6, '0c3877bc-576d-4bde-ae65-ea656d4ba2fc', '{"amount": 1234, "reason": "asked for", "status": "partially_refunded", "refund_id": 7, "transaction_id": "gcash-part-back"}', 'database'),
	(123, '2026-11-27 09:54:28.448417+00', 'consultation.created', NULL, 6, 'feaa982d-0c85-4b42-88e7-1d048d2bae01', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 75}', 'database'),
	(124, '2026-11-27 09:54:28.451325+00', 'request.create', 15, 4, '54fe691d-2e22-4a07-9b54-b49f1493d7db', '{"payment_method": "gcash"}', 'request'),
	(125, '2026-11-27 09:54:28.454679+00', 'lock.acquired', 15, 4, '54fe691d-2e22-4a07-9b54-b49f1493d7db', '{"lock_keys": ["payment:lock:75:4", "purchase:complete:15"], "waited_ms": 0.738}', 'lock'),
	(126, '2026-11-27 09:54:28.461521+00', 'payment.created', 15, 4, '54fe691d-2e22-4a07-9b54-b49f1493d7db', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "gcash"}', 'database'),
	(127, '2026-11-27 09:54:28.469924+00', 'request.confirm', 15, 6, '67fb964d-1c94-4fb2-be02-acd8b911b8e2', '{"transaction_id": "gcash-settled"}', 'request'),
	(128, '2026-11-27 09:54:28.472601+00', 'lock.acquired', 15, 6, '67fb964d-1c94-4fb2-be02-acd8b911b8e2', '{"lock_keys": ["purchase:complete:15"], "waited_ms": 0.545}', 'lock'),
	(129, '2026-11-27 09:54:28.475549+00', 'payment.completed', 15, 6, '67fb964d-1c94-4fb2-be02-acd8b911b8e2', '{"from": "pending", "currency": "idr", "transaction_id": "gcash-settled", "amount_received": 5000}', 'database'),
	(130, '2026-11-27 09:54:28.48242+00', 'request.refund', 15, 6, '3a0df6cc-84ee-4a8c-b4fb-e7168faaff8d', '{}', 'request'),
	(131, '2026-11-27 09:54:28.48522+00', 'lock.acquired', 15, 6, '3a0df6cc-84ee-4a8c-b4fb-e7168faaff8d', '{"lock_keys": ["purchase:complete:15"], "waited_ms": 0.528}', 'lock'),
	(132, '2026-11-27 09:54:28.487136+00', 'refund.reserved', 15, 6, '3a0df6cc-84ee-4a8c-b4fb-e7168faaff8d', '{"amount": 5000, "reason": "asked for", "refund_id": 8}', 'database'),
	(133, '2026-11-27 09:54:28.492445+00', 'request.settle_refund', 15, 6, 'da9a0e79-3ae4-4075-ba91-346e840bdc60', '{}', 'request'),
	(134, '2026-11-27 09:54:28.494319+00', 'lock.acquired', 15, 6, 'da9a0e79-3ae4-4075-ba91-346e840bdc60', '{"lock_keys": ["purchase:complete:15"], "waited_ms": 0.64}', 'lock'),
	(135, '2026-11-27 09:54:28.503092+00', 'refund.succeeded', 15, 6, 'da9a0e79-3ae4-4075-ba91-346e840bdc60', '{"amount": 5000, "status": "refunded", "refund_id": 8, "transaction_id": "gcash-settled-back"}', 'database'),
	(136, '2026-11-27 09:54:28.509102+00', 'consultation.created', NULL, 6, 'ba09715a-28b0-4e63-8deb-b4dee88cb530', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 76}', 'database'),
	(137, '2026-11-27 09:54:28.512279+00', 'request.create', 16, 4, '0a833b3d-01d2-41e7-97aa-4fe8b31009a4', '{"payment_method": "gcash"}', 'request'),
	(138, '2026-11-27 09:54:28.544549+00', 'lock.acquired', 16, 4, '0a833b3d-01d2-41e7-97aa-4fe8b31009a4', '{"lock_keys": ["payment:lock:76:4", "purchase:complete:16"], "waited_ms": 0.983}', 'lock'),
	(139, '2026-11-27 09:54:28.575089+00', 'payment.created', 16, 4, '0a833b3d-01d2-41e7-97aa-4fe8b31009a4', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "gcash"}', 'database'),
	(140, '2026-11-27 09:54:29.104799+00', 'payment.expired', 16, NULL, NULL, '{}', 'worker'),
	(141, '2026-11-27 09:54:29.148885+00', 'consultation.created', NULL, 6, '76e86537-9fe5-4283-aa36-6922757f2107', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 77}', 'database'),
	(142, '2026-11-27 09:54:29.154913+00', 'product.created', NULL, 6, 'e2212497-7562-4cb6-b810-21110334a620', '{"name": "Fixture open", "price": 99900, "status": "open", "currency": "idr", "product_id": "fixture-open"}', 'database'),
	(143, '2026-11-27 09:54:29.160924+00', 'consultation.created', NULL, 6, '463db00a-7414-4dcd-acc8-aecec924deed', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 78}', 'database'),
	(144, '2026-11-27 09:54:29.167177+00', 'consultation.changed', NULL, 6, '398ff9e2-4faf-45ae-bc44-a389bdf33c68', '{"fee": 5000, "status": "closed", "currency": "idr", "patient_id": 4, "consultation_id": 78}', 'database'),
	(145, '2026-11-27 09:54:29.173269+00', 'product.created', NULL, 6, '5a9ff79d-f994-4f91-9da2-ec330aa239fd', '{"name": "Fixture closed", "price": 99900, "status": "open", "currency": "idr", "product_id": "fixture-closed"}', 'database'),
	(146, '2026-11-27 09:54:29.176634+00', 'product.changed', NULL, 6, '96c82f2f-4ed7-4d8f-8b0b-28666ec25264', '{"name": "Fixture closed", "price": 99900, "status": "closed", "currency": "idr", "product_id": "fixture-closed"}', 'database'),
	(147, '2026-11-27 09:54:29.179677+00', 'consultation.created', NULL, 6, '71771fe9-d639-4b38-a546-91b599858701', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 79}', 'database'),
	(148, '2026-11-27 09:54:29.181906+00', 'request.create', 17, 4, 'f748d1b9-d3ae-472f-a3ec-bc197e17200e', '{"payment_method": "bank_transfer"}', 'request'),
	(149, '2026-11-27 09:54:29.184527+00', 'lock.acquired', 17, 4, 'f748d1b9-d3ae-472f-a3ec-bc197e17200e', '{"lock_keys": ["payment:lock:79:4", "purchase:complete:17"], "waited_ms": 0.553}', 'lock');
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(150, '2026-11-27 09:54:29.189609+00', 'payment.created', 17, 4, 'f748d1b9-d3ae-472f-a3ec-bc197e17200e', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "bank_transfer"}', 'database'),
	(151, '2026-11-27 09:54:29.193423+00', 'request.create', 17, 4, '1504a4a0-1625-4c35-845e-b6f885a437c9', '{"payment_method": "gcash"}', 'request'),
	(152, '2026-11-27 09:54:29.194967+00', 'lock.acquired', 17, 4, '1504a4a0-1625-4c35-845e-b6f885a437c9', '{"lock_keys": ["payment:lock:79:4", "purchase:complete:18"], "waited_ms": 0.59}', 'lock'),
	(153, '2026-11-27 09:54:29.195775+00', 'payment.duplicate_refused', 17, 4, '1504a4a0-1625-4c35-845e-b6f885a437c9', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "bank_transfer"}', 'database'),
	(154, '2026-11-27 09:54:29.204745+00', 'consultation.created', NULL, 6, 'a72f1feb-665b-4465-9cdc-7b02ab3aef7e', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 80}', 'database'),
	(155, '2026-11-27 09:54:29.208151+00', 'request.create', 19, 4, '09decccc-2230-4bc4-b711-af0439b36440', '{"payment_method": "stripe"}', 'request'),
	(156, '2026-11-27 09:54:29.215482+00', 'lock.acquired', 19, 4, '09decccc-2230-4bc4-b711-af0439b36440', '{"lock_keys": ["payment:lock:80:4", "purchase:complete:19"], "waited_ms": 0.515}', 'lock'),
	(157, '2026-11-27 09:54:29.219385+00', 'payment.created', 19, 4, '09decccc-2230-4bc4-b711-af0439b36440', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(158, '2026-11-27 09:54:29.261432+00', 'stripe.session_created', 19, 4, '09decccc-2230-4bc4-b711-af0439b36440', '{"ms": 40, "attempt": 1, "session_id": "cs_test_SyT1r4YU7xuOtSZgpHUPZKdJuqz5rfP1NHBFvRSCOJzmrraYOlbO2ZnWKZ"}', 'stripe'),
	(159, '2026-11-27 09:54:29.271065+00', 'session.attached', 19, 4, '09decccc-2230-4bc4-b711-af0439b36440', '{}', 'database'),
	(160, '2026-11-27 09:54:29.294446+00', 'consultation.created', NULL, 6, '8b9a6a49-95a4-4b30-a3f0-e602d52d91b8', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 81}', 'database'),
	(161, '2026-11-27 09:54:29.310469+00', 'request.create', 20, 4, '419fadd8-4309-4fc0-b10a-af2d403dff1b', '{"payment_method": "stripe"}', 'request'),
	(162, '2026-11-27 09:54:29.319123+00', 'lock.acquired', 20, 4, '419fadd8-4309-4fc0-b10a-af2d403dff1b', '{"lock_keys": ["payment:lock:81:4", "purchase:complete:20"], "waited_ms": 4.432}', 'lock'),
	(163, '2026-11-27 09:54:29.330768+00', 'payment.created', 20, 4, '419fadd8-4309-4fc0-b10a-af2d403dff1b', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(164, '2026-11-27 09:54:29.34354+00', 'stripe.session_created', 20, 4, '419fadd8-4309-4fc0-b10a-af2d403dff1b', '{"ms": 9, "attempt": 1, "session_id": "cs_test_RHw46twQ38YGWVOnbjwCK3eacq70Jzxiki6CNCSAyMQxk9GsR6P1jEoIOj"}', 'stripe'),
	(165, '2026-11-27 09:54:29.35346+00', 'session.attached', 20, 4, '419fadd8-4309-4fc0-b10a-af2d403dff1b', '{}', 'database'),
	(166, '2026-11-27 09:54:29.363266+00', 'request.cancel', 20, 4, 'b74eb107-33eb-4026-bc45-fbaa3e98726f', '{}', 'request'),
	(167, '2026-11-27 09:54:29.374915+00', 'lock.acquired', 20, 4, 'b74eb107-33eb-4026-bc45-fbaa3e98726f', '{"lock_keys": ["purchase:complete:20"], "waited_ms": 4.035}', 'lock'),
	(168, '2026-11-27 09:54:29.432651+00', 'stripe.session_closed', 20, 4, 'b74eb107-33eb-4026-bc45-fbaa3e98726f', '{"status": "expired", "session_id": "cs_test_RHw46twQ38YGWVOnbjwCK3eacq70Jzxiki6CNCSAyMQxk9GsR6P1jEoIOj"}', 'stripe'),
	(169, '2026-11-27 09:54:29.45221+00', 'payment.cancelled', 20, 4, 'b74eb107-33eb-4026-bc45-fbaa3e98726f', '{"to": "cancelled", "from": "pending"}', 'database'),
	(170, '2026-11-27 09:54:29.484313+00', 'consultation.created', NULL, 6, '606b9097-1e1d-4d53-966a-64578e113bd6', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 82}', 'database'),
	(171, '2026-11-27 09:54:29.504643+00', 'request.create', 21, 4, '4e770923-0e50-4a56-9507-ef94a1a945d4', '{"payment_method": "stripe"}', 'request'),
	(172, '2026-11-27 09:54:29.507077+00', 'lock.acquired', 21, 4, '4e770923-0e50-4a56-9507-ef94a1a945d4', '{"lock_keys": ["payment:lock:82:4", "purchase:complete:21"], "waited_ms": 1.243}', 'lock'),
	(173, '2026-11-27 09:54:29.518485+00', 'payment.created', 21, 4, '4e770923-0e50-4a56-9507-ef94a1a945d4', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(174, '2026-11-27 09:54:29.533257+00', 'stripe.session_created', 21, 4, '4e770923-0e50-4a56-9507-ef94a1a945d4', '{"ms": 9, "attempt": 1, "session_id": "cs_test_e1TS7Jb3ov51SRGNo9fncSeY0jygU1oyjl652KDxZd9Axge37RwgEMd1ss"}', 'stripe'),
	(175, '2026-11-27 09:54:29.539497+00', 'session.attached', 21, 4, '4e770923-0e50-4a56-9507-ef94a1a945d4', '{}', 'database'),
	(176, '2026-11-27 09:54:29.576896+00', 'consultation.created', NULL, 6, 'b6d1e0ef-45e1-4623-b12d-685ab21a0444', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 83}', 'database'),
	(177, '2026-11-27 09:54:29.565977+00', 'webhook.event', 21, NULL, '62c4aec4-bcf5-44db-a5ad-474e04580992', '{"type": "checkout.session.completed", "event_id": "evt_CdN30kNnM8gr0UG2oTB9UJJL"}', 'webhook'),
	(178, '2026-11-27 09:54:29.571172+00', 'lock.acquired', 21, NULL, '62c4aec4-bcf5-44db-a5ad-474e04580992', '{"lock_keys": ["purchase:complete:21"], "waited_ms": 5.151}', 'lock'),
	(179, '2026-11-27 09:54:29.578351+00', 'payment.processing', 21, NULL, '62c4aec4-bcf5-44db-a5ad-474e04580992', '{}', 'database'),
	(180, '2026-11-27 09:54:29.58964+00', 'request.create', 22, 4, '15adafb6-1814-4fe0-b450-6a554d8bf606', '{"payment_method": "stripe"}', 'request'),
	(181, '2026-11-27 09:54:29.596958+00', 'lock.acquired', 22, 4, '15adafb6-1814-4fe0-b450-6a554d8bf606', '{"lock_keys": ["payment:lock:83:4", "purchase:complete:22"], "waited_ms": 2.503}', 'lock'),
	(182, '2026-11-27 09:54:29.606875+00', 'payment.created', 22, 4, '15adafb6-1814-4fe0-b450-6a554d8bf606', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(183, '2026-11-27 09:54:29.622315+00', 'stripe.session_created', 22, 4, '15adafb6-1814-4fe0-b450-6a554d8bf606', '{"ms": 14, "attempt": 1, "session_id": "cs_test_vqolA4Xyt1AsFIdKJ2LcV9X48VTCEe9DP8aFFXI0FoBKjkZTDuLyeF4zBi"}', 'stripe'),
	(184, '2026-11-27 09:54:29.624471+00', 'session.attached', 22, 4, '15adafb6-1814-4fe0-b450-6a554d8bf606', '{}', 'database'),
	(185, '2026-11-27 09:54:29.643232+00', 'webhook.event', 22, NULL, '9cc4fbda-4fce-4718-bc6f-caee430ace21', '{"type": "checkout.session.completed", "event_id": "evt_FwG6kRb3bKIvjipGrmSTE6ol"}', 'webhook'),
	(186, '2026-11-27 09:54:29.644+00', 'lock.acquired', 22, NULL, '9cc4fbda-4fce-4718-bc6f-caee430ace21', '{"lock_keys": ["purchase:complete:22"], "waited_ms": 0.729}', 'lock'),
	(187, '2026-11-27 09:54:29.64774+00', 'payment.processing', 22, NULL, '9cc4fbda-4fce-4718-bc6f-caee430ace21', '{}', 'database'),
	(188, '2026-11-27 09:54:29.644258+00', 'webhook.event', 22, NULL, '92127b64-b6aa-40e2-804c-2133faf9ec00', '{"type": "checkout.session.async_payment_failed", "event_id": "evt_XxOUM0uIi4NWTlAiMkxCaU7D"}', 'webhook'),
	(189, '2026-11-27 09:54:29.653821+00', 'lock.acquired', 22, NULL, '92127b64-b6aa-40e2-804c-2133faf9ec00', '{"lock_keys": ["purchase:complete:22"], "waited_ms": 9.527}', 'lock'),
	(190, '2026-11-27 09:54:29.66331+00', 'payment.failed', 22, NULL, '92127b64-b6aa-40e2-804c-2133faf9ec00', '{"from": "pending"}', 'database'),
	(191, '2026-11-27 09:54:29.693426+00', 'consultation.created', NULL, 6, '80170805-717c-42a4-8e56-d75f9c445ac5', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 84}', 'database'),
	(192, '2026-11-27 09:54:29.699903+00', 'request.create', 23, 4, '4b4793ca-75bc-45b0-8baf-bcb6f2c4dd09', '{"payment_method": "stripe"}', 'request'),
	(193, '2026-11-27 09:54:29.701488+00', 'lock.acquired', 23, 4, '4b4793ca-75bc-45b0-8baf-bcb6f2c4dd09', '{"lock_keys": ["payment:lock:84:4", "purchase:complete:23"], "waited_ms": 0.678}', 'lock'),
	(194, '2026-11-27 09:54:29.709259+00', 'payment.created', 23, 4, '4b4793ca-75bc-45b0-8baf-bcb6f2c4dd09', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(195, '2026-11-27 09:54:29.718003+00', 'stripe.session_created', 23, 4, '4b4793ca-75bc-45b0-8baf-bcb6f2c4dd09', '{"ms": 5, "attempt": 1, "session_id": "cs_test_b8rRHcct95bg6gEMCnV9cqPdy7sy67aBrDxOEgmoYpsZhx5BjpL7grupI3"}', 'stripe'),
	(196, '2026-11-27 09:54:29.720186+00', 'session.attached', 23, 4, '4b4793ca-75bc-45b0-8baf-bcb6f2c4dd09', '{}', 'database'),
	(197, '2026-11-27 09:54:29.7311+00', 'webhook.event', 23, NULL, '768deb12-7a3f-4bf6-8551-0092f601810c', '{"type": "checkout.session.expired", "event_id": "evt_601m97O9d7PatA614UAmossX"}', 'webhook'),
	(198, '2026-11-27 09:54:29.731948+00', 'lock.acquired', 23, NULL, '768deb12-7a3f-4bf6-8551-0092f601810c', '{"lock_keys": ["purchase:complete:23"], "waited_ms": 0.809}', 'lock'),
	(199, '2026-11-27 09:54:29.738511+00', 'payment.expired', 23, NULL, '768deb12-7a3f-4bf6-8551-0092f601810c', '{"from": "pending"}', 'database');
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(200, '2026-11-27 09:54:29.784439+00', 'consultation.created', NULL, 6, 'a51fe128-ea44-464b-b108-e51e5c623502', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 85}', 'database'),
	(202, '2026-11-27 09:54:29.7898+00', 'lock.acquired', 24, 4, '1fdf73a7-4f2a-40cf-a3c5-f13d0845e351', '{"lock_keys": ["payment:lock:85:4", "purchase:complete:24"], "waited_ms": 0.619}', 'lock'),
	(203, '2026-11-27 09:54:29.794074+00', 'payment.created', 24, 4, '1fdf73a7-4f2a-40cf-a3c5-f13d0845e351', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(204, '2026-11-27 09:54:29.800749+00', 'stripe.session_refused', 24, 4, '1fdf73a7-4f2a-40cf-a3c5-f13d0845e351', '{"ms": 4, "reason": "Invalid currency: zzz"}', 'stripe'),
	(205, '2026-11-27 09:54:29.80569+00', 'payment.failed', 24, 4, '1fdf73a7-4f2a-40cf-a3c5-f13d0845e351', '{"code": "StripeInvalidRequestError"}', 'database'),
	(206, '2026-11-27 09:54:29.817392+00', 'consultation.created', NULL, 6, 'e655d831-468f-4715-bf7a-8d852582caa0', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 86}', 'database'),
	(207, '2026-11-27 09:54:29.819742+00', 'request.create', 25, 4, 'd18796a7-1ca3-4eea-bf96-575ff43506b5', '{"payment_method": "stripe"}', 'request'),
	(208, '2026-11-27 09:54:29.824085+00', 'lock.acquired', 25, 4, 'd18796a7-1ca3-4eea-bf96-575ff43506b5', '{"lock_keys": ["payment:lock:86:4", "purchase:complete:25"], "waited_ms": 0.613}', 'lock'),
	(209, '2026-11-27 09:54:29.828005+00', 'payment.created', 25, 4, 'd18796a7-1ca3-4eea-bf96-575ff43506b5', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(210, '2026-11-27 09:54:29.841892+00', 'stripe.session_created', 25, 4, 'd18796a7-1ca3-4eea-bf96-575ff43506b5', '{"ms": 11, "attempt": 1, "session_id": "cs_test_N1f66nX5sbUlEptr4QxTHTlfUeR7GEus8KcmRyDIETSxqmRW3Iy17YyjfY"}', 'stripe'),
	(211, '2026-11-27 09:54:29.844423+00', 'session.attached', 25, 4, 'd18796a7-1ca3-4eea-bf96-575ff43506b5', '{}', 'database'),
	(212, '2026-11-27 09:54:29.866403+00', 'webhook.event', 25, NULL, '69361816-e4f7-4e8f-af30-203bbfed7883', '{"type": "checkout.session.completed", "event_id": "evt_8o82mMvZaovYYQ9P8aP1NGWg"}', 'webhook'),
	(213, '2026-11-27 09:54:29.867386+00', 'lock.acquired', 25, NULL, '69361816-e4f7-4e8f-af30-203bbfed7883', '{"lock_keys": ["purchase:complete:25"], "waited_ms": 0.942}', 'lock'),
	(214, '2026-11-27 09:54:29.876054+00', 'payment.completed', 25, NULL, '69361816-e4f7-4e8f-af30-203bbfed7883', '{"from": "pending", "currency": "idr", "transaction_id": "pi_dfwmD0UAlWwIry0syenIkJ3h", "amount_received": 5000}', 'database'),
	(215, '2026-11-27 09:54:29.919528+00', 'request.checkout', 26, 4, '7e1f7c55-b7b7-419b-89c6-42a9e2dda6e0', '{"product_id": "fixture-open"}', 'request'),
	(216, '2026-11-27 09:54:29.929541+00', 'lock.acquired', 26, 4, '7e1f7c55-b7b7-419b-89c6-42a9e2dda6e0', '{"lock_keys": ["lock:user:4:product:fixture-open"], "waited_ms": 1.086}', 'lock'),
	(217, '2026-11-27 09:54:29.939967+00', 'payment.created', 26, 4, '7e1f7c55-b7b7-419b-89c6-42a9e2dda6e0', '{"amount": 299700, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(218, '2026-11-27 09:54:29.953923+00', 'stripe.session_created', 26, 4, '7e1f7c55-b7b7-419b-89c6-42a9e2dda6e0', '{"ms": 12, "attempt": 1, "session_id": "cs_test_rZZnkPWwwI95W8innm8HvCydGmnq6GmCMWwKK5sLN3MBQtz9tPqSPs3q0z"}', 'stripe'),
	(219, '2026-11-27 09:54:29.955961+00', 'session.attached', 26, 4, '7e1f7c55-b7b7-419b-89c6-42a9e2dda6e0', '{}', 'database'),
	(220, '2026-11-27 09:54:29.973586+00', 'webhook.event', 26, NULL, '902cfd12-6464-4c42-a99e-37365daff23f', '{"type": "checkout.session.completed", "event_id": "evt_DBq77tNQAVnATA0SaDp0SWWo"}', 'webhook'),
	(221, '2026-11-27 09:54:29.974392+00', 'lock.acquired', 26, NULL, '902cfd12-6464-4c42-a99e-37365daff23f', '{"lock_keys": ["purchase:complete:26"], "waited_ms": 0.764}', 'lock'),
	(222, '2026-11-27 09:54:29.978535+00', 'payment.completed', 26, NULL, '902cfd12-6464-4c42-a99e-37365daff23f', '{"from": "pending", "currency": "idr", "transaction_id": "pi_heDdb6bK4vHxYlq9FA5wIc7V", "amount_received": 299700}', 'database'),
	(223, '2026-11-27 09:54:30.026928+00', 'request.checkout', 27, 4, '049dd90f-d501-4a1d-a731-50543f0e0a99', '{"product_id": "fixture-open"}', 'request'),
	(224, '2026-11-27 09:54:30.031069+00', 'lock.acquired', 27, 4, '049dd90f-d501-4a1d-a731-50543f0e0a99', '{"lock_keys": ["lock:user:4:product:fixture-open"], "waited_ms": 3.587}', 'lock'),
	(225, '2026-11-27 09:54:30.035347+00', 'payment.created', 27, 4, '049dd90f-d501-4a1d-a731-50543f0e0a99', '{"amount": 99900, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(226, '2026-11-27 09:54:30.043728+00', 'stripe.session_created', 27, 4, '049dd90f-d501-4a1d-a731-50543f0e0a99', '{"ms": 7, "attempt": 1, "session_id": "cs_test_2cHkG4wgSXGR7htJZNsKmZGFsPmyCjMsE3np3VRMPvl2ZVD5zB39YdJgpu"}', 'stripe'),
	(227, '2026-11-27 09:54:30.048229+00', 'session.attached', 27, 4, '049dd90f-d501-4a1d-a731-50543f0e0a99', '{}', 'database'),
	(228, '2026-11-27 09:54:30.063428+00', 'consultation.created', NULL, 6, '4641c9c4-901c-4a8b-a34f-4429bfdf3aaa', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 87}', 'database'),
	(229, '2026-11-27 09:54:30.067862+00', 'request.create', 28, 4, '24d473e9-a2ef-4877-9283-453838b6d3fb', '{"payment_method": "stripe"}', 'request'),
	(230, '2026-11-27 09:54:30.069439+00', 'lock.acquired', 28, 4, '24d473e9-a2ef-4877-9283-453838b6d3fb', '{"lock_keys": ["payment:lock:87:4", "purchase:complete:28"], "waited_ms": 0.778}', 'lock'),
	(231, '2026-11-27 09:54:30.077068+00', 'payment.created', 28, 4, '24d473e9-a2ef-4877-9283-453838b6d3fb', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(232, '2026-11-27 09:54:30.091325+00', 'stripe.session_created', 28, 4, '24d473e9-a2ef-4877-9283-453838b6d3fb', '{"ms": 10, "attempt": 1, "session_id": "cs_test_E4InEjV172dYP3skWUj9PEQyWJ5yPp3uwo9iJ3Xk5EbuielB6o5MYUqbLN"}', 'stripe'),
	(233, '2026-11-27 09:54:30.09321+00', 'session.attached', 28, 4, '24d473e9-a2ef-4877-9283-453838b6d3fb', '{}', 'database'),
	(234, '2026-11-27 09:54:30.113221+00', 'webhook.event', 28, NULL, '87ec6c90-d1b7-4707-ab17-7f797501134d', '{"type": "checkout.session.completed", "event_id": "evt_iE7B4EyUOfYTYoPowbGiuaAc"}', 'webhook'),
	(235, '2026-11-27 09:54:30.113797+00', 'lock.acquired', 28, NULL, '87ec6c90-d1b7-4707-ab17-7f797501134d', '{"lock_keys": ["purchase:complete:28"], "waited_ms": 0.535}', 'lock'),
	(236, '2026-11-27 09:54:30.115981+00', 'money.quarantined', 28, NULL, '87ec6c90-d1b7-4707-ab17-7f797501134d', '{"from": "pending", "currency": "idr", "expected": {"amount": 5000, "currency": "idr"}, "transaction_id": "pi_oes1IyTdgW7PyyIIFdbdzzlD", "amount_received": 4999}', 'database'),
	(237, '2026-11-27 09:54:30.164474+00', 'consultation.created', NULL, 6, 'd9e98cd3-70da-4165-82d3-3a526da30adc', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 88}', 'database'),
	(238, '2026-11-27 09:54:30.168609+00', 'request.create', 29, 4, '6f999d6d-873d-4b12-8bfe-3d4da257ef72', '{"payment_method": "stripe"}', 'request'),
	(239, '2026-11-27 09:54:30.170372+00', 'lock.acquired', 29, 4, '6f999d6d-873d-4b12-8bfe-3d4da257ef72', '{"lock_keys": ["payment:lock:88:4", "purchase:complete:29"], "waited_ms": 0.726}', 'lock'),
	(240, '2026-11-27 09:54:30.173018+00', 'payment.created', 29, 4, '6f999d6d-873d-4b12-8bfe-3d4da257ef72', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(241, '2026-11-27 09:54:30.181839+00', 'stripe.session_created', 29, 4, '6f999d6d-873d-4b12-8bfe-3d4da257ef72', '{"ms": 8, "attempt": 1, "session_id": "cs_test_K7Y3Swt7zhCKcmI7ns01sz8pSF7f28xwz0gaiQiAYG9KfEsmbSbEcfvB0l"}', 'stripe'),
	(242, '2026-11-27 09:54:30.18375+00', 'session.attached', 29, 4, '6f999d6d-873d-4b12-8bfe-3d4da257ef72', '{}', 'database'),
	(243, '2026-11-27 09:54:30.195058+00', 'webhook.event', 29, NULL, '9a863795-f81e-44cd-ac4f-151ae2591f49', '{"type": "checkout.session.completed", "event_id": "evt_L16tPI2De9FPA6OUGZpzJd1u"}', 'webhook'),
	(244, '2026-11-27 09:54:30.195744+00', 'lock.acquired', 29, NULL, '9a863795-f81e-44cd-ac4f-151ae2591f49', '{"lock_keys": ["purchase:complete:29"], "waited_ms": 0.649}', 'lock'),
	(245, '2026-11-27 09:54:30.199487+00', 'payment.completed', 29, NULL, '9a863795-f81e-44cd-ac4f-151ae2591f49', '{"from": "pending", "currency": "idr", "transaction_id": "pi_DZolESw5TCIu0oAxTIUs8I8v", "amount_received": 5000}', 'database'),
	(246, '2026-11-27 09:54:30.257739+00', 'webhook.event', 29, NULL, 'c223fe1e-e62d-4a60-96f9-19d105733d3b', '{"type": "checkout.session.completed", "event_id": "evt_5FBP9UuD16E1ojfkexzcucwQ"}', 'webhook'),
	(247, '2026-11-27 09:54:30.258626+00', 'lock.acquired', 29, NULL, 'c223fe1e-e62d-4a60-96f9-19d105733d3b', '{"lock_keys": ["purchase:complete:29"], "waited_ms": 0.843}', 'lock'),
	(248, '2026-11-27 09:54:30.262494+00', 'money.returned_automatically', 29, NULL, 'c223fe1e-e62d-4a60-96f9-19d105733d3b', '{"from": "completed", "currency": "idr", "refund_id": 9, "transaction_id": "pi_YUdFiOsLSUHU5hPZ56KmyNU5", "amount_received": 5000}', 'database'),
	(249, '2026-11-27 09:54:30.273558+00', 'stripe.refund_made', 29, NULL, 'c223fe1e-e62d-4a60-96f9-19d105733d3b', '{"ms": 8, "status": "succeeded", "transaction_id": "re_0ARKVUbjDcNkabORJs6X0r76"}', 'stripe'),
	(250, '2026-11-27 09:54:30.288189+00', 'refund.succeeded', 29, NULL, 'c223fe1e-e62d-4a60-96f9-19d105733d3b', '{"amount": 5000, "refund_id": 9, "transaction_id": "re_0ARKVUbjDcNkabORJs6X0r76"}', 'database');
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(251, '2026-11-27 09:54:30.315593+00', 'consultation.created', NULL, 6, 'd1a595a5-5067-4689-966c-c45c39c0ad39', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 89}', 'database'),
	(252, '2026-11-27 09:54:30.325118+00', 'request.create', 30, 4, '3bfda72d-4332-436d-a973-010515fa05e1', '{"payment_method": "stripe"}', 'request'),
	(253, '2026-11-27 09:54:30.331402+00', 'lock.acquired', 30, 4, '3bfda72d-4332-436d-a973-010515fa05e1', '{"lock_keys": ["payment:lock:89:4", "purchase:complete:30"], "waited_ms": 0.963}', 'lock'),
	(254, '2026-11-27 09:54:30.338284+00', 'payment.created', 30, 4, '3bfda72d-4332-436d-a973-010515fa05e1', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(255, '2026-11-27 09:54:30.348373+00', 'stripe.session_created', 30, 4, '3bfda72d-4332-436d-a973-010515fa05e1', '{"ms": 6, "attempt": 1, "session_id": "cs_test_eLmNQ42A8QkNtghFaUfi7TA7Zfl646AMzjWqpLm5nKD8ShTj7PDndlsDaH"}', 'stripe'),
	(256, '2026-11-27 09:54:30.355702+00', 'session.attached', 30, 4, '3bfda72d-4332-436d-a973-010515fa05e1', '{}', 'database'),
	(257, '2026-11-27 09:54:30.368196+00', 'webhook.event', 30, NULL, '9d7e6753-87e5-43b2-b3e2-6bd9aa2a1ddf', '{"type": "checkout.session.completed", "event_id": "evt_r3VOpKht8L6EsHxYUNOKJeQy"}', 'webhook'),
	(258, '2026-11-27 09:54:30.368884+00', 'lock.acquired', 30, NULL, '9d7e6753-87e5-43b2-b3e2-6bd9aa2a1ddf', '{"lock_keys": ["purchase:complete:30"], "waited_ms": 0.649}', 'lock'),
	(259, '2026-11-27 09:54:30.375724+00', 'payment.completed', 30, NULL, '9d7e6753-87e5-43b2-b3e2-6bd9aa2a1ddf', '{"from": "pending", "currency": "idr", "transaction_id": "pi_Mw9m0Q4sRiTqwtPvCC8OtFlx", "amount_received": 5000}', 'database'),
	(260, '2026-11-27 09:54:30.419275+00', 'request.refund', 30, 6, '28649149-491b-41d5-9839-e7cbd2c80c5f', '{}', 'request'),
	(261, '2026-11-27 09:54:30.427882+00', 'lock.acquired', 30, 6, '28649149-491b-41d5-9839-e7cbd2c80c5f', '{"lock_keys": ["purchase:complete:30"], "waited_ms": 0.915}', 'lock'),
	(262, '2026-11-27 09:54:30.434346+00', 'refund.reserved', 30, 6, '28649149-491b-41d5-9839-e7cbd2c80c5f', '{"amount": 5000, "reason": "asked for", "refund_id": 10}', 'database'),
	(263, '2026-11-27 09:54:30.45125+00', 'stripe.refund_made', 30, 6, '28649149-491b-41d5-9839-e7cbd2c80c5f', '{"ms": 9, "status": "succeeded", "transaction_id": "re_Eke7ZQ1diCzmLvUg5AOH21DA"}', 'stripe'),
	(264, '2026-11-27 09:54:30.467796+00', 'refund.succeeded', 30, 6, '28649149-491b-41d5-9839-e7cbd2c80c5f', '{"amount": 5000, "refund_id": 10, "transaction_id": "re_Eke7ZQ1diCzmLvUg5AOH21DA"}', 'database'),
	(266, '2026-11-27 09:54:30.489804+00', 'request.create', 31, 4, '35425b12-ff70-4fa5-972a-5f92c2a41be2', '{"payment_method": "stripe"}', 'request'),
	(267, '2026-11-27 09:54:30.491244+00', 'lock.acquired', 31, 4, '35425b12-ff70-4fa5-972a-5f92c2a41be2', '{"lock_keys": ["payment:lock:90:4", "purchase:complete:31"], "waited_ms": 0.517}', 'lock'),
	(268, '2026-11-27 09:54:30.495389+00', 'payment.created', 31, 4, '35425b12-ff70-4fa5-972a-5f92c2a41be2', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(269, '2026-11-27 09:54:30.501975+00', 'stripe.session_created', 31, 4, '35425b12-ff70-4fa5-972a-5f92c2a41be2', '{"ms": 4, "attempt": 1, "session_id": "cs_test_au8hfYBALiPKA0yA7jPpoXxT5P5srKfXEH0cFaX8uqoXMjaf7YrbZGfqjF"}', 'stripe'),
	(270, '2026-11-27 09:54:30.503826+00', 'session.attached', 31, 4, '35425b12-ff70-4fa5-972a-5f92c2a41be2', '{}', 'database'),
	(271, '2026-11-27 09:54:30.515562+00', 'webhook.event', 31, NULL, 'd0fc3994-da17-41e1-9ceb-6eb304ba8a8a', '{"type": "checkout.session.completed", "event_id": "evt_5d8Sn9HfzNBdDcPRCEXRCDJz"}', 'webhook'),
	(272, '2026-11-27 09:54:30.516164+00', 'lock.acquired', 31, NULL, 'd0fc3994-da17-41e1-9ceb-6eb304ba8a8a', '{"lock_keys": ["purchase:complete:31"], "waited_ms": 0.566}', 'lock'),
	(273, '2026-11-27 09:54:30.525247+00', 'payment.completed', 31, NULL, 'd0fc3994-da17-41e1-9ceb-6eb304ba8a8a', '{"from": "pending", "currency": "idr", "transaction_id": "pi_mPw4tslK3j9djFQgpLnz1FfN", "amount_received": 5000}', 'database'),
	(274, '2026-11-27 09:54:30.564615+00', 'request.refund', 31, 6, '700f67fe-9f8e-439e-a10d-4291a5840ea2', '{}', 'request'),
	(275, '2026-11-27 09:54:30.568222+00', 'lock.acquired', 31, 6, '700f67fe-9f8e-439e-a10d-4291a5840ea2', '{"lock_keys": ["purchase:complete:31"], "waited_ms": 0.852}', 'lock'),
	(276, '2026-11-27 09:54:30.574225+00', 'refund.reserved', 31, 6, '700f67fe-9f8e-439e-a10d-4291a5840ea2', '{"amount": 1999, "reason": "asked for", "refund_id": 11}', 'database'),
	(277, '2026-11-27 09:54:30.588159+00', 'stripe.refund_made', 31, 6, '700f67fe-9f8e-439e-a10d-4291a5840ea2', '{"ms": 12, "status": "succeeded", "transaction_id": "re_qaYLn6EUZlNDfZsp9ITG48Mb"}', 'stripe'),
	(278, '2026-11-27 09:54:30.610064+00', 'refund.succeeded', 31, 6, '700f67fe-9f8e-439e-a10d-4291a5840ea2', '{"amount": 1999, "refund_id": 11, "transaction_id": "re_qaYLn6EUZlNDfZsp9ITG48Mb"}', 'database'),
	(279, '2026-11-27 09:54:30.619145+00', 'request.refund', 31, 6, 'b6b93b94-ce79-4512-a7cc-61fae42eb558', '{}', 'request'),
	(280, '2026-11-27 09:54:30.630549+00', 'lock.acquired', 31, 6, 'b6b93b94-ce79-4512-a7cc-61fae42eb558', '{"lock_keys": ["purchase:complete:31"], "waited_ms": 8.841}', 'lock'),
	(265, '2026-11-27 09:54:30.483774+00', 'consultation.created', NULL, 6, '969c9b22-db92-4b13-aeff-6aa7ee4966fa', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 90}', 'database'),
	(284, '2026-11-27 09:54:30.668612+00', 'consultation.created', NULL, 6, '7b5de771-ff3b-45e8-b2f4-ab30fceaeaac', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 91}', 'database'),
	(298, '2026-11-27 09:54:30.824453+00', 'consultation.created', NULL, 6, '65fe4264-6e60-41cb-b69f-c75a322c0a55', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 92}', 'database'),
	(302, '2026-11-27 09:54:30.831909+00', 'request.create', 33, 4, 'a8aca176-b194-457e-b077-67070ddb2834', '{"payment_method": "stripe"}', 'request'),
	(303, '2026-11-27 09:54:30.837943+00', 'lock.acquired', 33, 4, 'a8aca176-b194-457e-b077-67070ddb2834', '{"lock_keys": ["payment:lock:92:4", "purchase:complete:33"], "waited_ms": 0.761}', 'lock'),
	(304, '2026-11-27 09:54:30.845656+00', 'payment.created', 33, 4, 'a8aca176-b194-457e-b077-67070ddb2834', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(305, '2026-11-27 09:54:30.857165+00', 'stripe.session_created', 33, 4, 'a8aca176-b194-457e-b077-67070ddb2834', '{"ms": 10, "attempt": 1, "session_id": "cs_test_gqqAq7JbIqLNfvip35dwXjqBIO8Tl7sm8ep7NcNN0WJVeffepP62YzZph6"}', 'stripe'),
	(306, '2026-11-27 09:54:30.860804+00', 'session.attached', 33, 4, 'a8aca176-b194-457e-b077-67070ddb2834', '{}', 'database'),
	(307, '2026-11-27 09:54:30.897861+00', 'webhook.event', 33, NULL, '2423fea1-80bb-4f37-a719-b386ba93de8b', '{"type": "checkout.session.completed", "event_id": "evt_9UuvWKPVyw5efAU46FdEmTDq"}', 'webhook'),
	(308, '2026-11-27 09:54:30.898824+00', 'lock.acquired', 33, NULL, '2423fea1-80bb-4f37-a719-b386ba93de8b', '{"lock_keys": ["purchase:complete:33"], "waited_ms": 0.911}', 'lock'),
	(309, '2026-11-27 09:54:30.909177+00', 'payment.completed', 33, NULL, '2423fea1-80bb-4f37-a719-b386ba93de8b', '{"from": "pending", "currency": "idr", "transaction_id": "pi_nx4KMNGf9z1i13xiN7wGrFKT", "amount_received": 5000}', 'database'),
	(310, '2026-11-27 09:54:30.948666+00', 'request.refund', 33, 6, '521f4868-10a0-4a34-a071-1db0dee37a10', '{}', 'request'),
	(311, '2026-11-27 09:54:30.952731+00', 'lock.acquired', 33, 6, '521f4868-10a0-4a34-a071-1db0dee37a10', '{"lock_keys": ["purchase:complete:33"], "waited_ms": 0.798}', 'lock'),
	(312, '2026-11-27 09:54:30.974225+00', 'refund.reserved', 33, 6, '521f4868-10a0-4a34-a071-1db0dee37a10', '{"amount": 1500, "reason": "asked for", "refund_id": 14}', 'database'),
	(313, '2026-11-27 09:54:30.99022+00', 'stripe.refund_made', 33, 6, '521f4868-10a0-4a34-a071-1db0dee37a10', '{"ms": 12, "status": "requires_action", "transaction_id": "re_w122ChoqKL09sX39Td8sS5QH"}', 'stripe'),
	(314, '2026-11-27 09:54:30.998513+00', 'refund.on_its_way', 33, 6, '521f4868-10a0-4a34-a071-1db0dee37a10', '{"amount": 1500, "refund_id": 14, "transaction_id": "re_w122ChoqKL09sX39Td8sS5QH"}', 'database'),
	(316, '2026-11-27 09:54:30.997581+00', 'webhook.event', 33, NULL, 'c2f3434a-f99d-422a-a5d2-dedd6296b258', '{"type": "refund.created", "event_id": "evt_NWPdsZyz81iIfArt8r7dgcnS"}', 'webhook'),
	(317, '2026-11-27 09:54:31.007893+00', 'lock.acquired', 33, NULL, 'c2f3434a-f99d-422a-a5d2-dedd6296b258', '{"lock_keys": ["purchase:complete:33"], "waited_ms": 10.267}', 'lock'),
	(318, '2026-11-27 09:54:31.01879+00', 'refund.on_its_way', 33, NULL, 'c2f3434a-f99d-422a-a5d2-dedd6296b258', '{"amount": 1500, "refund_id": 14, "transaction_id": "re_w122ChoqKL09sX39Td8sS5QH"}', 'database'),
	(332, '2026-11-27 09:54:31.190026+00', 'consultation.created', NULL, 6, '0c0a897e-0258-4a14-8219-6bde8037d0ef', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 94}', 'database'),
	(333, '2026-11-27 09:54:31.193055+00', 'request.create', 35, 4, 'f707d6c4-1103-4c66-a7c7-b236eb4e7dc3', '{"payment_method": "stripe"}', 'request');
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(334, '2026-11-27 09:54:31.194383+00', 'lock.acquired', 35, 4, 'f707d6c4-1103-4c66-a7c7-b236eb4e7dc3', '{"lock_keys": ["payment:lock:94:4", "purchase:complete:35"], "waited_ms": 0.607}', 'lock'),
	(335, '2026-11-27 09:54:31.202858+00', 'payment.created', 35, 4, 'f707d6c4-1103-4c66-a7c7-b236eb4e7dc3', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(383, '2026-11-27 09:54:31.917766+00', 'request.create', 38, 4, '979cc88b-5799-40cc-9248-85a5886cc121', '{"payment_method": "stripe"}', 'request'),
	(384, '2026-11-27 09:54:31.919145+00', 'lock.acquired', 38, 4, '979cc88b-5799-40cc-9248-85a5886cc121', '{"lock_keys": ["payment:lock:96:4", "purchase:complete:38"], "waited_ms": 0.578}', 'lock'),
	(385, '2026-11-27 09:54:31.935778+00', 'payment.created', 38, 4, '979cc88b-5799-40cc-9248-85a5886cc121', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(386, '2026-11-27 09:54:31.953384+00', 'stripe.session_created', 38, 4, '979cc88b-5799-40cc-9248-85a5886cc121', '{"ms": 12, "attempt": 1, "session_id": "cs_test_NVcqINycdhEqBLVcqiB05vlwkKyPeZoPBk8quTEKaOGN6CcAlADiSFjT3t"}', 'stripe'),
	(387, '2026-11-27 09:54:31.955701+00', 'session.attached', 38, 4, '979cc88b-5799-40cc-9248-85a5886cc121', '{}', 'database'),
	(388, '2026-11-27 09:54:31.982323+00', 'webhook.event', 37, NULL, '1743d59d-759a-478e-8eec-22b6bc99aecc', '{"type": "refund.updated", "event_id": "evt_ePaysMUur3mZVqCXypYdvjcy"}', 'webhook'),
	(389, '2026-11-27 09:54:31.9834+00', 'lock.acquired', 37, NULL, '1743d59d-759a-478e-8eec-22b6bc99aecc', '{"lock_keys": ["purchase:complete:37"], "waited_ms": 1.027}', 'lock'),
	(390, '2026-11-27 09:54:32.003243+00', 'refund.failed_after_success', 37, NULL, '1743d59d-759a-478e-8eec-22b6bc99aecc', '{"amount": 5000, "refund_id": 18, "refund_owed": 5000, "transaction_id": "re_fOkhZbIdn1q26c8P4LVdMiNv"}', 'database'),
	(391, '2026-11-27 09:54:32.034676+00', 'consultation.created', NULL, 6, '690787a0-9e83-4aee-bcd0-f96ce41cc6ba', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 97}', 'database'),
	(392, '2026-11-27 09:54:32.042194+00', 'request.create', 39, 4, '97443dc4-a599-41db-af48-2e00d9faff1c', '{"payment_method": "stripe"}', 'request'),
	(393, '2026-11-27 09:54:32.044297+00', 'lock.acquired', 39, 4, '97443dc4-a599-41db-af48-2e00d9faff1c', '{"lock_keys": ["payment:lock:97:4", "purchase:complete:39"], "waited_ms": 0.695}', 'lock'),
	(394, '2026-11-27 09:54:32.049432+00', 'payment.created', 39, 4, '97443dc4-a599-41db-af48-2e00d9faff1c', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(395, '2026-11-27 09:54:32.064374+00', 'stripe.session_created', 39, 4, '97443dc4-a599-41db-af48-2e00d9faff1c', '{"ms": 12, "attempt": 1, "session_id": "cs_test_qJdMIbjtJH1a4frNH2yIn7zroEL7Kqk3DLignmImy613MyEE19hUCvtdTb"}', 'stripe'),
	(396, '2026-11-27 09:54:32.070242+00', 'session.attached', 39, 4, '97443dc4-a599-41db-af48-2e00d9faff1c', '{}', 'database'),
	(397, '2026-11-27 09:54:32.081719+00', 'webhook.event', 39, NULL, '0e964da3-8804-45f6-a69a-a22c1aff269a', '{"type": "checkout.session.completed", "event_id": "evt_immYEGRMhfvWvnfsJoAdxeBy"}', 'webhook'),
	(398, '2026-11-27 09:54:32.083331+00', 'lock.acquired', 39, NULL, '0e964da3-8804-45f6-a69a-a22c1aff269a', '{"lock_keys": ["purchase:complete:39"], "waited_ms": 1.57}', 'lock'),
	(281, '2026-11-27 09:54:30.633095+00', 'refund.reserved', 31, 6, 'b6b93b94-ce79-4512-a7cc-61fae42eb558', '{"amount": 1, "reason": "asked for", "refund_id": 12}', 'database'),
	(282, '2026-11-27 09:54:30.648669+00', 'stripe.refund_made', 31, 6, 'b6b93b94-ce79-4512-a7cc-61fae42eb558', '{"ms": 14, "status": "succeeded", "transaction_id": "re_mdAQRZD89QRuKOzPEBpuzXpl"}', 'stripe'),
	(283, '2026-11-27 09:54:30.657472+00', 'refund.succeeded', 31, 6, 'b6b93b94-ce79-4512-a7cc-61fae42eb558', '{"amount": 1, "refund_id": 12, "transaction_id": "re_mdAQRZD89QRuKOzPEBpuzXpl"}', 'database'),
	(285, '2026-11-27 09:54:30.674102+00', 'request.create', 32, 4, '626d6608-90fd-4ee9-a6fb-1b49204f0bc5', '{"payment_method": "stripe"}', 'request'),
	(286, '2026-11-27 09:54:30.678509+00', 'lock.acquired', 32, 4, '626d6608-90fd-4ee9-a6fb-1b49204f0bc5', '{"lock_keys": ["payment:lock:91:4", "purchase:complete:32"], "waited_ms": 3.37}', 'lock'),
	(287, '2026-11-27 09:54:30.684594+00', 'payment.created', 32, 4, '626d6608-90fd-4ee9-a6fb-1b49204f0bc5', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(288, '2026-11-27 09:54:30.694759+00', 'stripe.session_created', 32, 4, '626d6608-90fd-4ee9-a6fb-1b49204f0bc5', '{"ms": 4, "attempt": 1, "session_id": "cs_test_s83W8qzSwBtPEJTCZArLWEzpKEU7IfDLqYdVH7v8Cf7GkZf3KNuU1oHNUv"}', 'stripe'),
	(289, '2026-11-27 09:54:30.696458+00', 'session.attached', 32, 4, '626d6608-90fd-4ee9-a6fb-1b49204f0bc5', '{}', 'database'),
	(290, '2026-11-27 09:54:30.704768+00', 'webhook.event', 32, NULL, '892adc0e-8a37-48b2-bd09-4add6380578f', '{"type": "checkout.session.completed", "event_id": "evt_MzspYsyJ8EoaAS8nRQSSZXJ6"}', 'webhook'),
	(291, '2026-11-27 09:54:30.705449+00', 'lock.acquired', 32, NULL, '892adc0e-8a37-48b2-bd09-4add6380578f', '{"lock_keys": ["purchase:complete:32"], "waited_ms": 0.645}', 'lock'),
	(292, '2026-11-27 09:54:30.711044+00', 'payment.completed', 32, NULL, '892adc0e-8a37-48b2-bd09-4add6380578f', '{"from": "pending", "currency": "idr", "transaction_id": "pi_QnsgK1eFBiUTq8qt1lHI31C0", "amount_received": 5000}', 'database'),
	(293, '2026-11-27 09:54:30.761345+00', 'request.refund', 32, 6, '10543d6c-a2f0-4022-921f-50a7bdcac6a4', '{}', 'request'),
	(294, '2026-11-27 09:54:30.764757+00', 'lock.acquired', 32, 6, '10543d6c-a2f0-4022-921f-50a7bdcac6a4', '{"lock_keys": ["purchase:complete:32"], "waited_ms": 0.61}', 'lock'),
	(295, '2026-11-27 09:54:30.767314+00', 'refund.reserved', 32, 6, '10543d6c-a2f0-4022-921f-50a7bdcac6a4', '{"amount": 1500, "reason": "asked for", "refund_id": 13}', 'database'),
	(296, '2026-11-27 09:54:30.782952+00', 'stripe.refund_made', 32, 6, '10543d6c-a2f0-4022-921f-50a7bdcac6a4', '{"ms": 12, "status": "pending", "transaction_id": "re_R2zQXwmTeHV8TcBSEIOalz42"}', 'stripe'),
	(297, '2026-11-27 09:54:30.800253+00', 'refund.on_its_way', 32, 6, '10543d6c-a2f0-4022-921f-50a7bdcac6a4', '{"amount": 1500, "refund_id": 13, "transaction_id": "re_R2zQXwmTeHV8TcBSEIOalz42"}', 'database'),
	(299, '2026-11-27 09:54:30.793533+00', 'webhook.event', 32, NULL, 'b98a533e-78c3-4e53-a404-b36e0be031ed', '{"type": "refund.created", "event_id": "evt_mHZbx5sgEYgCMoA5Y0ztqNRz"}', 'webhook'),
	(300, '2026-11-27 09:54:30.811704+00', 'lock.acquired', 32, NULL, 'b98a533e-78c3-4e53-a404-b36e0be031ed', '{"lock_keys": ["purchase:complete:32"], "waited_ms": 18.127}', 'lock'),
	(301, '2026-11-27 09:54:30.826913+00', 'refund.on_its_way', 32, NULL, 'b98a533e-78c3-4e53-a404-b36e0be031ed', '{"amount": 1500, "refund_id": 13, "transaction_id": "re_R2zQXwmTeHV8TcBSEIOalz42"}', 'database'),
	(315, '2026-11-27 09:54:31.014128+00', 'consultation.created', NULL, 6, '927096de-a34d-41a3-97fd-a42ab7576dd1', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 93}', 'database'),
	(319, '2026-11-27 09:54:31.020744+00', 'request.create', 34, 4, '7117e283-4a35-4557-be44-f10c7ebf491f', '{"payment_method": "stripe"}', 'request'),
	(320, '2026-11-27 09:54:31.022841+00', 'lock.acquired', 34, 4, '7117e283-4a35-4557-be44-f10c7ebf491f', '{"lock_keys": ["payment:lock:93:4", "purchase:complete:34"], "waited_ms": 1.121}', 'lock'),
	(321, '2026-11-27 09:54:31.0284+00', 'payment.created', 34, 4, '7117e283-4a35-4557-be44-f10c7ebf491f', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(322, '2026-11-27 09:54:31.044819+00', 'stripe.session_created', 34, 4, '7117e283-4a35-4557-be44-f10c7ebf491f', '{"ms": 10, "attempt": 1, "session_id": "cs_test_qxPtqpGQkigDdZNK0HcqN5cqBOuzgC2M8YY9sOs0JCUodXI6sugCEcit46"}', 'stripe'),
	(323, '2026-11-27 09:54:31.049526+00', 'session.attached', 34, 4, '7117e283-4a35-4557-be44-f10c7ebf491f', '{}', 'database'),
	(324, '2026-11-27 09:54:31.061818+00', 'webhook.event', 34, NULL, '54fe6297-18a1-44c5-8ea5-eed37922a63a', '{"type": "checkout.session.completed", "event_id": "evt_ULHUOqUoE5e2xYvB9YpMaR7h"}', 'webhook'),
	(325, '2026-11-27 09:54:31.062549+00', 'lock.acquired', 34, NULL, '54fe6297-18a1-44c5-8ea5-eed37922a63a', '{"lock_keys": ["purchase:complete:34"], "waited_ms": 0.69}', 'lock'),
	(326, '2026-11-27 09:54:31.066698+00', 'payment.completed', 34, NULL, '54fe6297-18a1-44c5-8ea5-eed37922a63a', '{"from": "pending", "currency": "idr", "transaction_id": "pi_1ueIXA5CTnuth509yujwdlfL", "amount_received": 5000}', 'database'),
	(327, '2026-11-27 09:54:31.115538+00', 'request.refund', 34, 6, '81c907e4-6b81-4004-bf44-42e1e1e20016', '{}', 'request'),
	(328, '2026-11-27 09:54:31.121011+00', 'lock.acquired', 34, 6, '81c907e4-6b81-4004-bf44-42e1e1e20016', '{"lock_keys": ["purchase:complete:34"], "waited_ms": 2.295}', 'lock'),
	(329, '2026-11-27 09:54:31.130434+00', 'refund.reserved', 34, 6, '81c907e4-6b81-4004-bf44-42e1e1e20016', '{"amount": 5000, "reason": "asked for", "refund_id": 15}', 'database'),
	(330, '2026-11-27 09:54:31.153558+00', 'stripe.refund_made', 34, 6, '81c907e4-6b81-4004-bf44-42e1e1e20016', '{"ms": 21, "status": "failed", "transaction_id": "re_i5xXsLnvCWXYtYjL9pz9Lm2d"}', 'stripe');
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(331, '2026-11-27 09:54:31.170926+00', 'refund.failed', 34, 6, '81c907e4-6b81-4004-bf44-42e1e1e20016', '{"amount": 5000, "refund_id": 15, "transaction_id": "re_i5xXsLnvCWXYtYjL9pz9Lm2d"}', 'database'),
	(336, '2026-11-27 09:54:31.226935+00', 'stripe.session_created', 35, 4, 'f707d6c4-1103-4c66-a7c7-b236eb4e7dc3', '{"ms": 23, "attempt": 1, "session_id": "cs_test_ytrpbzW6hX1kVfzZesFTCMmMWHjK2IuotYt1I9wzoktEkQ5dwLbVMLmk4k"}', 'stripe'),
	(337, '2026-11-27 09:54:31.231194+00', 'session.attached', 35, 4, 'f707d6c4-1103-4c66-a7c7-b236eb4e7dc3', '{}', 'database'),
	(338, '2026-11-27 09:54:31.263127+00', 'webhook.event', 35, NULL, '8ba8d1e3-e9b4-4d6f-ba3f-6d6df0a05050', '{"type": "checkout.session.completed", "event_id": "evt_6k1thBmYUfpI8Qec0ybgTNfh"}', 'webhook'),
	(339, '2026-11-27 09:54:31.264032+00', 'lock.acquired', 35, NULL, '8ba8d1e3-e9b4-4d6f-ba3f-6d6df0a05050', '{"lock_keys": ["purchase:complete:35"], "waited_ms": 0.866}', 'lock'),
	(340, '2026-11-27 09:54:31.280839+00', 'payment.completed', 35, NULL, '8ba8d1e3-e9b4-4d6f-ba3f-6d6df0a05050', '{"from": "pending", "currency": "idr", "transaction_id": "pi_fpe0ICGXvN2TgGGZjE1K2vOR", "amount_received": 5000}', 'database'),
	(341, '2026-11-27 09:54:31.316716+00', 'request.refund', 35, 6, '62a4cacc-7918-4e89-8f25-a0ed7b4da6d5', '{}', 'request'),
	(342, '2026-11-27 09:54:31.327476+00', 'lock.acquired', 35, 6, '62a4cacc-7918-4e89-8f25-a0ed7b4da6d5', '{"lock_keys": ["purchase:complete:35"], "waited_ms": 1.108}', 'lock'),
	(343, '2026-11-27 09:54:31.343297+00', 'refund.reserved', 35, 6, '62a4cacc-7918-4e89-8f25-a0ed7b4da6d5', '{"amount": 5000, "reason": "asked for", "refund_id": 16}', 'database'),
	(344, '2026-11-27 09:54:31.358956+00', 'stripe.refund_made', 35, 6, '62a4cacc-7918-4e89-8f25-a0ed7b4da6d5', '{"ms": 14, "status": "pending", "transaction_id": "re_wcFCsuxep53pjCNkifgX40De"}', 'stripe'),
	(345, '2026-11-27 09:54:31.366976+00', 'refund.on_its_way', 35, 6, '62a4cacc-7918-4e89-8f25-a0ed7b4da6d5', '{"amount": 5000, "refund_id": 16, "transaction_id": "re_wcFCsuxep53pjCNkifgX40De"}', 'database'),
	(346, '2026-11-27 09:54:31.365749+00', 'webhook.event', 35, NULL, '7fc6a4bf-5579-4f88-9db1-354062103698', '{"type": "refund.created", "event_id": "evt_eZ0jPQE5Er9SDPNEEu2ME3g7"}', 'webhook'),
	(347, '2026-11-27 09:54:31.388853+00', 'lock.acquired', 35, NULL, '7fc6a4bf-5579-4f88-9db1-354062103698', '{"lock_keys": ["purchase:complete:35"], "waited_ms": 23.054}', 'lock'),
	(348, '2026-11-27 09:54:31.396223+00', 'refund.on_its_way', 35, NULL, '7fc6a4bf-5579-4f88-9db1-354062103698', '{"amount": 5000, "refund_id": 16, "transaction_id": "re_wcFCsuxep53pjCNkifgX40De"}', 'database'),
	(349, '2026-11-27 09:54:31.41441+00', 'webhook.event', 35, NULL, '52ea879f-f846-44b8-bac7-7b53617693e9', '{"type": "refund.updated", "event_id": "evt_je1mbnaZ2e62P59zHeSqFLYr"}', 'webhook'),
	(350, '2026-11-27 09:54:31.41505+00', 'lock.acquired', 35, NULL, '52ea879f-f846-44b8-bac7-7b53617693e9', '{"lock_keys": ["purchase:complete:35"], "waited_ms": 0.599}', 'lock'),
	(351, '2026-11-27 09:54:31.423338+00', 'refund.cancelled', 35, NULL, '52ea879f-f846-44b8-bac7-7b53617693e9', '{"amount": 5000, "refund_id": 16, "transaction_id": "re_wcFCsuxep53pjCNkifgX40De"}', 'database'),
	(352, '2026-11-27 09:54:31.461361+00', 'consultation.created', NULL, 6, 'cb04d320-bc11-42c4-be71-9379997e7e1b', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 95}', 'database'),
	(353, '2026-11-27 09:54:31.46655+00', 'request.create', 36, 4, '3fb1b108-a3af-401a-ad77-4a9a17079532', '{"payment_method": "stripe"}', 'request'),
	(354, '2026-11-27 09:54:31.470437+00', 'lock.acquired', 36, 4, '3fb1b108-a3af-401a-ad77-4a9a17079532', '{"lock_keys": ["payment:lock:95:4", "purchase:complete:36"], "waited_ms": 2.962}', 'lock'),
	(355, '2026-11-27 09:54:31.492005+00', 'payment.created', 36, 4, '3fb1b108-a3af-401a-ad77-4a9a17079532', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(356, '2026-11-27 09:54:31.50422+00', 'stripe.session_created', 36, 4, '3fb1b108-a3af-401a-ad77-4a9a17079532', '{"ms": 6, "attempt": 1, "session_id": "cs_test_9dUxJYVqzsv5BfplIPrctjuWWFXeZL0Ml6oXhk5ZGtG8JFajCD9TnewKnb"}', 'stripe'),
	(357, '2026-11-27 09:54:31.506391+00', 'session.attached', 36, 4, '3fb1b108-a3af-401a-ad77-4a9a17079532', '{}', 'database'),
	(358, '2026-11-27 09:54:31.522401+00', 'webhook.event', 36, NULL, 'bd3439ef-446f-4f20-abfd-e3e29a605cda', '{"type": "checkout.session.completed", "event_id": "evt_O31gIZq25LqskVPXIqMKnrj4"}', 'webhook'),
	(359, '2026-11-27 09:54:31.525238+00', 'lock.acquired', 36, NULL, 'bd3439ef-446f-4f20-abfd-e3e29a605cda', '{"lock_keys": ["purchase:complete:36"], "waited_ms": 2.792}', 'lock'),
	(360, '2026-11-27 09:54:31.543215+00', 'payment.completed', 36, NULL, 'bd3439ef-446f-4f20-abfd-e3e29a605cda', '{"from": "pending", "currency": "idr", "transaction_id": "pi_hn2IsvKKQix3ax6FfEbKG2Ft", "amount_received": 5000}', 'database'),
	(361, '2026-11-27 09:54:31.592295+00', 'request.refund', 36, 6, '4415989c-9e10-4742-ba5a-0484da191a30', '{}', 'request'),
	(362, '2026-11-27 09:54:31.605933+00', 'lock.acquired', 36, 6, '4415989c-9e10-4742-ba5a-0484da191a30', '{"lock_keys": ["purchase:complete:36"], "waited_ms": 3.778}', 'lock'),
	(363, '2026-11-27 09:54:31.613505+00', 'refund.reserved', 36, 6, '4415989c-9e10-4742-ba5a-0484da191a30', '{"amount": 2222, "reason": "asked for", "refund_id": 17}', 'database'),
	(364, '2026-11-27 09:54:31.627524+00', 'stripe.refund_made', 36, 6, '4415989c-9e10-4742-ba5a-0484da191a30', '{"ms": 9, "status": "succeeded", "transaction_id": "re_ilYcD7ukeAKkzUZW5TNlbuAH"}', 'stripe'),
	(365, '2026-11-27 09:54:31.682825+00', 'refund.succeeded', 36, 6, '4415989c-9e10-4742-ba5a-0484da191a30', '{"amount": 2222, "refund_id": 17, "transaction_id": "re_ilYcD7ukeAKkzUZW5TNlbuAH"}', 'database'),
	(366, '2026-11-27 09:54:31.712691+00', 'webhook.event', 36, NULL, '1245f261-f54b-446a-be8d-8688c59ccd95', '{"type": "refund.updated", "event_id": "evt_9mQ3plhhPdgRurdywirzjlTz"}', 'webhook'),
	(367, '2026-11-27 09:54:31.713757+00', 'lock.acquired', 36, NULL, '1245f261-f54b-446a-be8d-8688c59ccd95', '{"lock_keys": ["purchase:complete:36"], "waited_ms": 1.021}', 'lock'),
	(368, '2026-11-27 09:54:31.731417+00', 'refund.failed_after_success', 36, NULL, '1245f261-f54b-446a-be8d-8688c59ccd95', '{"amount": 2222, "refund_id": 17, "refund_owed": 0, "transaction_id": "re_ilYcD7ukeAKkzUZW5TNlbuAH"}', 'database'),
	(369, '2026-11-27 09:54:31.766732+00', 'consultation.created', NULL, 6, 'd0da5c7d-a46b-4316-8f4c-998674a1fc8f', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 96}', 'database'),
	(370, '2026-11-27 09:54:31.769493+00', 'request.create', 37, 4, '145ce63e-3d99-41fc-9eda-0cd726fb0d90', '{"payment_method": "stripe"}', 'request'),
	(371, '2026-11-27 09:54:31.770988+00', 'lock.acquired', 37, 4, '145ce63e-3d99-41fc-9eda-0cd726fb0d90', '{"lock_keys": ["payment:lock:96:4", "purchase:complete:37"], "waited_ms": 0.588}', 'lock'),
	(372, '2026-11-27 09:54:31.779031+00', 'payment.created', 37, 4, '145ce63e-3d99-41fc-9eda-0cd726fb0d90', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(373, '2026-11-27 09:54:31.790951+00', 'stripe.session_created', 37, 4, '145ce63e-3d99-41fc-9eda-0cd726fb0d90', '{"ms": 10, "attempt": 1, "session_id": "cs_test_xqdcXVHQwFvVtQbksmhcD97vXm933Q4VXKEwzkn3eZ1nYGR9DUn8B6IrrH"}', 'stripe'),
	(374, '2026-11-27 09:54:31.792922+00', 'session.attached', 37, 4, '145ce63e-3d99-41fc-9eda-0cd726fb0d90', '{}', 'database'),
	(375, '2026-11-27 09:54:31.808257+00', 'webhook.event', 37, NULL, '23f626cf-f39e-4c68-8872-4567f1893f1f', '{"type": "checkout.session.completed", "event_id": "evt_oOVZIZKdxAScDDzeW4isk8kv"}', 'webhook'),
	(376, '2026-11-27 09:54:31.808892+00', 'lock.acquired', 37, NULL, '23f626cf-f39e-4c68-8872-4567f1893f1f', '{"lock_keys": ["purchase:complete:37"], "waited_ms": 0.592}', 'lock'),
	(377, '2026-11-27 09:54:31.816729+00', 'payment.completed', 37, NULL, '23f626cf-f39e-4c68-8872-4567f1893f1f', '{"from": "pending", "currency": "idr", "transaction_id": "pi_OIlqv2R2voW7dyRGS67yZWLD", "amount_received": 5000}', 'database'),
	(378, '2026-11-27 09:54:31.860557+00', 'request.refund', 37, 6, '4894ce95-5b44-486d-8c6b-10e97212b04a', '{}', 'request'),
	(379, '2026-11-27 09:54:31.86403+00', 'lock.acquired', 37, 6, '4894ce95-5b44-486d-8c6b-10e97212b04a', '{"lock_keys": ["purchase:complete:37"], "waited_ms": 0.644}', 'lock'),
	(380, '2026-11-27 09:54:31.867112+00', 'refund.reserved', 37, 6, '4894ce95-5b44-486d-8c6b-10e97212b04a', '{"amount": 5000, "reason": "asked for", "refund_id": 18}', 'database'),
	(381, '2026-11-27 09:54:31.881232+00', 'stripe.refund_made', 37, 6, '4894ce95-5b44-486d-8c6b-10e97212b04a', '{"ms": 12, "status": "succeeded", "transaction_id": "re_fOkhZbIdn1q26c8P4LVdMiNv"}', 'stripe'),
	(382, '2026-11-27 09:54:31.901778+00', 'refund.succeeded', 37, 6, '4894ce95-5b44-486d-8c6b-10e97212b04a', '{"amount": 5000, "refund_id": 18, "transaction_id": "re_fOkhZbIdn1q26c8P4LVdMiNv"}', 'database'),
	(467, '2026-11-27 09:54:33.271046+00', 'webhook.event', 44, NULL, '8e2fa702-dfe5-40d6-bd12-05944553be78', '{"type": "charge.dispute.funds_reinstated", "event_id": "evt_rjHW7pGYIiLeFhoBVnT4FiHu"}', 'webhook'),
	(468, '2026-11-27 09:54:33.272584+00', 'lock.acquired', 44, NULL, '8e2fa702-dfe5-40d6-bd12-05944553be78', '{"lock_keys": ["purchase:complete:44"], "waited_ms": 1.468}', 'lock');
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(469, '2026-11-27 09:54:33.28092+00', 'dispute.won', 44, NULL, '8e2fa702-dfe5-40d6-bd12-05944553be78', '{"state": "won", "amount": 5000, "reason": "general", "dispute_id": "du_rjaU8VWsCcxGm2ICz9m4LX1g"}', 'database'),
	(470, '2026-11-27 09:54:33.328474+00', 'consultation.created', NULL, 6, 'd7b04e99-e6ed-4f80-b67a-fb4501a66baf', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 103}', 'database'),
	(471, '2026-11-27 09:54:33.334655+00', 'request.create', 45, 4, '949f4e3a-d7bb-4d90-a740-5e5436026375', '{"payment_method": "stripe"}', 'request'),
	(472, '2026-11-27 09:54:33.337064+00', 'lock.acquired', 45, 4, '949f4e3a-d7bb-4d90-a740-5e5436026375', '{"lock_keys": ["payment:lock:103:4", "purchase:complete:45"], "waited_ms": 0.647}', 'lock'),
	(473, '2026-11-27 09:54:33.342238+00', 'payment.created', 45, 4, '949f4e3a-d7bb-4d90-a740-5e5436026375', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(474, '2026-11-27 09:54:33.35516+00', 'stripe.session_created', 45, 4, '949f4e3a-d7bb-4d90-a740-5e5436026375', '{"ms": 6, "attempt": 1, "session_id": "cs_test_TpFgKoVUfr2iec3BzjdGRcwKGEnc8kRMgqduj10VFZyvMfIMsA6lqbfNsv"}', 'stripe'),
	(475, '2026-11-27 09:54:33.357208+00', 'session.attached', 45, 4, '949f4e3a-d7bb-4d90-a740-5e5436026375', '{}', 'database'),
	(476, '2026-11-27 09:54:33.366743+00', 'webhook.event', 45, NULL, 'de4889c8-1478-40fd-83a6-ed7cdd161226', '{"type": "checkout.session.completed", "event_id": "evt_W6PPLRVAy2zjgK77bzbvyNa4"}', 'webhook'),
	(477, '2026-11-27 09:54:33.367368+00', 'lock.acquired', 45, NULL, 'de4889c8-1478-40fd-83a6-ed7cdd161226', '{"lock_keys": ["purchase:complete:45"], "waited_ms": 0.584}', 'lock'),
	(478, '2026-11-27 09:54:33.385523+00', 'payment.completed', 45, NULL, 'de4889c8-1478-40fd-83a6-ed7cdd161226', '{"from": "pending", "currency": "idr", "transaction_id": "pi_4pqqriGHixlLdRvkifKEywN1", "amount_received": 5000}', 'database'),
	(479, '2026-11-27 09:54:33.422065+00', 'webhook.event', 45, NULL, 'b012ca1b-9951-46ae-bbe3-b84370d3c1b0', '{"type": "charge.dispute.created", "event_id": "evt_QjmC39nEa91NR2c2qFMwrVOF"}', 'webhook'),
	(480, '2026-11-27 09:54:33.422831+00', 'lock.acquired', 45, NULL, 'b012ca1b-9951-46ae-bbe3-b84370d3c1b0', '{"lock_keys": ["purchase:complete:45"], "waited_ms": 0.717}', 'lock'),
	(481, '2026-11-27 09:54:33.427545+00', 'dispute.open', 45, NULL, 'b012ca1b-9951-46ae-bbe3-b84370d3c1b0', '{"state": "open", "amount": 5000, "reason": "general", "dispute_id": "du_tUF6DXnoPZZbEXRX6TXRDFQw"}', 'database'),
	(482, '2026-11-27 09:54:33.482036+00', 'webhook.event', 45, NULL, 'a6718c89-ee07-4fba-a552-26c4e3c6858c', '{"type": "charge.dispute.closed", "event_id": "evt_jlukma17ooTJozlBTTqPReUS"}', 'webhook'),
	(483, '2026-11-27 09:54:33.483791+00', 'lock.acquired', 45, NULL, 'a6718c89-ee07-4fba-a552-26c4e3c6858c', '{"lock_keys": ["purchase:complete:45"], "waited_ms": 1.703}', 'lock'),
	(399, '2026-11-27 09:54:32.094642+00', 'payment.completed', 39, NULL, '0e964da3-8804-45f6-a69a-a22c1aff269a', '{"from": "pending", "currency": "idr", "transaction_id": "pi_tILNrzo1kYMVtApphzqjONYk", "amount_received": 5000}', 'database'),
	(400, '2026-11-27 09:54:32.142407+00', 'webhook.event', 39, NULL, '1bb1946c-9c84-44f6-988f-38b7375fdb59', '{"type": "refund.created", "event_id": "evt_TFp3C0aEXP0xyR7bQGLxVFkB"}', 'webhook'),
	(401, '2026-11-27 09:54:32.143123+00', 'lock.acquired', 39, NULL, '1bb1946c-9c84-44f6-988f-38b7375fdb59', '{"lock_keys": ["purchase:complete:39"], "waited_ms": 0.671}', 'lock'),
	(402, '2026-11-27 09:54:32.155575+00', 'refund.made_elsewhere', 39, NULL, '1bb1946c-9c84-44f6-988f-38b7375fdb59', '{"amount": 3000, "refund_id": 19, "transaction_id": "re_y8v5hdm4wXrg6aOJKp6dPuMN"}', 'database'),
	(403, '2026-11-27 09:54:32.164511+00', 'refund.succeeded', 39, NULL, '1bb1946c-9c84-44f6-988f-38b7375fdb59', '{"amount": 3000, "refund_id": 19, "transaction_id": "re_y8v5hdm4wXrg6aOJKp6dPuMN"}', 'database'),
	(404, '2026-11-27 09:54:32.202021+00', 'consultation.created', NULL, 6, '487ee656-006f-46a5-99ee-129a267f8d32', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 98}', 'database'),
	(405, '2026-11-27 09:54:32.21164+00', 'request.create', 40, 4, 'd4c6a77e-f236-41f4-a9a0-569c00d74aa1', '{"payment_method": "stripe"}', 'request'),
	(406, '2026-11-27 09:54:32.215347+00', 'lock.acquired', 40, 4, 'd4c6a77e-f236-41f4-a9a0-569c00d74aa1', '{"lock_keys": ["payment:lock:98:4", "purchase:complete:40"], "waited_ms": 0.723}', 'lock'),
	(407, '2026-11-27 09:54:32.218598+00', 'payment.created', 40, 4, 'd4c6a77e-f236-41f4-a9a0-569c00d74aa1', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(408, '2026-11-27 09:54:32.225645+00', 'stripe.session_created', 40, 4, 'd4c6a77e-f236-41f4-a9a0-569c00d74aa1', '{"ms": 6, "attempt": 1, "session_id": "cs_test_1kjFHvsQPlYKDH2RGfpl8ZvaYALNxXojtMvCB8jGDzUwTLQaK4WFFrBiro"}', 'stripe'),
	(409, '2026-11-27 09:54:32.230838+00', 'session.attached', 40, 4, 'd4c6a77e-f236-41f4-a9a0-569c00d74aa1', '{}', 'database'),
	(410, '2026-11-27 09:54:32.244734+00', 'webhook.event', 40, NULL, '285fa689-2928-4d3d-9cd1-3ece17a98b9e', '{"type": "checkout.session.completed", "event_id": "evt_lj3OU4L1iaXrxgtEqZt0KnD6"}', 'webhook'),
	(411, '2026-11-27 09:54:32.245373+00', 'lock.acquired', 40, NULL, '285fa689-2928-4d3d-9cd1-3ece17a98b9e', '{"lock_keys": ["purchase:complete:40"], "waited_ms": 0.597}', 'lock'),
	(412, '2026-11-27 09:54:32.255801+00', 'payment.completed', 40, NULL, '285fa689-2928-4d3d-9cd1-3ece17a98b9e', '{"from": "pending", "currency": "idr", "transaction_id": "pi_9plFHdUHKp7zJj33HHUv6SWN", "amount_received": 5000}', 'database'),
	(413, '2026-11-27 09:54:32.316545+00', 'webhook.event', 40, NULL, '89ed9cc0-f6c4-4e40-85b6-1c890bcf50a9', '{"type": "refund.created", "event_id": "evt_EwneM5q27jF9InUJbkqKloni"}', 'webhook'),
	(414, '2026-11-27 09:54:32.320325+00', 'lock.acquired', 40, NULL, '89ed9cc0-f6c4-4e40-85b6-1c890bcf50a9', '{"lock_keys": ["purchase:complete:40"], "waited_ms": 3.73}', 'lock'),
	(415, '2026-11-27 09:54:32.336022+00', 'refund.made_elsewhere', 40, NULL, '89ed9cc0-f6c4-4e40-85b6-1c890bcf50a9', '{"amount": 1100, "refund_id": 20, "transaction_id": "re_dCigwnxAP5FKEMRrph650jIn"}', 'database'),
	(416, '2026-11-27 09:54:32.36615+00', 'consultation.created', NULL, 6, 'f8f85fb9-0a16-47b2-85df-1c0b7b3ea578', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 99}', 'database'),
	(417, '2026-11-27 09:54:32.371792+00', 'request.create', 41, 4, '0ecc2e93-f91b-4870-9f0a-345f6dcbdfc5', '{"payment_method": "stripe"}', 'request'),
	(418, '2026-11-27 09:54:32.376734+00', 'lock.acquired', 41, 4, '0ecc2e93-f91b-4870-9f0a-345f6dcbdfc5', '{"lock_keys": ["payment:lock:99:4", "purchase:complete:41"], "waited_ms": 2.305}', 'lock'),
	(419, '2026-11-27 09:54:32.391081+00', 'payment.created', 41, 4, '0ecc2e93-f91b-4870-9f0a-345f6dcbdfc5', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(420, '2026-11-27 09:54:32.403171+00', 'stripe.session_created', 41, 4, '0ecc2e93-f91b-4870-9f0a-345f6dcbdfc5', '{"ms": 11, "attempt": 1, "session_id": "cs_test_RK32cKJQNwnC7s7aiaiasgLpk8PFN3yguNmzL8ntrke1IGuEnH5Yng0Y4g"}', 'stripe'),
	(421, '2026-11-27 09:54:32.40563+00', 'session.attached', 41, 4, '0ecc2e93-f91b-4870-9f0a-345f6dcbdfc5', '{}', 'database'),
	(422, '2026-11-27 09:54:32.417066+00', 'webhook.event', 41, NULL, 'a2b942c9-332a-43cf-a93e-840096fef3f4', '{"type": "checkout.session.completed", "event_id": "evt_9RHuUACjwZ2YxfLr7fEIZ8rT"}', 'webhook'),
	(423, '2026-11-27 09:54:32.418929+00', 'lock.acquired', 41, NULL, 'a2b942c9-332a-43cf-a93e-840096fef3f4', '{"lock_keys": ["purchase:complete:41"], "waited_ms": 1.794}', 'lock'),
	(424, '2026-11-27 09:54:32.457978+00', 'payment.completed', 41, NULL, 'a2b942c9-332a-43cf-a93e-840096fef3f4', '{"from": "pending", "currency": "idr", "transaction_id": "pi_HGoFIXuJlqksZ9PyLs9tb5nJ", "amount_received": 5000}', 'database'),
	(425, '2026-11-27 09:54:32.539413+00', 'webhook.event', 41, NULL, '823af7fc-1f18-4b5a-99bf-84fc6e085c86', '{"type": "charge.dispute.created", "event_id": "evt_zVuc5N7l1o9fXd4vNefTnqRM"}', 'webhook'),
	(426, '2026-11-27 09:54:32.548331+00', 'lock.acquired', 41, NULL, '823af7fc-1f18-4b5a-99bf-84fc6e085c86', '{"lock_keys": ["purchase:complete:41"], "waited_ms": 8.863}', 'lock'),
	(427, '2026-11-27 09:54:32.567309+00', 'dispute.open', 41, NULL, '823af7fc-1f18-4b5a-99bf-84fc6e085c86', '{"state": "open", "amount": 5000, "reason": "general", "dispute_id": "du_GyI882dLf27rDW4pkHHijvOz"}', 'database'),
	(428, '2026-11-27 09:54:32.644876+00', 'consultation.created', NULL, 6, 'b53a7b4d-9e80-4155-8951-84d82b578331', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 100}', 'database'),
	(429, '2026-11-27 09:54:32.651991+00', 'request.create', 42, 4, 'edcc05ae-8d16-4228-bf60-c2373f25ac71', '{"payment_method": "stripe"}', 'request'),
	(430, '2026-11-27 09:54:32.667312+00', 'lock.acquired', 42, 4, 'edcc05ae-8d16-4228-bf60-c2373f25ac71', '{"lock_keys": ["payment:lock:100:4", "purchase:complete:42"], "waited_ms": 12.939}', 'lock'),
	(431, '2026-11-27 09:54:32.671203+00', 'payment.created', 42, 4, 'edcc05ae-8d16-4228-bf60-c2373f25ac71', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(432, '2026-11-27 09:54:32.681047+00', 'stripe.session_created', 42, 4, 'edcc05ae-8d16-4228-bf60-c2373f25ac71', '{"ms": 7, "attempt": 1, "session_id": "cs_test_5mgu2T7kBbuQ9cUzKquHPZX1rRrg9RGszEinJXFdJnG7upCmStBfxIQk4J"}', 'stripe'),
	(433, '2026-11-27 09:54:32.683852+00', 'session.attached', 42, 4, 'edcc05ae-8d16-4228-bf60-c2373f25ac71', '{}', 'database');
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(434, '2026-11-27 09:54:32.729225+00', 'webhook.event', 42, NULL, '6767ee67-32a1-41a7-a9e5-9fae22e6a217', '{"type": "checkout.session.completed", "event_id": "evt_dmPYx1xIJHvCFvNBzkCtLYf8"}', 'webhook'),
	(435, '2026-11-27 09:54:32.729852+00', 'lock.acquired', 42, NULL, '6767ee67-32a1-41a7-a9e5-9fae22e6a217', '{"lock_keys": ["purchase:complete:42"], "waited_ms": 0.589}', 'lock'),
	(436, '2026-11-27 09:54:32.732822+00', 'payment.completed', 42, NULL, '6767ee67-32a1-41a7-a9e5-9fae22e6a217', '{"from": "pending", "currency": "idr", "transaction_id": "pi_IjCB6RB6ENIVEUehArwea918", "amount_received": 5000}', 'database'),
	(437, '2026-11-27 09:54:32.785957+00', 'webhook.event', 42, NULL, '56d0c10a-5fcf-4325-a96a-7ea81aee1711', '{"type": "charge.dispute.created", "event_id": "evt_HfWd0qRbz6tRvGmWHD7pp0ZK"}', 'webhook'),
	(438, '2026-11-27 09:54:32.786887+00', 'lock.acquired', 42, NULL, '56d0c10a-5fcf-4325-a96a-7ea81aee1711', '{"lock_keys": ["purchase:complete:42"], "waited_ms": 0.83}', 'lock'),
	(439, '2026-11-27 09:54:32.790304+00', 'dispute.inquiry', 42, NULL, '56d0c10a-5fcf-4325-a96a-7ea81aee1711', '{"state": "inquiry", "amount": 5000, "reason": "general", "dispute_id": "du_sJtV1Ja1ts8Hfgasf9SYhjex"}', 'database'),
	(440, '2026-11-27 09:54:32.847523+00', 'consultation.created', NULL, 6, '7929a14e-bc1e-4737-8f2b-a1e63e4da690', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 101}', 'database'),
	(441, '2026-11-27 09:54:32.850445+00', 'request.create', 43, 4, '526c01fc-7081-49b2-9fef-b864e4ba7166', '{"payment_method": "stripe"}', 'request'),
	(442, '2026-11-27 09:54:32.851893+00', 'lock.acquired', 43, 4, '526c01fc-7081-49b2-9fef-b864e4ba7166', '{"lock_keys": ["payment:lock:101:4", "purchase:complete:43"], "waited_ms": 0.579}', 'lock'),
	(443, '2026-11-27 09:54:32.858241+00', 'payment.created', 43, 4, '526c01fc-7081-49b2-9fef-b864e4ba7166', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(444, '2026-11-27 09:54:32.868057+00', 'stripe.session_created', 43, 4, '526c01fc-7081-49b2-9fef-b864e4ba7166', '{"ms": 9, "attempt": 1, "session_id": "cs_test_Y93u4cFW6p1cro3W7aNk0AWQXT89sSGC08JDhN60ZKGyn0ZipwnVcl9H1B"}', 'stripe'),
	(445, '2026-11-27 09:54:32.87203+00', 'session.attached', 43, 4, '526c01fc-7081-49b2-9fef-b864e4ba7166', '{}', 'database'),
	(446, '2026-11-27 09:54:32.885704+00', 'webhook.event', 43, NULL, '3340d4b3-4517-4a33-984d-ab8be3ce2c9c', '{"type": "checkout.session.completed", "event_id": "evt_eknIrXUPnpdEm9Uet5LKMs8K"}', 'webhook'),
	(447, '2026-11-27 09:54:32.886474+00', 'lock.acquired', 43, NULL, '3340d4b3-4517-4a33-984d-ab8be3ce2c9c', '{"lock_keys": ["purchase:complete:43"], "waited_ms": 0.731}', 'lock'),
	(448, '2026-11-27 09:54:32.893821+00', 'payment.completed', 43, NULL, '3340d4b3-4517-4a33-984d-ab8be3ce2c9c', '{"from": "pending", "currency": "idr", "transaction_id": "pi_p2yrzSvvKh7c0IqLaXmkCGBO", "amount_received": 5000}', 'database'),
	(449, '2026-11-27 09:54:32.947783+00', 'webhook.event', 43, NULL, '1537f21a-414f-48dc-9581-314cbd4852af', '{"type": "charge.dispute.created", "event_id": "evt_LEOpy77QfzU1T3OgYx129S5v"}', 'webhook'),
	(450, '2026-11-27 09:54:32.948432+00', 'lock.acquired', 43, NULL, '1537f21a-414f-48dc-9581-314cbd4852af', '{"lock_keys": ["purchase:complete:43"], "waited_ms": 0.603}', 'lock'),
	(451, '2026-11-27 09:54:32.949843+00', 'dispute.inquiry', 43, NULL, '1537f21a-414f-48dc-9581-314cbd4852af', '{"state": "inquiry", "amount": 5000, "reason": "general", "dispute_id": "du_n1DP5jije4lNYZmnu9sXGE78"}', 'database'),
	(452, '2026-11-27 09:54:33.021597+00', 'webhook.event', 43, NULL, 'fb9a210a-7421-4b0f-a5f7-bd4b8edf28d3', '{"type": "charge.dispute.closed", "event_id": "evt_lzIai2bBfEGsp7yW5j7DzjYl"}', 'webhook'),
	(453, '2026-11-27 09:54:33.022285+00', 'lock.acquired', 43, NULL, 'fb9a210a-7421-4b0f-a5f7-bd4b8edf28d3', '{"lock_keys": ["purchase:complete:43"], "waited_ms": 0.63}', 'lock'),
	(454, '2026-11-27 09:54:33.024097+00', 'dispute.inquiry_closed', 43, NULL, 'fb9a210a-7421-4b0f-a5f7-bd4b8edf28d3', '{"state": "inquiry", "amount": 5000, "reason": "general", "dispute_id": "du_n1DP5jije4lNYZmnu9sXGE78"}', 'database'),
	(455, '2026-11-27 09:54:33.096476+00', 'consultation.created', NULL, 6, '9fb235af-ab3a-44f2-b3f1-eba054f9f3be', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 102}', 'database'),
	(456, '2026-11-27 09:54:33.102973+00', 'request.create', 44, 4, 'fa2b9b4c-a3cd-480f-a487-416e8b316cf0', '{"payment_method": "stripe"}', 'request'),
	(457, '2026-11-27 09:54:33.104521+00', 'lock.acquired', 44, 4, 'fa2b9b4c-a3cd-480f-a487-416e8b316cf0', '{"lock_keys": ["payment:lock:102:4", "purchase:complete:44"], "waited_ms": 0.627}', 'lock'),
	(458, '2026-11-27 09:54:33.107265+00', 'payment.created', 44, 4, 'fa2b9b4c-a3cd-480f-a487-416e8b316cf0', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(459, '2026-11-27 09:54:33.11829+00', 'stripe.session_created', 44, 4, 'fa2b9b4c-a3cd-480f-a487-416e8b316cf0', '{"ms": 7, "attempt": 1, "session_id": "cs_test_AXClfScupzv0rasnC3R2WTEKfwvm918xLCm5wFVvnuFOq3AS2H79xXt6IX"}', 'stripe'),
	(460, '2026-11-27 09:54:33.120068+00', 'session.attached', 44, 4, 'fa2b9b4c-a3cd-480f-a487-416e8b316cf0', '{}', 'database'),
	(461, '2026-11-27 09:54:33.136947+00', 'webhook.event', 44, NULL, '5203cbe0-5ece-448f-ab98-cda5dcaa50e6', '{"type": "checkout.session.completed", "event_id": "evt_PCnhUgJxizJdoRdWl3FRxiIk"}', 'webhook'),
	(462, '2026-11-27 09:54:33.137566+00', 'lock.acquired', 44, NULL, '5203cbe0-5ece-448f-ab98-cda5dcaa50e6', '{"lock_keys": ["purchase:complete:44"], "waited_ms": 0.583}', 'lock'),
	(463, '2026-11-27 09:54:33.140932+00', 'payment.completed', 44, NULL, '5203cbe0-5ece-448f-ab98-cda5dcaa50e6', '{"from": "pending", "currency": "idr", "transaction_id": "pi_kVGEQf4sZSzm26y68w1nKsMH", "amount_received": 5000}', 'database'),
	(464, '2026-11-27 09:54:33.201663+00', 'webhook.event', 44, NULL, 'a6ebc200-bf78-4e40-96af-5f2a7d5bd5e5', '{"type": "charge.dispute.created", "event_id": "evt_JNR4r95KZdN8T0BX4w3kfuC4"}', 'webhook'),
	(465, '2026-11-27 09:54:33.202295+00', 'lock.acquired', 44, NULL, 'a6ebc200-bf78-4e40-96af-5f2a7d5bd5e5', '{"lock_keys": ["purchase:complete:44"], "waited_ms": 0.583}', 'lock'),
	(466, '2026-11-27 09:54:33.204104+00', 'dispute.open', 44, NULL, 'a6ebc200-bf78-4e40-96af-5f2a7d5bd5e5', '{"state": "open", "amount": 5000, "reason": "general", "dispute_id": "du_rjaU8VWsCcxGm2ICz9m4LX1g"}', 'database'),
	(484, '2026-11-27 09:54:33.491505+00', 'dispute.lost', 45, NULL, 'a6718c89-ee07-4fba-a552-26c4e3c6858c', '{"state": "lost", "amount": 5000, "reason": "general", "dispute_id": "du_tUF6DXnoPZZbEXRX6TXRDFQw"}', 'database'),
	(485, '2026-11-27 09:54:33.498381+00', 'dispute.counted', 45, NULL, NULL, '{"dispute_id": "du_tUF6DXnoPZZbEXRX6TXRDFQw", "counted_amount": 5000}', 'database'),
	(486, '2026-11-27 09:54:33.536594+00', 'consultation.created', NULL, 6, '83b8e8c8-5ffb-495a-b0f9-213ce94a745f', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 104}', 'database'),
	(487, '2026-11-27 09:54:33.541214+00', 'request.create', 46, 4, 'e2258335-e855-43f3-b0f7-e1040227484d', '{"payment_method": "stripe"}', 'request'),
	(488, '2026-11-27 09:54:33.542901+00', 'lock.acquired', 46, 4, 'e2258335-e855-43f3-b0f7-e1040227484d', '{"lock_keys": ["payment:lock:104:4", "purchase:complete:46"], "waited_ms": 0.739}', 'lock'),
	(489, '2026-11-27 09:54:33.54605+00', 'payment.created', 46, 4, 'e2258335-e855-43f3-b0f7-e1040227484d', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(490, '2026-11-27 09:54:33.556776+00', 'stripe.session_created', 46, 4, 'e2258335-e855-43f3-b0f7-e1040227484d', '{"ms": 9, "attempt": 1, "session_id": "cs_test_1xmYkZX1FZ0D8OGJz2HRjzZrD9IX4h252hf2POPZ71p9X3eLAV1H9O9XgU"}', 'stripe'),
	(491, '2026-11-27 09:54:33.558685+00', 'session.attached', 46, 4, 'e2258335-e855-43f3-b0f7-e1040227484d', '{}', 'database'),
	(492, '2026-11-27 09:54:33.572806+00', 'webhook.event', 46, NULL, 'd87f8139-9350-46ca-8b52-338a7b5fb128', '{"type": "checkout.session.completed", "event_id": "evt_JeTaC4Do2DHzWsR79lYLdtHx"}', 'webhook'),
	(493, '2026-11-27 09:54:33.573959+00', 'lock.acquired', 46, NULL, 'd87f8139-9350-46ca-8b52-338a7b5fb128', '{"lock_keys": ["purchase:complete:46"], "waited_ms": 1.036}', 'lock'),
	(494, '2026-11-27 09:54:33.585553+00', 'payment.completed', 46, NULL, 'd87f8139-9350-46ca-8b52-338a7b5fb128', '{"from": "pending", "currency": "idr", "transaction_id": "pi_Lx54Yv6uwIlh7M53ypTIJ974", "amount_received": 5000}', 'database'),
	(495, '2026-11-27 09:54:33.630503+00', 'webhook.event', 46, NULL, 'd1d73e69-6366-4e6a-a117-47263239eef5', '{"type": "charge.dispute.created", "event_id": "evt_EQta9XA3z2Sh0hEJZNzEGcBr"}', 'webhook'),
	(496, '2026-11-27 09:54:33.631282+00', 'lock.acquired', 46, NULL, 'd1d73e69-6366-4e6a-a117-47263239eef5', '{"lock_keys": ["purchase:complete:46"], "waited_ms": 0.726}', 'lock'),
	(497, '2026-11-27 09:54:33.644806+00', 'dispute.open', 46, NULL, 'd1d73e69-6366-4e6a-a117-47263239eef5', '{"state": "open", "amount": 1000, "reason": "general", "dispute_id": "du_oHQw9o1g0Eb3Xj3thNQjoQlB"}', 'database'),
	(498, '2026-11-27 09:54:33.690196+00', 'webhook.event', 46, NULL, 'a020f89d-4e8d-4b02-9cee-711713314945', '{"type": "charge.dispute.closed", "event_id": "evt_ug49bLE3Y5YvVAX3Z9YmaAW3"}', 'webhook'),
	(499, '2026-11-27 09:54:33.692752+00', 'lock.acquired', 46, NULL, 'a020f89d-4e8d-4b02-9cee-711713314945', '{"lock_keys": ["purchase:complete:46"], "waited_ms": 2.502}', 'lock'),
	(500, '2026-11-27 09:54:33.694945+00', 'dispute.lost', 46, NULL, 'a020f89d-4e8d-4b02-9cee-711713314945', '{"state": "lost", "amount": 1000, "reason": "general", "dispute_id": "du_oHQw9o1g0Eb3Xj3thNQjoQlB"}', 'database');
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(501, '2026-11-27 09:54:33.702155+00', 'dispute.counted', 46, NULL, NULL, '{"dispute_id": "du_oHQw9o1g0Eb3Xj3thNQjoQlB", "counted_amount": 1000}', 'database'),
	(502, '2026-11-27 09:54:33.743805+00', 'consultation.created', NULL, 6, '8d0f2009-5406-400b-a1dd-6ae04669cd86', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 105}', 'database'),
	(503, '2026-11-27 09:54:33.750341+00', 'request.create', 47, 4, '6d06ba88-1d0b-4c65-9745-807b35f8733b', '{"payment_method": "stripe"}', 'request'),
	(504, '2026-11-27 09:54:33.75507+00', 'lock.acquired', 47, 4, '6d06ba88-1d0b-4c65-9745-807b35f8733b', '{"lock_keys": ["payment:lock:105:4", "purchase:complete:47"], "waited_ms": 3.886}', 'lock'),
	(505, '2026-11-27 09:54:33.762476+00', 'payment.created', 47, 4, '6d06ba88-1d0b-4c65-9745-807b35f8733b', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(506, '2026-11-27 09:54:33.789134+00', 'stripe.session_created', 47, 4, '6d06ba88-1d0b-4c65-9745-807b35f8733b', '{"ms": 21, "attempt": 1, "session_id": "cs_test_Ik7YZ8DgcTsHuzehdQt46Dr23iJfEofUlyJoZsHhSazqFJXQ770XOPqjrA"}', 'stripe'),
	(507, '2026-11-27 09:54:33.798826+00', 'session.attached', 47, 4, '6d06ba88-1d0b-4c65-9745-807b35f8733b', '{}', 'database'),
	(508, '2026-11-27 09:54:33.827407+00', 'webhook.event', 47, NULL, '90143948-03e3-457c-ab7e-5f6e73162a3e', '{"type": "checkout.session.completed", "event_id": "evt_BUVdEM3saXBKyADr15gGJKn8"}', 'webhook'),
	(509, '2026-11-27 09:54:33.828724+00', 'lock.acquired', 47, NULL, '90143948-03e3-457c-ab7e-5f6e73162a3e', '{"lock_keys": ["purchase:complete:47"], "waited_ms": 1.267}', 'lock'),
	(510, '2026-11-27 09:54:33.84105+00', 'payment.completed', 47, NULL, '90143948-03e3-457c-ab7e-5f6e73162a3e', '{"from": "pending", "currency": "idr", "transaction_id": "pi_H0Gk81y9AZJmSQUHgzVeReZW", "amount_received": 5000}', 'database'),
	(511, '2026-11-27 09:54:33.865187+00', 'request.refund', 47, 6, '2af652b4-1de3-490a-8a99-4bf1f024f5bd', '{}', 'request'),
	(512, '2026-11-27 09:54:33.868629+00', 'lock.acquired', 47, 6, '2af652b4-1de3-490a-8a99-4bf1f024f5bd', '{"lock_keys": ["purchase:complete:47"], "waited_ms": 0.65}', 'lock'),
	(513, '2026-11-27 09:54:33.883668+00', 'refund.reserved', 47, 6, '2af652b4-1de3-490a-8a99-4bf1f024f5bd', '{"amount": 2000, "reason": "asked for", "refund_id": 21}', 'database'),
	(514, '2026-11-27 09:54:33.895815+00', 'stripe.refund_made', 47, 6, '2af652b4-1de3-490a-8a99-4bf1f024f5bd', '{"ms": 5, "status": "succeeded", "transaction_id": "re_k4NgjddQfML8CE3lS0tyXwGm"}', 'stripe'),
	(515, '2026-11-27 09:54:33.907376+00', 'refund.succeeded', 47, 6, '2af652b4-1de3-490a-8a99-4bf1f024f5bd', '{"amount": 2000, "refund_id": 21, "transaction_id": "re_k4NgjddQfML8CE3lS0tyXwGm"}', 'database'),
	(516, '2026-11-27 09:54:33.920651+00', 'webhook.event', 47, NULL, '6504851e-f9b6-4015-ab93-5ccc9da608a2', '{"type": "charge.dispute.created", "event_id": "evt_Ylyx0JCda3mcP2G64hgf57Sf"}', 'webhook'),
	(517, '2026-11-27 09:54:33.924172+00', 'lock.acquired', 47, NULL, '6504851e-f9b6-4015-ab93-5ccc9da608a2', '{"lock_keys": ["purchase:complete:47"], "waited_ms": 3.47}', 'lock'),
	(518, '2026-11-27 09:54:33.925994+00', 'dispute.open', 47, NULL, '6504851e-f9b6-4015-ab93-5ccc9da608a2', '{"state": "open", "amount": 5000, "reason": "general", "dispute_id": "du_IgerxqLmpxVvpt7OTYULaBfF"}', 'database'),
	(519, '2026-11-27 09:54:34.004044+00', 'webhook.event', 47, NULL, '8bfb219e-8e68-4437-846a-0b7582d1b284', '{"type": "charge.dispute.closed", "event_id": "evt_u88iqssbz9DZ7acvbu8yMFRa"}', 'webhook'),
	(520, '2026-11-27 09:54:34.007986+00', 'lock.acquired', 47, NULL, '8bfb219e-8e68-4437-846a-0b7582d1b284', '{"lock_keys": ["purchase:complete:47"], "waited_ms": 3.883}', 'lock'),
	(521, '2026-11-27 09:54:34.010665+00', 'dispute.lost', 47, NULL, '8bfb219e-8e68-4437-846a-0b7582d1b284', '{"state": "lost", "amount": 5000, "reason": "general", "dispute_id": "du_IgerxqLmpxVvpt7OTYULaBfF"}', 'database'),
	(522, '2026-11-27 09:54:34.012264+00', 'dispute.counted', 47, NULL, NULL, '{"dispute_id": "du_IgerxqLmpxVvpt7OTYULaBfF", "counted_amount": 3000}', 'database'),
	(523, '2026-11-27 09:54:34.053721+00', 'consultation.created', NULL, 6, '50fef91f-b653-4905-909a-dda219ffdad8', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 106}', 'database'),
	(524, '2026-11-27 09:54:34.060831+00', 'request.create', 48, 4, 'cad4a870-5ef5-4e44-8171-6858e641810b', '{"payment_method": "stripe"}', 'request'),
	(525, '2026-11-27 09:54:34.06419+00', 'lock.acquired', 48, 4, 'cad4a870-5ef5-4e44-8171-6858e641810b', '{"lock_keys": ["payment:lock:106:4", "purchase:complete:48"], "waited_ms": 2.261}', 'lock'),
	(526, '2026-11-27 09:54:34.074569+00', 'payment.created', 48, 4, 'cad4a870-5ef5-4e44-8171-6858e641810b', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(527, '2026-11-27 09:54:34.081706+00', 'stripe.session_created', 48, 4, 'cad4a870-5ef5-4e44-8171-6858e641810b', '{"ms": 6, "attempt": 1, "session_id": "cs_test_C4yJZaN4CXQM5i3d31zKFpeU2bAn0Ujs3odXxzajsycRorYuc9gEDRnmsa"}', 'stripe'),
	(528, '2026-11-27 09:54:34.087709+00', 'session.attached', 48, 4, 'cad4a870-5ef5-4e44-8171-6858e641810b', '{}', 'database'),
	(529, '2026-11-27 09:54:34.102908+00', 'webhook.event', 48, NULL, 'f951bc6e-4558-4ff0-8394-2668aa25680e', '{"type": "checkout.session.completed", "event_id": "evt_mwV49IAjz6ivHbGhlrLoaIkv"}', 'webhook'),
	(530, '2026-11-27 09:54:34.105692+00', 'lock.acquired', 48, NULL, 'f951bc6e-4558-4ff0-8394-2668aa25680e', '{"lock_keys": ["purchase:complete:48"], "waited_ms": 2.738}', 'lock'),
	(531, '2026-11-27 09:54:34.113117+00', 'payment.completed', 48, NULL, 'f951bc6e-4558-4ff0-8394-2668aa25680e', '{"from": "pending", "currency": "idr", "transaction_id": "pi_31Dx7UrkebudnUUWXTJzGkcO", "amount_received": 5000}', 'database'),
	(532, '2026-11-27 09:54:34.166717+00', 'webhook.event', 48, NULL, 'ba4bd36c-a34a-47cf-8f99-e90687c3672e', '{"type": "charge.dispute.created", "event_id": "evt_varIyJBW0Urm5UAxs6IMs1ER"}', 'webhook'),
	(533, '2026-11-27 09:54:34.167508+00', 'lock.acquired', 48, NULL, 'ba4bd36c-a34a-47cf-8f99-e90687c3672e', '{"lock_keys": ["purchase:complete:48"], "waited_ms": 0.738}', 'lock'),
	(534, '2026-11-27 09:54:34.172871+00', 'dispute.open', 48, NULL, 'ba4bd36c-a34a-47cf-8f99-e90687c3672e', '{"state": "open", "amount": 5000, "reason": "general", "dispute_id": "du_W8kXy4lXF3XB1cWbODszMLkM"}', 'database'),
	(535, '2026-11-27 09:54:34.218514+00', 'webhook.event', 48, NULL, 'ae8cade8-6695-48d1-9470-038c047dbd10', '{"type": "charge.dispute.closed", "event_id": "evt_pVc2vQmDGKTAFjRKVZFiTTwg"}', 'webhook'),
	(536, '2026-11-27 09:54:34.21923+00', 'lock.acquired', 48, NULL, 'ae8cade8-6695-48d1-9470-038c047dbd10', '{"lock_keys": ["purchase:complete:48"], "waited_ms": 0.669}', 'lock'),
	(537, '2026-11-27 09:54:34.220844+00', 'dispute.lost', 48, NULL, 'ae8cade8-6695-48d1-9470-038c047dbd10', '{"state": "lost", "amount": 5000, "reason": "general", "dispute_id": "du_W8kXy4lXF3XB1cWbODszMLkM"}', 'database'),
	(538, '2026-11-27 09:54:34.222124+00', 'dispute.counted', 48, NULL, NULL, '{"dispute_id": "du_W8kXy4lXF3XB1cWbODszMLkM", "counted_amount": 5000}', 'database'),
	(539, '2026-11-27 09:54:34.280178+00', 'webhook.event', 48, NULL, '6cde6b68-232f-460c-a6f0-8ac142b3852c', '{"type": "charge.dispute.closed", "event_id": "evt_lu0GZmYzOIfiDuBDnpnFan6Z"}', 'webhook'),
	(540, '2026-11-27 09:54:34.281077+00', 'lock.acquired', 48, NULL, '6cde6b68-232f-460c-a6f0-8ac142b3852c', '{"lock_keys": ["purchase:complete:48"], "waited_ms": 0.847}', 'lock'),
	(541, '2026-11-27 09:54:34.284735+00', 'dispute.won', 48, NULL, '6cde6b68-232f-460c-a6f0-8ac142b3852c', '{"state": "won", "amount": 5000, "reason": "general", "dispute_id": "du_W8kXy4lXF3XB1cWbODszMLkM"}', 'database'),
	(542, '2026-11-27 09:54:34.2855+00', 'dispute.counted', 48, NULL, NULL, '{"dispute_id": "du_W8kXy4lXF3XB1cWbODszMLkM", "counted_amount": -5000}', 'database'),
	(543, '2026-11-27 09:54:34.331817+00', 'consultation.created', NULL, 6, '422db178-1102-4d7c-b21a-60a8353fdcb2', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 107}', 'database'),
	(544, '2026-11-27 09:54:34.334829+00', 'request.create', 49, 4, '51bf8fac-e871-4297-afe6-288d68073361', '{"payment_method": "stripe"}', 'request'),
	(545, '2026-11-27 09:54:34.336429+00', 'lock.acquired', 49, 4, '51bf8fac-e871-4297-afe6-288d68073361', '{"lock_keys": ["payment:lock:107:4", "purchase:complete:49"], "waited_ms": 0.724}', 'lock'),
	(546, '2026-11-27 09:54:34.348338+00', 'payment.created', 49, 4, '51bf8fac-e871-4297-afe6-288d68073361', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(547, '2026-11-27 09:54:34.35578+00', 'stripe.session_created', 49, 4, '51bf8fac-e871-4297-afe6-288d68073361', '{"ms": 6, "attempt": 1, "session_id": "cs_test_qpEM2OZQCjX7iMlRV5Kkwf6RuEAZV7DsXrhyhr9KCMweyM40aObpoWrNKQ"}', 'stripe'),
	(548, '2026-11-27 09:54:34.359279+00', 'session.attached', 49, 4, '51bf8fac-e871-4297-afe6-288d68073361', '{}', 'database'),
	(549, '2026-11-27 09:54:34.373704+00', 'webhook.event', 49, NULL, '7cea6088-b355-43cf-909d-4f328e02d23d', '{"type": "checkout.session.completed", "event_id": "evt_wNM0KjDumR5We4bV0Eiq34TB"}', 'webhook'),
	(550, '2026-11-27 09:54:34.376234+00', 'lock.acquired', 49, NULL, '7cea6088-b355-43cf-909d-4f328e02d23d', '{"lock_keys": ["purchase:complete:49"], "waited_ms": 2.487}', 'lock');
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(551, '2026-11-27 09:54:34.382652+00', 'payment.completed', 49, NULL, '7cea6088-b355-43cf-909d-4f328e02d23d', '{"from": "pending", "currency": "idr", "transaction_id": "pi_F1FvZBzOVoQKjGBkxGNSbD0Z", "amount_received": 5000}', 'database'),
	(552, '2026-11-27 09:54:34.426851+00', 'request.refund', 49, 6, '77327f14-3b75-4149-a3bc-1e68a7276264', '{}', 'request'),
	(553, '2026-11-27 09:54:34.431414+00', 'lock.acquired', 49, 6, '77327f14-3b75-4149-a3bc-1e68a7276264', '{"lock_keys": ["purchase:complete:49"], "waited_ms": 0.759}', 'lock'),
	(554, '2026-11-27 09:54:34.438156+00', 'refund.reserved', 49, 6, '77327f14-3b75-4149-a3bc-1e68a7276264', '{"amount": 3500, "reason": "asked for", "refund_id": 22}', 'database'),
	(555, '2026-11-27 09:54:34.579507+00', 'stripe.refund_unclear', 49, 6, '77327f14-3b75-4149-a3bc-1e68a7276264', '{"ms": 137, "reason": "status 500; not in any listing yet"}', 'stripe'),
	(556, '2026-11-27 09:54:34.601335+00', 'webhook.put_off', NULL, NULL, '18caf170-3f2b-4e51-9c67-9fc591142414', '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 1, "event_id": "evt_5WSVYBezlSSF4WX9xuoSHJEj", "webhook_id": 80}', 'webhook'),
	(557, '2026-11-27 09:54:35.12434+00', 'webhook.put_off', NULL, NULL, NULL, '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 2, "event_id": "evt_5WSVYBezlSSF4WX9xuoSHJEj", "webhook_id": 80}', 'worker'),
	(558, '2026-11-27 09:54:36.104868+00', 'worker.looked', 32, NULL, NULL, '{}', 'worker'),
	(559, '2026-11-27 09:54:36.115322+00', 'stripe.refund_made', 32, NULL, NULL, '{"ms": 6, "status": "pending", "transaction_id": "re_R2zQXwmTeHV8TcBSEIOalz42"}', 'stripe'),
	(560, '2026-11-27 09:54:36.129219+00', 'refund.on_its_way', 32, NULL, NULL, '{"amount": 1500, "refund_id": 13, "transaction_id": "re_R2zQXwmTeHV8TcBSEIOalz42"}', 'database'),
	(561, '2026-11-27 09:54:36.135523+00', 'webhook.put_off', NULL, NULL, NULL, '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 3, "event_id": "evt_5WSVYBezlSSF4WX9xuoSHJEj", "webhook_id": 80}', 'worker'),
	(562, '2026-11-27 09:54:36.133176+00', 'worker.looked', 33, NULL, NULL, '{}', 'worker'),
	(563, '2026-11-27 09:54:36.145788+00', 'stripe.refund_made', 33, NULL, NULL, '{"ms": 11, "status": "requires_action", "transaction_id": "re_w122ChoqKL09sX39Td8sS5QH"}', 'stripe'),
	(564, '2026-11-27 09:54:36.171468+00', 'refund.on_its_way', 33, NULL, NULL, '{"amount": 1500, "refund_id": 14, "transaction_id": "re_w122ChoqKL09sX39Td8sS5QH"}', 'database'),
	(565, '2026-11-27 09:54:37.125775+00', 'webhook.put_off', NULL, NULL, NULL, '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 4, "event_id": "evt_5WSVYBezlSSF4WX9xuoSHJEj", "webhook_id": 80}', 'worker'),
	(566, '2026-11-27 09:54:38.115101+00', 'webhook.put_off', NULL, NULL, NULL, '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 5, "event_id": "evt_5WSVYBezlSSF4WX9xuoSHJEj", "webhook_id": 80}', 'worker'),
	(567, '2026-11-27 09:54:38.108258+00', 'worker.looked', 40, NULL, NULL, '{}', 'worker'),
	(568, '2026-11-27 09:54:38.1229+00', 'stripe.refund_made', 40, NULL, NULL, '{"ms": 2, "status": "pending", "transaction_id": "re_dCigwnxAP5FKEMRrph650jIn"}', 'stripe'),
	(569, '2026-11-27 09:54:38.142121+00', 'refund.on_its_way', 40, NULL, NULL, '{"amount": 1100, "refund_id": 20, "transaction_id": "re_dCigwnxAP5FKEMRrph650jIn"}', 'database'),
	(570, '2026-11-27 09:54:39.11465+00', 'webhook.put_off', NULL, NULL, NULL, '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 6, "event_id": "evt_5WSVYBezlSSF4WX9xuoSHJEj", "webhook_id": 80}', 'worker'),
	(571, '2026-11-27 09:54:40.133178+00', 'webhook.put_off', NULL, NULL, NULL, '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 7, "event_id": "evt_5WSVYBezlSSF4WX9xuoSHJEj", "webhook_id": 80}', 'worker'),
	(572, '2026-11-27 09:54:40.121775+00', 'worker.looked', 49, NULL, NULL, '{}', 'worker'),
	(573, '2026-11-27 09:54:40.133419+00', 'stripe.refund_unclear', 49, NULL, NULL, '{"ms": 4, "reason": "not in any listing yet"}', 'stripe'),
	(574, '2026-11-27 09:54:41.108818+00', 'webhook.put_off', NULL, NULL, NULL, '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 8, "event_id": "evt_5WSVYBezlSSF4WX9xuoSHJEj", "webhook_id": 80}', 'worker'),
	(575, '2026-11-27 09:54:42.113662+00', 'webhook.put_off', NULL, NULL, NULL, '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 9, "event_id": "evt_5WSVYBezlSSF4WX9xuoSHJEj", "webhook_id": 80}', 'worker'),
	(576, '2026-11-27 09:54:43.11146+00', 'webhook.put_off', NULL, NULL, NULL, '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 10, "event_id": "evt_5WSVYBezlSSF4WX9xuoSHJEj", "webhook_id": 80}', 'worker'),
	(577, '2026-11-27 09:54:44.114132+00', 'webhook.put_off', NULL, NULL, NULL, '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 11, "event_id": "evt_5WSVYBezlSSF4WX9xuoSHJEj", "webhook_id": 80}', 'worker'),
	(578, '2026-11-27 09:54:45.116584+00', 'webhook.given_up', NULL, NULL, NULL, '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 12, "event_id": "evt_5WSVYBezlSSF4WX9xuoSHJEj", "webhook_id": 80}', 'worker'),
	(579, '2026-11-27 09:54:45.123662+00', 'worker.looked', 49, NULL, NULL, '{}', 'worker'),
	(580, '2026-11-27 09:54:45.131251+00', 'stripe.refund_unclear', 49, NULL, NULL, '{"ms": 5, "reason": "not in any listing yet"}', 'stripe'),
	(581, '2026-11-27 09:54:45.170435+00', 'consultation.created', NULL, 6, '80414bce-5408-4b64-adc2-e74271d206f5', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 108}', 'database'),
	(582, '2026-11-27 09:54:45.182549+00', 'request.create', 50, 4, '3247c522-af96-41e0-9960-ed298fb4769f', '{"payment_method": "stripe"}', 'request'),
	(583, '2026-11-27 09:54:45.185057+00', 'lock.acquired', 50, 4, '3247c522-af96-41e0-9960-ed298fb4769f', '{"lock_keys": ["payment:lock:108:4", "purchase:complete:50"], "waited_ms": 1.046}', 'lock'),
	(584, '2026-11-27 09:54:45.238272+00', 'payment.created', 50, 4, '3247c522-af96-41e0-9960-ed298fb4769f', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(585, '2026-11-27 09:54:45.263609+00', 'stripe.session_created', 50, 4, '3247c522-af96-41e0-9960-ed298fb4769f', '{"ms": 13, "attempt": 1, "session_id": "cs_test_w4uKEc4se44YLdNrGKZEr9jh2trPYGCQ1JGnh22qD5Y7aCdp0SH8Rnn8U1"}', 'stripe'),
	(586, '2026-11-27 09:54:45.270211+00', 'session.attached', 50, 4, '3247c522-af96-41e0-9960-ed298fb4769f', '{}', 'database'),
	(587, '2026-11-27 09:54:45.298713+00', 'webhook.event', 50, NULL, '213a5d4f-e7e3-4dff-a43c-91f1e9d35804', '{"type": "checkout.session.completed", "event_id": "evt_BVThCquJoPh0pzWoEDpEOZZa"}', 'webhook'),
	(588, '2026-11-27 09:54:45.299462+00', 'lock.acquired', 50, NULL, '213a5d4f-e7e3-4dff-a43c-91f1e9d35804', '{"lock_keys": ["purchase:complete:50"], "waited_ms": 0.709}', 'lock'),
	(589, '2026-11-27 09:54:45.306902+00', 'payment.completed', 50, NULL, '213a5d4f-e7e3-4dff-a43c-91f1e9d35804', '{"from": "pending", "currency": "idr", "transaction_id": "pi_2pYqzyFZPwszmUrcXqMeNwBW", "amount_received": 5000}', 'database'),
	(590, '2026-11-27 09:54:45.350588+00', 'consultation.created', NULL, 6, 'ea37e229-fef9-41c3-bb2a-4caad73e0af6', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 109}', 'database'),
	(591, '2026-11-27 09:54:45.358029+00', 'request.create', 51, 4, '93c31da5-f9c2-45cd-9963-6f5ba1d44db8', '{"payment_method": "stripe"}', 'request'),
	(592, '2026-11-27 09:54:45.359551+00', 'lock.acquired', 51, 4, '93c31da5-f9c2-45cd-9963-6f5ba1d44db8', '{"lock_keys": ["payment:lock:109:4", "purchase:complete:51"], "waited_ms": 0.666}', 'lock'),
	(593, '2026-11-27 09:54:45.3685+00', 'payment.created', 51, 4, '93c31da5-f9c2-45cd-9963-6f5ba1d44db8', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(594, '2026-11-27 09:54:45.383238+00', 'stripe.session_created', 51, 4, '93c31da5-f9c2-45cd-9963-6f5ba1d44db8', '{"ms": 12, "attempt": 1, "session_id": "cs_test_ffmpiwTrNaVukhC4e3ERaRxLBKMKmDgMGrNTgt77SaiF1FSum6pwQDciNG"}', 'stripe'),
	(595, '2026-11-27 09:54:45.387173+00', 'session.attached', 51, 4, '93c31da5-f9c2-45cd-9963-6f5ba1d44db8', '{}', 'database'),
	(596, '2026-11-27 09:54:45.39464+00', 'webhook.event', 51, NULL, '34af1e56-6d00-434d-b10f-2e49004b9355', '{"type": "checkout.session.completed", "event_id": "evt_R3XSZa6ZcgkEmeiiYC8cBg68"}', 'webhook'),
	(597, '2026-11-27 09:54:45.395193+00', 'lock.acquired', 51, NULL, '34af1e56-6d00-434d-b10f-2e49004b9355', '{"lock_keys": ["purchase:complete:51"], "waited_ms": 0.517}', 'lock'),
	(598, '2026-11-27 09:54:45.398853+00', 'payment.completed', 51, NULL, '34af1e56-6d00-434d-b10f-2e49004b9355', '{"from": "pending", "currency": "idr", "transaction_id": "pi_QIdM8GGVjJHXvHG0LzcWs6Gu", "amount_received": 5000}', 'database'),
	(599, '2026-11-27 09:54:45.449372+00', 'consultation.created', NULL, 6, 'e89988d0-6dce-417c-ba35-05fc79b15d31', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 110}', 'database'),
	(600, '2026-11-27 09:54:45.451866+00', 'request.create', 52, 4, 'e273a8a1-a63e-44f7-810b-11222cb15d81', '{"payment_method": "stripe"}', 'request');
INSERT INTO audit_log OVERRIDING SYSTEM VALUE VALUES
	(601, '2026-11-27 09:54:45.453326+00', 'lock.acquired', 52, 4, 'e273a8a1-a63e-44f7-810b-11222cb15d81', '{"lock_keys": ["payment:lock:110:4", "purchase:complete:52"], "waited_ms": 0.559}', 'lock'),
	(602, '2026-11-27 09:54:45.457095+00', 'payment.created', 52, 4, 'e273a8a1-a63e-44f7-810b-11222cb15d81', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(603, '2026-11-27 09:54:45.470545+00', 'stripe.session_created', 52, 4, 'e273a8a1-a63e-44f7-810b-11222cb15d81', '{"ms": 7, "attempt": 1, "session_id": "cs_test_VB0vjWtjlbkfy1XrrjxzgMrsx1e159eX65YbyTrhWnrcxapzXQ7jPZUcuK"}', 'stripe'),
	(604, '2026-11-27 09:54:45.472284+00', 'session.attached', 52, 4, 'e273a8a1-a63e-44f7-810b-11222cb15d81', '{}', 'database'),
	(605, '2026-11-27 09:54:45.487492+00', 'webhook.event', 52, NULL, '16dc5f88-86f3-4eb4-8e06-9fd11ff9a452', '{"type": "checkout.session.completed", "event_id": "evt_ZKB1riflrkXhq8CJsb5gAD0Q"}', 'webhook'),
	(606, '2026-11-27 09:54:45.488056+00', 'lock.acquired', 52, NULL, '16dc5f88-86f3-4eb4-8e06-9fd11ff9a452', '{"lock_keys": ["purchase:complete:52"], "waited_ms": 0.526}', 'lock'),
	(607, '2026-11-27 09:54:45.492024+00', 'payment.completed', 52, NULL, '16dc5f88-86f3-4eb4-8e06-9fd11ff9a452', '{"from": "pending", "currency": "idr", "transaction_id": "pi_Nhi1ijsWKwPkKipIq0Ndguuw", "amount_received": 5000}', 'database'),
	(608, '2026-11-27 09:54:45.541171+00', 'consultation.created', NULL, 6, '10c9d84d-d474-437e-afa5-78dda9f615b9', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 111}', 'database'),
	(609, '2026-11-27 09:54:45.598834+00', 'request.refund', 50, 6, '42eb7fd9-1e82-4340-9fb8-a8ecae1ddb1d', '{}', 'request'),
	(610, '2026-11-27 09:54:45.60373+00', 'lock.acquired', 50, 6, '42eb7fd9-1e82-4340-9fb8-a8ecae1ddb1d', '{"lock_keys": ["purchase:complete:50"], "waited_ms": 0.581}', 'lock'),
	(611, '2026-11-27 09:54:45.610763+00', 'refund.reserved', 50, 6, '42eb7fd9-1e82-4340-9fb8-a8ecae1ddb1d', '{"amount": 1700, "reason": "asked for", "refund_id": 23}', 'database'),
	(612, '2026-11-27 09:54:45.93258+00', 'stripe.refund_unclear', 50, 6, '42eb7fd9-1e82-4340-9fb8-a8ecae1ddb1d', '{"ms": 318, "reason": "StripeConnectionError"}', 'stripe'),
	(613, '2026-11-27 09:54:45.969456+00', 'consultation.created', NULL, 6, '55ace4bb-8d38-41d7-be1f-bde494a1ce54', '{"fee": 5000, "status": "open", "currency": "idr", "patient_id": 4, "consultation_id": 112}', 'database'),
	(614, '2026-11-27 09:54:45.973878+00', 'request.create', 53, 4, '12d5354f-7929-42ca-b8bc-63fe48fa5a69', '{"payment_method": "stripe"}', 'request'),
	(615, '2026-11-27 09:54:45.984233+00', 'lock.acquired', 53, 4, '12d5354f-7929-42ca-b8bc-63fe48fa5a69', '{"lock_keys": ["payment:lock:112:4", "purchase:complete:53"], "waited_ms": 0.622}', 'lock'),
	(616, '2026-11-27 09:54:45.991352+00', 'payment.created', 53, 4, '12d5354f-7929-42ca-b8bc-63fe48fa5a69', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database'),
	(617, '2026-11-27 09:54:46.243186+00', 'stripe.session_unclear', 53, 4, '12d5354f-7929-42ca-b8bc-63fe48fa5a69', '{"ms": 250, "reason": "not in any listing yet"}', 'stripe'),
	(618, '2026-11-27 09:54:46.251851+00', 'request.refund', 52, 6, '4f542536-9fff-4e05-8527-40878d27ebbf', '{}', 'request'),
	(619, '2026-11-27 09:54:46.254767+00', 'lock.acquired', 52, 6, '4f542536-9fff-4e05-8527-40878d27ebbf', '{"lock_keys": ["purchase:complete:52"], "waited_ms": 0.681}', 'lock'),
	(620, '2026-11-27 09:54:46.257496+00', 'refund.reserved', 52, 6, '4f542536-9fff-4e05-8527-40878d27ebbf', '{"amount": 4000, "reason": "asked for", "refund_id": 24}', 'database'),
	(621, '2026-11-27 09:54:46.392627+00', 'stripe.refund_unclear', 52, 6, '4f542536-9fff-4e05-8527-40878d27ebbf', '{"ms": 133, "reason": "status 500; not in any listing yet"}', 'stripe'),
	(622, '2026-11-27 09:54:46.42694+00', 'webhook.put_off', NULL, NULL, '4368dc0f-6d7f-45fb-b374-ecc2f4bcfde4', '{"note": "NotYet: a refund of ours waits for its answer", "type": "refund.created", "tries": 1, "event_id": "evt_fGU0P8CLBSqXJ68i6c4R9Ouk", "webhook_id": 84}', 'webhook'),
	(623, '2026-11-27 09:54:46.641114+00', 'webhook.put_off', NULL, NULL, 'c793b6ef-f80d-4e3e-9a66-4d90173cf8c3', '{"note": "StripeUnavailable: Stripe unavailable", "type": "refund.created", "tries": 1, "event_id": "evt_7FerM7k8u9cIXlXzIeLwqsvL", "webhook_id": 87}', 'webhook'),
	(624, '2026-11-27 09:54:46.684849+00', 'request.create', 54, 4, 'a5e93a08-600f-4d37-9778-17cf5c38eae1', '{"payment_method": "stripe"}', 'request'),
	(625, '2026-11-27 09:54:46.687825+00', 'lock.acquired', 54, 4, 'a5e93a08-600f-4d37-9778-17cf5c38eae1', '{"lock_keys": ["payment:lock:111:4", "purchase:complete:54"], "waited_ms": 0.581}', 'lock'),
	(626, '2026-11-27 09:54:46.690748+00', 'payment.created', 54, 4, 'a5e93a08-600f-4d37-9778-17cf5c38eae1', '{"amount": 5000, "status": "pending", "currency": "idr", "payment_method": "stripe"}', 'database');
INSERT INTO charges VALUES
	(1, 'bank_transfer', 'bank_transfer-completed', 3, 5000, 0, 'idr', NULL, '2026-11-27 09:54:27.462383+00', 'accepted', 0),
	(2, 'bank_transfer', 'bank_transfer-refund-pending', 4, 5000, 0, 'idr', NULL, '2026-11-27 09:54:27.494141+00', 'accepted', 700),
	(34, 'stripe', 'pi_F1FvZBzOVoQKjGBkxGNSbD0Z', 49, 5000, 0, 'idr', NULL, '2026-11-27 09:54:34.376027+00', 'accepted', 3500),
	(3, 'bank_transfer', 'bank_transfer-refund-withdrawn', 5, 5000, 0, 'idr', NULL, '2026-11-27 09:54:27.538759+00', 'accepted', 0),
	(22, 'stripe', 'pi_hn2IsvKKQix3ax6FfEbKG2Ft', 36, 5000, 0, 'idr', NULL, '2026-11-27 09:54:31.525073+00', 'accepted', 0),
	(4, 'bank_transfer', 'bank_transfer-part', 6, 5000, 1234, 'idr', NULL, '2026-11-27 09:54:27.588543+00', 'accepted', 0),
	(5, 'bank_transfer', 'bank_transfer-settled', 7, 5000, 5000, 'idr', NULL, '2026-11-27 09:54:27.655229+00', 'accepted', 0),
	(6, 'gcash', 'gcash-completed', 11, 5000, 0, 'idr', NULL, '2026-11-27 09:54:28.218827+00', 'accepted', 0),
	(7, 'gcash', 'gcash-refund-pending', 12, 5000, 0, 'idr', NULL, '2026-11-27 09:54:28.258236+00', 'accepted', 700),
	(8, 'gcash', 'gcash-refund-withdrawn', 13, 5000, 0, 'idr', NULL, '2026-11-27 09:54:28.320241+00', 'accepted', 0),
	(36, 'stripe', 'pi_QIdM8GGVjJHXvHG0LzcWs6Gu', 51, 5000, 0, 'idr', NULL, '2026-11-27 09:54:45.395442+00', 'accepted', 0),
	(9, 'gcash', 'gcash-part', 14, 5000, 1234, 'idr', NULL, '2026-11-27 09:54:28.414437+00', 'accepted', 0),
	(23, 'stripe', 'pi_OIlqv2R2voW7dyRGS67yZWLD', 37, 5000, 0, 'idr', NULL, '2026-11-27 09:54:31.808713+00', 'accepted', 0),
	(10, 'gcash', 'gcash-settled', 15, 5000, 5000, 'idr', NULL, '2026-11-27 09:54:28.47239+00', 'accepted', 0),
	(11, 'stripe', 'pi_dfwmD0UAlWwIry0syenIkJ3h', 25, 5000, 0, 'idr', NULL, '2026-11-27 09:54:29.867044+00', 'accepted', 0),
	(12, 'stripe', 'pi_heDdb6bK4vHxYlq9FA5wIc7V', 26, 299700, 0, 'idr', NULL, '2026-11-27 09:54:29.974211+00', 'accepted', 0),
	(13, 'stripe', 'pi_oes1IyTdgW7PyyIIFdbdzzlD', 28, 4999, 0, 'idr', NULL, '2026-11-27 09:54:30.113565+00', 'quarantined', 0),
	(14, 'stripe', 'pi_DZolESw5TCIu0oAxTIUs8I8v', 29, 5000, 0, 'idr', NULL, '2026-11-27 09:54:30.195583+00', 'accepted', 0),
	(15, 'stripe', 'pi_YUdFiOsLSUHU5hPZ56KmyNU5', 29, 5000, 5000, 'idr', NULL, '2026-11-27 09:54:30.258412+00', 'returned', 0),
	(16, 'stripe', 'pi_Mw9m0Q4sRiTqwtPvCC8OtFlx', 30, 5000, 5000, 'idr', NULL, '2026-11-27 09:54:30.368711+00', 'accepted', 0),
	(24, 'stripe', 'pi_tILNrzo1kYMVtApphzqjONYk', 39, 5000, 3000, 'idr', NULL, '2026-11-27 09:54:32.083109+00', 'accepted', 0),
	(25, 'stripe', 'pi_9plFHdUHKp7zJj33HHUv6SWN', 40, 5000, 0, 'idr', NULL, '2026-11-27 09:54:32.245184+00', 'accepted', 1100),
	(17, 'stripe', 'pi_mPw4tslK3j9djFQgpLnz1FfN', 31, 5000, 2000, 'idr', NULL, '2026-11-27 09:54:30.515978+00', 'accepted', 0),
	(18, 'stripe', 'pi_QnsgK1eFBiUTq8qt1lHI31C0', 32, 5000, 0, 'idr', NULL, '2026-11-27 09:54:30.705407+00', 'accepted', 1500),
	(19, 'stripe', 'pi_nx4KMNGf9z1i13xiN7wGrFKT', 33, 5000, 0, 'idr', NULL, '2026-11-27 09:54:30.895974+00', 'accepted', 1500),
	(26, 'stripe', 'pi_HGoFIXuJlqksZ9PyLs9tb5nJ', 41, 5000, 0, 'idr', NULL, '2026-11-27 09:54:32.418603+00', 'accepted', 0),
	(20, 'stripe', 'pi_1ueIXA5CTnuth509yujwdlfL', 34, 5000, 0, 'idr', NULL, '2026-11-27 09:54:31.062375+00', 'accepted', 0),
	(27, 'stripe', 'pi_IjCB6RB6ENIVEUehArwea918', 42, 5000, 0, 'idr', NULL, '2026-11-27 09:54:32.729682+00', 'accepted', 0),
	(21, 'stripe', 'pi_fpe0ICGXvN2TgGGZjE1K2vOR', 35, 5000, 0, 'idr', NULL, '2026-11-27 09:54:31.269958+00', 'accepted', 0),
	(35, 'stripe', 'pi_2pYqzyFZPwszmUrcXqMeNwBW', 50, 5000, 0, 'idr', NULL, '2026-11-27 09:54:45.299283+00', 'accepted', 1700),
	(28, 'stripe', 'pi_p2yrzSvvKh7c0IqLaXmkCGBO', 43, 5000, 0, 'idr', NULL, '2026-11-27 09:54:32.886373+00', 'accepted', 0),
	(29, 'stripe', 'pi_kVGEQf4sZSzm26y68w1nKsMH', 44, 5000, 0, 'idr', NULL, '2026-11-27 09:54:33.137403+00', 'accepted', 0),
	(30, 'stripe', 'pi_4pqqriGHixlLdRvkifKEywN1', 45, 5000, 5000, 'idr', NULL, '2026-11-27 09:54:33.367087+00', 'accepted', 0),
	(31, 'stripe', 'pi_Lx54Yv6uwIlh7M53ypTIJ974', 46, 5000, 1000, 'idr', NULL, '2026-11-27 09:54:33.573695+00', 'accepted', 0),
	(37, 'stripe', 'pi_Nhi1ijsWKwPkKipIq0Ndguuw', 52, 5000, 0, 'idr', NULL, '2026-11-27 09:54:45.483799+00', 'accepted', 4000),
	(32, 'stripe', 'pi_H0Gk81y9AZJmSQUHgzVeReZW', 47, 5000, 5000, 'idr', NULL, '2026-11-27 09:54:33.828541+00', 'accepted', 0),
	(33, 'stripe', 'pi_31Dx7UrkebudnUUWXTJzGkcO', 48, 5000, 0, 'idr', NULL, '2026-11-27 09:54:34.105655+00', 'accepted', 0);
INSERT INTO client_idempotency OVERRIDING SYSTEM VALUE VALUES
	(1, 'user:4', 'POST', '/api/v1/payments', 'bank_transfer-completed', 'YZMRR-TqV3Qfh0OdNeRNnODAnztk82SeZmIrGa0P3Vc', '9bcb15b1-d65a-48ea-8f0f-b1d41f904149', '2026-11-27 09:55:27.444115+00', '3', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"31160532-f1ac-4c30-af9e-89f9e5e0b686","data":{"type":"new","payment_id":3,"payment":{"id":3,"user_id":4,"consultation_id":63,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.447Z","completed_at":null,"created_at":"2026-11-27T09:54:27.447Z","updated_at":"2026-11-27T09:54:27.447Z"},"invoice":{"id":3,"invoice_number":"INV-20261127095427-000003","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:27.447Z"},"tax":{"id":3,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":null}}', '2026-11-27 09:54:27.443879+00', '2026-11-27 09:54:27.451582+00', '2026-11-28 09:54:27.451582+00'),
	(2, 'user:6', 'POST', '/api/v1/payments/:id/confirm', 'bank_transfer-completed-confirm', 'eaN_tnJgxpjSu5aN2ehsXyDcvKRs_ZhFEpsWHsQRQ94', '96055f5c-751c-450d-a94e-9fbb0330df46', '2026-11-27 09:55:27.458714+00', '3', 200, '{"status_code":200,"message":"Payment confirmed successfully","request_id":"5babb379-0b4a-432a-b7ff-3cdb458094a3","data":{"payment_id":3,"payment":{"id":3,"user_id":4,"consultation_id":63,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.447Z","completed_at":"2026-11-27T09:54:27.462Z","created_at":"2026-11-27T09:54:27.447Z","updated_at":"2026-11-27T09:54:27.462Z"},"invoice":{"id":3,"invoice_number":"INV-20261127095427-000003","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:27.462Z","created_at":"2026-11-27T09:54:27.447Z"},"tax":{"id":3,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"charge":{"payment_method":"bank_transfer","transaction_id":"bank_transfer-completed","amount_received":5000,"currency":"idr","receipt_url":null}}}', '2026-11-27 09:54:27.458553+00', '2026-11-27 09:54:27.470539+00', '2026-11-28 09:54:27.470539+00'),
	(3, 'user:4', 'POST', '/api/v1/payments', 'bank_transfer-refund-pending', '-8Uk5jxG87dwiWfd7U1ZymKp4CJfvFPKelbwRts80Kc', '330fc906-c833-4ef9-8ece-7c79f929b3f3', '2026-11-27 09:55:27.480962+00', '4', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"c00208ab-23de-4f96-8fac-fa8af4b94809","data":{"type":"new","payment_id":4,"payment":{"id":4,"user_id":4,"consultation_id":64,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.482Z","completed_at":null,"created_at":"2026-11-27T09:54:27.482Z","updated_at":"2026-11-27T09:54:27.482Z"},"invoice":{"id":4,"invoice_number":"INV-20261127095427-000004","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:27.482Z"},"tax":{"id":4,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":null}}', '2026-11-27 09:54:27.480798+00', '2026-11-27 09:54:27.486656+00', '2026-11-28 09:54:27.486656+00'),
	(4, 'user:6', 'POST', '/api/v1/payments/:id/confirm', 'bank_transfer-refund-pending-confirm', '8kEmoKzUkKom5LZejoj8pcs3Mtk1gJLNMAQpd-xOhHk', '71c86fc9-3d7a-4cc3-9769-0a3fe2361213', '2026-11-27 09:55:27.491248+00', '4', 200, '{"status_code":200,"message":"Payment confirmed successfully","request_id":"6f631496-4614-413a-b982-c62bd239a501","data":{"payment_id":4,"payment":{"id":4,"user_id":4,"consultation_id":64,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.482Z","completed_at":"2026-11-27T09:54:27.494Z","created_at":"2026-11-27T09:54:27.482Z","updated_at":"2026-11-27T09:54:27.494Z"},"invoice":{"id":4,"invoice_number":"INV-20261127095427-000004","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:27.494Z","created_at":"2026-11-27T09:54:27.482Z"},"tax":{"id":4,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"charge":{"payment_method":"bank_transfer","transaction_id":"bank_transfer-refund-pending","amount_received":5000,"currency":"idr","receipt_url":null}}}', '2026-11-27 09:54:27.491082+00', '2026-11-27 09:54:27.498464+00', '2026-11-28 09:54:27.498464+00'),
	(5, 'user:6', 'POST', '/api/v1/payments/:id/refund (derived)', 'MXixv1RHkS3IwajOWBJwlsRRHPuhfVPEuSrBljz1y2M', 'MXixv1RHkS3IwajOWBJwlsRRHPuhfVPEuSrBljz1y2M', '193581c3-650f-4aec-b70a-026cb2e04fb0', '2026-11-27 09:55:27.503385+00', '4/refunds/1', 200, '{"status_code":200,"message":"Refund reserved: it counts, and is settled when the money was paid back","request_id":"af97af82-59a2-4581-b1a6-97b305c28381","data":{"refund_id":1,"payment_id":4,"refund":{"id":1,"payment_id":4,"payment_method":"bank_transfer","amount":700,"currency":"idr","status":"pending","automatic":false,"reason":"asked for","transaction_id":null,"created_at":"2026-11-27T09:54:27.505Z","settled_at":null},"payment":{"id":4,"user_id":4,"consultation_id":64,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.482Z","completed_at":"2026-11-27T09:54:27.494Z","created_at":"2026-11-27T09:54:27.482Z","updated_at":"2026-11-27T09:54:27.494Z"},"invoice":{"id":4,"invoice_number":"INV-20261127095427-000004","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:27.494Z","created_at":"2026-11-27T09:54:27.482Z"},"tax":{"id":4,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"credit_note":null,"refundable_amount":4300}}', '2026-11-27 09:54:27.503215+00', '2026-11-27 09:54:27.51515+00', '2026-11-27 09:59:27.51515+00'),
	(6, 'user:4', 'POST', '/api/v1/payments', 'bank_transfer-refund-withdrawn', 'qMRU021uLpVMz1uNuNJlPSnsFUCVZIalgNQQTUz0h5Q', 'c7f17fcd-8821-4176-89c6-fb1bf3909532', '2026-11-27 09:55:27.525325+00', '5', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"4a80bc03-4fa9-40ec-b171-d59ed2446183","data":{"type":"new","payment_id":5,"payment":{"id":5,"user_id":4,"consultation_id":65,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.527Z","completed_at":null,"created_at":"2026-11-27T09:54:27.527Z","updated_at":"2026-11-27T09:54:27.527Z"},"invoice":{"id":5,"invoice_number":"INV-20261127095427-000005","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:27.527Z"},"tax":{"id":5,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":null}}', '2026-11-27 09:54:27.525154+00', '2026-11-27 09:54:27.53169+00', '2026-11-28 09:54:27.53169+00'),
	(7, 'user:6', 'POST', '/api/v1/payments/:id/confirm', 'bank_transfer-refund-withdrawn-confirm', 'YqoyPXKTeHhUJI6Afib4mG0NVSxTuxmHBJSq0Xno2BU', 'edf018f7-786b-495a-9bcb-e351a95ec7b1', '2026-11-27 09:55:27.536415+00', '5', 200, '{"status_code":200,"message":"Payment confirmed successfully","request_id":"55581b67-72ba-47e5-9c9d-8bdad5f02138","data":{"payment_id":5,"payment":{"id":5,"user_id":4,"consultation_id":65,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.527Z","completed_at":"2026-11-27T09:54:27.538Z","created_at":"2026-11-27T09:54:27.527Z","updated_at":"2026-11-27T09:54:27.538Z"},"invoice":{"id":5,"invoice_number":"INV-20261127095427-000005","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:27.538Z","created_at":"2026-11-27T09:54:27.527Z"},"tax":{"id":5,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"charge":{"payment_method":"bank_transfer","transaction_id":"bank_transfer-refund-withdrawn","amount_received":5000,"currency":"idr","receipt_url":null}}}', '2026-11-27 09:54:27.53617+00', '2026-11-27 09:54:27.542122+00', '2026-11-28 09:54:27.542122+00'),
	(8, 'user:6', 'POST', '/api/v1/payments/:id/refund (derived)', 'frgTR3HGLW18muC-OHVxZbNTVUiU8UPYMZWqaHAKyoQ', 'frgTR3HGLW18muC-OHVxZbNTVUiU8UPYMZWqaHAKyoQ', 'fcb68bfa-6abe-4808-b30a-bf2f0991a5a8', '2026-11-27 09:55:27.547674+00', '5/refunds/2', 200, '{"status_code":200,"message":"Refund reserved: it counts, and is settled when the money was paid back","request_id":"6fd0f96c-043a-4fe1-bb0f-1cae15f9cf9f","data":{"refund_id":2,"payment_id":5,"refund":{"id":2,"payment_id":5,"payment_method":"bank_transfer","amount":800,"currency":"idr","status":"pending","automatic":false,"reason":"asked for","transaction_id":null,"created_at":"2026-11-27T09:54:27.550Z","settled_at":null},"payment":{"id":5,"user_id":4,"consultation_id":65,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.527Z","completed_at":"2026-11-27T09:54:27.538Z","created_at":"2026-11-27T09:54:27.527Z","updated_at":"2026-11-27T09:54:27.538Z"},"invoice":{"id":5,"invoice_number":"INV-20261127095427-000005","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:27.538Z","created_at":"2026-11-27T09:54:27.527Z"},"tax":{"id":5,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"credit_note":null,"refundable_amount":4200}}', '2026-11-27 09:54:27.547515+00', '2026-11-27 09:54:27.555644+00', '2026-11-27 09:59:27.555644+00'),
	(9, 'user:4', 'POST', '/api/v1/payments', 'bank_transfer-part', 'AMjm0M7-R8gnJnjS0tQEYynogcFPmg8dGuTXKqjh-7U', '1e97079c-5f46-4cf9-ae7b-a8e2f18783e7', '2026-11-27 09:55:27.576579+00', '6', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"517770bb-d228-4d98-acea-8004d2f8c968","data":{"type":"new","payment_id":6,"payment":{"id":6,"user_id":4,"consultation_id":66,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.578Z","completed_at":null,"created_at":"2026-11-27T09:54:27.578Z","updated_at":"2026-11-27T09:54:27.578Z"},"invoice":{"id":6,"invoice_number":"INV-20261127095427-000006","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:27.578Z"},"tax":{"id":6,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":null}}', '2026-11-27 09:54:27.576404+00', '2026-11-27 09:54:27.582332+00', '2026-11-28 09:54:27.582332+00'),
	(10, 'user:6', 'POST', '/api/v1/payments/:id/confirm', 'bank_transfer-part-confirm', '1O7EeFnSHNG7MZdFTH5t7fTY7i9Z42C5DrKs2AgwHlM', '62c3d561-b6b8-4c1b-b899-9857cda5d923', '2026-11-27 09:55:27.586585+00', '6', 200, '{"status_code":200,"message":"Payment confirmed successfully","request_id":"ffd085cc-00f6-4423-a3de-48aa923ad644","data":{"payment_id":6,"payment":{"id":6,"user_id":4,"consultation_id":66,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.578Z","completed_at":"2026-11-27T09:54:27.588Z","created_at":"2026-11-27T09:54:27.578Z","updated_at":"2026-11-27T09:54:27.588Z"},"invoice":{"id":6,"invoice_number":"INV-20261127095427-000006","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:27.588Z","created_at":"2026-11-27T09:54:27.578Z"},"tax":{"id":6,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"charge":{"payment_method":"bank_transfer","transaction_id":"bank_transfer-part","amount_received":5000,"currency":"idr","receipt_url":null}}}', '2026-11-27 09:54:27.586404+00', '2026-11-27 09:54:27.591841+00', '2026-11-28 09:54:27.591841+00'),
	(11, 'user:6', 'POST', '/api/v1/payments/:id/refund', 'bank_transfer-part-back', 'Fwf8obkJPGEbpwmF1EfDHud1NIbSJBO30UrWAarTQBY', '46ff99db-6e36-40db-b153-ccf6c20dff3f', '2026-11-27 09:55:27.597448+00', '6/refunds/3', 200, '{"status_code":200,"message":"Refund processed successfully","request_id":"2124a1e8-fc5d-4b0c-814d-ab9a64d55442","data":{"refund_id":3,"payment_id":6,"refund":{"id":3,"payment_id":6,"payment_method":"bank_transfer","amount":1234,"currency":"idr","status":"succeeded","automatic":false,"reason":"asked for","transaction_id":"bank_transfer-part-back","created_at":"2026-11-27T09:54:27.599Z","settled_at":"2026-11-27T09:54:27.599Z"},"payment":{"id":6,"user_id":4,"consultation_id":66,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"partially_refunded","processing":false,"quantity":1,"refunded_amount":1234,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.578Z","completed_at":"2026-11-27T09:54:27.588Z","created_at":"2026-11-27T09:54:27.578Z","updated_at":"2026-11-27T09:54:27.599Z"},"invoice":{"id":6,"invoice_number":"INV-20261127095427-000006","amount":5000,"currency":"idr","status":"partially_refunded","credited_amount":1234,"paid_at":"2026-11-27T09:54:27.588Z","created_at":"2026-11-27T09:54:27.578Z"},"tax":{"id":6,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":1112,"credited_tax_amount":122,"status":"partially_credited"},"credit_note":{"credit_number":"CN-20261127095427-000003","amount":1234,"base_amount":1112,"tax_amount":122,"created_at":"2026-11-27T09:54:27.599Z"},"refundable_amount":3766}}', '2026-11-27 09:54:27.597289+00', '2026-11-27 09:54:27.610762+00', '2026-11-28 09:54:27.610762+00'),
	(12, 'user:4', 'POST', '/api/v1/payments', 'bank_transfer-settled', 'ZvBMiEAL3vLtX1mDaN6T7EQGilgrGBe_T26QY2eKqLE', '8cd78779-a623-4976-ada0-b8f9be0365aa', '2026-11-27 09:55:27.635906+00', '7', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"de36d343-5a0a-4690-a39d-7c0dd7fb760b","data":{"type":"new","payment_id":7,"payment":{"id":7,"user_id":4,"consultation_id":67,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.637Z","completed_at":null,"created_at":"2026-11-27T09:54:27.637Z","updated_at":"2026-11-27T09:54:27.637Z"},"invoice":{"id":7,"invoice_number":"INV-20261127095427-000007","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:27.637Z"},"tax":{"id":7,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":null}}', '2026-11-27 09:54:27.635723+00', '2026-11-27 09:54:27.642845+00', '2026-11-28 09:54:27.642845+00'),
	(13, 'user:6', 'POST', '/api/v1/payments/:id/confirm', 'bank_transfer-settled-confirm', 'KIcX9r0D0ZG16YlFsBF6gzyIeOwGywGRuZNcn9dp6Eg', '3ca8799e-2109-4a70-8a0d-925a9382a7ed', '2026-11-27 09:55:27.650769+00', '7', 200, '{"status_code":200,"message":"Payment confirmed successfully","request_id":"1d831466-a973-4197-972d-ad00d0fcdc5c","data":{"payment_id":7,"payment":{"id":7,"user_id":4,"consultation_id":67,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.637Z","completed_at":"2026-11-27T09:54:27.655Z","created_at":"2026-11-27T09:54:27.637Z","updated_at":"2026-11-27T09:54:27.655Z"},"invoice":{"id":7,"invoice_number":"INV-20261127095427-000007","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:27.655Z","created_at":"2026-11-27T09:54:27.637Z"},"tax":{"id":7,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"charge":{"payment_method":"bank_transfer","transaction_id":"bank_transfer-settled","amount_received":5000,"currency":"idr","receipt_url":null}}}', '2026-11-27 09:54:27.650603+00', '2026-11-27 09:54:27.665279+00', '2026-11-28 09:54:27.665279+00'),
	(14, 'user:6', 'POST', '/api/v1/payments/:id/refund (derived)', '0N3jgMTpWX_sp75LXmGqBDAhlg3UlaI5-bjpXD044XE', '0N3jgMTpWX_sp75LXmGqBDAhlg3UlaI5-bjpXD044XE', 'd2bd896b-0f54-4ce0-bf39-c6c43987e68f', '2026-11-27 09:55:27.670669+00', '7/refunds/4', 200, '{"status_code":200,"message":"Refund reserved: it counts, and is settled when the money was paid back","request_id":"1163b61a-3635-4050-8a2b-8cbd1770441c","data":{"refund_id":4,"payment_id":7,"refund":{"id":4,"payment_id":7,"payment_method":"bank_transfer","amount":5000,"currency":"idr","status":"pending","automatic":false,"reason":"asked for","transaction_id":null,"created_at":"2026-11-27T09:54:27.672Z","settled_at":null},"payment":{"id":7,"user_id":4,"consultation_id":67,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:27.637Z","completed_at":"2026-11-27T09:54:27.655Z","created_at":"2026-11-27T09:54:27.637Z","updated_at":"2026-11-27T09:54:27.655Z"},"invoice":{"id":7,"invoice_number":"INV-20261127095427-000007","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:27.655Z","created_at":"2026-11-27T09:54:27.637Z"},"tax":{"id":7,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"credit_note":null,"refundable_amount":0}}', '2026-11-27 09:54:27.670487+00', '2026-11-27 09:54:27.677494+00', '2026-11-27 09:59:27.677494+00'),
	(15, 'user:4', 'POST', '/api/v1/payments', 'gcash-completed', 'O1Oj07A9QLW_e7JryB59c9OLkJaWOaWcz-2SGSHkw48', 'f247f518-0f6e-4cc3-a53a-f979527dc506', '2026-11-27 09:55:28.197132+00', '11', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"81ee2b7e-919e-4540-804d-794b548b9b69","data":{"type":"new","payment_id":11,"payment":{"id":11,"user_id":4,"consultation_id":71,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.199Z","completed_at":null,"created_at":"2026-11-27T09:54:28.199Z","updated_at":"2026-11-27T09:54:28.199Z"},"invoice":{"id":11,"invoice_number":"INV-20261127095428-000011","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:28.199Z"},"tax":{"id":11,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":null}}', '2026-11-27 09:54:28.196975+00', '2026-11-27 09:54:28.211335+00', '2026-11-28 09:54:28.211335+00'),
	(16, 'user:6', 'POST', '/api/v1/payments/:id/confirm', 'gcash-completed-confirm', 'BDfUeuyYBtoin82ziKKFgXAqlPh-ZHfn1ezylpwaOGE', '7b1f4005-7d28-457c-99e4-4c90aca3ab63', '2026-11-27 09:55:28.216902+00', '11', 200, '{"status_code":200,"message":"Payment confirmed successfully","request_id":"bba3f1d0-35c5-432e-8008-cec54e6bc410","data":{"payment_id":11,"payment":{"id":11,"user_id":4,"consultation_id":71,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.199Z","completed_at":"2026-11-27T09:54:28.218Z","created_at":"2026-11-27T09:54:28.199Z","updated_at":"2026-11-27T09:54:28.218Z"},"invoice":{"id":11,"invoice_number":"INV-20261127095428-000011","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:28.218Z","created_at":"2026-11-27T09:54:28.199Z"},"tax":{"id":11,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"charge":{"payment_method":"gcash","transaction_id":"gcash-completed","amount_received":5000,"currency":"idr","receipt_url":null}}}', '2026-11-27 09:54:28.216749+00', '2026-11-27 09:54:28.222272+00', '2026-11-28 09:54:28.222272+00'),
	(17, 'user:4', 'POST', '/api/v1/payments', 'gcash-refund-pending', 'a4puU_C34ii_LJq9YqbSeTe0xqxpanxTJmxulNI87go', '67d6bd7c-dd6f-46db-897e-d0d65bc542e4', '2026-11-27 09:55:28.237819+00', '12', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"2e720ef2-0d1f-4c85-affe-4198de5a7524","data":{"type":"new","payment_id":12,"payment":{"id":12,"user_id":4,"consultation_id":72,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.242Z","completed_at":null,"created_at":"2026-11-27T09:54:28.242Z","updated_at":"2026-11-27T09:54:28.242Z"},"invoice":{"id":12,"invoice_number":"INV-20261127095428-000012","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:28.242Z"},"tax":{"id":12,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":null}}', '2026-11-27 09:54:28.237653+00', '2026-11-27 09:54:28.245945+00', '2026-11-28 09:54:28.245945+00'),
	(18, 'user:6', 'POST', '/api/v1/payments/:id/confirm', 'gcash-refund-pending-confirm', 'hDu4IYWYXNRCN3Jfuk7TLdrjZ3876EB_IzAYhyk5Dgk', '44c912f5-c99e-4d56-a3b1-c95bcdb79b98', '2026-11-27 09:55:28.253648+00', '12', 200, '{"status_code":200,"message":"Payment confirmed successfully","request_id":"d6d47d4f-1c85-4044-8b8b-07343192b7bc","data":{"payment_id":12,"payment":{"id":12,"user_id":4,"consultation_id":72,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.242Z","completed_at":"2026-11-27T09:54:28.258Z","created_at":"2026-11-27T09:54:28.242Z","updated_at":"2026-11-27T09:54:28.258Z"},"invoice":{"id":12,"invoice_number":"INV-20261127095428-000012","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:28.258Z","created_at":"2026-11-27T09:54:28.242Z"},"tax":{"id":12,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"charge":{"payment_method":"gcash","transaction_id":"gcash-refund-pending","amount_received":5000,"currency":"idr","receipt_url":null}}}', '2026-11-27 09:54:28.253499+00', '2026-11-27 09:54:28.265958+00', '2026-11-28 09:54:28.265958+00'),
	(19, 'user:6', 'POST', '/api/v1/payments/:id/refund (derived)', '3xfg9PVUUDfWBHo4jUcuQbUg03TckviBhCNNE7SsjjU', '3xfg9PVUUDfWBHo4jUcuQbUg03TckviBhCNNE7SsjjU', '6ae4b4d2-b074-412e-8997-57cd21aa3c3c', '2026-11-27 09:55:28.274241+00', '12/refunds/5', 200, '{"status_code":200,"message":"Refund reserved: it counts, and is settled when the money was paid back","request_id":"505f9810-10b0-46b3-9c78-a896faf13c0b","data":{"refund_id":5,"payment_id":12,"refund":{"id":5,"payment_id":12,"payment_method":"gcash","amount":700,"currency":"idr","status":"pending","automatic":false,"reason":"asked for","transaction_id":null,"created_at":"2026-11-27T09:54:28.277Z","settled_at":null},"payment":{"id":12,"user_id":4,"consultation_id":72,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.242Z","completed_at":"2026-11-27T09:54:28.258Z","created_at":"2026-11-27T09:54:28.242Z","updated_at":"2026-11-27T09:54:28.258Z"},"invoice":{"id":12,"invoice_number":"INV-20261127095428-000012","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:28.258Z","created_at":"2026-11-27T09:54:28.242Z"},"tax":{"id":12,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"credit_note":null,"refundable_amount":4300}}', '2026-11-27 09:54:28.274061+00', '2026-11-27 09:54:28.288708+00', '2026-11-27 09:59:28.288708+00'),
	(20, 'user:4', 'POST', '/api/v1/payments', 'gcash-refund-withdrawn', 'sgEENmmalgogvrGEEqGFDF9zZpjLh58MyomkiEiIVLA', 'ccfd60aa-8abc-47f2-af08-0e6427573684', '2026-11-27 09:55:28.301006+00', '13', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"3d68f50e-7499-4bd5-9daa-f49243f36192","data":{"type":"new","payment_id":13,"payment":{"id":13,"user_id":4,"consultation_id":73,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.302Z","completed_at":null,"created_at":"2026-11-27T09:54:28.302Z","updated_at":"2026-11-27T09:54:28.302Z"},"invoice":{"id":13,"invoice_number":"INV-20261127095428-000013","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:28.302Z"},"tax":{"id":13,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":null}}', '2026-11-27 09:54:28.300814+00', '2026-11-27 09:54:28.311732+00', '2026-11-28 09:54:28.311732+00'),
	(21, 'user:6', 'POST', '/api/v1/payments/:id/confirm', 'gcash-refund-withdrawn-confirm', 'v86rXcGr1n1ha4DmNF9uCtuoi6fqTczQOwfhoQCjuBo', '518f9b44-493c-49bc-94eb-d94c8974f420', '2026-11-27 09:55:28.318268+00', '13', 200, '{"status_code":200,"message":"Payment confirmed successfully","request_id":"8aead0ba-9d1c-4e50-ba1d-6e391e3a4053","data":{"payment_id":13,"payment":{"id":13,"user_id":4,"consultation_id":73,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.302Z","completed_at":"2026-11-27T09:54:28.320Z","created_at":"2026-11-27T09:54:28.302Z","updated_at":"2026-11-27T09:54:28.320Z"},"invoice":{"id":13,"invoice_number":"INV-20261127095428-000013","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:28.320Z","created_at":"2026-11-27T09:54:28.302Z"},"tax":{"id":13,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"charge":{"payment_method":"gcash","transaction_id":"gcash-refund-withdrawn","amount_received":5000,"currency":"idr","receipt_url":null}}}', '2026-11-27 09:54:28.318124+00', '2026-11-27 09:54:28.328091+00', '2026-11-28 09:54:28.328091+00'),
	(22, 'user:6', 'POST', '/api/v1/payments/:id/refund (derived)', '-75_DuEDZ8-iDpZunSjzwdH5KXfv01D6w30WAFRDEvU', '-75_DuEDZ8-iDpZunSjzwdH5KXfv01D6w30WAFRDEvU', 'ddc4cfde-f6ec-49c5-b92d-5c495601a0c6', '2026-11-27 09:55:28.34327+00', '13/refunds/6', 200, '{"status_code":200,"message":"Refund reserved: it counts, and is settled when the money was paid back","request_id":"8b1b99a4-180c-49ab-97ec-7c5a1c049bc4","data":{"refund_id":6,"payment_id":13,"refund":{"id":6,"payment_id":13,"payment_method":"gcash","amount":800,"currency":"idr","status":"pending","automatic":false,"reason":"asked for","transaction_id":null,"created_at":"2026-11-27T09:54:28.350Z","settled_at":null},"payment":{"id":13,"user_id":4,"consultation_id":73,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.302Z","completed_at":"2026-11-27T09:54:28.320Z","created_at":"2026-11-27T09:54:28.302Z","updated_at":"2026-11-27T09:54:28.320Z"},"invoice":{"id":13,"invoice_number":"INV-20261127095428-000013","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:28.320Z","created_at":"2026-11-27T09:54:28.302Z"},"tax":{"id":13,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"credit_note":null,"refundable_amount":4200}}', '2026-11-27 09:54:28.343092+00', '2026-11-27 09:54:28.365578+00', '2026-11-27 09:59:28.365578+00'),
	(23, 'user:4', 'POST', '/api/v1/payments', 'gcash-part', 'VcUvyNSi7aSsFX_HhP_vpfMzbxE__Mg6iUfiah5sAEo', '7845cca3-1510-46b8-be15-e0341dbfd02c', '2026-11-27 09:55:28.396378+00', '14', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"09d23baa-cd99-4b1e-b34f-de167ddda81b","data":{"type":"new","payment_id":14,"payment":{"id":14,"user_id":4,"consultation_id":74,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.398Z","completed_at":null,"created_at":"2026-11-27T09:54:28.398Z","updated_at":"2026-11-27T09:54:28.398Z"},"invoice":{"id":14,"invoice_number":"INV-20261127095428-000014","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:28.398Z"},"tax":{"id":14,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":null}}', '2026-11-27 09:54:28.396136+00', '2026-11-27 09:54:28.404534+00', '2026-11-28 09:54:28.404534+00'),
	(24, 'user:6', 'POST', '/api/v1/payments/:id/confirm', 'gcash-part-confirm', 'ZuFebsI6xbbA2Dc977HNWPoWI31zYuF2XNVV7LcHxJA', 'd73fe3ad-7737-44b3-818b-912717c140c7', '2026-11-27 09:55:28.412431+00', '14', 200, '{"status_code":200,"message":"Payment confirmed successfully","request_id":"76a3d1a6-9907-4bf8-b6dc-418c52d512bd","data":{"payment_id":14,"payment":{"id":14,"user_id":4,"consultation_id":74,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.398Z","completed_at":"2026-11-27T09:54:28.414Z","created_at":"2026-11-27T09:54:28.398Z","updated_at":"2026-11-27T09:54:28.414Z"},"invoice":{"id":14,"invoice_number":"INV-20261127095428-000014","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:28.414Z","created_at":"2026-11-27T09:54:28.398Z"},"tax":{"id":14,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"charge":{"payment_method":"gcash","transaction_id":"gcash-part","amount_received":5000,"currency":"idr","receipt_url":null}}}', '2026-11-27 09:54:28.412254+00', '2026-11-27 09:54:28.417716+00', '2026-11-28 09:54:28.417716+00'),
	(25, 'user:6', 'POST', '/api/v1/payments/:id/refund', 'gcash-part-back', 'uhCfEro3eoehX9M5herXN-uirEP-KM1lda6YDkB87-Q', 'afc567f2-5e6d-47f7-9fae-3a987956a23a', '2026-11-27 09:55:28.423118+00', '14/refunds/7', 200, '{"status_code":200,"message":"Refund processed successfully","request_id":"0c3877bc-576d-4bde-ae65-ea656d4ba2fc","data":{"refund_id":7,"payment_id":14,"refund":{"id":7,"payment_id":14,"payment_method":"gcash","amount":1234,"currency":"idr","status":"succeeded","automatic":false,"reason":"asked for","transaction_id":"gcash-part-back","created_at":"2026-11-27T09:54:28.432Z","settled_at":"2026-11-27T09:54:28.432Z"},"payment":{"id":14,"user_id":4,"consultation_id":74,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"partially_refunded","processing":false,"quantity":1,"refunded_amount":1234,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.398Z","completed_at":"2026-11-27T09:54:28.414Z","created_at":"2026-11-27T09:54:28.398Z","updated_at":"2026-11-27T09:54:28.432Z"},"invoice":{"id":14,"invoice_number":"INV-20261127095428-000014","amount":5000,"currency":"idr","status":"partially_refunded","credited_amount":1234,"paid_at":"2026-11-27T09:54:28.414Z","created_at":"2026-11-27T09:54:28.398Z"},"tax":{"id":14,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":1112,"credited_tax_amount":122,"status":"partially_credited"},"credit_note":{"credit_number":"CN-20261127095428-000007","amount":1234,"base_amount":1112,"tax_amount":122,"created_at":"2026-11-27T09:54:28.432Z"},"refundable_amount":3766}}', '2026-11-27 09:54:28.422948+00', '2026-11-27 09:54:28.441961+00', '2026-11-28 09:54:28.441961+00'),
	(26, 'user:4', 'POST', '/api/v1/payments', 'gcash-settled', 'UrX4ZLtgHO7apUxcOhMql4f0qBdd4dC1uU7RWG07CbU', 'c2b97f2d-0d05-42fb-9782-71b33f5e9be7', '2026-11-27 09:55:28.451911+00', '15', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"54fe691d-2e22-4a07-9b54-b49f1493d7db","data":{"type":"new","payment_id":15,"payment":{"id":15,"user_id":4,"consultation_id":75,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.454Z","completed_at":null,"created_at":"2026-11-27T09:54:28.454Z","updated_at":"2026-11-27T09:54:28.454Z"},"invoice":{"id":15,"invoice_number":"INV-20261127095428-000015","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:28.454Z"},"tax":{"id":15,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":null}}', '2026-11-27 09:54:28.451744+00', '2026-11-27 09:54:28.46213+00', '2026-11-28 09:54:28.46213+00'),
	(27, 'user:6', 'POST', '/api/v1/payments/:id/confirm', 'gcash-settled-confirm', 'ach7IuaQi9eJuK_s4y4ivWjpZaN-VWo_WeLyFQ4M23c', '155f790f-8c3b-48dd-bc59-8db5a3702076', '2026-11-27 09:55:28.470605+00', '15', 200, '{"status_code":200,"message":"Payment confirmed successfully","request_id":"67fb964d-1c94-4fb2-be02-acd8b911b8e2","data":{"payment_id":15,"payment":{"id":15,"user_id":4,"consultation_id":75,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.454Z","completed_at":"2026-11-27T09:54:28.472Z","created_at":"2026-11-27T09:54:28.454Z","updated_at":"2026-11-27T09:54:28.472Z"},"invoice":{"id":15,"invoice_number":"INV-20261127095428-000015","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:28.472Z","created_at":"2026-11-27T09:54:28.454Z"},"tax":{"id":15,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"charge":{"payment_method":"gcash","transaction_id":"gcash-settled","amount_received":5000,"currency":"idr","receipt_url":null}}}', '2026-11-27 09:54:28.470443+00', '2026-11-27 09:54:28.477979+00', '2026-11-28 09:54:28.477979+00'),
	(28, 'user:6', 'POST', '/api/v1/payments/:id/refund (derived)', 'WzaVU4RcOQjdzskMZc23wIipN1mNLWBVJ5IthtO8FvQ', 'WzaVU4RcOQjdzskMZc23wIipN1mNLWBVJ5IthtO8FvQ', '44e55b0e-1fe5-4717-a19d-6f00fb104cc2', '2026-11-27 09:55:28.483106+00', '15/refunds/8', 200, '{"status_code":200,"message":"Refund reserved: it counts, and is settled when the money was paid back","request_id":"3a0df6cc-84ee-4a8c-b4fb-e7168faaff8d","data":{"refund_id":8,"payment_id":15,"refund":{"id":8,"payment_id":15,"payment_method":"gcash","amount":5000,"currency":"idr","status":"pending","automatic":false,"reason":"asked for","transaction_id":null,"created_at":"2026-11-27T09:54:28.484Z","settled_at":null},"payment":{"id":15,"user_id":4,"consultation_id":75,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"gcash","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:28.454Z","completed_at":"2026-11-27T09:54:28.472Z","created_at":"2026-11-27T09:54:28.454Z","updated_at":"2026-11-27T09:54:28.472Z"},"invoice":{"id":15,"invoice_number":"INV-20261127095428-000015","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:28.472Z","created_at":"2026-11-27T09:54:28.454Z"},"tax":{"id":15,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"credit_note":null,"refundable_amount":0}}', '2026-11-27 09:54:28.482934+00', '2026-11-27 09:54:28.489078+00', '2026-11-27 09:59:28.489078+00'),
	(29, 'user:4', 'POST', '/api/v1/payments', 'existing', 'XfYVpeLzFVo5FzgNbVVV639BXJyZzeDcQCz6pIQUm0c', '95b1f004-eea3-451b-ba8e-c12ee7748277', '2026-11-27 09:55:29.18266+00', '17', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"f748d1b9-d3ae-472f-a3ec-bc197e17200e","data":{"type":"new","payment_id":17,"payment":{"id":17,"user_id":4,"consultation_id":79,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"bank_transfer","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-30T09:54:29.184Z","completed_at":null,"created_at":"2026-11-27T09:54:29.184Z","updated_at":"2026-11-27T09:54:29.184Z"},"invoice":{"id":17,"invoice_number":"INV-20261127095429-000017","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:29.184Z"},"tax":{"id":17,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":null}}', '2026-11-27 09:54:29.182485+00', '2026-11-27 09:54:29.190169+00', '2026-11-28 09:54:29.190169+00'),
	(30, 'user:4', 'POST', '/api/v1/payments', 'stripe-open', '1KvucpEcSCxxkoJCMYgb8bW2tScx79tp8iZHcispRQY', 'a502e204-23e6-48ac-a928-cb51fab629b2', '2026-11-27 09:55:29.208718+00', '19', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"09decccc-2230-4bc4-b711-af0439b36440","data":{"type":"new","payment_id":19,"payment":{"id":19,"user_id":4,"consultation_id":80,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"stripe","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-28T09:54:29.000Z","completed_at":null,"created_at":"2026-11-27T09:54:29.215Z","updated_at":"2026-11-27T09:54:29.261Z"},"invoice":{"id":18,"invoice_number":"INV-20261127095429-000019","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:29.215Z"},"tax":{"id":18,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":{"session_id":"cs_test_SyT1r4YU7xuOtSZgpHUPZKdJuqz5rfP1NHBFvRSCOJzmrraYOlbO2ZnWKZ","url":"http://127.0.0.1:44207/c/pay/cs_test_SyT1r4YU7xuOtSZgpHUPZKdJuqz5rfP1NHBFvRSCOJzmrraYOlbO2ZnWKZ","expires_at":"2026-11-28T09:54:29.000Z"}}}', '2026-11-27 09:54:29.208553+00', '2026-11-27 09:54:29.277014+00', '2026-11-28 09:54:29.277014+00'),
	(31, 'user:4', 'POST', '/api/v1/payments/:id/cancel', 'cancel', 'F6esbew1-JAutVJoGoO99qnEMlLwW81X42iPgsWT7Ns', '0392c812-cd86-4b89-83b4-b059d9938574', '2026-11-27 09:55:29.365725+00', '20', 200, '{"status_code":200,"message":"Payment cancelled successfully","request_id":"b74eb107-33eb-4026-bc45-fbaa3e98726f","data":{"payment_id":20,"payment":{"id":20,"user_id":4,"consultation_id":81,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"stripe","status":"cancelled","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-28T09:54:29.000Z","completed_at":null,"created_at":"2026-11-27T09:54:29.318Z","updated_at":"2026-11-27T09:54:29.432Z"},"invoice":{"id":19,"invoice_number":"INV-20261127095429-000020","amount":5000,"currency":"idr","status":"void","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:29.318Z"},"tax":{"id":19,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"void"}}}', '2026-11-27 09:54:29.365515+00', '2026-11-27 09:54:29.453714+00', '2026-11-28 09:54:29.453714+00'),
	(32, 'user:4', 'POST', '/api/v1/payments', 'refused', 'LFSnNSPcamvdVKO-RIJOtD_-iYbZiIbVZGSOD5WoSMs', 'a2930d57-a160-4845-bbd1-56cdb91c0789', '2026-11-27 09:54:29.80754+00', '24', NULL, NULL, '2026-11-27 09:54:29.787546+00', NULL, '2026-11-28 09:54:29.787718+00'),
	(34, 'user:4', 'POST', '/api/v1/checkout', 'order-paid', 'JCCZjAztXaKpLIwmvvMEsqESC20GzZPzCSHzileWLGk', '4c5dbfdc-81b5-4e96-aa6f-48fcb40cd924', '2026-11-27 09:55:29.926241+00', '26', 200, '{"status_code":200,"message":"Checkout session created successfully","request_id":"7e1f7c55-b7b7-419b-89c6-42a9e2dda6e0","data":{"order_id":"order_26","session_id":"cs_test_rZZnkPWwwI95W8innm8HvCydGmnq6GmCMWwKK5sLN3MBQtz9tPqSPs3q0z","checkout_url":"http://127.0.0.1:44207/c/pay/cs_test_rZZnkPWwwI95W8innm8HvCydGmnq6GmCMWwKK5sLN3MBQtz9tPqSPs3q0z","expires_at":"2026-11-28T09:54:29.000Z","idempotency_key":"order-paid","reused":false,"payment":{"id":26,"user_id":4,"consultation_id":null,"product_id":"fixture-open","product_name":"Fixture open","amount":299700,"currency":"idr","payment_method":"stripe","status":"pending","processing":false,"quantity":3,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{},"expires_at":"2026-11-28T09:54:29.000Z","completed_at":null,"created_at":"2026-11-27T09:54:29.931Z","updated_at":"2026-11-27T09:54:29.953Z"}}}', '2026-11-27 09:54:29.925982+00', '2026-11-27 09:54:29.957164+00', '2026-11-28 09:54:29.957164+00'),
	(33, 'user:4', 'POST', '/api/v1/payments', 'stripe-completed', '5mu_FPZdHwzLjlu4OMk49szUTmlJltkdA3zSqKyQz7A', '89ae0077-42ff-41ae-8c9c-a5ea7bd95771', '2026-11-27 09:55:29.822045+00', '25', 201, '{"status_code":201,"message":"Payment created successfully","request_id":"d18796a7-1ca3-4eea-bf96-575ff43506b5","data":{"type":"new","payment_id":25,"payment":{"id":25,"user_id":4,"consultation_id":86,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"stripe","status":"pending","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-28T09:54:29.000Z","completed_at":null,"created_at":"2026-11-27T09:54:29.823Z","updated_at":"2026-11-27T09:54:29.841Z"},"invoice":{"id":24,"invoice_number":"INV-20261127095429-000025","amount":5000,"currency":"idr","status":"pending","credited_amount":0,"paid_at":null,"created_at":"2026-11-27T09:54:29.823Z"},"tax":{"id":24,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"pending"},"checkout":{"session_id":"cs_test_N1f66nX5sbUlEptr4QxTHTlfUeR7GEus8KcmRyDIETSxqmRW3Iy17YyjfY","url":"http://127.0.0.1:44207/c/pay/cs_test_N1f66nX5sbUlEptr4QxTHTlfUeR7GEus8KcmRyDIETSxqmRW3Iy17YyjfY","expires_at":"2026-11-28T09:54:29.000Z"}}}', '2026-11-27 09:54:29.821808+00', '2026-11-27 09:54:29.84573+00', '2026-11-28 09:54:29.84573+00'),
	(40, 'user:6', 'POST', '/api/v1/payments/:id/refund (derived)', 'yza0ra8SFC18FYESJrFFFmLaXuURFxztywCV31OySps', 'yza0ra8SFC18FYESJrFFFmLaXuURFxztywCV31OySps', 'df200ead-81f1-4310-9468-f1d0b5701266', '2026-11-27 09:54:31.179987+00', '34/refunds/15', NULL, NULL, '2026-11-27 09:54:31.116252+00', NULL, '2026-11-27 09:59:31.116467+00'),
	(35, 'user:6', 'POST', '/api/v1/payments/:id/refund', 'refund-whole', 'wtEtADfthIIykJPDByFphzF-b-JEWmmqlY-jQuek5yw', '3467727a-c3cc-4e1d-9e16-27451e78d1e1', '2026-11-27 09:55:30.422298+00', '30/refunds/10', 200, '{"status_code":200,"message":"Refund processed successfully","request_id":"28649149-491b-41d5-9839-e7cbd2c80c5f","data":{"refund_id":10,"payment_id":30,"refund":{"id":10,"payment_id":30,"payment_method":"stripe","amount":5000,"currency":"idr","status":"succeeded","automatic":false,"reason":"asked for","transaction_id":"re_Eke7ZQ1diCzmLvUg5AOH21DA","created_at":"2026-11-27T09:54:30.428Z","settled_at":"2026-11-27T09:54:30.451Z"},"payment":{"id":30,"user_id":4,"consultation_id":89,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"stripe","status":"refunded","processing":false,"quantity":1,"refunded_amount":5000,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-28T09:54:30.000Z","completed_at":"2026-11-27T09:54:30.368Z","created_at":"2026-11-27T09:54:30.327Z","updated_at":"2026-11-27T09:54:30.451Z"},"invoice":{"id":29,"invoice_number":"INV-20261127095430-000030","amount":5000,"currency":"idr","status":"refunded","credited_amount":5000,"paid_at":"2026-11-27T09:54:30.368Z","created_at":"2026-11-27T09:54:30.327Z"},"tax":{"id":29,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":4505,"credited_tax_amount":495,"status":"credited"},"credit_note":{"credit_number":"CN-20261127095430-000010","amount":5000,"base_amount":4505,"tax_amount":495,"created_at":"2026-11-27T09:54:30.451Z"},"refundable_amount":0}}', '2026-11-27 09:54:30.421984+00', '2026-11-27 09:54:30.475268+00', '2026-11-28 09:54:30.475268+00'),
	(36, 'user:6', 'POST', '/api/v1/payments/:id/refund', 'refund-part', 'iVKC937H-92teuzriv9cl7SmewICLxjcfBbYmerY8jw', '18cef30d-b720-42d1-a070-69fcde481f44', '2026-11-27 09:55:30.565273+00', '31/refunds/11', 200, '{"status_code":200,"message":"Refund processed successfully","request_id":"700f67fe-9f8e-439e-a10d-4291a5840ea2","data":{"refund_id":11,"payment_id":31,"refund":{"id":11,"payment_id":31,"payment_method":"stripe","amount":1999,"currency":"idr","status":"succeeded","automatic":false,"reason":"asked for","transaction_id":"re_qaYLn6EUZlNDfZsp9ITG48Mb","created_at":"2026-11-27T09:54:30.567Z","settled_at":"2026-11-27T09:54:30.589Z"},"payment":{"id":31,"user_id":4,"consultation_id":90,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"stripe","status":"partially_refunded","processing":false,"quantity":1,"refunded_amount":1999,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-28T09:54:30.000Z","completed_at":"2026-11-27T09:54:30.515Z","created_at":"2026-11-27T09:54:30.490Z","updated_at":"2026-11-27T09:54:30.589Z"},"invoice":{"id":30,"invoice_number":"INV-20261127095430-000031","amount":5000,"currency":"idr","status":"partially_refunded","credited_amount":1999,"paid_at":"2026-11-27T09:54:30.515Z","created_at":"2026-11-27T09:54:30.490Z"},"tax":{"id":30,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":1801,"credited_tax_amount":198,"status":"partially_credited"},"credit_note":{"credit_number":"CN-20261127095430-000011","amount":1999,"base_amount":1801,"tax_amount":198,"created_at":"2026-11-27T09:54:30.589Z"},"refundable_amount":3001}}', '2026-11-27 09:54:30.565076+00', '2026-11-27 09:54:30.61521+00', '2026-11-28 09:54:30.61521+00'),
	(37, 'user:6', 'POST', '/api/v1/payments/:id/refund (derived)', 'Ch3TqGQq7OfPflWGfysGy-20MnC-H95VZglnShES6nU', 'Ch3TqGQq7OfPflWGfysGy-20MnC-H95VZglnShES6nU', 'bc539dd5-d97a-41de-842b-54c2c96a9375', '2026-11-27 09:55:30.620064+00', '31/refunds/12', 200, '{"status_code":200,"message":"Refund processed successfully","request_id":"b6b93b94-ce79-4512-a7cc-61fae42eb558","data":{"refund_id":12,"payment_id":31,"refund":{"id":12,"payment_id":31,"payment_method":"stripe","amount":1,"currency":"idr","status":"succeeded","automatic":false,"reason":"asked for","transaction_id":"re_mdAQRZD89QRuKOzPEBpuzXpl","created_at":"2026-11-27T09:54:30.630Z","settled_at":"2026-11-27T09:54:30.650Z"},"payment":{"id":31,"user_id":4,"consultation_id":90,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"stripe","status":"partially_refunded","processing":false,"quantity":1,"refunded_amount":2000,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-28T09:54:30.000Z","completed_at":"2026-11-27T09:54:30.515Z","created_at":"2026-11-27T09:54:30.490Z","updated_at":"2026-11-27T09:54:30.650Z"},"invoice":{"id":30,"invoice_number":"INV-20261127095430-000031","amount":5000,"currency":"idr","status":"partially_refunded","credited_amount":2000,"paid_at":"2026-11-27T09:54:30.515Z","created_at":"2026-11-27T09:54:30.490Z"},"tax":{"id":30,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":1802,"credited_tax_amount":198,"status":"partially_credited"},"credit_note":{"credit_number":"CN-20261127095430-000012","amount":1,"base_amount":1,"tax_amount":0,"created_at":"2026-11-27T09:54:30.650Z"},"refundable_amount":3000}}', '2026-11-27 09:54:30.619864+00', '2026-11-27 09:54:30.662133+00', '2026-11-27 09:59:30.662133+00'),
	(38, 'user:6', 'POST', '/api/v1/payments/:id/refund', 'refund-pending', 'UkX7IAUdDGiRgyXx15UpgYVje8WRXpSf6ujFff1fkqU', '825d26d2-f5db-4d01-bfd4-53ab147c68fe', '2026-11-27 09:55:30.762471+00', '32/refunds/13', 200, '{"status_code":200,"message":"Refund reserved: it counts, and is settled when the money was paid back","request_id":"10543d6c-a2f0-4022-921f-50a7bdcac6a4","data":{"refund_id":13,"payment_id":32,"refund":{"id":13,"payment_id":32,"payment_method":"stripe","amount":1500,"currency":"idr","status":"pending","automatic":false,"reason":"asked for","transaction_id":"re_R2zQXwmTeHV8TcBSEIOalz42","created_at":"2026-11-27T09:54:30.764Z","settled_at":null},"payment":{"id":32,"user_id":4,"consultation_id":91,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"stripe","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-28T09:54:30.000Z","completed_at":"2026-11-27T09:54:30.705Z","created_at":"2026-11-27T09:54:30.678Z","updated_at":"2026-11-27T09:54:30.705Z"},"invoice":{"id":31,"invoice_number":"INV-20261127095430-000032","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:30.705Z","created_at":"2026-11-27T09:54:30.678Z"},"tax":{"id":31,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"credit_note":null,"refundable_amount":3500}}', '2026-11-27 09:54:30.76222+00', '2026-11-27 09:54:30.805826+00', '2026-11-28 09:54:30.805826+00'),
	(39, 'user:6', 'POST', '/api/v1/payments/:id/refund', 'refund-requires_action', 'UrpEgG18WvnCfPc7x1SlJ_0x0ykjgJBzeWrHqXag49E', '94c4a995-c565-486c-9e55-0d0aa949e8d6', '2026-11-27 09:55:30.947629+00', '33/refunds/14', 200, '{"status_code":200,"message":"Refund reserved: it counts, and is settled when the money was paid back","request_id":"521f4868-10a0-4a34-a071-1db0dee37a10","data":{"refund_id":14,"payment_id":33,"refund":{"id":14,"payment_id":33,"payment_method":"stripe","amount":1500,"currency":"idr","status":"pending","automatic":false,"reason":"asked for","transaction_id":"re_w122ChoqKL09sX39Td8sS5QH","created_at":"2026-11-27T09:54:30.950Z","settled_at":null},"payment":{"id":33,"user_id":4,"consultation_id":92,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"stripe","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-28T09:54:30.000Z","completed_at":"2026-11-27T09:54:30.895Z","created_at":"2026-11-27T09:54:30.837Z","updated_at":"2026-11-27T09:54:30.895Z"},"invoice":{"id":32,"invoice_number":"INV-20261127095430-000033","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:30.895Z","created_at":"2026-11-27T09:54:30.837Z"},"tax":{"id":32,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"credit_note":null,"refundable_amount":3500}}', '2026-11-27 09:54:30.947368+00', '2026-11-27 09:54:31.004326+00', '2026-11-28 09:54:31.004326+00'),
	(41, 'user:6', 'POST', '/api/v1/payments/:id/refund (derived)', 'nGIu8hQoaMoWQhStB7jcqzabedu8NCIseqoc3y8M0ug', 'nGIu8hQoaMoWQhStB7jcqzabedu8NCIseqoc3y8M0ug', 'ac437b1d-e223-41cc-ae34-499d119fe250', '2026-11-27 09:55:31.322452+00', '35/refunds/16', 200, '{"status_code":200,"message":"Refund reserved: it counts, and is settled when the money was paid back","request_id":"62a4cacc-7918-4e89-8f25-a0ed7b4da6d5","data":{"refund_id":16,"payment_id":35,"refund":{"id":16,"payment_id":35,"payment_method":"stripe","amount":5000,"currency":"idr","status":"pending","automatic":false,"reason":"asked for","transaction_id":"re_wcFCsuxep53pjCNkifgX40De","created_at":"2026-11-27T09:54:31.327Z","settled_at":null},"payment":{"id":35,"user_id":4,"consultation_id":94,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"stripe","status":"completed","processing":false,"quantity":1,"refunded_amount":0,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-28T09:54:31.000Z","completed_at":"2026-11-27T09:54:31.269Z","created_at":"2026-11-27T09:54:31.194Z","updated_at":"2026-11-27T09:54:31.269Z"},"invoice":{"id":34,"invoice_number":"INV-20261127095431-000035","amount":5000,"currency":"idr","status":"paid","credited_amount":0,"paid_at":"2026-11-27T09:54:31.269Z","created_at":"2026-11-27T09:54:31.194Z"},"tax":{"id":34,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":0,"credited_tax_amount":0,"status":"due"},"credit_note":null,"refundable_amount":0}}', '2026-11-27 09:54:31.322242+00', '2026-11-27 09:54:31.386509+00', '2026-11-27 09:59:31.386509+00'),
	(42, 'user:6', 'POST', '/api/v1/payments/:id/refund (derived)', 'T83YBlja_1CoI9IZZfP4_bsYmKPDW2RK0iUCBYMIPNY', 'T83YBlja_1CoI9IZZfP4_bsYmKPDW2RK0iUCBYMIPNY', 'd0097d3c-000a-48e1-95dc-34d623a1fff0', '2026-11-27 09:55:31.59824+00', '36/refunds/17', 200, '{"status_code":200,"message":"Refund processed successfully","request_id":"4415989c-9e10-4742-ba5a-0484da191a30","data":{"refund_id":17,"payment_id":36,"refund":{"id":17,"payment_id":36,"payment_method":"stripe","amount":2222,"currency":"idr","status":"succeeded","automatic":false,"reason":"asked for","transaction_id":"re_ilYcD7ukeAKkzUZW5TNlbuAH","created_at":"2026-11-27T09:54:31.605Z","settled_at":"2026-11-27T09:54:31.627Z"},"payment":{"id":36,"user_id":4,"consultation_id":95,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"stripe","status":"partially_refunded","processing":false,"quantity":1,"refunded_amount":2222,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-28T09:54:31.000Z","completed_at":"2026-11-27T09:54:31.525Z","created_at":"2026-11-27T09:54:31.470Z","updated_at":"2026-11-27T09:54:31.627Z"},"invoice":{"id":35,"invoice_number":"INV-20261127095431-000036","amount":5000,"currency":"idr","status":"partially_refunded","credited_amount":2222,"paid_at":"2026-11-27T09:54:31.525Z","created_at":"2026-11-27T09:54:31.470Z"},"tax":{"id":35,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":2002,"credited_tax_amount":220,"status":"partially_credited"},"credit_note":{"credit_number":"CN-20261127095431-000017","amount":2222,"base_amount":2002,"tax_amount":220,"created_at":"2026-11-27T09:54:31.627Z"},"refundable_amount":2778}}', '2026-11-27 09:54:31.59796+00', '2026-11-27 09:54:31.694476+00', '2026-11-27 09:59:31.694477+00'),
	(49, 'user:4', 'POST', '/api/v1/payments', 'running', 'ISM2B14QRJILEYXt2lM31m_ezo_VH9rWMocK0xsruAg', 'ec1d6c47-e364-4cfa-a807-1fc43a26cbe8', '2026-11-27 09:55:46.685712+00', '54', NULL, NULL, '2026-11-27 09:54:46.685508+00', NULL, '2026-11-28 09:54:46.685713+00'),
	(43, 'user:6', 'POST', '/api/v1/payments/:id/refund (derived)', 'YHXLiAgoVtumRF78Ke6fM4TTYjG4W-B0irsoKoCCAfE', 'YHXLiAgoVtumRF78Ke6fM4TTYjG4W-B0irsoKoCCAfE', '131ac646-6e72-4eff-b7f9-ff0f174c40c7', '2026-11-27 09:55:31.8615+00', '37/refunds/18', 200, '{"status_code":200,"message":"Refund processed successfully","request_id":"4894ce95-5b44-486d-8c6b-10e97212b04a","data":{"refund_id":18,"payment_id":37,"refund":{"id":18,"payment_id":37,"payment_method":"stripe","amount":5000,"currency":"idr","status":"succeeded","automatic":false,"reason":"asked for","transaction_id":"re_fOkhZbIdn1q26c8P4LVdMiNv","created_at":"2026-11-27T09:54:31.863Z","settled_at":"2026-11-27T09:54:31.881Z"},"payment":{"id":37,"user_id":4,"consultation_id":96,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"stripe","status":"refunded","processing":false,"quantity":1,"refunded_amount":5000,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-28T09:54:31.000Z","completed_at":"2026-11-27T09:54:31.808Z","created_at":"2026-11-27T09:54:31.771Z","updated_at":"2026-11-27T09:54:31.881Z"},"invoice":{"id":36,"invoice_number":"INV-20261127095431-000037","amount":5000,"currency":"idr","status":"refunded","credited_amount":5000,"paid_at":"2026-11-27T09:54:31.808Z","created_at":"2026-11-27T09:54:31.771Z"},"tax":{"id":36,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":4505,"credited_tax_amount":495,"status":"credited"},"credit_note":{"credit_number":"CN-20261127095431-000018","amount":5000,"base_amount":4505,"tax_amount":495,"created_at":"2026-11-27T09:54:31.881Z"},"refundable_amount":0}}', '2026-11-27 09:54:31.861275+00', '2026-11-27 09:54:31.910189+00', '2026-11-27 09:59:31.910189+00'),
	(45, 'user:6', 'POST', '/api/v1/payments/:id/refund', 'refund-and-dead-event', '7Z4nn1sVfHf0BKTaZMM8q5wHS0Y-jF1QxmMhvecpb20', '30291a1b-5357-4db4-b1a8-cdc49eb06526', '2026-11-27 09:54:34.580951+00', '49/refunds/22', NULL, NULL, '2026-11-27 09:54:34.427728+00', NULL, '2026-11-28 09:54:34.427972+00'),
	(44, 'user:6', 'POST', '/api/v1/payments/:id/refund (derived)', 'VuisSTC9tmtzzZfiQfi50ROeOwT6gBBhv_SnWF20i3s', 'VuisSTC9tmtzzZfiQfi50ROeOwT6gBBhv_SnWF20i3s', 'ba64fbdc-de5b-4b84-9df4-a3b8f5e7b37b', '2026-11-27 09:55:33.866077+00', '47/refunds/21', 200, '{"status_code":200,"message":"Refund processed successfully","request_id":"2af652b4-1de3-490a-8a99-4bf1f024f5bd","data":{"refund_id":21,"payment_id":47,"refund":{"id":21,"payment_id":47,"payment_method":"stripe","amount":2000,"currency":"idr","status":"succeeded","automatic":false,"reason":"asked for","transaction_id":"re_k4NgjddQfML8CE3lS0tyXwGm","created_at":"2026-11-27T09:54:33.868Z","settled_at":"2026-11-27T09:54:33.898Z"},"payment":{"id":47,"user_id":4,"consultation_id":105,"product_id":null,"product_name":null,"amount":5000,"currency":"idr","payment_method":"stripe","status":"partially_refunded","processing":false,"quantity":1,"refunded_amount":2000,"refund_owed":0,"dispute":null,"metadata":{"made_for":"fixture"},"expires_at":"2026-11-28T09:54:33.000Z","completed_at":"2026-11-27T09:54:33.828Z","created_at":"2026-11-27T09:54:33.754Z","updated_at":"2026-11-27T09:54:33.898Z"},"invoice":{"id":46,"invoice_number":"INV-20261127095433-000047","amount":5000,"currency":"idr","status":"partially_refunded","credited_amount":2000,"paid_at":"2026-11-27T09:54:33.828Z","created_at":"2026-11-27T09:54:33.754Z"},"tax":{"id":46,"base_amount":4505,"tax_amount":495,"rate_basis_points":1100,"credited_base_amount":1802,"credited_tax_amount":198,"status":"partially_credited"},"credit_note":{"credit_number":"CN-20261127095433-000021","amount":2000,"base_amount":1802,"tax_amount":198,"created_at":"2026-11-27T09:54:33.898Z"},"refundable_amount":3000}}', '2026-11-27 09:54:33.865849+00', '2026-11-27 09:54:33.910556+00', '2026-11-27 09:59:33.910556+00'),
	(46, 'user:6', 'POST', '/api/v1/payments/:id/refund', 'refund-hidden', 'gjOU7u63HUPM0G05PWfwacFLkAUkjYXja8sjyumL0gk', '89a71f04-7723-432f-ba51-13a5ec9fa4d0', '2026-11-27 09:54:45.935247+00', '50/refunds/23', NULL, NULL, '2026-11-27 09:54:45.600122+00', NULL, '2026-11-28 09:54:45.600408+00'),
	(47, 'user:4', 'POST', '/api/v1/payments', 'stripe-unanswered', 'Vl2fzW1De7wkpqXD1VkA4rXI9iof0n5kwQKVo0BCx7Y', '4d6b239e-26c3-43c1-82f2-b497a8319135', '2026-11-27 09:54:46.246534+00', '53', NULL, NULL, '2026-11-27 09:54:45.981929+00', NULL, '2026-11-28 09:54:45.982196+00'),
	(48, 'user:6', 'POST', '/api/v1/payments/:id/refund', 'refund-unanswered', 'qXd7mgKocnonESKmY_ZaVyAvC04_COJYv1IClB8YcIA', '2066bfa9-bcee-447b-ba0e-6ceff5534221', '2026-11-27 09:54:46.393689+00', '52/refunds/24', NULL, NULL, '2026-11-27 09:54:46.252365+00', NULL, '2026-11-28 09:54:46.252559+00');
INSERT INTO client_idempotency_namespace VALUES
	(true, '01b05e5f-cef4-4e56-8b6f-fceaae8d0b9a');
INSERT INTO concurrency_locks VALUES
	('payment:lock:111:4', '3cd3ee68-d1e3-484e-84d4-d48d7b8e7dca', 4, NULL, 'a5e93a08-600f-4d37-9778-17cf5c38eae1', '2026-11-27 09:54:46.687252+00', '2026-11-27 09:55:46.687253+00'),
	('purchase:complete:54', '3cd3ee68-d1e3-484e-84d4-d48d7b8e7dca', 4, NULL, 'a5e93a08-600f-4d37-9778-17cf5c38eae1', '2026-11-27 09:54:46.687305+00', '2026-11-27 09:55:46.687305+00');
INSERT INTO consultations VALUES
	(1, 1, 5100000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(2, 1, 5200000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(3, 1, 5300000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(4, 1, 5400000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(5, 1, 5000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(6, 1, 5600000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(7, 1, 5700000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(8, 1, 5800000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(9, 1, 5900000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(10, 1, 6000000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(11, 1, 6100000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(12, 1, 6200000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(13, 1, 6300000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(14, 1, 6400000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(15, 1, 6500000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(16, 1, 6600000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(17, 1, 6700000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(18, 1, 6800000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(19, 1, 6900000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(20, 1, 7000000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(21, 1, 7100000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(22, 1, 7200000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(23, 1, 7300000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(24, 1, 7400000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(25, 1, 7500000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(26, 1, 7600000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(27, 1, 7700000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(28, 1, 7800000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(29, 1, 7900000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(30, 1, 8000000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(31, 2, 8100000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(32, 2, 8200000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(33, 2, 8300000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(34, 2, 8400000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(35, 2, 8500000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(36, 2, 8600000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(37, 2, 8700000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(38, 2, 8800000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(39, 2, 8900000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(40, 2, 9000000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(41, 2, 9100000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(42, 2, 9200000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(43, 2, 9300000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(44, 2, 9400000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(45, 2, 9500000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(46, 2, 9600000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(47, 2, 9700000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(48, 2, 9800000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(49, 2, 9900000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(50, 2, 10000000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00');
INSERT INTO consultations VALUES
	(51, 2, 10100000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(52, 2, 10200000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(53, 2, 10300000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(54, 2, 10400000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(55, 2, 10500000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(56, 2, 10600000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(57, 2, 10700000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(58, 2, 10800000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(59, 2, 10900000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(60, 2, 11000000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	(61, 4, 5000, 'idr', 'open', '2026-11-27 09:54:27.33394+00', '2026-11-27 09:54:27.33394+00'),
	(62, 4, 5000, 'idr', 'open', '2026-11-27 09:54:27.386414+00', '2026-11-27 09:54:27.386414+00'),
	(63, 4, 5000, 'idr', 'open', '2026-11-27 09:54:27.436678+00', '2026-11-27 09:54:27.436678+00'),
	(64, 4, 5000, 'idr', 'open', '2026-11-27 09:54:27.476298+00', '2026-11-27 09:54:27.476298+00'),
	(65, 4, 5000, 'idr', 'open', '2026-11-27 09:54:27.520879+00', '2026-11-27 09:54:27.520879+00'),
	(66, 4, 5000, 'idr', 'open', '2026-11-27 09:54:27.572366+00', '2026-11-27 09:54:27.572366+00'),
	(67, 4, 5000, 'idr', 'open', '2026-11-27 09:54:27.617074+00', '2026-11-27 09:54:27.617074+00'),
	(68, 4, 5000, 'idr', 'open', '2026-11-27 09:54:27.700074+00', '2026-11-27 09:54:27.700074+00'),
	(69, 4, 5000, 'idr', 'open', '2026-11-27 09:54:28.139785+00', '2026-11-27 09:54:28.139785+00'),
	(70, 4, 5000, 'idr', 'open', '2026-11-27 09:54:28.156932+00', '2026-11-27 09:54:28.156932+00'),
	(71, 4, 5000, 'idr', 'open', '2026-11-27 09:54:28.193083+00', '2026-11-27 09:54:28.193083+00'),
	(72, 4, 5000, 'idr', 'open', '2026-11-27 09:54:28.229007+00', '2026-11-27 09:54:28.229007+00'),
	(73, 4, 5000, 'idr', 'open', '2026-11-27 09:54:28.294435+00', '2026-11-27 09:54:28.294435+00'),
	(74, 4, 5000, 'idr', 'open', '2026-11-27 09:54:28.39181+00', '2026-11-27 09:54:28.39181+00'),
	(75, 4, 5000, 'idr', 'open', '2026-11-27 09:54:28.447754+00', '2026-11-27 09:54:28.447754+00'),
	(76, 4, 5000, 'idr', 'open', '2026-11-27 09:54:28.507976+00', '2026-11-27 09:54:28.507976+00'),
	(77, 4, 5000, 'idr', 'open', '2026-11-27 09:54:29.147247+00', '2026-11-27 09:54:29.147247+00'),
	(78, 4, 5000, 'idr', 'closed', '2026-11-27 09:54:29.159669+00', '2026-11-27 09:54:29.164979+00'),
	(79, 4, 5000, 'idr', 'open', '2026-11-27 09:54:29.179065+00', '2026-11-27 09:54:29.179065+00'),
	(80, 4, 5000, 'idr', 'open', '2026-11-27 09:54:29.200526+00', '2026-11-27 09:54:29.200526+00'),
	(81, 4, 5000, 'idr', 'open', '2026-11-27 09:54:29.291414+00', '2026-11-27 09:54:29.291414+00'),
	(82, 4, 5000, 'idr', 'open', '2026-11-27 09:54:29.470023+00', '2026-11-27 09:54:29.470023+00'),
	(83, 4, 5000, 'idr', 'open', '2026-11-27 09:54:29.573402+00', '2026-11-27 09:54:29.573402+00'),
	(84, 4, 5000, 'idr', 'open', '2026-11-27 09:54:29.692515+00', '2026-11-27 09:54:29.692515+00'),
	(85, 4, 5000, 'idr', 'open', '2026-11-27 09:54:29.783411+00', '2026-11-27 09:54:29.783411+00'),
	(86, 4, 5000, 'idr', 'open', '2026-11-27 09:54:29.816736+00', '2026-11-27 09:54:29.816736+00'),
	(87, 4, 5000, 'idr', 'open', '2026-11-27 09:54:30.062741+00', '2026-11-27 09:54:30.062741+00'),
	(88, 4, 5000, 'idr', 'open', '2026-11-27 09:54:30.163625+00', '2026-11-27 09:54:30.163625+00'),
	(89, 4, 5000, 'idr', 'open', '2026-11-27 09:54:30.314076+00', '2026-11-27 09:54:30.314076+00'),
	(90, 4, 5000, 'idr', 'open', '2026-11-27 09:54:30.482526+00', '2026-11-27 09:54:30.482526+00'),
	(91, 4, 5000, 'idr', 'open', '2026-11-27 09:54:30.667876+00', '2026-11-27 09:54:30.667876+00'),
	(92, 4, 5000, 'idr', 'open', '2026-11-27 09:54:30.823706+00', '2026-11-27 09:54:30.823706+00'),
	(93, 4, 5000, 'idr', 'open', '2026-11-27 09:54:31.010941+00', '2026-11-27 09:54:31.010941+00'),
	(94, 4, 5000, 'idr', 'open', '2026-11-27 09:54:31.189193+00', '2026-11-27 09:54:31.189193+00'),
	(95, 4, 5000, 'idr', 'open', '2026-11-27 09:54:31.46051+00', '2026-11-27 09:54:31.46051+00'),
	(96, 4, 5000, 'idr', 'open', '2026-11-27 09:54:31.764765+00', '2026-11-27 09:54:31.764765+00'),
	(97, 4, 5000, 'idr', 'open', '2026-11-27 09:54:32.028229+00', '2026-11-27 09:54:32.028229+00'),
	(98, 4, 5000, 'idr', 'open', '2026-11-27 09:54:32.198091+00', '2026-11-27 09:54:32.198091+00'),
	(99, 4, 5000, 'idr', 'open', '2026-11-27 09:54:32.362861+00', '2026-11-27 09:54:32.362861+00'),
	(100, 4, 5000, 'idr', 'open', '2026-11-27 09:54:32.641961+00', '2026-11-27 09:54:32.641961+00');
INSERT INTO consultations VALUES
	(101, 4, 5000, 'idr', 'open', '2026-11-27 09:54:32.846577+00', '2026-11-27 09:54:32.846577+00'),
	(102, 4, 5000, 'idr', 'open', '2026-11-27 09:54:33.095433+00', '2026-11-27 09:54:33.095433+00'),
	(103, 4, 5000, 'idr', 'open', '2026-11-27 09:54:33.327598+00', '2026-11-27 09:54:33.327598+00'),
	(104, 4, 5000, 'idr', 'open', '2026-11-27 09:54:33.53222+00', '2026-11-27 09:54:33.53222+00'),
	(105, 4, 5000, 'idr', 'open', '2026-11-27 09:54:33.742775+00', '2026-11-27 09:54:33.742775+00'),
	(106, 4, 5000, 'idr', 'open', '2026-11-27 09:54:34.05259+00', '2026-11-27 09:54:34.05259+00'),
	(107, 4, 5000, 'idr', 'open', '2026-11-27 09:54:34.330943+00', '2026-11-27 09:54:34.330943+00'),
	(108, 4, 5000, 'idr', 'open', '2026-11-27 09:54:45.165966+00', '2026-11-27 09:54:45.165966+00'),
	(109, 4, 5000, 'idr', 'open', '2026-11-27 09:54:45.349651+00', '2026-11-27 09:54:45.349651+00'),
	(110, 4, 5000, 'idr', 'open', '2026-11-27 09:54:45.448543+00', '2026-11-27 09:54:45.448543+00'),
	(111, 4, 5000, 'idr', 'open', '2026-11-27 09:54:45.540045+00', '2026-11-27 09:54:45.540045+00'),
	(112, 4, 5000, 'idr', 'open', '2026-11-27 09:54:45.968471+00', '2026-11-27 09:54:45.968471+00');
INSERT INTO credit_notes OVERRIDING SYSTEM VALUE VALUES
	(1, 'CN-20261127095427-000003', 6, 3, 'credit', 1234, 1112, 122, '2026-11-27 09:54:27.599827+00', NULL),
	(2, 'CN-20261127095427-000004', 7, 4, 'credit', 5000, 4505, 495, '2026-11-27 09:54:27.68513+00', NULL),
	(3, 'CN-20261127095428-000007', 14, 7, 'credit', 1234, 1112, 122, '2026-11-27 09:54:28.432049+00', NULL),
	(4, 'CN-20261127095428-000008', 15, 8, 'credit', 5000, 4505, 495, '2026-11-27 09:54:28.494142+00', NULL),
	(5, 'CN-20261127095430-000010', 29, 10, 'credit', 5000, 4505, 495, '2026-11-27 09:54:30.451211+00', NULL),
	(6, 'CN-20261127095430-000011', 30, 11, 'credit', 1999, 1801, 198, '2026-11-27 09:54:30.589963+00', NULL),
	(7, 'CN-20261127095430-000012', 30, 12, 'credit', 1, 1, 0, '2026-11-27 09:54:30.650093+00', NULL),
	(8, 'CN-20261127095431-000017', 35, 17, 'credit', 2222, 2002, 220, '2026-11-27 09:54:31.627242+00', NULL),
	(9, 'CN-20261127095431-000017-R', 35, 17, 'reversal', -2222, -2002, -220, '2026-11-27 09:54:31.714115+00', NULL),
	(10, 'CN-20261127095431-000018', 36, 18, 'credit', 5000, 4505, 495, '2026-11-27 09:54:31.881149+00', NULL),
	(11, 'CN-20261127095432-000019', 38, 19, 'credit', 3000, 2703, 297, '2026-11-27 09:54:32.148624+00', NULL),
	(12, 'CN-20261127095433-D000007', 44, NULL, 'credit', 5000, 4505, 495, '2026-11-27 09:54:33.48917+00', 7),
	(13, 'CN-20261127095433-D000009', 45, NULL, 'credit', 1000, 901, 99, '2026-11-27 09:54:33.693001+00', 9),
	(14, 'CN-20261127095433-000021', 46, 21, 'credit', 2000, 1802, 198, '2026-11-27 09:54:33.898536+00', NULL),
	(15, 'CN-20261127095434-D000011', 46, NULL, 'credit', 3000, 2703, 297, '2026-11-27 09:54:34.007334+00', 11),
	(16, 'CN-20261127095434-D000013', 47, NULL, 'credit', 5000, 4505, 495, '2026-11-27 09:54:34.219263+00', 13),
	(17, 'CN-20261127095434-D000013-2-R', 47, NULL, 'reversal', -5000, -4505, -495, '2026-11-27 09:54:34.283164+00', 13);
INSERT INTO disputes OVERRIDING SYSTEM VALUE VALUES
	(1, 'du_GyI882dLf27rDW4pkHHijvOz', 26, 41, 5000, 0, 'idr', 'needs_response', 'open', '2026-11-27 09:54:32+00', NULL),
	(2, 'du_sJtV1Ja1ts8Hfgasf9SYhjex', 27, 42, 5000, 0, 'idr', 'warning_needs_response', 'inquiry', '2026-11-27 09:54:32+00', NULL),
	(3, 'du_n1DP5jije4lNYZmnu9sXGE78', 28, 43, 5000, 0, 'idr', 'warning_closed', 'inquiry', '2026-11-27 09:54:32+00', NULL),
	(5, 'du_rjaU8VWsCcxGm2ICz9m4LX1g', 29, 44, 5000, 0, 'idr', 'won', 'won', '2026-11-27 09:54:33+00', '2026-11-27 09:54:33.274888+00'),
	(7, 'du_tUF6DXnoPZZbEXRX6TXRDFQw', 30, 45, 5000, 5000, 'idr', 'lost', 'lost', '2026-11-27 09:54:33+00', '2026-11-27 09:54:33.48917+00'),
	(9, 'du_oHQw9o1g0Eb3Xj3thNQjoQlB', 31, 46, 1000, 1000, 'idr', 'lost', 'lost', '2026-11-27 09:54:33+00', '2026-11-27 09:54:33.693001+00'),
	(11, 'du_IgerxqLmpxVvpt7OTYULaBfF', 32, 47, 5000, 3000, 'idr', 'lost', 'lost', '2026-11-27 09:54:33+00', '2026-11-27 09:54:34.007334+00'),
	(13, 'du_W8kXy4lXF3XB1cWbODszMLkM', 33, 48, 5000, 0, 'idr', 'won', 'won', '2026-11-27 09:54:34+00', '2026-11-27 09:54:34.283164+00');
INSERT INTO invoices VALUES
	(1, 'INV-20261127095427-000001', 1, 5000, 'idr', 'pending', NULL, '2026-11-27 09:54:27.360314+00', 0),
	(2, 'INV-20261127095427-000002', 2, 5000, 'idr', 'void', NULL, '2026-11-27 09:54:27.403923+00', 0),
	(3, 'INV-20261127095427-000003', 3, 5000, 'idr', 'paid', '2026-11-27 09:54:27.462383+00', '2026-11-27 09:54:27.44748+00', 0),
	(4, 'INV-20261127095427-000004', 4, 5000, 'idr', 'paid', '2026-11-27 09:54:27.494141+00', '2026-11-27 09:54:27.48285+00', 0),
	(5, 'INV-20261127095427-000005', 5, 5000, 'idr', 'paid', '2026-11-27 09:54:27.538759+00', '2026-11-27 09:54:27.527818+00', 0),
	(29, 'INV-20261127095430-000030', 30, 5000, 'idr', 'refunded', '2026-11-27 09:54:30.368711+00', '2026-11-27 09:54:30.327961+00', 5000),
	(6, 'INV-20261127095427-000006', 6, 5000, 'idr', 'partially_refunded', '2026-11-27 09:54:27.588543+00', '2026-11-27 09:54:27.578505+00', 1234),
	(38, 'INV-20261127095432-000039', 39, 5000, 'idr', 'partially_refunded', '2026-11-27 09:54:32.083109+00', '2026-11-27 09:54:32.044113+00', 3000),
	(7, 'INV-20261127095427-000007', 7, 5000, 'idr', 'refunded', '2026-11-27 09:54:27.655229+00', '2026-11-27 09:54:27.637788+00', 5000),
	(8, 'INV-20261127095427-000008', 8, 5000, 'idr', 'void', NULL, '2026-11-27 09:54:27.706126+00', 0),
	(9, 'INV-20261127095428-000009', 9, 5000, 'idr', 'pending', NULL, '2026-11-27 09:54:28.145544+00', 0),
	(10, 'INV-20261127095428-000010', 10, 5000, 'idr', 'void', NULL, '2026-11-27 09:54:28.169456+00', 0),
	(11, 'INV-20261127095428-000011', 11, 5000, 'idr', 'paid', '2026-11-27 09:54:28.218827+00', '2026-11-27 09:54:28.19996+00', 0),
	(12, 'INV-20261127095428-000012', 12, 5000, 'idr', 'paid', '2026-11-27 09:54:28.258236+00', '2026-11-27 09:54:28.242925+00', 0),
	(13, 'INV-20261127095428-000013', 13, 5000, 'idr', 'paid', '2026-11-27 09:54:28.320241+00', '2026-11-27 09:54:28.302797+00', 0),
	(39, 'INV-20261127095432-000040', 40, 5000, 'idr', 'paid', '2026-11-27 09:54:32.245184+00', '2026-11-27 09:54:32.215148+00', 0),
	(14, 'INV-20261127095428-000014', 14, 5000, 'idr', 'partially_refunded', '2026-11-27 09:54:28.414437+00', '2026-11-27 09:54:28.398039+00', 1234),
	(30, 'INV-20261127095430-000031', 31, 5000, 'idr', 'partially_refunded', '2026-11-27 09:54:30.515978+00', '2026-11-27 09:54:30.490727+00', 2000),
	(15, 'INV-20261127095428-000015', 15, 5000, 'idr', 'refunded', '2026-11-27 09:54:28.47239+00', '2026-11-27 09:54:28.454464+00', 5000),
	(16, 'INV-20261127095428-000016', 16, 5000, 'idr', 'void', NULL, '2026-11-27 09:54:28.54342+00', 0),
	(17, 'INV-20261127095429-000017', 17, 5000, 'idr', 'pending', NULL, '2026-11-27 09:54:29.184328+00', 0),
	(18, 'INV-20261127095429-000019', 19, 5000, 'idr', 'pending', NULL, '2026-11-27 09:54:29.215248+00', 0),
	(19, 'INV-20261127095429-000020', 20, 5000, 'idr', 'void', NULL, '2026-11-27 09:54:29.318834+00', 0),
	(20, 'INV-20261127095429-000021', 21, 5000, 'idr', 'pending', NULL, '2026-11-27 09:54:29.50677+00', 0),
	(21, 'INV-20261127095429-000022', 22, 5000, 'idr', 'void', NULL, '2026-11-27 09:54:29.596699+00', 0),
	(22, 'INV-20261127095429-000023', 23, 5000, 'idr', 'void', NULL, '2026-11-27 09:54:29.701322+00', 0),
	(23, 'INV-20261127095429-000024', 24, 5000, 'idr', 'void', NULL, '2026-11-27 09:54:29.789475+00', 0),
	(24, 'INV-20261127095429-000025', 25, 5000, 'idr', 'paid', '2026-11-27 09:54:29.867044+00', '2026-11-27 09:54:29.82386+00', 0),
	(25, 'INV-20261127095429-000026', 26, 299700, 'idr', 'paid', '2026-11-27 09:54:29.974211+00', '2026-11-27 09:54:29.931642+00', 0),
	(26, 'INV-20261127095430-000027', 27, 99900, 'idr', 'pending', NULL, '2026-11-27 09:54:30.032894+00', 0),
	(27, 'INV-20261127095430-000028', 28, 5000, 'idr', 'pending', NULL, '2026-11-27 09:54:30.069237+00', 0),
	(28, 'INV-20261127095430-000029', 29, 5000, 'idr', 'paid', '2026-11-27 09:54:30.195583+00', '2026-11-27 09:54:30.170186+00', 0),
	(40, 'INV-20261127095432-000041', 41, 5000, 'idr', 'paid', '2026-11-27 09:54:32.418603+00', '2026-11-27 09:54:32.376548+00', 0),
	(31, 'INV-20261127095430-000032', 32, 5000, 'idr', 'paid', '2026-11-27 09:54:30.705407+00', '2026-11-27 09:54:30.678312+00', 0),
	(32, 'INV-20261127095430-000033', 33, 5000, 'idr', 'paid', '2026-11-27 09:54:30.895974+00', '2026-11-27 09:54:30.837722+00', 0),
	(33, 'INV-20261127095431-000034', 34, 5000, 'idr', 'paid', '2026-11-27 09:54:31.062375+00', '2026-11-27 09:54:31.023624+00', 0),
	(34, 'INV-20261127095431-000035', 35, 5000, 'idr', 'paid', '2026-11-27 09:54:31.269958+00', '2026-11-27 09:54:31.194189+00', 0),
	(41, 'INV-20261127095432-000042', 42, 5000, 'idr', 'paid', '2026-11-27 09:54:32.729682+00', '2026-11-27 09:54:32.667146+00', 0),
	(42, 'INV-20261127095432-000043', 43, 5000, 'idr', 'paid', '2026-11-27 09:54:32.886373+00', '2026-11-27 09:54:32.851597+00', 0),
	(35, 'INV-20261127095431-000036', 36, 5000, 'idr', 'paid', '2026-11-27 09:54:31.525073+00', '2026-11-27 09:54:31.470093+00', 0),
	(43, 'INV-20261127095433-000044', 44, 5000, 'idr', 'paid', '2026-11-27 09:54:33.137403+00', '2026-11-27 09:54:33.104273+00', 0),
	(36, 'INV-20261127095431-000037', 37, 5000, 'idr', 'refunded', '2026-11-27 09:54:31.808713+00', '2026-11-27 09:54:31.771726+00', 5000),
	(37, 'INV-20261127095431-000038', 38, 5000, 'idr', 'pending', NULL, '2026-11-27 09:54:31.916221+00', 0),
	(47, 'INV-20261127095434-000048', 48, 5000, 'idr', 'paid', '2026-11-27 09:54:34.105655+00', '2026-11-27 09:54:34.064894+00', 0),
	(48, 'INV-20261127095434-000049', 49, 5000, 'idr', 'paid', '2026-11-27 09:54:34.376027+00', '2026-11-27 09:54:34.336238+00', 0),
	(44, 'INV-20261127095433-000045', 45, 5000, 'idr', 'refunded', '2026-11-27 09:54:33.367087+00', '2026-11-27 09:54:33.334992+00', 5000),
	(49, 'INV-20261127095445-000050', 50, 5000, 'idr', 'paid', '2026-11-27 09:54:45.299283+00', '2026-11-27 09:54:45.185047+00', 0),
	(45, 'INV-20261127095433-000046', 46, 5000, 'idr', 'partially_refunded', '2026-11-27 09:54:33.573695+00', '2026-11-27 09:54:33.542714+00', 1000),
	(46, 'INV-20261127095433-000047', 47, 5000, 'idr', 'refunded', '2026-11-27 09:54:33.828541+00', '2026-11-27 09:54:33.754936+00', 5000),
	(50, 'INV-20261127095445-000051', 51, 5000, 'idr', 'paid', '2026-11-27 09:54:45.395442+00', '2026-11-27 09:54:45.359292+00', 0);
INSERT INTO invoices VALUES
	(53, 'INV-20261127095446-000054', 54, 5000, 'idr', 'pending', NULL, '2026-11-27 09:54:46.687595+00', 0),
	(51, 'INV-20261127095445-000052', 52, 5000, 'idr', 'paid', '2026-11-27 09:54:45.483799+00', '2026-11-27 09:54:45.454205+00', 0),
	(52, 'INV-20261127095445-000053', 53, 5000, 'idr', 'pending', NULL, '2026-11-27 09:54:45.984103+00', 0);
INSERT INTO logins VALUES
	('patient@test.com', 1, 'patient', 'scrypt$32768$8$3$8xvEjdq9BBWNGLHHzEbIrg$Y9E7d2R9LDB3sYdQnVd_Mu_X4QojuKY0Iitwpavh-S8'),
	('patient2@test.com', 2, 'patient', 'scrypt$32768$8$3$8xvEjdq9BBWNGLHHzEbIrg$Y9E7d2R9LDB3sYdQnVd_Mu_X4QojuKY0Iitwpavh-S8'),
	('staff@test.com', 3, 'staff', 'scrypt$32768$8$3$8xvEjdq9BBWNGLHHzEbIrg$Y9E7d2R9LDB3sYdQnVd_Mu_X4QojuKY0Iitwpavh-S8');
INSERT INTO migrations VALUES
	(1, 1764000000001, 'PeopleAndWhatTheyPayFor1764000000001'),
	(2, 1764000000002, 'PaymentsAndTheirPapers1764000000002'),
	(3, 1764000000003, 'AuditLog1764000000003'),
	(4, 1764000000004, 'LocksAndIdempotencyKeys1764000000004'),
	(5, 1764000000005, 'RefundsAndCredits1764000000005'),
	(6, 1764000000006, 'LanesOfTheAuditLog1764000000006'),
	(7, 1764000000007, 'TheStoryCannotBeRewritten1764000000007'),
	(8, 1764000000008, 'NewestFirst1764000000008'),
	(9, 1764000000010, 'Stripe1764000000010'),
	(10, 1764000000012, 'WhatStaffLookUp1764000000012'),
	(11, 1764000000013, 'DisputesGrow1764000000013'),
	(12, 1764000000014, 'RefundsAsStaffLookForThem1764000000014'),
	(13, 1764000000015, 'LostAndWonBack1764000000015');
INSERT INTO payments VALUES
	(1, 'da9ff83f-fdbc-4b74-93c7-08d746fcae8a', 4, 61, NULL, 5000, 'idr', 'bank_transfer', 'pending', false, 0, '{"made_for": "fixture"}', '2026-11-30 09:54:27.360314+00', NULL, '2026-11-27 09:54:27.360314+00', '2026-11-27 09:54:27.360314+00', 1, 0),
	(2, '288f4de0-770e-4ec7-9f56-fcc1d37a22a6', 4, 62, NULL, 5000, 'idr', 'bank_transfer', 'cancelled', false, 0, '{"made_for": "fixture"}', '2026-11-30 09:54:27.403923+00', NULL, '2026-11-27 09:54:27.403923+00', '2026-11-27 09:54:27.423824+00', 1, 0),
	(3, '755e843e-010a-4335-8b3d-6eb5b3c379ac', 4, 63, NULL, 5000, 'idr', 'bank_transfer', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-30 09:54:27.44748+00', '2026-11-27 09:54:27.462383+00', '2026-11-27 09:54:27.44748+00', '2026-11-27 09:54:27.462383+00', 1, 0),
	(4, 'aec96530-33a2-4350-9606-5522b3802c32', 4, 64, NULL, 5000, 'idr', 'bank_transfer', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-30 09:54:27.48285+00', '2026-11-27 09:54:27.494141+00', '2026-11-27 09:54:27.48285+00', '2026-11-27 09:54:27.494141+00', 1, 0),
	(5, '7bbc940b-591c-4e69-aea5-03e82ad7ee6c', 4, 65, NULL, 5000, 'idr', 'bank_transfer', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-30 09:54:27.527818+00', '2026-11-27 09:54:27.538759+00', '2026-11-27 09:54:27.527818+00', '2026-11-27 09:54:27.538759+00', 1, 0),
	(6, 'ab981d70-85c8-49d7-a044-b117c23c7da1', 4, 66, NULL, 5000, 'idr', 'bank_transfer', 'partially_refunded', false, 1234, '{"made_for": "fixture"}', '2026-11-30 09:54:27.578505+00', '2026-11-27 09:54:27.588543+00', '2026-11-27 09:54:27.578505+00', '2026-11-27 09:54:27.599827+00', 1, 0),
	(7, '62bf0214-e445-464c-a66a-5674b6a43b2c', 4, 67, NULL, 5000, 'idr', 'bank_transfer', 'refunded', false, 5000, '{"made_for": "fixture"}', '2026-11-30 09:54:27.637788+00', '2026-11-27 09:54:27.655229+00', '2026-11-27 09:54:27.637788+00', '2026-11-27 09:54:27.68513+00', 1, 0),
	(8, 'bf8da8e2-6fea-4f9e-a928-3f0fce2d1521', 4, 68, NULL, 5000, 'idr', 'bank_transfer', 'expired', false, 0, '{"made_for": "fixture"}', '2026-11-27 09:54:26.71571+00', NULL, '2026-11-27 09:54:27.706126+00', '2026-11-27 09:54:28.099987+00', 1, 0),
	(9, '27965d8a-0133-449a-a10c-7c94d7ba958b', 4, 69, NULL, 5000, 'idr', 'gcash', 'pending', false, 0, '{"made_for": "fixture"}', '2026-11-30 09:54:28.145544+00', NULL, '2026-11-27 09:54:28.145544+00', '2026-11-27 09:54:28.145544+00', 1, 0),
	(10, 'cd0ce04d-fcd5-4917-9596-5c243e83307c', 4, 70, NULL, 5000, 'idr', 'gcash', 'cancelled', false, 0, '{"made_for": "fixture"}', '2026-11-30 09:54:28.169456+00', NULL, '2026-11-27 09:54:28.169456+00', '2026-11-27 09:54:28.185052+00', 1, 0),
	(11, '45618865-65c7-470a-b642-3486ea6388a8', 4, 71, NULL, 5000, 'idr', 'gcash', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-30 09:54:28.19996+00', '2026-11-27 09:54:28.218827+00', '2026-11-27 09:54:28.19996+00', '2026-11-27 09:54:28.218827+00', 1, 0),
	(12, '62966280-2dc6-474b-aadb-be42e8e7c9f2', 4, 72, NULL, 5000, 'idr', 'gcash', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-30 09:54:28.242925+00', '2026-11-27 09:54:28.258236+00', '2026-11-27 09:54:28.242925+00', '2026-11-27 09:54:28.258236+00', 1, 0),
	(13, 'b5ef7b33-c506-457b-88bb-9096006da9d6', 4, 73, NULL, 5000, 'idr', 'gcash', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-30 09:54:28.302797+00', '2026-11-27 09:54:28.320241+00', '2026-11-27 09:54:28.302797+00', '2026-11-27 09:54:28.320241+00', 1, 0),
	(14, '2ff2f01e-6f42-41dc-bbfa-4220333d3507', 4, 74, NULL, 5000, 'idr', 'gcash', 'partially_refunded', false, 1234, '{"made_for": "fixture"}', '2026-11-30 09:54:28.398039+00', '2026-11-27 09:54:28.414437+00', '2026-11-27 09:54:28.398039+00', '2026-11-27 09:54:28.432049+00', 1, 0),
	(15, 'df1d422d-5a3d-4c2c-a572-9ab59d8c4b63', 4, 75, NULL, 5000, 'idr', 'gcash', 'refunded', false, 5000, '{"made_for": "fixture"}', '2026-11-30 09:54:28.454464+00', '2026-11-27 09:54:28.47239+00', '2026-11-27 09:54:28.454464+00', '2026-11-27 09:54:28.494142+00', 1, 0),
	(16, 'da5e4dcc-f840-46ea-bfa5-0747e1d8eac2', 4, 76, NULL, 5000, 'idr', 'gcash', 'expired', false, 0, '{"made_for": "fixture"}', '2026-11-27 09:54:27.578112+00', NULL, '2026-11-27 09:54:28.54342+00', '2026-11-27 09:54:29.097093+00', 1, 0),
	(17, '229a4fff-1f5d-4699-bf3b-8b1f68a7f43b', 4, 79, NULL, 5000, 'idr', 'bank_transfer', 'pending', false, 0, '{"made_for": "fixture"}', '2026-11-30 09:54:29.184328+00', NULL, '2026-11-27 09:54:29.184328+00', '2026-11-27 09:54:29.184328+00', 1, 0),
	(19, 'df7c2701-0acb-470e-ac6f-297d228d8904', 4, 80, NULL, 5000, 'idr', 'stripe', 'pending', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:29+00', NULL, '2026-11-27 09:54:29.215248+00', '2026-11-27 09:54:29.261639+00', 1, 0),
	(20, '4623a8da-a28f-46c1-9d8a-20685a67e770', 4, 81, NULL, 5000, 'idr', 'stripe', 'cancelled', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:29+00', NULL, '2026-11-27 09:54:29.318834+00', '2026-11-27 09:54:29.432468+00', 1, 0),
	(21, '3aaefd46-0423-4f65-a02d-e2fd5e793d09', 4, 82, NULL, 5000, 'idr', 'stripe', 'pending', true, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:29+00', NULL, '2026-11-27 09:54:29.50677+00', '2026-11-27 09:54:29.572148+00', 1, 0),
	(26, '461d6649-e444-46e5-aade-98ac330d8dca', 4, NULL, 'fixture-open', 299700, 'idr', 'stripe', 'completed', false, 0, '{}', '2026-11-28 09:54:29+00', '2026-11-27 09:54:29.974211+00', '2026-11-27 09:54:29.931642+00', '2026-11-27 09:54:29.974211+00', 3, 0),
	(22, 'a1e7f18b-a83c-4aed-a955-d28591ac984b', 4, 83, NULL, 5000, 'idr', 'stripe', 'failed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:29+00', NULL, '2026-11-27 09:54:29.596699+00', '2026-11-27 09:54:29.653917+00', 1, 0),
	(23, '74abb0f8-9150-4acd-9f91-3e8e950a85d8', 4, 84, NULL, 5000, 'idr', 'stripe', 'expired', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:29+00', NULL, '2026-11-27 09:54:29.701322+00', '2026-11-27 09:54:29.731723+00', 1, 0),
	(24, '06a61368-cc10-4513-b46c-e4c14fd728e2', 4, 85, NULL, 5000, 'idr', 'stripe', 'failed', false, 0, '{"made_for": "fixture"}', NULL, NULL, '2026-11-27 09:54:29.789475+00', '2026-11-27 09:54:29.800107+00', 1, 0),
	(25, '4be910d0-d488-48ac-bd95-c4d1d9bd3e24', 4, 86, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:29+00', '2026-11-27 09:54:29.867044+00', '2026-11-27 09:54:29.82386+00', '2026-11-27 09:54:29.867044+00', 1, 0),
	(27, '6f6e25e5-8a36-485b-ad37-27612a9dc356', 4, NULL, 'fixture-open', 99900, 'idr', 'stripe', 'pending', false, 0, '{}', '2026-11-28 09:54:30+00', NULL, '2026-11-27 09:54:30.032894+00', '2026-11-27 09:54:30.043594+00', 1, 0),
	(28, 'edec9a3f-bedb-423f-b746-fd3f921ce795', 4, 87, NULL, 5000, 'idr', 'stripe', 'pending', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:30+00', NULL, '2026-11-27 09:54:30.069237+00', '2026-11-27 09:54:30.091196+00', 1, 0),
	(29, 'ba9e8557-b7de-4cd2-9726-bda54081ab8a', 4, 88, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:30+00', '2026-11-27 09:54:30.195583+00', '2026-11-27 09:54:30.170186+00', '2026-11-27 09:54:30.195583+00', 1, 0),
	(30, 'c025c6bb-6691-4792-9f3c-d67ae44dbf5d', 4, 89, NULL, 5000, 'idr', 'stripe', 'refunded', false, 5000, '{"made_for": "fixture"}', '2026-11-28 09:54:30+00', '2026-11-27 09:54:30.368711+00', '2026-11-27 09:54:30.327961+00', '2026-11-27 09:54:30.451211+00', 1, 0),
	(31, '438a25c6-981e-4128-b4f9-adc9776eb506', 4, 90, NULL, 5000, 'idr', 'stripe', 'partially_refunded', false, 2000, '{"made_for": "fixture"}', '2026-11-28 09:54:30+00', '2026-11-27 09:54:30.515978+00', '2026-11-27 09:54:30.490727+00', '2026-11-27 09:54:30.650093+00', 1, 0),
	(32, '550486af-d76e-4490-9f09-73375768269b', 4, 91, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:30+00', '2026-11-27 09:54:30.705407+00', '2026-11-27 09:54:30.678312+00', '2026-11-27 09:54:30.705407+00', 1, 0),
	(33, 'd57d3f0a-1c2f-47f4-b1ae-ac0c865255ea', 4, 92, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:30+00', '2026-11-27 09:54:30.895974+00', '2026-11-27 09:54:30.837722+00', '2026-11-27 09:54:30.895974+00', 1, 0),
	(34, 'c079f478-0ab3-43bd-ac53-45cb49c1cc3f', 4, 93, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:31+00', '2026-11-27 09:54:31.062375+00', '2026-11-27 09:54:31.023624+00', '2026-11-27 09:54:31.062375+00', 1, 0),
	(35, '829012bb-9198-4fcc-badf-c0a2a884ac78', 4, 94, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:31+00', '2026-11-27 09:54:31.269958+00', '2026-11-27 09:54:31.194189+00', '2026-11-27 09:54:31.269958+00', 1, 0),
	(36, '84314735-981b-4bb4-8c3a-82205aadd25f', 4, 95, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:31+00', '2026-11-27 09:54:31.525073+00', '2026-11-27 09:54:31.470093+00', '2026-11-27 09:54:31.714115+00', 1, 0),
	(38, '9971cdb5-bd9a-486e-8047-c5395e9be3b4', 4, 96, NULL, 5000, 'idr', 'stripe', 'pending', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:31+00', NULL, '2026-11-27 09:54:31.916221+00', '2026-11-27 09:54:31.950953+00', 1, 0),
	(37, '6f99d0aa-4693-4b72-9da7-365b8504204b', 4, 96, NULL, 5000, 'idr', 'stripe', 'refunded', false, 5000, '{"made_for": "fixture"}', '2026-11-28 09:54:31+00', '2026-11-27 09:54:31.808713+00', '2026-11-27 09:54:31.771726+00', '2026-11-27 09:54:31.983443+00', 1, 5000),
	(39, 'c04be39e-904a-4b37-ac1b-883dd353662b', 4, 97, NULL, 5000, 'idr', 'stripe', 'partially_refunded', false, 3000, '{"made_for": "fixture"}', '2026-11-28 09:54:32+00', '2026-11-27 09:54:32.083109+00', '2026-11-27 09:54:32.044113+00', '2026-11-27 09:54:32.148624+00', 1, 0),
	(40, '008afe5d-ad4d-4dcc-b37f-a8a8275ec466', 4, 98, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:32+00', '2026-11-27 09:54:32.245184+00', '2026-11-27 09:54:32.215148+00', '2026-11-27 09:54:32.245184+00', 1, 0),
	(41, '04d4fa02-5e4f-4bc2-8f4c-698356d608ca', 4, 99, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:32+00', '2026-11-27 09:54:32.418603+00', '2026-11-27 09:54:32.376548+00', '2026-11-27 09:54:32.418603+00', 1, 0),
	(50, '855efc06-d700-49ef-9b07-5833b45b71ce', 4, 108, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:45+00', '2026-11-27 09:54:45.299283+00', '2026-11-27 09:54:45.185047+00', '2026-11-27 09:54:45.299283+00', 1, 0),
	(42, 'b9f8690f-cecb-4159-b080-6c05bd59b3e8', 4, 100, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:32+00', '2026-11-27 09:54:32.729682+00', '2026-11-27 09:54:32.667146+00', '2026-11-27 09:54:32.729682+00', 1, 0),
	(51, 'fc7cfe8f-a670-4305-aeca-0c1359b4b4a6', 4, 109, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:45+00', '2026-11-27 09:54:45.395442+00', '2026-11-27 09:54:45.359292+00', '2026-11-27 09:54:45.395442+00', 1, 0),
	(43, '1d4f4895-6a0d-4ccd-94ae-86600044e26a', 4, 101, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:32+00', '2026-11-27 09:54:32.886373+00', '2026-11-27 09:54:32.851597+00', '2026-11-27 09:54:32.886373+00', 1, 0),
	(44, '8c73027f-2f3e-439a-91e0-1f7d557fddfe', 4, 102, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:33+00', '2026-11-27 09:54:33.137403+00', '2026-11-27 09:54:33.104273+00', '2026-11-27 09:54:33.137403+00', 1, 0),
	(52, 'f97e62f2-2fc6-462a-99da-90019adde82a', 4, 110, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:45+00', '2026-11-27 09:54:45.483799+00', '2026-11-27 09:54:45.454205+00', '2026-11-27 09:54:45.483799+00', 1, 0),
	(53, '20c1dbc6-f8ce-4bc1-a45b-1af8dce339d3', 4, 112, NULL, 5000, 'idr', 'stripe', 'pending', false, 0, '{"made_for": "fixture"}', NULL, NULL, '2026-11-27 09:54:45.984103+00', '2026-11-27 09:54:45.984103+00', 1, 0),
	(54, 'c9227a47-f261-4398-ad81-5b92b4e79de4', 4, 111, NULL, 5000, 'idr', 'stripe', 'pending', false, 0, '{"made_for": "fixture"}', NULL, NULL, '2026-11-27 09:54:46.687595+00', '2026-11-27 09:54:46.687595+00', 1, 0),
	(45, 'cb3b547f-f68d-4add-aade-fa4dc2970974', 4, 103, NULL, 5000, 'idr', 'stripe', 'refunded', false, 5000, '{"made_for": "fixture"}', '2026-11-28 09:54:33+00', '2026-11-27 09:54:33.367087+00', '2026-11-27 09:54:33.334992+00', '2026-11-27 09:54:33.48917+00', 1, 0),
	(46, 'fb00a1b6-064d-4194-b314-2b97ee33ae7f', 4, 104, NULL, 5000, 'idr', 'stripe', 'partially_refunded', false, 1000, '{"made_for": "fixture"}', '2026-11-28 09:54:33+00', '2026-11-27 09:54:33.573695+00', '2026-11-27 09:54:33.542714+00', '2026-11-27 09:54:33.693001+00', 1, 0);
INSERT INTO payments VALUES
	(47, 'b2a9a42e-91bd-42e1-adce-c89e795c380c', 4, 105, NULL, 5000, 'idr', 'stripe', 'refunded', false, 5000, '{"made_for": "fixture"}', '2026-11-28 09:54:33+00', '2026-11-27 09:54:33.828541+00', '2026-11-27 09:54:33.754936+00', '2026-11-27 09:54:34.007334+00', 1, 0),
	(48, '64e83a2b-6fce-417d-9e9f-a2d33c76c9f8', 4, 106, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:34+00', '2026-11-27 09:54:34.105655+00', '2026-11-27 09:54:34.064894+00', '2026-11-27 09:54:34.283164+00', 1, 0),
	(49, '9277de36-1253-4787-bdeb-1419c203db65', 4, 107, NULL, 5000, 'idr', 'stripe', 'completed', false, 0, '{"made_for": "fixture"}', '2026-11-28 09:54:34+00', '2026-11-27 09:54:34.376027+00', '2026-11-27 09:54:34.336238+00', '2026-11-27 09:54:34.376027+00', 1, 0);
INSERT INTO products VALUES
	('monthly-plan', 'Monthly plan', 15000000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	('yearly-plan', 'Yearly plan', 150000000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	('single-session', 'Single session', 7500000, 'idr', 'open', '2026-11-27 09:54:26.165048+00', '2026-11-27 09:54:26.165048+00'),
	('fixture-open', 'Fixture open', 99900, 'idr', 'open', '2026-11-27 09:54:29.153657+00', '2026-11-27 09:54:29.153657+00'),
	('fixture-closed', 'Fixture closed', 99900, 'idr', 'closed', '2026-11-27 09:54:29.172657+00', '2026-11-27 09:54:29.17574+00');
INSERT INTO refunds VALUES
	(1, 'cb8f7274-1b64-40b5-9ebd-4d536a0ccd8f', 2, 4, 'bank_transfer', 700, 'idr', 'pending', false, 'asked for', NULL, 6, '2026-11-27 09:54:27.505643+00', NULL),
	(2, '06ac3930-4890-46c2-9ee5-1d937d3de21b', 3, 5, 'bank_transfer', 800, 'idr', 'cancelled', false, 'asked for', NULL, 6, '2026-11-27 09:54:27.550751+00', '2026-11-27 09:54:27.561463+00'),
	(3, 'ebeef796-cc62-4fe6-b190-a2b2316464ab', 4, 6, 'bank_transfer', 1234, 'idr', 'succeeded', false, 'asked for', 'bank_transfer-part-back', 6, '2026-11-27 09:54:27.599827+00', '2026-11-27 09:54:27.599827+00'),
	(4, '75a47f09-a75e-4a40-93ad-c01e8fdeeda7', 5, 7, 'bank_transfer', 5000, 'idr', 'succeeded', false, 'asked for', 'bank_transfer-settled-back', 6, '2026-11-27 09:54:27.672457+00', '2026-11-27 09:54:27.68513+00'),
	(5, 'd4d9529d-7e91-4022-9f73-0d6a01466e0b', 7, 12, 'gcash', 700, 'idr', 'pending', false, 'asked for', NULL, 6, '2026-11-27 09:54:28.277058+00', NULL),
	(6, '24018dc6-fdbe-47cc-962a-e38c0915bbe6', 8, 13, 'gcash', 800, 'idr', 'cancelled', false, 'asked for', NULL, 6, '2026-11-27 09:54:28.350404+00', '2026-11-27 09:54:28.382539+00'),
	(7, 'e3ea303f-578d-4c54-847e-93ebf29edc77', 9, 14, 'gcash', 1234, 'idr', 'succeeded', false, 'asked for', 'gcash-part-back', 6, '2026-11-27 09:54:28.432049+00', '2026-11-27 09:54:28.432049+00'),
	(8, '946c2591-c7fc-4161-a715-5e8a3e2756ae', 10, 15, 'gcash', 5000, 'idr', 'succeeded', false, 'asked for', 'gcash-settled-back', 6, '2026-11-27 09:54:28.484996+00', '2026-11-27 09:54:28.494142+00'),
	(9, '957f3f21-436a-454b-b704-60d645d06236', 15, 29, 'stripe', 5000, 'idr', 'succeeded', true, 'It could buy nothing any more: returned automatically', 're_0ARKVUbjDcNkabORJs6X0r76', NULL, '2026-11-27 09:54:30.258412+00', '2026-11-27 09:54:30.273478+00'),
	(10, '84acfb8c-ef31-41c9-8d1c-767047203c4f', 16, 30, 'stripe', 5000, 'idr', 'succeeded', false, 'asked for', 're_Eke7ZQ1diCzmLvUg5AOH21DA', 6, '2026-11-27 09:54:30.428188+00', '2026-11-27 09:54:30.451211+00'),
	(11, 'f62f58e5-ea7c-4fd7-ae2d-15e3ffdeb78d', 17, 31, 'stripe', 1999, 'idr', 'succeeded', false, 'asked for', 're_qaYLn6EUZlNDfZsp9ITG48Mb', 6, '2026-11-27 09:54:30.567818+00', '2026-11-27 09:54:30.589963+00'),
	(12, '9a98b5c5-223b-4c1a-a2a8-62939e817f04', 17, 31, 'stripe', 1, 'idr', 'succeeded', false, 'asked for', 're_mdAQRZD89QRuKOzPEBpuzXpl', 6, '2026-11-27 09:54:30.630429+00', '2026-11-27 09:54:30.650093+00'),
	(13, '9b09ab88-8e5a-4d5f-b243-a7b82f2e97cb', 18, 32, 'stripe', 1500, 'idr', 'pending', false, 'asked for', 're_R2zQXwmTeHV8TcBSEIOalz42', 6, '2026-11-27 09:54:30.764592+00', NULL),
	(14, '1b60434d-19f6-456f-a1e5-ce2336d0ee3b', 19, 33, 'stripe', 1500, 'idr', 'pending', false, 'asked for', 're_w122ChoqKL09sX39Td8sS5QH', 6, '2026-11-27 09:54:30.950352+00', NULL),
	(15, '72eb4625-2879-48dd-8feb-4762cb467eb6', 20, 34, 'stripe', 5000, 'idr', 'failed', false, 'asked for', 're_i5xXsLnvCWXYtYjL9pz9Lm2d', 6, '2026-11-27 09:54:31.120724+00', '2026-11-27 09:54:31.154068+00'),
	(16, '3a69d12c-4d81-47d0-bdab-bc02da952192', 21, 35, 'stripe', 5000, 'idr', 'cancelled', false, 'asked for', 're_wcFCsuxep53pjCNkifgX40De', 6, '2026-11-27 09:54:31.327287+00', '2026-11-27 09:54:31.415337+00'),
	(17, '01465fea-98e6-4df1-ba50-318fae9f7eca', 22, 36, 'stripe', 2222, 'idr', 'failed', false, 'asked for', 're_ilYcD7ukeAKkzUZW5TNlbuAH', 6, '2026-11-27 09:54:31.605726+00', '2026-11-27 09:54:31.714115+00'),
	(18, '31a4bcd6-ef2e-4501-ac2b-11da21726dfc', 23, 37, 'stripe', 5000, 'idr', 'failed', false, 'asked for', 're_fOkhZbIdn1q26c8P4LVdMiNv', 6, '2026-11-27 09:54:31.863846+00', '2026-11-27 09:54:31.983443+00'),
	(19, '8cff304f-68d9-414f-83fa-58452bd8236d', 24, 39, 'stripe', 3000, 'idr', 'succeeded', false, 'Made in Stripe''s dashboard', 're_y8v5hdm4wXrg6aOJKp6dPuMN', NULL, '2026-11-27 09:54:32.148624+00', '2026-11-27 09:54:32.148624+00'),
	(20, '385a72df-7eb5-4a13-a71f-bd297842b6b0', 25, 40, 'stripe', 1100, 'idr', 'pending', false, 'Made in Stripe''s dashboard', 're_dCigwnxAP5FKEMRrph650jIn', NULL, '2026-11-27 09:54:32.323753+00', NULL),
	(21, '92795792-2293-4047-bff4-487a1dfa6ffc', 32, 47, 'stripe', 2000, 'idr', 'succeeded', false, 'asked for', 're_k4NgjddQfML8CE3lS0tyXwGm', 6, '2026-11-27 09:54:33.868355+00', '2026-11-27 09:54:33.898536+00'),
	(22, '7f2f10bf-2d2b-43e4-a6aa-8070d28947f6', 34, 49, 'stripe', 3500, 'idr', 'pending', false, 'asked for', NULL, 6, '2026-11-27 09:54:34.431058+00', NULL),
	(23, 'c2fb55ab-8006-409f-bf77-12525fa6b909', 35, 50, 'stripe', 1700, 'idr', 'pending', false, 'asked for', NULL, 6, '2026-11-27 09:54:45.603429+00', NULL),
	(24, 'dec23744-bf4a-47a0-9823-e92063f655ee', 37, 52, 'stripe', 4000, 'idr', 'pending', false, 'asked for', NULL, 6, '2026-11-27 09:54:46.254557+00', NULL);
INSERT INTO stripe_refunds VALUES
	(17, 2, 1, '{"payment_intent":"pi_hn2IsvKKQix3ax6FfEbKG2Ft","amount":2222,"metadata":{"ref":"01465fea-98e6-4df1-ba50-318fae9f7eca","refund_id":"17","purchaseId":"36"}}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:31.605726+00', 0, NULL, '2026-11-27 09:54:36.605726+00', 0, '2026-11-27 09:54:31.605726+00'),
	(9, 2, 1, '{"payment_intent":"pi_YUdFiOsLSUHU5hPZ56KmyNU5","amount":5000,"metadata":{"ref":"957f3f21-436a-454b-b704-60d645d06236","refund_id":"9","purchaseId":"29"}}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:30.258412+00', 0, NULL, '2026-11-27 09:54:35.258412+00', 0, '2026-11-27 09:54:30.258412+00'),
	(10, 2, 1, '{"payment_intent":"pi_Mw9m0Q4sRiTqwtPvCC8OtFlx","amount":5000,"metadata":{"ref":"84acfb8c-ef31-41c9-8d1c-767047203c4f","refund_id":"10","purchaseId":"30"}}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:30.428188+00', 0, NULL, '2026-11-27 09:54:35.428188+00', 0, '2026-11-27 09:54:30.428188+00'),
	(11, 2, 1, '{"payment_intent":"pi_mPw4tslK3j9djFQgpLnz1FfN","amount":1999,"metadata":{"ref":"f62f58e5-ea7c-4fd7-ae2d-15e3ffdeb78d","refund_id":"11","purchaseId":"31"}}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:30.567818+00', 0, NULL, '2026-11-27 09:54:35.567818+00', 0, '2026-11-27 09:54:30.567818+00'),
	(18, 2, 1, '{"payment_intent":"pi_OIlqv2R2voW7dyRGS67yZWLD","amount":5000,"metadata":{"ref":"31a4bcd6-ef2e-4501-ac2b-11da21726dfc","refund_id":"18","purchaseId":"37"}}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:31.863846+00', 0, NULL, '2026-11-27 09:54:36.863846+00', 0, '2026-11-27 09:54:31.863846+00'),
	(12, 2, 1, '{"payment_intent":"pi_mPw4tslK3j9djFQgpLnz1FfN","amount":1,"metadata":{"ref":"9a98b5c5-223b-4c1a-a2a8-62939e817f04","refund_id":"12","purchaseId":"31"}}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:30.630429+00', 0, NULL, '2026-11-27 09:54:35.630429+00', 0, '2026-11-27 09:54:30.630429+00'),
	(19, 1, 1, '{}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:32.148624+00', 0, NULL, '2026-11-27 09:54:37.148624+00', 0, '2026-11-27 09:54:32.148624+00'),
	(15, 2, 1, '{"payment_intent":"pi_1ueIXA5CTnuth509yujwdlfL","amount":5000,"metadata":{"ref":"72eb4625-2879-48dd-8feb-4762cb467eb6","refund_id":"15","purchaseId":"34"}}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:31.120724+00', 0, NULL, '2026-11-27 09:54:36.120724+00', 0, '2026-11-27 09:54:31.120724+00'),
	(16, 2, 1, '{"payment_intent":"pi_fpe0ICGXvN2TgGGZjE1K2vOR","amount":5000,"metadata":{"ref":"3a69d12c-4d81-47d0-bdab-bc02da952192","refund_id":"16","purchaseId":"35"}}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:31.327287+00', 0, NULL, '2026-11-27 09:54:36.327287+00', 0, '2026-11-27 09:54:31.327287+00'),
	(20, 2, 1, '{}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:32.323753+00', 0, NULL, '2026-11-27 09:55:38.105956+00', 1, '2026-11-27 09:54:32.323753+00'),
	(21, 2, 1, '{"payment_intent":"pi_H0Gk81y9AZJmSQUHgzVeReZW","amount":2000,"metadata":{"ref":"92795792-2293-4047-bff4-487a1dfa6ffc","refund_id":"21","purchaseId":"47"}}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:33.868355+00', 0, NULL, '2026-11-27 09:54:38.868355+00', 0, '2026-11-27 09:54:33.868355+00'),
	(13, 3, 1, '{"payment_intent":"pi_QnsgK1eFBiUTq8qt1lHI31C0","amount":1500,"metadata":{"ref":"9b09ab88-8e5a-4d5f-b243-a7b82f2e97cb","refund_id":"13","purchaseId":"32"}}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:30.764592+00', 0, NULL, '2026-11-27 09:55:36.101193+00', 1, '2026-11-27 09:54:30.764592+00'),
	(14, 3, 1, '{"payment_intent":"pi_nx4KMNGf9z1i13xiN7wGrFKT","amount":1500,"metadata":{"ref":"1b60434d-19f6-456f-a1e5-ce2336d0ee3b","refund_id":"14","purchaseId":"33"}}', '2026-10-28.endive', 'answered', true, '2026-11-27 09:54:30.950352+00', 0, NULL, '2026-11-27 09:55:36.101193+00', 1, '2026-11-27 09:54:30.950352+00'),
	(22, 3, 1, '{"payment_intent":"pi_F1FvZBzOVoQKjGBkxGNSbD0Z","amount":3500,"metadata":{"ref":"7f2f10bf-2d2b-43e4-a6aa-8070d28947f6","refund_id":"22","purchaseId":"49"}}', '2026-10-28.endive', 'unanswered', false, '2026-11-27 09:54:34.431058+00', 1, '2026-11-27 09:54:34.578734+00', '2026-11-27 09:54:55.121958+00', 2, '2026-11-27 09:54:34.431058+00'),
	(23, 1, 1, '{"payment_intent":"pi_2pYqzyFZPwszmUrcXqMeNwBW","amount":1700,"metadata":{"ref":"c2fb55ab-8006-409f-bf77-12525fa6b909","refund_id":"23","purchaseId":"50"}}', '2026-10-28.endive', 'unanswered', true, '2026-11-27 09:54:45.603429+00', 0, NULL, '2026-11-27 09:54:50.603429+00', 0, '2026-11-27 09:54:45.603429+00'),
	(24, 1, 1, '{"payment_intent":"pi_Nhi1ijsWKwPkKipIq0Ndguuw","amount":4000,"metadata":{"ref":"dec23744-bf4a-47a0-9823-e92063f655ee","refund_id":"24","purchaseId":"52"}}', '2026-10-28.endive', 'unanswered', false, '2026-11-27 09:54:46.254557+00', 1, '2026-11-27 09:54:46.392046+00', '2026-11-27 09:54:51.254557+00', 0, '2026-11-27 09:54:46.254557+00');
INSERT INTO stripe_sessions VALUES
	(19, 1, 1, '{"mode":"payment","client_reference_id":"df7c2701-0acb-470e-ac6f-297d228d8904","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 80"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=19&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=19&left=1","metadata":{"made_for":"fixture","idempotency_key":"stripe-open","purchaseId":"19","ref":"df7c2701-0acb-470e-ac6f-297d228d8904","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"19","ref":"df7c2701-0acb-470e-ac6f-297d228d8904","user_id":"4"}}}', '2026-10-28.endive', 'open', true, '2026-11-27 09:54:29.215248+00', '2026-11-27 09:54:29.215248+00', 0, NULL, 'cs_test_SyT1r4YU7xuOtSZgpHUPZKdJuqz5rfP1NHBFvRSCOJzmrraYOlbO2ZnWKZ', 'http://127.0.0.1:44207/c/pay/cs_test_SyT1r4YU7xuOtSZgpHUPZKdJuqz5rfP1NHBFvRSCOJzmrraYOlbO2ZnWKZ', '2026-11-28 09:54:29+00', '2026-11-27 09:55:29.261639+00', 0, '2026-11-27 09:54:29.215248+00'),
	(50, 1, 1, '{"mode":"payment","client_reference_id":"855efc06-d700-49ef-9b07-5833b45b71ce","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 108"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=50&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=50&left=1","metadata":{"made_for":"fixture","purchaseId":"50","ref":"855efc06-d700-49ef-9b07-5833b45b71ce","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"50","ref":"855efc06-d700-49ef-9b07-5833b45b71ce","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:45.185047+00', '2026-11-27 09:54:45.185047+00', 0, NULL, 'cs_test_w4uKEc4se44YLdNrGKZEr9jh2trPYGCQ1JGnh22qD5Y7aCdp0SH8Rnn8U1', 'http://127.0.0.1:44207/c/pay/cs_test_w4uKEc4se44YLdNrGKZEr9jh2trPYGCQ1JGnh22qD5Y7aCdp0SH8Rnn8U1', '2026-11-28 09:54:45+00', '2026-11-27 09:55:45.263063+00', 0, '2026-11-27 09:54:45.185047+00'),
	(20, 2, 1, '{"mode":"payment","client_reference_id":"4623a8da-a28f-46c1-9d8a-20685a67e770","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 81"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=20&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=20&left=1","metadata":{"made_for":"fixture","purchaseId":"20","ref":"4623a8da-a28f-46c1-9d8a-20685a67e770","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"20","ref":"4623a8da-a28f-46c1-9d8a-20685a67e770","user_id":"4"}}}', '2026-10-28.endive', 'expired', true, '2026-11-27 09:54:29.318834+00', '2026-11-27 09:54:29.318834+00', 0, NULL, 'cs_test_RHw46twQ38YGWVOnbjwCK3eacq70Jzxiki6CNCSAyMQxk9GsR6P1jEoIOj', 'http://127.0.0.1:44207/c/pay/cs_test_RHw46twQ38YGWVOnbjwCK3eacq70Jzxiki6CNCSAyMQxk9GsR6P1jEoIOj', '2026-11-28 09:54:29+00', '2026-11-27 09:55:29.343421+00', 0, '2026-11-27 09:54:29.318834+00'),
	(51, 1, 1, '{"mode":"payment","client_reference_id":"fc7cfe8f-a670-4305-aeca-0c1359b4b4a6","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 109"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=51&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=51&left=1","metadata":{"made_for":"fixture","purchaseId":"51","ref":"fc7cfe8f-a670-4305-aeca-0c1359b4b4a6","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"51","ref":"fc7cfe8f-a670-4305-aeca-0c1359b4b4a6","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:45.359292+00', '2026-11-27 09:54:45.359292+00', 0, NULL, 'cs_test_ffmpiwTrNaVukhC4e3ERaRxLBKMKmDgMGrNTgt77SaiF1FSum6pwQDciNG', 'http://127.0.0.1:44207/c/pay/cs_test_ffmpiwTrNaVukhC4e3ERaRxLBKMKmDgMGrNTgt77SaiF1FSum6pwQDciNG', '2026-11-28 09:54:45+00', '2026-11-27 09:55:45.38306+00', 0, '2026-11-27 09:54:45.359292+00'),
	(21, 1, 1, '{"mode":"payment","client_reference_id":"3aaefd46-0423-4f65-a02d-e2fd5e793d09","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 82"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=21&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=21&left=1","metadata":{"made_for":"fixture","purchaseId":"21","ref":"3aaefd46-0423-4f65-a02d-e2fd5e793d09","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"21","ref":"3aaefd46-0423-4f65-a02d-e2fd5e793d09","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:29.50677+00', '2026-11-27 09:54:29.50677+00', 0, NULL, 'cs_test_e1TS7Jb3ov51SRGNo9fncSeY0jygU1oyjl652KDxZd9Axge37RwgEMd1ss', 'http://127.0.0.1:44207/c/pay/cs_test_e1TS7Jb3ov51SRGNo9fncSeY0jygU1oyjl652KDxZd9Axge37RwgEMd1ss', '2026-11-28 09:54:29+00', '2026-11-27 09:55:29.533108+00', 0, '2026-11-27 09:54:29.50677+00'),
	(22, 1, 1, '{"mode":"payment","client_reference_id":"a1e7f18b-a83c-4aed-a955-d28591ac984b","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 83"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=22&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=22&left=1","metadata":{"made_for":"fixture","purchaseId":"22","ref":"a1e7f18b-a83c-4aed-a955-d28591ac984b","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"22","ref":"a1e7f18b-a83c-4aed-a955-d28591ac984b","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:29.596699+00', '2026-11-27 09:54:29.596699+00', 0, NULL, 'cs_test_vqolA4Xyt1AsFIdKJ2LcV9X48VTCEe9DP8aFFXI0FoBKjkZTDuLyeF4zBi', 'http://127.0.0.1:44207/c/pay/cs_test_vqolA4Xyt1AsFIdKJ2LcV9X48VTCEe9DP8aFFXI0FoBKjkZTDuLyeF4zBi', '2026-11-28 09:54:29+00', '2026-11-27 09:55:29.622223+00', 0, '2026-11-27 09:54:29.596699+00'),
	(52, 1, 1, '{"mode":"payment","client_reference_id":"f97e62f2-2fc6-462a-99da-90019adde82a","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 110"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=52&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=52&left=1","metadata":{"made_for":"fixture","purchaseId":"52","ref":"f97e62f2-2fc6-462a-99da-90019adde82a","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"52","ref":"f97e62f2-2fc6-462a-99da-90019adde82a","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:45.454205+00', '2026-11-27 09:54:45.454205+00', 0, NULL, 'cs_test_VB0vjWtjlbkfy1XrrjxzgMrsx1e159eX65YbyTrhWnrcxapzXQ7jPZUcuK', 'http://127.0.0.1:44207/c/pay/cs_test_VB0vjWtjlbkfy1XrrjxzgMrsx1e159eX65YbyTrhWnrcxapzXQ7jPZUcuK', '2026-11-28 09:54:45+00', '2026-11-27 09:55:45.470449+00', 0, '2026-11-27 09:54:45.454205+00'),
	(23, 1, 1, '{"mode":"payment","client_reference_id":"74abb0f8-9150-4acd-9f91-3e8e950a85d8","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 84"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=23&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=23&left=1","metadata":{"made_for":"fixture","purchaseId":"23","ref":"74abb0f8-9150-4acd-9f91-3e8e950a85d8","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"23","ref":"74abb0f8-9150-4acd-9f91-3e8e950a85d8","user_id":"4"}}}', '2026-10-28.endive', 'expired', true, '2026-11-27 09:54:29.701322+00', '2026-11-27 09:54:29.701322+00', 0, NULL, 'cs_test_b8rRHcct95bg6gEMCnV9cqPdy7sy67aBrDxOEgmoYpsZhx5BjpL7grupI3', 'http://127.0.0.1:44207/c/pay/cs_test_b8rRHcct95bg6gEMCnV9cqPdy7sy67aBrDxOEgmoYpsZhx5BjpL7grupI3', '2026-11-28 09:54:29+00', '2026-11-27 09:55:29.717993+00', 0, '2026-11-27 09:54:29.701322+00'),
	(24, 1, 1, '{"mode":"payment","client_reference_id":"06a61368-cc10-4513-b46c-e4c14fd728e2","line_items":[{"quantity":1,"price_data":{"currency":"zzz","unit_amount":5000,"product_data":{"name":"Consultation 85"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=24&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=24&left=1","metadata":{"made_for":"fixture","idempotency_key":"refused","purchaseId":"24","ref":"06a61368-cc10-4513-b46c-e4c14fd728e2","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"24","ref":"06a61368-cc10-4513-b46c-e4c14fd728e2","user_id":"4"}}}', '2026-10-28.endive', 'refused', true, '2026-11-27 09:54:29.789475+00', '2026-11-27 09:54:29.789475+00', 0, NULL, NULL, NULL, NULL, '2026-11-27 09:54:34.789475+00', 0, '2026-11-27 09:54:29.789475+00'),
	(53, 1, 1, '{"mode":"payment","client_reference_id":"20c1dbc6-f8ce-4bc1-a45b-1af8dce339d3","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 112"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=53&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=53&left=1","metadata":{"made_for":"fixture","idempotency_key":"stripe-unanswered","purchaseId":"53","ref":"20c1dbc6-f8ce-4bc1-a45b-1af8dce339d3","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"53","ref":"20c1dbc6-f8ce-4bc1-a45b-1af8dce339d3","user_id":"4"}}}', '2026-10-28.endive', 'unanswered', false, '2026-11-27 09:54:45.984103+00', '2026-11-27 09:54:45.984103+00', 1, '2026-11-27 09:54:46.242562+00', NULL, NULL, NULL, '2026-11-27 09:54:50.984103+00', 0, '2026-11-27 09:54:45.984103+00'),
	(25, 1, 1, '{"mode":"payment","client_reference_id":"4be910d0-d488-48ac-bd95-c4d1d9bd3e24","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 86"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=25&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=25&left=1","metadata":{"made_for":"fixture","idempotency_key":"stripe-completed","purchaseId":"25","ref":"4be910d0-d488-48ac-bd95-c4d1d9bd3e24","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"25","ref":"4be910d0-d488-48ac-bd95-c4d1d9bd3e24","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:29.82386+00', '2026-11-27 09:54:29.82386+00', 0, NULL, 'cs_test_N1f66nX5sbUlEptr4QxTHTlfUeR7GEus8KcmRyDIETSxqmRW3Iy17YyjfY', 'http://127.0.0.1:44207/c/pay/cs_test_N1f66nX5sbUlEptr4QxTHTlfUeR7GEus8KcmRyDIETSxqmRW3Iy17YyjfY', '2026-11-28 09:54:29+00', '2026-11-27 09:55:29.841803+00', 0, '2026-11-27 09:54:29.82386+00'),
	(26, 1, 1, '{"mode":"payment","client_reference_id":"461d6649-e444-46e5-aade-98ac330d8dca","line_items":[{"quantity":3,"price_data":{"currency":"idr","unit_amount":99900,"product_data":{"name":"Fixture open"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=26&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=26&left=1","metadata":{"idempotency_key":"order-paid","purchaseId":"26","ref":"461d6649-e444-46e5-aade-98ac330d8dca","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"26","ref":"461d6649-e444-46e5-aade-98ac330d8dca","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:29.931642+00', '2026-11-27 09:54:29.931642+00', 0, NULL, 'cs_test_rZZnkPWwwI95W8innm8HvCydGmnq6GmCMWwKK5sLN3MBQtz9tPqSPs3q0z', 'http://127.0.0.1:44207/c/pay/cs_test_rZZnkPWwwI95W8innm8HvCydGmnq6GmCMWwKK5sLN3MBQtz9tPqSPs3q0z', '2026-11-28 09:54:29+00', '2026-11-27 09:55:29.95377+00', 0, '2026-11-27 09:54:29.931642+00'),
	(54, 1, 1, '{"mode":"payment","client_reference_id":"c9227a47-f261-4398-ad81-5b92b4e79de4","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 111"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=54&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=54&left=1","metadata":{"made_for":"fixture","idempotency_key":"running","purchaseId":"54","ref":"c9227a47-f261-4398-ad81-5b92b4e79de4","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"54","ref":"c9227a47-f261-4398-ad81-5b92b4e79de4","user_id":"4"}}}', '2026-10-28.endive', 'unanswered', true, '2026-11-27 09:54:46.687595+00', '2026-11-27 09:54:46.687595+00', 0, NULL, NULL, NULL, NULL, '2026-11-27 09:54:51.687595+00', 0, '2026-11-27 09:54:46.687595+00'),
	(27, 1, 1, '{"mode":"payment","client_reference_id":"6f6e25e5-8a36-485b-ad37-27612a9dc356","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":99900,"product_data":{"name":"Fixture open"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=27&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=27&left=1","metadata":{"purchaseId":"27","ref":"6f6e25e5-8a36-485b-ad37-27612a9dc356","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"27","ref":"6f6e25e5-8a36-485b-ad37-27612a9dc356","user_id":"4"}}}', '2026-10-28.endive', 'open', true, '2026-11-27 09:54:30.032894+00', '2026-11-27 09:54:30.032894+00', 0, NULL, 'cs_test_2cHkG4wgSXGR7htJZNsKmZGFsPmyCjMsE3np3VRMPvl2ZVD5zB39YdJgpu', 'http://127.0.0.1:44207/c/pay/cs_test_2cHkG4wgSXGR7htJZNsKmZGFsPmyCjMsE3np3VRMPvl2ZVD5zB39YdJgpu', '2026-11-28 09:54:30+00', '2026-11-27 09:55:30.043594+00', 0, '2026-11-27 09:54:30.032894+00'),
	(28, 1, 1, '{"mode":"payment","client_reference_id":"edec9a3f-bedb-423f-b746-fd3f921ce795","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 87"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=28&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=28&left=1","metadata":{"made_for":"fixture","purchaseId":"28","ref":"edec9a3f-bedb-423f-b746-fd3f921ce795","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"28","ref":"edec9a3f-bedb-423f-b746-fd3f921ce795","user_id":"4"}}}', '2026-10-28.endive', 'open', true, '2026-11-27 09:54:30.069237+00', '2026-11-27 09:54:30.069237+00', 0, NULL, 'cs_test_E4InEjV172dYP3skWUj9PEQyWJ5yPp3uwo9iJ3Xk5EbuielB6o5MYUqbLN', 'http://127.0.0.1:44207/c/pay/cs_test_E4InEjV172dYP3skWUj9PEQyWJ5yPp3uwo9iJ3Xk5EbuielB6o5MYUqbLN', '2026-11-28 09:54:30+00', '2026-11-27 09:55:30.091196+00', 0, '2026-11-27 09:54:30.069237+00'),
	(29, 1, 1, '{"mode":"payment","client_reference_id":"ba9e8557-b7de-4cd2-9726-bda54081ab8a","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 88"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=29&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=29&left=1","metadata":{"made_for":"fixture","purchaseId":"29","ref":"ba9e8557-b7de-4cd2-9726-bda54081ab8a","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"29","ref":"ba9e8557-b7de-4cd2-9726-bda54081ab8a","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:30.170186+00', '2026-11-27 09:54:30.170186+00', 0, NULL, 'cs_test_K7Y3Swt7zhCKcmI7ns01sz8pSF7f28xwz0gaiQiAYG9KfEsmbSbEcfvB0l', 'http://127.0.0.1:44207/c/pay/cs_test_K7Y3Swt7zhCKcmI7ns01sz8pSF7f28xwz0gaiQiAYG9KfEsmbSbEcfvB0l', '2026-11-28 09:54:30+00', '2026-11-27 09:55:30.181761+00', 0, '2026-11-27 09:54:30.170186+00'),
	(30, 1, 1, '{"mode":"payment","client_reference_id":"c025c6bb-6691-4792-9f3c-d67ae44dbf5d","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 89"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=30&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=30&left=1","metadata":{"made_for":"fixture","purchaseId":"30","ref":"c025c6bb-6691-4792-9f3c-d67ae44dbf5d","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"30","ref":"c025c6bb-6691-4792-9f3c-d67ae44dbf5d","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:30.327961+00', '2026-11-27 09:54:30.327961+00', 0, NULL, 'cs_test_eLmNQ42A8QkNtghFaUfi7TA7Zfl646AMzjWqpLm5nKD8ShTj7PDndlsDaH', 'http://127.0.0.1:44207/c/pay/cs_test_eLmNQ42A8QkNtghFaUfi7TA7Zfl646AMzjWqpLm5nKD8ShTj7PDndlsDaH', '2026-11-28 09:54:30+00', '2026-11-27 09:55:30.348753+00', 0, '2026-11-27 09:54:30.327961+00'),
	(31, 1, 1, '{"mode":"payment","client_reference_id":"438a25c6-981e-4128-b4f9-adc9776eb506","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 90"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=31&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=31&left=1","metadata":{"made_for":"fixture","purchaseId":"31","ref":"438a25c6-981e-4128-b4f9-adc9776eb506","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"31","ref":"438a25c6-981e-4128-b4f9-adc9776eb506","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:30.490727+00', '2026-11-27 09:54:30.490727+00', 0, NULL, 'cs_test_au8hfYBALiPKA0yA7jPpoXxT5P5srKfXEH0cFaX8uqoXMjaf7YrbZGfqjF', 'http://127.0.0.1:44207/c/pay/cs_test_au8hfYBALiPKA0yA7jPpoXxT5P5srKfXEH0cFaX8uqoXMjaf7YrbZGfqjF', '2026-11-28 09:54:30+00', '2026-11-27 09:55:30.501938+00', 0, '2026-11-27 09:54:30.490727+00'),
	(32, 1, 1, '{"mode":"payment","client_reference_id":"550486af-d76e-4490-9f09-73375768269b","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 91"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=32&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=32&left=1","metadata":{"made_for":"fixture","purchaseId":"32","ref":"550486af-d76e-4490-9f09-73375768269b","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"32","ref":"550486af-d76e-4490-9f09-73375768269b","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:30.678312+00', '2026-11-27 09:54:30.678312+00', 0, NULL, 'cs_test_s83W8qzSwBtPEJTCZArLWEzpKEU7IfDLqYdVH7v8Cf7GkZf3KNuU1oHNUv', 'http://127.0.0.1:44207/c/pay/cs_test_s83W8qzSwBtPEJTCZArLWEzpKEU7IfDLqYdVH7v8Cf7GkZf3KNuU1oHNUv', '2026-11-28 09:54:30+00', '2026-11-27 09:55:30.694611+00', 0, '2026-11-27 09:54:30.678312+00'),
	(33, 1, 1, '{"mode":"payment","client_reference_id":"d57d3f0a-1c2f-47f4-b1ae-ac0c865255ea","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 92"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=33&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=33&left=1","metadata":{"made_for":"fixture","purchaseId":"33","ref":"d57d3f0a-1c2f-47f4-b1ae-ac0c865255ea","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"33","ref":"d57d3f0a-1c2f-47f4-b1ae-ac0c865255ea","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:30.837722+00', '2026-11-27 09:54:30.837722+00', 0, NULL, 'cs_test_gqqAq7JbIqLNfvip35dwXjqBIO8Tl7sm8ep7NcNN0WJVeffepP62YzZph6', 'http://127.0.0.1:44207/c/pay/cs_test_gqqAq7JbIqLNfvip35dwXjqBIO8Tl7sm8ep7NcNN0WJVeffepP62YzZph6', '2026-11-28 09:54:30+00', '2026-11-27 09:55:30.85776+00', 0, '2026-11-27 09:54:30.837722+00'),
	(35, 1, 1, '{"mode":"payment","client_reference_id":"829012bb-9198-4fcc-badf-c0a2a884ac78","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 94"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=35&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=35&left=1","metadata":{"made_for":"fixture","purchaseId":"35","ref":"829012bb-9198-4fcc-badf-c0a2a884ac78","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"35","ref":"829012bb-9198-4fcc-badf-c0a2a884ac78","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:31.194189+00', '2026-11-27 09:54:31.194189+00', 0, NULL, 'cs_test_ytrpbzW6hX1kVfzZesFTCMmMWHjK2IuotYt1I9wzoktEkQ5dwLbVMLmk4k', 'http://127.0.0.1:44207/c/pay/cs_test_ytrpbzW6hX1kVfzZesFTCMmMWHjK2IuotYt1I9wzoktEkQ5dwLbVMLmk4k', '2026-11-28 09:54:31+00', '2026-11-27 09:55:31.227796+00', 0, '2026-11-27 09:54:31.194189+00'),
	(38, 1, 1, '{"mode":"payment","client_reference_id":"9971cdb5-bd9a-486e-8047-c5395e9be3b4","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 96"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=38&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=38&left=1","metadata":{"made_for":"fixture","purchaseId":"38","ref":"9971cdb5-bd9a-486e-8047-c5395e9be3b4","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"38","ref":"9971cdb5-bd9a-486e-8047-c5395e9be3b4","user_id":"4"}}}', '2026-10-28.endive', 'open', true, '2026-11-27 09:54:31.916221+00', '2026-11-27 09:54:31.916221+00', 0, NULL, 'cs_test_NVcqINycdhEqBLVcqiB05vlwkKyPeZoPBk8quTEKaOGN6CcAlADiSFjT3t', 'http://127.0.0.1:44207/c/pay/cs_test_NVcqINycdhEqBLVcqiB05vlwkKyPeZoPBk8quTEKaOGN6CcAlADiSFjT3t', '2026-11-28 09:54:31+00', '2026-11-27 09:55:31.950953+00', 0, '2026-11-27 09:54:31.916221+00'),
	(39, 1, 1, '{"mode":"payment","client_reference_id":"c04be39e-904a-4b37-ac1b-883dd353662b","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 97"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=39&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=39&left=1","metadata":{"made_for":"fixture","purchaseId":"39","ref":"c04be39e-904a-4b37-ac1b-883dd353662b","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"39","ref":"c04be39e-904a-4b37-ac1b-883dd353662b","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:32.044113+00', '2026-11-27 09:54:32.044113+00', 0, NULL, 'cs_test_qJdMIbjtJH1a4frNH2yIn7zroEL7Kqk3DLignmImy613MyEE19hUCvtdTb', 'http://127.0.0.1:44207/c/pay/cs_test_qJdMIbjtJH1a4frNH2yIn7zroEL7Kqk3DLignmImy613MyEE19hUCvtdTb', '2026-11-28 09:54:32+00', '2026-11-27 09:55:32.06334+00', 0, '2026-11-27 09:54:32.044113+00'),
	(40, 1, 1, '{"mode":"payment","client_reference_id":"008afe5d-ad4d-4dcc-b37f-a8a8275ec466","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 98"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=40&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=40&left=1","metadata":{"made_for":"fixture","purchaseId":"40","ref":"008afe5d-ad4d-4dcc-b37f-a8a8275ec466","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"40","ref":"008afe5d-ad4d-4dcc-b37f-a8a8275ec466","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:32.215148+00', '2026-11-27 09:54:32.215148+00', 0, NULL, 'cs_test_1kjFHvsQPlYKDH2RGfpl8ZvaYALNxXojtMvCB8jGDzUwTLQaK4WFFrBiro', 'http://127.0.0.1:44207/c/pay/cs_test_1kjFHvsQPlYKDH2RGfpl8ZvaYALNxXojtMvCB8jGDzUwTLQaK4WFFrBiro', '2026-11-28 09:54:32+00', '2026-11-27 09:55:32.225955+00', 0, '2026-11-27 09:54:32.215148+00'),
	(34, 1, 1, '{"mode":"payment","client_reference_id":"c079f478-0ab3-43bd-ac53-45cb49c1cc3f","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 93"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=34&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=34&left=1","metadata":{"made_for":"fixture","purchaseId":"34","ref":"c079f478-0ab3-43bd-ac53-45cb49c1cc3f","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"34","ref":"c079f478-0ab3-43bd-ac53-45cb49c1cc3f","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:31.023624+00', '2026-11-27 09:54:31.023624+00', 0, NULL, 'cs_test_qxPtqpGQkigDdZNK0HcqN5cqBOuzgC2M8YY9sOs0JCUodXI6sugCEcit46', 'http://127.0.0.1:44207/c/pay/cs_test_qxPtqpGQkigDdZNK0HcqN5cqBOuzgC2M8YY9sOs0JCUodXI6sugCEcit46', '2026-11-28 09:54:31+00', '2026-11-27 09:55:31.044675+00', 0, '2026-11-27 09:54:31.023624+00'),
	(36, 1, 1, '{"mode":"payment","client_reference_id":"84314735-981b-4bb4-8c3a-82205aadd25f","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 95"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=36&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=36&left=1","metadata":{"made_for":"fixture","purchaseId":"36","ref":"84314735-981b-4bb4-8c3a-82205aadd25f","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"36","ref":"84314735-981b-4bb4-8c3a-82205aadd25f","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:31.470093+00', '2026-11-27 09:54:31.470093+00', 0, NULL, 'cs_test_9dUxJYVqzsv5BfplIPrctjuWWFXeZL0Ml6oXhk5ZGtG8JFajCD9TnewKnb', 'http://127.0.0.1:44207/c/pay/cs_test_9dUxJYVqzsv5BfplIPrctjuWWFXeZL0Ml6oXhk5ZGtG8JFajCD9TnewKnb', '2026-11-28 09:54:31+00', '2026-11-27 09:55:31.504062+00', 0, '2026-11-27 09:54:31.470093+00'),
	(37, 1, 1, '{"mode":"payment","client_reference_id":"6f99d0aa-4693-4b72-9da7-365b8504204b","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 96"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=37&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=37&left=1","metadata":{"made_for":"fixture","purchaseId":"37","ref":"6f99d0aa-4693-4b72-9da7-365b8504204b","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"37","ref":"6f99d0aa-4693-4b72-9da7-365b8504204b","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:31.771726+00', '2026-11-27 09:54:31.771726+00', 0, NULL, 'cs_test_xqdcXVHQwFvVtQbksmhcD97vXm933Q4VXKEwzkn3eZ1nYGR9DUn8B6IrrH', 'http://127.0.0.1:44207/c/pay/cs_test_xqdcXVHQwFvVtQbksmhcD97vXm933Q4VXKEwzkn3eZ1nYGR9DUn8B6IrrH', '2026-11-28 09:54:31+00', '2026-11-27 09:55:31.790971+00', 0, '2026-11-27 09:54:31.771726+00'),
	(45, 1, 1, '{"mode":"payment","client_reference_id":"cb3b547f-f68d-4add-aade-fa4dc2970974","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 103"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=45&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=45&left=1","metadata":{"made_for":"fixture","purchaseId":"45","ref":"cb3b547f-f68d-4add-aade-fa4dc2970974","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"45","ref":"cb3b547f-f68d-4add-aade-fa4dc2970974","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:33.334992+00', '2026-11-27 09:54:33.334992+00', 0, NULL, 'cs_test_TpFgKoVUfr2iec3BzjdGRcwKGEnc8kRMgqduj10VFZyvMfIMsA6lqbfNsv', 'http://127.0.0.1:44207/c/pay/cs_test_TpFgKoVUfr2iec3BzjdGRcwKGEnc8kRMgqduj10VFZyvMfIMsA6lqbfNsv', '2026-11-28 09:54:33+00', '2026-11-27 09:55:33.355071+00', 0, '2026-11-27 09:54:33.334992+00'),
	(46, 1, 1, '{"mode":"payment","client_reference_id":"fb00a1b6-064d-4194-b314-2b97ee33ae7f","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 104"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=46&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=46&left=1","metadata":{"made_for":"fixture","purchaseId":"46","ref":"fb00a1b6-064d-4194-b314-2b97ee33ae7f","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"46","ref":"fb00a1b6-064d-4194-b314-2b97ee33ae7f","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:33.542714+00', '2026-11-27 09:54:33.542714+00', 0, NULL, 'cs_test_1xmYkZX1FZ0D8OGJz2HRjzZrD9IX4h252hf2POPZ71p9X3eLAV1H9O9XgU', 'http://127.0.0.1:44207/c/pay/cs_test_1xmYkZX1FZ0D8OGJz2HRjzZrD9IX4h252hf2POPZ71p9X3eLAV1H9O9XgU', '2026-11-28 09:54:33+00', '2026-11-27 09:55:33.556676+00', 0, '2026-11-27 09:54:33.542714+00'),
	(41, 1, 1, '{"mode":"payment","client_reference_id":"04d4fa02-5e4f-4bc2-8f4c-698356d608ca","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 99"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=41&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=41&left=1","metadata":{"made_for":"fixture","purchaseId":"41","ref":"04d4fa02-5e4f-4bc2-8f4c-698356d608ca","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"41","ref":"04d4fa02-5e4f-4bc2-8f4c-698356d608ca","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:32.376548+00', '2026-11-27 09:54:32.376548+00', 0, NULL, 'cs_test_RK32cKJQNwnC7s7aiaiasgLpk8PFN3yguNmzL8ntrke1IGuEnH5Yng0Y4g', 'http://127.0.0.1:44207/c/pay/cs_test_RK32cKJQNwnC7s7aiaiasgLpk8PFN3yguNmzL8ntrke1IGuEnH5Yng0Y4g', '2026-11-28 09:54:32+00', '2026-11-27 09:55:32.403058+00', 0, '2026-11-27 09:54:32.376548+00'),
	(42, 1, 1, '{"mode":"payment","client_reference_id":"b9f8690f-cecb-4159-b080-6c05bd59b3e8","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 100"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=42&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=42&left=1","metadata":{"made_for":"fixture","purchaseId":"42","ref":"b9f8690f-cecb-4159-b080-6c05bd59b3e8","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"42","ref":"b9f8690f-cecb-4159-b080-6c05bd59b3e8","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:32.667146+00', '2026-11-27 09:54:32.667146+00', 0, NULL, 'cs_test_5mgu2T7kBbuQ9cUzKquHPZX1rRrg9RGszEinJXFdJnG7upCmStBfxIQk4J', 'http://127.0.0.1:44207/c/pay/cs_test_5mgu2T7kBbuQ9cUzKquHPZX1rRrg9RGszEinJXFdJnG7upCmStBfxIQk4J', '2026-11-28 09:54:32+00', '2026-11-27 09:55:32.680609+00', 0, '2026-11-27 09:54:32.667146+00'),
	(43, 1, 1, '{"mode":"payment","client_reference_id":"1d4f4895-6a0d-4ccd-94ae-86600044e26a","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 101"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=43&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=43&left=1","metadata":{"made_for":"fixture","purchaseId":"43","ref":"1d4f4895-6a0d-4ccd-94ae-86600044e26a","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"43","ref":"1d4f4895-6a0d-4ccd-94ae-86600044e26a","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:32.851597+00', '2026-11-27 09:54:32.851597+00', 0, NULL, 'cs_test_Y93u4cFW6p1cro3W7aNk0AWQXT89sSGC08JDhN60ZKGyn0ZipwnVcl9H1B', 'http://127.0.0.1:44207/c/pay/cs_test_Y93u4cFW6p1cro3W7aNk0AWQXT89sSGC08JDhN60ZKGyn0ZipwnVcl9H1B', '2026-11-28 09:54:32+00', '2026-11-27 09:55:32.869925+00', 0, '2026-11-27 09:54:32.851597+00'),
	(44, 1, 1, '{"mode":"payment","client_reference_id":"8c73027f-2f3e-439a-91e0-1f7d557fddfe","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 102"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=44&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=44&left=1","metadata":{"made_for":"fixture","purchaseId":"44","ref":"8c73027f-2f3e-439a-91e0-1f7d557fddfe","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"44","ref":"8c73027f-2f3e-439a-91e0-1f7d557fddfe","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:33.104273+00', '2026-11-27 09:54:33.104273+00', 0, NULL, 'cs_test_AXClfScupzv0rasnC3R2WTEKfwvm918xLCm5wFVvnuFOq3AS2H79xXt6IX', 'http://127.0.0.1:44207/c/pay/cs_test_AXClfScupzv0rasnC3R2WTEKfwvm918xLCm5wFVvnuFOq3AS2H79xXt6IX', '2026-11-28 09:54:33+00', '2026-11-27 09:55:33.11817+00', 0, '2026-11-27 09:54:33.104273+00'),
	(47, 1, 1, '{"mode":"payment","client_reference_id":"b2a9a42e-91bd-42e1-adce-c89e795c380c","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 105"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=47&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=47&left=1","metadata":{"made_for":"fixture","purchaseId":"47","ref":"b2a9a42e-91bd-42e1-adce-c89e795c380c","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"47","ref":"b2a9a42e-91bd-42e1-adce-c89e795c380c","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:33.754936+00', '2026-11-27 09:54:33.754936+00', 0, NULL, 'cs_test_Ik7YZ8DgcTsHuzehdQt46Dr23iJfEofUlyJoZsHhSazqFJXQ770XOPqjrA', 'http://127.0.0.1:44207/c/pay/cs_test_Ik7YZ8DgcTsHuzehdQt46Dr23iJfEofUlyJoZsHhSazqFJXQ770XOPqjrA', '2026-11-28 09:54:33+00', '2026-11-27 09:55:33.788984+00', 0, '2026-11-27 09:54:33.754936+00'),
	(48, 1, 1, '{"mode":"payment","client_reference_id":"64e83a2b-6fce-417d-9e9f-a2d33c76c9f8","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 106"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=48&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=48&left=1","metadata":{"made_for":"fixture","purchaseId":"48","ref":"64e83a2b-6fce-417d-9e9f-a2d33c76c9f8","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"48","ref":"64e83a2b-6fce-417d-9e9f-a2d33c76c9f8","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:34.064894+00', '2026-11-27 09:54:34.064894+00', 0, NULL, 'cs_test_C4yJZaN4CXQM5i3d31zKFpeU2bAn0Ujs3odXxzajsycRorYuc9gEDRnmsa', 'http://127.0.0.1:44207/c/pay/cs_test_C4yJZaN4CXQM5i3d31zKFpeU2bAn0Ujs3odXxzajsycRorYuc9gEDRnmsa', '2026-11-28 09:54:34+00', '2026-11-27 09:55:34.084782+00', 0, '2026-11-27 09:54:34.064894+00'),
	(49, 1, 1, '{"mode":"payment","client_reference_id":"9277de36-1253-4787-bdeb-1419c203db65","line_items":[{"quantity":1,"price_data":{"currency":"idr","unit_amount":5000,"product_data":{"name":"Consultation 107"}}}],"success_url":"http://127.0.0.1:43099/pay?payment=49&session_id={CHECKOUT_SESSION_ID}","cancel_url":"http://127.0.0.1:43099/pay?payment=49&left=1","metadata":{"made_for":"fixture","purchaseId":"49","ref":"9277de36-1253-4787-bdeb-1419c203db65","user_id":"4"},"payment_intent_data":{"metadata":{"purchaseId":"49","ref":"9277de36-1253-4787-bdeb-1419c203db65","user_id":"4"}}}', '2026-10-28.endive', 'complete', true, '2026-11-27 09:54:34.336238+00', '2026-11-27 09:54:34.336238+00', 0, NULL, 'cs_test_qpEM2OZQCjX7iMlRV5Kkwf6RuEAZV7DsXrhyhr9KCMweyM40aObpoWrNKQ', 'http://127.0.0.1:44207/c/pay/cs_test_qpEM2OZQCjX7iMlRV5Kkwf6RuEAZV7DsXrhyhr9KCMweyM40aObpoWrNKQ', '2026-11-28 09:54:34+00', '2026-11-27 09:55:34.355611+00', 0, '2026-11-27 09:54:34.336238+00');
INSERT INTO tax_records VALUES
	(1, 1, 1, 5000, 4505, 495, 1100, 'pending', '2026-11-27 09:54:27.360314+00', 0, 0),
	(2, 2, 2, 5000, 4505, 495, 1100, 'void', '2026-11-27 09:54:27.403923+00', 0, 0),
	(3, 3, 3, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:27.44748+00', 0, 0),
	(4, 4, 4, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:27.48285+00', 0, 0),
	(5, 5, 5, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:27.527818+00', 0, 0),
	(42, 43, 42, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:32.851597+00', 0, 0),
	(30, 31, 30, 5000, 4505, 495, 1100, 'partially_credited', '2026-11-27 09:54:30.490727+00', 1802, 198),
	(6, 6, 6, 5000, 4505, 495, 1100, 'partially_credited', '2026-11-27 09:54:27.578505+00', 1112, 122),
	(31, 32, 31, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:30.678312+00', 0, 0),
	(7, 7, 7, 5000, 4505, 495, 1100, 'credited', '2026-11-27 09:54:27.637788+00', 4505, 495),
	(8, 8, 8, 5000, 4505, 495, 1100, 'void', '2026-11-27 09:54:27.706126+00', 0, 0),
	(9, 9, 9, 5000, 4505, 495, 1100, 'pending', '2026-11-27 09:54:28.145544+00', 0, 0),
	(10, 10, 10, 5000, 4505, 495, 1100, 'void', '2026-11-27 09:54:28.169456+00', 0, 0),
	(11, 11, 11, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:28.19996+00', 0, 0),
	(12, 12, 12, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:28.242925+00', 0, 0),
	(13, 13, 13, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:28.302797+00', 0, 0),
	(32, 33, 32, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:30.837722+00', 0, 0),
	(14, 14, 14, 5000, 4505, 495, 1100, 'partially_credited', '2026-11-27 09:54:28.398039+00', 1112, 122),
	(33, 34, 33, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:31.023624+00', 0, 0),
	(15, 15, 15, 5000, 4505, 495, 1100, 'credited', '2026-11-27 09:54:28.454464+00', 4505, 495),
	(16, 16, 16, 5000, 4505, 495, 1100, 'void', '2026-11-27 09:54:28.54342+00', 0, 0),
	(17, 17, 17, 5000, 4505, 495, 1100, 'pending', '2026-11-27 09:54:29.184328+00', 0, 0),
	(18, 19, 18, 5000, 4505, 495, 1100, 'pending', '2026-11-27 09:54:29.215248+00', 0, 0),
	(19, 20, 19, 5000, 4505, 495, 1100, 'void', '2026-11-27 09:54:29.318834+00', 0, 0),
	(20, 21, 20, 5000, 4505, 495, 1100, 'pending', '2026-11-27 09:54:29.50677+00', 0, 0),
	(21, 22, 21, 5000, 4505, 495, 1100, 'void', '2026-11-27 09:54:29.596699+00', 0, 0),
	(22, 23, 22, 5000, 4505, 495, 1100, 'void', '2026-11-27 09:54:29.701322+00', 0, 0),
	(23, 24, 23, 5000, 4505, 495, 1100, 'void', '2026-11-27 09:54:29.789475+00', 0, 0),
	(24, 25, 24, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:29.82386+00', 0, 0),
	(25, 26, 25, 299700, 270000, 29700, 1100, 'due', '2026-11-27 09:54:29.931642+00', 0, 0),
	(26, 27, 26, 99900, 90000, 9900, 1100, 'pending', '2026-11-27 09:54:30.032894+00', 0, 0),
	(27, 28, 27, 5000, 4505, 495, 1100, 'pending', '2026-11-27 09:54:30.069237+00', 0, 0),
	(28, 29, 28, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:30.170186+00', 0, 0),
	(34, 35, 34, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:31.194189+00', 0, 0),
	(29, 30, 29, 5000, 4505, 495, 1100, 'credited', '2026-11-27 09:54:30.327961+00', 4505, 495),
	(43, 44, 43, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:33.104273+00', 0, 0),
	(47, 48, 47, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:34.064894+00', 0, 0),
	(44, 45, 44, 5000, 4505, 495, 1100, 'credited', '2026-11-27 09:54:33.334992+00', 4505, 495),
	(35, 36, 35, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:31.470093+00', 0, 0),
	(48, 49, 48, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:34.336238+00', 0, 0),
	(36, 37, 36, 5000, 4505, 495, 1100, 'credited', '2026-11-27 09:54:31.771726+00', 4505, 495),
	(37, 38, 37, 5000, 4505, 495, 1100, 'pending', '2026-11-27 09:54:31.916221+00', 0, 0),
	(45, 46, 45, 5000, 4505, 495, 1100, 'partially_credited', '2026-11-27 09:54:33.542714+00', 901, 99),
	(38, 39, 38, 5000, 4505, 495, 1100, 'partially_credited', '2026-11-27 09:54:32.044113+00', 2703, 297),
	(39, 40, 39, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:32.215148+00', 0, 0),
	(40, 41, 40, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:32.376548+00', 0, 0),
	(41, 42, 41, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:32.667146+00', 0, 0),
	(49, 50, 49, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:45.185047+00', 0, 0),
	(50, 51, 50, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:45.359292+00', 0, 0),
	(46, 47, 46, 5000, 4505, 495, 1100, 'credited', '2026-11-27 09:54:33.754936+00', 4505, 495);
INSERT INTO tax_records VALUES
	(51, 52, 51, 5000, 4505, 495, 1100, 'due', '2026-11-27 09:54:45.454205+00', 0, 0),
	(52, 53, 52, 5000, 4505, 495, 1100, 'pending', '2026-11-27 09:54:45.984103+00', 0, 0),
	(53, 54, 53, 5000, 4505, 495, 1100, 'pending', '2026-11-27 09:54:46.687595+00', 0, 0);
INSERT INTO users VALUES
	(1, 'patient@test.com', '2026-11-27 09:54:26.165048+00'),
	(2, 'patient2@test.com', '2026-11-27 09:54:26.165048+00'),
	(3, 'staff@test.com', '2026-11-27 09:54:26.165048+00'),
	(4, 'fixture-patient', '2026-11-27 09:54:27.214265+00'),
	(5, 'fixture-patient-2', '2026-11-27 09:54:27.251+00'),
	(6, 'fixture-staff', '2026-11-27 09:54:27.274431+00'),
	(7, 'fixture-service', '2026-11-27 09:54:27.294921+00');
INSERT INTO webhook_events OVERRIDING SYSTEM VALUE VALUES
	(1, 'evt_QVnVRPPAvHWqRXLFDNsGJbSH', 'checkout.session.expired', false, '{
  "id": "evt_QVnVRPPAvHWqRXLFDNsGJbSH",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773269,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": null,
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_RHw46twQ38YGWVOnbjwCK3eacq70Jzxiki6CNCSAyMQxk9GsR6P1jEoIOj",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=20&left=1",
      "client_reference_id": "4623a8da-a28f-46c1-9d8a-20685a67e770",
      "created": 1795773269,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": null,
      "customer_email": null,
      "expires_at": 1795859669,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "20",
        "ref": "4623a8da-a28f-46c1-9d8a-20685a67e770",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "unpaid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "expired",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=20&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_EGa5yqPNRS6lMq",
    "idempotency_key": "stripe-node-retry-c0f37708-07c5-4e51-8214-e705c591b40f"
  },
  "type": "checkout.session.expired"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:34.447384+00', 'nothing_new', 20, '2026-11-27 09:54:29.447384+00', '2026-11-27 09:54:29.462195+00'),
	(2, 'evt_CdN30kNnM8gr0UG2oTB9UJJL', 'checkout.session.completed', false, '{
  "id": "evt_CdN30kNnM8gr0UG2oTB9UJJL",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773269,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_TQxuObXf5OEamN9mW0sHP8HD",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_e1TS7Jb3ov51SRGNo9fncSeY0jygU1oyjl652KDxZd9Axge37RwgEMd1ss",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=21&left=1",
      "client_reference_id": "3aaefd46-0423-4f65-a02d-e2fd5e793d09",
      "created": 1795773269,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859669,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "21",
        "ref": "3aaefd46-0423-4f65-a02d-e2fd5e793d09",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "unpaid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=21&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:34.563654+00', 'processing', 21, '2026-11-27 09:54:29.563654+00', '2026-11-27 09:54:29.572148+00'),
	(3, 'evt_FwG6kRb3bKIvjipGrmSTE6ol', 'checkout.session.completed', false, '{
  "id": "evt_FwG6kRb3bKIvjipGrmSTE6ol",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773269,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_qtlto9KjhWAKC8VZ5uTp4buu",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_vqolA4Xyt1AsFIdKJ2LcV9X48VTCEe9DP8aFFXI0FoBKjkZTDuLyeF4zBi",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=22&left=1",
      "client_reference_id": "a1e7f18b-a83c-4aed-a955-d28591ac984b",
      "created": 1795773269,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859669,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "22",
        "ref": "a1e7f18b-a83c-4aed-a955-d28591ac984b",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "unpaid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=22&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:34.641969+00', 'processing', 22, '2026-11-27 09:54:29.641969+00', '2026-11-27 09:54:29.643833+00'),
	(5, 'evt_601m97O9d7PatA614UAmossX', 'checkout.session.expired', false, '{
  "id": "evt_601m97O9d7PatA614UAmossX",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773269,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": null,
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_b8rRHcct95bg6gEMCnV9cqPdy7sy67aBrDxOEgmoYpsZhx5BjpL7grupI3",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=23&left=1",
      "client_reference_id": "74abb0f8-9150-4acd-9f91-3e8e950a85d8",
      "created": 1795773269,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": null,
      "customer_email": null,
      "expires_at": 1795859669,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "23",
        "ref": "74abb0f8-9150-4acd-9f91-3e8e950a85d8",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "unpaid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "expired",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=23&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_zgEgbtgnf22LAr",
    "idempotency_key": null
  },
  "type": "checkout.session.expired"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:34.729549+00', 'expired', 23, '2026-11-27 09:54:29.729549+00', '2026-11-27 09:54:29.731723+00'),
	(81, 'evt_BVThCquJoPh0pzWoEDpEOZZa', 'checkout.session.completed', false, '{
  "id": "evt_BVThCquJoPh0pzWoEDpEOZZa",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773285,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_2pYqzyFZPwszmUrcXqMeNwBW",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_w4uKEc4se44YLdNrGKZEr9jh2trPYGCQ1JGnh22qD5Y7aCdp0SH8Rnn8U1",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=50&left=1",
      "client_reference_id": "855efc06-d700-49ef-9b07-5833b45b71ce",
      "created": 1795773285,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859685,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "50",
        "ref": "855efc06-d700-49ef-9b07-5833b45b71ce",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=50&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:50.295133+00', 'completed', 50, '2026-11-27 09:54:45.295133+00', '2026-11-27 09:54:45.299283+00'),
	(4, 'evt_XxOUM0uIi4NWTlAiMkxCaU7D', 'checkout.session.async_payment_failed', false, '{
  "id": "evt_XxOUM0uIi4NWTlAiMkxCaU7D",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773269,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_qtlto9KjhWAKC8VZ5uTp4buu",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_vqolA4Xyt1AsFIdKJ2LcV9X48VTCEe9DP8aFFXI0FoBKjkZTDuLyeF4zBi",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=22&left=1",
      "client_reference_id": "a1e7f18b-a83c-4aed-a955-d28591ac984b",
      "created": 1795773269,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859669,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "22",
        "ref": "a1e7f18b-a83c-4aed-a955-d28591ac984b",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "unpaid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=22&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.async_payment_failed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:34.642759+00', 'failed', 22, '2026-11-27 09:54:29.642759+00', '2026-11-27 09:54:29.653917+00'),
	(11, 'evt_PVzaSPYxkzcClMw0PqWB6rAk', 'refund.created', false, '{
  "id": "evt_PVzaSPYxkzcClMw0PqWB6rAk",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "id": "re_0ARKVUbjDcNkabORJs6X0r76",
      "object": "refund",
      "amount": 5000,
      "balance_transaction": "txn_lFq5rlYuwfr36WDykMy85Luc",
      "charge": "ch_jl4aLRHLY3qCYiN113Sh5yw3",
      "created": 1795773270,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "957f3f21-436a-454b-b704-60d645d06236",
        "refund_id": "9",
        "purchaseId": "29"
      },
      "payment_intent": "pi_YUdFiOsLSUHU5hPZ56KmyNU5",
      "payment_method": "pm_UEZY2tNCkygpTRUkoCBmxbIW",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "succeeded",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_0qCGWSWzQjbIxV",
    "idempotency_key": "refund:957f3f21-436a-454b-b704-60d645d06236:1"
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:35.280625+00', 'nothing_new', 29, '2026-11-27 09:54:30.280625+00', '2026-11-27 09:54:30.296608+00'),
	(16, 'evt_OYFlCrQO0cvRunJVJJtPreJm', 'charge.refunded', false, '{
  "id": "evt_OYFlCrQO0cvRunJVJJtPreJm",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "id": "ch_NXSEmDdKU2FSnZ5W9h6s2aJa",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 5000,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_0ns7yx1YLmqaI9bNdoMeI0SM",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773270,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "30",
        "ref": "c025c6bb-6691-4792-9f3c-d67ae44dbf5d",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_Mw9m0Q4sRiTqwtPvCC8OtFlx",
      "payment_method": "pm_FIqN6F1L3HLItG3edd1I0rqs",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": true,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_xKFS0gpAmgLx5D",
    "idempotency_key": "refund:84acfb8c-ef31-41c9-8d1c-767047203c4f:1"
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:35.457223+00', 'not a type we act on', NULL, '2026-11-27 09:54:30.457223+00', '2026-11-27 09:54:30.4594+00'),
	(19, 'evt_GjI3t2cuE2YpLp2irGDLMPKs', 'refund.created', false, '{
  "id": "evt_GjI3t2cuE2YpLp2irGDLMPKs",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "id": "re_qaYLn6EUZlNDfZsp9ITG48Mb",
      "object": "refund",
      "amount": 1999,
      "balance_transaction": "txn_bdykX5nhM4vwuU8Yt0nZVdKT",
      "charge": "ch_Y2KiWMxfOVkWkKjYYkZpeIMA",
      "created": 1795773270,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "f62f58e5-ea7c-4fd7-ae2d-15e3ffdeb78d",
        "refund_id": "11",
        "purchaseId": "31"
      },
      "payment_intent": "pi_mPw4tslK3j9djFQgpLnz1FfN",
      "payment_method": "pm_we8zyvpO2Mbmia5PouGz0NxZ",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "succeeded",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_5eF5K6aSQ06zdn",
    "idempotency_key": "refund:f62f58e5-ea7c-4fd7-ae2d-15e3ffdeb78d:1"
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:35.59264+00', 'nothing_new', 31, '2026-11-27 09:54:30.59264+00', '2026-11-27 09:54:30.618646+00'),
	(6, 'evt_8o82mMvZaovYYQ9P8aP1NGWg', 'checkout.session.completed', false, '{
  "id": "evt_8o82mMvZaovYYQ9P8aP1NGWg",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773269,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_dfwmD0UAlWwIry0syenIkJ3h",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_N1f66nX5sbUlEptr4QxTHTlfUeR7GEus8KcmRyDIETSxqmRW3Iy17YyjfY",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=25&left=1",
      "client_reference_id": "4be910d0-d488-48ac-bd95-c4d1d9bd3e24",
      "created": 1795773269,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859669,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "idempotency_key": "stripe-completed",
        "purchaseId": "25",
        "ref": "4be910d0-d488-48ac-bd95-c4d1d9bd3e24",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=25&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:34.8653+00', 'completed', 25, '2026-11-27 09:54:29.8653+00', '2026-11-27 09:54:29.867044+00'),
	(7, 'evt_DBq77tNQAVnATA0SaDp0SWWo', 'checkout.session.completed', false, '{
  "id": "evt_DBq77tNQAVnATA0SaDp0SWWo",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773269,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_heDdb6bK4vHxYlq9FA5wIc7V",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_rZZnkPWwwI95W8innm8HvCydGmnq6GmCMWwKK5sLN3MBQtz9tPqSPs3q0z",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 299700,
      "amount_total": 299700,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=26&left=1",
      "client_reference_id": "461d6649-e444-46e5-aade-98ac330d8dca",
      "created": 1795773269,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859669,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "idempotency_key": "order-paid",
        "purchaseId": "26",
        "ref": "461d6649-e444-46e5-aade-98ac330d8dca",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=26&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:34.972711+00', 'completed', 26, '2026-11-27 09:54:29.972711+00', '2026-11-27 09:54:29.974211+00'),
	(8, 'evt_iE7B4EyUOfYTYoPowbGiuaAc', 'checkout.session.completed', false, '{
  "id": "evt_iE7B4EyUOfYTYoPowbGiuaAc",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_oes1IyTdgW7PyyIIFdbdzzlD",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_qn8AhcLUoOTEcBILBPU0hxyrGiMXsztwcmVpf8NBT8rqFJy65rlRMuqMGp",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 4999,
      "amount_total": 4999,
      "billing_address_collection": null,
      "cancel_url": null,
      "client_reference_id": null,
      "created": 1795773270,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "stranger@example.com",
        "individual_name": null,
        "name": "A Stranger",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859670,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "purchaseId": "28",
        "ref": "edec9a3f-bedb-423f-b746-fd3f921ce795"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "https://shop.example/thanks",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'quarantined', 1, '2026-11-27 09:54:35.112385+00', 'amount or currency differ', 28, '2026-11-27 09:54:30.112385+00', '2026-11-27 09:54:30.113565+00'),
	(9, 'evt_L16tPI2De9FPA6OUGZpzJd1u', 'checkout.session.completed', false, '{
  "id": "evt_L16tPI2De9FPA6OUGZpzJd1u",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_DZolESw5TCIu0oAxTIUs8I8v",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_K7Y3Swt7zhCKcmI7ns01sz8pSF7f28xwz0gaiQiAYG9KfEsmbSbEcfvB0l",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=29&left=1",
      "client_reference_id": "ba9e8557-b7de-4cd2-9726-bda54081ab8a",
      "created": 1795773270,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859670,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "29",
        "ref": "ba9e8557-b7de-4cd2-9726-bda54081ab8a",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=29&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:35.194188+00', 'completed', 29, '2026-11-27 09:54:30.194188+00', '2026-11-27 09:54:30.195583+00'),
	(82, 'evt_R3XSZa6ZcgkEmeiiYC8cBg68', 'checkout.session.completed', false, '{
  "id": "evt_R3XSZa6ZcgkEmeiiYC8cBg68",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773285,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_QIdM8GGVjJHXvHG0LzcWs6Gu",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_ffmpiwTrNaVukhC4e3ERaRxLBKMKmDgMGrNTgt77SaiF1FSum6pwQDciNG",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=51&left=1",
      "client_reference_id": "fc7cfe8f-a670-4305-aeca-0c1359b4b4a6",
      "created": 1795773285,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859685,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "51",
        "ref": "fc7cfe8f-a670-4305-aeca-0c1359b4b4a6",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=51&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:50.39392+00', 'completed', 51, '2026-11-27 09:54:45.39392+00', '2026-11-27 09:54:45.395442+00'),
	(10, 'evt_5FBP9UuD16E1ojfkexzcucwQ', 'checkout.session.completed', false, '{
  "id": "evt_5FBP9UuD16E1ojfkexzcucwQ",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_YUdFiOsLSUHU5hPZ56KmyNU5",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_pgGVotgEufykkjjt76YePWG7kIADx7jlRpwr69ZS2UsygsC9kGGXGHaSrG",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": null,
      "client_reference_id": null,
      "created": 1795773270,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "stranger@example.com",
        "individual_name": null,
        "name": "A Stranger",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859670,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "purchaseId": "29",
        "ref": "ba9e8557-b7de-4cd2-9726-bda54081ab8a"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "https://shop.example/thanks",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:35.256619+00', 'returned', 29, '2026-11-27 09:54:30.256619+00', '2026-11-27 09:54:30.258412+00'),
	(12, 'evt_JToC4iySnpiva8EB27pd5PIM', 'charge.refunded', false, '{
  "id": "evt_JToC4iySnpiva8EB27pd5PIM",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "id": "ch_jl4aLRHLY3qCYiN113Sh5yw3",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 5000,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_5cCoFG81ru8azE13fhrfIUB4",
      "billing_details": {
        "address": null,
        "email": "stranger@example.com",
        "name": "A Stranger",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773270,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "29",
        "ref": "ba9e8557-b7de-4cd2-9726-bda54081ab8a"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_YUdFiOsLSUHU5hPZ56KmyNU5",
      "payment_method": "pm_UEZY2tNCkygpTRUkoCBmxbIW",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": true,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_0qCGWSWzQjbIxV",
    "idempotency_key": "refund:957f3f21-436a-454b-b704-60d645d06236:1"
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:35.286709+00', 'not a type we act on', NULL, '2026-11-27 09:54:30.286709+00', '2026-11-27 09:54:30.288586+00'),
	(13, 'evt_0V0xVEbRsT6H8CtHJIsos0eD', 'checkout.session.completed', false, '{
  "id": "evt_0V0xVEbRsT6H8CtHJIsos0eD",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_DYsve1lY45BqqZcWjpsrIA24",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_ZlAr4StjSOiDKkNWTyqb2v8m4eM3P1x2axC6ZOQLtJqjO1iNzKAuJ3aUfp",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 777,
      "amount_total": 777,
      "billing_address_collection": null,
      "cancel_url": null,
      "client_reference_id": null,
      "created": 1795773270,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "stranger@example.com",
        "individual_name": null,
        "name": "A Stranger",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859670,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {},
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "https://shop.example/thanks",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'foreign', 1, '2026-11-27 09:54:35.314089+00', 'not ours', NULL, '2026-11-27 09:54:30.314089+00', '2026-11-27 09:54:30.315352+00'),
	(14, 'evt_r3VOpKht8L6EsHxYUNOKJeQy', 'checkout.session.completed', false, '{
  "id": "evt_r3VOpKht8L6EsHxYUNOKJeQy",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_Mw9m0Q4sRiTqwtPvCC8OtFlx",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_eLmNQ42A8QkNtghFaUfi7TA7Zfl646AMzjWqpLm5nKD8ShTj7PDndlsDaH",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=30&left=1",
      "client_reference_id": "c025c6bb-6691-4792-9f3c-d67ae44dbf5d",
      "created": 1795773270,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859670,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "30",
        "ref": "c025c6bb-6691-4792-9f3c-d67ae44dbf5d",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=30&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:35.364387+00', 'completed', 30, '2026-11-27 09:54:30.364387+00', '2026-11-27 09:54:30.368711+00'),
	(15, 'evt_F75yEZdDGfdlFrYq5cBShc0V', 'refund.created', false, '{
  "id": "evt_F75yEZdDGfdlFrYq5cBShc0V",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "id": "re_Eke7ZQ1diCzmLvUg5AOH21DA",
      "object": "refund",
      "amount": 5000,
      "balance_transaction": "txn_a616Z5qMOVVuJD5kicyieeaq",
      "charge": "ch_NXSEmDdKU2FSnZ5W9h6s2aJa",
      "created": 1795773270,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "84acfb8c-ef31-41c9-8d1c-767047203c4f",
        "refund_id": "10",
        "purchaseId": "30"
      },
      "payment_intent": "pi_Mw9m0Q4sRiTqwtPvCC8OtFlx",
      "payment_method": "pm_FIqN6F1L3HLItG3edd1I0rqs",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "succeeded",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_xKFS0gpAmgLx5D",
    "idempotency_key": "refund:84acfb8c-ef31-41c9-8d1c-767047203c4f:1"
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:35.454839+00', 'nothing_new', 30, '2026-11-27 09:54:30.454839+00', '2026-11-27 09:54:30.481188+00'),
	(83, 'evt_ZKB1riflrkXhq8CJsb5gAD0Q', 'checkout.session.completed', false, '{
  "id": "evt_ZKB1riflrkXhq8CJsb5gAD0Q",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773285,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_Nhi1ijsWKwPkKipIq0Ndguuw",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_VB0vjWtjlbkfy1XrrjxzgMrsx1e159eX65YbyTrhWnrcxapzXQ7jPZUcuK",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=52&left=1",
      "client_reference_id": "f97e62f2-2fc6-462a-99da-90019adde82a",
      "created": 1795773285,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859685,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "52",
        "ref": "f97e62f2-2fc6-462a-99da-90019adde82a",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=52&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:50.482624+00', 'completed', 52, '2026-11-27 09:54:45.482624+00', '2026-11-27 09:54:45.483799+00'),
	(18, 'evt_5WkdvrrQhjFMLVJtIC2V4h4i', 'charge.refunded', false, '{
  "id": "evt_5WkdvrrQhjFMLVJtIC2V4h4i",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "id": "ch_Y2KiWMxfOVkWkKjYYkZpeIMA",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 1999,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_OOdEglN1WfkJ2hLbtdzsnXrs",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773270,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "31",
        "ref": "438a25c6-981e-4128-b4f9-adc9776eb506",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_mPw4tslK3j9djFQgpLnz1FfN",
      "payment_method": "pm_we8zyvpO2Mbmia5PouGz0NxZ",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": false,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_5eF5K6aSQ06zdn",
    "idempotency_key": "refund:f62f58e5-ea7c-4fd7-ae2d-15e3ffdeb78d:1"
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:35.59089+00', 'not a type we act on', NULL, '2026-11-27 09:54:30.59089+00', '2026-11-27 09:54:30.593177+00'),
	(23, 'evt_yc6RhIBwTdV1C8nq4kG1LkTN', 'charge.refunded', false, '{
  "id": "evt_yc6RhIBwTdV1C8nq4kG1LkTN",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "id": "ch_LipvsrPyuNAKfIfdtxkp9ZpU",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 1500,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_OETsI2sCgMfELQmW7sJXIJ9Z",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773270,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "32",
        "ref": "550486af-d76e-4490-9f09-73375768269b",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_QnsgK1eFBiUTq8qt1lHI31C0",
      "payment_method": "pm_1unG5KrQsJfUmgTiGVdiOYy8",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": false,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_EG8SRYx0LNA6ou",
    "idempotency_key": "refund:9b09ab88-8e5a-4d5f-b243-a7b82f2e97cb:1"
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:35.787238+00', 'not a type we act on', NULL, '2026-11-27 09:54:30.787238+00', '2026-11-27 09:54:30.789829+00'),
	(17, 'evt_5d8Sn9HfzNBdDcPRCEXRCDJz', 'checkout.session.completed', false, '{
  "id": "evt_5d8Sn9HfzNBdDcPRCEXRCDJz",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_mPw4tslK3j9djFQgpLnz1FfN",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_au8hfYBALiPKA0yA7jPpoXxT5P5srKfXEH0cFaX8uqoXMjaf7YrbZGfqjF",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=31&left=1",
      "client_reference_id": "438a25c6-981e-4128-b4f9-adc9776eb506",
      "created": 1795773270,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859670,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "31",
        "ref": "438a25c6-981e-4128-b4f9-adc9776eb506",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=31&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:35.514774+00', 'completed', 31, '2026-11-27 09:54:30.514774+00', '2026-11-27 09:54:30.515978+00'),
	(20, 'evt_HmFUNeVg9pqiqsIreKV458he', 'refund.created', false, '{
  "id": "evt_HmFUNeVg9pqiqsIreKV458he",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "id": "re_mdAQRZD89QRuKOzPEBpuzXpl",
      "object": "refund",
      "amount": 1,
      "balance_transaction": "txn_YVCNnGKxsFnN6Xg3CDBclCK2",
      "charge": "ch_Y2KiWMxfOVkWkKjYYkZpeIMA",
      "created": 1795773270,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "9a98b5c5-223b-4c1a-a2a8-62939e817f04",
        "refund_id": "12",
        "purchaseId": "31"
      },
      "payment_intent": "pi_mPw4tslK3j9djFQgpLnz1FfN",
      "payment_method": "pm_we8zyvpO2Mbmia5PouGz0NxZ",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "succeeded",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_e2JAXU1MwSvwTf",
    "idempotency_key": "refund:9a98b5c5-223b-4c1a-a2a8-62939e817f04:1"
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:35.649971+00', 'nothing_new', 31, '2026-11-27 09:54:30.649971+00', '2026-11-27 09:54:30.665551+00'),
	(22, 'evt_MzspYsyJ8EoaAS8nRQSSZXJ6', 'checkout.session.completed', false, '{
  "id": "evt_MzspYsyJ8EoaAS8nRQSSZXJ6",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_QnsgK1eFBiUTq8qt1lHI31C0",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_s83W8qzSwBtPEJTCZArLWEzpKEU7IfDLqYdVH7v8Cf7GkZf3KNuU1oHNUv",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=32&left=1",
      "client_reference_id": "550486af-d76e-4490-9f09-73375768269b",
      "created": 1795773270,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859670,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "32",
        "ref": "550486af-d76e-4490-9f09-73375768269b",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=32&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:35.703935+00', 'completed', 32, '2026-11-27 09:54:30.703935+00', '2026-11-27 09:54:30.705407+00'),
	(26, 'evt_NWPdsZyz81iIfArt8r7dgcnS', 'refund.created', false, '{
  "id": "evt_NWPdsZyz81iIfArt8r7dgcnS",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "id": "re_w122ChoqKL09sX39Td8sS5QH",
      "object": "refund",
      "amount": 1500,
      "balance_transaction": null,
      "charge": "ch_P7NF3UI0ZyhDABU8OIuITUBc",
      "created": 1795773270,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "1b60434d-19f6-456f-a1e5-ce2336d0ee3b",
        "refund_id": "14",
        "purchaseId": "33"
      },
      "payment_intent": "pi_nx4KMNGf9z1i13xiN7wGrFKT",
      "payment_method": "pm_hRVWkbvam0832iT4MwYr14Hx",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "requires_action",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_oSQwOR2DAT28n5",
    "idempotency_key": "refund:1b60434d-19f6-456f-a1e5-ce2336d0ee3b:1"
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:35.993081+00', 'on_its_way', 33, '2026-11-27 09:54:30.993081+00', '2026-11-27 09:54:31.011014+00'),
	(85, 'evt_O14SKjgMU5GX79j8aDUzdP81', 'charge.refunded', false, '{
  "id": "evt_O14SKjgMU5GX79j8aDUzdP81",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773286,
  "data": {
    "object": {
      "id": "ch_ALoyD4Hnq1XPZ9Vv6Ca03vM2",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 2000,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_vCsITMSUzEmlbsCtqW8PndRY",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773285,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "52",
        "ref": "f97e62f2-2fc6-462a-99da-90019adde82a",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_Nhi1ijsWKwPkKipIq0Ndguuw",
      "payment_method": "pm_aMYj5qwqylDwfxvPaSuPWqkf",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": false,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:51.411402+00', 'not a type we act on', NULL, '2026-11-27 09:54:46.411402+00', '2026-11-27 09:54:46.41395+00'),
	(21, 'evt_7eXb2hkSNj0CrKwlh4WASQDp', 'charge.refunded', false, '{
  "id": "evt_7eXb2hkSNj0CrKwlh4WASQDp",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "id": "ch_Y2KiWMxfOVkWkKjYYkZpeIMA",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 2000,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_OOdEglN1WfkJ2hLbtdzsnXrs",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773270,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "31",
        "ref": "438a25c6-981e-4128-b4f9-adc9776eb506",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_mPw4tslK3j9djFQgpLnz1FfN",
      "payment_method": "pm_we8zyvpO2Mbmia5PouGz0NxZ",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": false,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 1999,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_e2JAXU1MwSvwTf",
    "idempotency_key": "refund:9a98b5c5-223b-4c1a-a2a8-62939e817f04:1"
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:35.650905+00', 'not a type we act on', NULL, '2026-11-27 09:54:30.650905+00', '2026-11-27 09:54:30.660277+00'),
	(24, 'evt_mHZbx5sgEYgCMoA5Y0ztqNRz', 'refund.created', false, '{
  "id": "evt_mHZbx5sgEYgCMoA5Y0ztqNRz",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "id": "re_R2zQXwmTeHV8TcBSEIOalz42",
      "object": "refund",
      "amount": 1500,
      "balance_transaction": "txn_d63sY96WOUHXONVituA78x8W",
      "charge": "ch_LipvsrPyuNAKfIfdtxkp9ZpU",
      "created": 1795773270,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "pending_reason": "processing",
      "metadata": {
        "ref": "9b09ab88-8e5a-4d5f-b243-a7b82f2e97cb",
        "refund_id": "13",
        "purchaseId": "32"
      },
      "payment_intent": "pi_QnsgK1eFBiUTq8qt1lHI31C0",
      "payment_method": "pm_1unG5KrQsJfUmgTiGVdiOYy8",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "pending",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_EG8SRYx0LNA6ou",
    "idempotency_key": "refund:9b09ab88-8e5a-4d5f-b243-a7b82f2e97cb:1"
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:35.787669+00', 'on_its_way', 32, '2026-11-27 09:54:30.787669+00', '2026-11-27 09:54:30.812055+00'),
	(25, 'evt_9UuvWKPVyw5efAU46FdEmTDq', 'checkout.session.completed', false, '{
  "id": "evt_9UuvWKPVyw5efAU46FdEmTDq",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_nx4KMNGf9z1i13xiN7wGrFKT",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_gqqAq7JbIqLNfvip35dwXjqBIO8Tl7sm8ep7NcNN0WJVeffepP62YzZph6",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=33&left=1",
      "client_reference_id": "d57d3f0a-1c2f-47f4-b1ae-ac0c865255ea",
      "created": 1795773270,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859670,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "33",
        "ref": "d57d3f0a-1c2f-47f4-b1ae-ac0c865255ea",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=33&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:35.893985+00', 'completed', 33, '2026-11-27 09:54:30.893985+00', '2026-11-27 09:54:30.895974+00'),
	(29, 'evt_5gynBfvJJ1NbGIgyT4e7ERQG', 'refund.created', false, '{
  "id": "evt_5gynBfvJJ1NbGIgyT4e7ERQG",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "re_i5xXsLnvCWXYtYjL9pz9Lm2d",
      "object": "refund",
      "amount": 5000,
      "balance_transaction": null,
      "charge": "ch_IAh0yaN55C6iNOh0DXXzUCzX",
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "failure_reason": "unknown",
      "metadata": {
        "ref": "72eb4625-2879-48dd-8feb-4762cb467eb6",
        "refund_id": "15",
        "purchaseId": "34"
      },
      "payment_intent": "pi_1ueIXA5CTnuth509yujwdlfL",
      "payment_method": "pm_IiGwJj4sPAWZukeXP7v43CH9",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "failed",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_eLP9aqHn6oubgy",
    "idempotency_key": "refund:72eb4625-2879-48dd-8feb-4762cb467eb6:1"
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.155783+00', 'nothing_new', 34, '2026-11-27 09:54:31.155783+00', '2026-11-27 09:54:31.19832+00'),
	(27, 'evt_z4TJvLsMuVaOCc2ShvdKtR72', 'charge.refunded', false, '{
  "id": "evt_z4TJvLsMuVaOCc2ShvdKtR72",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773270,
  "data": {
    "object": {
      "id": "ch_P7NF3UI0ZyhDABU8OIuITUBc",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 1500,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_z1B7JWtsZTG3Ut3BvjOjVHpx",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773270,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "33",
        "ref": "d57d3f0a-1c2f-47f4-b1ae-ac0c865255ea",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_nx4KMNGf9z1i13xiN7wGrFKT",
      "payment_method": "pm_hRVWkbvam0832iT4MwYr14Hx",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": false,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_oSQwOR2DAT28n5",
    "idempotency_key": "refund:1b60434d-19f6-456f-a1e5-ce2336d0ee3b:1"
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:35.993729+00', 'not a type we act on', NULL, '2026-11-27 09:54:30.993729+00', '2026-11-27 09:54:30.995724+00'),
	(84, 'evt_fGU0P8CLBSqXJ68i6c4R9Ouk', 'refund.created', false, '{
  "id": "evt_fGU0P8CLBSqXJ68i6c4R9Ouk",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773286,
  "data": {
    "object": {
      "id": "re_3frh3KLxK7DXbelbo9T9AxKS",
      "object": "refund",
      "amount": 2000,
      "balance_transaction": "txn_D6HsZF7MatPC3JfyNadhCunQ",
      "charge": "ch_ALoyD4Hnq1XPZ9Vv6Ca03vM2",
      "created": 1795773286,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {},
      "payment_intent": "pi_Nhi1ijsWKwPkKipIq0Ndguuw",
      "payment_method": "pm_aMYj5qwqylDwfxvPaSuPWqkf",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "succeeded",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "refund.created"
}', 'webhook', 'pending', 1, '2026-11-27 09:54:51.884157+00', 'NotYet: a refund of ours waits for its answer', NULL, '2026-11-27 09:54:46.405694+00', NULL),
	(28, 'evt_ULHUOqUoE5e2xYvB9YpMaR7h', 'checkout.session.completed', false, '{
  "id": "evt_ULHUOqUoE5e2xYvB9YpMaR7h",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_1ueIXA5CTnuth509yujwdlfL",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_qxPtqpGQkigDdZNK0HcqN5cqBOuzgC2M8YY9sOs0JCUodXI6sugCEcit46",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=34&left=1",
      "client_reference_id": "c079f478-0ab3-43bd-ac53-45cb49c1cc3f",
      "created": 1795773271,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859671,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "34",
        "ref": "c079f478-0ab3-43bd-ac53-45cb49c1cc3f",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=34&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.060945+00', 'completed', 34, '2026-11-27 09:54:31.060945+00', '2026-11-27 09:54:31.062375+00'),
	(30, 'evt_R2RA1E5XjUXSiHMstt6IBDZj', 'refund.failed', false, '{
  "id": "evt_R2RA1E5XjUXSiHMstt6IBDZj",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "re_i5xXsLnvCWXYtYjL9pz9Lm2d",
      "object": "refund",
      "amount": 5000,
      "balance_transaction": null,
      "charge": "ch_IAh0yaN55C6iNOh0DXXzUCzX",
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "failure_reason": "unknown",
      "metadata": {
        "ref": "72eb4625-2879-48dd-8feb-4762cb467eb6",
        "refund_id": "15",
        "purchaseId": "34"
      },
      "payment_intent": "pi_1ueIXA5CTnuth509yujwdlfL",
      "payment_method": "pm_IiGwJj4sPAWZukeXP7v43CH9",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "failed",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_eLP9aqHn6oubgy",
    "idempotency_key": "refund:72eb4625-2879-48dd-8feb-4762cb467eb6:1"
  },
  "type": "refund.failed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.156584+00', 'nothing_new', 34, '2026-11-27 09:54:31.156584+00', '2026-11-27 09:54:31.181715+00'),
	(31, 'evt_6k1thBmYUfpI8Qec0ybgTNfh', 'checkout.session.completed', false, '{
  "id": "evt_6k1thBmYUfpI8Qec0ybgTNfh",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_fpe0ICGXvN2TgGGZjE1K2vOR",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_ytrpbzW6hX1kVfzZesFTCMmMWHjK2IuotYt1I9wzoktEkQ5dwLbVMLmk4k",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=35&left=1",
      "client_reference_id": "829012bb-9198-4fcc-badf-c0a2a884ac78",
      "created": 1795773271,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859671,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "35",
        "ref": "829012bb-9198-4fcc-badf-c0a2a884ac78",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=35&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.255494+00', 'completed', 35, '2026-11-27 09:54:31.255494+00', '2026-11-27 09:54:31.269958+00'),
	(32, 'evt_VZuToh71kcvPak1WmYBs2lj5', 'charge.refunded', false, '{
  "id": "evt_VZuToh71kcvPak1WmYBs2lj5",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "ch_NfYGtvF3DuLOpjccsODxzTE2",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 5000,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_PHbAF8qteMh0JTDnxTxxjSSZ",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "35",
        "ref": "829012bb-9198-4fcc-badf-c0a2a884ac78",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_fpe0ICGXvN2TgGGZjE1K2vOR",
      "payment_method": "pm_JJLj1wFaafDh2JAHaicl86qT",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": true,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_uw0IXcqP800og8",
    "idempotency_key": "refund:3a69d12c-4d81-47d0-bdab-bc02da952192:1"
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:36.360261+00', 'not a type we act on', NULL, '2026-11-27 09:54:31.360261+00', '2026-11-27 09:54:31.361388+00'),
	(37, 'evt_HmxMZCek9cnVicLNH4pQlOxY', 'charge.refunded', false, '{
  "id": "evt_HmxMZCek9cnVicLNH4pQlOxY",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "ch_J0v9mxsDIlnmXw8KpuX6iQqy",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 2222,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_vJQkUaKXTHt63D5mWo54PuSs",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "36",
        "ref": "84314735-981b-4bb4-8c3a-82205aadd25f",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_hn2IsvKKQix3ax6FfEbKG2Ft",
      "payment_method": "pm_UfLa3WQ1IuKUOiM0wx8NFrTT",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": false,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_UHpJk2VaVIsuni",
    "idempotency_key": "refund:01465fea-98e6-4df1-ba50-318fae9f7eca:1"
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:36.635284+00', 'not a type we act on', NULL, '2026-11-27 09:54:31.635284+00', '2026-11-27 09:54:31.637267+00'),
	(39, 'evt_Vmfgs1Zyd3NgkiDYsIcRQAy0', 'refund.failed', false, '{
  "id": "evt_Vmfgs1Zyd3NgkiDYsIcRQAy0",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "re_ilYcD7ukeAKkzUZW5TNlbuAH",
      "object": "refund",
      "amount": 2222,
      "balance_transaction": "txn_JPA9meHP6cJo7XSNg0JfWDRL",
      "charge": "ch_J0v9mxsDIlnmXw8KpuX6iQqy",
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "01465fea-98e6-4df1-ba50-318fae9f7eca",
        "refund_id": "17",
        "purchaseId": "36"
      },
      "payment_intent": "pi_hn2IsvKKQix3ax6FfEbKG2Ft",
      "payment_method": "pm_UfLa3WQ1IuKUOiM0wx8NFrTT",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "failed",
      "transfer_reversal": null,
      "failure_reason": "unknown",
      "failure_balance_transaction": "txn_sZn4LU76aYYOKgsgM5REp0f0"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "refund.failed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.711688+00', 'nothing_new', 36, '2026-11-27 09:54:31.711688+00', '2026-11-27 09:54:31.74686+00'),
	(41, 'evt_jWbmBmVyTatSgKIViGxs5oCU', 'refund.created', false, '{
  "id": "evt_jWbmBmVyTatSgKIViGxs5oCU",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "re_fOkhZbIdn1q26c8P4LVdMiNv",
      "object": "refund",
      "amount": 5000,
      "balance_transaction": "txn_LL6JOVovsufOJhwqZPsOxSV0",
      "charge": "ch_98eh3aRARZaH1ZD6QjPwBk9M",
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "31a4bcd6-ef2e-4501-ac2b-11da21726dfc",
        "refund_id": "18",
        "purchaseId": "37"
      },
      "payment_intent": "pi_OIlqv2R2voW7dyRGS67yZWLD",
      "payment_method": "pm_zcSjBgAXGEeV0pVxrQ3Iuv56",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "succeeded",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_CoS8WBY8FzDlMN",
    "idempotency_key": "refund:31a4bcd6-ef2e-4501-ac2b-11da21726dfc:1"
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.885453+00', 'nothing_new', 37, '2026-11-27 09:54:31.885453+00', '2026-11-27 09:54:31.91386+00'),
	(33, 'evt_eZ0jPQE5Er9SDPNEEu2ME3g7', 'refund.created', false, '{
  "id": "evt_eZ0jPQE5Er9SDPNEEu2ME3g7",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "re_wcFCsuxep53pjCNkifgX40De",
      "object": "refund",
      "amount": 5000,
      "balance_transaction": "txn_rjAWG5fU1NEMiv26oTRa8PZF",
      "charge": "ch_NfYGtvF3DuLOpjccsODxzTE2",
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "pending_reason": "processing",
      "metadata": {
        "ref": "3a69d12c-4d81-47d0-bdab-bc02da952192",
        "refund_id": "16",
        "purchaseId": "35"
      },
      "payment_intent": "pi_fpe0ICGXvN2TgGGZjE1K2vOR",
      "payment_method": "pm_JJLj1wFaafDh2JAHaicl86qT",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "pending",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_uw0IXcqP800og8",
    "idempotency_key": "refund:3a69d12c-4d81-47d0-bdab-bc02da952192:1"
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.360991+00', 'on_its_way', 35, '2026-11-27 09:54:31.360991+00', '2026-11-27 09:54:31.388636+00'),
	(34, 'evt_je1mbnaZ2e62P59zHeSqFLYr', 'refund.updated', false, '{
  "id": "evt_je1mbnaZ2e62P59zHeSqFLYr",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "re_wcFCsuxep53pjCNkifgX40De",
      "object": "refund",
      "amount": 5000,
      "balance_transaction": "txn_rjAWG5fU1NEMiv26oTRa8PZF",
      "charge": "ch_NfYGtvF3DuLOpjccsODxzTE2",
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "3a69d12c-4d81-47d0-bdab-bc02da952192",
        "refund_id": "16",
        "purchaseId": "35"
      },
      "payment_intent": "pi_fpe0ICGXvN2TgGGZjE1K2vOR",
      "payment_method": "pm_JJLj1wFaafDh2JAHaicl86qT",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "canceled",
      "transfer_reversal": null,
      "failure_reason": "merchant_request",
      "failure_balance_transaction": "txn_mdqb6yYva96uE33YkmbSrZae"
    },
    "previous_attributes": {
      "status": "pending"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "refund.updated"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.410759+00', 'settled', 35, '2026-11-27 09:54:31.410759+00', '2026-11-27 09:54:31.415337+00'),
	(87, 'evt_7FerM7k8u9cIXlXzIeLwqsvL', 'refund.created', false, '{
  "id": "evt_7FerM7k8u9cIXlXzIeLwqsvL",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773286,
  "data": {
    "object": {
      "id": "re_d7EubMzxhKsdMRUZ4GmWFAha",
      "object": "refund",
      "amount": 600,
      "balance_transaction": "txn_QyYFRkzXd2Q3jGuEhW830xna",
      "charge": "ch_y2VcWzMwiOY5ckxj0v8AKpeL",
      "created": 1795773286,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {},
      "payment_intent": "pi_QIdM8GGVjJHXvHG0LzcWs6Gu",
      "payment_method": "pm_sdWsU9VpqepxB3vWzOw4Epfl",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "succeeded",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "refund.created"
}', 'webhook', 'pending', 1, '2026-11-27 09:54:51.433098+00', 'StripeUnavailable: Stripe unavailable', NULL, '2026-11-27 09:54:46.494422+00', NULL),
	(35, 'evt_O31gIZq25LqskVPXIqMKnrj4', 'checkout.session.completed', false, '{
  "id": "evt_O31gIZq25LqskVPXIqMKnrj4",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_hn2IsvKKQix3ax6FfEbKG2Ft",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_9dUxJYVqzsv5BfplIPrctjuWWFXeZL0Ml6oXhk5ZGtG8JFajCD9TnewKnb",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=36&left=1",
      "client_reference_id": "84314735-981b-4bb4-8c3a-82205aadd25f",
      "created": 1795773271,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859671,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "36",
        "ref": "84314735-981b-4bb4-8c3a-82205aadd25f",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=36&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.516414+00', 'completed', 36, '2026-11-27 09:54:31.516414+00', '2026-11-27 09:54:31.525073+00'),
	(36, 'evt_jcZj5NiptF0WWijguOSOXYC3', 'refund.created', false, '{
  "id": "evt_jcZj5NiptF0WWijguOSOXYC3",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "re_ilYcD7ukeAKkzUZW5TNlbuAH",
      "object": "refund",
      "amount": 2222,
      "balance_transaction": "txn_JPA9meHP6cJo7XSNg0JfWDRL",
      "charge": "ch_J0v9mxsDIlnmXw8KpuX6iQqy",
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "01465fea-98e6-4df1-ba50-318fae9f7eca",
        "refund_id": "17",
        "purchaseId": "36"
      },
      "payment_intent": "pi_hn2IsvKKQix3ax6FfEbKG2Ft",
      "payment_method": "pm_UfLa3WQ1IuKUOiM0wx8NFrTT",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "succeeded",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_UHpJk2VaVIsuni",
    "idempotency_key": "refund:01465fea-98e6-4df1-ba50-318fae9f7eca:1"
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.629822+00', 'nothing_new', 36, '2026-11-27 09:54:31.629822+00', '2026-11-27 09:54:31.699854+00'),
	(86, 'evt_47roRdntn6GhsHww4bTYBwlX', 'charge.refunded', false, '{
  "id": "evt_47roRdntn6GhsHww4bTYBwlX",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773286,
  "data": {
    "object": {
      "id": "ch_y2VcWzMwiOY5ckxj0v8AKpeL",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 600,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_tb3SdYCYEREP2pRGAT47kFzp",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773285,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "51",
        "ref": "fc7cfe8f-a670-4305-aeca-0c1359b4b4a6",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_QIdM8GGVjJHXvHG0LzcWs6Gu",
      "payment_method": "pm_sdWsU9VpqepxB3vWzOw4Epfl",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": false,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:51.493967+00', 'not a type we act on', NULL, '2026-11-27 09:54:46.493967+00', '2026-11-27 09:54:46.497524+00'),
	(38, 'evt_9mQ3plhhPdgRurdywirzjlTz', 'refund.updated', false, '{
  "id": "evt_9mQ3plhhPdgRurdywirzjlTz",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "re_ilYcD7ukeAKkzUZW5TNlbuAH",
      "object": "refund",
      "amount": 2222,
      "balance_transaction": "txn_JPA9meHP6cJo7XSNg0JfWDRL",
      "charge": "ch_J0v9mxsDIlnmXw8KpuX6iQqy",
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "01465fea-98e6-4df1-ba50-318fae9f7eca",
        "refund_id": "17",
        "purchaseId": "36"
      },
      "payment_intent": "pi_hn2IsvKKQix3ax6FfEbKG2Ft",
      "payment_method": "pm_UfLa3WQ1IuKUOiM0wx8NFrTT",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "failed",
      "transfer_reversal": null,
      "failure_reason": "unknown",
      "failure_balance_transaction": "txn_sZn4LU76aYYOKgsgM5REp0f0"
    },
    "previous_attributes": {
      "status": "succeeded"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "refund.updated"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.709852+00', 'reversed', 36, '2026-11-27 09:54:31.709852+00', '2026-11-27 09:54:31.714115+00'),
	(40, 'evt_oOVZIZKdxAScDDzeW4isk8kv', 'checkout.session.completed', false, '{
  "id": "evt_oOVZIZKdxAScDDzeW4isk8kv",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_OIlqv2R2voW7dyRGS67yZWLD",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_xqdcXVHQwFvVtQbksmhcD97vXm933Q4VXKEwzkn3eZ1nYGR9DUn8B6IrrH",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=37&left=1",
      "client_reference_id": "6f99d0aa-4693-4b72-9da7-365b8504204b",
      "created": 1795773271,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859671,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "37",
        "ref": "6f99d0aa-4693-4b72-9da7-365b8504204b",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=37&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.807407+00', 'completed', 37, '2026-11-27 09:54:31.807407+00', '2026-11-27 09:54:31.808713+00'),
	(42, 'evt_JDOG7ZjInXeay31UJ1KjJWBr', 'charge.refunded', false, '{
  "id": "evt_JDOG7ZjInXeay31UJ1KjJWBr",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "ch_98eh3aRARZaH1ZD6QjPwBk9M",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 5000,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_VOJmSE3nUCynrXsunRV1FOdr",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "37",
        "ref": "6f99d0aa-4693-4b72-9da7-365b8504204b",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_OIlqv2R2voW7dyRGS67yZWLD",
      "payment_method": "pm_zcSjBgAXGEeV0pVxrQ3Iuv56",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": true,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_CoS8WBY8FzDlMN",
    "idempotency_key": "refund:31a4bcd6-ef2e-4501-ac2b-11da21726dfc:1"
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:36.890145+00', 'not a type we act on', NULL, '2026-11-27 09:54:31.890145+00', '2026-11-27 09:54:31.890686+00'),
	(43, 'evt_ePaysMUur3mZVqCXypYdvjcy', 'refund.updated', false, '{
  "id": "evt_ePaysMUur3mZVqCXypYdvjcy",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "re_fOkhZbIdn1q26c8P4LVdMiNv",
      "object": "refund",
      "amount": 5000,
      "balance_transaction": "txn_LL6JOVovsufOJhwqZPsOxSV0",
      "charge": "ch_98eh3aRARZaH1ZD6QjPwBk9M",
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "31a4bcd6-ef2e-4501-ac2b-11da21726dfc",
        "refund_id": "18",
        "purchaseId": "37"
      },
      "payment_intent": "pi_OIlqv2R2voW7dyRGS67yZWLD",
      "payment_method": "pm_zcSjBgAXGEeV0pVxrQ3Iuv56",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "failed",
      "transfer_reversal": null,
      "failure_reason": "unknown",
      "failure_balance_transaction": "txn_mxshpiIH6A3pd2NYNkuZvYxD"
    },
    "previous_attributes": {
      "status": "succeeded"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "refund.updated"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.97609+00', 'reversed', 37, '2026-11-27 09:54:31.97609+00', '2026-11-27 09:54:31.983443+00');
INSERT INTO webhook_events OVERRIDING SYSTEM VALUE VALUES
	(45, 'evt_immYEGRMhfvWvnfsJoAdxeBy', 'checkout.session.completed', false, '{
  "id": "evt_immYEGRMhfvWvnfsJoAdxeBy",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773272,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_tILNrzo1kYMVtApphzqjONYk",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_qJdMIbjtJH1a4frNH2yIn7zroEL7Kqk3DLignmImy613MyEE19hUCvtdTb",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=39&left=1",
      "client_reference_id": "c04be39e-904a-4b37-ac1b-883dd353662b",
      "created": 1795773272,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859672,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "39",
        "ref": "c04be39e-904a-4b37-ac1b-883dd353662b",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=39&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:37.080778+00', 'completed', 39, '2026-11-27 09:54:32.080778+00', '2026-11-27 09:54:32.083109+00'),
	(44, 'evt_tnZnQ35x3Aq7nfxoBTxPbFH7', 'refund.failed', false, '{
  "id": "evt_tnZnQ35x3Aq7nfxoBTxPbFH7",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773271,
  "data": {
    "object": {
      "id": "re_fOkhZbIdn1q26c8P4LVdMiNv",
      "object": "refund",
      "amount": 5000,
      "balance_transaction": "txn_LL6JOVovsufOJhwqZPsOxSV0",
      "charge": "ch_98eh3aRARZaH1ZD6QjPwBk9M",
      "created": 1795773271,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "31a4bcd6-ef2e-4501-ac2b-11da21726dfc",
        "refund_id": "18",
        "purchaseId": "37"
      },
      "payment_intent": "pi_OIlqv2R2voW7dyRGS67yZWLD",
      "payment_method": "pm_zcSjBgAXGEeV0pVxrQ3Iuv56",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "failed",
      "transfer_reversal": null,
      "failure_reason": "unknown",
      "failure_balance_transaction": "txn_mxshpiIH6A3pd2NYNkuZvYxD"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "refund.failed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:36.981373+00', 'nothing_new', 37, '2026-11-27 09:54:31.981373+00', '2026-11-27 09:54:32.012762+00'),
	(47, 'evt_L0KruAzVD2sFHLaw8hdsCmxp', 'charge.refunded', false, '{
  "id": "evt_L0KruAzVD2sFHLaw8hdsCmxp",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773272,
  "data": {
    "object": {
      "id": "ch_SPC6I7PUxAr1mWfuyzejoCY0",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 3000,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_a0AHLqWhsAWbIilzdriv42e5",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773272,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "39",
        "ref": "c04be39e-904a-4b37-ac1b-883dd353662b",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_tILNrzo1kYMVtApphzqjONYk",
      "payment_method": "pm_CvkJQnQqa8x1faAxlC0WzZId",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": false,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:37.139976+00', 'not a type we act on', NULL, '2026-11-27 09:54:32.139976+00', '2026-11-27 09:54:32.140624+00'),
	(46, 'evt_TFp3C0aEXP0xyR7bQGLxVFkB', 'refund.created', false, '{
  "id": "evt_TFp3C0aEXP0xyR7bQGLxVFkB",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773272,
  "data": {
    "object": {
      "id": "re_y8v5hdm4wXrg6aOJKp6dPuMN",
      "object": "refund",
      "amount": 3000,
      "balance_transaction": "txn_kT7ijbOCnPE04D14dOVAM6Ow",
      "charge": "ch_SPC6I7PUxAr1mWfuyzejoCY0",
      "created": 1795773272,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {},
      "payment_intent": "pi_tILNrzo1kYMVtApphzqjONYk",
      "payment_method": "pm_CvkJQnQqa8x1faAxlC0WzZId",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "succeeded",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:37.13954+00', 'settled', 39, '2026-11-27 09:54:32.13954+00', '2026-11-27 09:54:32.148624+00'),
	(48, 'evt_lj3OU4L1iaXrxgtEqZt0KnD6', 'checkout.session.completed', false, '{
  "id": "evt_lj3OU4L1iaXrxgtEqZt0KnD6",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773272,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_9plFHdUHKp7zJj33HHUv6SWN",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_1kjFHvsQPlYKDH2RGfpl8ZvaYALNxXojtMvCB8jGDzUwTLQaK4WFFrBiro",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=40&left=1",
      "client_reference_id": "008afe5d-ad4d-4dcc-b37f-a8a8275ec466",
      "created": 1795773272,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859672,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "40",
        "ref": "008afe5d-ad4d-4dcc-b37f-a8a8275ec466",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=40&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:37.2439+00', 'completed', 40, '2026-11-27 09:54:32.2439+00', '2026-11-27 09:54:32.245184+00'),
	(50, 'evt_8CVCcXYEKmsrrkhwHJIgQHSD', 'charge.refunded', false, '{
  "id": "evt_8CVCcXYEKmsrrkhwHJIgQHSD",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773272,
  "data": {
    "object": {
      "id": "ch_EgUR7sjsMakO27r0f5cENJQ8",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 1100,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_XYjRrJPf76cJgKpEaQibm3f1",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773272,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "40",
        "ref": "008afe5d-ad4d-4dcc-b37f-a8a8275ec466",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_9plFHdUHKp7zJj33HHUv6SWN",
      "payment_method": "pm_QDDrGTI6TbxUWmPlL9HE8DcV",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": false,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:37.313049+00', 'not a type we act on', NULL, '2026-11-27 09:54:32.313049+00', '2026-11-27 09:54:32.315023+00'),
	(61, 'evt_rjHW7pGYIiLeFhoBVnT4FiHu', 'charge.dispute.funds_reinstated', false, '{
  "id": "evt_rjHW7pGYIiLeFhoBVnT4FiHu",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "id": "du_rjaU8VWsCcxGm2ICz9m4LX1g",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [
        {
          "id": "txn_eBS9BbPBs1x6erGwJFSbbjPO",
          "object": "balance_transaction",
          "amount": -5000,
          "available_on": 1795773273,
          "balance_type": "payments",
          "created": 1795773273,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -5000,
          "reporting_category": "dispute",
          "source": "du_rjaU8VWsCcxGm2ICz9m4LX1g",
          "status": "available",
          "type": "adjustment"
        },
        {
          "id": "txn_vJJPP0H3VN9BrJk2tkJ11lyT",
          "object": "balance_transaction",
          "amount": 5000,
          "available_on": 1795773273,
          "balance_type": "payments",
          "created": 1795773273,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": 5000,
          "reporting_category": "dispute_reversal",
          "source": "du_rjaU8VWsCcxGm2ICz9m4LX1g",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_IhvttdiFZjV1JkJxoy8dZs4p",
      "created": 1795773273,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550873,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": true,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_kVGEQf4sZSzm26y68w1nKsMH",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "won"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.funds_reinstated"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.26933+00', 'applied', 44, '2026-11-27 09:54:33.26933+00', '2026-11-27 09:54:33.274888+00'),
	(62, 'evt_W6PPLRVAy2zjgK77bzbvyNa4', 'checkout.session.completed', false, '{
  "id": "evt_W6PPLRVAy2zjgK77bzbvyNa4",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_4pqqriGHixlLdRvkifKEywN1",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_TpFgKoVUfr2iec3BzjdGRcwKGEnc8kRMgqduj10VFZyvMfIMsA6lqbfNsv",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=45&left=1",
      "client_reference_id": "cb3b547f-f68d-4add-aade-fa4dc2970974",
      "created": 1795773273,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859673,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "45",
        "ref": "cb3b547f-f68d-4add-aade-fa4dc2970974",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=45&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.365778+00', 'completed', 45, '2026-11-27 09:54:33.365778+00', '2026-11-27 09:54:33.367087+00'),
	(49, 'evt_EwneM5q27jF9InUJbkqKloni', 'refund.created', false, '{
  "id": "evt_EwneM5q27jF9InUJbkqKloni",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773272,
  "data": {
    "object": {
      "id": "re_dCigwnxAP5FKEMRrph650jIn",
      "object": "refund",
      "amount": 1100,
      "balance_transaction": "txn_qwVhO2jSvLmTXucn1JESZO81",
      "charge": "ch_EgUR7sjsMakO27r0f5cENJQ8",
      "created": 1795773272,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "pending_reason": "processing",
      "metadata": {},
      "payment_intent": "pi_9plFHdUHKp7zJj33HHUv6SWN",
      "payment_method": "pm_QDDrGTI6TbxUWmPlL9HE8DcV",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "pending",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:37.312268+00', 'on_its_way', 40, '2026-11-27 09:54:32.312268+00', '2026-11-27 09:54:32.323753+00'),
	(51, 'evt_9RHuUACjwZ2YxfLr7fEIZ8rT', 'checkout.session.completed', false, '{
  "id": "evt_9RHuUACjwZ2YxfLr7fEIZ8rT",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773272,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_HGoFIXuJlqksZ9PyLs9tb5nJ",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_RK32cKJQNwnC7s7aiaiasgLpk8PFN3yguNmzL8ntrke1IGuEnH5Yng0Y4g",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=41&left=1",
      "client_reference_id": "04d4fa02-5e4f-4bc2-8f4c-698356d608ca",
      "created": 1795773272,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859672,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "41",
        "ref": "04d4fa02-5e4f-4bc2-8f4c-698356d608ca",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=41&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:37.416061+00', 'completed', 41, '2026-11-27 09:54:32.416061+00', '2026-11-27 09:54:32.418603+00'),
	(52, 'evt_zVuc5N7l1o9fXd4vNefTnqRM', 'charge.dispute.created', false, '{
  "id": "evt_zVuc5N7l1o9fXd4vNefTnqRM",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773272,
  "data": {
    "object": {
      "id": "du_GyI882dLf27rDW4pkHHijvOz",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [
        {
          "id": "txn_VmpBG4TjKZwsIkfdiG5YLTAO",
          "object": "balance_transaction",
          "amount": -5000,
          "available_on": 1795773272,
          "balance_type": "payments",
          "created": 1795773272,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -5000,
          "reporting_category": "dispute",
          "source": "du_GyI882dLf27rDW4pkHHijvOz",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_2OsV0VvY55pGHuHjq1Q1QmT7",
      "created": 1795773272,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550872,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": false,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_HGoFIXuJlqksZ9PyLs9tb5nJ",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "needs_response"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:37.531792+00', 'applied', 41, '2026-11-27 09:54:32.531792+00', '2026-11-27 09:54:32.554458+00'),
	(53, 'evt_dmPYx1xIJHvCFvNBzkCtLYf8', 'checkout.session.completed', false, '{
  "id": "evt_dmPYx1xIJHvCFvNBzkCtLYf8",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773272,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_IjCB6RB6ENIVEUehArwea918",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_5mgu2T7kBbuQ9cUzKquHPZX1rRrg9RGszEinJXFdJnG7upCmStBfxIQk4J",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=42&left=1",
      "client_reference_id": "b9f8690f-cecb-4159-b080-6c05bd59b3e8",
      "created": 1795773272,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859672,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "42",
        "ref": "b9f8690f-cecb-4159-b080-6c05bd59b3e8",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=42&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:37.728087+00', 'completed', 42, '2026-11-27 09:54:32.728087+00', '2026-11-27 09:54:32.729682+00'),
	(54, 'evt_HfWd0qRbz6tRvGmWHD7pp0ZK', 'charge.dispute.created', false, '{
  "id": "evt_HfWd0qRbz6tRvGmWHD7pp0ZK",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773272,
  "data": {
    "object": {
      "id": "du_sJtV1Ja1ts8Hfgasf9SYhjex",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [],
      "charge": "ch_xnVjeUZI2z9xNa5j2z6kZ6Xt",
      "created": 1795773272,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550872,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": true,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_IjCB6RB6ENIVEUehArwea918",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "inquiry",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "warning_needs_response"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:37.783663+00', 'applied', 42, '2026-11-27 09:54:32.783663+00', '2026-11-27 09:54:32.786785+00'),
	(55, 'evt_eknIrXUPnpdEm9Uet5LKMs8K', 'checkout.session.completed', false, '{
  "id": "evt_eknIrXUPnpdEm9Uet5LKMs8K",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773272,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_p2yrzSvvKh7c0IqLaXmkCGBO",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_Y93u4cFW6p1cro3W7aNk0AWQXT89sSGC08JDhN60ZKGyn0ZipwnVcl9H1B",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=43&left=1",
      "client_reference_id": "1d4f4895-6a0d-4ccd-94ae-86600044e26a",
      "created": 1795773272,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859672,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "43",
        "ref": "1d4f4895-6a0d-4ccd-94ae-86600044e26a",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=43&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:37.884904+00', 'completed', 43, '2026-11-27 09:54:32.884904+00', '2026-11-27 09:54:32.886373+00'),
	(56, 'evt_LEOpy77QfzU1T3OgYx129S5v', 'charge.dispute.created', false, '{
  "id": "evt_LEOpy77QfzU1T3OgYx129S5v",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773272,
  "data": {
    "object": {
      "id": "du_n1DP5jije4lNYZmnu9sXGE78",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [],
      "charge": "ch_HaJm3XFUML90zoEKEpOKPlNg",
      "created": 1795773272,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550872,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": true,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_p2yrzSvvKh7c0IqLaXmkCGBO",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "inquiry",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "warning_needs_response"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:37.9464+00', 'applied', 43, '2026-11-27 09:54:32.9464+00', '2026-11-27 09:54:32.948464+00'),
	(57, 'evt_lzIai2bBfEGsp7yW5j7DzjYl', 'charge.dispute.closed', false, '{
  "id": "evt_lzIai2bBfEGsp7yW5j7DzjYl",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "id": "du_n1DP5jije4lNYZmnu9sXGE78",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [],
      "charge": "ch_HaJm3XFUML90zoEKEpOKPlNg",
      "created": 1795773272,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550872,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": true,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_p2yrzSvvKh7c0IqLaXmkCGBO",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "inquiry",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "warning_closed"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.closed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.0202+00', 'applied', 43, '2026-11-27 09:54:33.0202+00', '2026-11-27 09:54:33.022405+00'),
	(58, 'evt_PCnhUgJxizJdoRdWl3FRxiIk', 'checkout.session.completed', false, '{
  "id": "evt_PCnhUgJxizJdoRdWl3FRxiIk",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_kVGEQf4sZSzm26y68w1nKsMH",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_AXClfScupzv0rasnC3R2WTEKfwvm918xLCm5wFVvnuFOq3AS2H79xXt6IX",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=44&left=1",
      "client_reference_id": "8c73027f-2f3e-439a-91e0-1f7d557fddfe",
      "created": 1795773273,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859673,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "44",
        "ref": "8c73027f-2f3e-439a-91e0-1f7d557fddfe",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=44&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.135762+00', 'completed', 44, '2026-11-27 09:54:33.135762+00', '2026-11-27 09:54:33.137403+00'),
	(59, 'evt_JNR4r95KZdN8T0BX4w3kfuC4', 'charge.dispute.created', false, '{
  "id": "evt_JNR4r95KZdN8T0BX4w3kfuC4",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "id": "du_rjaU8VWsCcxGm2ICz9m4LX1g",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [
        {
          "id": "txn_eBS9BbPBs1x6erGwJFSbbjPO",
          "object": "balance_transaction",
          "amount": -5000,
          "available_on": 1795773273,
          "balance_type": "payments",
          "created": 1795773273,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -5000,
          "reporting_category": "dispute",
          "source": "du_rjaU8VWsCcxGm2ICz9m4LX1g",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_IhvttdiFZjV1JkJxoy8dZs4p",
      "created": 1795773273,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550873,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": false,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_kVGEQf4sZSzm26y68w1nKsMH",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "needs_response"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.200339+00', 'applied', 44, '2026-11-27 09:54:33.200339+00', '2026-11-27 09:54:33.202358+00'),
	(60, 'evt_dMeboj0nihr7blUTs5PxLWdA', 'charge.dispute.closed', false, '{
  "id": "evt_dMeboj0nihr7blUTs5PxLWdA",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "id": "du_rjaU8VWsCcxGm2ICz9m4LX1g",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [
        {
          "id": "txn_eBS9BbPBs1x6erGwJFSbbjPO",
          "object": "balance_transaction",
          "amount": -5000,
          "available_on": 1795773273,
          "balance_type": "payments",
          "created": 1795773273,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -5000,
          "reporting_category": "dispute",
          "source": "du_rjaU8VWsCcxGm2ICz9m4LX1g",
          "status": "available",
          "type": "adjustment"
        },
        {
          "id": "txn_vJJPP0H3VN9BrJk2tkJ11lyT",
          "object": "balance_transaction",
          "amount": 5000,
          "available_on": 1795773273,
          "balance_type": "payments",
          "created": 1795773273,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": 5000,
          "reporting_category": "dispute_reversal",
          "source": "du_rjaU8VWsCcxGm2ICz9m4LX1g",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_IhvttdiFZjV1JkJxoy8dZs4p",
      "created": 1795773273,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550873,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": true,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_kVGEQf4sZSzm26y68w1nKsMH",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "won"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.closed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.269095+00', 'nothing_new', 44, '2026-11-27 09:54:33.269095+00', '2026-11-27 09:54:33.287356+00'),
	(69, 'evt_qJFareA1apZRnRs225N32P7Y', 'refund.created', false, '{
  "id": "evt_qJFareA1apZRnRs225N32P7Y",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "id": "re_k4NgjddQfML8CE3lS0tyXwGm",
      "object": "refund",
      "amount": 2000,
      "balance_transaction": "txn_ZyWD1P7WLA30Xd9h47u7TVOF",
      "charge": "ch_8JjgmahgJw0FsPnBJvLdcFHH",
      "created": 1795773273,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {
        "ref": "92795792-2293-4047-bff4-487a1dfa6ffc",
        "refund_id": "21",
        "purchaseId": "47"
      },
      "payment_intent": "pi_H0Gk81y9AZJmSQUHgzVeReZW",
      "payment_method": "pm_Xx25p1JaXFc3WFDXwcFHIe7i",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "succeeded",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_dTIOaExwfHJoqa",
    "idempotency_key": "refund:92795792-2293-4047-bff4-487a1dfa6ffc:1"
  },
  "type": "refund.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.897709+00', 'nothing_new', 47, '2026-11-27 09:54:33.897709+00', '2026-11-27 09:54:33.915646+00'),
	(63, 'evt_QjmC39nEa91NR2c2qFMwrVOF', 'charge.dispute.created', false, '{
  "id": "evt_QjmC39nEa91NR2c2qFMwrVOF",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "id": "du_tUF6DXnoPZZbEXRX6TXRDFQw",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [
        {
          "id": "txn_Uy3qgA79w6snaFhJrUcdzm9q",
          "object": "balance_transaction",
          "amount": -5000,
          "available_on": 1795773273,
          "balance_type": "payments",
          "created": 1795773273,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -5000,
          "reporting_category": "dispute",
          "source": "du_tUF6DXnoPZZbEXRX6TXRDFQw",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_MTJFCdHGOROcrenhNhqk1q0I",
      "created": 1795773273,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550873,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": false,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_4pqqriGHixlLdRvkifKEywN1",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "needs_response"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.42064+00', 'applied', 45, '2026-11-27 09:54:33.42064+00', '2026-11-27 09:54:33.422893+00'),
	(64, 'evt_jlukma17ooTJozlBTTqPReUS', 'charge.dispute.closed', false, '{
  "id": "evt_jlukma17ooTJozlBTTqPReUS",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "id": "du_tUF6DXnoPZZbEXRX6TXRDFQw",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [
        {
          "id": "txn_Uy3qgA79w6snaFhJrUcdzm9q",
          "object": "balance_transaction",
          "amount": -5000,
          "available_on": 1795773273,
          "balance_type": "payments",
          "created": 1795773273,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -5000,
          "reporting_category": "dispute",
          "source": "du_tUF6DXnoPZZbEXRX6TXRDFQw",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_MTJFCdHGOROcrenhNhqk1q0I",
      "created": 1795773273,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550873,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": false,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_4pqqriGHixlLdRvkifKEywN1",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "lost"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.closed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.480467+00', 'applied', 45, '2026-11-27 09:54:33.480467+00', '2026-11-27 09:54:33.48917+00'),
	(65, 'evt_JeTaC4Do2DHzWsR79lYLdtHx', 'checkout.session.completed', false, '{
  "id": "evt_JeTaC4Do2DHzWsR79lYLdtHx",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_Lx54Yv6uwIlh7M53ypTIJ974",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_1xmYkZX1FZ0D8OGJz2HRjzZrD9IX4h252hf2POPZ71p9X3eLAV1H9O9XgU",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=46&left=1",
      "client_reference_id": "fb00a1b6-064d-4194-b314-2b97ee33ae7f",
      "created": 1795773273,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859673,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "46",
        "ref": "fb00a1b6-064d-4194-b314-2b97ee33ae7f",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=46&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.571321+00', 'completed', 46, '2026-11-27 09:54:33.571321+00', '2026-11-27 09:54:33.573695+00'),
	(66, 'evt_EQta9XA3z2Sh0hEJZNzEGcBr', 'charge.dispute.created', false, '{
  "id": "evt_EQta9XA3z2Sh0hEJZNzEGcBr",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "id": "du_oHQw9o1g0Eb3Xj3thNQjoQlB",
      "object": "dispute",
      "amount": 1000,
      "balance_transactions": [
        {
          "id": "txn_vtS5jqD2TAqwYC2bFMjegwnP",
          "object": "balance_transaction",
          "amount": -1000,
          "available_on": 1795773273,
          "balance_type": "payments",
          "created": 1795773273,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -1000,
          "reporting_category": "dispute",
          "source": "du_oHQw9o1g0Eb3Xj3thNQjoQlB",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_1zzVqMhQt1UiAgOgQn1QTjaS",
      "created": 1795773273,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550873,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": false,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_Lx54Yv6uwIlh7M53ypTIJ974",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "needs_response"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.627842+00', 'applied', 46, '2026-11-27 09:54:33.627842+00', '2026-11-27 09:54:33.632183+00'),
	(67, 'evt_ug49bLE3Y5YvVAX3Z9YmaAW3', 'charge.dispute.closed', false, '{
  "id": "evt_ug49bLE3Y5YvVAX3Z9YmaAW3",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "id": "du_oHQw9o1g0Eb3Xj3thNQjoQlB",
      "object": "dispute",
      "amount": 1000,
      "balance_transactions": [
        {
          "id": "txn_vtS5jqD2TAqwYC2bFMjegwnP",
          "object": "balance_transaction",
          "amount": -1000,
          "available_on": 1795773273,
          "balance_type": "payments",
          "created": 1795773273,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -1000,
          "reporting_category": "dispute",
          "source": "du_oHQw9o1g0Eb3Xj3thNQjoQlB",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_1zzVqMhQt1UiAgOgQn1QTjaS",
      "created": 1795773273,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550873,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": false,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_Lx54Yv6uwIlh7M53ypTIJ974",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "lost"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.closed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.685564+00', 'applied', 46, '2026-11-27 09:54:33.685564+00', '2026-11-27 09:54:33.693001+00'),
	(68, 'evt_BUVdEM3saXBKyADr15gGJKn8', 'checkout.session.completed', false, '{
  "id": "evt_BUVdEM3saXBKyADr15gGJKn8",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_H0Gk81y9AZJmSQUHgzVeReZW",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_Ik7YZ8DgcTsHuzehdQt46Dr23iJfEofUlyJoZsHhSazqFJXQ770XOPqjrA",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=47&left=1",
      "client_reference_id": "b2a9a42e-91bd-42e1-adce-c89e795c380c",
      "created": 1795773273,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859673,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "47",
        "ref": "b2a9a42e-91bd-42e1-adce-c89e795c380c",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=47&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.825728+00', 'completed', 47, '2026-11-27 09:54:33.825728+00', '2026-11-27 09:54:33.828541+00'),
	(72, 'evt_u88iqssbz9DZ7acvbu8yMFRa', 'charge.dispute.closed', false, '{
  "id": "evt_u88iqssbz9DZ7acvbu8yMFRa",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "id": "du_IgerxqLmpxVvpt7OTYULaBfF",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [
        {
          "id": "txn_YEywRRJmH5rxHTyxJ9kXD2Nu",
          "object": "balance_transaction",
          "amount": -5000,
          "available_on": 1795773273,
          "balance_type": "payments",
          "created": 1795773273,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -5000,
          "reporting_category": "dispute",
          "source": "du_IgerxqLmpxVvpt7OTYULaBfF",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_8JjgmahgJw0FsPnBJvLdcFHH",
      "created": 1795773273,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550873,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": false,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_H0Gk81y9AZJmSQUHgzVeReZW",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "lost"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.closed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.994566+00', 'applied', 47, '2026-11-27 09:54:33.994566+00', '2026-11-27 09:54:34.007334+00'),
	(73, 'evt_mwV49IAjz6ivHbGhlrLoaIkv', 'checkout.session.completed', false, '{
  "id": "evt_mwV49IAjz6ivHbGhlrLoaIkv",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773274,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_31Dx7UrkebudnUUWXTJzGkcO",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_C4yJZaN4CXQM5i3d31zKFpeU2bAn0Ujs3odXxzajsycRorYuc9gEDRnmsa",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=48&left=1",
      "client_reference_id": "64e83a2b-6fce-417d-9e9f-a2d33c76c9f8",
      "created": 1795773274,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859674,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "48",
        "ref": "64e83a2b-6fce-417d-9e9f-a2d33c76c9f8",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=48&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:39.101974+00', 'completed', 48, '2026-11-27 09:54:34.101974+00', '2026-11-27 09:54:34.105655+00'),
	(74, 'evt_varIyJBW0Urm5UAxs6IMs1ER', 'charge.dispute.created', false, '{
  "id": "evt_varIyJBW0Urm5UAxs6IMs1ER",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773274,
  "data": {
    "object": {
      "id": "du_W8kXy4lXF3XB1cWbODszMLkM",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [
        {
          "id": "txn_x3xUEZRHvafhVNTGnqyhRj4o",
          "object": "balance_transaction",
          "amount": -5000,
          "available_on": 1795773274,
          "balance_type": "payments",
          "created": 1795773274,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -5000,
          "reporting_category": "dispute",
          "source": "du_W8kXy4lXF3XB1cWbODszMLkM",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_HOcSLs7gF3pto3ydQXrDQsEB",
      "created": 1795773274,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550874,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": false,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_31Dx7UrkebudnUUWXTJzGkcO",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "needs_response"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:39.161974+00', 'applied', 48, '2026-11-27 09:54:34.161974+00', '2026-11-27 09:54:34.169321+00'),
	(70, 'evt_PedQhvzaI0ex9qixIKSmrdWj', 'charge.refunded', false, '{
  "id": "evt_PedQhvzaI0ex9qixIKSmrdWj",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "id": "ch_8JjgmahgJw0FsPnBJvLdcFHH",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 2000,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_xMZQqFYIey45m2NhPDqUm0vz",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773273,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "47",
        "ref": "b2a9a42e-91bd-42e1-adce-c89e795c380c",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_H0Gk81y9AZJmSQUHgzVeReZW",
      "payment_method": "pm_Xx25p1JaXFc3WFDXwcFHIe7i",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": false,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_dTIOaExwfHJoqa",
    "idempotency_key": "refund:92795792-2293-4047-bff4-487a1dfa6ffc:1"
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:38.900073+00', 'not a type we act on', NULL, '2026-11-27 09:54:33.900073+00', '2026-11-27 09:54:33.9014+00'),
	(71, 'evt_Ylyx0JCda3mcP2G64hgf57Sf', 'charge.dispute.created', false, '{
  "id": "evt_Ylyx0JCda3mcP2G64hgf57Sf",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773273,
  "data": {
    "object": {
      "id": "du_IgerxqLmpxVvpt7OTYULaBfF",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [
        {
          "id": "txn_YEywRRJmH5rxHTyxJ9kXD2Nu",
          "object": "balance_transaction",
          "amount": -5000,
          "available_on": 1795773273,
          "balance_type": "payments",
          "created": 1795773273,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -5000,
          "reporting_category": "dispute",
          "source": "du_IgerxqLmpxVvpt7OTYULaBfF",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_8JjgmahgJw0FsPnBJvLdcFHH",
      "created": 1795773273,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550873,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": false,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_H0Gk81y9AZJmSQUHgzVeReZW",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "needs_response"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.created"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:38.919342+00', 'applied', 47, '2026-11-27 09:54:33.919342+00', '2026-11-27 09:54:33.923921+00'),
	(79, 'evt_ds9OXkquYM11lsv7GLrabBzP', 'charge.refunded', false, '{
  "id": "evt_ds9OXkquYM11lsv7GLrabBzP",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773274,
  "data": {
    "object": {
      "id": "ch_fFG5fb1VRbRwAYrBUFSjtsJy",
      "object": "charge",
      "amount": 5000,
      "amount_captured": 5000,
      "amount_refunded": 2500,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_tH7cB3G4lozgg3M7hciAQK8C",
      "billing_details": {
        "address": null,
        "email": "customer@example.com",
        "name": "Simulated Customer",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "PAYONCE SIMULATION",
      "captured": true,
      "created": 1795773274,
      "currency": "idr",
      "customer": null,
      "description": null,
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": false,
      "metadata": {
        "purchaseId": "49",
        "ref": "9277de36-1253-4787-bdeb-1419c203db65",
        "user_id": "4"
      },
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_F1FvZBzOVoQKjGBkxGNSbD0Z",
      "payment_method": "pm_OXNxt9SjoDRReTeK3Db2SE1g",
      "receipt_email": null,
      "receipt_number": null,
      "receipt_url": null,
      "refunded": false,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "transfer_data": null,
      "transfer_group": null,
      "status": "succeeded",
      "payment_method_details": {
        "type": "card",
        "card": {
          "brand": "visa",
          "country": "US",
          "exp_month": 12,
          "exp_year": 2034,
          "funding": "credit",
          "last4": "4242",
          "network": "visa"
        }
      }
    },
    "previous_attributes": {
      "amount_refunded": 0,
      "refunded": false
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.refunded"
}', 'webhook', 'ignored', 1, '2026-11-27 09:54:39.590528+00', 'not a type we act on', NULL, '2026-11-27 09:54:34.590528+00', '2026-11-27 09:54:34.592228+00'),
	(75, 'evt_pVc2vQmDGKTAFjRKVZFiTTwg', 'charge.dispute.closed', false, '{
  "id": "evt_pVc2vQmDGKTAFjRKVZFiTTwg",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773274,
  "data": {
    "object": {
      "id": "du_W8kXy4lXF3XB1cWbODszMLkM",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [
        {
          "id": "txn_x3xUEZRHvafhVNTGnqyhRj4o",
          "object": "balance_transaction",
          "amount": -5000,
          "available_on": 1795773274,
          "balance_type": "payments",
          "created": 1795773274,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -5000,
          "reporting_category": "dispute",
          "source": "du_W8kXy4lXF3XB1cWbODszMLkM",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_HOcSLs7gF3pto3ydQXrDQsEB",
      "created": 1795773274,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550874,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": false,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_31Dx7UrkebudnUUWXTJzGkcO",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "lost"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.closed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:39.216362+00', 'applied', 48, '2026-11-27 09:54:34.216362+00', '2026-11-27 09:54:34.219263+00'),
	(77, 'evt_lu0GZmYzOIfiDuBDnpnFan6Z', 'charge.dispute.closed', false, '{
  "id": "evt_lu0GZmYzOIfiDuBDnpnFan6Z",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773274,
  "data": {
    "object": {
      "id": "du_W8kXy4lXF3XB1cWbODszMLkM",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [
        {
          "id": "txn_x3xUEZRHvafhVNTGnqyhRj4o",
          "object": "balance_transaction",
          "amount": -5000,
          "available_on": 1795773274,
          "balance_type": "payments",
          "created": 1795773274,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -5000,
          "reporting_category": "dispute",
          "source": "du_W8kXy4lXF3XB1cWbODszMLkM",
          "status": "available",
          "type": "adjustment"
        },
        {
          "id": "txn_hze1RLllLGlwV8WXbh9zUiua",
          "object": "balance_transaction",
          "amount": 5000,
          "available_on": 1795773274,
          "balance_type": "payments",
          "created": 1795773274,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": 5000,
          "reporting_category": "dispute_reversal",
          "source": "du_W8kXy4lXF3XB1cWbODszMLkM",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_HOcSLs7gF3pto3ydQXrDQsEB",
      "created": 1795773274,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550874,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": true,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_31Dx7UrkebudnUUWXTJzGkcO",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "won"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.closed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:39.2791+00', 'applied', 48, '2026-11-27 09:54:34.2791+00', '2026-11-27 09:54:34.283164+00'),
	(76, 'evt_gLVFFTI4dMyFwaYGtqQf4NVE', 'charge.dispute.funds_reinstated', false, '{
  "id": "evt_gLVFFTI4dMyFwaYGtqQf4NVE",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773274,
  "data": {
    "object": {
      "id": "du_W8kXy4lXF3XB1cWbODszMLkM",
      "object": "dispute",
      "amount": 5000,
      "balance_transactions": [
        {
          "id": "txn_x3xUEZRHvafhVNTGnqyhRj4o",
          "object": "balance_transaction",
          "amount": -5000,
          "available_on": 1795773274,
          "balance_type": "payments",
          "created": 1795773274,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": -5000,
          "reporting_category": "dispute",
          "source": "du_W8kXy4lXF3XB1cWbODszMLkM",
          "status": "available",
          "type": "adjustment"
        },
        {
          "id": "txn_hze1RLllLGlwV8WXbh9zUiua",
          "object": "balance_transaction",
          "amount": 5000,
          "available_on": 1795773274,
          "balance_type": "payments",
          "created": 1795773274,
          "currency": "idr",
          "description": null,
          "exchange_rate": null,
          "fee": 0,
          "fee_details": [],
          "net": 5000,
          "reporting_category": "dispute_reversal",
          "source": "du_W8kXy4lXF3XB1cWbODszMLkM",
          "status": "available",
          "type": "adjustment"
        }
      ],
      "charge": "ch_HOcSLs7gF3pto3ydQXrDQsEB",
      "created": 1795773274,
      "currency": "idr",
      "enhanced_eligibility_types": [],
      "evidence": {
        "access_activity_log": null,
        "billing_address": null,
        "cancellation_policy": null,
        "cancellation_policy_disclosure": null,
        "cancellation_rebuttal": null,
        "customer_communication": null,
        "customer_email_address": null,
        "customer_name": null,
        "customer_purchase_ip": null,
        "customer_signature": null,
        "duplicate_charge_documentation": null,
        "duplicate_charge_explanation": null,
        "duplicate_charge_id": null,
        "enhanced_evidence": {},
        "product_description": null,
        "receipt": null,
        "refund_policy": null,
        "refund_policy_disclosure": null,
        "refund_refusal_explanation": null,
        "service_date": null,
        "service_documentation": null,
        "shipping_address": null,
        "shipping_carrier": null,
        "shipping_date": null,
        "shipping_documentation": null,
        "shipping_tracking_number": null,
        "uncategorized_file": null,
        "uncategorized_text": null
      },
      "evidence_details": {
        "due_by": 1796550874,
        "enhanced_eligibility": {},
        "has_evidence": false,
        "past_due": false,
        "submission_count": 0,
        "submission_method": "not_submitted"
      },
      "intended_submission_method": null,
      "is_charge_refundable": true,
      "livemode": false,
      "metadata": {},
      "payment_intent": "pi_31Dx7UrkebudnUUWXTJzGkcO",
      "payment_method_details": {
        "card": {
          "brand": "visa",
          "case_type": "chargeback",
          "network_reason_code": "10"
        },
        "type": "card"
      },
      "reason": "general",
      "status": "won"
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "charge.dispute.funds_reinstated"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:39.278191+00', 'nothing_new', 48, '2026-11-27 09:54:34.278191+00', '2026-11-27 09:54:34.292167+00'),
	(78, 'evt_wNM0KjDumR5We4bV0Eiq34TB', 'checkout.session.completed', false, '{
  "id": "evt_wNM0KjDumR5We4bV0Eiq34TB",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773274,
  "data": {
    "object": {
      "adaptive_pricing": null,
      "after_expiration": null,
      "allow_promotion_codes": null,
      "automatic_tax": {
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "client_secret": null,
      "collected_information": null,
      "consent": null,
      "consent_collection": null,
      "currency_conversion": null,
      "custom_fields": [],
      "custom_text": {
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null
      },
      "customer": null,
      "customer_account": null,
      "discounts": [],
      "invoice": null,
      "invoice_creation": null,
      "managed_payments": null,
      "payment_intent": "pi_F1FvZBzOVoQKjGBkxGNSbD0Z",
      "payment_link": null,
      "payment_method_collection": "if_required",
      "payment_method_configuration_details": null,
      "payment_method_options": {},
      "permissions": null,
      "recovered_from": null,
      "saved_payment_method_options": null,
      "setup_intent": null,
      "shipping_address_collection": null,
      "shipping_cost": null,
      "shipping_options": [],
      "subscription": null,
      "wallet_options": null,
      "id": "cs_test_qpEM2OZQCjX7iMlRV5Kkwf6RuEAZV7DsXrhyhr9KCMweyM40aObpoWrNKQ",
      "object": "checkout.session",
      "allowed_payment_method_types": null,
      "amount_subtotal": 5000,
      "amount_total": 5000,
      "billing_address_collection": null,
      "cancel_url": "http://127.0.0.1:43099/pay?payment=49&left=1",
      "client_reference_id": "9277de36-1253-4787-bdeb-1419c203db65",
      "created": 1795773274,
      "currency": "idr",
      "customer_creation": "if_required",
      "customer_details": {
        "address": null,
        "business_name": null,
        "email": "customer@example.com",
        "individual_name": null,
        "name": "Simulated Customer",
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": []
      },
      "customer_email": null,
      "expires_at": 1795859674,
      "integration_identifier": null,
      "livemode": false,
      "locale": null,
      "metadata": {
        "made_for": "fixture",
        "purchaseId": "49",
        "ref": "9277de36-1253-4787-bdeb-1419c203db65",
        "user_id": "4"
      },
      "mode": "payment",
      "origin_context": null,
      "payment_method_types": [
        "card",
        "customer_balance"
      ],
      "payment_status": "paid",
      "phone_number_collection": {
        "enabled": false
      },
      "status": "complete",
      "submit_type": null,
      "success_url": "http://127.0.0.1:43099/pay?payment=49&session_id={CHECKOUT_SESSION_ID}",
      "total_details": {
        "amount_discount": 0,
        "amount_shipping": 0,
        "amount_tax": 0
      },
      "ui_mode": "hosted_page",
      "url": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "checkout.session.completed"
}', 'webhook', 'applied', 1, '2026-11-27 09:54:39.372779+00', 'completed', 49, '2026-11-27 09:54:34.372779+00', '2026-11-27 09:54:34.376027+00'),
	(80, 'evt_5WSVYBezlSSF4WX9xuoSHJEj', 'refund.created', false, '{
  "id": "evt_5WSVYBezlSSF4WX9xuoSHJEj",
  "object": "event",
  "api_version": "2026-10-28.endive",
  "created": 1795773274,
  "data": {
    "object": {
      "id": "re_ccK8PeWqNSfcN7IWasT5rR0E",
      "object": "refund",
      "amount": 2500,
      "balance_transaction": "txn_HRcEL85gjNjWU9IfnY6ySR8l",
      "charge": "ch_fFG5fb1VRbRwAYrBUFSjtsJy",
      "created": 1795773274,
      "currency": "idr",
      "customer": null,
      "customer_account": null,
      "destination_details": {
        "card": {
          "reference_status": "pending",
          "reference_type": "acquirer_reference_number",
          "type": "refund"
        },
        "type": "card"
      },
      "metadata": {},
      "payment_intent": "pi_F1FvZBzOVoQKjGBkxGNSbD0Z",
      "payment_method": "pm_OXNxt9SjoDRReTeK3Db2SE1g",
      "reason": null,
      "receipt_number": null,
      "source_transfer_reversal": null,
      "status": "succeeded",
      "transfer_reversal": null
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": null,
    "idempotency_key": null
  },
  "type": "refund.created"
}', 'webhook', 'dead', 12, '2026-11-27 09:54:45.114248+00', 'NotYet: a refund of ours waits for its answer', NULL, '2026-11-27 09:54:34.591273+00', '2026-11-27 09:54:45.114248+00');
SELECT pg_catalog.setval('audit_log_id_seq', 626, true);
SELECT pg_catalog.setval('charges_id_seq', 37, true);
SELECT pg_catalog.setval('client_idempotency_id_seq', 49, true);
SELECT pg_catalog.setval('consultations_id_seq', 112, true);
SELECT pg_catalog.setval('credit_notes_id_seq', 17, true);
SELECT pg_catalog.setval('disputes_id_seq', 15, true);
SELECT pg_catalog.setval('invoices_id_seq', 53, true);
SELECT pg_catalog.setval('migrations_id_seq', 13, true);
SELECT pg_catalog.setval('payments_id_seq', 54, true);
SELECT pg_catalog.setval('refunds_id_seq', 24, true);
SELECT pg_catalog.setval('tax_records_id_seq', 53, true);
SELECT pg_catalog.setval('users_id_seq', 7, true);
SELECT pg_catalog.setval('webhook_events_id_seq', 87, true);
ALTER TABLE ONLY migrations
    ADD CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id);
ALTER TABLE ONLY audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY charges
    ADD CONSTRAINT charges_for_refunds UNIQUE (id, payment_method, currency);
ALTER TABLE ONLY charges
    ADD CONSTRAINT charges_pkey PRIMARY KEY (id);
ALTER TABLE ONLY client_idempotency
    ADD CONSTRAINT client_idempotency_key UNIQUE (caller, method, route, idempotency_key);
ALTER TABLE ONLY client_idempotency_namespace
    ADD CONSTRAINT client_idempotency_namespace_pkey PRIMARY KEY (only_one);
ALTER TABLE ONLY client_idempotency
    ADD CONSTRAINT client_idempotency_pkey PRIMARY KEY (id);
ALTER TABLE ONLY concurrency_locks
    ADD CONSTRAINT concurrency_locks_pkey PRIMARY KEY (lock_key);
ALTER TABLE ONLY consultations
    ADD CONSTRAINT consultations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit_notes
    ADD CONSTRAINT credit_notes_number_unique UNIQUE (credit_number);
ALTER TABLE ONLY credit_notes
    ADD CONSTRAINT credit_notes_once_per_refund UNIQUE (refund_id, kind);
ALTER TABLE ONLY credit_notes
    ADD CONSTRAINT credit_notes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY disputes
    ADD CONSTRAINT disputes_dispute_unique UNIQUE (dispute_id);
ALTER TABLE ONLY disputes
    ADD CONSTRAINT disputes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY invoices
    ADD CONSTRAINT invoices_number_unique UNIQUE (invoice_number);
ALTER TABLE ONLY invoices
    ADD CONSTRAINT invoices_payment_unique UNIQUE (payment_id);
ALTER TABLE ONLY invoices
    ADD CONSTRAINT invoices_pkey PRIMARY KEY (id);
ALTER TABLE ONLY logins
    ADD CONSTRAINT logins_pkey PRIMARY KEY (email);
ALTER TABLE ONLY payments
    ADD CONSTRAINT payments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY payments
    ADD CONSTRAINT payments_ref_unique UNIQUE (ref);
ALTER TABLE ONLY products
    ADD CONSTRAINT products_pkey PRIMARY KEY (id);
ALTER TABLE ONLY refunds
    ADD CONSTRAINT refunds_pkey PRIMARY KEY (id);
ALTER TABLE ONLY refunds
    ADD CONSTRAINT refunds_ref_unique UNIQUE (ref);
ALTER TABLE ONLY stripe_refunds
    ADD CONSTRAINT stripe_refunds_pkey PRIMARY KEY (refund_id);
ALTER TABLE ONLY stripe_sessions
    ADD CONSTRAINT stripe_sessions_pkey PRIMARY KEY (payment_id);
ALTER TABLE ONLY stripe_sessions
    ADD CONSTRAINT stripe_sessions_session_unique UNIQUE (session_id);
ALTER TABLE ONLY tax_records
    ADD CONSTRAINT tax_records_payment_unique UNIQUE (payment_id);
ALTER TABLE ONLY tax_records
    ADD CONSTRAINT tax_records_pkey PRIMARY KEY (id);
ALTER TABLE ONLY users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY users
    ADD CONSTRAINT users_subject_unique UNIQUE (subject);
ALTER TABLE ONLY webhook_events
    ADD CONSTRAINT webhook_events_event_unique UNIQUE (event_id);
ALTER TABLE ONLY webhook_events
    ADD CONSTRAINT webhook_events_pkey PRIMARY KEY (id);
CREATE INDEX audit_log_of_payment ON audit_log USING btree (payment_id, at, id);
CREATE INDEX charges_by_disposition ON charges USING btree (disposition, id DESC);
CREATE INDEX charges_of_payment ON charges USING btree (payment_id);
CREATE UNIQUE INDEX charges_one_accepted_per_payment ON charges USING btree (payment_id) WHERE (disposition = 'accepted'::text);
CREATE UNIQUE INDEX charges_transaction_unique ON charges USING btree (payment_method, (
CASE
    WHEN (payment_method = 'stripe'::text) THEN transaction_id
    ELSE upper(transaction_id)
END));
CREATE INDEX client_idempotency_of_caller ON client_idempotency USING btree (caller, id DESC);
CREATE INDEX client_idempotency_running ON client_idempotency USING btree (id DESC) WHERE (finished_at IS NULL);
CREATE INDEX client_idempotency_to_reap ON client_idempotency USING btree (expires_at) WHERE (finished_at IS NOT NULL);
CREATE INDEX consultations_of_patient ON consultations USING btree (patient_id, ((- id)));
CREATE INDEX credit_notes_of_dispute ON credit_notes USING btree (dispute_id) WHERE (dispute_id IS NOT NULL);
CREATE INDEX credit_notes_of_invoice ON credit_notes USING btree (invoice_id);
CREATE INDEX disputes_of_charge ON disputes USING btree (charge_id);
CREATE INDEX disputes_of_payment ON disputes USING btree (payment_id, id DESC);
CREATE INDEX idx_locks_expires ON concurrency_locks USING btree (expires_at);
CREATE INDEX idx_locks_user_product ON concurrency_locks USING btree (user_id, product_id);
CREATE INDEX payments_by_method ON payments USING btree (payment_method, id DESC);
CREATE INDEX payments_by_status ON payments USING btree (status, ((- id)));
CREATE INDEX payments_of_consultation ON payments USING btree (consultation_id, ((- id)));
CREATE INDEX payments_of_product ON payments USING btree (product_id, id DESC) WHERE (product_id IS NOT NULL);
CREATE INDEX payments_of_user ON payments USING btree (user_id, ((- id)));
CREATE INDEX payments_of_user_by_status ON payments USING btree (user_id, status, ((- id)));
CREATE UNIQUE INDEX payments_one_live_per_consultation ON payments USING btree (consultation_id) WHERE (status = ANY (ARRAY['pending'::text, 'completed'::text, 'partially_refunded'::text]));
CREATE UNIQUE INDEX payments_one_pending_per_user_and_product ON payments USING btree (user_id, product_id) WHERE ((status = 'pending'::text) AND (product_id IS NOT NULL));
CREATE INDEX payments_to_expire ON payments USING btree (expires_at) WHERE ((status = 'pending'::text) AND (expires_at IS NOT NULL));
CREATE INDEX payments_with_refund_owed ON payments USING btree (id DESC) WHERE (refund_owed > 0);
CREATE INDEX refunds_by_status ON refunds USING btree (status, id DESC);
CREATE INDEX refunds_by_transaction ON refunds USING btree (upper(transaction_id)) WHERE (transaction_id IS NOT NULL);
CREATE INDEX refunds_of_charge ON refunds USING btree (charge_id);
CREATE INDEX refunds_of_payment ON refunds USING btree (payment_id, id DESC);
CREATE UNIQUE INDEX refunds_one_automatic_per_charge ON refunds USING btree (charge_id) WHERE automatic;
CREATE UNIQUE INDEX refunds_transaction_unique ON refunds USING btree (payment_method, (
CASE
    WHEN (payment_method = 'stripe'::text) THEN transaction_id
    ELSE upper(transaction_id)
END)) WHERE ((transaction_id IS NOT NULL) AND (status <> ALL (ARRAY['failed'::text, 'cancelled'::text])));
CREATE INDEX stripe_refunds_to_look_at ON stripe_refunds USING btree (look_at) WHERE (state <> 'refused'::text);
CREATE INDEX stripe_sessions_to_look_at ON stripe_sessions USING btree (look_at) WHERE (state = ANY (ARRAY['unanswered'::text, 'open'::text, 'complete'::text]));
CREATE INDEX webhook_events_by_status ON webhook_events USING btree (status, id DESC);
CREATE INDEX webhook_events_by_type ON webhook_events USING btree (type, id DESC);
CREATE INDEX webhook_events_due ON webhook_events USING btree (next_try_at) WHERE (status = 'pending'::text);
CREATE INDEX webhook_events_of_payment ON webhook_events USING btree (payment_id, id DESC);
CREATE TRIGGER audit_log_refuses_change BEFORE DELETE OR UPDATE ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_is_append_only();
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_refuses_change;
CREATE TRIGGER audit_log_refuses_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only();
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_refuses_truncate;
CREATE CONSTRAINT TRIGGER charges_are_whole AFTER INSERT OR UPDATE ON charges DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_is_whole();
ALTER TABLE charges ENABLE ALWAYS TRIGGER charges_are_whole;
CREATE TRIGGER charges_keep_their_place BEFORE UPDATE ON charges FOR EACH ROW EXECUTE FUNCTION charge_keeps_its_place();
ALTER TABLE charges ENABLE ALWAYS TRIGGER charges_keep_their_place;
CREATE TRIGGER charges_keep_their_terms BEFORE UPDATE ON charges FOR EACH ROW EXECUTE FUNCTION charge_keeps_its_terms();
ALTER TABLE charges ENABLE ALWAYS TRIGGER charges_keep_their_terms;
CREATE TRIGGER charges_refuse_delete BEFORE DELETE ON charges FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
ALTER TABLE charges ENABLE ALWAYS TRIGGER charges_refuse_delete;
CREATE TRIGGER charges_refuse_truncate BEFORE TRUNCATE ON charges FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept();
ALTER TABLE charges ENABLE ALWAYS TRIGGER charges_refuse_truncate;
CREATE CONSTRAINT TRIGGER charges_sums_match_refunds AFTER INSERT OR UPDATE ON charges DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION charge_sums_match_refunds();
ALTER TABLE charges ENABLE ALWAYS TRIGGER charges_sums_match_refunds;
CREATE TRIGGER client_idempotency_keeps_its_answer BEFORE UPDATE ON client_idempotency FOR EACH ROW EXECUTE FUNCTION claim_keeps_its_answer();
ALTER TABLE client_idempotency ENABLE ALWAYS TRIGGER client_idempotency_keeps_its_answer;
CREATE CONSTRAINT TRIGGER credit_notes_match_refunds AFTER INSERT ON credit_notes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION credit_note_matches_refund();
ALTER TABLE credit_notes ENABLE ALWAYS TRIGGER credit_notes_match_refunds;
CREATE TRIGGER credit_notes_refuse_change BEFORE DELETE OR UPDATE ON credit_notes FOR EACH ROW EXECUTE FUNCTION credit_notes_are_append_only();
ALTER TABLE credit_notes ENABLE ALWAYS TRIGGER credit_notes_refuse_change;
CREATE TRIGGER credit_notes_refuse_truncate BEFORE TRUNCATE ON credit_notes FOR EACH STATEMENT EXECUTE FUNCTION credit_notes_are_append_only();
ALTER TABLE credit_notes ENABLE ALWAYS TRIGGER credit_notes_refuse_truncate;
CREATE TRIGGER disputes_go_forward BEFORE UPDATE ON disputes FOR EACH ROW EXECUTE FUNCTION dispute_is_settled_once();
ALTER TABLE disputes ENABLE ALWAYS TRIGGER disputes_go_forward;
CREATE CONSTRAINT TRIGGER disputes_match_charge_sums AFTER INSERT OR UPDATE ON disputes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION charge_sums_match_refunds();
ALTER TABLE disputes ENABLE ALWAYS TRIGGER disputes_match_charge_sums;
CREATE TRIGGER disputes_refuse_delete BEFORE DELETE ON disputes FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
ALTER TABLE disputes ENABLE ALWAYS TRIGGER disputes_refuse_delete;
CREATE TRIGGER disputes_refuse_truncate BEFORE TRUNCATE ON disputes FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept();
ALTER TABLE disputes ENABLE ALWAYS TRIGGER disputes_refuse_truncate;
CREATE CONSTRAINT TRIGGER invoices_are_whole AFTER UPDATE ON invoices DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_is_whole();
ALTER TABLE invoices ENABLE ALWAYS TRIGGER invoices_are_whole;
CREATE TRIGGER invoices_keep_their_terms BEFORE UPDATE ON invoices FOR EACH ROW EXECUTE FUNCTION invoice_keeps_its_terms();
ALTER TABLE invoices ENABLE ALWAYS TRIGGER invoices_keep_their_terms;
CREATE TRIGGER invoices_refuse_delete BEFORE DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
ALTER TABLE invoices ENABLE ALWAYS TRIGGER invoices_refuse_delete;
CREATE TRIGGER invoices_refuse_truncate BEFORE TRUNCATE ON invoices FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept();
ALTER TABLE invoices ENABLE ALWAYS TRIGGER invoices_refuse_truncate;
CREATE CONSTRAINT TRIGGER payments_are_whole AFTER INSERT OR UPDATE ON payments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_is_whole();
ALTER TABLE payments ENABLE ALWAYS TRIGGER payments_are_whole;
CREATE TRIGGER payments_go_forward BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION payment_goes_forward();
ALTER TABLE payments ENABLE ALWAYS TRIGGER payments_go_forward;
CREATE TRIGGER payments_refuse_delete BEFORE DELETE ON payments FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
ALTER TABLE payments ENABLE ALWAYS TRIGGER payments_refuse_delete;
CREATE TRIGGER payments_refuse_truncate BEFORE TRUNCATE ON payments FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept();
ALTER TABLE payments ENABLE ALWAYS TRIGGER payments_refuse_truncate;
CREATE TRIGGER refunds_go_forward BEFORE UPDATE ON refunds FOR EACH ROW EXECUTE FUNCTION refund_goes_forward();
ALTER TABLE refunds ENABLE ALWAYS TRIGGER refunds_go_forward;
CREATE TRIGGER refunds_keep_their_reference BEFORE UPDATE ON refunds FOR EACH ROW EXECUTE FUNCTION refund_keeps_its_reference();
ALTER TABLE refunds ENABLE ALWAYS TRIGGER refunds_keep_their_reference;
CREATE CONSTRAINT TRIGGER refunds_match_charge_sums AFTER INSERT OR UPDATE ON refunds DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION charge_sums_match_refunds();
ALTER TABLE refunds ENABLE ALWAYS TRIGGER refunds_match_charge_sums;
CREATE CONSTRAINT TRIGGER refunds_of_their_charges_payment AFTER INSERT ON refunds DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refund_is_of_its_charges_payment();
ALTER TABLE refunds ENABLE ALWAYS TRIGGER refunds_of_their_charges_payment;
CREATE TRIGGER refunds_refuse_delete BEFORE DELETE ON refunds FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
ALTER TABLE refunds ENABLE ALWAYS TRIGGER refunds_refuse_delete;
CREATE TRIGGER refunds_refuse_truncate BEFORE TRUNCATE ON refunds FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept();
ALTER TABLE refunds ENABLE ALWAYS TRIGGER refunds_refuse_truncate;
CREATE TRIGGER stripe_refunds_go_forward BEFORE UPDATE ON stripe_refunds FOR EACH ROW EXECUTE FUNCTION stripe_calls_go_forward();
ALTER TABLE stripe_refunds ENABLE ALWAYS TRIGGER stripe_refunds_go_forward;
CREATE TRIGGER stripe_sessions_go_forward BEFORE UPDATE ON stripe_sessions FOR EACH ROW EXECUTE FUNCTION stripe_calls_go_forward();
ALTER TABLE stripe_sessions ENABLE ALWAYS TRIGGER stripe_sessions_go_forward;
CREATE CONSTRAINT TRIGGER tax_records_are_whole AFTER UPDATE ON tax_records DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_is_whole();
ALTER TABLE tax_records ENABLE ALWAYS TRIGGER tax_records_are_whole;
CREATE TRIGGER tax_records_keep_their_terms BEFORE UPDATE ON tax_records FOR EACH ROW EXECUTE FUNCTION tax_record_keeps_its_terms();
ALTER TABLE tax_records ENABLE ALWAYS TRIGGER tax_records_keep_their_terms;
CREATE TRIGGER tax_records_refuse_delete BEFORE DELETE ON tax_records FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
ALTER TABLE tax_records ENABLE ALWAYS TRIGGER tax_records_refuse_delete;
CREATE TRIGGER tax_records_refuse_truncate BEFORE TRUNCATE ON tax_records FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept();
ALTER TABLE tax_records ENABLE ALWAYS TRIGGER tax_records_refuse_truncate;
ALTER TABLE ONLY audit_log
    ADD CONSTRAINT audit_log_actor_fkey FOREIGN KEY (actor_user_id) REFERENCES users(id);
ALTER TABLE ONLY audit_log
    ADD CONSTRAINT audit_log_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id);
ALTER TABLE ONLY charges
    ADD CONSTRAINT charges_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id);
ALTER TABLE ONLY consultations
    ADD CONSTRAINT consultations_patient_fkey FOREIGN KEY (patient_id) REFERENCES users(id);
ALTER TABLE ONLY credit_notes
    ADD CONSTRAINT credit_notes_dispute_fkey FOREIGN KEY (dispute_id) REFERENCES disputes(id);
ALTER TABLE ONLY credit_notes
    ADD CONSTRAINT credit_notes_invoice_fkey FOREIGN KEY (invoice_id) REFERENCES invoices(id);
ALTER TABLE ONLY credit_notes
    ADD CONSTRAINT credit_notes_refund_fkey FOREIGN KEY (refund_id) REFERENCES refunds(id);
ALTER TABLE ONLY disputes
    ADD CONSTRAINT disputes_charge_fkey FOREIGN KEY (charge_id) REFERENCES charges(id);
ALTER TABLE ONLY disputes
    ADD CONSTRAINT disputes_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id);
ALTER TABLE ONLY invoices
    ADD CONSTRAINT invoices_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id);
ALTER TABLE ONLY logins
    ADD CONSTRAINT logins_user_fkey FOREIGN KEY (user_id) REFERENCES users(id);
ALTER TABLE ONLY payments
    ADD CONSTRAINT payments_consultation_fkey FOREIGN KEY (consultation_id) REFERENCES consultations(id);
ALTER TABLE ONLY payments
    ADD CONSTRAINT payments_product_fkey FOREIGN KEY (product_id) REFERENCES products(id);
ALTER TABLE ONLY payments
    ADD CONSTRAINT payments_user_fkey FOREIGN KEY (user_id) REFERENCES users(id);
ALTER TABLE ONLY refunds
    ADD CONSTRAINT refunds_charge_fkey FOREIGN KEY (charge_id, payment_method, currency) REFERENCES charges(id, payment_method, currency);
ALTER TABLE ONLY refunds
    ADD CONSTRAINT refunds_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id);
ALTER TABLE ONLY refunds
    ADD CONSTRAINT refunds_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES users(id);
ALTER TABLE ONLY stripe_refunds
    ADD CONSTRAINT stripe_refunds_refund_fkey FOREIGN KEY (refund_id) REFERENCES refunds(id);
ALTER TABLE ONLY stripe_sessions
    ADD CONSTRAINT stripe_sessions_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id);
ALTER TABLE ONLY tax_records
    ADD CONSTRAINT tax_records_invoice_fkey FOREIGN KEY (invoice_id) REFERENCES invoices(id);
ALTER TABLE ONLY tax_records
    ADD CONSTRAINT tax_records_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id);
ALTER TABLE ONLY webhook_events
    ADD CONSTRAINT webhook_events_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id);
DO $do$ BEGIN EXECUTE format('ALTER FUNCTION charge_sums_match_refunds() SET search_path = %I, pg_temp', current_schema()); END $do$;
DO $do$ BEGIN EXECUTE format('ALTER FUNCTION check_payment(about bigint) SET search_path = %I, pg_temp', current_schema()); END $do$;
DO $do$ BEGIN EXECUTE format('ALTER FUNCTION credit_note_matches_refund() SET search_path = %I, pg_temp', current_schema()); END $do$;
DO $do$ BEGIN EXECUTE format('ALTER FUNCTION refund_is_of_its_charges_payment() SET search_path = %I, pg_temp', current_schema()); END $do$;
