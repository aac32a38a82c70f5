import { spawn } from 'node:child_process';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');

it('npm run mutants: three of those that need no server, at random, are noticed by their tests', async () => {
  const child = spawn(process.execPath, ['scripts/mutants.mjs', '--unit', '--random', '3'], { cwd: PROJECT });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  // With the seed by which they can be chosen again.
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^3 mutants: .* 0 survived, /m) });
});
