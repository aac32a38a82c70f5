import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '../project.mjs';
import { Fault } from '../say.mjs';

/** What `npm start` supplies later, as it will look. */
const STAND_INS = {
  DATABASE_URL: 'postgres://user:password@127.0.0.1:5432/payonce',
  JWT_SECRET: 'stands-in-for-the-secret-that-we-make-and-keep',
};

/**
 * Reads the whole configuration as the API and the worker will, so that every fault is known at once, before anything
 * is started.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ settings: import('./settings.mjs').Settings, faults: Record<string, string> }} read faults found already.
 * @throws {Fault} naming every fault.
 */
export async function checkConfiguration(env, { settings, faults }) {
  const built = pathToFileURL(join(projectFolder, 'dist/libs/config/src/config.js'));
  const { parseConfig } = /** @type {{ parseConfig: (env: NodeJS.ProcessEnv) => unknown }} */ (
    await import(built.href)
  );
  /** @type {NodeJS.ProcessEnv} */
  const wanted = { ...env, ...(settings.opensLogin ? { LOGIN_ENABLED: 'true' } : {}) };
  if (!settings.databaseUrl || faults['DATABASE_URL']) wanted['DATABASE_URL'] = STAND_INS.DATABASE_URL;
  if (settings.needsSecret) wanted['JWT_SECRET'] = STAND_INS.JWT_SECRET;
  // Said once, in our own words.
  for (const name of ['PORT', 'REDIS_URL']) if (faults[name]) delete wanted[name];
  const all = [...Object.values(faults), ...faultsOf(() => parseConfig(wanted))];
  const [only] = all;
  if (!only) return;
  throw new Fault(
    all.length === 1
      ? `The configuration cannot be used: ${only}.`
      : `The configuration cannot be used:\n${all.map((fault) => `  - ${fault}`).join('\n')}`,
  );
}

/**
 * @param {() => unknown} parse
 * @returns {string[]}
 */
function faultsOf(parse) {
  try {
    parse();
    return [];
  } catch (error) {
    if (error instanceof Error && 'faults' in error && Array.isArray(error.faults)) return error.faults.map(String);
    throw error;
  }
}
