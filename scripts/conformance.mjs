import { resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { payonceAdapter } from './conformance/adapters/payonce.mjs';
import { Client } from './conformance/client.mjs';
import { HELP, readOptions } from './conformance/options.mjs';
import { logInDemo, Payonce } from './conformance/payonce.mjs';
import { payonceRules } from './conformance/rules/all.mjs';
import { idempotencyRules } from './conformance/rules/idempotency.mjs';
import { keySequence, runRules } from './conformance/run.mjs';
import { line, summary } from './conformance/table.mjs';
import { Fault, say, showFault } from './say.mjs';

/**
 * `npm run conformance`: what the documentation promises, checked from outside over HTTP.
 * @typedef {import('./conformance/options.mjs').Options} Options
 * @typedef {import('./conformance/run.mjs').Result} Result
 */

const stop = new AbortController();
// npm forwards a signal that the terminal has sent already: it arrives twice, and the run still cleans up.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => stop.abort());

try {
  process.exitCode = await main();
} catch (error) {
  showFault(error);
  process.exitCode = 2;
}

/** @returns {Promise<number>} the exit code */
async function main() {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) {
    say(HELP);
    return 0;
  }
  if (options.compare) {
    const { compare } = await import('./conformance/compare.mjs');
    return compare();
  }
  const all = options.adapter ? idempotencyRules : [...idempotencyRules, ...payonceRules];
  if (selected(all, options).length === 0) throw new Fault(`No rule has "${options.only}" in its id.`);
  const results = options.adapter ? await testAdapter(options, options.adapter) : await testPayonce(options);
  say(`\n${summary(results)}`);
  if (stop.signal.aborted) return 130;
  const has = (/** @type {Result['outcome']} */ wanted) => results.some(({ outcome }) => outcome === wanted);
  return has('passed') && !has('failed') ? 0 : 1;
}

/** @param {Options} options @param {string} file */
async function testAdapter(options, file) {
  const adapter = await openAdapter(options, file);
  try {
    say(`Idempotency keys of ${adapter.name} at ${adapter.url}\n`);
    const scene = { client: new Client(adapter.url), adapter, newKey: keySequence() };
    return await runRules(selected(idempotencyRules, options), scene, { onResult: report, signal: stop.signal });
  } finally {
    await adapter.close?.();
  }
}

/**
 * @param {Options} options
 * @param {string} file
 * @returns {Promise<import('./conformance/adapter.mjs').Adapter>}
 * @throws {Fault}
 */
async function openAdapter({ url, token }, file) {
  const { default: open } = await import(pathToFileURL(resolve(file)).href).catch((/** @type {Error} */ error) => {
    throw new Fault(`The adapter ${file} cannot be loaded: ${error.message}`);
  });
  if (typeof open !== 'function') throw new Fault(`The adapter ${file} has no default export that is a function.`);
  const adapter = await open({ url, token, env: process.env });
  const missing = ['name', 'url', 'users', 'intent'].filter((member) => adapter?.[member] === undefined);
  if (missing.length > 0) throw new Fault(`The adapter ${file} has no ${missing.join(', ')}.`);
  return adapter;
}

/** @param {Options} options */
async function testPayonce(options) {
  const payonce = new Payonce({ ...options, ...(options.token ? options : await logInDemo(options.url)) });
  await payonce.requireSetUp();
  say(`Payonce at ${options.url}. This run creates consultations of ${payonce.patient.subject} and their payments, products
and transfers, and says of some that they were paid and refunded. At the end it cancels and closes what is open; the rest
stays, with its audit log. ${payonce.simulator ? 'Card payments are made in the simulator.' : 'Stripe is not used.'}\n`);
  try {
    const { client, newKey } = payonce;
    const scene = { client, newKey, adapter: payonceAdapter(payonce) };
    const how = { onResult: report, signal: stop.signal };
    return [
      ...(await runRules(selected(idempotencyRules, options), scene, how)),
      ...(await runRules(selected(payonceRules, options), payonce, how)),
    ];
  } finally {
    await payonce.close();
  }
}

/** @param {Result} result */
function report(result) {
  say(line(result));
}

/**
 * @template {{ id: string }} Rule
 * @param {readonly Rule[]} rules
 * @param {Options} options
 */
function selected(rules, { only = '' }) {
  return rules.filter(({ id }) => id.includes(only));
}
