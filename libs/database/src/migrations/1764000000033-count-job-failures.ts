import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: that a row which a job cannot process is noticed. The worker has no HTTP side, so it counts here, and the API
 * shows the counts at /metrics.
 */
export class CountJobFailures1764000000033 implements MigrationInterface {
  name = 'CountJobFailures1764000000033';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      CREATE TABLE job_failures (
        job             text CONSTRAINT job_failures_pkey PRIMARY KEY,
        failures        bigint NOT NULL DEFAULT 0,
        last_failed_at  timestamptz NOT NULL DEFAULT now(),
        last_error      text NOT NULL
      );
      COMMENT ON TABLE job_failures IS 'Rows that a job of the worker failed on, and jobs that failed as a whole, by job.';
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('DROP TABLE job_failures');
  }
}
