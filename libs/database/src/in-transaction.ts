import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { sqlStateOf } from './database-failures.js';

/** Postgres asks for these to be tried again: serialization_failure and deadlock_detected. */
const TRY_AGAIN = new Set(['40001', '40P01']);

/** Three in all, as the third seed has it. A fourth would more likely mean a bug than bad luck. */
const TRIES = 3;

/** Two transactions that deadlocked once must not meet again in the same step. */
const LONGEST_PAUSE_MS = 50;

/**
 * Runs `work` in one transaction and commits it, whole or not at all; `work` may run up to three times, so it must do
 * nothing outside the database.
 * @throws whatever `work` or Postgres throws; the transaction is rolled back then.
 */
export async function inTransaction<Result>(
  dataSource: DataSource,
  work: (tx: EntityManager) => Promise<Result>,
  random: () => number = Math.random,
): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await dataSource.transaction(work);
    } catch (error) {
      if (tried >= TRIES || !TRY_AGAIN.has(sqlStateOf(error) ?? '')) throw error;
      await pause(random() * LONGEST_PAUSE_MS);
    }
  }
}
