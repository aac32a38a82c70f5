import { DatabaseUnavailable } from '#errors';
import { asDatabaseError } from './database-failures.js';

/** How rows that are due are taken by a job. Ids are whatever tells them apart. */
export interface Taking<Row, Id> {
  /** A batch in one statement. */
  readonly batch: () => Promise<Row[]>;
  /** What the batch would be, without the rows that were refused before; nothing is locked or changed. */
  readonly due: (except: readonly Id[]) => Promise<Id[]>;
  /** One of them, if it is still due. */
  readonly one: (id: Id) => Promise<Row[]>;
  /** It cannot be taken: logged and counted. */
  readonly refused: (id: Id, error: unknown) => Promise<void>;
}

/**
 * Processes a batch in one transaction; if a row fails, each row in its own, so that a failing row does not block the others.
 * @param refused what could not be taken in this sweep; grows, and is passed over by the next batch
 * @returns `more`: whether another batch may be due @throws when Postgres is away
 */
export async function takeApart<Row, Id>(
  taking: Taking<Row, Id>,
  most: number,
  refused: Set<Id>,
): Promise<{ rows: Row[]; more: boolean }> {
  try {
    const rows = await taking.batch();
    return { rows, more: rows.length >= most };
  } catch (error) {
    rethrowIfAway(error);
  }
  const ids = await taking.due([...refused]);
  const rows: Row[] = [];
  for (const id of ids) {
    try {
      rows.push(...(await taking.one(id)));
    } catch (error) {
      rethrowIfAway(error);
      refused.add(id);
      await taking.refused(id, error);
    }
  }
  return { rows, more: ids.length >= most };
}

/** Postgres away is no row's fault: the sweep ends, and the next one begins anew. */
export function rethrowIfAway(error: unknown): void {
  if (error instanceof DatabaseUnavailable || asDatabaseError(error) instanceof DatabaseUnavailable) throw error;
}
