import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess } from '../processes/end.mjs';
import { identify, readIdentity } from '../processes/identity.mjs';
import { runCommand } from '../processes/run-command.mjs';
import { defaultDataFolder, preparingName } from '../stack/data-folder.mjs';

/** `npm ci` reacts too slowly to SIGTERM; the next `npm ci` replaces what it leaves incomplete. */
const CHILD_ENDS_MS = 1_000;

const recordPath = join(defaultDataFolder, preparingName);

/**
 * Runs `npm ci` or the build in its own process group and records its identity: if we are killed, the next run can end
 * it instead of writing to the same folder at the same time.
 * @param {string} file
 * @param {string[]} args
 * @param {Parameters<typeof runCommand>[2]} how
 */
export async function runPreparing(file, args, how) {
  const result = await runCommand(file, args, {
    ...how,
    options: { ...how.options, detached: true },
    onSpawn: (pid) => {
      writeFileSync(`${recordPath}.draft`, JSON.stringify(identify(pid) ?? {}));
      renameSync(`${recordPath}.draft`, recordPath);
    },
  });
  rmSync(recordPath, { force: true });
  return result;
}

/**
 * Ends the running command, or the one that a killed run has left. Call it with the prepare lock held.
 * @param {{ hurry?: AbortSignal }} [how]
 */
export async function endPreparing({ hurry } = {}) {
  await endProcess(readRecord(), { graceMs: CHILD_ENDS_MS, hurry, group: true });
  rmSync(recordPath, { force: true });
}

function readRecord() {
  try {
    return readIdentity(JSON.parse(readFileSync(recordPath, 'utf8')));
  } catch {
    // Nothing was running.
    return undefined;
  }
}
