import 'reflect-metadata';
import { parseConfig } from '#config';
import { migrate } from '#database';
import { explainBootFailure } from '#process';
import { loadDemoData } from './demo/demo-data.js';

/** `migrate.js [--demo]`: brings the schema up to date; with `--demo`, loads the demo data unless it is there. */
export async function start(): Promise<void> {
  try {
    const config = parseConfig(withSomeWayToCheckTokens(process.env));
    const ran = await migrate(config);
    console.log(ran.length === 0 ? 'Database: up to date' : `Database: migrated (${ran.join(', ')})`);
    if (process.argv.includes('--demo') && (await loadDemoData(config))) console.log('Database: demo data loaded');
  } catch (error) {
    explainBootFailure(error);
  }
}

/** Migrations check no tokens, but the whole configuration is parsed; a fault in a given value is still reported. */
function withSomeWayToCheckTokens(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env.JWT_SECRET || env.JWT_JWKS_URL
    ? env
    : { ...env, JWT_SECRET: 'for migrating only: no token is checked here' };
}
