import { delimiter } from 'node:path';
import process from 'node:process';
import { endStragglers } from '../processes/stragglers.mjs';
import { Fault, say, warn } from '../say.mjs';
import { defaultDataFolder, openDataFolder } from '../stack/data-folder.mjs';
import { findRedis, howToGetRedis } from '../stack/find-redis.mjs';
import { openStack } from '../stack/open-stack.mjs';
import { migrate } from '../start/programs.mjs';
import { makePlaceForTests, makeTestFolder, removeAbandonedTestFolders, removeTestFolder } from './test-folder.mjs';

const TEMPLATE = 'payonce_template';

/**
 * A Postgres and a Redis of this run's own, with a migrated database to copy. They end with the run, however it ends.
 * @param {import('../processes/orderly-end.mjs').OrderlyEnd} ending
 * @returns {Promise<{ stack: import('../stack/open-stack.mjs').Stack, env: NodeJS.ProcessEnv }>} env: what jest needs
 */
export async function startTestServers(ending) {
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
  const env = {
    TEST_TEMPLATE: TEMPLATE,
    TEST_DATABASE_URL: stack.addresses.maintenanceUrl,
    TEST_REDIS_URL: stack.addresses.redisUrl,
    TEST_REDIS_SERVER: redis.server,
    TEST_FOLDER: place.folder,
    PATH: [place.bin, process.env['PATH']].join(delimiter),
  };
  return { stack, env };
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
