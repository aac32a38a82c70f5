import { type Durability, readDurability } from '#database';
import type pg from 'pg';

/** Whether a commit that was answered is still there after a crash or a failover. Weaker is a warning, not a failure. */
export async function durabilityCheck(connection: pg.Pool): Promise<Durability> {
  return readDurability(async (sql) => (await connection.query<Record<string, string>>(sql)).rows);
}
