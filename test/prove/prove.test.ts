import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');

/** The storm starts ten servers, and everything must come to rest again. */
const MAX_MS = 240_000;

async function prove(...options: string[]) {
  const { REDIS_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, ['scripts/prove.mjs', ...options], { cwd: PROJECT, env });
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
