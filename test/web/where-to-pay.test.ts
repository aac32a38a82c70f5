import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { BrowserContext, Page } from 'playwright-core';
import { ask } from '../support/http.js';
import { createPerson } from '../support/people.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from './support/browser.js';
import { create, openConsole } from './support/console.js';
import { heading, openAs, type Patient, payButton, type PayStack, startPayStack } from './support/pay-stack.js';

const NARROW = { width: 360, height: 740 };
/** GCash is left out: not every clinic takes it. */
const BANK = {
  BANK_TRANSFER_BANK: 'Bank Contoh',
  BANK_TRANSFER_HOLDER: 'Yayasan Klinik Contoh Sehat Sejahtera Bersama',
  BANK_TRANSFER_ACCOUNT: '0000 1234 5678',
  BANK_TRANSFER_NOTE_EN: 'From another bank it takes a day.',
  BANK_TRANSFER_NOTE_ID: 'Dari bank lain perlu sehari.',
};

describeInBrowser('where to pay, in a real browser', () => {
  let stack: PayStack;
  let browser: TestBrowser;
  let context: BrowserContext;
  let patient: Patient;

  beforeAll(async () => {
    stack = await startPayStack(BANK);
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });
  beforeEach(async () => {
    patient = await stack.patient();
  });
  afterEach(() => context.close());

  /** A payment of this patient by this method, on its page. */
  const openPayment = async (payment_method: string) => {
    const { payment_id, payment } = (await create(stack, patient, undefined, payment_method)).body.data;
    const page = await openAs(context, stack, patient, `?payment=${payment_id}`);
    return { page, payment_id, reference: payment.payment_reference as string };
  };
  const steps = (page: Page) => page.getByRole('region', { name: /^(How to pay|Yang perlu dilakukan)$/ });
  const clipboard = (page: Page) => page.evaluate(() => (globalThis as any).navigator.clipboard.readText());
  const grouped = (reference: string) => reference.replaceAll(/(.{4})(?=.)/g, '$1 ');

  test('chosen and started by keyboard: account, amount and reference are copied in the format a bank accepts', async () => {
    context = await browser.person();
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stack.url });
    const page = await openAs(context, stack, patient, `?consultation=${patient.consultation_id}`);
    await page.getByLabel('Payment method').selectOption('bank_transfer');
    // Unlike a click, a key does not wait until the button can be pressed.
    await payButton(page).click({ trial: true });
    await payButton(page).press('Enter');
    await heading(page, 'Transfer the money').waitFor();
    const { body } = await ask<Schemas['PageOfPayments']>(stack.url, '/api/v1/payments?limit=1', {
      token: patient.token,
    });
    const reference = body.data.payments[0]!.payment_reference!;
    expect(await steps(page).innerText()).toMatch(
      new RegExp(
        `Bank\\s+Bank Contoh[^]*Account number\\s+0000 1234 5678[^]*Account holder\\s+${BANK.BANK_TRANSFER_HOLDER}[^]*Amount\\s+Rp\\s50\\.00[^]*Reference\\s+${grouped(reference)}[^]*From another bank it takes a day\\.\\s+Send it by \\d`,
      ),
    );
    for (const [what, text] of [
      ['Bank', 'Bank Contoh'],
      ['Account number', '000012345678'],
      ['Account holder', BANK.BANK_TRANSFER_HOLDER],
      ['Amount', '50'],
      ['Reference', reference],
    ] as const) {
      await page.getByRole('button', { name: `Copy ${what}`, exact: true }).press('Enter');
      await page.getByRole('button', { name: `Copied ${what}`, exact: true }).waitFor();
      expect(await steps(page).getByRole('status').innerText()).toBe(`${what} copied.`);
      expect(await clipboard(page)).toBe(text);
    }
    // One at a time is in the clipboard.
    expect(await page.getByRole('button', { name: /^Copied/ }).count()).toBe(1);
    expect(await seriousFaults(page)).toEqual([]);
  });

  test.each([
    ['has no clipboard, as by http from another machine', undefined],
    ['refuses', { writeText: 'refuses' }],
  ])('a browser that %s: the text to copy is selected, and the page says so', async (_name, given) => {
    context = await browser.person();
    await context.addInitScript((clipboard) => {
      const value = clipboard && { writeText: async () => Promise.reject(new Error('NotAllowedError')) };
      Object.defineProperty((globalThis as any).navigator, 'clipboard', { value });
    }, given);
    const { page, reference } = await openPayment('bank_transfer');
    await page.getByRole('button', { name: 'Copy Reference' }).click();
    await steps(page)
      .getByText(/Reference is selected: press Ctrl\+C/)
      .waitFor();
    expect(await page.evaluate(() => (globalThis as any).getSelection().toString())).toBe(grouped(reference));
    expect(await page.getByRole('button', { name: /^Copied/ }).count()).toBe(0);
  });

  test('in Indonesian, on a small phone, in dark mode: nothing is cut off; the note follows the language', async () => {
    context = await browser.person({ locale: 'id-ID', viewport: NARROW });
    const { page, reference } = await openPayment('bank_transfer');
    await page.emulateMedia({ colorScheme: 'dark' });
    await heading(page, 'Transfer uangnya').waitFor();
    const text = await steps(page).innerText();
    for (const part of ['Nomor rekening', 'Atas nama', grouped(reference), BANK.BANK_TRANSFER_NOTE_ID])
      expect(text).toContain(part);
    expect(await page.evaluate(() => (globalThis as any).document.documentElement.scrollWidth)).toBe(NARROW.width);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'EN, English' }).click();
    await steps(page).getByText(BANK.BANK_TRANSFER_NOTE_EN).waitFor();
  });

  test('a method without an account names a contact, and still shows amount and reference', async () => {
    context = await browser.person();
    const { page, reference } = await openPayment('gcash');
    await heading(page, 'Pay with GCash').waitFor();
    const text = await steps(page).innerText();
    expect(text).toMatch(/Ask your clinic for its GCash number\s+Your clinic hasn’t entered its number here/);
    expect(text).toContain(grouped(reference));
    expect(text).not.toContain('Bank Contoh');
    expect(await page.getByRole('button', { name: /^Copy/ }).count()).toBe(2);
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('a Stripe payment shows none of it', async () => {
    context = await browser.person();
    const { page } = await openPayment('stripe');
    await heading(page, /./).waitFor();
    expect(await steps(page).count()).toBe(0);
  });

  test('the console finds a payment by its reference, and shows it', async () => {
    context = await browser.person();
    const { payment_id, payment } = (await create<Schemas['NewPayment']>(stack, patient, undefined, 'bank_transfer'))
      .body.data;
    const staff = await createPerson(stack.database, 'staff');
    const spoken = grouped(payment.payment_reference!);
    const page = await openConsole(context, stack, staff.token, `/payments?search=${encodeURIComponent(spoken)}`);
    await page.getByRole('link', { name: `Payment ${payment_id}`, exact: true }).click();
    await page.getByText('Payment reference').waitFor();
    expect(await page.locator('main').innerText()).toContain(spoken);
  });
});
