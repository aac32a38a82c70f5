import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { constants, Script } from 'node:vm';

/**
 * Runs programs as `join-modules.mjs` has left them; copied to where they lie. It hands V8 the code it made of the same
 * source when that was built, so that a start does not compile what it needs once more
 * (https://nodejs.org/api/vm.html#scriptcreatecacheddata). Made by another V8, that code is passed by.
 */

/** How the joined files are called. */
export const files = {
  /** What stack traces call the source. It has the address of the source map and nothing else. */
  named: 'programs.cjs',
  source: 'programs.source',
  compiled: 'programs.compiled',
};

/** @typedef {{ start(): Promise<void> }} Program */

/**
 * @param {string} name as in `join-modules.mjs`
 * @param {string} [folder] where the joined files lie.
 */
export async function start(name, folder = fileURLToPath(new URL('.', import.meta.url))) {
  const program = open(folder).programs[name];
  if (!program) throw new Error(`No program of that name was joined: ${name}`);
  await (await program()).start();
}

/**
 * @param {string} folder where the joined files lie.
 * @returns {{ script: Script, programs: Record<string, () => Promise<Program>> }} each loads its modules when called.
 */
export function open(folder) {
  const filename = join(folder, files.named);
  const require = createRequire(filename);
  // Node looks for source maps in what it loads by itself, under the name of the file.
  if (process.sourceMapsEnabled) require(filename);
  const source = readFileSync(join(folder, files.source), 'utf8');
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${source}\n})`, {
    filename,
    cachedData: readIfThere(join(folder, files.compiled)),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: /** @type {any} */ ({}) };
  script.runInThisContext()(module.exports, require, module, filename, folder);
  return { script, programs: module.exports.programs };
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
