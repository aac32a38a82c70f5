import { parseConfig } from '#config';
import { dataSourceOptions, openDataSource } from '#database';
import type { DataSource } from 'typeorm';
import { TEST_SECRET } from '../../support/database.js';

/** A connection pool such as each process of ours has. */
export async function openSource(url: string): Promise<DataSource> {
  return openDataSource(dataSourceOptions(parseConfig({ DATABASE_URL: url, JWT_SECRET: TEST_SECRET }), 'test'));
}
