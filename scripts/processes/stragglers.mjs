import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { endProcess } from './end.mjs';
import { identify } from './identity.mjs';

/** A killed test may leave processes that start others; each round ends those of the previous one. */
const MAX_ROUNDS = 5;

/**
 * Ends every process that has a mark in its environment, on its command line or in the path of its working directory.
 * The mark must be random, so that no other process has it. Linux only; elsewhere it finds none.
 * @param {string} mark
 * @param {{ except: number[] }} how
 * @returns {Promise<number>} how many there were.
 */
export async function endStragglers(mark, { except }) {
  let count = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = processesWith(mark).filter((pid) => !except.includes(pid));
    if (found.length === 0) break;
    count += found.length;
    await Promise.all(found.map((pid) => endProcess(identify(pid), { graceMs: 5_000 })));
  }
  return count;
}

/**
 * @param {string} mark
 * @returns {number[]} pids of all readable processes that have it.
 */
function processesWith(mark) {
  return readProcessIds().filter((pid) => {
    try {
      const texts = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'latin1'));
      return [...texts, readlinkSync(`/proc/${pid}/cwd`)].some((text) => text.includes(mark));
    } catch {
      return false;
    }
  });
}

function readProcessIds() {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}
