import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { Client } from './load/client.mjs';
import { carryOut, cleanUp, paymentsOf, REQUESTS_PER_INTENT } from './load/intents.mjs';
import { counts, isProof, speed } from './load/report.mjs';
import { HELP, readOptions } from './load/options.mjs';

/**
 * `npm run load`: load on a running Payonce, from outside: plain Node and the HTTP API, none of the server's code. At
 * the end it counts the payments over the API, and fails unless each intent has exactly one.
 * @typedef {import('./load/intents.mjs').Intent} Intent
 * @typedef {import('./load/intents.mjs').People} People
 * @typedef {ReturnType<typeof readOptions>} Options
 */
const PROGRESS_MS = 5_000;

const LOGIN_TIMEOUT_MS = 10_000;

/** Two signals within this time are one Ctrl-C. */
const SAME_SIGNAL_MS = 1_000;

const options = readOptions(process.argv.slice(2), process.env);
if (options.help) {
  console.log(HELP);
} else {
  try {
    process.exitCode = (await run(options)) ? 0 : 1;
  } catch (error) {
    console.error(`\n${messageOf(error)}`);
    process.exitCode = 1;
  }
}

/** @param {Options} options */
async function run(options) {
  const { base, concurrency, requests, seconds } = options;
  const users = await logInUsers(options);
  const name = `load-${Date.now().toString(36)}-${randomBytes(3).toString('hex')}`;
  const maxIntents = Math.ceil(requests / REQUESTS_PER_INTENT);
  console.log(`Load on ${base}: ${concurrency} requests at once, at most ${maxIntents} intents in ${seconds} s.`);
  console.log(`The consultations have the external references ${name}-1 and so on.\n`);

  const client = new Client(base, concurrency);
  const stopping = listenForStop();
  const began = performance.now();
  const intents = await putLoad(client, users, { ...options, maxIntents, name, stopping });
  const ms = performance.now() - began;

  // Not measured: checks the result and cleans up.
  console.log('Looking up the payments and cleaning up…\n');
  const after = new Client(base, concurrency);
  const listed = await eachOf(intents, concurrency, (intent) =>
    paymentsOf(after, users, intent).catch(() => undefined),
  );
  const outcome = judge(intents, listed);
  console.log(`${speed({ client, ms, payments: outcome.payments })}\n\n${counts(outcome)}\n`);

  const tidy = await eachOf(intents, concurrency, async (intent, n) => {
    const payments = listed[n];
    return payments !== undefined && (await cleanUp(after, users, intent, payments).catch(() => false));
  });
  const left = intents.filter((_, n) => !tidy[n]).map((intent) => intent.name);
  console.log(
    left.length === 0
      ? 'All payments are cancelled and all consultations closed.'
      : `${left.length} consultations could not be cleaned up: ${left.slice(0, 5).join(', ')}${left.length > 5 ? ' …' : ''}`,
  );
  const passed = isProof(outcome) && left.length === 0;
  const verdict = `${outcome.intents} intents, ${outcome.payments} payments, ${outcome.duplicates} duplicates.`;
  console.log(`${passed ? '✅ Passed' : '❌ Failed'}: ${verdict}`);
  return passed;
}

/**
 * On Ctrl-C or SIGTERM, starts no new intents. npm forwards a signal that the terminal has already sent to the whole
 * group, so it arrives twice at once; a second Ctrl-C ends the script.
 * @returns {AbortSignal}
 */
function listenForStop() {
  const stop = new AbortController();
  let stoppedAt = 0;
  const onSignal = () => {
    if (stoppedAt > 0 && performance.now() - stoppedAt > SAME_SIGNAL_MS) {
      console.log('Stopped at once: unfinished payments and consultations stay as they are.');
      process.exit(130);
    }
    if (stoppedAt > 0) return;
    stoppedAt = performance.now();
    console.log('Stopping: finishing, counting and cleaning up what was started. Press Ctrl-C again to stop at once.');
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, onSignal);
  return stop.signal;
}

/**
 * Starts intents until there are enough, the time is over, the script is stopped, or the server no longer answers.
 * @param {Client} client
 * @param {People} users
 * @param {{ maxIntents: number, seconds: number, concurrency: number, name: string, stopping: AbortSignal }} how
 * @returns {Promise<Intent[]>} all that were begun
 */
async function putLoad(client, users, { maxIntents, seconds, concurrency, name, stopping }) {
  /** @type {Intent[]} */
  const intents = [];
  const until = performance.now() + seconds * 1_000;
  let isUnreachable = false;
  const progress = setInterval(
    () => console.log(`… ${intents.length} intents, ${client.answered} requests`),
    PROGRESS_MS,
  );
  const next = async () => {
    while (intents.length < maxIntents && !stopping.aborted && !isUnreachable && performance.now() < until) {
      try {
        await carryOut(client, users, `${name}-${intents.length + 1}`, intents);
      } catch (error) {
        if (!isUnreachable) console.error(messageOf(error));
        isUnreachable = true;
      }
    }
  };
  // Each intent waits for a free slot before every request, so the concurrency stays constant.
  await Promise.all(Array.from({ length: Math.min(concurrency, maxIntents) }, next));
  clearInterval(progress);
  return intents;
}

/**
 * @param {readonly Intent[]} intents
 * @param {readonly (number[] | undefined)[]} listed
 * @returns {import('./load/report.mjs').Outcome}
 */
function judge(intents, listed) {
  const known = listed.filter((payments) => payments !== undefined);
  const differs = (/** @type {Intent} */ { named }, /** @type {number} */ n) =>
    named.size > 1 || (listed[n] !== undefined && [...named].some((id) => !listed[n]?.includes(id)));
  return {
    intents: intents.length,
    payments: known.reduce((sum, { length }) => sum + length, 0),
    duplicates: known.reduce((sum, { length }) => sum + Math.max(0, length - 1), 0),
    without: known.filter(({ length }) => length === 0).length,
    unknown: listed.length - known.length,
    differing: intents.filter(differs).length,
    faults: intents.flatMap((intent) => intent.faults),
  };
}

/**
 * @param {Options} options
 * @returns {Promise<People>}
 */
async function logInUsers({ base, jwt, staffJwt }) {
  const live = await fetch(`${base}/api/v1/health/live`, { signal: AbortSignal.timeout(LOGIN_TIMEOUT_MS) }).catch(
    (error) => {
      throw new Error(`No answer from ${base}. Is Payonce running?`, { cause: error });
    },
  );
  if (!live.ok)
    throw new Error(`${base} is not the base URL of Payonce (${live.status}): omit /api and the path of a page`);
  const patient = jwt || (await logIn(base, 'patient@test.com'));
  const staff = staffJwt || (await logIn(base, 'staff@test.com'));
  await expectOk(base, '/api/v1/payments?limit=1', { TEST_JWT: patient });
  await expectOk(base, '/api/v1/ops/locks?lock_key=load', { TEST_STAFF_JWT: staff });
  return { patient, staff, subject: subjectOf(patient) };
}

/**
 * Before the load, because a wrong token would fail every request.
 * @param {string} base
 * @param {string} path
 * @param {Record<string, string>} named the token, by its variable
 */
async function expectOk(base, path, named) {
  const [[name, token] = ['', '']] = Object.entries(named);
  const headers = { authorization: `Bearer ${token}` };
  const { status } = await fetch(base + path, { headers, signal: AbortSignal.timeout(LOGIN_TIMEOUT_MS) });
  if (status !== 200) throw new Error(`${name} cannot be used: ${path} answered ${status}`);
}

/**
 * @param {string} base
 * @param {string} email
 */
async function logIn(base, email) {
  const body = JSON.stringify({ email, password: 'password' });
  const headers = { 'content-type': 'application/json' };
  const how = { method: 'POST', headers, body, signal: AbortSignal.timeout(LOGIN_TIMEOUT_MS) };
  const response = await fetch(`${base}/api/login`, how);
  const { token } = /** @type {{ token?: string }} */ (await response.json().catch(() => ({})));
  if (!token)
    throw new Error(`The login as ${email} failed (${response.status}). Set tokens: TEST_JWT, TEST_STAFF_JWT`);
  return token;
}

/**
 * Decodes a token without verifying it, to name its user.
 * @param {string} token
 */
function subjectOf(token) {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    if (typeof claims.sub === 'string') return claims.sub;
  } catch {
    // Reported below.
  }
  throw new Error('TEST_JWT has no subject claim (sub)');
}

/**
 * @template Item, Result
 * @param {readonly Item[]} items
 * @param {number} atOnce
 * @param {(thing: Item, n: number) => Promise<Result>} work
 * @returns {Promise<Result[]>}
 */
async function eachOf(items, atOnce, work) {
  /** @type {Result[]} */
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < items.length; n = next++) results[n] = await work(/** @type {Item} */ (items[n]), n);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
