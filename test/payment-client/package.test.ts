import { createPaymentClient } from '#payment-client';
import { createPaymentFlow, type FlowState } from '#payment-client/flow';
import { usePayment } from '#payment-client/vue';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { effectScope, nextTick, watch } from 'vue';
import { FakeBrowser } from './support/fake-browser.js';
import { settle } from './support/fake-clock.js';
import { type Behaviour, fetchOf, refusal, script, success, TruthfulServer } from './support/truthful-server.js';

const PROJECT = resolve(__dirname, '../..');
const PACKAGE = join(PROJECT, 'libs/payment-client');
const WISH = { consultation_id: 5, amount: 5_000, payment_method: 'stripe' as const };

function world(...behaviours: Behaviour[]) {
  const server = new TruthfulServer();
  const fetch = fetchOf(server, () => browser.clock.now(), script(...behaviours));
  const browser: FakeBrowser = new FakeBrowser({ fetch });
  return { server, browser, clock: browser.clock, ...browser.open() };
}

describe('the published package', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(process.env.TEST_FOLDER ?? tmpdir(), 'client-'));
    const dist = join(folder, 'node_modules/@payonce/payment-client/dist');
    mkdirSync(dist, { recursive: true });
    const built = spawnSync(process.execPath, [join(PACKAGE, 'build.mjs'), dist], { encoding: 'utf8' });
    expect(built.stderr + built.stdout).toBe('');
    writeFileSync(join(dist, '../package.json'), readFileSync(join(PACKAGE, 'package.json')));
    symlinkSync(join(PROJECT, 'node_modules/vue'), join(folder, 'node_modules/vue'));
    // tsc takes seconds, many on a busy machine.
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const at = (file: string) => join(folder, 'node_modules/@payonce/payment-client/dist', file);

  test('the client is under 4,000 bytes gzipped, and imports nothing', () => {
    const code = readFileSync(at('index.js'));
    expect(gzipSync(code, { level: 9 }).length).toBeLessThan(4_000);
    expect(code.toString()).not.toMatch(/\bimport\b/);
    expect(gzipSync(readFileSync(at('flow.js')), { level: 9 }).length).toBeLessThan(750);
    const service = readFileSync(at('payment-service.js'));
    expect(gzipSync(service, { level: 9 }).length).toBeLessThan(750);
    expect(service.toString()).not.toMatch(/\bimport\b/);
    expect(readFileSync(at('vue.js'), 'utf8').match(/from"([^"]+)"/g)).toEqual(['from"vue"']);
  });

  test('each entry can be imported by name in Node, and type-checks with the README’s example in a strict project without Node types', () => {
    writeFileSync(
      join(folder, 'page.ts'),
      `import { createPaymentClient, UnclearOutcomeError, type Payment } from '@payonce/payment-client';
       import { createPaymentFlow } from '@payonce/payment-client/flow';
       import { createPaymentService, type PaymentResult } from '@payonce/payment-client/payment-service';
       import { usePayment } from '@payonce/payment-client/vue';
       const client = createPaymentClient({ locks: navigator.locks, channel: new BroadcastChannel('x'), storage: sessionStorage });
       export async function pay(): Promise<Payment> {
         const result = await client.createPayment({ consultation_id: 5, amount: 5000, payment_method: 'stripe' });
         return result.type === 'existing' ? result.payment : result.payment;
       }
       export const told = (result: PaymentResult): string =>
         !result.success ? result.message : result.status === 409 ? result.data.status : result.data.invoice.status;
       export const all = [createPaymentService(client), createPaymentFlow(client), usePayment(client), UnclearOutcomeError];`,
    );
    const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
    const [, example] = /## Results instead of errors[^]*?```ts\n([^]*?)```/.exec(readme)!;
    writeFileSync(join(folder, 'example.ts'), example!);
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          module: 'esnext',
          moduleResolution: 'bundler',
          target: 'es2022',
          types: [],
          lib: ['es2022', 'dom'],
          noEmit: true,
        },
        files: ['page.ts', 'example.ts'],
      }),
    );
    const tsc = spawnSync(process.execPath, [join(PROJECT, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    });
    expect(tsc.stdout).toBe('');
    writeFileSync(
      join(folder, 'run.mjs'),
      `import * as client from '@payonce/payment-client';
       import * as flow from '@payonce/payment-client/flow';
       import * as service from '@payonce/payment-client/payment-service';
       import * as vue from '@payonce/payment-client/vue';
       client.createPaymentClient();
       console.log([client, flow, service, vue].flatMap(Object.keys).join(' '));`,
    );
    const run = spawnSync(process.execPath, [join(folder, 'run.mjs')], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.stdout.trim()).toBe(
      'CallAbortedError PaymentClientError UnclearOutcomeError createPaymentClient createPaymentFlow createPaymentService usePayment',
    );
  }, 120_000);
});

describe('button states', () => {
  const phases = (states: FlowState[]) => states.map(({ phase }) => phase);

  test('idle, sending, retrying, sending, redirecting; then navigates to the hosted page', async () => {
    const { server, clock, client } = world('lost-after');
    const went: string[] = [];
    const flow = createPaymentFlow(client, { navigate: (url) => went.push(url), after: clock.after.bind(clock) });
    const states: FlowState[] = [];
    flow.subscribe((state) => states.push(state));
    const clicks = [flow.pay({ product_id: 'monthly-plan' }), flow.pay({ product_id: 'monthly-plan' })];
    await clock.until(Promise.all(clicks));
    expect(phases(states).filter((phase, n, all) => phase !== all[n - 1])).toEqual([
      ...['idle', 'sending', 'retrying', 'sending', 'redirecting'],
    ]);
    expect(went).toEqual(['https://stripe.test/1']);
    expect(server.payments).toHaveLength(1);
  });

  test('without a hosted page it ends as done; an existing completed payment too; a script URL is not followed', async () => {
    const { server, clock, client } = world();
    const went: string[] = [];
    const flow = createPaymentFlow(client, { navigate: (url) => went.push(url), after: clock.after.bind(clock) });
    await clock.until(flow.pay(WISH));
    expect(flow.state.phase).toBe('done');
    const checkout = { session_id: 'x', url: 'https://stripe.test/9', expires_at: null };
    const existing = { type: 'existing', payment_id: 9, payment: { id: 9 }, checkout };
    for (const [status, url] of [
      ['completed', 'https://stripe.test/9'],
      ['pending', 'javascript:alert(1)'],
    ]) {
      server.rule = () =>
        refusal(409, 'PAYMENT_EXISTS', { data: { ...existing, status, checkout: { ...checkout, url } } });
      await clock.until(flow.pay(WISH));
      expect(flow.state).toMatchObject({ phase: 'done', result: { payment_id: 9 } });
    }
    expect(went).toEqual([]);
  });

  test('if the navigation does not happen, the button is enabled again and its timer removed', async () => {
    const { clock, client } = world();
    const woken = new Set<unknown>();
    const page = globalThis as unknown as Record<string, unknown>;
    page.addEventListener = (type: string, run: unknown) => type === 'pageshow' && woken.add(run);
    page.removeEventListener = (_: string, run: unknown) => woken.delete(run);
    try {
      const flow = createPaymentFlow(client, { navigate: () => undefined, after: clock.after.bind(clock) });
      for (let time = 1; time <= 3; time += 1) {
        await clock.until(flow.pay({ product_id: 'p' }));
        expect(flow.state.phase).toBe('redirecting');
        await clock.pass(15_000);
        expect(flow.state.phase).toBe('idle');
      }
      // Back by the back button, long before that.
      await clock.until(flow.pay({ product_id: 'p' }));
      expect(woken.size).toBe(1);
      for (const run of woken) (run as (event: object) => void)({ persisted: true });
      expect(flow.state.phase).toBe('idle');
      flow.dispose();
      expect(woken.size).toBe(0);
    } finally {
      delete page.addEventListener;
      delete page.removeEventListener;
    }
  });

  test('a failure is a state, not a rejection; reset makes it idle again', async () => {
    const { server, clock, client } = world();
    server.rule = () => refusal(422, 'AMOUNT_MISMATCH');
    const flow = createPaymentFlow(client);
    expect(await clock.until(flow.pay(WISH))).toBeUndefined();
    expect(flow.state).toMatchObject({ phase: 'failed', error: { code: 'AMOUNT_MISMATCH' } });
    flow.reset();
    expect(flow.state).toEqual({ phase: 'idle' });
    server.rule = () => success(200, { payment_id: 3 });
    await clock.until(flow.run((call) => client.cancel(3, call)));
    expect(flow.state.phase).toBe('done');
  });
});

describe('usePayment', () => {
  test('is disabled while it runs, and unmounting the component does not lose the intent', async () => {
    const { server, browser, clock, client, session } = world('lost-after');
    const scope = effectScope();
    const button = scope.run(() => usePayment(client))!;
    const seen: boolean[] = [];
    scope.run(() => watch(button.disabled, (disabled) => seen.push(disabled)));
    expect(button.disabled.value).toBe(false);
    const paying = button.pay(WISH);
    await settle();
    await nextTick();
    expect(seen).toEqual([true]);
    expect(button.phase.value).toBe('retrying');
    scope.stop();
    expect(await paying).toBeUndefined();
    expect(clock.waiting).toBe(0);

    const later = effectScope();
    const next = later.run(() => usePayment(browser.open(session).client))!;
    await clock.until(next.pay(WISH));
    expect(next.phase.value).toBe('done');
    expect(next.disabled.value).toBe(false);
    expect(next.result.value).toMatchObject({ payment_id: 1 });
    expect(server.payments).toHaveLength(1);
    later.stop();
  });

  test('needs no options: a client is created with the browser’s defaults', () => {
    createPaymentClient().close();
  });
});
