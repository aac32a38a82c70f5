import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';

/**
 * A server that is killed and started again, as a crash and a supervisor do.
 * @typedef {{ url: string, restart: () => Promise<void>, kill: () => Promise<void> }} Program
 */

/**
 * Starts Node with these arguments. The server listens on PORT and sends `{ url }` over IPC when it is ready.
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} how
 * @returns {Promise<Program>}
 */
export async function startProgram(args, { cwd, env }) {
  /** @param {string} port */
  const launch = async (port) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...env, PORT: port },
      // Standard output is for the table.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`A server ended (${code}).`)));
    const [{ url }] = /** @type {[{ url: string }]} */ (await Promise.race([once(child, 'message'), ended]));
    ended.catch(() => {});
    return { child, url };
  };
  const first = await launch('0');
  const { url } = first;
  let { child } = first;
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return {
    url,
    kill,
    async restart() {
      await kill();
      ({ child } = await launch(new URL(url).port));
    },
  };
}
