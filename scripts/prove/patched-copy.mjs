import { transformFile } from '@swc/core';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectFolder } from '../project.mjs';

/**
 * Makes a copy of the built program with patches.
 * @param {readonly import('./broken-protocols.mjs').Patch[]} patches
 * @returns {Promise<{ build: string, remove: () => void }>}
 * @throws {Error} when a patch does not apply
 */
export async function patchedCopy(patches) {
  const build = mkdtempSync(join(tmpdir(), 'payonce-broken-'));
  const remove = () => rmSync(build, { recursive: true, force: true });
  try {
    cpSync(join(projectFolder, 'dist'), join(build, 'dist'), { recursive: true });
    for (const name of ['node_modules', 'package.json', '.swcrc'])
      symlinkSync(join(projectFolder, name), join(build, name));
    for (const [file, text] of patchedSources(patches)) await compile(build, file, text);
    // The programs are shipped as one bundle: the copy runs their modules.
    for (const name of ['api', 'worker']) {
      await compile(
        build,
        `apps/${name}/src/main.ts`,
        readFileSync(join(projectFolder, `apps/${name}/src/main.ts`), 'utf8'),
      );
    }
    return { build, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** @param {readonly import('./broken-protocols.mjs').Patch[]} patches */
function patchedSources(patches) {
  /** @type {Map<string, string>} */
  const sources = new Map();
  for (const { file, find, replace } of patches) {
    const text = sources.get(file) ?? readFileSync(join(projectFolder, file), 'utf8');
    if (text.split(find).length !== 2) throw new Error(`A patch of ${file} does not apply: ${find}`);
    sources.set(
      file,
      text.replace(find, () => replace),
    );
  }
  return sources;
}

/**
 * @param {string} build
 * @param {string} file
 * @param {string} text
 */
async function compile(build, file, text) {
  const source = join(build, 'sources', file);
  mkdirSync(dirname(source), { recursive: true });
  writeFileSync(source, text);
  const { code } = await transformFile(source, { configFile: join(projectFolder, '.swcrc'), sourceMaps: false });
  writeFileSync(join(build, 'dist', file.replace(/\.ts$/, '.js')), code);
}
