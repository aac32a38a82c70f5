import { createDatabase, type TestDatabase } from '../support/database.js';
import { createPerson } from '../support/people.js';
import { type Program, runToEnd, startApi } from '../support/processes.js';
import { startDoublingServer } from './doubling-server.js';

const load = (words: string[], env: NodeJS.ProcessEnv = {}) => runToEnd('scripts/load.mjs', env, words);

describe('npm run load', () => {
  let database: TestDatabase;
  let api: Program;
  let tokens: Record<'TEST_JWT' | 'TEST_STAFF_JWT', string>;

  beforeAll(async () => {
    database = await createDatabase();
    api = await startApi({ DATABASE_URL: database.url });
    const [patient, staff] = [await createPerson(database), await createPerson(database, 'staff')];
    tokens = { TEST_JWT: patient.token, TEST_STAFF_JWT: staff.token };
  });

  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  it('makes one payment of each intent, counts what Postgres counts, and leaves nothing to be paid', async () => {
    const words = ['--url', api.url, '--concurrency', '20', '--requests', '115'];
    const { code, output } = await load(words, tokens);
    expect(output).toContain('✅ Passed: 20 intents, 20 payments, 0 duplicates.');
    expect(code).toBe(0);
    const [row] = await database.query<Record<string, number>>(
      `SELECT (SELECT count(*) FROM payments)::int AS payments,
              (SELECT count(DISTINCT consultation_id) FROM payments)::int AS paid_for,
              (SELECT count(*) FROM payments WHERE status = 'cancelled')::int AS cancelled,
              (SELECT count(*) FROM consultations WHERE status = 'closed')::int AS closed`,
    );
    expect(row).toEqual({ payments: 20, paid_for: 20, cancelled: 20, closed: 20 });
    // Three at once, one again, one read, for each consultation; more only if the server was asked to be patient.
    const answered = (what: string) => Number(new RegExp(`^  ${what} +([\\d,]+) .*\\d\\.\\d$`, 'm').exec(output)?.[1]);
    expect(answered('make a consultation')).toBe(20);
    expect(answered('pay again')).toBeGreaterThanOrEqual(20);
    expect(answered('pay')).toBeGreaterThanOrEqual(60);
    expect(answered('read')).toBe(20);
    expect(output).toMatch(/requests in \d+\.\d s: [\d,]+ requests\/s, [\d,]+ payments\/s/);
    const counted = [...output.matchAll(/^ {2}(?:\d{3} ?\w*|no answer) +(\d+)$/gm)].map(([, count]) => Number(count));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(
      ['make a consultation', 'pay', 'pay again', 'read'].reduce((sum, what) => sum + answered(what), 0),
    );
  });

  it('fails against a server that pays twice', async () => {
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

  it('fails when nobody answers', async () => {
    const gone = await startDoublingServer();
    await gone.close();
    const { code, output } = await load(['--url', gone.url]);
    expect([code, output.trim()]).toEqual([1, `Nobody answers at ${gone.url}. Is Payonce running?`]);
  });

  it.each([
    [['--concurrency', '501'], '--concurrency: 1 to 500'],
    [['--requests', '60001'], '--requests: 1 to 60000'],
    [['--seconds', '0'], '--seconds: 1 to 300'],
    [['--seconds', 'many'], '--seconds: 1 to 300'],
    [['--url', 'ftp://somewhere'], '--url must be an address'],
    [['--jwt', 'x'], '--jwt and --staff-jwt go together'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j', async (words, why) => {
    const { code, output } = await load(words);
    expect(code).toBe(2);
    expect(output).toContain(why);
    expect(output).toContain('Usage: npm run load');
  });
});
