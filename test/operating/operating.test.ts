import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findOnPath } from '../../scripts/stack/find-on-path.mjs';
import { type BusyShop, openBusyShop } from './support/busy-shop.js';
import { type Block, blocksOf, missingOf } from './support/page.js';
import { run } from './support/run.js';
import { toolsFolder } from './support/tools.js';

const blocks = blocksOf('operating.md');
const isRun = ({ marked }: Block) => marked === 'run';
const named = (block: Block) => [`${block.heading} (line ${block.line})`, block] as const;
const hasCurl = findOnPath(process.env.PATH, ['curl']) !== undefined;

describe('docs/operating.md', () => {
  let busy: BusyShop;
  let env: NodeJS.ProcessEnv;
  let logFile: string;

  beforeAll(async () => {
    busy = await openBusyShop();
    const { shop, redisUrl } = busy;
    const folder = mkdtempSync(path.join(process.env.TEST_FOLDER!, 'operating-'));
    logFile = path.join(folder, 'payonce.log');
    writeFileSync(logFile, busy.log());
    env = {
      PATH: toolsFolder(),
      HOME: folder,
      DATABASE_URL: shop.database.url,
      REDIS_URL: redisUrl,
      TOKEN: shop.patient.token,
      STAFF: shop.staff.token,
      npm_config_update_notifier: 'false',
    };
  });
  afterAll(() => busy?.close());

  it('every code block is run, or states why not', () => {
    expect(blocks.length).toBeGreaterThan(20);
    for (const { language, marked, line } of blocks) {
      expect([line, language]).toEqual([line, expect.stringMatching(/^(sql|sh|promql)$/)]);
      expect([line, marked]).toEqual([line, expect.stringMatching(/^(run|not-run: .{10,})$/)]);
    }
  });

  /** With the test's own places. `npm run` is tried in the first block and in clients.test.ts; here its start is left out. */
  const withPlaces = (text: string) =>
    text
      .replaceAll('http://127.0.0.1:3000', busy.shop.api.url)
      .replaceAll('payonce.log', logFile)
      .replaceAll(/npm run -s (psql|redis-cli) --/g, 'node scripts/$1.mjs');
  const wantsLocks = ({ text }: Block) =>
    /concurrency_locks WHERE expires_at >|pg_blocking_pids|lock:|ops\/locks/.test(text);

  async function expectToRun(block: Block, command: readonly [string, ...string[]], input?: string): Promise<void> {
    const ran = () => run(command, { env, ...(input === undefined ? {} : { input }) });
    const { code, stdout, stderr } = wantsLocks(block) ? await busy.whileLocked(ran) : await ran();
    expect({ code, stderr, stdout }).toEqual({ code: 0, stderr: '', stdout: expect.any(String) });
    if (block.shown !== undefined) expect([stdout, missingOf(block.shown, stdout)]).toEqual([stdout, []]);
  }

  it.each(blocks.filter((block) => isRun(block) && block.language === 'sql').map(named))('SQL: %s', (_, block) =>
    expectToRun(block, [process.execPath, 'scripts/psql.mjs'], withPlaces(block.text)),
  );

  it.each(
    blocks
      .filter((block) => isRun(block) && block.language === 'sh')
      .filter(({ text }) => hasCurl || !text.includes('curl '))
      .map(named),
  )('command: %s', (_, block) => expectToRun(block, ['bash', '-e', '-o', 'pipefail', '-c', withPlaces(block.text)]));

  it.each(blocks.filter((block) => isRun(block) && block.language === 'promql').map(named))(
    'metrics: %s',
    async (_, { text }) => {
      const pages = await Promise.all(
        [busy.shop.api, busy.worker].map(async ({ url }) => (await fetch(`${url}/metrics`)).text()),
      );
      const served = new Set(pages.join('\n').match(/^payonce_\w+/gm));
      const named = [...new Set(text.match(/\bpayonce_\w+/g))];
      expect(named).not.toEqual([]);
      expect(named.filter((name) => !served.has(name))).toEqual([]);
    },
  );
});
