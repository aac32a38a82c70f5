import process from 'node:process';
import { parseArgs } from 'node:util';
import { REQUESTS_PER_INTENT } from './intents.mjs';

/** Enough to find out, on one machine, what a server does under load; beyond it the script itself becomes the limit. */
const MAX = { concurrency: 500, requests: 60_000, seconds: 300 };
const DEFAULTS = { concurrency: 50, requests: 1_200 };

export const HELP = `Puts load on a running Payonce, and proves that every intent to pay became exactly one payment.

Usage: npm run load -- [--url URL] [--concurrency N] [--requests N] [--seconds N] [--yes]

  --url URL           where Payonce runs (http://127.0.0.1:3000)
  --concurrency N     requests under way at once, 1 to ${MAX.concurrency} (${DEFAULTS.concurrency})
  --requests N        how many, 1 to ${MAX.requests}, rounded up to whole intents of ${REQUESTS_PER_INTENT} (${DEFAULTS.requests}; with --seconds: ${MAX.requests})
  --seconds N         begin no new intent after this long, 1 to ${MAX.seconds} (${MAX.seconds})
  --yes               needed where Payonce runs on another machine
  --help              this text

TEST_JWT (a patient's token) and TEST_STAFF_JWT (one of staff or of a service) say who; without both, the demo logins are used.
They are no options, because npm prints those.

Each intent is a consultation of its own, paid by bank transfer: three requests at once (two under one key), one more under
the same key, one that reads. No money moves and Stripe is not called. In the end every payment is looked up, then cancelled,
and its consultation closed. The rows stay, in the books of that patient, with their invoices and their audit trail: use an
installation that is not production.

Exit code: 0 each intent is one payment, 1 not so, or nobody answers, 2 wrong options`;

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function readOptions(args, env) {
  const given = parsed(args);
  const url = given.url ?? 'http://127.0.0.1:3000';
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    wrong('--url must be an address as in http://127.0.0.1:3000');
  const { TEST_JWT: jwt = '', TEST_STAFF_JWT: staffJwt = '' } = env;
  if (Boolean(jwt) !== Boolean(staffJwt))
    wrong('TEST_JWT and TEST_STAFF_JWT go together: staff make what the patient pays');
  const { hostname } = new URL(url);
  if (!isThisMachine(hostname) && !given.yes && !given.help)
    wrong(
      `${hostname} is another machine, whose books get consultations and payments: add --yes if that is what you want`,
    );
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
