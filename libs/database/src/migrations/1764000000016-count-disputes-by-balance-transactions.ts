import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that a dispute counts for what its balance transactions took, and that Stripe's own answer decides, in any order.
 * - `lost_amount` is the net that left the balance; Stripe calls a partly won dispute `lost`
 *   (https://docs.stripe.com/api/disputes/object#dispute_object-balance_transactions). No more than that is ever counted
 *   (`disputes_counted_within_loss`).
 * - `charge_refundable` is Stripe's `is_charge_refundable`: whether the rest of the charge may still be refunded.
 * - Won and lost may follow each other (appeals, withdrawals); only an inquiry does not come back once there was more
 *   (`disputes_go_forward`), and whose dispute it is, of what, never changes (`disputes_keep_their_charge`).
 * - `charges.read_fence`: raised before Stripe is asked about a charge; an older answer writes nothing.
 */
export class DisputesFollowStripe1764000000016 implements MigrationInterface {
  name = 'DisputesFollowStripe1764000000016';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      ALTER TABLE charges ADD COLUMN read_fence bigint NOT NULL DEFAULT 0;
      COMMENT ON COLUMN charges.read_fence IS 'Raised before each read from Stripe; an older read writes nothing.';
      ALTER TABLE disputes
        ADD COLUMN lost_amount bigint NOT NULL DEFAULT 0,
        ADD COLUMN lost_at timestamptz,
        ADD COLUMN charge_refundable boolean NOT NULL DEFAULT false,
        DROP CONSTRAINT disputes_counted_when_lost;
      UPDATE disputes SET lost_amount = CASE state WHEN 'lost' THEN amount ELSE 0 END,
                          charge_refundable = state IN ('inquiry', 'won');
      SET CONSTRAINTS ALL IMMEDIATE;
      SET CONSTRAINTS ALL DEFERRED;
      ALTER TABLE disputes
        ADD CONSTRAINT disputes_counted_within_loss CHECK
          (counted_amount BETWEEN 0 AND lost_amount AND (state IN ('lost', 'open') OR lost_amount = 0));
      COMMENT ON COLUMN disputes.lost_amount IS 'What its balance transactions took and did not bring back, in the currency of the charge.';
      COMMENT ON COLUMN disputes.lost_at IS 'When Stripe withdrew it; NULL: not known.';
      COMMENT ON COLUMN disputes.charge_refundable IS 'Stripe''s is_charge_refundable: the rest of the charge may be refunded.';
      COMMENT ON COLUMN disputes.counted_amount IS
        'What of its loss was not returned before: counted as returned. An appeal keeps what was counted until it is won.';
    `);
    await run.query(rule(FOLLOWS));
    await run.query('ALTER TABLE disputes ENABLE ALWAYS TRIGGER disputes_go_forward');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(rule(ONCE));
    await run.query(`
      ALTER TABLE disputes DROP CONSTRAINT disputes_counted_within_loss, DROP COLUMN lost_amount, DROP COLUMN lost_at,
        DROP COLUMN charge_refundable;
      ALTER TABLE disputes ADD CONSTRAINT disputes_counted_when_lost CHECK
        (counted_amount BETWEEN 0 AND amount AND (state = 'lost' OR counted_amount = 0));
      ALTER TABLE charges DROP COLUMN read_fence;
    `);
  }
}

const rule = (body: string) => `
  CREATE OR REPLACE FUNCTION dispute_is_settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    ${body}
    RETURN NEW;
  END $$`;

const FOLLOWS = `
    IF (NEW.dispute_id, NEW.charge_id, NEW.payment_id, NEW.currency, NEW.opened_at)
       IS DISTINCT FROM (OLD.dispute_id, OLD.charge_id, OLD.payment_id, OLD.currency, OLD.opened_at) THEN
      RAISE EXCEPTION 'dispute % stays with its charge', OLD.dispute_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'disputes_keep_their_charge';
    END IF;
    IF OLD.state <> 'inquiry' AND NEW.state = 'inquiry' THEN
      RAISE EXCEPTION 'dispute % is more than an inquiry', OLD.dispute_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'disputes_go_forward';
    END IF;`;

const ONCE = `
    IF NOT (OLD.state = 'lost' AND NEW.state = 'won' AND NEW.amount = OLD.amount) AND
       (OLD.state IN ('won', 'lost') AND (NEW.state, NEW.amount) <> (OLD.state, OLD.amount)
        OR NEW.counted_amount < OLD.counted_amount) THEN
      RAISE EXCEPTION 'dispute % was % already', OLD.dispute_id, OLD.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'disputes_go_forward';
    END IF;`;
