import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { KeptProcess } from '../processes/kept-process.mjs';
import { runCommand } from '../processes/run-command.mjs';
import { projectFolder } from '../project.mjs';
import { Fault } from '../say.mjs';

/** Booting takes half a second; beyond this on any machine it hangs. */
const MAX_BOOT_MS = 60_000;

/** A migration may rewrite a large table. */
const MAX_MIGRATION_MS = 30 * 60_000;

/** The API finishes its requests within ten seconds and then ends. */
const PROGRAM_ENDS_MS = 12_000;

const programs = {
  API: { script: 'dist/apps/api/src/main.js', readyType: 'listening' },
  worker: { script: 'dist/apps/worker/src/main.js', readyType: 'ready' },
  lab: { script: 'dist/apps/race-lab/src/main.js', readyType: 'listening' },
  simulator: { script: 'dist/apps/stripe-simulator/src/main.js', readyType: 'listening' },
};

/**
 * Brings the schema up to date.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ demo: boolean }} how
 * @throws {Fault} with the sentence it printed.
 */
export async function migrate(env, { demo }) {
  const script = join(projectFolder, 'dist/apps/api/src/migrate.js');
  const { code, stderr } = await runCommand(process.execPath, [script, ...(demo ? ['--demo'] : [])], {
    timeoutMs: MAX_MIGRATION_MS,
    options: { cwd: projectFolder, env },
  });
  if (code !== 0) throw new Fault(stderr.trim() || `The database could not be migrated (exit code ${code}).`);
}

/**
 * The API, the worker, the Stripe simulator or the race lab, started again when it dies.
 * @param {keyof typeof programs} name
 * @param {object} how
 * @param {() => NodeJS.ProcessEnv} how.env asked at each start.
 * @param {(pid: number | undefined) => void} how.onSpawn
 * @param {(url: string) => void} [how.onReady]
 * @param {(how: string) => void} how.onDeath
 * @param {(how: string) => void} how.onGiveUp
 */
export function keepProgram(name, { env, onSpawn, onReady = () => {}, onDeath, onGiveUp }) {
  const { script, readyType } = programs[name];
  const kept = new KeptProcess({
    onDeath,
    onGiveUp,
    launch: async (spawned) => {
      const child = spawned(
        spawn(process.execPath, ['--enable-source-maps', join(projectFolder, script)], {
          cwd: projectFolder,
          env: env(),
          // A session of its own: a terminal's Ctrl-C reaches us alone, and we end it in order. It follows us through
          // the channel, which closes even when we are killed.
          detached: true,
          stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        }),
      );
      onSpawn(child.pid);
      onReady(await untilReady(name, child, readyType));
    },
  });
  return {
    start: () => kept.start(),
    /** @param {{ hurry: AbortSignal }} how */
    stop: ({ hurry }) => kept.stop({ graceMs: PROGRAM_ENDS_MS, hurry }),
  };
}

/**
 * @param {string} name
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} readyType
 * @returns {Promise<string>} its address, empty for one that does not listen.
 */
function untilReady(name, child, readyType) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Fault(`The ${name} was not ready after ${MAX_BOOT_MS / 1000} s.`));
    }, MAX_BOOT_MS);
    child.on('message', (/** @type {{ type?: string, url?: string }} */ message) => {
      if (message.type !== readyType) return;
      clearTimeout(timer);
      resolve(message.url ?? '');
    });
    child.once('error', (error) => reject(new Fault(`The ${name} could not be started: ${error.message}`)));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Fault(`The ${name} could not start (${signal ?? `exit code ${code}`}).`));
    });
  });
}
