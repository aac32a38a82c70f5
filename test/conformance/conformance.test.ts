import { createEmptyDatabase, type TestDatabase } from '../support/database.js';
import { useStack } from '../support/use-stack.js';
import { runConformance } from './support/run-conformance.js';

/** The whole suite runs in test/system/conformance.test.ts. */
describe('npm run conformance', () => {
  const stack = useStack();

  it('passes, does not count what it could not run, and leaves nothing that can be paid', async () => {
    const tokens = { TEST_JWT: stack.patient.token, TEST_STAFF_JWT: stack.staff.token };
    const run = await runConformance(['--url', stack.api.url, '--only', 'key-'], tokens);
    expect([run.code, run.failed, run.notRun]).toEqual([0, [], ['key-missing']]);
    expect(run.passed).toContain('key-and-path');
    const payable = `SELECT (SELECT count(*) FROM consultations WHERE status = 'open')::int AS open,
                            (SELECT count(*) FROM payments WHERE status = 'pending')::int AS pending`;
    expect(await stack.database.query(payable)).toEqual([{ open: 0, pending: 0 }]);
  });

  describe('against an API that looks for a key and then inserts', () => {
    let database: TestDatabase;
    beforeAll(async () => void (database = await createEmptyDatabase()));
    afterAll(() => database.drop());

    it('fails, and names the rules', async () => {
      const adapter = 'docs/examples/conformance/naive.adapter.mjs';
      const { code, failed } = await runConformance(['--adapter', adapter], { DATABASE_URL: database.url });
      expect(failed).toEqual([
        'retry-marked',
        'other-body-refused',
        'concurrent-one-effect',
        'concurrent-answers',
        'other-user',
        'other-user-answer',
        'key-quoted',
        'key-too-long',
        'key-empty',
        'key-list',
      ]);
      expect(code).toBe(1);
    });
  });

  it.each([
    [['--url', 'https://payonce.example'], 'payonce.example is another machine'],
    [['--token', 'x'], 'Give both tokens'],
    [['--simulator', 'nowhere'], 'nowhere is no URL'],
    [['--fast'], "Unknown option '--fast'"],
    [
      ['--only', 'no-such-rule', '--token', `.${btoa('{"sub":"x"}')}.`, '--staff-token', `.${btoa('{"sub":"y"}')}.`],
      'No rule has',
    ],
  ])('refuses %j', async (args, why) => {
    const { code, output } = await runConformance(args);
    expect([code, output]).toEqual([2, expect.stringContaining(why)]);
  });
});
