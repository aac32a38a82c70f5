import { DatabaseUnavailable } from '#errors';
import { asDatabaseError } from './database-failures.js';

/** How a job takes rows that are due. An id identifies a row. */
export interface Taking<Row, Id> {
  /** A batch in one statement. */
  readonly batch: () => Promise<Row[]>;
  /** The rows of the next batch, without those that were refused before; locks and changes nothing. */
  readonly due: (except: readonly Id[]) => Promise<Id[]>;
  /** One of them, if it is still due. */
  readonly one: (id: Id) => Promise<Row[]>;
  /** Called for a row that cannot be taken: logs and counts it. */
  readonly refused: (id: Id, error: unknown) => Promise<void>;
}

/**
 * Processes a batch in one transaction; if a row fails, each row in its own, so that a failing row does not block the
 * others.
 * @param refused the rows that could not be taken in this sweep; grows, and the next batch skips them
 * @returns `more`: whether another batch may be due @throws when Postgres is unreachable
 */
export async function takeBatch<Row, Id>(
  taking: Taking<Row, Id>,
  limit: number,
  refused: Set<Id>,
): Promise<{ rows: Row[]; more: boolean }> {
  try {
    const rows = await taking.batch();
    return { rows, more: rows.length >= limit };
  } catch (error) {
    rethrowIfUnreachable(error);
  }
  const ids = await taking.due([...refused]);
  const rows: Row[] = [];
  for (const id of ids) {
    try {
      rows.push(...(await taking.one(id)));
    } catch (error) {
      rethrowIfUnreachable(error);
      refused.add(id);
      await taking.refused(id, error);
    }
  }
  return { rows, more: ids.length >= limit };
}

/** An unreachable Postgres is no row's fault: the sweep ends, and the next one starts again. */
export function rethrowIfUnreachable(error: unknown): void {
  if (error instanceof DatabaseUnavailable || asDatabaseError(error) instanceof DatabaseUnavailable) throw error;
}
