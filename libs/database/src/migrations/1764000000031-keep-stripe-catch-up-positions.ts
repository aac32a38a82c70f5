import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that whatever Stripe did while we could not be reached is learned, however long that was.
 * - `stripe_cursors`: up to when each list of Stripe's was read completely, and how far the pass is that reads on. A pass
 *   belongs to one worker at a time (`leased_until`, `fence`), and goes on where a killed one stopped.
 * - `reread_at` of refunds and disputes: when each is read again by its id, since a list ordered by creation never shows
 *   that an old object has changed.
 * All times but `leased_until` are by Stripe's clock.
 */
export class KeepStripeCatchUpPositions1764000000031 implements MigrationInterface {
  name = 'KeepStripeCatchUpPositions1764000000031';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      CREATE TABLE stripe_cursors (
        list            text CONSTRAINT stripe_cursors_pkey PRIMARY KEY
                        CONSTRAINT stripe_cursors_list CHECK (list IN ('events', 'sessions', 'refunds', 'disputes')),
        complete_until  timestamptz NOT NULL,
        pass_from       timestamptz,
        pass_until      timestamptz,
        starting_after  text,
        pass_pages      integer NOT NULL DEFAULT 0,
        pages_done      bigint NOT NULL DEFAULT 0,
        found           bigint NOT NULL DEFAULT 0,
        fence           bigint NOT NULL DEFAULT 0,
        leased_until    timestamptz,
        CONSTRAINT stripe_cursors_pass_has_bounds CHECK ((pass_from IS NULL) = (pass_until IS NULL)),
        CONSTRAINT stripe_cursors_position_in_pass CHECK (starting_after IS NULL OR pass_until IS NOT NULL)
      );
      COMMENT ON TABLE stripe_cursors IS 'How far each list of Stripe''s was read. Set complete_until back to read again.';
      COMMENT ON COLUMN stripe_cursors.starting_after IS 'The last object of the last page that was applied; the pass goes on after it.';
      COMMENT ON COLUMN stripe_cursors.fence IS 'Raised by each worker that takes the list; an older one may move nothing.';

      ALTER TABLE stripe_refunds ADD COLUMN reread_at timestamptz DEFAULT now();
      ALTER TABLE disputes ADD COLUMN reread_at timestamptz DEFAULT now();
      COMMENT ON COLUMN stripe_refunds.reread_at IS 'When Stripe is asked for it again, by Stripe''s clock; null: it cannot change any more.';
      COMMENT ON COLUMN disputes.reread_at IS 'When Stripe is asked for it again, by Stripe''s clock; null: it cannot change any more.';
      CREATE INDEX stripe_refunds_to_reread ON stripe_refunds (reread_at) WHERE reread_at IS NOT NULL;
      CREATE INDEX disputes_to_reread ON disputes (reread_at) WHERE reread_at IS NOT NULL;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      DROP TABLE stripe_cursors;
      ALTER TABLE stripe_refunds DROP COLUMN reread_at;
      ALTER TABLE disputes DROP COLUMN reread_at;
    `);
  }
}
