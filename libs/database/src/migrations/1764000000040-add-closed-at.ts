import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that what is closed takes no more money.
 * - `closed_at` says since when a consultation or product is closed, whoever closed it (`…_set_closed_at`): money taken
 *   after it is refunded, money taken before it completes its payment.
 * - `page_closings` remembers whose pages at Stripe still have to be expired, so that a killed process loses none. A row
 *   stands for one consultation or product, and is deleted once none of its pages is open.
 *
 * What was closed before this migration counts as closed from now on: it could be paid until now.
 */
export class ClosedAt1764000000040 implements MigrationInterface {
  name = 'ClosedAt1764000000040';

  async up(run: QueryRunner): Promise<void> {
    await run.query(CLOSED_AT);
    await run.query(PAGE_CLOSINGS);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      DROP TABLE page_closings;
      DROP INDEX payments_pending_of_product;
      DROP TRIGGER consultations_set_closed_at ON consultations;
      DROP TRIGGER products_set_closed_at ON products;
      DROP FUNCTION set_closed_at;
      ALTER TABLE consultations DROP COLUMN closed_at;
      ALTER TABLE products DROP COLUMN closed_at;
    `);
  }
}

/** The time is read after the row lock was waited for: a payment that was written before has an earlier time. */
const CLOSED_AT = `
  ALTER TABLE consultations ADD COLUMN closed_at timestamptz;
  ALTER TABLE products ADD COLUMN closed_at timestamptz;
  UPDATE consultations SET closed_at = clock_timestamp() WHERE status = 'closed';
  UPDATE products SET closed_at = clock_timestamp() WHERE status = 'closed';
  ALTER TABLE consultations
    ADD CONSTRAINT consultations_closed_at_when_closed CHECK ((status = 'closed') = (closed_at IS NOT NULL));
  ALTER TABLE products
    ADD CONSTRAINT products_closed_at_when_closed CHECK ((status = 'closed') = (closed_at IS NOT NULL));
  COMMENT ON COLUMN consultations.closed_at IS 'Money taken after this time is refunded.';
  COMMENT ON COLUMN products.closed_at IS 'Money taken after this time is refunded.';

  CREATE FUNCTION set_closed_at() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.closed_at := CASE
      WHEN NEW.status <> 'closed' THEN NULL
      WHEN TG_OP = 'UPDATE' AND OLD.status = 'closed' THEN OLD.closed_at
      ELSE coalesce(NEW.closed_at, clock_timestamp()) END;
    RETURN NEW;
  END $$;
  CREATE TRIGGER consultations_set_closed_at BEFORE INSERT OR UPDATE ON consultations
    FOR EACH ROW EXECUTE FUNCTION set_closed_at();
  CREATE TRIGGER products_set_closed_at BEFORE INSERT OR UPDATE ON products
    FOR EACH ROW EXECUTE FUNCTION set_closed_at();
  ALTER TABLE consultations ENABLE ALWAYS TRIGGER consultations_set_closed_at;
  ALTER TABLE products ENABLE ALWAYS TRIGGER products_set_closed_at;
  DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION set_closed_at() SET search_path = %I, pg_temp', current_schema());
  END $$`;

const PAGE_CLOSINGS = `
  CREATE TABLE page_closings (
    id                bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT page_closings_pkey PRIMARY KEY,
    consultation_id   bigint CONSTRAINT page_closings_consultation_fkey REFERENCES consultations
                      CONSTRAINT page_closings_consultation_unique UNIQUE,
    product_id        text CONSTRAINT page_closings_product_fkey REFERENCES products
                      CONSTRAINT page_closings_product_unique UNIQUE,
    after_payment_id  bigint NOT NULL DEFAULT 0,
    failed            integer NOT NULL DEFAULT 0,
    tries             integer NOT NULL DEFAULT 0,
    next_try_at       timestamptz NOT NULL DEFAULT now() + interval '5 seconds',
    created_at        timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT page_closings_of_one_thing CHECK (num_nonnulls(consultation_id, product_id) = 1)
  );
  COMMENT ON TABLE page_closings IS 'Closed consultations and products whose pages at Stripe may still be open.';
  COMMENT ON COLUMN page_closings.after_payment_id IS 'How far the running pass over the open payments has come.';
  COMMENT ON COLUMN page_closings.failed IS 'Pages of the running pass that could not be expired.';
  COMMENT ON COLUMN page_closings.next_try_at IS 'At first after whoever closed it has tried a few at once.';
  CREATE INDEX page_closings_due ON page_closings (next_try_at);
  CREATE INDEX payments_pending_of_product ON payments (product_id, id) WHERE status = 'pending';
  INSERT INTO page_closings (consultation_id)
    SELECT c.id FROM consultations c JOIN payments p ON p.consultation_id = c.id
    WHERE c.status = 'closed' AND p.status = 'pending' AND p.payment_method = 'stripe';
  INSERT INTO page_closings (product_id)
    SELECT d.id FROM products d
    WHERE d.status = 'closed' AND EXISTS (SELECT FROM payments p WHERE p.product_id = d.id AND p.status = 'pending')`;
