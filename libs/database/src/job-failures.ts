import type { EntityManager } from 'typeorm';

export interface JobFailures {
  readonly job: string;
  readonly failures: number;
}

/** The length of a log line. */
const MAX_ERROR_LENGTH = 300;

/**
 * Counts one row on which a job failed, or a job that failed as a whole. Never throws: if counting fails, the log
 * reports it.
 */
export async function countJobFailure(manager: EntityManager, job: string, error: unknown): Promise<void> {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
  await manager
    .query(
      `INSERT INTO job_failures AS f (job, failures, last_error) VALUES ($1, 1, $2)
       ON CONFLICT (job) DO UPDATE SET failures = f.failures + 1, last_failed_at = now(), last_error = excluded.last_error`,
      [job, text.replaceAll('\0', '').slice(0, MAX_ERROR_LENGTH)],
    )
    .catch(() => undefined);
}

export async function readJobFailures(manager: EntityManager): Promise<JobFailures[]> {
  return manager.query<JobFailures[]>('SELECT job, failures FROM job_failures ORDER BY job');
}
