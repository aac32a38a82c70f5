import { parseArgs } from 'node:util';
import { Fault } from '../say.mjs';

/** @typedef {ReturnType<typeof readOptions>} Options */

export const HELP = `Checks from outside, over HTTP, what the documentation of Payonce promises. Prints one line for each rule.

Usage: npm run conformance -- [--url URL] [--token T --staff-token T] [--simulator URL] [--webhook-secret S] [--only PART] [--yes]
       npm run conformance -- --adapter FILE [--url URL] [--token T] [--only PART]
       npm run conformance -- --compare

  --url URL            the base URL (http://127.0.0.1:3000)
  --token T            of a patient. npm prints options: set TEST_JWT instead. Without tokens, the demo logins are used
  --staff-token T      of staff or a service; or TEST_STAFF_JWT
  --simulator URL      of the Stripe simulator that this Payonce uses; adds the rules about cards and checkout
  --webhook-secret S   Stripe's signing secret, or STRIPE_WEBHOOK_SECRET; adds the rules about signed webhooks
  --only PART          the rules with this in their id
  --yes                required if Payonce runs on another machine
  --adapter FILE       test the idempotency keys of another API: docs/conformance.md
  --compare            start Payonce and the examples, test the keys of each, and write the table into docs/conformance.md
  --help               show this text

Ctrl-C ends the run after the present rule, and cleans up. Exit code: 0 every rule that could be run holds, 1 one does not,
2 invalid options or nothing to test`;

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @throws {Fault} for options that cannot be used
 */
export function readOptions(args, env) {
  const given = parsed(args);
  const url = given.url ?? 'http://127.0.0.1:3000';
  const token = given.token ?? env['TEST_JWT'] ?? '';
  const staffToken = given['staff-token'] ?? env['TEST_STAFF_JWT'] ?? '';
  const webhookSecret = given['webhook-secret'] ?? env['STRIPE_WEBHOOK_SECRET'];
  for (const address of [url, given.simulator ?? url])
    if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
      throw wrong(`${address} is no URL, such as http://127.0.0.1:3000`);
  if (!given.adapter && Boolean(token) !== Boolean(staffToken))
    throw wrong('Give both tokens: staff create the consultations that the patient pays');
  const { hostname } = new URL(url);
  if (!given.help && !given.yes && !isThisMachine(hostname))
    throw wrong(`${hostname} is another machine, and this run adds to its database. Add --yes to confirm`);
  const { help = false, compare = false, adapter, only, simulator } = given;
  return {
    help,
    compare,
    url,
    token,
    staffToken,
    ...(adapter === undefined ? {} : { adapter }),
    ...(only === undefined ? {} : { only }),
    ...(simulator === undefined ? {} : { simulator }),
    ...(webhookSecret ? { webhookSecret } : {}),
  };
}

/** @param {string} hostname */
const isThisMachine = (hostname) => hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);

/** @param {string[]} args */
function parsed(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  const flag = /** @type {const} */ ({ type: 'boolean' });
  const options = {
    url: text,
    token: text,
    'staff-token': text,
    simulator: text,
    'webhook-secret': text,
    only: text,
    adapter: text,
    yes: flag,
    compare: flag,
    help: flag,
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} why */
const wrong = (why) => new Fault(`${why}\n\n${HELP}`);
