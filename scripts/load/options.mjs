import process from 'node:process';
import { parseArgs } from 'node:util';
import { REQUESTS_PER_INTENT } from './intents.mjs';

/** Enough load for one server; beyond this the script itself becomes the bottleneck. */
const MAX = { concurrency: 500, requests: 60_000, seconds: 300 };
const DEFAULTS = { concurrency: 50, requests: 1_200 };

export const HELP = `Puts load on a running Payonce, and proves that every intent to pay became exactly one payment.

Usage: npm run load -- [--url URL] [--concurrency N] [--requests N] [--seconds N] [--yes]

  --url URL           the base URL of Payonce (http://127.0.0.1:3000)
  --concurrency N     concurrent requests, 1 to ${MAX.concurrency} (${DEFAULTS.concurrency})
  --requests N        number of requests, 1 to ${MAX.requests}, rounded up to whole intents of ${REQUESTS_PER_INTENT} (${DEFAULTS.requests}; with --seconds: ${MAX.requests})
  --seconds N         start no new intent after this time, 1 to ${MAX.seconds} (${MAX.seconds})
  --yes               required if Payonce runs on another machine
  --help              show this text

Set the tokens of the callers in TEST_JWT (a patient) and TEST_STAFF_JWT (staff or service). Without them, the demo logins are
used. They are not options, because npm prints options.

Each intent has its own consultation, paid by bank transfer: three concurrent requests (two with the same key), a retry with
the same key, and one read. No money moves and Stripe is not called. At the end, every payment is looked up and cancelled, and
its consultation closed. The rows of that patient stay in the database, with their invoices and their audit log: do not use a
production installation.

Exit code: 0 each intent has one payment, 1 it has not or the server does not answer, 2 invalid options`;

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function readOptions(args, env) {
  const given = parsed(args);
  const url = given.url ?? 'http://127.0.0.1:3000';
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    wrong('--url must be a URL, such as http://127.0.0.1:3000');
  const { TEST_JWT: jwt = '', TEST_STAFF_JWT: staffJwt = '' } = env;
  if (Boolean(jwt) !== Boolean(staffJwt))
    wrong('Set both TEST_JWT and TEST_STAFF_JWT: staff create the consultations that the patient pays');
  const { hostname } = new URL(url);
  if (!isThisMachine(hostname) && !given.yes && !given.help)
    wrong(`${hostname} is another machine; this adds consultations and payments to its database. Add --yes to confirm`);
  return {
    help: given.help ?? false,
    base: url.replace(/\/+$/, ''),
    jwt,
    staffJwt,
    concurrency: numberOf('concurrency', given.concurrency, DEFAULTS.concurrency),
    requests: numberOf('requests', given.requests, given.seconds === undefined ? DEFAULTS.requests : MAX.requests),
    seconds: numberOf('seconds', given.seconds, MAX.seconds),
  };
}

/** @param {string} hostname */
function isThisMachine(hostname) {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

/** @param {string[]} args */
function parsed(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  const options = /** @type {const} */ ({
    url: text,
    concurrency: text,
    requests: text,
    seconds: text,
    yes: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  try {
    return parseArgs({ args, options, allowPositionals: false }).values;
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {keyof typeof MAX} name
 * @param {string | undefined} given
 * @param {number} byDefault
 */
function numberOf(name, given, byDefault) {
  if (given === undefined) return byDefault;
  const n = Number(given);
  if (!/^\d{1,9}$/.test(given) || n < 1 || n > MAX[name]) wrong(`--${name}: 1 to ${MAX[name]}`);
  return n;
}

/**
 * @param {string} why
 * @returns {never}
 */
function wrong(why) {
  console.error(`${why}\n\n${HELP}`);
  process.exit(2);
}
