import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that a lost dispute counts for what it took, no more and no less, whatever becomes of refunds beside it.
 * - A dispute lost while a refund holds a part of the charge counts the rest, and the part as well once that refund has
 *   failed: so it may have several credit notes, and what it counts only grows (`disputes_go_forward`).
 * - What is returned pays first what we owe after a refund failed, for which there is a credit note already: a note may say
 *   less than its refund or dispute, never more (`credit_notes_match_refunds`, `credit_notes_match_disputes`).
 */
export class DisputesGrow1764000000013 implements MigrationInterface {
  name = 'DisputesGrow1764000000013';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      ALTER TABLE credit_notes DROP CONSTRAINT credit_notes_once_per_dispute;
      CREATE INDEX credit_notes_of_dispute ON credit_notes (dispute_id) WHERE dispute_id IS NOT NULL;
      CREATE OR REPLACE FUNCTION dispute_is_settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state IN ('won', 'lost') AND (NEW.state, NEW.amount) <> (OLD.state, OLD.amount)
           OR NEW.counted_amount < OLD.counted_amount THEN
          RAISE EXCEPTION 'dispute % was % already', OLD.dispute_id, OLD.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'disputes_go_forward';
        END IF;
        RETURN NEW;
      END $$;
    `);
    await run.query(matching(NO_MORE_THAN));
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(matching(EXACTLY));
    await run.query(`
      CREATE OR REPLACE FUNCTION dispute_is_settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state IN ('won', 'lost') AND NEW.state <> OLD.state THEN
          RAISE EXCEPTION 'dispute % was % already', OLD.dispute_id, OLD.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'disputes_go_forward';
        END IF;
        RETURN NEW;
      END $$;
      DROP INDEX credit_notes_of_dispute;
      ALTER TABLE credit_notes ADD CONSTRAINT credit_notes_once_per_dispute UNIQUE (dispute_id);
    `);
  }
}

interface Rule {
  readonly refund: string;
  readonly dispute: string;
}

const SIGNED = `CASE NEW.kind WHEN 'credit' THEN NEW.amount ELSE -NEW.amount END`;
const EXACTLY: Rule = { refund: `amount = ${SIGNED}`, dispute: 'counted_amount = NEW.amount' };
const NO_MORE_THAN: Rule = {
  refund: `amount >= ${SIGNED}`,
  dispute: 'counted_amount >= (SELECT sum(amount) FROM credit_notes WHERE dispute_id = NEW.dispute_id)',
};

const matching = ({ refund, dispute }: Rule) => `
  CREATE OR REPLACE FUNCTION credit_note_matches_refund() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    about bigint;
  BEGIN
    SELECT payment_id INTO about FROM invoices WHERE id = NEW.invoice_id;
    IF NEW.refund_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM refunds WHERE id = NEW.refund_id AND payment_id = about AND ${refund}
        AND status = CASE NEW.kind WHEN 'credit' THEN 'succeeded' ELSE 'failed' END) THEN
      RAISE EXCEPTION 'credit note % does not say what refund % says', NEW.credit_number, NEW.refund_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_notes_match_refunds';
    END IF;
    IF NEW.dispute_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM disputes WHERE id = NEW.dispute_id AND payment_id = about AND ${dispute}) THEN
      RAISE EXCEPTION 'credit note % does not say what dispute % says', NEW.credit_number, NEW.dispute_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_notes_match_disputes';
    END IF;
    PERFORM check_payment(about);
    RETURN NULL;
  END $$;
  -- Replacing a function forgets its settings: a temporary table must not stand in for ours.
  DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION credit_note_matches_refund() SET search_path = %I, pg_temp', current_schema());
  END $$`;
