import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { endProcess } from './end.mjs';
import { identify } from './identity.mjs';

/** A test that was killed may leave processes that start others; each round ends those of the one before. */
const MAX_ROUNDS = 5;

/**
 * Ends every process that carries a mark in its environment, on its command line or in the path of its working folder. The mark must be random, so that no
 * stranger carries it. Linux only; elsewhere it finds nobody.
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
 * @returns {number[]} pids of all processes we may look into that carry it.
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
