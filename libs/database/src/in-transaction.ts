import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { sqlStateOf } from './database-failures.js';

/** Postgres says that a client should retry these: serialization_failure and deadlock_detected. */
const TRY_AGAIN = new Set(['40001', '40P01']);

/** Three in all. A fourth would more likely hide a bug. */
export const TRIES = 3;

/** Random, so that two transactions that deadlocked do not collide again. */
const MAX_PAUSE_MS = 50;

/** The effects that each open transaction runs after its commit. */
const effectsOf = new WeakMap<EntityManager, (() => void)[]>();

/**
 * Runs `work` in one transaction and commits it as a whole or not at all. `work` may run up to three times, so it
 * must do nothing outside the database, except through `afterCommit`.
 *
 * Statements are sent when they are called, each with a snapshot of its own, in this order: those that need nothing
 * of each other's answers may be called `together`, and cost one round trip.
 * @throws whatever `work` or Postgres throws; the transaction is rolled back then. If the connection is lost during
 *   the commit, the outcome is unclear.
 */
export async function inTransaction<Result>(
  dataSource: DataSource,
  work: (tx: EntityManager) => Promise<Result>,
  random: () => number = Math.random,
): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await transaction(dataSource, work);
    } catch (error) {
      if (tried >= TRIES || !TRY_AGAIN.has(sqlStateOf(error) ?? '')) throw error;
      await pause(random() * MAX_PAUSE_MS);
    }
  }
}

async function transaction<Result>(
  dataSource: DataSource,
  work: (tx: EntityManager) => Promise<Result>,
): Promise<Result> {
  const runner = dataSource.createQueryRunner();
  const tx = runner.manager;
  const effects: (() => void)[] = [];
  effectsOf.set(tx, effects);
  try {
    // Not awaited: it travels with the first statement. If it fails, so does that.
    const begun = runner.query('BEGIN');
    begun.catch(() => undefined);
    const result = await work(tx);
    await begun;
    await runner.query('COMMIT');
    for (const effect of effects) effect();
    return result;
  } catch (error) {
    // A connection that does not even roll back is closed by its pool (openDataSource).
    await runner.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

/** https://www.postgresql.org/docs/18/errcodes-appendix.html: in_failed_sql_transaction */
const AFTER_A_FAILURE = '25P02';

/**
 * Waits for work of one transaction that was sent together, all of it: what still ran after the rollback would be
 * committed alone.
 * @throws the failure that is the cause: Postgres refuses every statement after it
 */
export async function together<Results extends readonly unknown[]>(work: {
  readonly [Index in keyof Results]: Promise<Results[Index]>;
}): Promise<Results> {
  const settled = await Promise.allSettled(work as readonly Promise<unknown>[]);
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (failures.length > 0) throw failures.find((error) => sqlStateOf(error) !== AFTER_A_FAILURE) ?? failures[0];
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as Results;
}

/**
 * Runs an effect outside the database (a log line, a count) once this transaction is committed, and never if it is
 * not. The effect must not throw. A rollback to a savepoint does not undo it, so call this after the statement that
 * may fail.
 * @throws Error if `tx` was not opened by `inTransaction`
 */
export function afterCommit(tx: EntityManager, effect: () => void): void {
  const effects = effectsOf.get(tx);
  if (!effects) throw new Error('afterCommit needs a transaction that inTransaction has opened');
  effects.push(effect);
}
