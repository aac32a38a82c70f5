import type { BrowserContext } from 'playwright-core';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from './support/browser.js';
import { heading, openAs, payButton, type PayStack, startPayStack } from './support/pay-stack.js';

describeInBrowser('the pay page without a Stripe key, in a real browser', () => {
  let stack: PayStack;
  let browser: TestBrowser;
  let context: BrowserContext;

  beforeAll(async () => {
    stack = await startPayStack({
      STRIPE_SECRET_KEY: undefined,
      STRIPE_WEBHOOK_SECRET: undefined,
      STRIPE_API_URL: undefined,
    });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });
  beforeEach(async () => {
    context = await browser.person();
  });
  afterEach(() => context.close());

  test('a consultation can be paid by bank or GCash: the card is not offered', async () => {
    const patient = await stack.patient();
    const page = await openAs(context, stack, patient, `?consultation=${patient.consultation_id}`);
    const method = page.getByLabel('Payment method');
    await method.waitFor();
    expect(await method.locator('option').allInnerTexts()).toEqual(['GCash', 'Bank transfer']);
    expect(await seriousFaults(page)).toEqual([]);
    await payButton(page).click();
    await heading(page, 'Pay with GCash').waitFor();
    expect((await stack.money(patient.consultation_id)).payments).toEqual(['pending']);
  });

  test.each(['', '?show=products', '?product=monthly-plan'])(
    'products, which need Stripe, are not offered: %s',
    async (query) => {
      const patient = await stack.patient();
      const page = await openAs(context, stack, patient, query);
      await page.getByRole('tab', { name: 'Consultations', selected: true }).waitFor();
      expect(await page.getByRole('tab').allInnerTexts()).toEqual(['Consultations', 'My payments']);
    },
  );
});
