import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import process from 'node:process';
import { lastLines } from '../processes/run-command.mjs';
import { projectFolder } from '../project.mjs';
import { Fault, say } from '../say.mjs';
import { runPreparing } from './children.mjs';

/** Each takes seconds on two cores. */
const MAX_BUILD_MS = 5 * 60_000;

const built = join(projectFolder, 'dist');
const packages = ['package.json', 'package-lock.json'];

/**
 * The parts of the build. There are two, so that a change of a page does not rebuild the servers, and vice versa.
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} sources files and folders
 * @property {string[]} [without] folders within them that are another part's
 * @property {string[]} into folders in dist/
 * @property {string[][]} commands for node, one after the other
 */

/** @type {Part[]} */
const parts = [
  {
    name: 'servers',
    sources: ['apps', 'libs', '.swcrc', 'nest-cli.json', 'scripts/prepare/bundle', ...packages],
    without: ['apps/web'],
    into: ['apps/api', 'apps/worker', 'apps/stripe-simulator', 'apps/race-lab', 'libs', 'bundle'],
    commands: [['node_modules/@nestjs/cli/bin/nest.js', 'build'], ['scripts/prepare/bundle/bundle-programs.mjs']],
  },
  {
    name: 'pages',
    sources: ['apps/web', 'libs/payment-client/src', ...packages],
    into: ['apps/web'],
    commands: [
      [
        'node_modules/vite/bin/vite.js',
        'build',
        '--config',
        'apps/web/vite.config.mjs',
        '--configLoader',
        'native',
        '--logLevel',
        'warn',
      ],
    ],
  },
];

/**
 * Builds the parts whose sources have changed since their last build. Compared by content, because a checkout changes
 * every modification time.
 */
export async function build() {
  for (const part of parts) {
    const stamp = hashOfSources(part);
    const stampPath = join(built, `.${part.name}-built-from`);
    if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) continue;
    say(`Building the ${part.name}…`);
    // Delete first: an interrupted build must not look complete, and output of a deleted source must not remain.
    rmSync(stampPath, { force: true });
    for (const folder of part.into) rmSync(join(built, folder), { recursive: true, force: true, maxRetries: 5 });
    for (const command of part.commands) {
      const { code, stdout, stderr } = await runPreparing(process.execPath, command, {
        timeoutMs: MAX_BUILD_MS,
        options: { cwd: projectFolder },
      });
      if (code !== 0) throw new Fault(`${lastLines(stdout + stderr, 20)}\nThe build failed: see the errors above.`);
    }
    mkdirSync(built, { recursive: true });
    writeFileSync(stampPath, stamp);
  }
}

/** @param {Part} part */
function hashOfSources({ sources, without = [], commands }) {
  const hash = createHash('sha256').update(commands.flat().join(' '));
  for (const source of sources) {
    for (const path of filesUnder(source)) {
      if (path.endsWith('.spec.ts')) continue;
      if (without.some((folder) => path.startsWith(join(folder, sep)))) continue;
      const content = readFileSync(join(projectFolder, path));
      // Lengths in between, so that two different lists never have the same hash.
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
