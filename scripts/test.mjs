import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { endProcess } from './processes/end.mjs';
import { identify } from './processes/identity.mjs';
import { OrderlyEnd } from './processes/orderly-end.mjs';
import { projectFolder } from './project.mjs';
import { startTestServers } from './test/servers.mjs';

/**
 * `npm test [-- words for jest]`: a Postgres and a Redis of this run's own, jest, and nothing left over, however it ends.
 */
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
  const { stack, env } = await startTestServers(ending);
  return ending.unlessEnding(
    runJest(stack, {
      ...(isSystem ? { TEST_SYSTEM: '1', PROPERTY_RUNS: process.env['PROPERTY_RUNS'] ?? SYSTEM_PROPERTY_RUNS } : {}),
      ...env,
    }),
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
