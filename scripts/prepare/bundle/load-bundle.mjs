import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { constants, Script } from 'node:vm';

/**
 * Runs the bundle that `bundle-programs.mjs` wrote; this file is copied beside it. It gives V8 the code cache of the same
 * source, so that a start does not compile it again (https://nodejs.org/api/vm.html#scriptcreatecacheddata). V8 rejects the
 * cache of another version and then compiles as usual.
 */

/** Names of the files in the bundle's folder. */
export const files = {
  /** What stack traces call the source. It contains the URL of the source map and nothing else. */
  named: 'programs.cjs',
  source: 'programs.source',
  codeCache: 'programs.code-cache',
};

/** @typedef {{ start(): Promise<void> }} Program */

/**
 * @param {string} name as in `bundle-programs.mjs`
 * @param {string} [folder] of the bundle
 */
export async function start(name, folder = fileURLToPath(new URL('.', import.meta.url))) {
  const program = open(folder).programs[name];
  if (!program) throw new Error(`The bundle has no program of this name: ${name}`);
  await (await program()).start();
}

/**
 * @param {string} folder of the bundle
 * @returns {{ script: Script, programs: Record<string, () => Promise<Program>> }} each loads its modules when called.
 */
export function open(folder) {
  const filename = join(folder, files.named);
  const require = createRequire(filename);
  // Node looks for source maps only in files that it loads itself, by their name.
  if (process.sourceMapsEnabled) require(filename);
  const source = readFileSync(join(folder, files.source), 'utf8');
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${source}\n})`, {
    filename,
    cachedData: readIfPresent(join(folder, files.codeCache)),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: /** @type {any} */ ({}) };
  script.runInThisContext()(module.exports, require, module, filename, folder);
  return { script, programs: module.exports.programs };
}

/** @param {string} path */
function readIfPresent(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
