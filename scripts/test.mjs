import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { endProcess } from './processes/end.mjs';
import { identify } from './processes/identity.mjs';
import { OrderlyEnd } from './processes/orderly-end.mjs';
import { endStragglers } from './processes/stragglers.mjs';
import { projectFolder } from './project.mjs';
import { Fault, say, warn } from './say.mjs';
import { defaultDataFolder, openDataFolder } from './stack/data-folder.mjs';
import { findRedis, howToGetRedis } from './stack/find-redis.mjs';
import { openStack } from './stack/open-stack.mjs';
import { migrate } from './start/programs.mjs';
import {
  makePlaceForTests,
  makeTestFolder,
  removeAbandonedTestFolders,
  removeTestFolder,
} from './test/test-folder.mjs';

/**
 * `npm test [-- words for jest]`: a Postgres and a Redis of this run's own, jest, and nothing left over, however it ends.
 */
const TEMPLATE = 'payonce_template';

/** `--system` first: the tests that need programs of the system, and the property tests with more random sequences. */
const isSystem = process.argv[2] === '--system';
const SYSTEM_PROPERTY_RUNS = '60';
const jestConfig = isSystem ? 'jest.system.config.mjs' : 'jest.config.mjs';
const words = process.argv.slice(isSystem ? 3 : 2);

const ending = new OrderlyEnd({
  onSignal: { say: 'Stopping the tests…', codes: { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } },
});

try {
  await ending.end(await ending.unlessEnding(test()));
} catch (error) {
  await ending.end(1, error);
}

async function test() {
  const redis = await ending.unlessEnding(
    findRedis({ env: process.env, dataFolder: openDataFolder(defaultDataFolder), say }),
  );
  if (!redis.server)
    throw new Fault(`The tests need Redis (${redis.why}). Please ${howToGetRedis.replace(/, or set REDIS_URL$/, '')}.`);

  await ending.unlessEnding(removeAbandonedTestFolders());
  const dataFolder = makeTestFolder();
  ending.begun(() => removeTestFolder(dataFolder));
  const place = makePlaceForTests(dataFolder, redis.server);
  const stack = await ending.unlessEnding(
    openStack(
      { dataFolder, postgres: true, redisServer: redis.server, durable: false, stragglersMark: place.mark },
      {
        onTrouble: warn,
        onLost: (message) => void ending.end(1, new Fault(message)),
        closing: (close) => ending.begun(close),
      },
    ),
  );
  if (stack.addresses.notice) say(stack.addresses.notice);
  ending.begun(async () => {
    await endStragglers(place.mark, { except: [stack.guardianPid, process.pid] });
  });
  await ending.unlessEnding(makeTemplate(stack.addresses.maintenanceUrl));
  return ending.unlessEnding(
    runJest(stack, {
      ...(isSystem ? { TEST_SYSTEM: '1', PROPERTY_RUNS: process.env['PROPERTY_RUNS'] ?? SYSTEM_PROPERTY_RUNS } : {}),
      TEST_TEMPLATE: TEMPLATE,
      TEST_DATABASE_URL: stack.addresses.maintenanceUrl,
      TEST_REDIS_URL: stack.addresses.redisUrl,
      TEST_REDIS_SERVER: redis.server,
      TEST_FOLDER: place.folder,
      PATH: [place.bin, process.env['PATH']].join(delimiter),
    }),
  );
}

/**
 * Every test file has a database of its own: copied from this one, which is migrated once.
 * @param {string | undefined} maintenanceUrl
 */
async function makeTemplate(maintenanceUrl) {
  if (!maintenanceUrl) throw new Error('The tests have a Postgres of their own');
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
  } finally {
    await client.end();
  }
  const DATABASE_URL = Object.assign(new URL(maintenanceUrl), { pathname: `/${TEMPLATE}` }).href;
  await migrate(
    { PATH: process.env['PATH'], DATABASE_URL, JWT_SECRET: 'no token is made, or looked at, here' },
    { demo: false },
  );
}

/**
 * @param {import('./stack/open-stack.mjs').Stack} stack
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code.
 */
async function runJest(stack, env) {
  const jest = join(projectFolder, 'node_modules/jest/bin/jest.js');
  const child = spawn(process.execPath, [jest, '--config', join(projectFolder, jestConfig), ...words], {
    cwd: projectFolder,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  stack.uses('jest', child.pid);
  ending.begun(async ({ hurry }) => {
    await endProcess(identify(child.pid), { graceMs: 5_000, hurry });
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
