import { spawn } from 'node:child_process';
import process from 'node:process';

/** Enough for any message; of longer output the last part is kept. */
const MAX_OUTPUT_LENGTH = 200_000;

/** @type {Map<import('node:child_process').ChildProcess, { group: boolean }>} */
const running = new Map();
process.on('exit', endCommands);

/** Ends every running command; also called at exit, so that none outlives us. */
export function endCommands() {
  for (const [child, { group }] of running) kill(child, group);
}

/**
 * Runs one command to its end.
 * @param {string} file
 * @param {string[]} args
 * @param {{ timeoutMs: number, input?: string, onSpawn?: (pid: number) => void, options?: import('node:child_process').SpawnOptions }} how
 * @returns {Promise<{ code: number | null, stdout: string, stderr: string }>} code null: it could not start, or was ended.
 */
export async function runCommand(file, args, { timeoutMs, input, onSpawn, options = {} }) {
  const child = spawn(file, args, { ...options, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  const group = options.detached === true;
  running.set(child, { group });
  const timer = setTimeout(() => kill(child, group), timeoutMs);
  let stdout = '';
  let stderr = '';
  child.stdout?.on(
    'data',
    (/** @type {Buffer} */ data) => (stdout = (stdout + data.toString()).slice(-MAX_OUTPUT_LENGTH)),
  );
  child.stderr?.on(
    'data',
    (/** @type {Buffer} */ data) => (stderr = (stderr + data.toString()).slice(-MAX_OUTPUT_LENGTH)),
  );
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  if (child.pid) onSpawn?.(child.pid);
  try {
    return await new Promise((resolve) => {
      child.once('error', (error) => resolve({ code: null, stdout, stderr: `${stderr}${error.message}\n` }));
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
  } finally {
    clearTimeout(timer);
    running.delete(child);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {boolean} group whether it leads a process group, which ends with it.
 */
function kill(child, group) {
  if (!group || !child.pid) return child.kill('SIGKILL');
  try {
    return process.kill(-child.pid, 'SIGKILL');
  } catch {
    return false; // It ended in between.
  }
}

/**
 * @param {string} text
 * @param {number} count
 */
export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
