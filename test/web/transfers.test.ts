import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from './support/browser.js';
import { create, expire, openConsole, untilLive } from './support/console.js';
import { heading, openAs, type Patient, type PayStack, startPayStack } from './support/pay-stack.js';
import { moneyOfTransfers } from './support/transfers.js';

const NARROW = { width: 360, height: 740 };

/** Money received by bank or GCash: what staff do with it in the console, and what its payer reads. */
describeInBrowser('transfers, in a real browser', () => {
  let stack: PayStack;
  let browser: TestBrowser;
  let context: BrowserContext;
  let patient: Patient;
  let staff: Person;
  let references = 0;

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
  afterEach(() => context.close());

  const reference = (text = 'BCA') => `${text}-${(references += 1)}`;
  /** A payment of Rp 50.00 by bank transfer, for another consultation each time. */
  async function pending(method = 'bank_transfer'): Promise<{ id: number; reference: string }> {
    const consultation_id = await createConsultation(stack.database, patient);
    const { payment_id, payment } = (await create(stack, { ...patient, consultation_id }, undefined, method)).body.data;
    return { id: payment_id, reference: payment.payment_reference! };
  }
  const post = <Data>(at: string, body: object, token = staff.token) =>
    ask<Data>(stack.url, `/api/v1/${at}`, { token, body });
  const confirm = async (id: number, more: object = {}): Promise<number> => {
    const reply = await post<Partial<Schemas['ConfirmedPayment'] & Schemas['TRANSITION_NOT_ALLOWED']['data']>>(
      `payments/${id}/confirm`,
      { transaction_id: reference(), ...more },
    );
    return reply.body.data.transfer?.id ?? reply.body.data.transfer_id!;
  };
  const record = async (amount: number, more: object = {}): Promise<number> => {
    const body = { payment_method: 'bank_transfer', transaction_id: reference(), amount, ...more };
    return (await post<Schemas['RecordedTransfer']>('transfers', body)).body.data.transfer.id;
  };
  const cancel = (id: number) => post(`payments/${id}/cancel`, {}, patient.token);

  const textOf = async (page: Page, selector = 'main') =>
    (await page.locator(selector).innerText()).replace(/\s+/g, ' ');
  const reads = async (page: Page, sentence: string | RegExp, selector?: string) => {
    let text = '';
    await eventually(async () => {
      text = await textOf(page, selector);
      return typeof sentence === 'string' ? text.includes(sentence) : sentence.test(text);
    }, `it reads: ${sentence}`).catch((error: unknown) => {
      throw new Error(`${String(error)}; it reads: ${text}`);
    });
  };
  const dialog = (page: Page) => page.getByRole('dialog');
  const gone = (page: Page) => dialog(page).waitFor({ state: 'detached' });
  const openPayment = async (id: number) => {
    const page = await openConsole(context, stack, staff.token, `/payments/${id}`);
    await untilLive(page);
    return page;
  };
  const openTransfer = async (id: number) => {
    const page = await openConsole(context, stack, staff.token, `/transfers/${id}`);
    await untilLive(page);
    return page;
  };
  const openPay = (id: number) => openAs(context, stack, patient, `?payment=${id}`);
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
  const twice = (button: any) => {
    button.click();
    button.form.requestSubmit();
    button.click();
  };
  /** Double-clicks the button of the dialog. */
  const submit = async (page: Page, name: string | RegExp) => {
    await dialog(page).getByRole('button', { name }).evaluate(twice);
    await gone(page);
  };
  const money = (...payments: number[]) => moneyOfTransfers(stack.database, payments);
  const row = (page: Page, name: RegExp) => page.getByRole('row', { name });

  describe('confirming a payment', () => {
    const fill = async (page: Page, transaction: string, amount?: string, day?: string) => {
      await press(page, 'Confirm payment…');
      await dialog(page).getByLabel('Transaction reference').fill(transaction);
      if (amount) await dialog(page).getByLabel('Amount received in IDR').fill(amount);
      if (day) await dialog(page).getByLabel('Date received').fill(day);
    };

    test('with the full amount on an earlier day: confirmed as of that day', async () => {
      const { id } = await pending();
      const page = await openPayment(id);
      await fill(page, 'BCA-all', undefined, '2026-03-30');
      await reads(page, 'Has Rp 50.00 arrived?', 'dialog');
      expect(await dialog(page).getByLabel('Amount received in IDR').inputValue()).toBe('50.00');
      expect(await seriousFaults(page)).toEqual([]);
      await submit(page, 'Confirm payment');
      await reads(page, 'The payment is confirmed.');
      await reads(page, /Paid 30 Mar 2026, 00:00 recorded/);
      await row(page, /Transfer \d+ BCA-all .* Rp\s50\.00/).waitFor();
      expect(await money(id)).toEqual({
        payments: ['completed 0'],
        charges: ['accepted 5000 0'],
        refunds: [],
        transfers: ['5000 matched 5000 unmatched 0'],
      });
    });

    test('with a part: the amount due is stated before and after; the rest completes it', async () => {
      const { id } = await pending();
      const page = await openPayment(id);
      await fill(page, reference(), '20.00');
      await reads(
        page,
        'Rp 30.00 less than due: the payment stays pending, and no longer expires, until the rest arrives.',
      );
      await submit(page, 'Confirm payment');
      await reads(page, `Rp 20.00 was matched with payment ${id}, which still needs Rp 30.00 and stays pending.`);
      await reads(
        page,
        'Why is my payment not complete? Rp 20.00 of Rp 50.00 has arrived, and Rp 30.00 is still due; it no longer expires.',
      );
      await reads(page, 'Still due Rp 30.00');
      await page.getByRole('button', { name: /, Partially paid, Database/ }).click();
      await reads(page, /Partially paid .*Still due Rp 30\.00 .*Received Rp 20\.00/, 'section.step');
      await fill(page, reference());
      await reads(page, 'Has Rp 30.00 arrived?', 'dialog');
      await submit(page, 'Confirm payment');
      await reads(page, 'The payment is confirmed.');
      await reads(
        page,
        /Charged once, Rp 50\.00 in 2 transfers, the last on .*; staff confirmed that the money had arrived\./,
      );
      // Refunded across them by one reference.
      await press(page, 'Refund…');
      await dialog(page).getByLabel('Amount in IDR').fill('40.00');
      await dialog(page).getByLabel('Reason').fill('half an hour less');
      await dialog(page).getByLabel('Reference of the transfer back').fill(reference('OUT'));
      await submit(page, /^Refund Rp\s40\.00$/);
      await reads(page, 'The refund is recorded as paid back.');
      expect(await money(id)).toEqual({
        payments: ['partially_refunded 4000'],
        charges: ['accepted 2000 2000', 'accepted 3000 2000'],
        refunds: ['refund succeeded 4000'],
        transfers: ['2000 matched 2000 unmatched 0', '3000 matched 3000 unmatched 0'],
      });
    });

    test('with more than due: confirmed, and the unmatched rest is shown with a link to its transfer', async () => {
      const { id } = await pending();
      const page = await openPayment(id);
      await fill(page, reference(), '60.00');
      await reads(
        page,
        'Rp 10.00 more than due: the payment is confirmed, and the rest is unmatched until you match it or pay it back.',
      );
      await submit(page, 'Confirm payment');
      await reads(
        page,
        /Payment \d+ is confirmed\. Rp 10\.00 of transfer \d+ is unmatched: match it with another payment, or pay it back\./,
      );
      await reads(page, 'Rp 10.00 that was sent for this payment is unmatched');
      await reads(page, 'Rp 10.00 that was sent for it is unmatched; staff match it with a payment, or pay it back.');
      await page
        .getByRole('link', { name: /^Transfer \d+$/ })
        .first()
        .click();
      await reads(page, /Amount Rp 60\.00 Matched Rp 50\.00 Unmatched Rp 10\.00/);
      expect(await money(id)).toMatchObject({ transfers: ['6000 matched 5000 unmatched 1000'] });
    });

    test('that was cancelled meanwhile: refused, recorded, and linked', async () => {
      const { id } = await pending();
      const page = await openPayment(id);
      await fill(page, reference());
      await cancel(id);
      await dialog(page).getByRole('button', { name: 'Confirm payment' }).click();
      await reads(
        page,
        /This payment can’t take the money\. It is recorded as transfer \d+ and is unmatched: match it with another payment, or pay it back\./,
        'dialog',
      );
      await dialog(page)
        .getByRole('link', { name: /^Transfer \d+$/ })
        .click();
      await reads(page, 'Rp 50.00 is unmatched It pays nothing. Match it with a payment, or pay it back.');
      expect(await money(id)).toMatchObject({
        payments: ['cancelled 0'],
        charges: [],
        transfers: ['5000 matched 0 unmatched 5000'],
      });
    });

    test('by a reference recorded with another amount: the error states that amount and links to the transfer', async () => {
      const { id } = await pending();
      const transaction_id = reference();
      const transfer_id = await record(14_000, { transaction_id });
      const page = await openPayment(id);
      await fill(page, transaction_id);
      await dialog(page).getByRole('button', { name: 'Confirm payment' }).click();
      await reads(page, `already recorded as transfer ${transfer_id} of Rp 140.00, which doesn’t match.`, 'dialog');
      await dialog(page).getByLabel('Amount received in IDR').fill('140.00');
      await submit(page, 'Confirm payment');
      await reads(page, `Payment ${id} is confirmed. Rp 90.00 of transfer ${transfer_id} is unmatched`);
      expect(await money(id)).toMatchObject({ transfers: ['14000 matched 5000 unmatched 9000'] });
    });
  });

  describe('recording a transfer', () => {
    const open = async () => {
      const page = await openConsole(context, stack, staff.token, '/transfers');
      await untilLive(page);
      await press(page, 'Record transfer…');
      return page;
    };
    const fill = async (page: Page, transaction: string, amount: string) => {
      await dialog(page).getByLabel('Reference on the statement').fill(transaction);
      await dialog(page).getByLabel('Amount received in IDR').fill(amount);
    };

    test('without a payment: listed as unmatched, also under refunds and money, and found by its reference', async () => {
      const page = await open();
      const name = reference('GC');
      await dialog(page).getByLabel('Method').selectOption('gcash');
      await fill(page, name, '12.00');
      await dialog(page).getByLabel('Payer (optional)').fill('Made Wirawan');
      await dialog(page).getByLabel('Note (optional)').fill('by telephone');
      expect(await seriousFaults(page)).toEqual([]);
      await submit(page, 'Record transfer');
      await reads(page, /Transfer \d+ is recorded\. Rp 12\.00 is unmatched: match it with a payment, or pay it back\./);
      await row(page, new RegExp(`${name} Unmatched GCash Made Wirawan`)).waitFor();
      await page.goto(`${stack.url}/console/refunds?show=transfers`);
      await row(page, new RegExp(name)).waitFor();
      await page.goto(`${stack.url}/console/transfers`);
      await page.getByRole('search').getByRole('searchbox').fill(name.toLowerCase());
      await page.getByRole('search').getByRole('button', { name: 'Search' }).click();
      await row(page, new RegExp(name))
        .getByRole('link', { name: /^Transfer/ })
        .click();
      await reads(page, /Payer Made Wirawan .*Note by telephone/);
      await reads(page, 'Not matched with any payment yet.');
    });

    test('for a payment by its grouped reference: previewed, then confirmed', async () => {
      const { id, reference: name } = await pending();
      const page = await open();
      await fill(page, reference(), '50');
      await dialog(page)
        .getByLabel('Payment (optional)')
        .fill(name.replaceAll(/(.{4})(?=.)/g, '$1 '));
      await reads(page, new RegExp(`Payment ${id} Consultation \\d+ Pending needs Rp 50\\.00`), 'dialog');
      await submit(page, 'Record transfer');
      await reads(page, `Payment ${id} is confirmed.`);
      expect(await money(id)).toEqual({
        payments: ['completed 0'],
        charges: ['accepted 5000 0'],
        refunds: [],
        transfers: ['5000 matched 5000 unmatched 0'],
      });
    });

    test('a used reference, an unknown payment, a payment by another method: nothing is recorded', async () => {
      const transaction_id = reference();
      const transfer_id = await record(1_000, { transaction_id });
      const { id } = await pending('gcash');
      const page = await open();
      await fill(page, transaction_id, '10.00');
      await dialog(page).getByLabel('Payment (optional)').fill('999999');
      await reads(page, 'No payment has this number, invoice or reference.', 'dialog');
      const button = dialog(page).getByRole('button', { name: 'Record transfer' });
      expect(await button.isDisabled()).toBe(true);
      await dialog(page).getByLabel('Payment (optional)').fill(String(id));
      await reads(page, 'This payment is by GCash, so it can’t take this transfer.', 'dialog');
      await dialog(page).getByLabel('Payment (optional)').fill('');
      await button.click();
      await reads(page, `This reference is already recorded, as transfer ${transfer_id}.`, 'dialog');
      const [count] = await stack.database.query<{ n: string }>(
        'SELECT count(*) AS n FROM transfers WHERE transaction_id = $1',
        [transaction_id],
      );
      expect(Number(count!.n)).toBe(1);
    });

    test('from the page of a completed payment: recorded, and unmatched', async () => {
      const { id } = await pending();
      await confirm(id);
      const page = await openPayment(id);
      await press(page, 'Record transfer…');
      await reads(page, `Payment ${id}`, 'dialog');
      await fill(page, reference(), '50.00');
      await submit(page, 'Record transfer');
      await reads(
        page,
        /Payment \d+ can’t take this money\. It is recorded as transfer \d+, and Rp 50\.00 is unmatched: match it/,
      );
      expect(await money(id)).toMatchObject({
        payments: ['completed 0'],
        transfers: ['5000 matched 5000 unmatched 0', '5000 matched 0 unmatched 5000'],
      });
    });
  });

  describe('one transfer', () => {
    test('is matched with several payments, by number, invoice and reference: two in full, one in part', async () => {
      const transfer_id = await record(12_000);
      const payments = [await pending(), await pending(), await pending()];
      const [invoice] = await stack.database.query<{ invoice_number: string }>(
        'SELECT invoice_number FROM invoices WHERE payment_id = $1',
        [payments[1]!.id],
      );
      const names = [String(payments[0]!.id), invoice!.invoice_number, payments[2]!.reference];
      const page = await openTransfer(transfer_id);
      for (const [n, name] of names.entries()) {
        await press(page, 'Match with a payment…');
        await dialog(page).getByLabel('Payment').fill(name);
        await submit(page, n < 2 ? /^Match Rp\s50\.00$/ : /^Match Rp\s20\.00$/);
        await reads(
          page,
          n === 2
            ? `Rp 20.00 was matched with payment ${payments[n]!.id}, which still needs Rp 30.00 and stays pending.`
            : `Payment ${payments[n]!.id} is confirmed.`,
        );
      }
      await row(page, new RegExp(`Payment ${payments[2]!.id} Part payment`)).waitFor();
      expect(await page.getByRole('button', { name: 'Match with a payment…' }).count()).toBe(0);
      expect(await seriousFaults(page)).toEqual([]);
      expect(await money(...payments.map(({ id }) => id))).toEqual({
        payments: ['completed 0', 'completed 0', 'pending 0'],
        charges: ['accepted 5000 0', 'accepted 5000 0', 'partial 2000 0'],
        refunds: [],
        transfers: ['12000 matched 12000 unmatched 0'],
      });
    });

    test('too much, and a part for an expired payment, are not offered; the full amount of an expired one is', async () => {
      const { id } = await pending();
      await expire(stack, id);
      const small = await openTransfer(await record(2_000));
      await press(small, 'Match with a payment…');
      await dialog(small).getByLabel('Payment').fill(String(id));
      await reads(small, 'This payment has ended unpaid. Only its whole amount, Rp 50.00, can complete it.', 'dialog');
      expect(await dialog(small).getByRole('button', { name: 'Match' }).isDisabled()).toBe(true);
      const page = await openTransfer(await record(9_000));
      await press(page, 'Match with a payment…');
      await dialog(page).getByLabel('Payment').fill(String(id));
      await dialog(page).getByLabel('Amount in IDR').fill('60');
      await reads(page, 'Enter an amount up to Rp 50.00.', 'dialog');
      await dialog(page).getByLabel('Amount in IDR').fill('50');
      await submit(page, /^Match Rp\s50\.00$/);
      await reads(page, new RegExp(`Payment ${id} is confirmed\\. Rp 40\\.00 of transfer \\d+ is unmatched`));
      expect(await money(id)).toMatchObject({
        payments: ['completed 0'],
        transfers: ['9000 matched 5000 unmatched 4000'],
      });
    });

    test('matched with the wrong payment: unmatched without a payout, and matched with the right one', async () => {
      const [wrong, right] = [await pending(), await pending()];
      const transfer_id = await confirm(wrong.id);
      const page = await openTransfer(transfer_id);
      await press(page, 'Undo match…');
      await reads(page, `Undo the match with payment ${wrong.id}?`, 'dialog');
      await reads(
        page,
        'The payment is refunded with a credit note. Nothing is paid out: the money is unmatched again',
        'dialog',
      );
      await dialog(page).getByLabel('Reason').fill('another patient of that name');
      await submit(page, 'Undo match');
      await reads(page, 'The match is undone. Rp 50.00 is unmatched again; nothing was paid out.');
      await press(page, 'Match with a payment…');
      await dialog(page).getByLabel('Payment').fill(String(right.id));
      await submit(page, /^Match Rp\s50\.00$/);
      await reads(page, `Payment ${right.id} is confirmed.`);

      const file = await openPayment(wrong.id);
      await reads(
        file,
        'Why was I not charged? Not charged: Rp 50.00 that belongs to something else was matched with it by mistake; the match was undone, and nothing was paid out.',
      );
      await row(
        file,
        new RegExp(`Match undone Nothing was paid out .*another patient of that name .*Transfer ${transfer_id}`),
      ).waitFor();
      await reads(file, 'Match undone Rp 50.00');
      expect(await textOf(file, '.sums dl')).not.toMatch(/Refunded/);
      await file.getByRole('button', { name: /, Match undone, Database/ }).waitFor();

      const payer = await openPay(wrong.id);
      await heading(payer, 'Not paid').waitFor();
      await reads(payer, 'This payment was confirmed by mistake: the money belongs to another payment.');
      expect(await textOf(payer)).not.toMatch(/paid back|refunded|Receipt/i);
      await payer.getByRole('link', { name: 'Pay now' }).waitFor();
      expect(await money(wrong.id, right.id)).toEqual({
        payments: ['refunded 5000', 'completed 0'],
        charges: ['accepted 5000 5000', 'accepted 5000 0'],
        refunds: ['unmatch succeeded 5000'],
        transfers: ['5000 matched 5000 unmatched 0'],
      });
    });

    test('a partial charge is unmatched from its payment, which stays pending', async () => {
      const { id } = await pending();
      const page = await openTransfer(await confirm(id, { amount_received: 2_000 }));
      await press(page, 'Undo match…');
      await reads(page, 'The money is taken off the payment, which stays pending. Nothing is paid out', 'dialog');
      await dialog(page).getByLabel('Reason').fill('typed into the wrong row');
      await submit(page, 'Undo match');
      await reads(page, 'Rp 20.00 is unmatched again; nothing was paid out.');
      expect(await money(id)).toMatchObject({ payments: ['pending 0'], charges: ['reversed 2000 0'], refunds: [] });
    });

    test('is paid back: reserved, settled; reserved, withdrawn; and at once by its reference', async () => {
      const transfer_id = await record(9_000);
      const page = await openTransfer(transfer_id);
      const payBack = async (amount: string, name: RegExp, transaction = '') => {
        await press(page, 'Pay back…');
        await dialog(page).getByLabel('Amount in IDR').fill(amount);
        await dialog(page).getByLabel('Reason').fill('paid twice');
        await dialog(page).getByLabel('Reference of the transfer back').fill(transaction);
        await submit(page, name);
      };
      await payBack('40.00', /^Reserve Rp\s40\.00$/);
      await reads(page, 'Rp 40.00 is reserved. Pay it back by hand, then settle it below.');
      await reads(page, 'Unmatched Rp 50.00 To be paid back by hand Rp 40.00');

      // It waits where refunds wait, with its transfer, and is settled there.
      const list = await openConsole(context, stack, staff.token, '/refunds?show=pending');
      const waiting = row(list, new RegExp(`Reserved .*Transfer ${transfer_id} `));
      await waiting.getByRole('button', { name: 'Settle…' }).click();
      await dialog(list).getByLabel('Transaction reference').fill(reference('OUT'));
      await submit(list, 'Settle refund');
      await reads(list, 'The refund is settled.');
      await row(page, /Succeeded .*paid twice OUT-\d+ Rp\s40\.00/).waitFor();

      await payBack('30.00', /^Reserve Rp\s30\.00$/);
      await press(page, 'Withdraw…');
      await reads(page, 'It won’t be paid back; its amount is unmatched again.', 'dialog');
      await submit(page, 'Withdraw refund');
      await reads(page, 'The refund is withdrawn. Its amount is unmatched again.');
      await payBack('50.00', /^Record Rp\s50\.00 as paid back$/, reference('OUT'));
      await reads(page, 'Rp 50.00 is recorded as paid back.');
      await reads(page, 'Paid back Rp 90.00');
      const rows = await stack.database.query<{ told: string }>(
        `SELECT r.status || ' ' || r.amount AS told FROM refunds r JOIN charges c ON c.id = r.charge_id
         WHERE c.transfer_id = $1 ORDER BY r.id`,
        [transfer_id],
      );
      expect(rows.map(({ told }) => told)).toEqual(['succeeded 4000', 'cancelled 3000', 'succeeded 5000']);
    });

    test('corrected, never below what is matched; voided where there was no such money', async () => {
      const { id } = await pending();
      const transfer_id = await confirm(id);
      const page = await openTransfer(transfer_id);
      await press(page, 'Correct…');
      await dialog(page).getByLabel('Amount received in IDR').fill('40.00');
      await reads(page, 'Rp 50.00 of it is matched or paid back, so it can’t be less.', 'dialog');
      await dialog(page).getByLabel('Amount received in IDR').fill('55.00');
      await reads(page, 'Payments are dated by it: undo its matches to change the date.', 'dialog');
      await dialog(page).getByLabel('Payer').fill('Ayu');
      await submit(page, 'Save changes');
      await reads(page, 'The changes are saved.');
      await reads(page, /Unmatched Rp 5\.00 .*Payer Ayu/);
      expect(await page.getByRole('button', { name: 'Void…' }).count()).toBe(0);
      const file = await openPayment(id);
      await file.getByRole('button', { name: /, Transfer corrected, Database/ }).click();
      await reads(
        file,
        /Now Payer: Ayu Amount: Rp 55\.00 Received on: .* Before Amount: Rp 50\.00 Received on: /,
        'section.step',
      );

      const mistake = await record(1_000);
      await page.goto(`${stack.url}/console/transfers/${mistake}`);
      await press(page, 'Correct…');
      await dialog(page).getByLabel('Date received').fill('2026-03-30');
      await submit(page, 'Save changes');
      await reads(page, /Received 30 Mar 2026, 00:00/);
      await press(page, 'Void…');
      await reads(page, 'Only if this money was never received.', 'dialog');
      await dialog(page).getByLabel('Reason').fill('another account');
      await submit(page, 'Void transfer');
      await reads(page, 'The transfer is voided.');
      await reads(page, 'This transfer was recorded by mistake and is voided. Nothing can be done with it.');
      await page.goto(`${stack.url}/console/transfers?show=voided`);
      await row(page, new RegExp(`^Transfer ${mistake} `)).waitFor();
      expect(await money(id)).toMatchObject({
        payments: ['completed 0'],
        transfers: ['5500 matched 5000 unmatched 500'],
      });
    });
  });

  describe('shown to the payer', () => {
    test('partly paid: how much of how much, the amount due only, and that it does not expire', async () => {
      const { id } = await pending();
      await confirm(id, { amount_received: 2_000 });
      const page = await openPay(id);
      await heading(page, /^Rp\s20\.00 of Rp\s50\.00 has arrived$/).waitFor();
      await reads(page, 'Please send the remaining Rp 30.00. This page shows the receipt once it has arrived.');
      await reads(page, /Amount still due Rp 30\.00 Copy/);
      await reads(page, 'This payment doesn’t expire.');
      await reads(page, /Total Rp 50\.00 Received −Rp 20\.00 Still due Rp 30\.00/);
      expect(await textOf(page, 'section.manual')).not.toMatch(/50\.00|Send it by/);
      expect(await seriousFaults(page)).toEqual([]);
      await press(page, 'Cancel this payment');
      await reads(
        page,
        'Cancel? Your clinic will use the Rp 20.00 that has arrived for another payment of yours, or pay it back.',
      );
      await press(page, 'Yes, cancel');
      await heading(page, 'Payment cancelled').waitFor();
      await reads(page, 'We received Rp 20.00 for this payment, but it doesn’t pay it.');
      expect(await money(id)).toMatchObject({
        payments: ['cancelled 0'],
        transfers: ['2000 matched 0 unmatched 2000'],
      });
    });

    test('paid by two transfers: the receipt lists both', async () => {
      const { id } = await pending();
      await confirm(id, { transaction_id: 'BCA-first', amount_received: 2_000 });
      await confirm(id, { transaction_id: 'BCA-second', amount_received: 3_000 });
      const page = await openPay(id);
      await heading(page, 'Paid. Thank you!').waitFor();
      await reads(page, /Transfer of [^T]*BCA-first Rp 20\.00 Transfer of [^T]*BCA-second Rp 30\.00/);
    });

    test('overpaid: paid, with the rest, and when that is paid back', async () => {
      const { id } = await pending();
      const transfer_id = await confirm(id, { amount_received: 6_000 });
      const page = await openPay(id);
      await heading(page, 'Paid. Thank you!').waitFor();
      await reads(
        page,
        'We received Rp 10.00 more than this payment needs. Your clinic will use it for another payment of yours, or pay it back.',
      );
      await post(`transfers/${transfer_id}/refund`, { reason: 'too much' });
      await page.reload();
      await reads(page, 'Your clinic is refunding Rp 10.00 to you by bank transfer.');
    });

    test.each(['cancelled', 'expired'])(
      'a transfer for a payment that is %s: says that the money arrived, and warns before paying again',
      async (end) => {
        const payment_id = (await create<Schemas['NewPayment']>(stack, patient, undefined, 'bank_transfer')).body.data
          .payment_id;
        if (end === 'cancelled') await cancel(payment_id);
        else await expire(stack, payment_id);
        const amount_received = end === 'cancelled' ? 5_000 : 4_000;
        await confirm(payment_id, { amount_received });
        const page = await openPay(payment_id);
        await reads(
          page,
          /We received Rp [45]0\.00 for this payment, but it doesn’t pay it\. .* Please ask your clinic before you pay again\./,
        );
        expect(await page.getByRole('link', { name: 'Pay again' }).count()).toBe(0);
        expect(await textOf(page)).not.toMatch(/nothing was charged|If you(’ve already| have) sent/i);
        const again = await openAs(context, stack, patient, `?consultation=${patient.consultation_id}`);
        await reads(again, 'Your payment needs review');
        await reads(again, 'doesn’t pay it.');
        await again.getByRole('link', { name: 'See that payment' }).waitFor();
        expect(await money(payment_id)).toMatchObject({
          charges: [],
          transfers: [`${amount_received} matched 0 unmatched ${amount_received}`],
        });
      },
    );
  });

  test('in Indonesian, on a small phone, in dark mode: nothing is cut off', async () => {
    await context.close();
    context = await browser.person({ locale: 'id-ID', viewport: NARROW });
    const { id } = await pending();
    const transfer_id = await confirm(id, { amount_received: 6_000 });
    await post(`transfers/${transfer_id}/refund`, { amount: 500, reason: 'terlalu banyak' });
    const part = await pending();
    await confirm(part.id, { amount_received: 2_000 });
    const page = await openConsole(context, stack, staff.token, `/transfers/${transfer_id}`);
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const [at, sentence] of [
      [`console/transfers/${transfer_id}`, 'Rp 5,00 belum dicocokkan'],
      ['console/transfers', 'Belum dicocokkan'],
      [`console/payments/${id}`, 'Rp 5,00 yang dikirim untuk pembayaran ini belum dicocokkan'],
      [`console/payments/${part.id}`, 'Rp 20,00 dari Rp 50,00 sudah diterima, dan masih kurang Rp 30,00'],
    ] as const) {
      await page.goto(`${stack.url}/${at}`);
      await reads(page, sentence);
      expect([at, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([at, NARROW.width]);
      expect([at, await seriousFaults(page)]).toEqual([at, []]);
    }
    const payer = await openPay(part.id);
    await payer.emulateMedia({ colorScheme: 'dark' });
    await heading(payer, /^Rp\s20,00 dari Rp\s50,00 sudah diterima$/).waitFor();
    expect(await payer.evaluate('document.documentElement.scrollWidth')).toBe(NARROW.width);
    expect(await seriousFaults(payer)).toEqual([]);
  });

  test('a transfer can be matched by keyboard only', async () => {
    const { id } = await pending();
    const page = await openTransfer(await record(5_000));
    await page.getByRole('button', { name: 'Match with a payment…' }).press('Enter');
    await page.keyboard.type(String(id));
    await dialog(page)
      .getByRole('button', { name: /^Match Rp\s50\.00$/ })
      .waitFor();
    await page.keyboard.press('Enter');
    await gone(page);
    await reads(page, `Payment ${id} is confirmed.`);
    await eventually(
      async () => page.evaluate<boolean>(`document.activeElement?.tagName === 'H1'`),
      'the heading has the focus',
    );
    expect(await money(id)).toMatchObject({ payments: ['completed 0'] });
  });
});
