import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that money which does not match its payment has a way out, and only one.
 * - Quarantined money is accepted, refunded (then it is `returned`), or marked `settled_elsewhere` by staff.
 * - Stripe may correct what an event said wrongly: amount, currency and time of quarantined money change while it becomes
 *   `accepted`, never later, and not once any of it went back (`charges_keep_their_terms`).
 * - `review_at`: when the worker asks Stripe again whether the money matches after all.
 */
export class ResolveUnmatchedMoney1764000000018 implements MigrationInterface {
  name = 'ResolveUnmatchedMoney1764000000018';

  async up(run: QueryRunner): Promise<void> {
    await run.query(dispositions(`'accepted', 'returned', 'quarantined', 'foreign', 'settled_elsewhere'`));
    await run.query(terms(CORRECTABLE));
    await run.query(`
      ALTER TABLE charges ADD COLUMN review_at timestamptz NOT NULL DEFAULT now(), ADD COLUMN reviews integer NOT NULL DEFAULT 0;
      CREATE INDEX charges_to_review ON charges (review_at) WHERE disposition = 'quarantined';
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('ALTER TABLE charges DROP COLUMN review_at, DROP COLUMN reviews');
    await run.query(terms('false'));
    await run.query(dispositions(`'accepted', 'returned', 'quarantined', 'foreign'`));
  }
}

const dispositions = (names: string) => `
  ALTER TABLE charges DROP CONSTRAINT charges_disposition,
    ADD CONSTRAINT charges_disposition CHECK (disposition IN (${names}))`;

const CORRECTABLE = `
  OLD.disposition = 'quarantined' AND NEW.disposition = 'accepted' AND OLD.amount_returned + OLD.amount_reserved = 0
  AND (NEW.payment_method, NEW.transaction_id) = (OLD.payment_method, OLD.transaction_id)`;

const terms = (unless: string) => `
  CREATE OR REPLACE FUNCTION charge_keeps_its_terms() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.payment_method, NEW.transaction_id, NEW.amount_received, NEW.currency)
       IS DISTINCT FROM (OLD.payment_method, OLD.transaction_id, OLD.amount_received, OLD.currency)
       AND NOT (${unless}) THEN
      RAISE EXCEPTION 'what arrived does not change' USING ERRCODE = 'check_violation', CONSTRAINT = 'charges_keep_their_terms';
    END IF;
    RETURN NEW;
  END $$`;
