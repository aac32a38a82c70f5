import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that money at Stripe which the books cannot account for is shown to staff until somebody has dealt with it.
 * Each is recorded once (`stripe_discrepancies_unique`), however often it is found, and never removed.
 */
export class RecordStripeDiscrepancies1764000000032 implements MigrationInterface {
  name = 'RecordStripeDiscrepancies1764000000032';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      CREATE TABLE stripe_discrepancies (
        id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT stripe_discrepancies_pkey PRIMARY KEY,
        kind         text NOT NULL CONSTRAINT stripe_discrepancies_kind CHECK (kind IN ('unknown_payment', 'paid_twice')),
        stripe_id    text NOT NULL CONSTRAINT stripe_discrepancies_stripe_id CHECK (stripe_id ~ '^[\\x21-\\x7e]{1,255}$'),
        payment_id   bigint CONSTRAINT stripe_discrepancies_payment_fkey REFERENCES payments,
        amount       bigint NOT NULL,
        currency     text NOT NULL,
        detail       jsonb NOT NULL DEFAULT '{}',
        found_at     timestamptz NOT NULL DEFAULT now(),
        resolved_at  timestamptz,
        resolved_by  bigint CONSTRAINT stripe_discrepancies_user_fkey REFERENCES users,
        note         text CONSTRAINT stripe_discrepancies_note CHECK (length(note) BETWEEN 1 AND 500),
        CONSTRAINT stripe_discrepancies_unique UNIQUE (kind, stripe_id),
        CONSTRAINT stripe_discrepancies_resolved_with_note CHECK ((resolved_at IS NULL) = (note IS NULL))
      );
      COMMENT ON TABLE stripe_discrepancies IS 'Money at Stripe that carries our reference and that the books cannot account for.';
      CREATE INDEX stripe_discrepancies_open ON stripe_discrepancies (id DESC) WHERE resolved_at IS NULL;
      CREATE TRIGGER stripe_discrepancies_refuse_delete BEFORE DELETE ON stripe_discrepancies
        FOR EACH ROW EXECUTE FUNCTION rows_are_kept();
      CREATE TRIGGER stripe_discrepancies_refuse_truncate BEFORE TRUNCATE ON stripe_discrepancies
        FOR EACH STATEMENT EXECUTE FUNCTION rows_are_kept();
      ALTER TABLE stripe_discrepancies ENABLE ALWAYS TRIGGER stripe_discrepancies_refuse_delete;
      ALTER TABLE stripe_discrepancies ENABLE ALWAYS TRIGGER stripe_discrepancies_refuse_truncate;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('DROP TABLE stripe_discrepancies');
  }
}
