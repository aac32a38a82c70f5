import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createPerson, type Person } from '../support/people.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from '../web/support/browser.js';
import { counted, create, expire, openConsole, paidUnheard, quarantined, untilLive } from '../web/support/console.js';
import { heading, openAs, type Patient, payButton, type PayStack, startPayStack } from '../web/support/pay-stack.js';

/** Money that does not match its payment: what staff decide, and what its payer sees meanwhile. */
describeInBrowser('money that does not match the amount due', () => {
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

  type Of = Awaited<ReturnType<typeof paidUnheard>>;
  /** Stripe has taken the whole amount; the row says what an event said. */
  async function unmatched(amount?: number, currency?: string): Promise<Of & { charge_id: number }> {
    const of = await paidUnheard(stack, patient);
    return { ...of, charge_id: await quarantined(stack, of, amount, currency) };
  }
  const textOf = async (page: Page) => (await page.locator('main').innerText()).replace(/\s+/g, ' ');
  const dialogGone = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' });
  const rowOf = (page: Page, { payment_id }: Of) =>
    page.getByRole('row').filter({ has: page.getByRole('link', { name: `Payment ${payment_id}`, exact: true }) });
  const openList = async () => {
    const page = await openConsole(context, stack, staff.token, '/refunds?show=quarantined');
    await untilLive(page);
    return page;
  };
  const openPayment = async ({ payment_id }: Of) => {
    const page = await openConsole(context, stack, staff.token, `/payments/${payment_id}`);
    await untilLive(page);
    return page;
  };
  const twice = (button: any) => {
    button.click();
    button.form.requestSubmit();
    button.click();
  };
  const ARRIVED = 'Rp 44.00 arrived but doesn’t match the amount due';
  const UNTOUCHED = { payment: 'pending 0', charges: ['quarantined 4400 idr 0'], refunds: [] };

  describe('staff decide', () => {
    test('accept with a double click: Stripe states the amount due, and the payment completes once', async () => {
      const of = await unmatched(32, 'usd');
      const page = await openList();
      await rowOf(page, of).getByText('Needs review').waitFor();
      await rowOf(page, of).getByRole('button', { name: 'Accept…' }).click();
      await page.getByText('If that is the amount due, the payment is completed; otherwise nothing changes.').waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'Accept money' }).evaluate(twice);
      await dialogGone(page);
      await page.getByText('The money is accepted, and the payment is completed.').waitFor();
      await rowOf(page, of).waitFor({ state: 'detached' });
      expect(await counted(stack, of)).toEqual({
        payment: 'completed 0',
        charges: ['accepted 5000 idr 0'],
        refunds: [],
        stripe: { charged: [5_000], refunded: [] },
      });
    });

    test('accept, for a closed payment while another is open: refused with amounts', async () => {
      const of = await unmatched(32, 'usd');
      await expire(stack, of.payment_id);
      await create(stack, patient, 'another', 'bank_transfer');
      const page = await openPayment(of);
      await page.getByRole('button', { name: 'Accept…' }).click();
      await page.getByRole('button', { name: 'Accept money' }).click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
      expect((await page.getByRole('dialog').innerText()).replace(/\s+/g, ' ')).toContain(
        'This money can’t complete the payment: Rp 50.00 arrived, the amount due is Rp 50.00, and the payment is expired. Refund it, or mark it as settled elsewhere.',
      );
      expect(await counted(stack, of)).toMatchObject({ payment: 'expired 0', charges: ['quarantined 32 usd 0'] });
    });

    test('refund a part and then the rest on the payment’s page: Stripe refunds exactly that, and the charge is released', async () => {
      const of = await unmatched();
      const page = await openPayment(of);
      await page.getByRole('heading', { name: 'Why is my payment not complete?' }).waitFor();
      await eventually(async () => (await textOf(page)).includes(`${ARRIVED}; staff must review it.`), 'why is said');
      expect(await textOf(page)).not.toMatch(/not charged/i);
      const refund = async (amount: string | undefined) => {
        await page.getByRole('button', { name: 'Refund…' }).click();
        if (amount) await page.getByLabel('Amount in IDR').fill(amount);
        await page.getByLabel('Reason').fill('not the amount due');
        await page.getByRole('button', { name: /^Refund Rp/ }).evaluate(twice);
        await dialogGone(page);
      };
      await refund('4.00');
      await page.getByText('Rp 40.00 of it can still be refunded.').waitFor();
      expect(await page.getByRole('button', { name: 'Accept…' }).count()).toBe(0);
      expect(await counted(stack, of)).toMatchObject({
        charges: ['quarantined 4400 idr 400'],
        stripe: { refunded: ['succeeded 400'] },
      });
      await refund(undefined);
      await page.getByText('Not charged: Rp 44.00 arrived but didn’t match the amount due; it was refunded.').waitFor();
      expect(await page.getByRole('button', { name: 'Settled elsewhere…' }).count()).toBe(0);
      expect(await counted(stack, of)).toEqual({
        payment: 'pending 0',
        charges: ['returned 4400 idr 4400'],
        refunds: ['succeeded 400', 'succeeded 4000'],
        stripe: { charged: [5_000], refunded: ['succeeded 400', 'succeeded 4000'] },
      });
    });

    test('repeating the same partial refund needs a confirmation, also for another staff member', async () => {
      const of = await unmatched();
      const page = await openList();
      const fill = async () => {
        await rowOf(page, of).getByRole('button', { name: 'Refund…' }).click();
        await page.getByLabel('Amount in IDR').fill('4.00');
        await page.getByLabel('Reason').fill('a part');
      };
      await fill();
      await ask(stack.url, `/api/v1/ops/charges/${of.charge_id}/refund`, {
        token: staff.token,
        body: { amount: 400, reason: 'by somebody else' },
        headers: { 'idempotency-key': `colleague-${of.charge_id}` },
      });
      await page.getByLabel('Yes, refund again').waitFor();
      expect(await page.getByRole('button', { name: /^Refund Rp/ }).isDisabled()).toBe(true);
      expect((await counted(stack, of)).stripe.refunded).toEqual(['succeeded 400']);
    });

    test('refund with a lost answer: a further click repeats the same refund', async () => {
      const of = await unmatched();
      await context.clock.install();
      const page = await openList();
      await rowOf(page, of).getByRole('button', { name: 'Refund…' }).click();
      await page.getByLabel('Amount in IDR').fill('4.00');
      await page.getByLabel('Reason').fill('a part');
      await page.route('**/ops/charges/*/refund', async (route) => {
        // It arrives; its answer does not.
        await route.fetch().catch(() => undefined);
        await route.abort().catch(() => undefined);
      });
      await page.getByRole('button', { name: /^Refund Rp/ }).click();
      await eventually(async () => {
        await page.clock.fastForward(5_000);
        return page.getByRole('dialog').getByText('No answer.').isVisible();
      }, 'nobody answers');
      await page.unroute('**/ops/charges/*/refund');
      await page.getByLabel('Yes, refund again').check();
      await page.getByRole('button', { name: /^Refund Rp/ }).click();
      await dialogGone(page);
      await page.getByText('This refund was already made').waitFor();
      expect(await counted(stack, of)).toMatchObject({
        charges: ['quarantined 4400 idr 400'],
        refunds: ['succeeded 400'],
        stripe: { refunded: ['succeeded 400'] },
      });
    });

    test('settle elsewhere with a note: nothing moves at Stripe, and the timeline keeps the note', async () => {
      const of = await unmatched();
      const page = await openList();
      await rowOf(page, of).getByRole('button', { name: 'Settled elsewhere…' }).click();
      await page.getByText('Payonce will neither refund this money nor count it as paid.').waitFor();
      expect(await page.getByRole('button', { name: 'Mark as settled elsewhere' }).isDisabled()).toBe(true);
      await page.getByLabel('How it was settled').fill('Paid back in cash, receipt 17');
      await page.getByRole('button', { name: 'Mark as settled elsewhere' }).evaluate(twice);
      await dialogGone(page);
      await page.getByText('The money is marked as settled elsewhere.').waitFor();
      await page.getByRole('tab', { name: 'Settled elsewhere' }).click();
      await rowOf(page, of).getByText('Settled elsewhere').waitFor();
      expect(await rowOf(page, of).getByRole('button').count()).toBe(0);
      await rowOf(page, of).getByRole('link').click();
      await page.getByText('Rp 44.00 arrived but didn’t match the amount due; staff marked it as settled').waitFor();
      await page.getByRole('button', { name: /, Settled elsewhere, Database/ }).click();
      await page
        .getByRole('region', { name: 'Details of the step' })
        .getByText('Paid back in cash, receipt 17', { exact: true })
        .waitFor();
      expect(await counted(stack, of)).toEqual({
        payment: 'pending 0',
        charges: ['settled_elsewhere 4400 idr 0'],
        refunds: [],
        stripe: { charged: [5_000], refunded: [] },
      });
    });

    test('already decided by another staff member: refused with their decision, and the list is updated', async () => {
      const of = await unmatched();
      const page = await openList();
      await rowOf(page, of).getByRole('button', { name: 'Accept…' }).click();
      const note = 'with the patient';
      await ask(stack.url, `/api/v1/ops/charges/${of.charge_id}/settle-elsewhere`, {
        token: staff.token,
        body: { note },
        headers: { 'idempotency-key': `quicker-${of.charge_id}` },
      });
      await page.getByRole('button', { name: 'Accept money' }).click();
      await page.getByText('This money was already decided: settled elsewhere.').waitFor();
      await page.getByRole('button', { name: 'Back', exact: true }).click();
      await rowOf(page, of).waitFor({ state: 'detached' });
      expect(await counted(stack, of)).toMatchObject({
        charges: ['settled_elsewhere 4400 idr 0'],
        stripe: { refunded: [] },
      });
    });
  });

  test('on a phone, in Indonesian, dark and light: no serious axe finding, no horizontal overflow', async () => {
    const of = await unmatched();
    const telephone = await browser.person({ locale: 'id-ID', viewport: { width: 360, height: 740 } });
    const page = await openConsole(telephone, stack, staff.token, '/refunds?show=quarantined');
    const accept = () => page.getByRole('button', { name: 'Terima…' }).last();
    for (const path of ['/refunds?show=quarantined', `/payments/${of.payment_id}`]) {
      await page.goto(`${stack.url}/console${path}`);
      await accept().waitFor();
      for (const name of ['Terima…', 'Kembalikan…', 'Diselesaikan di tempat lain…']) {
        await page.getByRole('button', { name }).last().click();
        await page.getByRole('dialog').waitFor();
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect([path, name, colorScheme, await seriousFaults(page)]).toEqual([path, name, colorScheme, []]);
        }
        expect([path, name, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, name, 360]);
        await page.keyboard.press('Escape');
        await dialogGone(page);
      }
    }
    const person = await openAs(telephone, stack, patient, `?consultation=${patient.consultation_id}`);
    for (const path of [`/pay?consultation=${patient.consultation_id}`, `/pay?payment=${of.payment_id}`]) {
      await person.goto(`${stack.url}${path}`);
      await person.getByText('Pembayaran Anda perlu ditinjau').waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await person.emulateMedia({ colorScheme });
        expect([path, colorScheme, await seriousFaults(person)]).toEqual([path, colorScheme, []]);
      }
      expect([path, await person.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360]);
    }
    await telephone.close();
    expect(await counted(stack, of)).toEqual({ ...UNTOUCHED, stripe: { charged: [5_000], refunded: [] } });
  });

  describe('the payer', () => {
    const NOTHING_CHARGED = /nothing (was|has been|is) charged|not charged|(haven’t been|weren’t) charged/i;
    const reads = (page: Page, sentence: string) =>
      eventually(async () => (await textOf(page)).includes(sentence), `it reads: ${sentence}`);

    test('sees what arrived, and is offered neither another payment nor a cancellation', async () => {
      const of = await unmatched();
      const page = await openAs(context, stack, patient, `?payment=${of.payment_id}`);
      await heading(page, 'Your payment needs review').waitFor();
      await reads(page, `${ARRIVED}. Staff will review it. Please don’t pay again until they have.`);
      expect(await textOf(page)).not.toMatch(NOTHING_CHARGED);
      await page.getByRole('button', { name: 'Check again' }).waitFor();
      expect(await page.getByRole('link', { name: /payment page|Pay again/ }).count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Cancel this payment' }).count()).toBe(0);
      expect(await seriousFaults(page)).toEqual([]);
      expect(await counted(stack, of)).toEqual({ ...UNTOUCHED, stripe: { charged: [5_000], refunded: [] } });
    });

    test('sees an amount in another currency, in Indonesian', async () => {
      const of = await unmatched(32, 'usd');
      const other = await browser.person({ locale: 'id-ID' });
      const page = await openAs(other, stack, patient, `?payment=${of.payment_id}`);
      await reads(page, '$0,32 masuk, tetapi tidak sesuai tagihannya. Staf akan meninjaunya.');
      await other.close();
    });

    test('is warned before paying a second time, also after the payment has expired', async () => {
      const of = await unmatched();
      const page = await openAs(context, stack, patient, `?consultation=${patient.consultation_id}`);
      await reads(page, `${ARRIVED}. Staff will review it. Please don’t pay again until they have.`);
      // Clicked anyway: the answer is the existing payment, which is not shown as unpaid.
      await payButton(page).click();
      await page.getByText('You already started this payment.').waitFor();
      expect(await textOf(page)).not.toMatch(/n[o’]t been paid|(nothing is|won’t be) charged/i);
      expect(await page.getByRole('link', { name: 'Continue to the payment page' }).count()).toBe(0);
      await expire(stack, of.payment_id);
      await page.goto(`${stack.url}/pay?consultation=${patient.consultation_id}`);
      await reads(page, `${ARRIVED}. Staff will review it.`);
      await page.getByRole('link', { name: 'See that payment' }).click();
      await heading(page, 'Your payment needs review').waitFor();
      expect(await page.getByRole('link', { name: 'Pay again' }).count()).toBe(0);
      expect(await counted(stack, of)).toEqual({
        ...UNTOUCHED,
        payment: 'expired 0',
        stripe: { charged: [5_000], refunded: [] },
      });
    });

    /** The page's request for earlier payments gets no answer until `answer` is called. */
    const holdPayments = async () => {
      let answer = (): void => undefined;
      const answered = new Promise<void>((resolve) => (answer = resolve));
      await context.route('**/api/v1/payments?*', async (route) => {
        await answered;
        await route.continue().catch(() => undefined);
      });
      return { answer };
    };

    test('has no PAY button until it is known whether money arrived; then sees it', async () => {
      const of = await unmatched();
      const { answer } = await holdPayments();
      const page = await openAs(context, stack, patient, `?consultation=${patient.consultation_id}`);
      await payButton(page).waitFor();
      expect(await payButton(page).isDisabled()).toBe(true);
      answer();
      await reads(page, `${ARRIVED}. Staff will review it. Please don’t pay again until they have.`);
      await payButton(page).click({ trial: true });
      expect(await counted(stack, of)).toEqual({ ...UNTOUCHED, stripe: { charged: [5_000], refunded: [] } });
    });

    test('is not blocked by a slow answer: an existing payment shows its own amount, and not as unpaid', async () => {
      const of = await unmatched();
      await context.clock.install();
      const { answer } = await holdPayments();
      const page = await openAs(context, stack, patient, `?consultation=${patient.consultation_id}`);
      await payButton(page).waitFor();
      await eventually(async () => {
        await page.clock.runFor(3_000);
        return payButton(page).isEnabled();
      }, 'it waits for nothing any more');
      await payButton(page).click();
      await eventually(async () => {
        await page.clock.runFor(3_000);
        return page.getByText('You already started this payment.').isVisible();
      }, 'the payment that exists is the answer');
      expect((await page.getByRole('alert').innerText()).replaceAll('\u00a0', ' ')).toContain('Rp 50.00');
      expect(await textOf(page)).not.toMatch(/n[o’]t been paid|nothing (was|is) charged|(weren’t|won’t be) charged/i);
      expect(await page.getByRole('link', { name: 'Continue to the payment page' }).count()).toBe(0);
      answer();
      await reads(page, `${ARRIVED}. Staff will review it.`);
      expect(await textOf(page)).not.toMatch(/n[o’]t been paid/);
      expect(await counted(stack, of)).toEqual({ ...UNTOUCHED, stripe: { charged: [5_000], refunded: [] } });
    });

    test.each([
      ['refund', { reason: 'not the amount due' }, 'It was refunded to you', ['succeeded 4400']],
      ['settle-elsewhere', { note: 'in cash' }, 'Your clinic has settled it separately', []],
    ])('sees that staff chose to %s it', async (how, body, sentence, refunded) => {
      const of = await unmatched();
      const page = await openAs(context, stack, patient, `?payment=${of.payment_id}`);
      await heading(page, 'Your payment needs review').waitFor();
      const decided = await ask(stack.url, `/api/v1/ops/charges/${of.charge_id}/${how}`, {
        token: staff.token,
        body,
        headers: { 'idempotency-key': `${how}-${of.charge_id}` },
      });
      expect(decided.status).toBe(200);
      await page.reload();
      await reads(page, `Rp 44.00 arrived but didn’t match the amount due. ${sentence}`);
      expect(await textOf(page)).not.toMatch(/nothing (was|has been) charged|(haven’t been|weren’t) charged/i);
      expect((await counted(stack, of)).stripe).toEqual({ charged: [5_000], refunded });
    });
  });
});
