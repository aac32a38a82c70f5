import type { TestDatabase } from './database.js';
import { runToEnd } from './processes.js';

/** The demo's users, consultations and products, as `npm start` loads them. @returns the output of `migrate --demo` */
export async function loadDemoData(database: Pick<TestDatabase, 'url'>): Promise<string> {
  const { code, output } = await runToEnd('dist/apps/api/src/migrate.js', { DATABASE_URL: database.url }, ['--demo']);
  if (code !== 0) throw new Error(`The demo data could not be loaded:\n${output}`);
  return output;
}
