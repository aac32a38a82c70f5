import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that a refund whose answer was lost is not sent again beside one that somebody made at Stripe meanwhile.
 * - `conflicting_refunds` names what was found in Stripe's list since ours was first sent: staff decide.
 * - `withdrawn`: staff took a refund back that Stripe had not answered. It is never sent again (`stripe_refunds_go_forward`);
 *   if Stripe makes it after all, it is adopted as a refund of its own.
 */
export class WithdrawUnansweredRefunds1764000000019 implements MigrationInterface {
  name = 'WithdrawUnansweredRefunds1764000000019';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      ALTER TABLE stripe_refunds
        ADD COLUMN conflicting_refunds text[] NOT NULL DEFAULT '{}',
        ADD COLUMN refused_code text,
        DROP CONSTRAINT stripe_refunds_state,
        ADD CONSTRAINT stripe_refunds_state CHECK (state IN ('unanswered', 'answered', 'refused', 'withdrawn'));
      DROP INDEX stripe_refunds_to_look_at;
      CREATE INDEX stripe_refunds_to_look_at ON stripe_refunds (look_at) WHERE state IN ('unanswered', 'answered');
      COMMENT ON COLUMN stripe_refunds.conflicting_refunds IS
        'Other refunds found at Stripe since this one was first sent: it is not sent again until staff decide.';
      COMMENT ON COLUMN stripe_refunds.refused_code IS
        'Stripe''s definite no, kept until Stripe could be read for what was done instead.';
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      DROP INDEX stripe_refunds_to_look_at;
      CREATE INDEX stripe_refunds_to_look_at ON stripe_refunds (look_at) WHERE state <> 'refused';
      ALTER TABLE stripe_refunds DROP COLUMN conflicting_refunds, DROP COLUMN refused_code,
        DROP CONSTRAINT stripe_refunds_state,
        ADD CONSTRAINT stripe_refunds_state CHECK (state IN ('unanswered', 'answered', 'refused'));
    `);
  }
}
