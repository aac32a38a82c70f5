import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { createPerson } from '../support/people.js';
import { type Program, runToEnd, startApi } from '../support/processes.js';
import { startDoublingServer } from './doubling-server.js';
import { type Break, breakingProxy } from './breaking-proxy.js';

const load = (args: string[], env: NodeJS.ProcessEnv = {}) => runToEnd('scripts/load.mjs', env, args);

describe('npm run load', () => {
  let database: TestDatabase;
  let api: Program;
  let tokens: Record<'TEST_JWT' | 'TEST_STAFF_JWT', string>;

  beforeAll(async () => {
    database = await createDatabase();
    // The stricter of two installations: every request needs its key.
    api = await startApi({ DATABASE_URL: database.url, IDEMPOTENCY_KEY_REQUIRED: 'true' });
    const [patient, staff] = [await createPerson(database), await createPerson(database, 'staff')];
    tokens = { TEST_JWT: patient.token, TEST_STAFF_JWT: staff.token };
  });

  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  it('makes one payment per intent, its counts match Postgres, and leaves nothing payable', async () => {
    const args = ['--url', api.url, '--concurrency', '20', '--requests', '115'];
    const { code, output } = await load(args, tokens);
    expect(output).toContain('✅ Passed: 20 intents, 20 payments, 0 duplicates.');
    expect(code).toBe(0);
    const [row] = await database.query<Record<string, number>>(
      `SELECT (SELECT count(*) FROM payments)::int AS payments,
              (SELECT count(DISTINCT consultation_id) FROM payments)::int AS paid_for,
              (SELECT count(*) FROM payments WHERE status = 'cancelled')::int AS cancelled,
              (SELECT count(*) FROM consultations WHERE status = 'closed')::int AS closed`,
    );
    expect(row).toEqual({ payments: 20, paid_for: 20, cancelled: 20, closed: 20 });
    // Three at once, one again, one read, for each consultation. What was to be asked again is not among the times.
    const answered = (what: string) => Number(new RegExp(`^  ${what} +([\\d,]+) .*\\d\\.\\d$`, 'm').exec(output)?.[1]);
    expect(answered('create a consultation')).toBe(20);
    expect(answered('pay again')).toBeGreaterThanOrEqual(20);
    expect(answered('pay')).toBeGreaterThanOrEqual(20);
    expect(answered('read')).toBe(20);
    expect(output).toMatch(/requests in \d+\.\d s: [\d,]+ requests\/s, [\d,]+ payments\/s/);
    const all = [...output.matchAll(/^ {2}(?:\d{3} ?\w*|no answer) +(\d+)$/gm)].map(([, count]) => Number(count));
    expect(all.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(120);
  });

  const leftOver = async () =>
    (
      await database.query<{ open: number; pending: number }>(
        `SELECT (SELECT count(*) FROM consultations WHERE status = 'open')::int AS open,
                (SELECT count(*) FROM payments WHERE status = 'pending')::int AS pending`,
      )
    )[0];

  /** Runs it through a proxy that breaks requests off. */
  async function loadThrough(breaks: Break, ...args: string[]) {
    const proxy = await breakingProxy(api.url, breaks);
    try {
      return await load(['--url', proxy.url, ...args], tokens);
    } finally {
      await proxy.close();
    }
  }

  it('continues after every connection broke for a moment', async () => {
    let requests = 0;
    const breaks: Break = (_method, address) => {
      if (address.startsWith('/api/v1/health')) return 'not';
      requests += 1;
      return requests > 60 && requests <= 120 ? 'before' : 'not';
    };
    const { code, output } = await loadThrough(breaks, '--concurrency', '60', '--requests', '360');
    expect(output).toContain('✅ Passed: 60 intents, 60 payments, 0 duplicates.');
    expect([code, await leftOver()]).toEqual([0, { open: 0, pending: 0 }]);
  });

  it('cancels a payment although the answer to the first cancellation is lost', async () => {
    let lost = 0;
    const breaks: Break = (_method, address) => (address.endsWith('/cancel') && lost++ === 0 ? 'after' : 'not');
    const { code, output } = await loadThrough(breaks, '--concurrency', '2', '--requests', '12');
    expect(output).toContain('All payments are cancelled and all consultations closed.');
    expect([code, lost > 1, await leftOver()]).toEqual([0, true, { open: 0, pending: 0 }]);
  });

  it('closes a consultation whose creation got no answer, and fails, since nothing was paid', async () => {
    const breaks: Break = (method, address) =>
      method === 'POST' && address.endsWith('/consultations') ? 'replaced' : 'not';
    const { code, output } = await loadThrough(breaks, '--concurrency', '1', '--requests', '6');
    expect(output).toContain('❌ Failed: 1 intents, 0 payments, 0 duplicates.');
    expect([code, await leftOver()]).toEqual([1, { open: 0, pending: 0 }]);
  });

  it('stopped by Ctrl-C, which npm forwards a second time: finishes, counts and cleans up', async () => {
    const before = (await database.query('SELECT 1 FROM consultations')).length;
    const args = [path.resolve('scripts/load.mjs'), '--url', api.url, '--concurrency', '4', '--seconds', '60'];
    const child = spawn(process.execPath, args, { env: { ...process.env, ...tokens } });
    let output = '';
    child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
    const closed = once(child, 'close') as Promise<[number]>;
    await eventually(
      async () => (await database.query('SELECT 1 FROM consultations')).length > before + 4,
      'it is at work',
    );
    child.kill('SIGINT');
    child.kill('SIGINT');
    const [code] = await closed;
    expect(output).toContain('✅ Passed');
    expect([code, await leftOver()]).toEqual([0, { open: 0, pending: 0 }]);
  });

  it('cancels nothing on a server that lists payments it was not asked for', async () => {
    const forgetful = await startDoublingServer({ forgetsFilter: true });
    try {
      const { code, output } = await load(['--url', forgetful.url, '--requests', '12', '--concurrency', '1']);
      expect(output).toMatch(/intents that could not be looked up +2$/m);
      expect([code, forgetful.cancelled]).toEqual([1, []]);
    } finally {
      await forgetful.close();
    }
  });

  it('fails against a server that creates two payments', async () => {
    const doubling = await startDoublingServer();
    try {
      const { code, output } = await load(['--url', doubling.url, '--requests', '12', '--concurrency', '2']);
      expect(output).toContain('❌ Failed: 2 intents, 8 payments, 6 duplicates.');
      expect(output).toMatch(/intents whose answers name other payments +2$/m);
      expect(code).toBe(1);
    } finally {
      await doubling.close();
    }
  });

  it('fails when no server answers', async () => {
    const gone = await startDoublingServer();
    await gone.close();
    const { code, output } = await load(['--url', gone.url]);
    expect([code, output.trim()]).toEqual([1, `No answer from ${gone.url}. Is Payonce running?`]);
  });

  it('refuses to run with one of two tokens', async () => {
    const { code, output } = await load([], { TEST_JWT: 'x' });
    expect([code, output]).toEqual([2, expect.stringContaining('Set both TEST_JWT and TEST_STAFF_JWT')]);
  });

  it.each([
    [['--concurrency', '501'], '--concurrency: 1 to 500'],
    [['--requests', '60001'], '--requests: 1 to 60000'],
    [['--seconds', '0'], '--seconds: 1 to 300'],
    [['--seconds', 'many'], '--seconds: 1 to 300'],
    [['--url', 'ftp://somewhere'], '--url must be a URL'],
    [['--url', 'https://payonce.example'], 'payonce.example is another machine'],
    [['--jwt', 'x'], "Unknown option '--jwt'"],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j', async (args, why) => {
    const { code, output } = await load(args);
    expect(code).toBe(2);
    expect(output).toContain(why);
    expect(output).toContain('Usage: npm run load');
  });
});
