import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SCRIPT = path.resolve(__dirname, '../../scripts/prove.mjs');

/** The storm starts ten servers, and everything must come to rest again. */
const MAX_MS = 240_000;

// Where the report goes: not over that of a longer run.
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'payonce-prove-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function prove(...options: string[]) {
  const { REDIS_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [SCRIPT, ...options], { cwd: folder, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

it(
  'npm run prove: a quarter of a minute of faults, drawn at random, doubles and loses nothing',
  async () => {
    // Its seed is in the output.
    expect(await prove('--minutes', '0.25')).toEqual({
      code: 0,
      output: expect.stringContaining('✅ Nothing charged twice'),
    });
  },
  MAX_MS,
);

it.each(['row lock and look in one statement', 'answers cached across users'])(
  'npm run prove -- --broken: %s is caught',
  async (name) => {
    expect(await prove('--broken', name)).toEqual({ code: 0, output: expect.stringMatching(/^✅ caught in \d+ s: /m) });
  },
  MAX_MS,
);
