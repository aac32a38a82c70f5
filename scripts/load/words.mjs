import process from 'node:process';
import { parseArgs } from 'node:util';
import { REQUESTS_PER_INTENT } from './intents.mjs';

/** Enough to find out, on one machine, what a server does under load; beyond it the script itself becomes the limit. */
const MAX = { concurrency: 500, requests: 60_000, seconds: 300 };
const USUAL = { concurrency: 50, requests: 1_200 };

export const HELP = `Puts load on a running Payonce, and proves that every intent to pay became one payment.

Usage: npm run load -- [--url URL] [--concurrency N] [--requests N] [--seconds N] [--jwt TOKEN --staff-jwt TOKEN]

  --url URL           where Payonce runs (http://127.0.0.1:3000)
  --concurrency N     requests under way at once, 1 to ${MAX.concurrency} (${USUAL.concurrency})
  --requests N        how many, 1 to ${MAX.requests}, rounded up to whole intents of ${REQUESTS_PER_INTENT} (${USUAL.requests}; with --seconds: ${MAX.requests})
  --seconds N         begin no new intent after this long, 1 to ${MAX.seconds} (${MAX.seconds})
  --jwt TOKEN         a patient's token (TEST_JWT), and
  --staff-jwt TOKEN   one of staff or of a service (TEST_STAFF_JWT); without both, the demo logins are used
  --help              this text

Each intent is a consultation of its own, paid by bank transfer: three requests at once (two under one key), one more under
the same key, one that reads. No money moves and Stripe is not called. In the end every payment is looked up, then cancelled,
and its consultation closed; the rows and their audit trail stay, so think twice before you point it at production.

Exit code: 0 each intent is one payment, 1 not so, or nobody answers, 2 wrong words`;

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function readWords(args, env) {
  const given = parsed(args);
  const url = given.url ?? 'http://127.0.0.1:3000';
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    wrong('--url must be an address as in http://127.0.0.1:3000');
  const jwt = given.jwt ?? env['TEST_JWT'] ?? '';
  const staffJwt = given['staff-jwt'] ?? env['TEST_STAFF_JWT'] ?? '';
  if (Boolean(jwt) !== Boolean(staffJwt)) wrong('--jwt and --staff-jwt go together: staff make what the patient pays');
  return {
    help: given.help ?? false,
    base: url.replace(/\/+$/, ''),
    jwt,
    staffJwt,
    concurrency: numberOf('concurrency', given.concurrency, USUAL.concurrency),
    requests: numberOf('requests', given.requests, given.seconds === undefined ? USUAL.requests : MAX.requests),
    seconds: numberOf('seconds', given.seconds, MAX.seconds),
  };
}

/** @param {string[]} args */
function parsed(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  const options = /** @type {const} */ ({
    url: text,
    concurrency: text,
    requests: text,
    seconds: text,
    jwt: text,
    'staff-jwt': text,
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
 * @param {string | undefined} word
 * @param {number} usual
 */
function numberOf(name, word, usual) {
  if (word === undefined) return usual;
  const n = Number(word);
  if (!/^\d{1,9}$/.test(word) || n < 1 || n > MAX[name]) wrong(`--${name}: 1 to ${MAX[name]}`);
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
