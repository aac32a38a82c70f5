import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: the record of attempts that took no money.
 * - One charge at Stripe is one attempt, whichever of its two events is applied first (`payment_attempts_charge_unique`).
 *   An attempt that ended before a charge was made is named by its event (`payment_attempts_event_unique`).
 * - Rows are added, never changed or removed (`payment_attempts_are_kept`).
 * - No card number fits in: brand and last four digits only (`payment_attempts_last4_only`). Texts are bounded.
 */
export class RecordPaymentAttempts1764000000050 implements MigrationInterface {
  name = 'RecordPaymentAttempts1764000000050';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      CREATE TABLE payment_attempts (
        id                    bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT payment_attempts_pkey PRIMARY KEY,
        payment_id            bigint NOT NULL CONSTRAINT payment_attempts_payment_fkey REFERENCES payments,
        charge_id             text CONSTRAINT payment_attempts_charge_unique UNIQUE
                              CONSTRAINT payment_attempts_charge_length CHECK (length(charge_id) BETWEEN 1 AND 255),
        event_id              text CONSTRAINT payment_attempts_event_unique UNIQUE
                              CONSTRAINT payment_attempts_event_length CHECK (length(event_id) BETWEEN 1 AND 255),
        payment_intent        text NOT NULL
                              CONSTRAINT payment_attempts_intent_length CHECK (length(payment_intent) BETWEEN 1 AND 255),
        is_card               boolean NOT NULL,
        payment_method_type   text CONSTRAINT payment_attempts_type_length CHECK (length(payment_method_type) <= 100),
        failure_code          text CONSTRAINT payment_attempts_failure_length CHECK (length(failure_code) <= 100),
        decline_code          text CONSTRAINT payment_attempts_decline_length CHECK (length(decline_code) <= 100),
        network_decline_code  text CONSTRAINT payment_attempts_network_length CHECK (length(network_decline_code) <= 100),
        message               text CONSTRAINT payment_attempts_message_length CHECK (length(message) <= 500),
        card_brand            text CONSTRAINT payment_attempts_brand_length CHECK (length(card_brand) <= 50),
        card_last4            text CONSTRAINT payment_attempts_last4_only CHECK (card_last4 ~ '^[0-9]{4}$'),
        attempted_at          timestamptz NOT NULL,
        recorded_at           timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT payment_attempts_named_once CHECK (num_nonnulls(charge_id, event_id) = 1),
        CONSTRAINT payment_attempts_card_of_card CHECK
          (is_card OR num_nonnulls(decline_code, card_brand, card_last4) = 0)
      );
      COMMENT ON TABLE payment_attempts IS 'Attempts to pay that failed at Stripe: declined cards, and failed debits.';
      COMMENT ON COLUMN payment_attempts.is_card IS 'False: another payment method, such as a bank debit, failed.';
      COMMENT ON COLUMN payment_attempts.event_id IS 'Only where no charge was made, as when an authentication failed.';
      COMMENT ON COLUMN payment_attempts.attempted_at IS 'By Stripe''s clock; recorded_at is by ours.';
      CREATE INDEX payment_attempts_of_payment ON payment_attempts (payment_id, attempted_at DESC, id DESC);

      CREATE TRIGGER payment_attempts_refuse_change BEFORE UPDATE OR DELETE ON payment_attempts
        FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
      CREATE TRIGGER payment_attempts_refuse_truncate BEFORE TRUNCATE ON payment_attempts
        FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept();
      ALTER TABLE payment_attempts ENABLE ALWAYS TRIGGER payment_attempts_refuse_change;
      ALTER TABLE payment_attempts ENABLE ALWAYS TRIGGER payment_attempts_refuse_truncate;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('DROP TABLE payment_attempts');
  }
}
