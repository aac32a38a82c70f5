import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { BrowserContext, Page } from 'playwright-core';
import { held } from '../simulator/support/held.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createPerson, type Person } from '../support/people.js';
import { describeInBrowser, startBrowser, type TestBrowser } from './support/browser.js';
import { create, givenBack, letStripeTell, openConsole, paid, payAtStripe, untilLive } from './support/console.js';
import { heading, openAs, type Patient, payButton, type PayStack, startPayStack } from './support/pay-stack.js';

/** What the pages say about money, compared with Stripe and our own rows. */
describeInBrowser('statements about money are true', () => {
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
    context = await browser.person();
  });
  afterEach(async () => {
    await stack.simulator.sim('faults', {});
    await context.close();
  });

  /** As the worker does to a payment not paid in time. */
  const expire = (id: number) =>
    stack.database.query(
      `WITH i AS (UPDATE invoices SET status = 'void' WHERE payment_id = $1),
            t AS (UPDATE tax_records SET status = 'void' WHERE payment_id = $1)
       UPDATE payments SET status = 'expired' WHERE id = $1`,
      [id],
    );
  const stripeAway = () => stack.simulator.sim('faults', { error_500: { path: '/v1/*', method: 'GET' } });
  const main = (page: Page) => page.locator('main').innerText();
  const NOTHING_CHARGED = /nothing (was|has been) charged|(haven’t been|weren’t) charged/i;

  describe('shown to the payer', () => {
    test.each(['pending', 'completed'])('paid too late, when another payment is %s: refunded', async (other) => {
      await letStripeTell(stack, false);
      const first = (await create(stack, patient)).body.data;
      await payAtStripe(stack, first.checkout.session_id);
      await expire(first.payment_id);
      const second = (await create(stack, patient, 'another')).body.data;
      if (other === 'completed') {
        const transaction_id = second.checkout.session_id;
        await payAtStripe(stack, transaction_id);
        await ask(stack.url, `/api/v1/payments/${second.payment_id}/confirm`, {
          token: patient.token,
          body: { transaction_id },
        });
      }
      const query = `?payment=${first.payment_id}&session_id=${first.checkout.session_id}`;
      const page = await openAs(context, stack, patient, query);
      await heading(page, 'Payment expired').waitFor();
      await page.getByText('was refunded to you').waitFor();
      expect(await main(page)).not.toMatch(NOTHING_CHARGED);
      expect((await givenBack(stack, first.payment_id)).stripe).toEqual([5_000]);
    });

    test.each([
      ['back from the page', 'session_id'],
      ['having left it', 'left'],
    ])('paid, %s, while Stripe is unavailable: says so, and offers no pay button', async (_, how) => {
      await letStripeTell(stack, false);
      const first = (await create(stack, patient)).body.data;
      await payAtStripe(stack, first.checkout.session_id);
      await stripeAway();
      await context.clock.install();
      const more = how === 'left' ? 'left=1' : `session_id=${first.checkout.session_id}`;
      const page = await openAs(context, stack, patient, `?payment=${first.payment_id}&${more}`);
      // The pauses between the client's tries.
      await eventually(async () => {
        await page.clock.runFor(4_000);
        return heading(page, 'We couldn’t check your payment yet').isVisible();
      }, 'it is told');
      expect(await main(page)).not.toMatch(NOTHING_CHARGED);
      expect(await page.getByRole('link', { name: 'Continue to the payment page' }).count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Cancel this payment' }).count()).toBe(0);
      await stack.simulator.sim('faults', {});
      await page.getByRole('button', { name: 'Check again' }).click();
      await heading(page, 'Paid. Thank you!').waitFor();
      expect((await stack.money(patient.consultation_id)).charged).toEqual([5_000]);
    });

    test.each(['{CHECKOUT_SESSION_ID}', 'cs_test_unknown', 'of another payment'])(
      'back from the page with a session that is not the payment’s, %s: the provider counts as reached',
      async (given) => {
        await letStripeTell(stack, false);
        const { payment_id } = (await create(stack, patient)).body.data;
        await ask(stack.url, `/api/v1/payments/${payment_id}/cancel`, { token: patient.token, body: {} });
        const other = (await create(stack, patient, 'another')).body.data.checkout.session_id;
        await payAtStripe(stack, other);
        const session_id = encodeURIComponent(given === 'of another payment' ? other : given);
        const page = await openAs(context, stack, patient, `?payment=${payment_id}&session_id=${session_id}`);
        await heading(page, 'Payment cancelled').waitFor();
        await page.getByText('Nothing was charged. You can pay again at any time.').waitFor();
        expect(await page.getByRole('alert').count()).toBe(0);
      },
    );

    test('a processing payment, opened from a stale list: shown as such, without a pay button', async () => {
      await letStripeTell(stack, false);
      const page = await openAs(context, stack, patient, `?consultation=${patient.consultation_id}`);
      await payButton(page).waitFor();
      const { payment_id, checkout } = (await create(stack, patient)).body.data;
      await stack.simulator.sim(`sessions/${checkout.session_id}/pay`, { outcome: 'async_pending' });
      await ask(stack.url, `/api/v1/payments/${payment_id}/confirm`, {
        token: patient.token,
        body: { transaction_id: checkout.session_id },
      });
      await payButton(page).click();
      await page.getByText('The payment is processing').waitFor();
      expect(await main(page)).not.toMatch(/n[o’]t been paid/);
      // A current list shows it, and links to the payment instead of offering another one.
      await page.reload();
      await page.getByText('Processing').first().waitFor();
      expect(await payButton(page).count()).toBe(0);
      await page.getByRole('link', { name: 'See the payment' }).click();
      await heading(page, 'Your payment is processing').waitFor();
    });

    test('a consultation whose price changed since it was listed: the new amount is stated, and can be paid', async () => {
      await letStripeTell(stack, true);
      const page = await openAs(context, stack, patient, `?consultation=${patient.consultation_id}`);
      await page.getByText('Rp 50.00').last().waitFor();
      await stack.database.query('UPDATE consultations SET fee = 7500 WHERE id = $1', [patient.consultation_id]);
      await payButton(page).click();
      await page.getByText('The price has changed. It is now Rp 75.00.').waitFor();
      expect(await main(page)).not.toMatch(/Rp 50\.00|minor units/);
      await payButton(page).click();
      await page.waitForURL((url) => !url.href.startsWith(stack.url));
    });

    test('a refund that bounced after another payment took the place: shown as owed, not "refunded"', async () => {
      await letStripeTell(stack, true);
      const id = await paid(stack, patient);
      const refunded = await ask<Schemas['RefundedPayment']>(stack.url, `/api/v1/payments/${id}/refund`, {
        token: staff.token,
        body: { reason: 'x' },
      });
      const second = (await create(stack, patient, 'another')).body.data;
      await payAtStripe(stack, second.checkout.session_id);
      await stack.simulator.sim(`refunds/${refunded.body.data.refund.transaction_id}/settle`, { outcome: 'failed' });
      await eventually(async () => (await givenBack(stack, id)).ours.includes('failed 5000'), 'it has failed');
      const page = await openAs(context, stack, patient, `?payment=${id}`);
      await heading(page, 'Refund still owed to you').waitFor();
      await page.getByText('Refund owed').waitFor();
      expect(await main(page)).not.toMatch(/was refunded to you/);
    });

    test.each([
      ['failed', 'We still have the money', 0],
      ['pending', 'being refunded to you', 0],
      ['succeeded', 'was refunded to you', 1],
    ])(
      'a late payment whose refund is %s, opened later from the list: never "nothing was charged"',
      async (outcome, told, again) => {
        await letStripeTell(stack, true);
        const first = (await create(stack, patient)).body.data;
        await expire(first.payment_id);
        await create(stack, patient, 'another', 'bank_transfer');
        await stack.simulator.sim('refunds/next', { outcome });
        await payAtStripe(stack, first.checkout.session_id);
        const isTold = async () => (await givenBack(stack, first.payment_id)).ours.includes(`${outcome} 5000`);
        await eventually(isTold, 'it goes, or has gone');
        const page = await openAs(context, stack, patient, `?payment=${first.payment_id}`);
        await page.getByText('We received Rp 50.00 after this payment had closed.').waitFor();
        expect(await main(page)).toContain(told);
        expect(await main(page)).not.toMatch(NOTHING_CHARGED);
        expect(await page.getByRole('link', { name: 'Pay again' }).count()).toBe(again);
      },
    );

    test('a product whose price rose since it was listed: asks for confirmation before redirecting', async () => {
      await letStripeTell(stack, false);
      const page = await openAs(context, stack, patient, '?product=monthly-plan');
      await payButton(page).waitFor();
      await page.getByText('Rp 150,000.00').first().waitFor();
      await stack.database.query(`UPDATE products SET price = price * 3 WHERE id = 'monthly-plan'`);
      try {
        await payButton(page).click();
        await page.getByText('The price has changed').waitFor();
        expect(page.url()).toContain('/pay?product=monthly-plan');
        expect((await main(page)).replaceAll('\u00a0', ' ')).toContain('Rp 450,000.00');
        const go = page.getByRole('link', { name: 'Continue to the payment page' });
        expect(await go.getAttribute('href')).toContain('/c/pay/');
      } finally {
        await stack.database.query(`UPDATE products SET price = price / 3 WHERE id = 'monthly-plan'`);
      }
    });

    test('staff confirm a transfer while the page is open: the receipt appears, however long that took', async () => {
      const page = await openAs(context, stack, patient);
      const { payment_id } = (await create<Schemas['NewPayment']>(stack, patient, undefined, 'bank_transfer')).body
        .data;
      await page.clock.install();
      await page.goto(`${stack.url}/pay?payment=${payment_id}`);
      await heading(page, 'Transfer the money').waitFor();
      await page.clock.runFor(10 * 60_000);
      await ask(stack.url, `/api/v1/payments/${payment_id}/confirm`, {
        token: staff.token,
        body: { transaction_id: `BCA-${payment_id}` },
      });
      await page.clock.runFor(30_000);
      await heading(page, 'Paid. Thank you!').waitFor();
    });

    test('a failed refund is shown as failed, not as if there had been none', async () => {
      await letStripeTell(stack, true);
      const id = await paid(stack, patient);
      const { body } = await ask<Schemas['RefundedPayment']>(stack.url, `/api/v1/payments/${id}/refund`, {
        token: staff.token,
        body: { amount: 2_000, reason: 'too late' },
      });
      const page = await openAs(context, stack, patient, `?payment=${id}`);
      await heading(page, 'Partially refunded').waitFor();
      await stack.simulator.sim(`refunds/${body.data.refund.transaction_id}/settle`, { outcome: 'failed' });
      await eventually(async () => (await givenBack(stack, id)).ours.includes('failed 2000'), 'it has failed');
      await page.reload();
      await heading(page, 'Paid. Thank you!').waitFor();
      await page.getByText('A refund to you failed. We still have the money').waitFor();
      const console = await openConsole(context, stack, staff.token, `/payments/${id}`);
      await console.getByText('a refund failed, and the money is back with us').waitFor();
      expect((await givenBack(stack, id)).stripe).toEqual([]);
    });

    test('a cancelled bank transfer: the page does not claim that no money was sent', async () => {
      const { payment_id } = (await create<Schemas['NewPayment']>(stack, patient, undefined, 'bank_transfer')).body
        .data;
      const page = await openAs(context, stack, patient, `?payment=${payment_id}`);
      await page.getByRole('button', { name: 'Cancel this payment' }).click();
      await page.getByText('Don’t cancel if you’ve already sent the money.').waitFor();
      await page.getByRole('button', { name: 'Yes, cancel' }).click();
      await heading(page, 'Payment cancelled').waitFor();
      expect(await main(page)).not.toMatch(NOTHING_CHARGED);
      await page.getByText('tell your clinic before you pay again').waitFor();
    });

    test('paid in another tab, then cancelled in this one: shown as paid', async () => {
      await letStripeTell(stack, false);
      const { payment_id, checkout } = (await create(stack, patient)).body.data;
      const page = await openAs(context, stack, patient, `?payment=${payment_id}`);
      await page.getByRole('button', { name: 'Cancel this payment' }).click();
      await payAtStripe(stack, checkout.session_id);
      await page.getByRole('button', { name: 'Yes, cancel' }).click();
      await heading(page, 'Paid. Thank you!').waitFor();
      await page.getByText('It was paid before it could be cancelled.').waitFor();
      expect((await stack.money(patient.consultation_id)).charged).toEqual([5_000]);
    });
  });

  test('a dispute decided for the payer: shown to them, and to staff with nothing left to refund', async () => {
    await letStripeTell(stack, true);
    const id = await paid(stack, patient);
    const [charge] = await stack.database.query<{ transaction_id: string }>(
      'SELECT transaction_id FROM charges WHERE payment_id = $1',
      [id],
    );
    const dispute = await stack.simulator.sim<{ id: string }>('disputes', {
      payment_intent: charge!.transaction_id,
      amount: 3_000,
    });
    const stateIs = (state: string) =>
      eventually(async () => {
        const { body } = await ask<Schemas['WholePayment']>(stack.url, `/api/v1/payments/${id}`, {
          token: staff.token,
        });
        return body.data.payment.dispute?.state === state;
      }, `the dispute is ${state}`);
    await stateIs('open');
    const page = await openAs(context, stack, patient, `?payment=${id}`);
    await page.getByText('This payment is disputed; your bank decides the outcome.').waitFor();
    const console = await openConsole(context, stack, staff.token, `/payments/${id}`);
    await console.getByText('No refunds yet.').waitFor();
    expect(await main(console)).not.toMatch(/can still be (given|refunded)/);
    expect(await console.getByRole('button', { name: 'Refund…' }).count()).toBe(0);
    await stack.simulator.sim(`disputes/${dispute.id}/close`, { status: 'lost' });
    await stateIs('lost');
    await page.reload();
    await page.getByText('returned the disputed money to you').waitFor();
    expect(await main(page)).not.toContain('your bank decides the outcome');
    await console.getByText('Charged back').waitFor();
    expect(await main(console)).not.toMatch(/can still be (given|refunded)/);
  });

  describe('shown to staff', () => {
    test('a refund by hand without a reference is shown as reserved until it is settled', async () => {
      const { payment_id } = (await create<Schemas['NewPayment']>(stack, patient, undefined, 'bank_transfer')).body
        .data;
      await ask(stack.url, `/api/v1/payments/${payment_id}/confirm`, {
        token: staff.token,
        body: { transaction_id: `BCA-IN-${payment_id}` },
      });
      const page = await openConsole(context, stack, staff.token, `/payments/${payment_id}`);
      await untilLive(page);
      await refundOf(page);
      await page.getByRole('button', { name: /^Reserve Rp/ }).click();
      await dialogGone(page);
      await page.getByText('The refund is reserved. Pay it back by hand, then settle it below.').waitFor();
      expect(await page.getByText('Refund submitted').count()).toBe(0);
      expect((await givenBack(stack, payment_id)).ours).toEqual(['pending 2000']);
      await page.reload();
      await page.getByText('To be paid back by hand').waitFor();
      const receipt = await openAs(context, stack, patient, `?payment=${payment_id}`);
      await receipt.getByText('Your clinic will refund Rp 20.00 to you by bank transfer.').waitFor();
      const list = await openConsole(context, stack, staff.token, '/refunds');
      await list.getByRole('row', { name: /Reserved.*too late/ }).waitFor();
      await page.getByRole('button', { name: 'Settle…' }).click();
      await page.getByLabel('Transaction reference').fill('BCA OUT');
      await page.getByRole('button', { name: 'Settle refund' }).click();
      await page.getByText('The reference must have 1 to 255 letters, digits or signs, without spaces.').waitFor();
      await page.getByLabel('Transaction reference').fill(` BCA-OUT-${payment_id} `);
      await page.getByRole('button', { name: 'Settle refund' }).click();
      await page.getByText('The refund is settled.').waitFor();
      expect((await givenBack(stack, payment_id)).ours).toEqual(['succeeded 2000']);
    });

    const refundOf = async (page: Page, amount = '20.00') => {
      await page.getByRole('button', { name: 'Refund…' }).click();
      await page.getByLabel('Amount in IDR').fill(amount);
      await page.getByLabel('Reason').fill('too late');
    };
    const press = (page: Page) => page.getByRole('button', { name: /^Refund Rp/ }).click();
    /** A refund that Stripe has made and has not answered yet. */
    const refundUnderWay = async () => {
      await letStripeTell(stack, true);
      const id = await paid(stack, patient);
      const page = await openConsole(context, stack, staff.token, `/payments/${id}`);
      await untilLive(page);
      await refundOf(page);
      await stack.simulator.sim('faults', { hold: { path: '/v1/refunds', method: 'POST', when: 'after' } });
      await press(page);
      await held(stack.simulator, 1);
      return { id, page };
    };
    /** The page is reloaded before the answer arrives. */
    const comesTrueWithout = async (page: Page) => {
      await page.reload();
      await stack.simulator.sim('faults/release', {});
      await page.getByRole('row', { name: /Succeeded.*too late/ }).waitFor();
    };
    const dialogGone = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' });

    test('a transfer confirmed after another payment took the place: refused, with the reason', async () => {
      const { payment_id } = (await create<Schemas['NewPayment']>(stack, patient, undefined, 'bank_transfer')).body
        .data;
      const page = await openConsole(context, stack, staff.token, `/payments/${payment_id}`);
      await untilLive(page);
      await page.getByRole('button', { name: 'Confirm payment…' }).click();
      await page.getByLabel('Transaction reference').fill(`BCA-${payment_id}`);
      await expire(payment_id);
      await create(stack, patient, 'another', 'bank_transfer');
      await page.getByRole('button', { name: 'Confirm payment', exact: true }).click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
      expect(await page.getByText('The payment is confirmed').count()).toBe(0);
      expect((await stack.money(patient.consultation_id)).received).toEqual([]);
    });

    test('two staff members with the same refund open: the second is asked whether it is another one', async () => {
      await letStripeTell(stack, true);
      const id = await paid(stack, patient);
      const colleague = await createPerson(stack.database, 'staff');
      const other = await browser.person();
      try {
        const first = await openConsole(context, stack, staff.token, `/payments/${id}`);
        const second = await openConsole(other, stack, colleague.token, `/payments/${id}`);
        // Independent of the clock of their machine.
        await second.clock.setFixedTime(Date.now() + 3_600_000);
        for (const page of [first, second]) {
          await untilLive(page);
          await refundOf(page);
        }
        await second.getByLabel('Reason').fill('came too late');
        await press(first);
        await dialogGone(first);
        await second.getByLabel('Yes, refund again').waitFor();
        expect(await second.getByRole('button', { name: /^Refund Rp/ }).isDisabled()).toBe(true);
        expect((await givenBack(stack, id)).stripe).toEqual([2_000]);
      } finally {
        await other.close();
      }
    });

    test('a refund in progress keeps its dialog open; after a lost page a deliberate second refund is one refund', async () => {
      const { id, page } = await refundUnderWay();
      expect(await page.getByRole('button', { name: 'Back' }).isDisabled()).toBe(true);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor();
      // The page is lost all the same: closed, or crashed.
      await comesTrueWithout(page);
      await refundOf(page);
      await page.getByLabel('Yes, refund again').check();
      await press(page);
      await dialogGone(page);
      expect((await givenBack(stack, id)).stripe).toEqual([2_000, 2_000]);
      await page.getByText('Refund submitted').waitFor();
    });

    test.each(['its reason', 'its amount', 'nothing'])(
      'no answer, and the page cannot be read: with %s changed, the outcome of the first refund is determined first',
      async (changed) => {
        await letStripeTell(stack, true);
        await context.clock.install();
        const id = await paid(stack, patient);
        const page = await openConsole(context, stack, staff.token, `/payments/${id}`);
        await untilLive(page);
        await refundOf(page);
        let isAway = true;
        const lose: Parameters<Page['route']>[1] = async (route) => {
          if (!isAway) return route.continue();
          // It arrives; its answer does not.
          await route.fetch().catch(() => undefined);
          await route.abort().catch(() => undefined);
        };
        for (const path of ['**/refund', '**/refunds?*', '**/timeline**', '**/ops/payments?*'])
          await page.route(path, lose);
        await press(page);
        // It has tried again and again meanwhile.
        const isGivenUp = async () => {
          await page.clock.fastForward(5_000);
          return page.getByRole('dialog').getByText('No answer.').isVisible();
        };
        await eventually(isGivenUp, 'nobody answers');
        expect((await givenBack(stack, id)).stripe).toEqual([2_000]);
        if (changed === 'its reason') await page.getByLabel('Reason').fill('came too late');
        if (changed === 'its amount') await page.getByLabel('Amount in IDR').fill('15.00');
        if (changed !== 'nothing') {
          // The outcome cannot be determined: nothing is sent, also after closing and opening the dialog.
          await press(page);
          await eventually(async () => {
            await page.clock.fastForward(5_000);
            return page.getByRole('dialog').getByRole('alert').isVisible();
          }, 'it cannot be read');
          await page.getByRole('button', { name: 'Back', exact: true }).click();
          await refundOf(page, changed === 'its amount' ? '15.00' : '20.00');
          await page.getByLabel('Reason').fill('came too late');
        }
        isAway = false;
        await press(page);
        await dialogGone(page);
        await page.getByText(changed === 'nothing' ? 'Refund submitted' : 'This refund was already made').waitFor();
        expect((await givenBack(stack, id)).stripe).toEqual([2_000]);
      },
    );

    test('no answer, while the list shows that it was made: another amount is not sent before that is shown', async () => {
      await letStripeTell(stack, true);
      await context.clock.install();
      const id = await paid(stack, patient);
      const page = await openConsole(context, stack, staff.token, `/payments/${id}`);
      await untilLive(page);
      await refundOf(page);
      await page.route('**/refund', async (route) => {
        await route.fetch().catch(() => undefined);
        await route.abort().catch(() => undefined);
      });
      await press(page);
      const isGivenUp = async () => {
        await page.clock.fastForward(5_000);
        return page.getByRole('dialog').getByText('No answer.').isVisible();
      };
      await eventually(isGivenUp, 'nobody answers');
      await page
        .getByText(/Succeeded/)
        .first()
        .waitFor();
      await page.unroute('**/refund');
      await page.getByLabel('Amount in IDR').fill('15.00');
      await press(page);
      await dialogGone(page);
      await page.getByText('This refund was already made').waitFor();
      expect((await givenBack(stack, id)).stripe).toEqual([2_000]);
    });

    test('reserved by hand over a slow connection: shown as reserved, whenever the list arrives', async () => {
      const { payment_id } = (await create<Schemas['NewPayment']>(stack, patient, undefined, 'bank_transfer')).body
        .data;
      await ask(stack.url, `/api/v1/payments/${payment_id}/confirm`, {
        token: staff.token,
        body: { transaction_id: `BCA-SLOW-${payment_id}` },
      });
      const page = await openConsole(context, stack, staff.token, `/payments/${payment_id}`);
      await untilLive(page);
      await refundOf(page);
      let letGo: () => void = () => undefined;
      const until = new Promise<void>((resolve) => (letGo = resolve));
      await page.route('**/timeline**', async (route) => {
        await until;
        await route.continue();
      });
      await page.getByRole('button', { name: /^Reserve Rp/ }).click();
      await dialogGone(page);
      await page.getByText('The refund is reserved. Pay it back by hand').waitFor();
      letGo();
      await page.getByRole('row', { name: /Reserved.*too late/ }).waitFor();
      await page.getByText('The refund is reserved. Pay it back by hand').waitFor();
      expect(await page.getByText('This refund was already made').count()).toBe(0);
    });

    test('the replayed answer of an earlier refund is not shown as a new one', async () => {
      const { id, page } = await refundUnderWay();
      await comesTrueWithout(page);
      // Long enough ago that no confirmation of a second refund is asked for.
      const anHourLater: Parameters<Page['route']>[1] = async (route) => {
        const answer = await route.fetch();
        const json = await answer.json();
        json.data.as_of = new Date(Date.parse(json.data.as_of) + 3_600_000).toISOString();
        await route.fulfill({ response: answer, json });
      };
      // Requests still running when the page closes have no page to answer to.
      await page.route('**/refunds?*', (route, request) =>
        Promise.resolve(anHourLater(route, request)).catch(() => undefined),
      );
      await page.reload();
      await refundOf(page);
      await press(page);
      await dialogGone(page);
      await page.getByText('This refund was already made').waitFor();
      expect((await givenBack(stack, id)).stripe).toEqual([2_000]);
    });

    test('the amount owed after a failed refund can be refunded here', async () => {
      await letStripeTell(stack, true);
      const id = await paid(stack, patient);
      const refunded = await ask<Schemas['RefundedPayment']>(stack.url, `/api/v1/payments/${id}/refund`, {
        token: staff.token,
        body: { reason: 'x' },
      });
      const second = (await create(stack, patient, 'another')).body.data;
      await payAtStripe(stack, second.checkout.session_id);
      const { transaction_id } = refunded.body.data.refund;
      await stack.simulator.sim(`refunds/${transaction_id}/settle`, { outcome: 'failed' });
      await eventually(async () => {
        const { body } = await ask<Schemas['WholePayment']>(stack.url, `/api/v1/payments/${id}`, {
          token: staff.token,
        });
        return body.data.payment.refund_owed === 5_000;
      }, 'it is owed');
      const page = await openConsole(context, stack, staff.token, `/payments/${id}`);
      await untilLive(page);
      await refundOf(page, '50.00');
      await press(page);
      await dialogGone(page);
      expect((await givenBack(stack, id)).stripe).toEqual([5_000]);
      const { body } = await ask<Schemas['WholePayment']>(stack.url, `/api/v1/payments/${id}`, { token: staff.token });
      expect(body.data.payment).toMatchObject({ status: 'refunded', refund_owed: 0 });
    });
  });
});
