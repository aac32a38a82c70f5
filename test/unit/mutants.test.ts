import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Mutant {
  readonly name: string;
  readonly area: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly tests: { readonly files: readonly string[]; readonly title?: string };
  readonly survives?: string;
}

const PROJECT = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8');

/** Run by Node, as `npm run mutants` does: jest would load the tables as CommonJS. */
function node(...words: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, words, { cwd: PROJECT });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

describe('the table of mutants', () => {
  let mutants: readonly Mutant[];
  beforeAll(async () => {
    const print = `import('./scripts/test/mutants.mjs').then(async (it) => console.log(JSON.stringify(await it.readMutants())))`;
    const { output } = await node('--input-type=module', '--eval', print);
    mutants = JSON.parse(output) as Mutant[];
  });
  const faulty = (fault: (mutant: Mutant) => boolean) => mutants.filter(fault).map(({ name }) => name);

  it('has more than a hundred, each with a name of its own', () => {
    expect(mutants.length).toBeGreaterThan(100);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it('names guards that stand in their file exactly once, and changes them', () => {
    expect(
      faulty(({ file, find }) => !existsSync(path.join(PROJECT, file)) || read(file).split(find).length !== 2),
    ).toEqual([]);
    expect(faulty(({ find, replace }) => find === replace)).toEqual([]);
  });

  it('changes only what is shipped', () => {
    expect(faulty(({ file }) => !/^(libs|apps)\/.*\/src\/.*\.ts$/.test(file) || file.endsWith('.spec.ts'))).toEqual([]);
  });

  it('names tests that exist, by a part of their titles', () => {
    expect(faulty(({ tests }) => tests.files.some((file) => !existsSync(path.join(PROJECT, file))))).toEqual([]);
    const isNamed = ({ files, title = '' }: Mutant['tests']) =>
      title.split('|').every((part) => files.some((file) => read(file).includes(part)));
    expect(faulty(({ tests }) => !isNamed(tests))).toEqual([]);
  });

  it('gives a reason in a sentence where a mutant survives', () => {
    expect(faulty(({ survives }) => survives !== undefined && survives.split(' ').length < 8)).toEqual([]);
  });
});
