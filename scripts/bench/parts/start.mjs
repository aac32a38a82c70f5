import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { projectFolder } from '../../project.mjs';
import { Fault } from '../../say.mjs';
import { freePort } from '../../stack/free-port.mjs';
import { spreadOf } from '../statistics.mjs';

const ROUNDS = 3;
const POLL_MS = 10;
const MAX_START_MS = 60_000;
const TARGET_S = 3;

/** `npm start` until the API answers: with an empty data folder, and again with the same. Everything is installed and built. */
export const start = {
  name: 'start',
  /** @param {import('../parts.mjs').Bench} bench @returns {Promise<import('../parts.mjs').PartResult>} */
  async run({ stack, ending }) {
    const first = [];
    const again = [];
    for (let round = 0; round < ROUNDS; round++) {
      const folder = join(stack.folder, `start-${round}`);
      first.push(await secondsToAnswer(folder, ending));
      again.push(await secondsToAnswer(folder, ending));
    }
    return {
      loads: [],
      values: [],
      ratios: [
        { name: 'npm start: first answer, empty data folder', value: spreadOf(first), unit: 's' },
        { name: 'npm start: first answer, second start', value: spreadOf(again), unit: 's', atMost: TARGET_S },
      ],
    };
  },
};

/**
 * @param {string} dataFolder
 * @param {import('../../processes/orderly-end.mjs').OrderlyEnd} ending
 */
async function secondsToAnswer(dataFolder, ending) {
  const port = await freePort();
  const began = performance.now();
  const npm = spawn('npm', ['start'], {
    cwd: projectFolder,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: String(port),
      SIMULATOR_PORT: '0',
      PAYONCE_DATA_DIR: dataFolder,
    },
    stdio: 'ignore',
  });
  const ended = once(npm, 'exit');
  const end = async () => {
    npm.kill('SIGTERM');
    await ended;
  };
  ending.begun(end);
  while (!(await answers(port))) {
    if (npm.exitCode !== null) throw new Fault(`npm start ended (${npm.exitCode}).`);
    if (performance.now() - began > MAX_START_MS)
      throw new Fault(`npm start took longer than ${MAX_START_MS / 1_000} s.`);
    await pause(POLL_MS);
  }
  const seconds = (performance.now() - began) / 1_000;
  await end();
  return seconds;
}

/** @param {number} port */
async function answers(port) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/health/live`).catch(() => undefined);
  return answer?.ok === true;
}
