import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that an event of Stripe which only waits is never given up, and that a try which ran while its event was
 * requeued cannot postpone it.
 * - `failures` counts what was the event's own trouble; only that leads to `dead`. `tries` counts every try.
 * - `fence` is raised by each take and requeue of the event; a try that began under an older one writes nothing.
 * - `payment_intent` finds the events that wait for a payment intent without reading payloads.
 */
export class CountWebhookFailuresApartFromTries1764000000030 implements MigrationInterface {
  name = 'CountWebhookFailuresApartFromTries1764000000030';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      ALTER TABLE webhook_events
        ADD COLUMN failures integer NOT NULL DEFAULT 0,
        ADD COLUMN fence bigint NOT NULL DEFAULT 0,
        ADD COLUMN payment_intent text;
      COMMENT ON COLUMN webhook_events.failures IS 'Tries that failed by the event''s own fault. Waiting does not count.';
      COMMENT ON COLUMN webhook_events.fence IS 'Raised when it is taken or requeued; an older try may not postpone it.';
      COMMENT ON COLUMN webhook_events.payment_intent IS 'Of a refund or a dispute: what requeues it when its money is booked.';
      -- Only what can still be requeued is filled in: the rest is never looked up by it.
      UPDATE webhook_events SET failures = tries WHERE status IN ('pending', 'dead');
      UPDATE webhook_events
        SET payment_intent = substring(payload FROM '"payment_intent"\\s*:\\s*"(pi_[A-Za-z0-9_]{1,250})"')
        WHERE status IN ('pending', 'dead') AND (type LIKE 'refund.%' OR type LIKE 'charge.dispute.%');
      CREATE INDEX webhook_events_waiting_for_money ON webhook_events (payment_intent)
        WHERE status IN ('pending', 'dead') AND (type LIKE 'refund.%' OR type LIKE 'charge.dispute.%');
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      DROP INDEX webhook_events_waiting_for_money;
      ALTER TABLE webhook_events DROP COLUMN failures, DROP COLUMN fence, DROP COLUMN payment_intent;
    `);
  }
}
