import process from 'node:process';
import { parseArgs } from 'node:util';

/**
 * Checks against a running Payonce that three concurrent checkouts with one idempotency key create one session. Plain
 * Node, nothing to build. Exit code 0: one session, and every other request got 409 or the same session; 1: not so, or
 * Payonce could not be reached.
 */
const HELP = `Proves that concurrent checkouts under one idempotency key make one session and one order.

Usage: node scripts/test-concurrent-checkout.js [--url URL] [--jwt TOKEN] [--product ID] [--requests N]

  --url URL       where Payonce runs (API_BASE_URL; http://localhost:3000)
  --jwt TOKEN     a patient's token (TEST_JWT); without one, the demo login patient@test.com is used
  --product ID    what is bought (monthly-plan)
  --requests N    how many at once, 2 to 50 (3)
  --help          this text

Exit code: 0 passed, 1 failed, 2 wrong arguments`;

const TIMEOUT_MS = 30_000;

/** @typedef {{ request: number, ms: number, status: number, body: any }} Answer */

const words = readWords(process.argv.slice(2));
if (words.help) {
  console.log(HELP);
} else {
  try {
    process.exitCode = (await run(words)) ? 0 : 1;
  } catch (error) {
    console.error(`\nERROR: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

/** @param {string[]} args */
function readWords(args) {
  const { help, ...given } = parsed(args);
  const words = {
    url: given.url ?? (process.env['API_BASE_URL'] || 'http://localhost:3000'),
    jwt: given.jwt ?? (process.env['TEST_JWT'] || ''),
    product: given.product ?? 'monthly-plan',
    requests: Number(given.requests ?? 3),
    help: help ?? false,
  };
  if (words.help) return words;
  if (!/^https?:$/.test(protocolOf(words.url))) wrong('--url must be an address as in http://localhost:3000');
  if (!Number.isInteger(words.requests) || words.requests < 2 || words.requests > 50) wrong('--requests: 2 to 50');
  return words;
}

/** @param {string[]} args */
function parsed(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  const options = /** @type {const} */ ({
    url: text,
    jwt: text,
    product: text,
    requests: text,
    help: { type: 'boolean', short: 'h' },
  });
  try {
    return parseArgs({ args, options, allowPositionals: false }).values;
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} address */
function protocolOf(address) {
  return URL.canParse(address) ? new URL(address).protocol : '';
}

/**
 * @param {string} why
 * @returns {never}
 */
function wrong(why) {
  console.error(`${why}\n\n${HELP}`);
  process.exit(2);
}

/** @param {ReturnType<typeof readWords>} words */
async function run({ url, jwt, product, requests }) {
  const base = url.replace(/\/+$/, '');
  const token = jwt || (await logIn(base));
  const user = subjectOf(token);
  const key = `test-concurrent-${user}-${product}-${Date.now()}`;
  title('🧪 Testing Concurrent Checkout Idempotency', '=');
  console.log(`API Base URL: ${base}`);
  console.log(`Test User ID: ${user}`);
  console.log(`Test Product ID: ${product}`);
  console.log(`Idempotency Key: ${key}`);

  console.log('\n🚀 Starting concurrent checkout test...\n');
  const numbers = Array.from({ length: requests }, (_, n) => n + 1);
  for (const n of numbers) console.log(`[Request ${n}] Sending checkout request...`);
  const answers = await Promise.all(numbers.map((n) => checkout({ base, token, product, key }, n)));
  for (const answer of answers) printAnswer(answer);
  return report(answers);
}

/** @param {string} base */
async function logIn(base) {
  const response = await reach(`${base}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'patient@test.com', password: 'password' }),
  });
  const { token } = /** @type {{ token?: string }} */ (await response.json().catch(() => ({})));
  if (!token) throw new Error(`The login as the demo user failed (${response.status}). Pass a token: --jwt`);
  return token;
}

/**
 * @param {{ base: string, token: string, product: string, key: string }} what
 * @param {number} request
 * @returns {Promise<Answer>}
 */
async function checkout({ base, token, product, key }, request) {
  const began = performance.now();
  const response = await reach(`${base}/api/v1/checkout`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-idempotency-key': key,
    },
    body: JSON.stringify({ product_id: product, idempotency_key: key }),
  });
  const body = await response.json().catch(() => ({}));
  return { request, ms: Math.round(performance.now() - began), status: response.status, body };
}

/**
 * @param {string} address
 * @param {RequestInit} how
 */
async function reach(address, how) {
  try {
    return await fetch(address, { ...how, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw new Error(`${address} cannot be reached. Is Payonce running (npm start)?`, { cause: error });
  }
}

/** @param {Answer} answer */
function printAnswer({ request, ms, status, body }) {
  console.log(`\n[Request ${request}] Response (${ms}ms):`);
  console.log(`  Status: ${status}`);
  console.log(`  Status Code: ${body.status_code}`);
  console.log(`  Message: ${body.message}`);
  if (status !== 200) return;
  console.log(`  Order ID: ${body.data.order_id}`);
  console.log(`  Session ID: ${body.data.session_id}`);
  console.log(`  Checkout URL: ${body.data.checkout_url ? 'Present' : 'Missing'}`);
}

/**
 * @param {Answer[]} answers
 * @returns {boolean} whether it passed.
 */
function report(answers) {
  const succeeded = answers.filter((answer) => answer.status === 200);
  const conflicts = answers.filter((answer) => answer.status === 409);
  const errors = answers.length - succeeded.length - conflicts.length;
  title('\n📊 Test Results Summary', '=');
  console.log(`Total Requests: ${answers.length}`);
  console.log(`Successful (200): ${succeeded.length}`);
  console.log(`Conflicts (409): ${conflicts.length}`);
  console.log(`Errors: ${errors}`);

  const one = [
    sameFor('🔍 Idempotency Analysis', 'Stripe session ID', 'Session', succeeded, 'session_id'),
    sameFor('📋 Order Analysis', 'order ID', 'Order', succeeded, 'order_id'),
  ].every(Boolean);

  console.log('\n⚠️  Conflict Analysis:');
  for (const { request, body } of conflicts) console.log(`Request ${request}: ${body.message}`);
  if (succeeded.length === 1 && errors === 0) {
    console.log('✅ SUCCESS: Only one request succeeded, others returned 409 conflicts!');
  } else if (errors === 0) {
    console.log('✅ SUCCESS: The others were answered after the first had finished, with its own answer.');
  }

  console.log('\n📈 Performance Analysis:');
  for (const { request, ms } of answers) console.log(`Request ${request}: ${ms}ms`);
  const average = answers.reduce((sum, { ms }) => sum + ms, 0) / answers.length;
  console.log(`Average response time: ${average.toFixed(2)}ms`);

  console.log('\n🏁 Test completed!');
  const passed = one && errors === 0 && conflicts.every(({ body }) => body.code === 'PAYMENT_IN_PROGRESS');
  console.log(passed ? '✅ Test passed - idempotency working correctly!' : '❌ Test failed - see above.');
  return passed;
}

/**
 * @param {string} heading
 * @param {string} name
 * @param {string} short
 * @param {Answer[]} succeeded
 * @param {'session_id' | 'order_id'} field
 */
function sameFor(heading, name, short, succeeded, field) {
  const values = succeeded.map(({ body }) => String(body.data[field]));
  const unique = new Set(values);
  console.log(`\n${heading}:`);
  console.log(`${short} IDs returned: ${values.join(', ')}`);
  console.log(`Unique ${short.toLowerCase()} IDs: ${unique.size}`);
  const same = unique.size === 1 && !unique.has('null');
  if (same) console.log(`✅ SUCCESS: All requests returned the same ${name}!\n   ${short} ID: ${values[0]}`);
  else if (unique.size === 0) console.log(`❌ FAILURE: No request returned any ${name}.`);
  else console.log(`❌ FAILURE: ${unique.size} different ${name}s.`);
  return same;
}

/**
 * Decodes a token without verifying it, to name its user.
 * @param {string} token
 */
function subjectOf(token) {
  try {
    const { sub } = /** @type {{ sub?: string }} */ (
      JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    );
    return sub ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

/**
 * @param {string} text
 * @param {string} underline
 */
function title(text, underline) {
  console.log(text);
  console.log(underline.repeat(Math.max(20, text.trim().length)));
}
