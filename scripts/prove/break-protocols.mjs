import { BROKEN_PROTOCOLS } from './broken-protocols.mjs';
import { patchedCopy } from './patched-copy.mjs';
import { storm } from './storm.mjs';
import { openTopology } from './topology.mjs';

/** Most are caught in the first round; two need the right request at the right moment. */
const MS = 12_000;
const MAX_ROUNDS = 5;
const MAX_QUIET_MS = 20_000;
/** A race is lost within milliseconds: faults strike as often as they can. */
const GAP_MS = /** @type {const} */ ([10, 60]);

/**
 * @typedef {object} Caught
 * @property {string} name
 * @property {boolean} caught
 * @property {number} seconds
 * @property {string} sentence what the oracle says; empty if it says nothing
 */

/**
 * Runs each broken protocol until the oracle has judged it.
 * @param {{ seed: number, names: readonly string[], say: (text: string) => void, signal: AbortSignal }} how
 * @returns {Promise<Caught[]>}
 */
export async function breakProtocols({ seed, names, say, signal }) {
  /** @type {Caught[]} */
  const all = [];
  for (const { name, patches, sql, faults, gapMs = GAP_MS, rules, says } of BROKEN_PROTOCOLS) {
    if (signal.aborted) break;
    if (!names.includes(name)) continue;
    const began = performance.now();
    const { build, remove } = await patchedCopy(patches);
    const how = { maxQuietMs: MAX_QUIET_MS, gapMs, only: faults, endWhen: rules, say: () => {}, signal };
    /** @type {import('./oracle/snapshot.mjs').Finding | undefined} */
    let found;
    try {
      for (let round = 0; round < MAX_ROUNDS && !found; round++) {
        const topology = await openTopology({ build, ...(sql ? { sql } : {}), say });
        try {
          const { findings } = await storm(topology, { seed: seed + round, ms: MS, ...how });
          found = findings.find(({ rule, text }) => rules.includes(rule) && says.test(text));
        } finally {
          await topology.end();
        }
      }
    } finally {
      remove();
    }
    const sentence = found ? `${found.rule}: ${found.about} ${found.text}` : '';
    const seconds = Math.round((performance.now() - began) / 1_000);
    all.push({ name, caught: found !== undefined, seconds, sentence });
    say(`${found ? '✅ caught' : '❌ survived'} in ${seconds} s: ${name}${found ? `\n   ${sentence}` : ''}`);
  }
  return all;
}

/** @param {readonly Caught[]} all */
export function brokenTable(all) {
  const rows = all.map(
    ({ name, caught, seconds, sentence }) => `| ${name} | ${caught ? `${seconds} s` : '**survived**'} | ${sentence} |`,
  );
  return ['| protocol | caught in | what the oracle says |', '| --- | --- | --- |', ...rows].join('\n');
}
