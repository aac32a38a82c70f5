import type { BrowserContext, Page } from 'playwright-core';
import { type LabStack, startLabStack } from '../lab/support/lab-stack.js';
import { eventually } from '../support/eventually.js';
import { tokenFor } from '../support/people.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from '../web/support/browser.js';
import { holdToken } from '../web/support/pay-stack.js';

jest.setTimeout(300_000);

/** An attack alone takes up to six seconds, both halves; a busy two-core machine may need many times that. */
const MAX_ATTACK_MS = 60_000;

const ATTACKS = [
  'Three clicks in 100 ms',
  'The response is lost',
  'Two devices at once',
  'An impatient load balancer',
  'The webhook comes first',
  'Seven webhooks for one payment',
  'Redis stops responding',
  'A server is killed',
];

describeInBrowser('the race lab, in a real browser', () => {
  let stack: LabStack;
  let browser: TestBrowser;
  let context: BrowserContext;

  beforeAll(async () => {
    stack = await startLabStack();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });
  beforeEach(async () => {
    await stack.simulator.sim('reset', {});
    context = await browser.person();
  });
  afterEach(() => context.close());

  async function open(token = stack.staff): Promise<Page> {
    const page = await context.newPage();
    await holdToken(page, stack, token);
    await page.goto(`${stack.url}/lab`);
    return page;
  }
  const card = (page: Page, name: string) => page.getByRole('article', { name });
  const run = (page: Page, name: string) => card(page, name).getByRole('button', { name: /^Run/ });

  // One attack alone; all eight run below, and each over HTTP in race-lab-attacks.
  test.each(['A server is killed'])('"%s": the page says charged once, and ledger and rows agree', async (name) => {
    const page = await open();
    await run(page, name).click();
    await page.getByRole('heading', { name: /^Without guards: Starting \d servers…$/, level: 3 }).waitFor();
    await card(page, name).getByRole('button', { name: 'Charged once' }).waitFor({ timeout: MAX_ATTACK_MS });
    expect(await page.getByRole('status').innerText()).toBe(`${name}: Charged once`);
    const guarded = page.getByRole('region', { name: 'With Payonce’s guards' });
    await guarded.getByRole('heading', { name: 'Charged once', level: 3 }).waitFor();
    expect(await guarded.innerText()).toMatch(/Charges at Stripe\s+1\s[^]*Stopped by[^]*Stripe’s idempotency key/);
    const unguarded = page.getByRole('region', { name: 'Without guards' });
    await unguarded.getByRole('heading', { name: 'Charged twice', level: 3 }).waitFor();
    expect(await unguarded.innerText()).toMatch(/Charges at Stripe\s+2\s[^]*never reached the customer/);
    // That a program without guards charges twice is no alert.
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('tab', { name: 'Without guards' }).click();
    await page.getByText('no payment has this page').waitFor();
    const { fee, ...money } = await stack.money();
    expect(money).toEqual({ charged: [fee], payments: ['completed'], received: [fee], invoices: ['paid'] });
    expect(await page.getByText('not observed this time').count()).toBe(0);
    expect(stack.children()).toEqual([]);
    await page.getByRole('tab', { name: 'Server timeline' }).click();
    const completed = page.getByRole('listitem').filter({ hasText: /Completed\s+payment\.\u200bcompleted/ });
    await completed.first().waitFor();
    expect(await page.getByText(/^[\d.]+ s, servers included$/).count()).toBe(1);
    // A reload keeps it.
    await page.reload();
    await card(page, name).getByRole('button', { name: 'Charged once' }).waitFor();
    await page.getByRole('heading', { name: 'Charged once', level: 3 }).waitFor();
    await page.getByRole('button', { name: 'ID, Bahasa Indonesia' }).click();
    await page.getByText(/^\d+,\d dtk, termasuk server$/).waitFor();
    await page.getByRole('tab', { name: 'Linimasa server' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: /Lock diperoleh · [\d,]+ ms\s+lock\.\u200bacquired/ })
      .first()
      .waitFor();
  });

  test('all eight attacks by keyboard and with reduced motion: the totals match one ledger, and axe finds nothing serious', async () => {
    const page = await open();
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Run all eight' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    // One at a time: while it runs no other can be started.
    expect(await run(page, 'A server is killed').isDisabled()).toBe(true);
    await page.getByText('Charged once: 8 / 8').waitFor({ timeout: 4 * MAX_ATTACK_MS });
    for (const name of ATTACKS)
      expect(await card(page, name).getByRole('button', { name: 'Charged once' }).count()).toBe(1);
    await page.getByText('Harm without guards: 8 / 8').waitFor();
    expect(await page.getByText('not observed this time').count()).toBe(0);
    const ledger = page.getByRole('region', { name: 'The ledger of 8 attacks' });
    expect(await ledger.innerText()).toMatch(/Charges at Stripe\s+8[^]*Payments\s+8[^]*Paid invoices\s+8/);
    const { charges } = await stack.simulator.ledger();
    expect(charges).toHaveLength(8);
    expect(stack.children()).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.getByRole('button', { name: 'ID, Bahasa Indonesia' }).click();
    await page.getByText('Ditagih sekali: 8 / 8').waitFor();
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('a double charge, if there were one, is shown as an alert with both charges counted', async () => {
    const page = await open();
    const charge = { amount: 5_000, status: 'succeeded' };
    const verdict = {
      half: 'guarded',
      type: 'verdict',
      charged_once: false,
      guards: [],
      fee: 5_000,
      currency: 'idr',
      requests: 3,
      answers: { 201: 2, 409: 1 },
      sessions: 2,
      shown: 2,
      charges: [charge, charge],
      payments: [1, 2].map((id) => ({ id, status: 'completed', amount: 5_000, received: 5_000, invoice: 'paid' })),
      proofs: [{ what: 'one_session', holds: false }],
      took_ms: 1_000,
    };
    await page.route('**/lab-api/**', (route) =>
      route.fulfill({ contentType: 'application/x-ndjson', body: `${JSON.stringify(verdict)}\n` }),
    );
    await run(page, ATTACKS[0]!).click();
    const alert = page.getByRole('alert');
    await alert.getByText('Charged twice').waitFor();
    expect(await page.getByRole('region', { name: 'With Payonce’s guards' }).innerText()).toMatch(
      /Charges at Stripe\s+2/,
    );
    expect(await page.getByText('Charged once').count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('stopped by the user: nothing keeps running, and the next attack can start', async () => {
    const page = await open();
    await run(page, ATTACKS[0]!).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await run(page, ATTACKS[5]!).click({ trial: true });
    // What has been started ends in its own time; until then the lab says that it is busy.
    await eventually(() => stack.children().length === 0, 'its servers have ended');
  });

  test('a visitor is asked to log in; a patient is told that the page is for staff', async () => {
    const page = await context.newPage();
    await page.goto(`${stack.url}/lab`);
    await page.getByLabel('Password').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    const patient = await open(await tokenFor('patient@test.com', 'patient'));
    await patient.getByText('The race lab is for staff').waitFor();
    expect(await patient.getByRole('article').count()).toBe(0);
  });
});
