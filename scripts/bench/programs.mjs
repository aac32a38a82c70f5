import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { projectFolder } from '../project.mjs';
import { Part } from '../prove/parts/part.mjs';
import { Fault } from '../say.mjs';
import { openLog } from '../stack/log-file.mjs';

/** Booting takes half a second; beyond this on any machine it hangs. */
const MAX_BOOT_MS = 60_000;

const APPS_FOLDER = fileURLToPath(new URL('apps/', import.meta.url));

const PAYONCE_PROGRAMS = {
  api: 'dist/apps/api/src/main.js',
  simulator: 'dist/apps/stripe-simulator/src/main.js',
};

/** A program that says over IPC that it is ready, with its URL if it listens. */
export class Program extends Part {
  url = '';
  /** @type {import('node:child_process').ChildProcess | undefined} */
  child;

  /**
   * @param {string} name also of its log
   * @param {{ args: readonly string[], cwd?: string, env: NodeJS.ProcessEnv, logs: string }} how args: of Node
   */
  constructor(name, { args, cwd = projectFolder, env, logs }) {
    super(name, async (spawned) => {
      // A file, as most services have it: a pipe would cost this process the time of reading it.
      const log = openLog(join(logs, `${name}.log`));
      const child = spawned(
        spawn(process.execPath, ['--enable-source-maps', ...args], {
          cwd,
          env: { PATH: process.env['PATH'], ...env },
          // A terminal's Ctrl-C reaches the bench alone, which ends its programs in order.
          detached: true,
          stdio: ['ignore', log.descriptor, log.descriptor, 'ipc'],
        }),
      );
      log.close();
      this.child = child;
      this.url = await urlOf(name, child, () => log.sinceOpened());
    });
  }
}

/** Payonce's locks in a process of their own: see lock-process.mjs. */
export class LockProcess extends Program {
  #asked = 0;

  /**
   * @param {string} name
   * @param {{ env: NodeJS.ProcessEnv, logs: string }} how
   */
  constructor(name, how) {
    super(name, { args: [fileURLToPath(new URL('lock-process.mjs', import.meta.url))], ...how });
  }

  /**
   * @param {string} name of a command
   * @param {object} [argument]
   * @returns {Promise<any>} its answer
   */
  ask(name, argument) {
    const id = (this.#asked += 1);
    const { child } = this;
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Fault(`${this.name} ended while it was asked.`));
      const onMessage = (/** @type {{ id: number, answer: unknown }} */ message) => {
        if (message.id !== id) return;
        child?.off('message', onMessage).off('exit', onExit);
        resolve(message.answer);
      };
      child?.on('message', onMessage).on('exit', onExit);
      child?.send({ id, name, argument });
    });
  }
}

/**
 * One of Payonce's programs as it is shipped.
 * @param {keyof typeof PAYONCE_PROGRAMS} kind
 * @param {string} name
 * @param {{ env: NodeJS.ProcessEnv, logs: string }} how
 */
export function payonceProgram(kind, name, how) {
  return new Program(name, { args: [join(projectFolder, PAYONCE_PROGRAMS[kind])], ...how });
}

/**
 * One of the applications that Payonce is compared with.
 * @param {'unprotected' | 'peer'} name its file in `apps`
 * @param {{ env: NodeJS.ProcessEnv, logs: string }} how
 */
export async function comparedProgram(name, how) {
  const args = ['--input-type=module', '--eval', await compile(`${APPS_FOLDER}${name}.ts`)];
  return new Program(name, { args, cwd: APPS_FOLDER, ...how });
}

/**
 * @param {string} name
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => string} output
 * @returns {Promise<string>} the base URL that it sends over IPC once it listens
 */
function urlOf(name, child, output) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Fault(`${name} was not ready after ${MAX_BOOT_MS / 1_000} s.`));
    }, MAX_BOOT_MS);
    child.once('message', (/** @type {{ url?: string }} */ { url = '' }) => {
      clearTimeout(timer);
      resolve(url);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Fault(`${name} could not start (${signal ?? `exit code ${code}`}):\n${output()}`));
    });
  });
}

/** @param {string} file */
async function compile(file) {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  return outputFiles[0]?.text ?? '';
}
