import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { identify } from '../processes/identity.mjs';
import { lastLines, runCommand } from '../processes/run-command.mjs';

/** Package lists are 10 MB, the packages 2 MB; beyond this the network is too slow to wait for something optional. */
const MAX_DOWNLOAD_MS = 120_000;
const MAX_UNPACK_MS = 30_000;

/**
 * Downloads a package of Debian or Ubuntu and what it needs on this machine, and unpacks them, as any user: apt gets
 * folders of its own to write to, and checks signatures as always. Nothing is installed.
 * @param {string} name of the package
 * @param {string} folder which has the files afterwards, or is left as it was
 * @param {(root: string) => Promise<void> | void} check looks at the unpacked files, and adds what they need
 * @throws {Error} when there is no such package, no network, or the check fails
 */
export async function unpackDebianPackage(name, folder, check = () => {}) {
  const draft = `${folder}.draft-${process.pid}`;
  removeDrafts(folder);
  try {
    mkdirSync(join(draft, 'packages'), { recursive: true });
    await download(draft, name);
    const root = await unpack(draft);
    await check(root);
    rmSync(folder, { recursive: true, force: true });
    renameSync(root, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Deletes drafts of interrupted runs. A draft has its process id in its name, because `npm test` may unpack at the
 * same time.
 * @param {string} folder
 */
function removeDrafts(folder) {
  const prefix = `${basename(folder)}.draft-`;
  for (const name of readdirSync(dirname(folder)).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length));
    if (pid !== process.pid && identify(pid)) continue;
    rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

/**
 * @param {string} draft
 * @param {string} name
 */
async function download(draft, name) {
  const ownLists = join(draft, 'apt', 'state', 'lists');
  try {
    // The machine's own lists first: they cost nothing, but a fresh container has none and a neglected one old ones.
    await downloadBy(apt(draft, '/var/lib/apt/lists'), draft, name);
  } catch {
    const own = apt(draft, ownLists);
    // Its exit code says nothing about the one source we need; whether the packages are found then does.
    await runCommand('apt-get', [...own, 'update'], {
      timeoutMs: MAX_DOWNLOAD_MS,
      options: { env: aptEnvironment() },
    });
    await downloadBy(own, draft, name);
  }
}

/**
 * What is missing on this very machine, dependencies included, is apt's to say.
 * @param {string[]} options
 * @param {string} draft
 * @param {string} wanted
 */
async function downloadBy(options, draft, wanted) {
  const plan = await runOrThrow(
    'apt-get',
    [...options, 'install', '--yes', '--no-install-recommends', '--print-uris', wanted],
    {
      timeoutMs: MAX_UNPACK_MS,
      options: { env: aptEnvironment() },
    },
  );
  // Lines like: 'http://…/redis-tools_7.0.15-1_amd64.deb' redis-tools_5%3a7.0.15-1_amd64.deb 992000 SHA256:…
  const files = [...plan.stdout.matchAll(/^'[^']+' (\S+)_(\S+)_[^_\s]+\.deb /gm)];
  const packages = files.map(([, name, version]) => `${name}=${decodeURIComponent(version ?? '')}`);
  if (packages.length === 0) throw new Error('apt-get names no package to download.');
  await runOrThrow('apt-get', [...options, 'download', ...packages], {
    timeoutMs: MAX_DOWNLOAD_MS,
    options: { cwd: join(draft, 'packages'), env: aptEnvironment() },
  });
}

/**
 * @param {string} draft
 * @param {string} lists
 */
function apt(draft, lists) {
  const [state, cache] = [join(draft, 'apt', 'state'), join(draft, 'apt', 'cache')];
  for (const path of [join(state, 'lists', 'partial'), join(cache, 'archives', 'partial')])
    mkdirSync(path, { recursive: true });
  const options = {
    'Dir::State': state,
    'Dir::State::lists': lists,
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': cache,
    'Debug::NoLocking': 'true',
    // As root apt would become _apt, who cannot write to our folder.
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
    'Acquire::https::Timeout': '20',
  };
  return ['-q', ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}

function aptEnvironment() {
  return { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
}

/** @param {string} draft */
async function unpack(draft) {
  const root = join(draft, 'root');
  mkdirSync(root);
  for (const name of readdirSync(join(draft, 'packages'))) {
    await runOrThrow('dpkg', ['-x', join(draft, 'packages', name), root], { timeoutMs: MAX_UNPACK_MS });
  }
  return root;
}

/**
 * Where its libraries were unpacked, within its root.
 * @param {string} root
 */
export function libraryFolders(root) {
  return ['usr/lib', 'lib'].flatMap((lib) => {
    const inside = existsSync(join(root, lib)) ? readdirSync(join(root, lib)) : [];
    return [lib, ...inside.filter((name) => name.includes('-linux-')).map((triplet) => `${lib}/${triplet}`)];
  });
}

/**
 * @param {string} file
 * @param {string[]} args
 * @param {Parameters<typeof runCommand>[2]} how
 */
export async function runOrThrow(file, args, how) {
  const result = await runCommand(resolveIfPath(file), args, how);
  if (result.code === 0) return result;
  throw new Error(lastLines(result.stderr || result.stdout, 2) || `${file} did not end in time.`);
}

/** @param {string} file */
function resolveIfPath(file) {
  return file.includes('/') ? resolve(file) : file;
}
