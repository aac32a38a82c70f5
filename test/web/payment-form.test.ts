import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { held } from '../simulator/support/held.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createConsultation, createPerson } from '../support/people.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from './support/browser.js';
import { heading, type Patient, type PayStack, startPayStack } from './support/pay-stack.js';

const PROJECT = resolve(__dirname, '../..');
const EXAMPLE = join(PROJECT, 'docs/examples/vue-payment-form');
const REDIRECT_DELAY_MS = 2_000;
const CREATES = '**/api/v1/payments';
const PENDING = { charged: [], sessions: 1, payments: ['pending'], received: [], invoices: ['pending'] };

describeInBrowser('the payment form of docs/examples, built by Vite, in a real browser', () => {
  let folder: string;
  let stack: PayStack;
  let browser: TestBrowser;
  let context: BrowserContext;
  let patient: Patient;

  beforeAll(async () => {
    folder = mkdtempSync(join(process.env.TEST_FOLDER ?? tmpdir(), 'form-'));
    const vite = join(PROJECT, 'node_modules/vite/bin/vite.js');
    const built = spawnSync(
      process.execPath,
      [vite, 'build', EXAMPLE, '--outDir', folder, '--emptyOutDir', '--configLoader', 'native', '--logLevel', 'warn'],
      { encoding: 'utf8' },
    );
    expect(built.stderr + built.stdout).toBe('');
    stack = await startPayStack();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    patient = await stack.patient();
    context = await browser.person();
  });
  afterEach(async () => {
    await stack.simulator.sim('faults', {});
    await context.close();
  });

  /** The integrator's page, on the API's origin, with the patient logged in. */
  const open = async (consultation_id = patient.consultation_id, amount = 5_000, lang = 'en') => {
    const page = await context.newPage();
    // Pauses and redirects come when a test says so.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 1_000);
    await page.route(`${stack.url}/shop/**`, (route) => {
      const path = new URL(route.request().url()).pathname.slice('/shop/'.length);
      return route.fulfill({ path: join(folder, path || 'index.html') });
    });
    await page.addInitScript(`sessionStorage.setItem('payonce-web.token', ${JSON.stringify(patient.token)})`);
    await page.goto(`${stack.url}/shop/?consultation=${consultation_id}&amount=${amount}&lang=${lang}`);
    return page;
  };
  const button = (page: Page) => page.locator('.btn-pay');
  const money = () => stack.money(patient.consultation_id);
  const alert = async (page: Page) => {
    const box = page.getByRole('alert');
    await box.waitFor();
    return { type: (await box.getAttribute('class'))!, text: await box.innerText(), box };
  };
  /** The answers to creates, each as it is given; and the keys of all that were asked. */
  const onCreate = async (page: Page, ...answers: ((route: Route) => Promise<void>)[]) => {
    const keys: (string | undefined)[] = [];
    await page.route(CREATES, async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      await (answers.shift() ?? ((it) => it.continue()))(route);
    });
    return keys;
  };

  test('three clicks and three submits make one payment; the button is disabled; then Stripe’s page opens', async () => {
    const page = await open();
    const keys = await onCreate(page);
    expect(await button(page).innerText()).toBe('PAY');
    await stack.simulator.sim('faults', { hold: { path: '/v1/checkout/sessions', method: 'POST', when: 'before' } });
    await button(page).evaluate((it: any) => {
      for (let click = 0; click < 3; click++) it.click();
      for (let submit = 0; submit < 3; submit++) it.form.requestSubmit();
    });
    await held(stack.simulator, 1);
    expect(await button(page).innerText()).toBe('Processing…');
    expect(await button(page).isDisabled()).toBe(true);
    await stack.simulator.sim('faults/release', {});

    expect(await alert(page)).toMatchObject({
      type: 'alert success',
      text: expect.stringContaining('Payment created. Taking you to where you pay…'),
    });
    expect(await button(page).isDisabled()).toBe(true);
    await page.clock.runFor(REDIRECT_DELAY_MS);
    await page.getByLabel('Card number').waitFor();
    expect(keys).toHaveLength(1);
    expect(await money()).toEqual(PENDING);
  });

  test('by bank transfer, in Indonesian: our page shows the payment instructions', async () => {
    const page = await open(undefined, undefined, 'id');
    expect(await button(page).innerText()).toBe('BAYAR');
    await page.getByLabel('Metode pembayaran').selectOption('bank_transfer');
    await button(page).click();
    expect((await alert(page)).text).toContain('Pembayaran berhasil dibuat. Mengarahkan ke halaman pembayaran…');
    await page.clock.runFor(REDIRECT_DELAY_MS);
    await heading(page, 'Transfer the money').waitFor();
    expect(await money()).toEqual({ ...PENDING, sessions: 0 });
  });

  test('a duplicate shows a warning with the id of the payment, and a link to it', async () => {
    const page = await open(undefined, undefined, 'id');
    // axe waits, too.
    await page.clock.resume();
    expect(await seriousFaults(page)).toEqual([]);
    const { body } = await ask<Schemas['NewPayment']>(stack.url, '/api/v1/payments', {
      token: patient.token,
      body: { consultation_id: patient.consultation_id, amount: 5_000, payment_method: 'gcash' },
    });
    await button(page).click();
    const { type, text, box } = await alert(page);
    expect(type).toBe('alert warning');
    expect(text).toContain(`Pembayaran sudah dibuat sebelumnya (ID: ${body.data.payment_id}).`);
    expect(await button(page).isEnabled()).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);
    await box.getByRole('link', { name: 'Buka pembayarannya' }).click();
    await heading(page, 'Pay with GCash').waitFor();
    expect(await money()).toEqual({ ...PENDING, sessions: 0 });
  });

  test('refusals show the API’s messages, and the button is enabled again: 422, 403, 404', async () => {
    const other = await createConsultation(stack.database, await createPerson(stack.database));
    for (const [consultation_id, amount, status] of [
      [patient.consultation_id, 4_999, 422],
      [other, 5_000, 403],
      [999_999_999, 5_000, 404],
    ] as const) {
      const page = await open(consultation_id, amount);
      const answers: { status_code: number; message: string }[] = [];
      await onCreate(page, async (route) => {
        const response = await route.fetch();
        answers.push(await response.json());
        await route.fulfill({ response });
      });
      await button(page).click();
      const { type, text } = await alert(page);
      expect(answers).toMatchObject([{ status_code: status, message: expect.any(String) }]);
      expect({ type, text }).toEqual({ type: 'alert error', text: `Error: ${answers[0]!.message}` });
      expect(await button(page).isEnabled()).toBe(true);
      await page.close();
    }
    expect(await money()).toMatchObject({ payments: [], sessions: 0 });
  });

  test('a lost first answer is retried under the same key: one payment', async () => {
    const page = await open();
    const statuses: number[] = [];
    let answer = () => {};
    const keys = await onCreate(
      page,
      async (route) => {
        statuses.push((await route.fetch()).status());
        await route.abort('connectionreset');
      },
      async (route) => {
        await new Promise<void>((told) => (answer = told));
        await route.continue();
      },
    );
    await button(page).click();
    await eventually(async () => {
      await page.clock.runFor(250);
      return keys.length === 2;
    }, 'it is asked for again');
    expect(await button(page).isDisabled()).toBe(true);
    answer();
    expect((await alert(page)).type).toBe('alert success');
    expect(statuses).toEqual([201]);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(await money()).toEqual(PENDING);
  });

  test('all answers lost: a warning that the outcome is unknown, not an error; a further click gets the same payment', async () => {
    const page = await open();
    // The client does not wait for a Retry-After this long.
    const keys = await onCreate(page, async (route) => {
      await route.fetch();
      await route.fulfill({ status: 504, headers: { 'retry-after': '60' }, body: 'Gateway timeout' });
    });
    await button(page).click();
    const { type, text } = await alert(page);
    expect(type).toBe('alert warning');
    expect(text).toMatch(/^We don’t know yet whether the payment was created\. Please don’t pay another way\./);
    expect(text).not.toMatch(/error|failed/i);

    await button(page).click();
    await page.locator('.alert.success').waitFor();
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(await money()).toEqual(PENDING);
  });
});
