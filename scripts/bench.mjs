import process from 'node:process';
import { HELP, readOptions } from './bench/options.mjs';
import { report, writeResult } from './bench/report.mjs';
import { Services } from './bench/services.mjs';
import { Stack } from './bench/stack.mjs';
import { OrderlyEnd } from './processes/orderly-end.mjs';
import { say, showFault } from './say.mjs';

/** `npm run bench`: what protection costs, measured side by side with programs that have none. See docs/performance.md. */

/** @typedef {import('./bench/parts.mjs').PartResult} PartResult */

await main();

async function main() {
  /** @type {import('./bench/options.mjs').BenchOptions} */
  let options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    showFault(error);
    process.exit(2);
  }
  if (options.help) return say(HELP);
  const ending = new OrderlyEnd({ onSignal: { say: 'Stopping…', codes: { SIGINT: 130, SIGTERM: 143 } } });
  try {
    const result = await ending.unlessEnding(measure(options, ending));
    say(`\n${report(result)}`);
    await writeResult(result, options);
    await ending.end(0);
  } catch (error) {
    await ending.end(1, error);
  }
}

/**
 * @param {import('./bench/options.mjs').BenchOptions} options
 * @param {OrderlyEnd} ending
 * @returns {Promise<import('./bench/report.mjs').BenchResult>}
 */
async function measure({ parts, budget, quick }, ending) {
  const began = new Date();
  say('Starting Postgres, three Redis nodes and Stripe’s simulator…');
  const stack = await ending.unlessEnding(Stack.open(ending, say));
  const bench = { stack, services: new Services(stack, ending), budget, ending };
  /** @type {Record<string, PartResult>} */
  const results = {};
  for (const { name, run } of parts) {
    say(`${name}…`);
    results[name] = await ending.unlessEnding(run(bench));
  }
  const settings = await ending.unlessEnding(stack.postgresSettings());
  return { began, seconds: (Date.now() - began.getTime()) / 1_000, quick, budget, settings, parts: results };
}
