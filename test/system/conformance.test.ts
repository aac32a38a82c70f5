import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '../../scripts/conformance/client.mjs';
import { Payonce } from '../../scripts/conformance/payonce.mjs';
import { payonceAdapter } from '../../scripts/conformance/adapters/payonce.mjs';
import { payonceRules } from '../../scripts/conformance/rules/all.mjs';
import { idempotencyRules } from '../../scripts/conformance/rules/idempotency.mjs';
import { keySequence, type Result, runRules } from '../../scripts/conformance/run.mjs';
import { runConformance } from '../conformance/support/run-conformance.js';
import { createEmptyDatabase } from '../support/database.js';
import { loadDemoData } from '../support/demo-data.js';
import { WEBHOOK_SECRET } from '../support/simulator.js';
import { useStack } from '../support/use-stack.js';
import { startForgetfulApi } from './support/forgetful-api.js';
import { lies, startLyingProxy } from './support/lies.js';

jest.setTimeout(150_000);

/** Need a hook that an installation over HTTP does not have. */
const NEED_A_HOOK = ['replay-after-restart', 'replay-after-flush', 'crash'];

describe('npm run conformance', () => {
  const stack = useStack({
    simulator: true,
    redis: true,
    settings: { LOGIN_ENABLED: 'true' },
    beforeStart: loadDemoData,
  });
  const failedSomewhere = new Set<string>();

  beforeAll(async () => {
    await stack.simulator.sim('endpoints', { urls: [`${stack.api.url}/api/v1/webhooks/stripe`] });
  });

  it('finds nothing wrong with Payonce', async () => {
    const run = await runConformance(['--url', stack.api.url, '--simulator', stack.simulator.url], {
      TEST_JWT: stack.patient.token,
      TEST_STAFF_JWT: stack.staff.token,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    });
    expect([run.failed, run.code]).toEqual([[], 0]);
    expect(run.notRun).toEqual(['key-missing', ...NEED_A_HOOK]);
    expect(run.passed.length).toBe(idempotencyRules.length + payonceRules.length - run.notRun.length);
  });

  describe('notices that', () => {
    it.each(Object.keys(lies))('%s', async (name) => {
      const proxy = await startLyingProxy(stack.api.url, lies[name]!());
      const payonce = new Payonce({
        url: proxy.url,
        token: stack.patient.token,
        staffToken: stack.staff.token,
        simulator: stack.simulator.url,
        webhookSecret: WEBHOOK_SECRET,
      });
      try {
        const { client, newKey } = payonce;
        const results: Result[] = [
          ...(await runRules(idempotencyRules, { client, newKey, adapter: payonceAdapter(payonce) })),
          ...(await runRules(payonceRules, payonce)),
        ];
        // What could not be judged, because an answer had another form, is no proof that the rule looks at the right thing.
        const failed = results.filter(({ outcome, seen }) => outcome === 'failed' && !seen.startsWith('Interrupted'));
        expect(failed.length).toBeGreaterThan(0);
        for (const { id } of failed) failedSomewhere.add(id);
      } finally {
        await proxy.close();
      }
    });
  });

  it('fails at node-idempotency as docs/conformance.md says', async () => {
    const database = await createEmptyDatabase();
    const args = ['--adapter', 'docs/examples/conformance/node-idempotency.adapter.mjs'];
    try {
      const run = await runConformance(args, { DATABASE_URL: database.url, REDIS_URL: stack.redis.url });
      expect(run.failed).toEqual(documented(4));
      for (const id of run.failed) failedSomewhere.add(id);
    } finally {
      await database.drop();
    }
  });

  it('fails at an API that loses its keys when it is restarted, and does not require those it says it requires', async () => {
    const adapter = await startForgetfulApi();
    try {
      const scene = { client: new Client(adapter.url), newKey: keySequence(), adapter };
      const failed = (await runRules(idempotencyRules, scene)).filter(({ outcome }) => outcome === 'failed');
      const ids = failed.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining(['key-missing', 'replay-after-restart']));
      for (const id of ids) failedSomewhere.add(id);
    } finally {
      await adapter.close();
    }
  });

  it('has no rule that never fails', () => {
    const all = [...idempotencyRules, ...payonceRules].map(({ id }) => id);
    expect(all.filter((id) => !failedSomewhere.has(id))).toEqual([]);
  });
});

/** The rules that fail in this column of the table. */
function documented(column: number): string[] {
  const rows = readFileSync(path.resolve('docs/conformance.md'), 'utf8').matchAll(/^\| `([\w-]+)`.*$/gm);
  return [...rows].filter(([row]) => row.split('|')[column + 1]?.includes('fails')).map(([, id]) => id!);
}
