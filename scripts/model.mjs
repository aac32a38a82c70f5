import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ALL_AT_ONCE, BROKEN, CASTS } from './prove/model/broken.mjs';
import { explore } from './prove/model/explore.mjs';
import { protocol } from './prove/model/protocol.mjs';
import { timeline } from './prove/model/timeline.mjs';
import { projectFolder } from './project.mjs';
import { say, Fault, showFault } from './say.mjs';

/**
 * `npm run model`: explores every order in which the steps of one intent can happen. The sound protocol must violate
 * nothing; each broken one must have a counter-example, which is printed.
 */
const table = join(projectFolder, 'dist/libs/payments/src/ledger/payment-states.js');
const states = /** @type {import('./prove/model/state.mjs').States} */ (await import(pathToFileURL(table).href));

if (process.argv.length > 2) {
  showFault(new Fault('npm run model takes no options. It exits with 1 if something is not as expected.'));
  process.exit(2);
}

let asExpected = true;
for (const [name, setup] of Object.entries({ ...CASTS, 'all at once': ALL_AT_ONCE })) {
  const { counterexample, ...counts } = explore(protocol(states, setup));
  asExpected &&= counterexample === undefined;
  say(`${counterexample ? '❌' : '✅'} ${name}: ${sizeOf(counts)}, ${counterexample?.violation ?? 'no violation'}`);
  if (counterexample) say(`${timeline(counterexample.trace)}\n`);
}
for (const { name, violation, ...setup } of BROKEN) {
  const { counterexample, ...counts } = explore(protocol(states, setup));
  const isFound = counterexample?.violation === violation;
  asExpected &&= isFound;
  say(`\n${isFound ? '✅' : '❌'} ${name}: ${counterexample?.violation ?? 'no violation'} (${sizeOf(counts)})`);
  if (counterexample) say(timeline(counterexample.trace));
}
process.exitCode = asExpected ? 0 : 1;

/** @param {{ states: number, transitions: number, depth: number }} counts */
function sizeOf({ states, transitions, depth }) {
  const number = (/** @type {number} */ value) => value.toLocaleString('en');
  return `${number(states)} states, ${number(transitions)} transitions, depth ${depth}`;
}
