import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';

/** A terminal sends these to the client as well, which decides when to end; we end with it. */
const FROM_TERMINAL = /** @type {const} */ (['SIGINT', 'SIGQUIT']);

/**
 * Runs a program on our terminal.
 * @param {string} file
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env passwords go here: every user of the machine can read a command line.
 * @returns {Promise<number>} its exit code, as a shell tells it.
 */
export async function runClient(file, args, env) {
  const child = spawn(file, args, { env, stdio: 'inherit' });
  const ignore = () => {};
  const pass = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
  for (const signal of FROM_TERMINAL) process.on(signal, ignore);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  });
}
