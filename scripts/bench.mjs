import process from 'node:process';
import { HELP, readOptions } from './bench/options.mjs';
import { describeSetting, showPart, showRatios, writeResult } from './bench/report.mjs';
import { Services } from './bench/services.mjs';
import { Stack } from './bench/stack.mjs';
import { OrderlyEnd } from './processes/orderly-end.mjs';
import { Fault, say, showFault } from './say.mjs';

/**
 * `npm run bench`: what protection costs, measured side by side with programs that have none (docs/performance.md).
 * @typedef {import('./bench/options.mjs').BenchOptions} BenchOptions
 */

const options = optionsOrExit();
if (options.help) {
  say(HELP);
} else {
  const ending = new OrderlyEnd({ onSignal: { say: 'Stopping…', codes: { SIGINT: 130, SIGTERM: 143 } } });
  try {
    await run(options, ending);
    await ending.end(0);
  } catch (error) {
    await ending.end(1, error);
  }
}

/** @returns {BenchOptions} */
function optionsOrExit() {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    showFault(error);
    return process.exit(2);
  }
}

/**
 * @param {BenchOptions} options
 * @param {OrderlyEnd} ending
 */
async function run({ parts, complete, quick, budget, json }, ending) {
  const began = performance.now();
  const setting = describeSetting({ quick, budget });
  say('Starting Postgres, three Redis nodes and Stripe’s simulator…');
  const stack = await ending.unlessEnding(Stack.open(ending, say));
  const bench = { stack, services: new Services(stack, ending), budget, ending };
  const results = [];
  /** @type {string[]} */
  const failed = [];
  for (const part of parts) {
    say(`\n${part.name}…`);
    try {
      const result = await ending.unlessEnding(part.run(bench));
      const shown = showPart(result);
      if (shown) say(shown);
      results.push(result);
    } catch (error) {
      // The other parts need not be lost with it.
      showFault(error);
      failed.push(part.name);
    }
  }
  say(`\n${showRatios(results)}`);
  if (failed.length > 0) throw new Fault(`Not measured, and nothing written: ${failed.join(', ')} failed.`);
  const postgres = await ending.unlessEnding(stack.postgresSettings());
  const seconds = Math.round((performance.now() - began) / 1_000);
  await ending.unlessEnding(
    writeResult({ setting: { ...setting, postgres }, seconds, parts: results }, { complete, json }),
  );
}
