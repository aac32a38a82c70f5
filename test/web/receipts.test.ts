import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { BrowserContext } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createPerson } from '../support/people.js';
import { startWorker } from '../support/processes.js';
import { stripeEnv } from '../support/simulator.js';
import { describeInBrowser, startBrowser, type TestBrowser } from './support/browser.js';
import { create, openConsole, payAtStripe } from './support/console.js';
import { openAs, type PayStack, startPayStack } from './support/pay-stack.js';

describeInBrowser('Stripe’s own receipt, in a real browser', () => {
  let stack: PayStack;
  let browser: TestBrowser;
  let context: BrowserContext;

  beforeAll(async () => {
    stack = await startPayStack();
    browser = await startBrowser();
    context = await browser.person();
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
    await stack?.stop();
  });

  test('Stripe’s receipt is a link on the payer’s receipt and in the console once a webhook has completed the payment', async () => {
    const patient = await stack.patient();
    await stack.simulator.sim('endpoints', { urls: [`${stack.url}/api/v1/webhooks/stripe`] });
    const { payment_id, checkout } = (await create(stack, patient)).body.data;
    const { payment_intent } = await payAtStripe(stack, checkout.session_id);
    const [charge] = (await stack.simulator.stripe().charges.list({ payment_intent })).data;
    const worker = await startWorker({
      DATABASE_URL: stack.database.url,
      WORKER_SWEEP_SECONDS: '1',
      ...stripeEnv(stack.simulator),
    });
    try {
      await eventually(async () => {
        const { body } = await ask<Schemas['WholePayment']>(stack.url, `/api/v1/payments/${payment_id}`, {
          token: patient.token,
        });
        return Boolean(body.data.charge?.receipt_url);
      }, 'the receipt is known');
    } finally {
      await worker.stop();
    }

    const page = await openAs(context, stack, patient, `?payment=${payment_id}`);
    const link = page.getByRole('link', { name: 'Provider’s receipt' });
    expect(await link.getAttribute('href')).toBe(charge!.receipt_url);
    await link.click();
    await page.waitForURL(charge!.receipt_url!);
    expect(await page.locator('body').innerText()).toContain('50.00');

    const staff = await createPerson(stack.database, 'staff');
    const console = await openConsole(context, stack, staff.token, `/payments/${payment_id}`);
    const known = console.getByRole('link', { name: 'Provider’s receipt' });
    expect(await known.getAttribute('href')).toBe(charge!.receipt_url);
    // The request to confirm may name it: staff see its URL.
    expect(await known.innerText()).toContain(new URL(charge!.receipt_url!).host);
  });
});
