import type { TestDatabase } from './database.js';
import { runToEnd } from './processes.js';

/** The people, consultations and products of the demo, as `npm start` loads them. @returns what `migrate --demo` printed */
export async function loadDemoData(database: Pick<TestDatabase, 'url'>): Promise<string> {
  const { code, output } = await runToEnd('dist/apps/api/src/migrate.js', { DATABASE_URL: database.url }, ['--demo']);
  if (code !== 0) throw new Error(`The demo data could not be loaded:\n${output}`);
  return output;
}
