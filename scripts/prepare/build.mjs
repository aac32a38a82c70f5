import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { lastLines } from '../processes/run-command.mjs';
import { projectFolder } from '../project.mjs';
import { Fault, say } from '../say.mjs';
import { runPreparing } from './children.mjs';

/** A second on two cores. */
const LONGEST_BUILD_MS = 5 * 60_000;

const sources = ['apps', 'libs', '.swcrc', 'nest-cli.json', 'package.json', 'package-lock.json'];
const built = join(projectFolder, 'dist');
const stampPath = join(built, '.built-from');

/** Builds dist/ when the sources are not those it was built from. By content, since a checkout sets every time anew. */
export async function build() {
  const stamp = hashOfSources();
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return;
  say('Building…');
  // A source that was deleted must not live on in dist/.
  rmSync(built, { recursive: true, force: true, maxRetries: 5 });
  const nest = join(projectFolder, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const { code, stdout, stderr } = await runPreparing(process.execPath, [nest, 'build'], {
    timeoutMs: LONGEST_BUILD_MS,
    options: { cwd: projectFolder },
  });
  if (code !== 0) throw new Fault(`${lastLines(stdout + stderr, 20)}\nThe build failed: see above.`);
  writeFileSync(stampPath, stamp);
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of filesUnder(source)) {
      const content = readFileSync(join(projectFolder, path));
      // Lengths between them, so that no two lists of files look alike.
      hash.update(`${path.length}:${path}${content.length}:`).update(content);
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} path within the project: a file, a folder or nothing.
 * @returns {string[]} files, sorted.
 */
function filesUnder(path) {
  const full = join(projectFolder, path);
  if (!existsSync(full)) return [];
  try {
    const names = readdirSync(full, { recursive: true, withFileTypes: true });
    return names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(projectFolder.length + 1))
      .sort();
  } catch {
    return [path];
  }
}
