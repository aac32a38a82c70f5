import { randomBytes } from 'node:crypto';
import { parseConfig } from '#config';
import { migrate } from '#database';
import { TEST_SECRET, type TestDatabase } from './database.js';

/** A role of one test's own that may do in this database what its owner may, and is no superuser, as in production. */
export interface ServiceRole {
  readonly name: string;
  /** The database's address as this role. */
  readonly url: string;
  drop(): Promise<void>;
}

/** Settings of a role count in every database of the server: a test that changes them needs a role of its own. */
export async function createServiceRole(database: TestDatabase): Promise<ServiceRole> {
  const name = `role_${randomBytes(6).toString('hex')}`;
  await database.query(`CREATE ROLE ${name} LOGIN PASSWORD '${name}' IN ROLE CURRENT_USER`);
  const url = Object.assign(new URL(database.url), { username: name, password: name }).href;
  await migrate(parseConfig({ DATABASE_URL: url, JWT_SECRET: TEST_SECRET }));
  return {
    name,
    url,
    async drop() {
      // Its settings in this database are its own objects to the server.
      await database.query(`ALTER ROLE ${name} IN DATABASE ${nameOf(database)} RESET ALL`);
      await database.query(`DROP ROLE ${name}`);
    },
  };
}

export const nameOf = (database: Pick<TestDatabase, 'url'>) => new URL(database.url).pathname.slice(1);
