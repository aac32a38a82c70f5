import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { eventually } from '../support/eventually.js';
import { linesSaying } from '../support/log-lines.js';
import { runToEnd } from '../support/processes.js';
import { openShop, type Shop } from './support/shop.js';

const SCRIPT = path.resolve(__dirname, '../../scripts/test-concurrent-checkout.js');
const PASSED = '✅ Test passed - idempotency working correctly!';

interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the script with these arguments, in an environment that has these variables and no others. */
async function run(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { env });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** What differs from run to run, masked. */
const masked = (output: string) =>
  output
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://…')
    .replaceAll(/\bcs_\w+/g, 'cs_…')
    .replaceAll(/\border_\d+/g, 'order_…')
    .replaceAll(/\b[\d.]+ms/g, '…ms')
    .replaceAll(/User ID: \S+/g, 'User ID: …')
    .replaceAll(/test-concurrent-\S+?-([a-z]+-\w+)-\d{13}/g, 'test-concurrent-…-$1-…');

describe('scripts/test-concurrent-checkout.js', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ LOGIN_ENABLED: 'true' });
    await runToEnd('dist/apps/api/src/migrate.js', { DATABASE_URL: shop.database.url }, ['--demo']);
  });
  afterAll(() => shop.close());
  afterEach(() => shop.faults({}));

  const conflicts = () => linesSaying(shop.api, 'Idempotency conflict detected - returning 409 status').length;

  /** Stripe answers the first once the others are refused: one that came later would be given the same answer. */
  async function whileStripeWaits(refused: number, running: () => Promise<Run>): Promise<Run> {
    const before = conflicts();
    await shop.faults({ hold: { path: '/v1/checkout/sessions', method: 'POST', times: 1 } });
    const result = running();
    await eventually(() => conflicts() === before + refused, 'all but one are refused');
    await shop.simulator.sim('faults/release', {});
    return result;
  }

  it('without arguments: three requests of the demo login for the monthly plan, one 200 and two 409, printed step by step', async () => {
    const { code, output } = await whileStripeWaits(2, () => run([], { API_BASE_URL: shop.api.url }));
    const lines = masked(output).split('\n');
    expect(code).toBe(0);
    expect(lines).toEqual(expect.arrayContaining(['Test Product ID: monthly-plan', PASSED]));
    // The answers are printed in the order of the requests; which of them was first is the server's affair.
    expect(lines.filter((line) => /^ {2}(Status|Message|Order|Session|Checkout)/.test(line)).sort()).toEqual(
      [
        '  Status: 200',
        '  Status Code: 200',
        '  Message: Checkout session created successfully',
        '  Order ID: order_…',
        '  Session ID: cs_…',
        '  Checkout URL: Present',
        ...Array.from({ length: 2 }, () => [
          '  Status: 409',
          '  Status Code: 409',
          '  Message: Payment is already in progress. Please wait.',
        ]).flat(),
      ].sort(),
    );
    expect(lines.slice(lines.indexOf('📊 Test Results Summary')).join('\n')).toMatch(
      new RegExp(
        [
          '📊 Test Results Summary\n=+\nTotal Requests: 3\nSuccessful \\(200\\): 1\nConflicts \\(409\\): 2\nErrors: 0\n',
          '🔍 Idempotency Analysis:\nSession IDs returned: cs_…\nUnique session IDs: 1',
          '✅ SUCCESS: All requests returned the same Stripe session ID!\n   Session ID: cs_…\n',
          '📋 Order Analysis:\nOrder IDs returned: order_…\nUnique order IDs: 1',
          '✅ SUCCESS: All requests returned the same order ID!\n   Order ID: order_…\n',
          '⚠️  Conflict Analysis:(\nRequest [123]: Payment is already in progress. Please wait.){2}',
          '✅ SUCCESS: Only one request succeeded, others returned 409 conflicts!\n',
          '📈 Performance Analysis:(\nRequest [123]: …ms){3}\nAverage response time: …ms\n',
          `🏁 Test completed!\n${PASSED}\n$`,
        ].join('\n'),
      ),
    );
    const rows = await shop.database.query(`SELECT 1 FROM payments WHERE product_id = 'monthly-plan'`);
    expect([rows.length, (await shop.ledger()).sessions.length]).toEqual([1, 1]);
  });

  it('--url, --jwt, --product and --requests set server, token, product and number of requests', async () => {
    const args = ['--url', `${shop.api.url}/`, '--jwt', shop.patient.token, '--product', 'plan-1', '--requests', '5'];
    const { code, output } = await whileStripeWaits(4, () => run(args, { API_BASE_URL: 'http://127.0.0.1:1' }));
    expect([code, masked(output).split('\n')]).toEqual([
      0,
      expect.arrayContaining([
        'API Base URL: http://…',
        'Test Product ID: plan-1',
        'Idempotency Key: test-concurrent-…-plan-1-…',
        'Total Requests: 5',
        'Successful (200): 1',
        'Conflicts (409): 4',
        PASSED,
      ]),
    ]);
    const rows = await shop.database.query(`SELECT user_id::int FROM payments WHERE product_id = 'plan-1'`);
    expect(rows).toEqual([{ user_id: shop.patient.id }]);
  });

  it('TEST_JWT: the token, when --jwt is not given', async () => {
    const env = { API_BASE_URL: shop.api.url, TEST_JWT: shop.patient.token };
    expect(await run(['--product', 'plan-2'], env)).toEqual({ code: 0, output: expect.stringContaining(PASSED) });
    const rows = await shop.database.query(`SELECT user_id::int FROM payments WHERE product_id = 'plan-2'`);
    expect(rows).toEqual([{ user_id: shop.patient.id }]);
  });

  it.each(['--help', '-h'])('%s prints each option and variable, and sends no request', async (help) => {
    const { code, output } = await run([help], { API_BASE_URL: 'http://127.0.0.1:1' });
    expect(code).toBe(0);
    for (const name of ['--url', '--jwt', '--product', '--requests', '--help', 'API_BASE_URL', 'TEST_JWT']) {
      expect(output).toContain(name);
    }
    expect(output).toContain('http://localhost:3000');
  });

  /** Runs the script against a server that answers the n-th request with the session `sessionOf(n)`. */
  async function runAgainst(sessionOf: (n: number) => number): Promise<Run & { requests: number }> {
    let requests = 0;
    const server = createServer((_request, response) => {
      const session = sessionOf((requests += 1));
      const data = { order_id: `order_${session}`, session_id: `cs_${session}`, checkout_url: 'http://x' };
      response.end(JSON.stringify({ status_code: 200, message: 'made', data }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const result = await run(['--url', `http://127.0.0.1:${port}`, '--jwt', shop.patient.token]);
    server.close();
    return { ...result, requests };
  }

  it('a server with a session for each request: exit code 1', async () => {
    const { code, output, requests } = await runAgainst((n) => n);
    expect([code, requests]).toEqual([1, 3]);
    expect(output).toContain('❌ FAILURE: 3 different Stripe session IDs.');
  });

  it('a server that replays its answer, too fast to refuse a request: exit code 0, and says so', async () => {
    const { code, output, requests } = await runAgainst(() => 1);
    expect([code, requests]).toEqual([0, 3]);
    expect(output).toContain('✅ SUCCESS: The others were answered after the first had finished, with its own answer.');
  });

  it.each([
    ['no server listens', ['--url', 'http://127.0.0.1:1'], 'cannot be reached. Is Payonce running (npm start)?'],
    ['an invalid token', ['--jwt', 'nonsense'], 'Errors: 3'],
    ['an unknown product', ['--product', 'no-such-plan'], 'No request returned any Stripe session ID'],
  ])('%s: exit code 1, and says so', async (_, args, said) => {
    expect(await run(args, { API_BASE_URL: shop.api.url })).toEqual({ code: 1, output: expect.stringContaining(said) });
  });

  it.each(['--foo', '--foo 3', '--requests=1', '--requests many', '--url ftp://x', 'extra'])(
    'wrong arguments %s: exit code 2, and the help',
    async (args) => {
      expect(await run(args.split(' '))).toEqual({ code: 2, output: expect.stringContaining('Usage: node') });
    },
  );
});
