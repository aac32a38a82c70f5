import type { BrowserContext, Page } from 'playwright-core';
import type { Stripe } from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from '../web/support/browser.js';
import { newSession } from './support/purchases.js';

jest.setTimeout(120_000);

describeInBrowser('the hosted page, in a real browser', () => {
  let simulator: TestSimulator;
  let stripe: Stripe;
  let browser: TestBrowser;
  let context: BrowserContext;

  beforeAll(async () => {
    simulator = await startSimulator();
    stripe = simulator.stripe();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await simulator?.stop();
  });
  beforeEach(async () => {
    context = await browser.person();
  });
  afterEach(() => context.close());

  async function payBy(page: Page, number: string, expiry = '12 / 34'): Promise<void> {
    await page.getByLabel('Email').fill('p@example.com');
    await page.getByLabel('Card number').fill(number);
    await page.getByLabel('Expiry').fill(expiry);
    await page.getByLabel('Security code').fill('123');
    await page.getByLabel('Name on card').fill('P');
    await page.getByRole('button', { name: /^Pay/ }).click();
  }

  const focused = (page: Page) => page.evaluate<string>('document.activeElement.id');

  test('after a declined card, going back and reloading send no second payment', async () => {
    const { id, url } = await newSession(stripe);
    const page = await context.newPage();
    await page.goto(url!);
    await payBy(page, '4000 0000 0000 0002');
    await page.getByRole('alert').waitFor();
    expect(await focused(page)).toBe('number');
    expect(await page.getByLabel('Expiry').inputValue()).toBe('12 / 34');
    await page.reload();
    await page.getByRole('alert').waitFor();
    await page.goBack();
    await page.getByLabel('Card number').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    const { charges } = await simulator.ledger();
    expect(charges.filter(({ session }) => session === id)).toHaveLength(1);
  });

  test('the first invalid field is focused', async () => {
    const page = await context.newPage();
    await page.goto((await newSession(stripe)).url!);
    await payBy(page, '4242 4242 4242 4242', '01 / 20');
    await page.getByRole('alert').waitFor();
    expect(await focused(page)).toBe('expiry');
  });

  test.each(['light', 'dark'] as const)(
    'in %s colours the text has sufficient contrast in every state',
    async (colorScheme) => {
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme });
      const { id, url } = await newSession(stripe);
      await page.goto(url!);
      await payBy(page, '4000 0000 0000 9995');
      await page.getByRole('alert').waitFor();
      const paper = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      expect(paper === 'rgb(255, 255, 255)').toBe(colorScheme === 'light');
      expect(await seriousFaults(page)).toEqual([]);
      await simulator.sim(`sessions/${id}/pay`, { outcome: 'async_pending' });
      await page.reload();
      await page.getByRole('heading', { name: 'Your transfer is on its way' }).waitFor();
      expect(await seriousFaults(page)).toEqual([]);

      const locked = await newSession(stripe, { customer_email: 'patient@example.com' });
      await page.goto(locked.url!);
      expect(await seriousFaults(page)).toEqual([]);
      await stripe.checkout.sessions.expire(locked.id);
      await page.reload();
      expect(await seriousFaults(page)).toEqual([]);
    },
  );
});
