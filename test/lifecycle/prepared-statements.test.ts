import { asDatabaseError, dataSourceOptions, inTransaction, openDataSource } from '#database';
import { parseConfig } from '#config';
import { DatabaseUnavailable } from '#errors';
import type { DataSource } from 'typeorm';
import { createEmptyDatabase, TEST_SECRET, type TestDatabase } from '../support/database.js';

describe('statements of a connection', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    const config = parseConfig({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: '2', JWT_SECRET: TEST_SECRET });
    dataSource = await openDataSource(
      dataSourceOptions(config, 'test', { onConnect: (client) => client.preparesUnlessPooled() }),
    );
    await database.query('CREATE TABLE things (a int, b text CONSTRAINT things_b_unique UNIQUE)');
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  const read = `SELECT a FROM things WHERE a = $1`;
  const prepared = async (text: string) => {
    const rows = await dataSource.query<unknown[]>('SELECT FROM pg_prepared_statements WHERE statement = $1', [text]);
    return rows.length;
  };

  it('are parsed once, however often they run', async () => {
    for (const a of [1, 2, 3]) await dataSource.query(read, [a]);
    expect(await prepared(read)).toBe(1);
    expect(await prepared('SELECT b FROM things')).toBe(0);
  });

  it('survive a migration that changes the type of a column: one request is asked to try again', async () => {
    await dataSource.query(read, [1]);
    await database.query('ALTER TABLE things ALTER a TYPE bigint');
    const failure: unknown = await dataSource.query(read, [1]).catch((error: unknown) => error);
    expect(asDatabaseError(failure)).toBeInstanceOf(DatabaseUnavailable);
    expect(await dataSource.query(read, [1])).toEqual([]);
  });

  it('sent together run in their order, each with a snapshot of its own', async () => {
    const row = await inTransaction(dataSource, async (tx) => {
      const [, [seen]] = await Promise.all([
        tx.query(`INSERT INTO things VALUES ($1, $2)`, [7, 'together']),
        tx.query<{ a: number }[]>(read, [7]),
      ]);
      return seen;
    });
    expect(row).toEqual({ a: 7 });
  });

  it('that fail are the error of the transaction, not those after them', async () => {
    const both = inTransaction(dataSource, (tx) =>
      Promise.all([
        tx.query(`INSERT INTO things VALUES ($1, $2)`, [8, 'together']),
        tx.query(`INSERT INTO things VALUES ($1, $2)`, [9, 'alone']),
      ]),
    );
    await expect(both).rejects.toThrow('things_b_unique');
    expect(await database.query('SELECT a FROM things WHERE a IN (8, 9)')).toEqual([]);
  });

  it('whose failure was swallowed do not let COMMIT pass for one', async () => {
    const swallowed = inTransaction(dataSource, async (tx) => {
      await tx.query(`INSERT INTO things VALUES ($1, $2)`, [10, 'lost']);
      await tx.query(`INSERT INTO things VALUES ($1, $2)`, [11, 'together']).catch(() => undefined);
    });
    await expect(swallowed).rejects.toThrow('rolled back');
    expect(await database.query('SELECT a FROM things WHERE a IN (10, 11)')).toEqual([]);
  });
});
