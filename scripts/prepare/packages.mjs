import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { lastLines } from '../processes/run-command.mjs';
import { projectFolder } from '../project.mjs';
import { Fault, say } from '../say.mjs';
import { defaultDataFolder } from '../stack/data-folder.mjs';
import { runPreparing } from './children.mjs';

/** Usually half a minute; more on a slow network. */
const MAX_INSTALL_MS = 15 * 60_000;

const packages = join(projectFolder, 'node_modules');
const stampPath = join(packages, '.payonce-installed');

/** npm writes it only when it is done. */
const npmsAccount = join(packages, '.package-lock.json');

/** Runs `npm ci`, unless node_modules matches the lock file. */
export async function installPackages() {
  const lockText = readFileSync(join(projectFolder, 'package-lock.json'), 'utf8');
  const stamp = createHash('sha256').update(lockText).digest('hex');
  if (readIfThere(stampPath) === stamp) return;
  if (!agrees(lockText)) await install();
  writeFileSync(stampPath, stamp);
}

/**
 * Whether the packages of the lock file were installed by hand, according to npm's own record in node_modules.
 * @param {string} lockText
 */
function agrees(lockText) {
  const installedText = readIfThere(npmsAccount);
  if (!installedText) return false;
  const wanted = readPackages(lockText);
  const installed = readPackages(installedText);
  return (
    Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === '' || (installed[path] ? installed[path].version === version : optional),
    ) && Object.keys(installed).every((path) => path in wanted)
  );
}

/**
 * @param {string} text of a lock file (https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json)
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function readPackages(text) {
  return JSON.parse(text).packages ?? {};
}

async function install() {
  say('Installing packages (once, about half a minute)…');
  // Under `npm start`, npm passes its own path, which is more reliable than npm on the PATH.
  const npm = process.env['npm_execpath'];
  const [file, first] = npm && basename(npm) === 'npm-cli.js' ? [process.execPath, [npm]] : ['npm', []];
  // The build needs the development packages even under NODE_ENV=production, and no package's own scripts.
  const flags = [
    'ci',
    '--include=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...cacheFlags(),
  ];
  accessSync(projectFolder, constants.W_OK);
  // An incomplete installation must not look complete, however this run ends.
  for (const account of [stampPath, npmsAccount]) rmSync(account, { force: true });
  const { code, stdout, stderr } = await runPreparing(file, [...first, ...flags], {
    timeoutMs: MAX_INSTALL_MS,
    options: { cwd: projectFolder },
  });
  if (code === 0) return;
  throw new Fault(
    `${lastLines(stderr || stdout, 12)}\nnpm could not install the packages: correct what it reports above, then try again.`,
  );
}

/** A user without a home folder (nobody, many containers) gets a separate cache. */
function cacheFlags() {
  const cache = process.env['npm_config_cache'] ?? join(process.env['HOME'] ?? '/', '.npm');
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
    return [];
  } catch {
    return ['--cache', join(defaultDataFolder, 'npm-cache')];
  }
}

/** @param {string} path */
function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
