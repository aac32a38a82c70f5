import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { Client } from './load/client.mjs';
import { carryOut, cleanUp, paymentsOf, REQUESTS_PER_INTENT } from './load/intents.mjs';
import { counts, isProof, speed } from './load/report.mjs';
import { HELP, readWords } from './load/words.mjs';

/**
 * `npm run load`: load on a running Payonce, from outside: plain Node and the HTTP API, nothing of the server's code. It counts
 * what was made, by asking the API, and fails unless each intent became exactly one payment.
 *
 * @typedef {import('./load/intents.mjs').Intent} Intent
 * @typedef {import('./load/intents.mjs').People} People
 * @typedef {ReturnType<typeof readWords>} Words
 */
const PROGRESS_MS = 5_000;

const words = readWords(process.argv.slice(2), process.env);
if (words.help) {
  console.log(HELP);
} else {
  try {
    process.exitCode = (await run(words)) ? 0 : 1;
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

/** @param {Words} words */
async function run(words) {
  const { base, concurrency, requests, seconds } = words;
  const people = await findPeople(words);
  const name = `load-${Date.now().toString(36)}-${randomBytes(3).toString('hex')}`;
  const most = Math.ceil(requests / REQUESTS_PER_INTENT);
  console.log(`Load on ${base}: ${concurrency} requests at once, at most ${most} intents in ${seconds} s.`);
  console.log(`The consultations have the external references ${name}-1 and so on.\n`);

  const client = new Client(base, concurrency);
  const began = performance.now();
  const { intents, faults } = await putLoad(client, people, { ...words, most, name });
  const ms = performance.now() - began;

  // Not measured: it proves, and tidies up.
  const after = new Client(base, concurrency);
  const listed = await eachOf(intents, concurrency, (intent) => paymentsOf(after, people, intent));
  const outcome = judge(intents, listed, faults);
  console.log(`${speed({ client, ms, payments: outcome.payments })}\n\n${counts(outcome)}\n`);

  const tidy = await eachOf(intents, concurrency, (intent, n) => cleanUp(after, people, intent, listed[n] ?? []));
  const left = tidy.filter((done) => !done).length;
  console.log(
    left === 0
      ? 'All of it is cancelled and closed again.'
      : `${left} consultations could not be tidied up: see their external references.`,
  );
  const passed = isProof(outcome) && left === 0;
  const verdict = `${outcome.intents} intents, ${outcome.payments} payments, ${outcome.duplicates} duplicates.`;
  console.log(`${passed ? '✅ Passed' : '❌ Failed'}: ${verdict}`);
  return passed;
}

/**
 * Begins intents until there are enough, the time is over, or somebody presses Ctrl-C.
 * @param {Client} client
 * @param {People} people
 * @param {{ most: number, seconds: number, concurrency: number, name: string }} how
 */
async function putLoad(client, people, { most, seconds, concurrency, name }) {
  /** @type {Intent[]} */
  const intents = [];
  /** @type {string[]} */
  const faults = [];
  const until = performance.now() + seconds * 1_000;
  let stopped = false;
  const stop = () => {
    stopped = true;
    console.log('Stopping: what was begun is finished, counted and tidied up. Ctrl-C again leaves it.');
  };
  process.once('SIGINT', stop);
  const progress = setInterval(() => console.log(`… ${intents.length} intents`), PROGRESS_MS);
  let begun = 0;
  const next = async () => {
    while (begun < most && !stopped && performance.now() < until) {
      begun += 1;
      const done = await carryOut(client, people, `${name}-${begun}`);
      if (typeof done === 'string') faults.push(done);
      else intents.push(done);
    }
  };
  try {
    // Each of them waits for its turn with every request, so that there are always as many under way as were asked for.
    await Promise.all(Array.from({ length: Math.min(concurrency, most) }, next));
  } finally {
    clearInterval(progress);
    process.off('SIGINT', stop);
  }
  return { intents, faults };
}

/**
 * @param {readonly Intent[]} intents
 * @param {readonly (number[] | undefined)[]} listed
 * @param {readonly string[]} faults of intents that never got a consultation
 * @returns {import('./load/report.mjs').Outcome}
 */
function judge(intents, listed, faults) {
  const known = listed.filter((payments) => payments !== undefined);
  const differs = (/** @type {Intent} */ { named }, /** @type {number} */ n) =>
    named.size > 1 || (listed[n] !== undefined && [...named].some((id) => !listed[n]?.includes(id)));
  return {
    intents: intents.length + faults.length,
    payments: known.reduce((sum, { length }) => sum + length, 0),
    duplicates: known.reduce((sum, { length }) => sum + Math.max(0, length - 1), 0),
    without: known.filter(({ length }) => length === 0).length + faults.length,
    unknown: listed.length - known.length,
    differing: intents.filter(differs).length,
    faults: [...faults, ...intents.flatMap((intent) => intent.faults)],
  };
}

/**
 * @param {Words} words
 * @returns {Promise<People>}
 */
async function findPeople({ base, jwt, staffJwt }) {
  const patient = jwt || (await logIn(base, 'patient@test.com'));
  const staff = staffJwt || (await logIn(base, 'staff@test.com'));
  return { patient, staff, subject: subjectOf(patient) };
}

/**
 * @param {string} base
 * @param {string} email
 */
async function logIn(base, email) {
  const body = JSON.stringify({ email, password: 'password' });
  const headers = { 'content-type': 'application/json' };
  const how = { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) };
  const response = await fetch(`${base}/api/login`, how).catch((error) => {
    throw new Error(`Nobody answers at ${base}. Is Payonce running?`, { cause: error });
  });
  const { token } = /** @type {{ token?: string }} */ (await response.json().catch(() => ({})));
  if (!token) throw new Error(`Nobody could log in as ${email} (${response.status}). Give tokens: --jwt, --staff-jwt`);
  return token;
}

/**
 * A token is only looked into, to name its user.
 * @param {string} token
 */
function subjectOf(token) {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    if (typeof claims.sub === 'string') return claims.sub;
  } catch {
    // Said below.
  }
  throw new Error('--jwt is no token with a subject (sub)');
}

/**
 * @template Thing, Result
 * @param {readonly Thing[]} things
 * @param {number} atOnce
 * @param {(thing: Thing, n: number) => Promise<Result>} work
 * @returns {Promise<Result[]>}
 */
async function eachOf(things, atOnce, work) {
  /** @type {Result[]} */
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < things.length; n = next++) results[n] = await work(/** @type {Thing} */ (things[n]), n);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
