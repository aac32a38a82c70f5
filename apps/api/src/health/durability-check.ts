import { type Durability, readDurability } from '#database';
import type pg from 'pg';

/** Whether an acknowledged commit survives a crash or a failover. Weaker settings are a warning, not a failure. */
export async function durabilityCheck(connection: pg.Pool): Promise<Durability> {
  return readDurability(async (sql) => (await connection.query<Record<string, string>>(sql)).rows);
}
