import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that a dispute which was lost and is won after all (its customer withdrew) counts for nothing any more, and that
 * this is the one step back there is (`disputes_go_forward`).
 */
export class LostAndWonBack1764000000015 implements MigrationInterface {
  name = 'LostAndWonBack1764000000015';

  async up(run: QueryRunner): Promise<void> {
    await run.query(goingForward(`NOT (OLD.state = 'lost' AND NEW.state = 'won' AND NEW.amount = OLD.amount) AND`));
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(goingForward(''));
  }
}

const goingForward = (unless: string) => `
  CREATE OR REPLACE FUNCTION dispute_is_settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF ${unless} (OLD.state IN ('won', 'lost') AND (NEW.state, NEW.amount) <> (OLD.state, OLD.amount)
        OR NEW.counted_amount < OLD.counted_amount) THEN
      RAISE EXCEPTION 'dispute % was % already', OLD.dispute_id, OLD.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'disputes_go_forward';
    END IF;
    RETURN NEW;
  END $$;`;
