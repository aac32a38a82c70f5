import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { BrowserContext, Page } from 'playwright-core';
import { signedEvent } from '../stripe/support/webhooks.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createPerson, type Person } from '../support/people.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from '../web/support/browser.js';
import { counted, openConsole, paidUnheard, untilLive } from '../web/support/console.js';
import { openAs, type Patient, type PayStack, startPayStack } from '../web/support/pay-stack.js';

/** Refunds and disputes that Payonce has no answer about, or that were made at Stripe: no webhook reaches the API. */
describeInBrowser('what staff decide about refunds, and what they read', () => {
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

  type Paid = Awaited<ReturnType<typeof paidUnheard>>;
  async function paid(): Promise<Paid> {
    const of = await paidUnheard(stack, patient);
    const { status } = await ask(stack.url, `/api/v1/payments/${of.payment_id}/confirm`, {
      token: patient.token,
      body: { transaction_id: of.payment_intent },
    });
    expect(status).toBe(200);
    return of;
  }
  const refund = ({ payment_id }: Paid, amount: number, key: string) =>
    ask<Schemas['RefundedPayment']>(stack.url, `/api/v1/payments/${payment_id}/refund`, {
      token: staff.token,
      body: { amount, reason: 'as asked' },
      headers: { 'idempotency-key': `${key}-${payment_id}` },
    });
  const inDashboard = ({ payment_intent }: Paid, more: object = {}) =>
    stack.simulator.sim<{ id: string }>('refunds', { payment_intent, ...more });
  /** Stripe has stored a 500 under our key, and made nothing. */
  async function unanswered(of: Paid, amount = 1_000): Promise<number> {
    await stack.simulator.sim('faults', {
      error_500: { when: 'before', path: '/v1/refunds', method: 'POST', times: 1 },
    });
    expect((await refund(of, amount, 'unanswered')).status).toBe(503);
    await stack.simulator.sim('faults', {});
    const { refunds } = (
      await ask<Schemas['PageOfRefunds']>(stack.url, `/api/v1/payments/${of.payment_id}/refunds`, {
        token: staff.token,
      })
    ).body.data;
    return refunds[0]!.id;
  }
  async function undecided(of: Paid): Promise<number> {
    const id = await unanswered(of);
    await inDashboard(of, { amount: 1_000 });
    // The worker may be looking at it just then.
    const reply = await eventually(async () => {
      const tried = await refund(of, 1_000, 'unanswered');
      return ['PAYMENT_IN_PROGRESS', 'LOCK_TIMEOUT'].includes(String(tried.body.code)) ? undefined : tried;
    }, 'nobody else is at it');
    expect(reply.body.code).toBe('REFUND_NEEDS_DECISION');
    return id;
  }
  const tell = async (type: string, object: unknown, more: Record<string, unknown> = {}) => {
    const response = await signedEvent(type, object, more).send(stack.url);
    expect(response.status).toBe(200);
  };

  const textOf = async (page: Page, selector = 'main') =>
    (await page.locator(selector).innerText()).replace(/\s+/g, ' ');
  const reads = (page: Page, sentence: string | RegExp, selector = 'main') =>
    eventually(async () => {
      const text = await textOf(page, selector);
      return typeof sentence === 'string' ? text.includes(sentence) : sentence.test(text);
    }, `it reads: ${sentence}`);
  const open = async ({ payment_id }: Paid) => {
    const page = await openConsole(context, stack, staff.token, `/payments/${payment_id}`);
    await untilLive(page);
    return page;
  };
  const dialogGone = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' });
  const fillRefund = async (page: Page, amount?: string) => {
    await page.getByRole('button', { name: 'Refund…' }).click();
    if (amount) await page.getByLabel('Amount in IDR').fill(amount);
    await page.getByLabel('Reason').fill('too late');
  };
  const press = (page: Page) => page.getByRole('button', { name: /^Refund Rp/ }).click();
  const twice = (button: any) => {
    button.click();
    button.form.requestSubmit();
    button.click();
  };

  describe('a refund that Stripe has not answered', () => {
    test('is shown as such, and no other is offered; withdrawn with a double click, a new refund is made once', async () => {
      const of = await paid();
      const id = await unanswered(of);
      const page = await open(of);
      await page.getByRole('row', { name: /Pending Stripe hasn’t answered yet/ }).waitFor();
      await page.getByText(`Stripe hasn’t answered refund ${id} yet. To refund again,`).waitFor();
      expect(await page.getByRole('button', { name: 'Refund…' }).count()).toBe(0);
      await reads(page, 'Stripe hasn’t answered yet whether it refunds Rp 10.00.');
      expect(await textOf(page)).not.toMatch(/on its way/i);
      await page.getByRole('button', { name: 'Withdraw…' }).click();
      await page
        .getByText('won’t send this refund again. If Stripe makes it after all, it’s booked as a refund.')
        .waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'Withdraw refund' }).evaluate(twice);
      await dialogGone(page);
      await page.getByText('The refund is withdrawn.').waitFor();
      expect(await counted(stack, of)).toMatchObject({ refunds: ['cancelled 1000'], stripe: { refunded: [] } });
      await fillRefund(page, '10.00');
      await press(page);
      await dialogGone(page);
      await page.getByRole('row', { name: /Succeeded.*too late/ }).waitFor();
      expect(await counted(stack, of)).toMatchObject({
        payment: 'partially_refunded 1000',
        refunds: ['cancelled 1000', 'succeeded 1000'],
        stripe: { refunded: ['succeeded 1000'] },
      });
    });

    test('beside a dashboard refund: staff are asked to decide, and withdraw it in the list; Stripe refunds once', async () => {
      const of = await paid();
      const id = await undecided(of);
      const payment = await open(of);
      await payment.getByText(`Refund ${id} needs your decision before you can refund again.`).waitFor();
      await payment.getByRole('button', { name: /, Refund needs your decision, Stripe/ }).waitFor();
      const page = await openConsole(context, stack, staff.token, '/refunds?show=pending');
      await untilLive(page);
      const row = page.getByRole('row', { name: /Needs your decision: another refund was made at Stripe/ });
      await row.getByRole('button', { name: 'Withdraw…' }).click();
      await page.getByRole('button', { name: 'Withdraw refund' }).click();
      await dialogGone(page);
      await page.getByText('The refund is withdrawn.').waitFor();
      await row.waitFor({ state: 'detached' });
      await payment.getByText('Rp 10.00 was refunded').waitFor();
      expect(await counted(stack, of)).toMatchObject({
        payment: 'partially_refunded 1000',
        refunds: ['cancelled 1000', 'succeeded 1000'],
        stripe: { refunded: ['succeeded 1000'] },
      });
    });

    test('in a dialog opened before it: refused with the amounts, and the page behind is updated', async () => {
      const of = await paid();
      const page = await open(of);
      await fillRefund(page, '5.00');
      const id = await undecided(of);
      await press(page);
      await reads(page, `Stripe never answered refund ${id} of Rp 10.00, and another refund of this payment`, 'dialog');
      await reads(page, /If the other refund replaces it, withdraw it; if you want both, withdraw it and/, 'dialog');
      await page.getByRole('button', { name: 'Back', exact: true }).click();
      await page.getByRole('row', { name: /Needs your decision/ }).waitFor();
      expect(await page.getByRole('button', { name: 'Refund…' }).count()).toBe(0);
      expect((await counted(stack, of)).stripe.refunded).toEqual(['succeeded 1000']);
    });

    test('withdrawn while Stripe is unavailable: only after a second confirmation that states the risk', async () => {
      const of = await paid();
      await unanswered(of);
      await context.clock.install();
      const page = await open(of);
      await page.getByRole('button', { name: 'Withdraw…' }).click();
      await stack.simulator.sim('faults', { error_500: { when: 'before', path: '/v1/refunds', method: 'GET' } });
      await page.getByRole('button', { name: 'Withdraw refund' }).click();
      const risk = page.getByRole('dialog').getByText('If you withdraw it now and refund again, the customer may be');
      // After the client's own tries, between which it pauses for seconds of the page's clock.
      await eventually(async () => {
        await context.clock.fastForward(1_000);
        return risk.isVisible();
      }, 'the risk is shown');
      expect(await seriousFaults(page)).toEqual([]);
      expect((await counted(stack, of)).refunds).toEqual(['pending 1000']);
      await page.getByLabel('Withdraw without asking Stripe').check();
      await page.getByRole('button', { name: 'Withdraw without asking Stripe' }).click();
      await dialogGone(page);
      await page.getByText('The refund is withdrawn.').waitFor();
      expect(await counted(stack, of)).toMatchObject({
        payment: 'completed 0',
        refunds: ['cancelled 1000'],
        stripe: { refunded: [] },
      });
      // A new process, in which Stripe is asked again at once: the circuit breaker of this one is open.
      await stack.kill();
      await stack.restart();
    });

    test('withdrawal refused when Stripe has made it, which then counts', async () => {
      const of = await paid();
      await stack.simulator.sim('faults', { lose_answer: { path: '/v1/refunds', method: 'POST', times: 9 } });
      expect((await refund(of, 1_000, 'made')).status).toBe(503);
      await stack.simulator.sim('faults', {});
      const page = await open(of);
      await page.getByRole('button', { name: 'Withdraw…' }).click();
      await page.getByRole('button', { name: 'Withdraw refund' }).click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
      await page.getByRole('button', { name: 'Back', exact: true }).click();
      await page.getByRole('row', { name: /Succeeded/ }).waitFor();
      expect(await counted(stack, of)).toMatchObject({
        refunds: ['succeeded 1000'],
        stripe: { refunded: ['succeeded 1000'] },
      });
    });

    test('once answered by Stripe, it is pending or waits for balance, and cannot be withdrawn', async () => {
      const of = await paid();
      await stack.simulator.sim('refunds/next', { outcome: 'pending' });
      const { transaction_id } = (await refund(of, 1_000, 'pending')).body.data.refund;
      const page = await open(of);
      await page.getByRole('row', { name: /Pending Processing/ }).waitFor();
      expect(await page.getByRole('button', { name: 'Withdraw…' }).count()).toBe(0);
      const told = await stack.simulator.stripe().refunds.retrieve(transaction_id!);
      await tell('refund.updated', { ...told, pending_reason: 'insufficient_funds' });
      await page.getByRole('row', { name: /Pending Waiting for your Stripe balance: top it up/ }).waitFor();
      await page.getByRole('button', { name: /, Waiting for your Stripe balance, / }).click();
      await page
        .getByRole('region', { name: 'Details of the step' })
        .getByText('Waiting for your Stripe balance: top it up', { exact: true })
        .waitFor();
      expect(await counted(stack, of)).toMatchObject({
        refunds: ['pending 1000'],
        stripe: { refunded: ['pending 1000'] },
      });
    });
  });

  describe('a refund that Stripe refuses, because the money went another way', () => {
    test('all refunded in the dashboard: nothing is left, and the page behind shows that refund', async () => {
      const of = await paid();
      const page = await open(of);
      await fillRefund(page);
      await inDashboard(of);
      await press(page);
      await reads(page, 'has nothing left to refund: all of it was refunded', 'dialog');
      await page.getByRole('button', { name: 'Back', exact: true }).click();
      await page.getByRole('row', { name: /Succeeded/ }).waitFor();
      expect(await page.getByRole('button', { name: 'Refund…' }).count()).toBe(0);
      await page.getByRole('button', { name: /, Refund not needed, / }).click();
      await page.getByText('Already refunded at Stripe').waitFor();
      expect(await counted(stack, of)).toMatchObject({
        payment: 'refunded 5000',
        refunds: ['cancelled 5000', 'succeeded 5000'],
        stripe: { refunded: ['succeeded 5000'] },
      });
    });

    test('partly refunded in the dashboard: the rest is stated, and refunded from the same dialog, also without a live stream', async () => {
      const of = await paid();
      // Only the refusal itself says that the page is out of date.
      await context.route('**/ops/live', (route) => route.abort());
      const page = await openConsole(context, stack, staff.token, `/payments/${of.payment_id}`);
      await fillRefund(page);
      await inDashboard(of, { amount: 2_000 });
      await press(page);
      await reads(page, 'At most Rp 30.00 can still be refunded.', 'dialog');
      await reads(page, 'Up to Rp 30.00 can still be refunded.', 'dialog');
      await reads(page, 'Enter an amount up to Rp 30.00', 'dialog');
      await page.getByLabel('Amount in IDR').fill('30.00');
      await press(page);
      await dialogGone(page);
      expect(await counted(stack, of)).toMatchObject({
        payment: 'refunded 5000',
        refunds: ['cancelled 5000', 'succeeded 2000', 'succeeded 3000'],
        stripe: { refunded: ['succeeded 2000', 'succeeded 3000'] },
      });
    });

    test('disputed: the bank decides, and the page behind shows it', async () => {
      const of = await paid();
      const page = await open(of);
      await fillRefund(page);
      await stack.simulator.sim('disputes', { payment_intent: of.payment_intent });
      await press(page);
      await reads(page, 'is disputed; the bank decides the outcome.', 'dialog');
      await page.getByRole('button', { name: 'Back', exact: true }).click();
      await reads(page, 'Rp 50.00 is disputed');
      expect(await page.getByRole('button', { name: 'Refund…' }).count()).toBe(0);
      expect(await counted(stack, of)).toMatchObject({ payment: 'completed 0', stripe: { refunded: [] } });
    });
  });

  describe('disputes', () => {
    /** Of another account, which we cannot read at Stripe: only the signed event exists. */
    const disputeOf = ({ payment_intent, payment_id }: Paid, more: object) => ({
      id: `dp_web_${payment_id}`,
      object: 'dispute',
      amount: 3_000,
      currency: 'idr',
      created: Math.floor(Date.now() / 1_000),
      charge: 'ch_web',
      payment_intent,
      reason: 'general',
      livemode: false,
      metadata: {},
      ...more,
    });
    const moved = (amount: number) => ({ amount, currency: 'idr', created: Math.floor(Date.now() / 1_000) });

    test('partly lost: the amount the bank took is stated, and the rest can be refunded', async () => {
      const of = await paid();
      await tell(
        'charge.dispute.closed',
        disputeOf(of, {
          status: 'lost',
          is_charge_refundable: true,
          balance_transactions: [moved(-3_000), moved(2_000)],
        }),
      );
      const page = await open(of);
      await reads(page, 'a dispute about Rp 30.00 was partly lost, and the bank took Rp 10.00 back');
      await page.getByRole('button', { name: /, Dispute partly lost, / }).waitFor();
      const receipt = await openAs(context, stack, patient, `?payment=${of.payment_id}`);
      await reads(receipt, 'returned Rp 10.00 of the disputed Rp 30.00 to you.');
      await page.getByText('Rp 40.00 can still be refunded').waitFor();
      await fillRefund(page);
      await page.getByRole('button', { name: /^Refund Rp\s40\.00$/ }).evaluate(twice);
      await dialogGone(page);
      await reads(page, 'Rp 40.00 was refunded');
      expect(await counted(stack, of)).toMatchObject({
        payment: 'refunded 5000',
        refunds: ['succeeded 4000'],
        stripe: { refunded: ['succeeded 4000'] },
      });
    });

    test('appealed: open again, for staff and payer, and nothing can be refunded', async () => {
      const of = await paid();
      await tell(
        'charge.dispute.closed',
        disputeOf(of, {
          status: 'won',
          is_charge_refundable: true,
          balance_transactions: [moved(-3_000), moved(3_000)],
        }),
      );
      const page = await open(of);
      await reads(page, 'a dispute about Rp 30.00 was won');
      await page.getByRole('button', { name: 'Refund…' }).waitFor();
      await tell(
        'charge.dispute.updated',
        disputeOf(of, {
          status: 'appeal_under_review',
          is_charge_refundable: false,
          balance_transactions: [moved(-3_000), moved(3_000)],
        }),
      );
      await reads(page, 'Rp 30.00 is disputed');
      expect(await page.getByRole('button', { name: 'Refund…' }).count()).toBe(0);
      await page.getByRole('button', { name: /, Dispute appealed, / }).click();
      await page.getByRole('region', { name: 'Details of the step' }).getByText('Appeal: under review').waitFor();
      const receipt = await openAs(context, stack, patient, `?payment=${of.payment_id}`);
      await reads(receipt, 'This payment is disputed; your bank decides the outcome.');
      expect(await counted(stack, of)).toMatchObject({ payment: 'completed 0', stripe: { refunded: [] } });
    });
  });

  describe('dates', () => {
    const DAYS = 5 * 86_400;
    const dayOf = (seconds: number) =>
      new Intl.DateTimeFormat('en-GB', {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: 'Asia/Jakarta',
      }).format(seconds * 1_000);

    test('are Stripe’s, with the time Payonce learned of it if that was days later', async () => {
      const of = await paidUnheard(stack, patient);
      const stripe = stack.simulator.stripe();
      const session = await stripe.checkout.sessions.retrieve(of.session_id);
      const now = Math.floor(Date.now() / 1_000);
      const then = now - DAYS;
      await tell('checkout.session.completed', session, { created: then });
      const made = await stripe.refunds.retrieve((await inDashboard(of, { amount: 1_000 })).id);
      // The simulator knows no refund of this name, so its event is all there is.
      await tell('refund.created', { ...made, id: `re_old_${of.payment_id}`, created: then });
      const page = await open(of);
      const details = (await page.getByRole('region', { name: 'Details', exact: true }).innerText()).replace(
        /\s+/g,
        ' ',
      );
      expect(details).toMatch(new RegExp(`Paid ${dayOf(then)}, [0-9:]+ recorded ${dayOf(now)}, [0-9:]+`));
      const row = (await page.getByRole('row', { name: /Succeeded/ }).innerText()).replace(/\s+/g, ' ');
      expect(row).toMatch(new RegExp(`${dayOf(then)}, [0-9:]+ recorded ${dayOf(now)}, [0-9:]+`));
      expect((await counted(stack, of)).payment).toBe('partially_refunded 1000');
    });

    test('are shown once if Payonce learned of it at once', async () => {
      const of = await paid();
      expect((await refund(of, 1_000, 'at-once')).status).toBe(200);
      const page = await open(of);
      await page.getByRole('row', { name: /Succeeded/ }).waitFor();
      expect(await textOf(page)).not.toContain('recorded');
      expect((await counted(stack, of)).stripe.refunded).toEqual(['succeeded 1000']);
    });
  });
});
