import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { gone } from '../processes/end.mjs';
import { identify } from '../processes/identity.mjs';
import { Fault } from '../say.mjs';
import { openLog } from './log-file.mjs';
import { endLeftovers } from './records.mjs';

/** Time for creating a cluster on a slow disk and three attempts to start it. */
const MAX_OPENING_MS = 240_000;

/** The guardian takes up to 45 s to stop its servers; after that it is killed, and then they are. */
const MAX_CLOSING_MS = 50_000;

/**
 * A running Postgres and Redis, as their user sees them.
 * @typedef {object} Stack
 * @property {import('./guardian.mjs').Addresses} addresses
 * @property {number} guardianPid
 * @property {(name: string, pid: number | undefined) => void} uses names a process to end first should we be killed.
 */

/**
 * Starts the servers. `closing` gets the function that ends them before the first server runs, so that a stop in
 * between ends all.
 * @param {import('./guardian.mjs').GuardianOptions} options
 * @param {{ onTrouble: (message: string) => void, onLost: (message: string) => void, closing: (close: (how: { hurry:
 * AbortSignal }) => Promise<void>) => void }} events
 * @returns {Promise<Stack>}
 */
export async function openStack(options, { onTrouble, onLost, closing }) {
  await endLeftovers(options.dataFolder);
  const log = openLog(join(options.dataFolder, 'guardian.log'));
  const guardian = spawn(
    process.execPath,
    [fileURLToPath(new URL('guardian.mjs', import.meta.url)), JSON.stringify(options)],
    {
      cwd: options.dataFolder,
      env: { PATH: process.env['PATH'], LC_ALL: 'C' },
      detached: true,
      stdio: ['ignore', log.descriptor, log.descriptor, 'ipc'],
    },
  );
  log.close();
  const identity = identify(guardian.pid);
  let opened = false;
  let closed = false;
  /** @param {object} message */
  const tell = (message) => {
    if (guardian.connected) guardian.send(message, () => {});
  };
  closing(async ({ hurry }) => {
    closed = true;
    tell({ type: hurry.aborted ? 'hurry' : 'stop' });
    hurry.addEventListener('abort', () => tell({ type: 'hurry' }));
    const ended = !identity || (await gone(identity, MAX_CLOSING_MS));
    if (!ended) guardian.kill('SIGKILL');
    // Empty unless the guardian was killed, by us or by another process.
    await endLeftovers(options.dataFolder, { of: identity });
  });

  const addresses = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Fault('Postgres and Redis took too long to start.')), MAX_OPENING_MS);
    guardian.on(
      'message',
      (/** @type {{ type: string, message: string, addresses: import('./guardian.mjs').Addresses }} */ message) => {
        if (message.type === 'ready') resolve(message.addresses);
        if (message.type === 'failed') reject(new Fault(message.message));
        if (message.type === 'trouble') onTrouble(message.message);
        if (message.type === 'lost' && opened && !closed) onLost(message.message);
        if (message.type !== 'trouble') clearTimeout(timer);
      },
    );
    guardian.once('error', reject);
    guardian.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (closed) return reject(new Fault('Stopped.'));
      const how = signal ?? `exit code ${code}`;
      const fault = `The process that runs Postgres and Redis ended (${how}). ${log.sinceOpened()}`.trim();
      reject(new Fault(fault));
      if (opened) onLost(fault);
    });
  });
  opened = true;
  return {
    addresses,
    guardianPid: guardian.pid ?? 0,
    uses: (name, pid) => tell({ type: 'uses', name, pid }),
  };
}
