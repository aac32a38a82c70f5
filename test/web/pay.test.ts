import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { BrowserContext, Page } from 'playwright-core';
import { held } from '../simulator/support/held.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createPerson, tokenFor } from '../support/people.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from './support/browser.js';
import {
  CHARGED_ONCE,
  heading,
  holdToken,
  openAs,
  type Patient,
  payButton,
  payByCard,
  type PayStack,
  startPayStack,
} from './support/pay-stack.js';

const SESSIONS = { path: '/v1/checkout/sessions', method: 'POST' };
const PAID = 'Paid. Thank you!';

describeInBrowser('the pay page, in a real browser', () => {
  let stack: PayStack;
  let browser: TestBrowser;
  let context: BrowserContext;
  let patient: Patient;

  beforeAll(async () => {
    stack = await startPayStack();
    browser = await startBrowser();
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

  const open = (query = `?consultation=${patient.consultation_id}`) => openAs(context, stack, patient, query);
  const money = () => stack.money(patient.consultation_id);

  test('log in, choose, pay by card, receipt: by keyboard only, and axe finds nothing serious', async () => {
    const page = await context.newPage();
    await page.goto(stack.url);
    await page.getByLabel('Email').waitFor();
    expect(page.url()).toBe(`${stack.url}/pay`);
    expect(await seriousFaults(page)).toEqual([]);
    await tabTo(page, 'Email');
    await page.keyboard.type('patient@test.com');
    await tabTo(page, 'Password');
    await page.keyboard.type('password');
    await page.keyboard.press('Enter');

    await page.getByRole('radio', { name: /Consultation 30\b/ }).waitFor();
    await tabTo(page, 'Show more');
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: /Consultation 5\b/ }).waitFor();
    // The first loaded entry has the focus, and the arrow keys choose.
    await page
      .locator(':focus')
      .and(page.getByRole('radio', { name: /Consultation 10\b/ }))
      .waitFor();
    for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowDown');
    await page.getByRole('radio', { name: /Consultation 5\b/, checked: true }).waitFor();
    await tabTo(page, 'PAY');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');

    await payByCard(page);
    await heading(page, PAID).waitFor();
    expect(await page.locator('main').innerText()).toMatch(
      /INV-\d{14}-\d{6,}[^]*Card \(Stripe\)[^]*Before tax\s+Rp\s45\.05[^]*Tax \(11 %\)\s+Rp\s4\.95[^]*Total\s+Rp\s50\.00/,
    );
    expect(await seriousFaults(page)).toEqual([]);
    expect(await stack.money(5)).toEqual(CHARGED_ONCE);
  });

  test('three clicks, and three submits before the button is disabled: one request, charged once', async () => {
    const page = await open();
    const creates = countCreates(page);
    await payButton(page).click({ trial: true });
    await payButton(page).evaluate((button: any) => {
      for (let click = 0; click < 3; click++) button.click();
      for (let submit = 0; submit < 3; submit++) button.form.requestSubmit();
    });
    await payByCard(page);
    await heading(page, PAID).waitFor();
    expect(creates()).toBe(1);
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  test('reloaded while the server waits for Stripe: continues with the same key, one session, charged once', async () => {
    const page = await open();
    await stack.simulator.sim('faults', { hold: { ...SESSIONS, when: 'after' } });
    await payButton(page).click();
    await held(stack.simulator, 1);
    expect(await payButton(page).textContent()).toContain('Processing…');
    expect(await payButton(page).isDisabled()).toBe(true);

    await page.reload();
    // Its first request still runs; a key that is in use is refused for now, and the page waits and asks again.
    const inUse = page.waitForResponse((answer) => answer.status() === 409);
    await payButton(page).click();
    await inUse;
    expect(await payButton(page).isDisabled()).toBe(true);
    await stack.simulator.sim('faults/release', {});

    await payByCard(page);
    await heading(page, PAID).waitFor();
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  test('two tabs pay at once: one payment, one hosted page, and both show the receipt', async () => {
    const [one, two] = await Promise.all([open(), open()]);
    await Promise.all([payButton(one).click({ trial: true }), payButton(two).click({ trial: true })]);
    await stack.simulator.sim('faults', { hold: { ...SESSIONS, when: 'before' } });
    await Promise.all([payButton(one).click(), payButton(two).click()]);
    await held(stack.simulator, 1);
    expect(await Promise.all([payButton(one).isDisabled(), payButton(two).isDisabled()])).toEqual([true, true]);
    await stack.simulator.sim('faults/release', {});
    await Promise.all([one.getByLabel('Card number').waitFor(), two.getByLabel('Card number').waitFor()]);
    expect(one.url()).toBe(two.url());
    await payByCard(one);
    await heading(one, PAID).waitFor();
    await payByCard(two);
    await heading(two, PAID).waitFor();
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  test('another device, in Indonesian, with a stale list: warned with the payment’s number, charged once', async () => {
    const telephone = await browser.person({ locale: 'id-ID', viewport: { width: 360, height: 740 } });
    const other = await openAs(telephone, stack, patient, `?consultation=${patient.consultation_id}`);
    const button = other.getByRole('button', { name: 'BAYAR' });
    await button.click({ trial: true });

    const page = await open();
    await payButton(page).click();
    await page.getByLabel('Card number').waitFor();
    await button.click();
    const warning = other.getByRole('alert');
    await warning.waitFor();
    const [row] = await stack.database.query<{ id: string }>('SELECT id FROM payments WHERE consultation_id = $1', [
      patient.consultation_id,
    ]);
    expect(await warning.innerText()).toContain('Anda sudah memulai pembayaran ini');
    const link = warning.getByRole('link', { name: 'Lihat pembayaran' });
    expect(await link.getAttribute('href')).toContain(`payment=${row!.id}`);
    expect(await seriousFaults(other)).toEqual([]);

    await payByCard(page);
    await heading(page, PAID).waitFor();
    await other.getByRole('link', { name: 'Lihat pembayaran' }).click();
    await heading(other, 'Lunas. Terima kasih!').waitFor();
    expect(await seriousFaults(other)).toEqual([]);
    expect(await widthOf(other)).toBeLessThanOrEqual(360);
    expect(await money()).toEqual(CHARGED_ONCE);
    await telephone.close();
  });

  test('browser back after paying: hosted page and list say paid, without a pay button', async () => {
    const page = await open();
    await payButton(page).click();
    await payByCard(page);
    await heading(page, PAID).waitFor();
    await page.goBack();
    await page.getByText('Payment received').waitFor();
    for (let steps = 0; steps < 4 && !page.url().includes('consultation='); steps++) await page.goBack();
    await page.getByText(`Consultation ${patient.consultation_id} already has a payment`).waitFor();
    expect(await payButton(page).isDisabled()).toBe(true);
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  test('the server is killed while it waits for Stripe, and restarts: the page continues automatically, charged once', async () => {
    const page = await open();
    await stack.simulator.sim('faults', { hold: { ...SESSIONS, when: 'after' } });
    await payButton(page).click();
    await held(stack.simulator, 1);
    await stack.kill();
    await page.getByText('You won’t be charged twice').waitFor();
    expect(await payButton(page).isDisabled()).toBe(true);
    await stack.simulator.sim('faults/release', {});
    await stack.restart();

    await payByCard(page);
    await heading(page, PAID).waitFor();
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  test('offline on click, online later: the page waits, then continues automatically, charged once', async () => {
    const page = await open();
    await payButton(page).click({ trial: true });
    await context.setOffline(true);
    await payButton(page).click();
    await page.getByText('No connection. We’ll continue automatically').waitFor();
    expect(await money()).toMatchObject({ charged: [], payments: [] });
    await context.setOffline(false);

    await payByCard(page);
    await heading(page, PAID).waitFor();
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  test('a declined card, then left: says that nothing was charged; continues with another card, charged once', async () => {
    const page = await open();
    await payButton(page).click();
    await payByCard(page, '4000 0000 0000 0002');
    await page.getByText('The card was declined. Nothing was charged.').first().waitFor();
    await page.getByRole('link', { name: 'Cancel and go back' }).click();
    await heading(page, 'You haven’t paid yet').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await money()).toMatchObject({ charged: [], payments: ['pending'] });

    await page.getByRole('link', { name: 'Continue to the payment page' }).click();
    await payByCard(page);
    await heading(page, PAID).waitFor();
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  test('left the hosted page and cancelled: the consultation is free again, and nothing was charged', async () => {
    const page = await open();
    await payButton(page).click();
    await page.getByRole('link', { name: 'Cancel and go back' }).click();
    await page.getByRole('button', { name: 'Cancel this payment' }).click();
    await page.getByRole('button', { name: 'Yes, cancel' }).click();
    await heading(page, 'Payment cancelled').waitFor();
    await page.getByRole('link', { name: 'Pay again' }).click();
    await payButton(page).click({ trial: true });
    expect(await money()).toMatchObject({ charged: [], payments: ['cancelled'] });
  });

  test('the session expires while its page is open: says so, and a new one is paid; charged once', async () => {
    const page = await open();
    await payButton(page).click();
    await page.getByLabel('Card number').waitFor();
    await stack.simulator.sim('clock', { advance_seconds: 25 * 3_600 });
    await page.reload();
    await page.getByRole('link', { name: 'Back to the shop' }).click();
    await heading(page, 'Payment expired').waitFor();
    await page.getByRole('link', { name: 'Pay again' }).click();
    await payButton(page).click();
    await payByCard(page);
    await heading(page, PAID).waitFor();
    expect(await money()).toMatchObject({ charged: [5_000], payments: ['expired', 'completed'], received: [5_000] });
  });

  test('the token expires during the payment: asks to log in, and shows the receipt on the same page', async () => {
    // Consultation 6 of the demo's patient, who has a password.
    const page = await context.newPage();
    await holdToken(page, stack, await tokenFor('patient@test.com', 'patient'));
    await page.goto(`${stack.url}/pay?consultation=6`);
    await payButton(page).click();
    await page.getByLabel('Card number').waitFor();
    const away = page.url();
    await holdToken(
      page,
      stack,
      await tokenFor('patient@test.com', 'patient', 'not the secret of this server, as if expired'),
    );
    await page.goto(away);
    await payByCard(page);
    await page.getByRole('alert').getByText('Your session has expired').waitFor();
    await page.getByLabel('Email').fill('patient@test.com');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('The email or the password is wrong').waitFor();
    await page.getByLabel('Password').fill('password');
    await page.getByRole('button', { name: 'Log in' }).click();
    await heading(page, PAID).waitFor();
    const { charged, payments } = await stack.money(6);
    expect({ charged, payments }).toEqual({ charged: [5_600_000], payments: ['completed'] });
  });

  test('reloaded before paying: what was chosen stays chosen, so that PAY does not go another way', async () => {
    const page = await open();
    await page.getByLabel('Payment method').selectOption('gcash');
    await page.reload();
    await payButton(page).waitFor();
    expect(await page.getByLabel('Payment method').inputValue()).toBe('gcash');
    await payButton(page).click();
    await heading(page, 'Pay with GCash').waitFor();

    await page.goto(`${stack.url}/pay?show=products`);
    await page.getByRole('radio', { name: /Single session/ }).check();
    await page.getByLabel('Quantity').fill('3');
    await page.getByText('Single session × 3').waitFor();
    await page.reload();
    await page.getByText('Single session × 3').waitFor();

    // The quantity first.
    await page.goto(`${stack.url}/pay?show=products`);
    await page.getByLabel('Quantity').fill('4');
    await page.getByRole('radio', { name: /Single session/ }).check();
    await page.getByText('Single session × 4').waitFor();
    await page.reload();
    await page.getByText('Single session × 4').waitFor();
  });

  test('a debit that takes days: says not to pay again, then shows the receipt; charged once', async () => {
    const page = await open();
    await payButton(page).click();
    await page.getByLabel('Email').fill('patient@test.com');
    await page.getByLabel('Bank transfer').check();
    await page.getByRole('button', { name: /^Pay/ }).click();
    await heading(page, 'Your payment is processing').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await money()).toMatchObject({ charged: [], payments: ['pending'] });
    const session = new URL(page.url()).searchParams.get('session_id')!;
    await stack.simulator.sim(`sessions/${session}/pay`, { outcome: 'async_succeeded' });
    await heading(page, PAID).waitFor();
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  test('a bank transfer: shows instructions, the receipt after staff confirmed, and a refund', async () => {
    const page = await open();
    await page.getByLabel('Payment method').selectOption('bank_transfer');
    await payButton(page).click();
    await heading(page, 'Transfer the money').waitFor();
    expect(await page.locator('main').innerText()).toMatch(/Amount\s+Rp\s50\.00[^]*Reference\s+RF\d\d \d/);
    expect(await seriousFaults(page)).toEqual([]);

    const payment_id = new URL(page.url()).searchParams.get('payment');
    const staff = await createPerson(stack.database, 'staff');
    const tell = (what: string, body: object) =>
      ask(stack.url, `/api/v1/payments/${payment_id}/${what}`, { token: staff.token, body });
    expect((await tell('confirm', { transaction_id: 'BCA-1' })).status).toBe(200);
    // The page is not busy while it waits for staff.
    await page.getByRole('button', { name: 'Check again' }).click({ timeout: 15_000 });
    await heading(page, PAID).waitFor();
    expect(await money()).toEqual({ ...CHARGED_ONCE, charged: [], sessions: 0 });

    const refund = { amount: 2_000, reason: 'requested_by_customer', transaction_id: 'BCA-2' };
    expect((await tell('refund', refund)).body.data).toMatchObject({ payment: { refunded_amount: 2_000 } });
    await page.reload();
    await heading(page, 'Partially refunded').waitFor();
    expect(await page.locator('main').innerText()).toMatch(/Refunded\s+−Rp\s20\.00/);
    // Of 50.00 at eleven per cent.
    expect(await page.locator('main').innerText()).toMatch(/Tax included\s+−Rp\s1\.98\s+Net amount paid\s+Rp\s30\.00/);
  });

  test('quantity two of a product: one order with their total, shown in the history', async () => {
    const page = await open('?product=single-session&quantity=2');
    await page.getByText('Single session × 2').waitFor();
    await payButton(page).click();
    await payByCard(page);
    await heading(page, PAID).waitFor();
    const received = await stack.database.query(
      `SELECT p.status, c.amount_received::int FROM payments p JOIN charges c ON c.payment_id = p.id WHERE p.user_id = $1`,
      [patient.id],
    );
    expect(received).toEqual([{ status: 'completed', amount_received: 15_000_000 }]);
    expect((await money()).charged).toEqual([15_000_000]);
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.getByRole('tab', { name: 'My payments' }).click();
    await page.getByRole('row', { name: /Single session × 2/ }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('no useless pay button: another user’s payment, an unknown consultation, no connection', async () => {
    const { payment_id } = (
      await ask<Schemas['NewPayment']>(stack.url, '/api/v1/payments', {
        token: patient.token,
        body: { consultation_id: patient.consultation_id, amount: 5_000, payment_method: 'gcash' },
      })
    ).body.data;
    const other = await stack.patient();
    const page = await openAs(context, stack, other, `?payment=${payment_id}`);
    await page.getByText('This payment doesn’t exist').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    expect(await page.getByText('Reference').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Race lab' }).count()).toBe(0);
    await page.goto(`${stack.url}/pay?consultation=999999`);
    await page.getByText('You have no unpaid consultation 999999').waitFor();
    await page.goto(`${stack.url}/pay?product=none`);
    await page.getByText('Product “none” isn’t available.').waitFor();
    await context.setOffline(true);
    await page.getByText('You’re offline').waitFor();
    await context.setOffline(false);
    await page.getByText('You’re offline').waitFor({ state: 'detached' });
  });

  test('keyboard focus moves to the cancel dialog, and back to the heading when it closes', async () => {
    const { payment_id } = (
      await ask<Schemas['NewPayment']>(stack.url, '/api/v1/payments', {
        token: patient.token,
        body: { consultation_id: patient.consultation_id, amount: 5_000, payment_method: 'gcash' },
      })
    ).body.data;
    const page = await openAs(context, stack, patient, `?payment=${payment_id}`);
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    await page.getByRole('button', { name: 'Cancel this payment' }).press('Enter');
    await eventually(async () => (await focused()).startsWith('Cancel? '), 'the question has the keyboard');
    await page.getByRole('button', { name: 'No, keep it' }).press('Enter');
    await eventually(async () => (await focused()) === 'Pay with GCash', 'the heading has the keyboard');
  });

  test('dark and light at 360 pixels: nothing is cut off, and axe finds nothing serious', async () => {
    await context.close();
    context = await browser.person({ viewport: { width: 360, height: 740 } });
    const page = await open();
    await page.emulateMedia({ colorScheme: 'dark' });
    await payButton(page).click({ trial: true });
    expect(await widthOf(page)).toBeLessThanOrEqual(360);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'ID, Bahasa Indonesia' }).click();
    await page.getByRole('button', { name: 'BAYAR' }).click({ trial: true });
    expect(await page.getAttribute('html', 'lang')).toBe('id');
    await page.getByRole('button', { name: 'Tema gelap' }).click();
    expect(await page.getAttribute('html', 'data-theme')).toBe('light');
    expect(await seriousFaults(page)).toEqual([]);
    expect(await money()).toMatchObject({ charged: [], payments: [] });
  });
});

const widthOf = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth');

/** How often this page asks for a payment. */
function countCreates(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/v1/payments')) count += 1;
  });
  return () => count;
}

/** Presses Tab until what has this name has the focus: it can be reached, and this is how. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    const texts = await page.evaluate<(string | undefined)[]>(
      '[document.activeElement?.labels?.[0]?.textContent, document.activeElement?.textContent]',
    );
    if (texts.some((text) => text?.trim() === name)) return;
  }
  throw new Error(`Tab never came to "${name}"`);
}
