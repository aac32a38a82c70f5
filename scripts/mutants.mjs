import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { lastLines, runCommand } from './processes/run-command.mjs';
import { OrderlyEnd } from './processes/orderly-end.mjs';
import { Fault, paint, say } from './say.mjs';
import { choose, isUnit, mutated, readMutants } from './test/mutants.mjs';
import { makeScratchCopy } from './test/scratch-copy.mjs';
import { startTestServers } from './test/servers.mjs';

/**
 * `npm run mutants`: do the tests notice when a guard is gone? Each mutant of test/mutants changes one guard in a scratch
 * copy of the project; the tests nearest to it must then fail.
 * @typedef {import('./test/mutants.mjs').Mutant} Mutant
 * @typedef {import('./test/mutants.mjs').Tests} Tests
 * @typedef {'killed' | 'survived' | 'explained' | 'invalid'} Fate
 * @typedef {{ fate: Fate, seconds: number, why: string }} Result
 */
const HELP = `npm run mutants -- [options]

  --area <name>    of one file of test/mutants, such as stripe
  --only <name>    one mutant; can be repeated
  --unit           those whose tests need no server: a few seconds each
  --random <n>     so many of them, at random
  --seed <number>  of the choice; printed, so that it can be repeated
  --list           names them and runs nothing`;

/** The slowest of the named tests start servers and take half a minute, several times that on a busy machine. */
const MAX_TEST_MS = 5 * 60_000;

const ending = new OrderlyEnd({
  onSignal: { say: 'Stopping…', codes: { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } },
});

try {
  await ending.end(await ending.unlessEnding(main()));
} catch (error) {
  await ending.end(1, error);
}

/** @returns {Promise<number>} the exit code */
async function main() {
  const { values } = parseArgs({
    options: {
      area: { type: 'string' },
      only: { type: 'string', multiple: true },
      unit: { type: 'boolean', default: false },
      random: { type: 'string' },
      seed: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return (say(HELP), 0);
  const seed = Number(values.seed ?? randomInt(2 ** 31));
  const count = values.random === undefined ? undefined : Number(values.random);
  const mutants = choose(await readMutants(), { ...values, count, seed });
  if (mutants.length === 0) throw new Fault(`No mutant is chosen by this.\n\n${HELP}`);
  if (values.list) return (say(mutants.map(({ name, file }) => `${name}  ${file}`).join('\n')), 0);
  if (count !== undefined) say(`--random ${count} --seed ${seed}`);

  const folder = makeScratchCopy({ withBuild: !mutants.every(isUnit) });
  ending.begun(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  await requireGreen(folder, mutants);
  const servers = mutants.every(isUnit) ? undefined : await startTestServers(ending);
  /** @type {Result[]} */
  const results = [];
  for (const mutant of mutants) {
    const result = await ending.unlessEnding(judge(folder, mutant, servers?.env));
    results.push(result);
    say(lineOf(mutant, result));
  }
  return conclude(results);
}

/**
 * A test that fails without the mutant says nothing about it. Only for those without a server: CI runs all of them.
 * @param {string} folder
 * @param {Mutant[]} mutants
 */
async function requireGreen(folder, mutants) {
  const files = [...new Set(mutants.filter(isUnit).flatMap(({ tests }) => tests.files))];
  if (files.length === 0) return;
  const { report, output } = await ending.unlessEnding(runJest(folder, { files }));
  if (report?.success !== true) throw new Fault(`${lastLines(output, 40)}\nThese tests fail without any mutant.`);
}

/**
 * @param {string} folder
 * @param {Mutant} mutant
 * @param {NodeJS.ProcessEnv | undefined} servers where the servers of the tests are
 * @returns {Promise<Result>}
 */
async function judge(folder, mutant, servers) {
  const path = join(folder, mutant.file);
  const source = readFileSync(path, 'utf8');
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  try {
    writeFileSync(path, mutated(source, mutant));
    if (servers && !isUnit(mutant) && !mutant.tests.sources) {
      const built = await run(folder, ['scripts/prepare.mjs']);
      if (built.code !== 0) return { fate: 'invalid', why: lastLines(built.output, 12), seconds: seconds() };
    }
    const { report, output } = await runJest(folder, mutant.tests, isUnit(mutant) ? undefined : servers);
    return { ...fateOf(mutant, report, output), seconds: seconds() };
  } finally {
    writeFileSync(path, source);
  }
}

/**
 * @param {Mutant} mutant
 * @param {Report | undefined} report
 * @param {string} output
 * @returns {{ fate: Fate, why: string }}
 */
function fateOf({ survives }, report, output) {
  // The build failed, a file did not load, or the title matches no test: then no test has judged it.
  if (!report || report.numFailedTests + report.numPassedTests === 0 || report.numRuntimeErrorTestSuites > 0)
    return { fate: 'invalid', why: lastLines(output, 12) };
  if (report.numFailedTests === 0) {
    return survives === undefined ? { fate: 'survived', why: '' } : { fate: 'explained', why: survives };
  }
  if (survives !== undefined) return { fate: 'invalid', why: 'it is killed, although the table says that it survives' };
  const failed = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return { fate: 'killed', why: failed.find(({ status }) => status === 'failed')?.title ?? '' };
}

/**
 * @typedef {{ success: boolean, numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number,
 *   testResults: { assertionResults: { status: string, title: string }[] }[] }} Report what jest writes with --json
 * @param {string} folder
 * @param {Tests} tests
 * @param {NodeJS.ProcessEnv} [servers] none: as `npm run test:unit` runs it, otherwise as `npm test` does
 * @returns {Promise<{ report: Report | undefined, output: string }>}
 */
async function runJest(folder, { files, title }, servers) {
  const outputFile = join(folder, 'mutant-report.json');
  rmSync(outputFile, { force: true });
  const config = servers ? 'jest.config.mjs' : 'jest.unit.config.mjs';
  const jest = ['node_modules/jest/bin/jest.js', '--config', config, '--json', '--outputFile', outputFile];
  const { output } = await run(folder, [...jest, ...files, ...(title ? ['-t', title] : [])], servers);
  const report = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : undefined;
  return { report, output };
}

/**
 * A program of the scratch copy, by Node.
 * @param {string} folder
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} [env]
 */
async function run(folder, words, env = {}) {
  const { code, stdout, stderr } = await runCommand(process.execPath, words, {
    timeoutMs: MAX_TEST_MS,
    options: { cwd: folder, env: { ...environment(), ...env }, detached: true },
  });
  return { code, output: `${stdout}${stderr}` };
}

/** Without what npm and jest say to those they run: a jest within a jest would take itself for a worker. */
function environment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|JEST_|TEST_|NODE_ENV$|INIT_CWD$)/i.test(name)),
  );
}

/**
 * @param {Mutant} mutant
 * @param {Result} result
 */
function lineOf({ name, file }, { fate, seconds, why }) {
  const style = fate === 'killed' ? 'green' : fate === 'explained' ? 'dim' : 'red';
  const shown = why === '' ? '' : fate === 'invalid' ? `\n${why}` : `  ${why}`;
  return `${paint(style, fate.padEnd(9))} ${seconds.toFixed(1).padStart(6)} s  ${name}  ${paint('dim', file)}${shown}`;
}

/**
 * @param {Result[]} results
 * @returns {number} 1 if one survived or could not be judged
 */
function conclude(results) {
  const count = (/** @type {Fate} */ fate) => results.filter((result) => result.fate === fate).length;
  const [survived, invalid] = [count('survived'), count('invalid')];
  say(
    `\n${results.length} mutants: ${count('killed')} killed, ${survived} survived, ${count('explained')} survived with a reason, ${invalid} invalid`,
  );
  return survived + invalid > 0 ? 1 : 0;
}
