import { rmSync } from 'node:fs';
import process from 'node:process';
import { endProcess } from '../processes/end.mjs';
import { identify } from '../processes/identity.mjs';
import { endCommands } from '../processes/run-command.mjs';
import { endStragglers } from '../processes/stragglers.mjs';
import { placesElsewhere } from './postgres-places.mjs';
import { RecordKeeper } from './records.mjs';
import { keepPostgres, keepRedis } from './servers.mjs';

/**
 * Runs Postgres and Redis for one parent, in a session of its own, so that neither a Ctrl-C nor a SIGKILL of the parent
 * ends them before those who use them. When the channel to the parent closes, it ends the users, the servers and itself.
 *
 * Told:  { type: 'uses', name, pid } · { type: 'stop' } · { type: 'hurry' }
 * Tells: { type: 'ready', addresses } · { type: 'failed', message } · { type: 'trouble', message } · { type: 'lost', message }
 *
 * @typedef {object} GuardianOptions
 * @property {string} dataFolder
 * @property {boolean} postgres whether to run one.
 * @property {string | undefined} redisServer which Redis to run, if any.
 * @property {boolean} durable false: the data is thrown away in the end, folder included.
 * @property {string | undefined} stragglersMark the mark of processes to end with a lost parent.
 *
 * @typedef {object} Addresses
 * @property {string} [databaseUrl] as the role that owns the database.
 * @property {string} [maintenanceUrl] as superuser, to the database `postgres`.
 * @property {string} [redisUrl]
 * @property {string} [postgresElsewhere] where its data is, if not in the data folder.
 * @property {string} [notice]
 */

/** Processes that use the servers may finish their requests; as long as the API takes at most. */
const USERS_END_MS = 12_000;

/** Disconnects clients and writes a checkpoint, which takes seconds on a slow disk. */
const POSTGRES_STOPS_MS = 15_000;
const REDIS_STOPS_MS = 5_000;

/** The sum of the above. The guardian must never be left running. */
const MAX_END_MS = 45_000;

const options = /** @type {GuardianOptions} */ (JSON.parse(process.argv[2] ?? '{}'));
const records = new RecordKeeper(options.dataFolder);
const hurry = new AbortController();
/** @type {Map<string, import('../processes/identity.mjs').Identity | undefined>} */
const users = new Map();
/** @type {import('../processes/kept-process.mjs').KeptProcess | undefined} */
let postgres;
/** @type {import('../processes/kept-process.mjs').KeptProcess | undefined} */
let redis;
let unlockCluster = () => {};
/** @type {Promise<void> | undefined} */
let ending;

process.on('message', (/** @type {{ type?: string, name?: string, pid?: number }} */ message) => {
  if (message.type === 'uses' && message.name && message.pid) {
    users.set(message.name, identify(message.pid));
    records.add(message.name, message.pid);
  }
  if (message.type === 'hurry') hurry.abort();
  if (message.type === 'stop' || message.type === 'hurry') void end({ parentLost: false });
});
process.on('disconnect', () => void end({ parentLost: true }));
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) {
  process.on(signal, () => {
    tell({ type: 'lost', message: `The process that runs Postgres and Redis was ended by ${signal}.` });
    void end({ parentLost: false });
  });
}

await run();

async function run() {
  records.add('guardian', process.pid);
  try {
    /** @type {Addresses} */
    const addresses = {};
    await Promise.all([
      options.postgres &&
        keepPostgres(options, {
          ...watch('postgres'),
          kept: (process) => (postgres = process),
          onLost: giveUp,
          locked: (release) => (unlockCluster = release),
        }).then((found) => Object.assign(addresses, found)),
      options.redisServer &&
        keepRedis(options, { ...watch('redis'), kept: (process) => (redis = process) }).then((found) =>
          Object.assign(addresses, found),
        ),
    ]);
    tell({ type: 'ready', addresses });
  } catch (error) {
    if (ending) return;
    tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    await end({ parentLost: false });
  }
}

/** @param {'postgres' | 'redis'} name */
function watch(name) {
  const title = name === 'postgres' ? 'Postgres' : 'Redis';
  return {
    /** @param {number | undefined} pid @param {string} [role] */
    spawned: (pid, role = name) => records.add(role, pid),
    /** @param {string} how */
    onDeath: (how) => tell({ type: 'trouble', message: `${title} ended (${how}); starting it again.` }),
    /** @param {string} how */
    onGiveUp: (how) => {
      const message = `${title} ended too often (${how}); its log is in ${options.dataFolder}.`;
      // Redis only makes requests faster: its clients continue without it.
      if (name === 'redis') tell({ type: 'trouble', message: `${message} Continuing without it.` });
      else giveUp(message);
    },
  };
}

/** @param {string} message */
function giveUp(message) {
  tell({ type: 'lost', message });
  void end({ parentLost: false });
}

/**
 * @param {{ parentLost: boolean }} why
 * @returns {Promise<void>} never resolves: the process ends.
 */
function end(why) {
  ending ??= endAll(why);
  return ending;
}

/** @param {{ parentLost: boolean }} why */
async function endAll({ parentLost }) {
  setTimeout(() => {
    for (const kept of [postgres, redis]) if (kept?.pid) killNow(kept.pid);
    process.exit(1);
  }, MAX_END_MS);
  if (parentLost) {
    await Promise.all([...users.values()].map((user) => endProcess(user, { graceMs: USERS_END_MS })));
    if (options.stragglersMark) await endStragglers(options.stragglersMark, { except: [process.pid] });
  }
  endCommands();
  await Promise.all([
    // SIGINT is Postgres' fast shutdown: it does not wait for clients.
    postgres?.stop({ signal: 'SIGINT', graceMs: POSTGRES_STOPS_MS, hurry: hurry.signal }),
    redis?.stop({ graceMs: REDIS_STOPS_MS, hurry: hurry.signal }),
  ]);
  unlockCluster();
  records.clear();
  if (!options.durable) {
    for (const path of [options.dataFolder, ...placesElsewhere(options.dataFolder, { all: false })]) {
      rmSync(path, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  process.exit(0);
}

/** @param {number} pid of a child of ours that has not been waited for. */
function killNow(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Already ended.
  }
}

/** @param {object} message */
function tell(message) {
  if (process.connected) process.send?.(message, () => {});
}
