import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '../project.mjs';
import { Fault } from '../say.mjs';

/**
 * @typedef {object} Tests the tests nearest to a guard
 * @property {string[]} files
 * @property {string} [title] as jest's -t: a part of the titles, by a regular expression
 * @property {true} [sources] they use the sources, on servers of Postgres and Redis alone: the programs are not built anew
 */

/**
 * One change of one guard.
 * @typedef {object} Mutant
 * @property {string} name
 * @property {string} file
 * @property {string} find stands in the file exactly once
 * @property {string} replace
 * @property {Tests} tests one of which must fail
 * @property {string} [survives] why none can fail, and what guards instead
 */

export const MUTANTS_FOLDER = join(projectFolder, 'test/mutants');

/** @returns {Promise<(Mutant & { area: string })[]>} those of every file of test/mutants, which is their area */
export async function readMutants() {
  const areas = readdirSync(MUTANTS_FOLDER)
    .filter((name) => name.endsWith('.mjs'))
    .sort();
  const tables = await Promise.all(
    areas.map(async (name) => {
      /** @type {{ default: Mutant[] }} */
      const table = await import(pathToFileURL(join(MUTANTS_FOLDER, name)).href);
      return table.default.map((mutant) => ({ ...mutant, area: name.replace('.mjs', '') }));
    }),
  );
  return tables.flat();
}

/**
 * Whether its tests run in seconds, without a server.
 * @param {Mutant} mutant
 */
export const isUnit = ({ tests }) => tests.files.every((file) => /\.spec\.ts$|^test\/unit\//.test(file));

/**
 * @template {Mutant & { area: string }} M
 * @param {M[]} mutants
 * @param {{ area?: string | undefined, only?: string[] | undefined, unit: boolean, count: number | undefined, seed: number }} by
 * @returns {M[]}
 */
export function choose(mutants, { area, only, unit, count, seed }) {
  const chosen = mutants.filter(
    (mutant) =>
      (area === undefined || mutant.area === area) &&
      (only === undefined || only.includes(mutant.name)) &&
      (!unit || isUnit(mutant)),
  );
  if (count === undefined) return chosen;
  const random = numbersFrom(seed);
  return chosen
    .map((mutant) => ({ mutant, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ mutant }) => mutant);
}

/**
 * @param {string} source
 * @param {Mutant} mutant
 * @throws {Fault} when the guard is not there, or stands there twice
 */
export function mutated(source, { name, file, find, replace }) {
  const parts = source.split(find);
  if (parts.length !== 2) throw new Fault(`${name}: “${find}” stands ${parts.length - 1} times in ${file}, not once.`);
  return parts.join(replace);
}

/**
 * Mulberry32: the same numbers for the same seed, which Math.random cannot give.
 * @param {number} seed
 */
function numbersFrom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
