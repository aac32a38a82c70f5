import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { sqlStateOf } from './database-failures.js';

/** Postgres asks for these to be tried again: serialization_failure and deadlock_detected. */
const TRY_AGAIN = new Set(['40001', '40P01']);

/** Three in all. A fourth would more likely mean a bug than bad luck. */
export const TRIES = 3;

/** Two transactions that deadlocked once must not meet again in the same step. */
const MAX_PAUSE_MS = 50;

/** What each transaction that is open has to do once it is committed. */
const effectsOf = new WeakMap<EntityManager, (() => void)[]>();

/**
 * Runs `work` in one transaction and commits it, whole or not at all; `work` may run up to three times, so it must do
 * nothing outside the database, save through `afterCommit`.
 * @throws whatever `work` or Postgres throws; the transaction is rolled back then.
 */
export async function inTransaction<Result>(
  dataSource: DataSource,
  work: (tx: EntityManager) => Promise<Result>,
  random: () => number = Math.random,
): Promise<Result> {
  for (let tried = 1; ; tried++) {
    // Of this try alone: what an earlier one would have done is forgotten with it.
    const effects: (() => void)[] = [];
    let result: Result;
    try {
      result = await dataSource.transaction(async (tx) => {
        effectsOf.set(tx, effects);
        return work(tx);
      });
    } catch (error) {
      if (tried >= TRIES || !TRY_AGAIN.has(sqlStateOf(error) ?? '')) throw error;
      await pause(random() * MAX_PAUSE_MS);
      continue;
    }
    for (const effect of effects) effect();
    return result;
  }
}

/**
 * Does something outside the database once this transaction is committed, and never if it is not: a log line, a count. It
 * must not throw, and is not undone by a rollback to a savepoint, so ask for it after the statement that may fail.
 * @throws Error if `tx` was not opened by `inTransaction`
 */
export function afterCommit(tx: EntityManager, effect: () => void): void {
  const effects = effectsOf.get(tx);
  if (!effects) throw new Error('afterCommit needs a transaction that inTransaction has opened');
  effects.push(effect);
}
