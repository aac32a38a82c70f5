import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { createEmptyDatabase } from '../support/database.js';
import { startRedis } from '../support/redis.js';

jest.setTimeout(300_000);

const PROJECT = path.resolve(__dirname, '../..');
const run = promisify(execFile);

const hasCommit = (commit: string) =>
  spawnSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: PROJECT }).status === 0;

/** What a version of today answers, and one that has all of today's tables in use. */
const WORKS = {
  ready: '200 ready',
  read: '200',
  of_the_other: {
    replay_of_its_key: '201 the same bytes',
    confirm_bank: '200',
    confirm_gcash: '200',
    cancel_bank: '200',
    pay_open_page: 'completed',
    refund_stripe: '200 partially_refunded',
    refund_bank: '200',
    refund_paid_in_two: '200',
    confirm_rest_of_partly_paid: '200',
  },
  of_its_own: {
    create_bank: '201',
    create_gcash: '201',
    create_stripe: '201',
    pay_stripe: 'completed',
    duplicate_stripe: '409 PAYMENT_EXISTS',
    refund_stripe: '200 partially_refunded',
    confirm_bank: '200',
    cancel_gcash: '200',
  },
  checkout: '200 completed',
};

/** One from before transfers: no money by bank or GCash can be recorded, all else works. */
const { refund_bank: _1, refund_paid_in_two: _2, confirm_rest_of_partly_paid: _3, ...leftPending } = WORKS.of_the_other;
const BEFORE_TRANSFERS = {
  ...WORKS,
  of_the_other: {
    ...WORKS.of_the_other,
    confirm_bank: '500 INTERNAL_ERROR',
    confirm_gcash: '500 INTERNAL_ERROR',
    refund_paid_in_two: '422 REFUND_TOO_LARGE',
    confirm_rest_of_partly_paid: '422 VALIDATION_FAILED',
  },
  of_its_own: { ...WORKS.of_its_own, confirm_bank: '500 INTERNAL_ERROR' },
};

/** The versions of which docs/operating.md says what a rollback to them can do. They need the history of the repository. */
const VERSIONS = [
  ['5615f0c', WORKS, WORKS],
  ['0d523ed', BEFORE_TRANSFERS, { ...WORKS, of_the_other: leftPending }],
] as const;

describe.each(VERSIONS)('an earlier version, %s, on today’s database', (commit, back, forward) => {
  const testWithHistory = hasCommit(commit) ? test : test.skip;
  testWithHistory('does what docs/operating.md says, beside today’s and alone; then today’s goes on', async () => {
    const project = await builtAt(commit);
    const database = await createEmptyDatabase();
    const redis = await startRedis();
    try {
      const { stdout } = await run(process.execPath, ['scripts/fixtures/try-rollback.mjs', project], {
        cwd: PROJECT,
        env: { PATH: process.env.PATH, DATABASE_URL: database.url, REDIS_URL: redis.url },
      });
      expect(JSON.parse(lastObject(stdout))).toEqual({
        both: { '201 and 409 PAYMENT_EXISTS': 20 },
        back,
        migrate: 'Database: up to date',
        forward,
        books: expect.any(Object),
      });
    } finally {
      await redis.kill();
      await database.drop();
      rmSync(project, { recursive: true, force: true });
    }
  });
});

/** Within the project, so that the packages of today are found: theirs are the same. The servers only, no pages. */
async function builtAt(commit: string): Promise<string> {
  const parent = path.join(PROJECT, '.payonce');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(path.join(parent, 'earlier-'));
  await run('sh', ['-c', `git archive ${commit} | tar -x -C '${folder}'`], { cwd: PROJECT });
  await run(path.join(PROJECT, 'node_modules/.bin/nest'), ['build'], { cwd: folder });
  await run(process.execPath, ['scripts/prepare/join/join-modules.mjs'], { cwd: folder });
  return folder;
}

/** Programs that the script starts print their errors there, too. */
function lastObject(output: string): string {
  return output.slice(output.lastIndexOf('\n{\n') + 1);
}
