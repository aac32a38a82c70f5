import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess } from '../processes/end.mjs';
import { identify, readIdentity } from '../processes/identity.mjs';
import { runCommand } from '../processes/run-command.mjs';
import { defaultDataFolder, preparingName } from '../stack/data-folder.mjs';

/** `npm ci` does not heed TERM in any time that a person would wait; what it leaves half done, the next one replaces. */
const CHILD_ENDS_MS = 1_000;

const recordPath = join(defaultDataFolder, preparingName);

/**
 * Runs `npm ci` or the build in a process group of its own, and writes down which one it is: whoever prepares after
 * we were killed can then end it, instead of filling the same folder beside it.
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
 * Ends what is being run, or what somebody killed was running. To be called with the lock of preparing held.
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
    // Nobody was preparing.
    return undefined;
  }
}
