import { execFile } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

describe('npm run bench', () => {
  it('measures one part, writes its ratios to the given file, and leaves no process and no file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
    // Root's Postgres runs as another user, who has to pass through.
    chmodSync(folder, 0o711);
    try {
      const json = join(folder, 'result.json');
      const args = ['scripts/bench.mjs', '--quick', '--only', 'locks', '--json', json];
      const { stdout } = await run(process.execPath, args, { env: { ...process.env, TMPDIR: folder } });
      expect(stdout).toMatch(/lock and unlock: p50 ÷ redlock +\d/);
      const result = JSON.parse(readFileSync(json, 'utf8')) as { ratios: Record<string, number> };
      expect(result.ratios['lock and unlock: p50 ÷ redlock']).toBeGreaterThan(0);
      expect(readdirSync(folder)).toEqual(['result.json']);
      expect(commandLines().filter((line) => line.includes(folder))).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Of every process that runs now. */
function commandLines(): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  });
}
