import { join } from 'node:path';
import process from 'node:process';
import { takeLock } from './processes/lock-file.mjs';
import { OrderlyEnd } from './processes/orderly-end.mjs';
import { endCommands } from './processes/run-command.mjs';
import { Fault, say, warn } from './say.mjs';
import { dataFolderFrom, lockPath, openDataFolder } from './stack/data-folder.mjs';
import { findRedis, howToGetRedis } from './stack/find-redis.mjs';
import { requireFreePort } from './stack/free-port.mjs';
import { openStack } from './stack/open-stack.mjs';
import { redisAnswers } from './stack/redis-answers.mjs';
import { keptSecret } from './stack/secrets.mjs';
import { banner } from './start/banner.mjs';
import { checkConfiguration } from './start/check-configuration.mjs';
import { checkDatabase } from './start/check-database.mjs';
import { demoInstructions } from './start/demo-instructions.mjs';
import { keepProgram, migrate } from './start/programs.mjs';
import { readSettings } from './start/settings.mjs';
import { keepLab } from './start/race-lab.mjs';
import { choosePort, keepSimulator } from './start/stripe-simulator.mjs';

/**
 * `npm start`: creates what the environment does not provide (Postgres, Redis, a secret), then runs the API and the
 * worker until it is stopped. Ctrl-C or SIGTERM is exit code 0; a fault is 1.
 */
const ending = new OrderlyEnd({ onSignal: { say: 'Stopping…', codes: {} } });

/** Where the API listens, as soon as it does. */
let apiUrl = '';

try {
  await start();
} catch (error) {
  await ending.end(1, error);
}

async function start() {
  const read = readSettings(process.env);
  await ending.unlessEnding(checkConfiguration(process.env, read));
  const { settings } = read;
  const dataFolder = openDataFolder(dataFolderFrom(process.env));
  const runsServers =
    !settings.databaseUrl || (settings.redisUrls.length === 0 && process.env['PAYONCE_REDIS'] !== 'none');
  // With servers of your own, and Stripe itself, there is nothing here that two runs could spoil for each other.
  const lock = runsServers || settings.simulator ? lockData(dataFolder) : undefined;
  await requireFreePort(settings);
  const simulatorPort = settings.simulator && (await choosePort(settings.simulator, dataFolder, say));
  if (settings.databaseUrl) await ending.unlessEnding(checkDatabase(settings.databaseUrl));

  const redis = await ending.unlessEnding(chooseRedis(settings.redisUrls, dataFolder));
  const stack = await ending.unlessEnding(
    runStack(dataFolder, { postgres: !settings.databaseUrl, redisServer: redis.server }),
  );
  if (stack.addresses.notice) say(stack.addresses.notice);

  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    HOST: settings.host,
    PORT: String(settings.port),
    DATABASE_URL: settings.databaseUrl ?? stack.addresses.databaseUrl,
    REDIS_URL: settings.redisUrls.join(',') || stack.addresses.redisUrl || '',
    ...(settings.needsSecret ? { JWT_SECRET: keptSecret(join(dataFolder, 'jwt-secret')) } : {}),
    ...(settings.opensLogin ? { LOGIN_ENABLED: 'true' } : {}),
    ...demoInstructions(process.env, settings),
  };
  ending.begun(endCommands);
  await ending.unlessEnding(migrate(env, settings));

  const simulator =
    simulatorPort === undefined
      ? undefined
      : await ending.unlessEnding(runSimulator(env, { port: simulatorPort, dataFolder, stack }));
  const withStripe = { ...env, ...simulator?.env() };
  const lab = simulator && env['JWT_SECRET'] ? await ending.unlessEnding(runLab(withStripe, stack)) : undefined;
  const url = await ending.unlessEnding(runPrograms({ ...withStripe, ...lab?.env() }, stack));
  await ending.unlessEnding(simulator?.deliverTo(url) ?? Promise.resolve());
  lock?.tell(url);
  say(
    banner({
      url,
      logins: settings.demoLogins,
      lab: lab !== undefined,
      postgres: settings.databaseUrl ? 'yours, from DATABASE_URL' : 'our own, on a free port',
      redis: redis.how,
      stripe: simulator ? { simulator: simulator.url() } : { own: Boolean(process.env['STRIPE_SECRET_KEY']) },
      data: settings.databaseUrl ? undefined : { folder: dataFolder, elsewhere: stack.addresses.postgresElsewhere },
    }),
  );
}

/**
 * One run at a time for each data folder.
 * @param {string} dataFolder
 */
function lockData(dataFolder) {
  const lock = takeLock(lockPath(dataFolder));
  if (!lock.held) {
    const { owner, note } = lock.holder;
    const where = note ? `, ${note}` : '';
    throw new Fault(
      `Payonce is already running on this data (pid ${owner.pid}${where}). Stop it, or choose another folder and port: PAYONCE_DATA_DIR=/some/folder PORT=3001 npm start`,
    );
  }
  ending.begun(lock.release);
  return lock;
}

/**
 * @param {string[]} urls
 * @param {string} dataFolder
 * @returns {Promise<{ server: string | undefined, how: string }>}
 */
async function chooseRedis(urls, dataFolder) {
  if (urls.length > 0) {
    const answers = await Promise.all(urls.map(redisAnswers));
    const silent = answers.filter((answer) => !answer).length;
    if (silent > 0) {
      warn(
        `REDIS_URL: ${silent} of ${urls.length} not answering. Starting anyway: until they answer, Payonce uses Postgres.`,
      );
    }
    return { server: undefined, how: 'yours, as REDIS_URL says' };
  }
  const { server, why } = await findRedis({ env: process.env, dataFolder, say });
  if (server) return { server, how: 'our own, on a free port' };
  warn(`No Redis found (${why}); running on Postgres locks, which is safe but slower. To get it: ${howToGetRedis}.`);
  return { server, how: 'none; Postgres locks are used' };
}

/**
 * @param {string} dataFolder
 * @param {{ postgres: boolean, redisServer: string | undefined }} wanted
 * @returns {Promise<Pick<import('./stack/open-stack.mjs').Stack, 'addresses' | 'uses'>>}
 */
async function runStack(dataFolder, { postgres, redisServer }) {
  if (!postgres && !redisServer) return { addresses: {}, uses: () => {} };
  return openStack(
    { dataFolder, postgres, redisServer, durable: true, stragglersMark: undefined },
    {
      onTrouble: warn,
      onLost: (message) => void ending.end(1, new Fault(message)),
      closing: (close) => ending.begun(close),
    },
  );
}

/**
 * Before the API, which has to know its address.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ port: number, dataFolder: string, stack: Pick<import('./stack/open-stack.mjs').Stack, 'uses'> }} how
 */
async function runSimulator(env, { port, dataFolder, stack }) {
  const simulator = keepSimulator(env, {
    port,
    dataFolder,
    apiUrl: () => apiUrl,
    onSpawn: (pid) => stack.uses('simulator', pid),
    onDeath: (how) => warn(`The Stripe simulator ended unexpectedly (${how}); starting it again.`),
    onGiveUp: (how) =>
      void ending.end(1, new Fault(`The Stripe simulator ended too often (${how}). Stopping everything.`)),
  });
  ending.begun((how) => simulator.stop(how));
  await simulator.start();
  return simulator;
}

/**
 * Before the API, which has to know its address.
 * @param {NodeJS.ProcessEnv} env
 * @param {Pick<import('./stack/open-stack.mjs').Stack, 'uses'>} stack
 */
async function runLab(env, stack) {
  const lab = keepLab(() => env, {
    onSpawn: (pid) => stack.uses('lab', pid),
    onDeath: (how) => warn(`The race lab ended unexpectedly (${how}); starting it again.`),
    // Payments do not depend on it: everything else continues.
    onGiveUp: (how) => warn(`The race lab ended too often (${how}); continuing without it.`),
  });
  ending.begun((how) => lab.stop(how));
  await lab.start();
  return lab;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {Pick<import('./stack/open-stack.mjs').Stack, 'uses'>} stack
 * @returns {Promise<string>} the API's address.
 */
async function runPrograms(env, stack) {
  const programs = /** @type {const} */ (['API', 'worker']).map((name) =>
    keepProgram(name, {
      // Started again, the API must be where it was, also if its first port was any free one.
      env: () => (name === 'API' && apiUrl ? { ...env, PORT: new URL(apiUrl).port || env['PORT'] } : env),
      onSpawn: (pid) => stack.uses(name, pid),
      onReady: (address) => {
        if (name === 'API') apiUrl = address;
      },
      onDeath: (how) => warn(`The ${name} ended unexpectedly (${how}); starting it again.`),
      onGiveUp: (how) => void ending.end(1, new Fault(`The ${name} ended too often (${how}). Stopping everything.`)),
    }),
  );
  ending.begun(async (how) => {
    await Promise.all(programs.map((program) => program.stop(how)));
  });
  await Promise.all(programs.map((program) => program.start()));
  return apiUrl;
}
