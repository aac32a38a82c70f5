import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { projectFolder } from '../../project.mjs';
import { Fault } from '../../say.mjs';
import { Part } from './part.mjs';

/** Booting takes half a second; under load, with Postgres down, much longer. */
const MAX_BOOT_MS = 60_000;
const RETRY_MS = 500;

const SCRIPTS = {
  api: 'dist/apps/api/src/main.js',
  worker: 'dist/apps/worker/src/main.js',
  simulator: 'dist/apps/stripe-simulator/src/main.js',
};

/**
 * One of our programs as it is shipped. While its database is away it cannot boot: like a supervisor, `start` tries again.
 * @param {keyof typeof SCRIPTS} kind
 * @param {string} name
 * @param {{ logs: string, build?: string, env: () => NodeJS.ProcessEnv, onUrl?: (url: string) => void }} how `build`: the
 *   folder that has `dist`
 */
export function program(kind, name, { logs, build = projectFolder, env, onUrl = () => {} }) {
  return new Part(name, async (spawned) => {
    const deadline = Date.now() + MAX_BOOT_MS;
    for (;;) {
      const child = spawned(
        spawn(process.execPath, [join(build, SCRIPTS[kind])], {
          cwd: build,
          env: { PATH: process.env['PATH'], ...env() },
          // A terminal's Ctrl-C reaches the storm alone, which ends its programs in order.
          detached: true,
          stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        }),
      );
      const log = createWriteStream(join(logs, `${name}.log`), { flags: 'a' });
      child.stdout?.pipe(log, { end: false });
      child.stderr?.pipe(log, { end: false });
      const url = await new Promise((resolve) => {
        child.once('message', (/** @type {{ url?: string }} */ message) => resolve(message.url ?? ''));
        child.once('exit', () => resolve(undefined));
      });
      if (url !== undefined) return onUrl(url);
      if (Date.now() > deadline) throw new Fault(`${name} does not start; see ${join(logs, `${name}.log`)}`);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  });
}
