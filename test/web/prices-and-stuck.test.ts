import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createPerson, type Person } from '../support/people.js';
import { untilAnswered } from '../stripe/support/shop.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from './support/browser.js';
import { create, letStripeTell, openConsole } from './support/console.js';
import {
  heading,
  openAs,
  type Patient,
  payButton,
  payByCard,
  type PayStack,
  startPayStack,
} from './support/pay-stack.js';

describeInBrowser('sums that changed, and payments that are stuck, in a real browser', () => {
  let stack: PayStack;
  let browser: TestBrowser;
  let context: BrowserContext;
  let patient: Patient;
  let staff: Person;
  beforeAll(async () => {
    stack = await startPayStack();
    browser = await startBrowser();
    staff = await createPerson(stack.database, 'staff');
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });
  beforeEach(async () => {
    patient = await stack.patient();
    await letStripeTell(stack, true);
    context = await browser.person();
  });
  afterEach(async () => {
    await stack.simulator.sim('faults', {});
    await context.close();
  });

  const change = (body: object) =>
    ask(stack.url, `/api/v1/consultations/${patient.consultation_id}`, { method: 'PATCH', token: staff.token, body });
  const main = async (page: Page) => (await page.locator('main').innerText()).replaceAll('\u00a0', ' ');
  const charged = async () => (await stack.money(patient.consultation_id)).charged;
  const statusOf = async (id: number) => {
    const [row] = await stack.database.query<{ status: string }>('SELECT status FROM payments WHERE id = $1', [id]);
    return row!.status;
  };

  describe('the pay page shows the amount that will be charged', () => {
    test.each([
      ['lower', { fee: 4_000 }, 'Rp 40.00', [4_000]],
      ['higher', { fee: 7_500 }, 'Rp 75.00', [7_500]],
      ['in another currency', { fee: 6_500, currency: 'usd' }, '$65.00', [6_500]],
    ])(
      'in the list: the fee is %s while a page is open; old tabs get the new amount, which is paid',
      async (_, body, sum, paid) => {
        const stale = await openAs(context, stack, patient, `?consultation=${patient.consultation_id}`);
        await payButton(stale).waitFor();
        const old = (await create(stack, patient)).body.data;
        await change(body);
        const page = await openAs(context, stack, patient, `?consultation=${patient.consultation_id}`);
        await payButton(page).waitFor();
        expect(await main(page)).toContain(sum);
        expect(await main(page)).not.toContain('Rp 50.00');

        // A list from before the change: shows the new amount, and does not redirect.
        await payButton(stale).click();
        await stale.getByText('The price has changed').waitFor();
        expect(stale.url()).toContain(stack.url);
        expect(await main(stale)).toContain(sum);
        expect(await main(stale)).not.toContain('Rp 50.00');
        expect(await statusOf(old.payment_id)).toBe('cancelled');

        await payButton(page).click();
        await page.getByLabel('Card number').waitFor();
        expect((await page.locator('body').innerText()).replaceAll('\u00a0', ' ')).toMatch(
          new RegExp(sum.replace(/[$.]/g, '\\$&').replace('Rp ', '(Rp|IDR) ?')),
        );
        await payByCard(page);
        await heading(page, 'Paid. Thank you!').waitFor();
        expect(await main(page)).toContain(sum);
        expect(await charged()).toEqual(paid);
      },
    );

    test.each([
      ['consultations', () => `?consultation=${patient.consultation_id}`, 'Rp 50.00'],
      ['products', () => '?product=monthly-plan', 'Rp 150,000.00'],
    ])('%s slow to load: no PAY button without its amount', async (list, query, sum) => {
      let answer = (): void => undefined;
      const asked = new Promise<void>((resolve) => (answer = resolve));
      await context.route(`**/api/v1/${list}*`, async (route) => {
        await asked;
        await route.continue();
      });
      const page = await openAs(context, stack, patient, query());
      await page.getByRole('heading', { name: 'Summary' }).waitFor();
      expect(await main(page)).not.toContain('Choose what to pay for.');
      expect(await payButton(page).count()).toBe(0);
      answer();
      await payButton(page).waitFor();
      expect(await main(page)).toContain(sum);
    });

    test('the page of the payment: no link to the old hosted page, the new amount, and a button to pay it', async () => {
      const old = (await create(stack, patient)).body.data;
      await change({ fee: 4_000 });
      const page = await openAs(context, stack, patient, `?payment=${old.payment_id}&left=1`);
      await page.getByText('The price has changed').waitFor();
      expect(await main(page)).toContain('New price: Rp 40.00');
      expect(await main(page)).not.toContain('continue with another card');
      expect(await page.getByRole('link', { name: 'Continue to the payment page' }).count()).toBe(0);
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('link', { name: 'Pay the new price' }).click();
      await payButton(page).click();
      await payByCard(page);
      await heading(page, 'Paid. Thank you!').waitFor();
      expect(await charged()).toEqual([4_000]);
    });

    test('a pending payment by bank keeps its amount, in the list too', async () => {
      await create(stack, patient, undefined, 'bank_transfer');
      await change({ fee: 4_000 });
      const page = await openAs(context, stack, patient, `?consultation=${patient.consultation_id}`);
      await payButton(page).waitFor();
      expect(await main(page)).toContain('Rp 50.00');
      expect(await main(page)).not.toContain('Rp 40.00');
      await payButton(page).click();
      await page.getByText('You already started this payment.').waitFor();
      expect(await main(page)).toMatch(/It hasn’t been paid yet\.[^]*Rp 50\.00/);
      expect(await main(page)).toMatch(/You won’t be charged twice\.\s+Rp 50\.00/);
      expect(await main(page)).not.toContain('Rp 40.00');
    });

    test('closed while its hosted page could not be expired: says so in Indonesian, without a pay button', async () => {
      await stack.simulator.sim('faults', { reset: { path: '/v1/checkout/sessions/*/expire' } });
      const old = (await create(stack, patient)).body.data;
      await change({ status: 'closed' });
      expect(await statusOf(old.payment_id)).toBe('pending');
      const indonesian = await browser.person({ locale: 'id-ID' });
      try {
        const page = await openAs(indonesian, stack, patient, `?payment=${old.payment_id}`);
        await page
          .getByText('Tidak dapat dibayar lagi. Jika ada uang yang masuk, dananya dikembalikan secara otomatis.')
          .waitFor();
        expect(await page.getByRole('link', { name: 'Lanjutkan ke halaman pembayaran' }).count()).toBe(0);
      } finally {
        await indonesian.close();
      }
    });
  });

  describe('the console abandons stuck payments', () => {
    const END = 'End without Stripe…';
    const gone = () => stack.simulator.sim('faults', { reset: { path: '*' } });
    const whenStripeIsGone = async (id: number, options = {}) => {
      const page = await openConsole(await personOf(options), stack, staff.token, `/payments/${id}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    };
    const personOf = async (options: object) => (Object.keys(options).length === 0 ? context : browser.person(options));

    test('a processing payment: the dialog states the risk, Stripe’s answer decides, and late money is refunded once', async () => {
      const { payment_id, checkout } = (await create(stack, patient)).body.data;
      await stack.simulator.sim(`sessions/${checkout.session_id}/pay`, { outcome: 'async_pending' });
      const page = await whenStripeIsGone(payment_id);
      await page.getByRole('button', { name: END }).click();
      const dialog = page.getByRole('dialog', { name: 'End this payment without Stripe?' });
      expect(await dialog.innerText()).toContain(
        'Money may still arrive for it; it is refunded automatically once Stripe answers.',
      );
      expect(await seriousFaults(page)).toEqual([]);
      const now = dialog.getByRole('button', { name: 'End payment' });
      expect(await now.isDisabled()).toBe(true);
      await dialog.getByLabel('Reason').fill('The account at Stripe is closed');

      // Stripe still answers: its money is on its way, and nothing is ended.
      await now.click();
      await dialog.getByText('is processing').waitFor();
      expect(await statusOf(payment_id)).toBe('pending');

      await gone();
      await now.click();
      await page.getByText('The payment is cancelled without Stripe’s confirmation.').waitFor();
      expect(await statusOf(payment_id)).toBe('cancelled');
      await page.getByText('staff ended it without Stripe').waitFor();
      expect(await page.getByRole('button', { name: END }).count()).toBe(0);

      await stack.simulator.sim('faults', {});
      await stack.simulator.sim(`sessions/${checkout.session_id}/pay`, { outcome: 'async_succeeded' });
      await eventually(async () => {
        const rows = await stack.database.query<{ n: number }>(
          'SELECT count(*)::int AS n FROM refunds WHERE payment_id = $1 AND automatic',
          [payment_id],
        );
        return rows[0]!.n === 1;
      }, 'its money goes back');
    });

    test('an open page: offered only after a cancellation got no answer', async () => {
      const { payment_id } = (await create(stack, patient)).body.data;
      const page = await whenStripeIsGone(payment_id);
      await page.getByRole('button', { name: 'Cancel payment…' }).waitFor();
      expect(await page.getByRole('button', { name: END }).count()).toBe(0);
      await gone();
      await page.clock.install();
      await page.getByRole('button', { name: 'Cancel payment…' }).click();
      const cancelling = page.getByRole('dialog');
      // The pauses between the client's tries pass; the time that the server needs for its answer does not.
      let underWay = 0;
      page.on('request', () => (underWay += 1));
      page.on('requestfinished', () => (underWay -= 1));
      page.on('requestfailed', () => (underWay -= 1));
      await cancelling.getByRole('button', { name: 'Cancel payment' }).click();
      await eventually(async () => {
        if (underWay === 0) await page.clock.runFor(1_000);
        return cancelling.getByText('Stripe gives no clear answer').isVisible();
      }, 'it is told that Stripe is away');
      await cancelling.getByRole('button', { name: 'Back' }).click();
      await page.getByRole('button', { name: END }).click();
      await page.getByRole('dialog').getByLabel('Reason').fill('The key was revoked');
      await page.getByRole('dialog').getByRole('button', { name: 'End payment' }).click();
      await page.getByText('The payment is cancelled without Stripe’s confirmation.').waitFor();
      expect(await statusOf(payment_id)).toBe('cancelled');
    });

    test('not offered for completed payments, nor for bank payments; the same in Indonesian', async () => {
      // The breaker still answers for Stripe for a moment.
      const { payment_id, checkout } = (await untilAnswered(() => create(stack, patient))).body.data;
      await stack.simulator.sim(`sessions/${checkout.session_id}/pay`, { outcome: 'async_pending' });
      const indonesian = await whenStripeIsGone(payment_id, { locale: 'id-ID' });
      await indonesian.getByRole('button', { name: 'Akhiri tanpa Stripe…' }).click();
      expect(await indonesian.getByRole('dialog').innerText()).toContain(
        'Uangnya mungkin masih tiba; uang itu dikembalikan secara otomatis setelah Stripe menjawab.',
      );
      await indonesian.context().close();

      await stack.simulator.sim(`sessions/${checkout.session_id}/pay`, { outcome: 'async_succeeded' });
      await eventually(async () => (await statusOf(payment_id)) === 'completed', 'it is paid');
      const paid = await whenStripeIsGone(payment_id);
      await paid.getByRole('button', { name: 'Refund…' }).waitFor();
      expect(await paid.getByRole('button', { name: END }).count()).toBe(0);
      patient = await stack.patient();
      const bank = (await create<Schemas['NewPayment']>(stack, patient, undefined, 'bank_transfer')).body.data;
      const byBank = await whenStripeIsGone(bank.payment_id);
      await byBank.getByRole('button', { name: 'Cancel payment…' }).waitFor();
      expect(await byBank.getByRole('button', { name: END }).count()).toBe(0);
    });
  });
});
