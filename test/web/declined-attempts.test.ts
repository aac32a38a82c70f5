import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { createPerson, type Person } from '../support/people.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from './support/browser.js';
import { letStripeTell, openConsole } from './support/console.js';
import {
  CHARGED_ONCE,
  heading,
  openAs,
  type Patient,
  payButton,
  payByCard,
  type PayStack,
  startPayStack,
} from './support/pay-stack.js';

const NO_FUNDS = '4000 0000 0000 9995';
const DECLINED = '4000 0000 0000 0002';

describeInBrowser('declined cards, on the pay page and in the console', () => {
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
  afterEach(() => context.close());

  const money = () => stack.money(patient.consultation_id);
  const stored = (count: number) =>
    eventually(async () => {
      const rows = await stack.database.query<{ payment_id: string }>(
        `SELECT payment_id FROM payment_attempts a JOIN payments p ON p.id = a.payment_id WHERE p.consultation_id = $1`,
        [patient.consultation_id],
      );
      return rows.length === count && Number(rows[0]!.payment_id);
    }, `${count} attempts are stored`);
  const why = (page: Page, sentence: string | RegExp) => page.locator('.why p').filter({ hasText: sentence }).waitFor();

  test('declined three times, then paid: payer and staff read why; charged once', async () => {
    const page = await openAs(context, stack, patient, `?consultation=${patient.consultation_id}`);
    await payButton(page).click();
    await payByCard(page, NO_FUNDS);
    await page.getByText('The card has insufficient funds.').first().waitFor();
    const payment_id = await stored(1);

    const watching = await openConsole(context, stack, staff.token, `/payments/${payment_id}`);
    await why(watching, /^Not charged: 1 card attempt was declined: insufficient funds\.$/);

    await payByCard(page, NO_FUNDS);
    await stored(2);
    await payByCard(page, DECLINED);
    await page.getByText('The card was declined. Nothing was charged.').first().waitFor();
    await stored(3);
    await why(
      watching,
      /^Not charged: 3 card attempts were declined: insufficient funds \(2\), no reason given by the bank \(1\)\.$/,
    );
    const declines = watching.getByRole('button', { name: /, Card declined,/ });
    // The page reads the payment and its timeline by two requests: the third may be in one of them a moment earlier.
    await declines.nth(2).waitFor();
    expect(await declines.count()).toBe(3);
    expect(await watching.locator('body').innerText()).not.toContain('hasn’t paid');
    expect(await seriousFaults(watching)).toEqual([]);
    await watching
      .getByRole('button', { name: /, Card declined,/ })
      .first()
      .click();
    expect(await watching.getByRole('region', { name: 'Details of the step' }).innerText()).toMatch(
      /Decline code\s+insufficient_funds\s+Card ends in\s+9995|Card ends in\s+9995[^]*Decline code\s+insufficient_funds/,
    );

    await page.getByRole('link', { name: 'Cancel and go back' }).click();
    await heading(page, 'Your last card was declined').waitFor();
    await page
      .getByText(
        'Your card ending in 0002 was declined: no reason given by the bank. Nothing was charged. While the payment page is open, you can try again there with this card or another one.',
      )
      .waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await money()).toMatchObject({ charged: [], payments: ['pending'], received: [] });

    await page.getByRole('link', { name: 'Continue to the payment page' }).click();
    await payByCard(page);
    await heading(page, 'Paid. Thank you!').waitFor();
    await why(watching, /^Charged once, after 3 declined attempts: Rp\s50\.00 on .+\.$/);
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  test('in Indonesian, on a phone: payer page and console show it', async () => {
    const telephone = await browser.person({ locale: 'id-ID', viewport: { width: 360, height: 740 } });
    const page = await openAs(telephone, stack, patient, `?consultation=${patient.consultation_id}`);
    await page.getByRole('button', { name: /^BAYAR$/ }).click();
    const row = await eventually(async () => {
      const [found] = await stack.database.query<{ session_id: string | null; payment_id: string }>(
        `SELECT s.session_id, s.payment_id FROM stripe_sessions s JOIN payments p ON p.id = s.payment_id
         WHERE p.consultation_id = $1`,
        [patient.consultation_id],
      );
      return found && found.session_id !== null ? { ...found, session_id: found.session_id } : undefined;
    }, 'the session is open');
    await stack.simulator.sim(`sessions/${row.session_id}/pay`, { outcome: 'declined' });
    await stored(1);
    const left = await openAs(telephone, stack, patient, `?payment=${row.payment_id}&left=1`);
    await heading(left, 'Kartu terakhir Anda ditolak').waitFor();
    await left
      .getByText('Tidak ada yang ditagih. Selama halaman pembayaran terbuka, Anda dapat mencoba lagi di sana')
      .waitFor();
    expect(await seriousFaults(left)).toEqual([]);
    const watching = await openConsole(telephone, stack, staff.token, `/payments/${row.payment_id}`);
    await why(watching, 'Tidak ditagih: 1 percobaan kartu ditolak: bank tidak memberi alasan.');
    await telephone.close();
    expect(await money()).toMatchObject({ charged: [], payments: ['pending'] });
  });
});
