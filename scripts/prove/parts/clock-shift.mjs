import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { unpackDebianPackage } from '../../stack/debian-package.mjs';

/**
 * Debian's libfaketime, which shifts the clock of one program (https://github.com/wolfcw/libfaketime).
 * @param {string} cache where the package is unpacked once
 * @returns {Promise<{ env: (seconds: number) => NodeJS.ProcessEnv } | { missing: string }>}
 */
export async function findClockShifter(cache) {
  const folder = join(cache, 'libfaketime');
  try {
    if (!existsSync(folder)) await unpackDebianPackage('libfaketime', folder);
  } catch (error) {
    return { missing: `Debian's package libfaketime: ${error instanceof Error ? error.message : String(error)}` };
  }
  const [triplet = ''] = readdirSync(join(folder, 'usr/lib')).filter((name) => name.includes('-linux-'));
  const library = join(folder, 'usr/lib', triplet, 'faketime', 'libfaketime.so.1');
  return {
    env: (seconds) =>
      seconds === 0
        ? {}
        : {
            LD_PRELOAD: library,
            FAKETIME: `${seconds > 0 ? '+' : ''}${seconds}`,
            // Timers and durations stay right, as on a machine whose wall clock is wrong.
            FAKETIME_DONT_FAKE_MONOTONIC: '1',
          },
  };
}
