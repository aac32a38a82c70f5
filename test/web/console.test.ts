import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { createPerson, type Person } from '../support/people.js';
import { insertPayment } from '../support/rows.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from './support/browser.js';
import {
  create,
  deadEvent,
  givenBack,
  letStripeTell,
  openConsole,
  paid,
  payAtStripe,
  untilLive,
} from './support/console.js';
import { CHARGED_ONCE, heading, type Patient, type PayStack, startPayStack } from './support/pay-stack.js';

describeInBrowser('the staff console, in a real browser', () => {
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

  const open = (path = '') => openConsole(context, stack, staff.token, path);
  const money = () => stack.money(patient.consultation_id);
  const rowOf = (page: Page, id: number) =>
    page.getByRole('row').filter({ has: page.getByRole('link', { name: `Payment ${id}`, exact: true }) });

  test('staff see three clicks of a patient live, with the refused ones in their lanes: charged once', async () => {
    const page = await context.newPage();
    await page.goto(`${stack.url}/console`);
    await page.getByRole('button', { name: 'Fill in staff@test.com' }).click();
    await page.getByRole('button', { name: 'Log in' }).click();
    await untilLive(page);

    const clicks = await Promise.all([1, 2, 3].map((n) => create(stack, patient, `click-${n}-${patient.id}`)));
    expect(clicks.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const { payment_id, checkout } = clicks.find(({ status }) => status === 201)!.body.data;
    await rowOf(page, payment_id).getByText('Pending').waitFor();
    await payAtStripe(stack, checkout.session_id);
    await rowOf(page, payment_id).getByText('Completed').waitFor();
    expect(await seriousFaults(page)).toEqual([]);

    await page.getByRole('link', { name: `Payment ${payment_id}`, exact: true }).click();
    await heading(page, `Payment ${payment_id}`).waitFor();
    const told = await page.getByRole('heading', { name: 'Why was I charged?' }).locator('..').innerText();
    expect(told).toMatch(
      /Charged once, Rp\s50\.00 on .+; Stripe’s webhook reported the payment; 2 further requests were refused as a duplicate, and charged nothing\./,
    );
    expect(await stepsByRequest(page)).toEqual(
      expect.arrayContaining([
        [
          'Request Create',
          'Lock Lock acquired',
          'Database Payment created',
          'Stripe Session created',
          'Database Session attached',
        ],
        // They waited for the first in memory, and needed no lock.
        ['Request Create', 'Database Duplicate refused'],
        ['Request Create', 'Database Duplicate refused'],
        ['Webhook Webhook received', 'Lock Lock acquired', 'Database Completed'],
      ]),
    );
    // By the keyboard, with the step's details following.
    await page.getByRole('button', { name: /^T0 / }).first().focus();
    await page.keyboard.press('Tab');
    await page.getByRole('region', { name: 'Details of the step' }).getByText('T1', { exact: true }).waitFor();
    await page.getByRole('button', { name: /, Payment created,/ }).focus();
    const step = page.getByRole('region', { name: 'Details of the step' });
    expect(await step.innerText()).toMatch(/Amount\s+Rp\s50\.00\s+State\s+Pending\s+Currency\s+IDR\s+Method\s+Stripe/);
    expect(await step.getByText('"amount": 5000').isVisible()).toBe(false);
    await step.getByText('Raw entry').click();
    await step.getByText('"amount": 5000').waitFor();
    expect(await page.locator('.chart svg path.line').count()).toBeGreaterThanOrEqual(8);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  test('a dead webhook retried from the inbox with a double click: the payment completes on screen, charged once', async () => {
    await letStripeTell(stack, false);
    const { payment_id, checkout } = (await create(stack, patient)).body.data;
    await payAtStripe(stack, checkout.session_id);
    const event = await deadEvent(stack, checkout.session_id);
    expect(await money()).toMatchObject({ charged: [5_000], payments: ['pending'], received: [] });

    const watching = await open(`/payments/${payment_id}`);
    await untilLive(watching);
    await watching.getByText('Not charged: the customer hasn’t paid on Stripe’s page yet.').waitFor();

    const page = await open('/webhooks');
    await page.getByLabel('State').selectOption('dead');
    await page.getByRole('row', { name: /Given up/ }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'checkout.session.completed' }).first().click();
    await heading(page, 'checkout.session.completed').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/console/webhooks/${event}`);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Try again now' }).evaluate((button: any) => {
      button.click();
      button.click();
    });
    await page.getByText('Retried: the state changed from “Given up” to “Applied”.').waitFor();
    await page.getByRole('button', { name: 'Try again now' }).waitFor({ state: 'detached' });

    await watching.getByText('Charged once').waitFor();
    await watching.getByRole('button', { name: /Webhook received/ }).waitFor();
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  test('a double click on refund makes one refund; repeating it needs a confirmation', async () => {
    const id = await paid(stack, patient);
    const page = await open(`/payments/${id}`);
    await untilLive(page);
    const refund = async (press: (button: any) => void) => {
      await page.getByRole('button', { name: 'Refund…' }).click();
      await page.getByLabel('Amount in IDR').fill('20.00');
      await page.getByLabel('Reason').fill('too late');
      const again = page.getByLabel('Yes, refund again');
      if (await again.isVisible()) {
        expect(await page.getByRole('button', { name: /^Refund Rp/ }).isDisabled()).toBe(true);
        await again.check();
      }
      await page.getByRole('button', { name: /^Refund Rp\s20\.00$/ }).evaluate(press);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await refund((button) => {
      button.click();
      button.form.requestSubmit();
      button.click();
    });
    await page.getByText('Rp 20.00 was refunded').waitFor();
    await page.getByRole('row', { name: /Succeeded.*too late/ }).waitFor();
    expect(await givenBack(stack, id)).toEqual({ stripe: [2_000], ours: ['succeeded 2000'] });

    await refund((button) => button.click());
    await page.getByText('Rp 40.00 was refunded').waitFor();
    expect(await givenBack(stack, id)).toEqual({ stripe: [2_000, 2_000], ours: ['succeeded 2000', 'succeeded 2000'] });

    const papers = await page.getByRole('region', { name: 'Invoice and tax' }).innerText();
    expect(papers.replace(/\s+/g, ' ')).toMatch(
      /Amount Rp 50\.00 Credited, before tax Rp [\d.]+ Credited tax Rp [\d.]+ Credited Rp 40\.00 .* Remaining Rp 10\.00$/,
    );

    await page.getByRole('button', { name: 'Refund…' }).click();
    await page.getByLabel('Amount in IDR').fill('10.01');
    expect(await page.getByRole('button', { name: 'Refund', exact: true }).isDisabled()).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await money()).toEqual({
      ...CHARGED_ONCE,
      payments: ['partially_refunded'],
      invoices: ['partially_refunded'],
    });
  });

  test('a payment by hand: confirmed, one refund settled and one withdrawn, each once', async () => {
    const { payment_id } = (await create<Schemas['NewPayment']>(stack, patient, undefined, 'bank_transfer')).body.data;
    const page = await open(`/payments/${payment_id}`);
    await page.getByRole('button', { name: 'Confirm payment…' }).click();
    await page.getByLabel('Transaction reference').fill(`BCA-${payment_id}`);
    await page.getByRole('button', { name: 'Confirm payment', exact: true }).click();
    await page.getByText('staff confirmed that the money had arrived').waitFor();

    for (const [amount, reason] of [
      ['10.00', 'one'],
      ['15.00', 'two'],
    ] as const) {
      await page.getByRole('button', { name: 'Refund…' }).click();
      await page.getByLabel('Amount in IDR').fill(amount);
      await page.getByLabel('Reason').fill(reason);
      await page.getByRole('button', { name: /^Reserve Rp/ }).click();
      await page.getByRole('row', { name: new RegExp(`Reserved.*${reason}`) }).waitFor();
    }
    const row = (reason: string) => page.getByRole('row', { name: new RegExp(reason) });
    await row('one').getByRole('button', { name: 'Settle…' }).click();
    await page.getByLabel('Transaction reference').fill(`BACK-${payment_id}`);
    await page.getByRole('button', { name: 'Settle refund' }).evaluate((button: any) => {
      button.click();
      button.form.requestSubmit();
    });
    await row('one').getByText('Succeeded').waitFor();
    await row('two').getByRole('button', { name: 'Withdraw…' }).click();
    await page.getByRole('button', { name: 'Withdraw refund' }).click();
    await row('two').getByText('Cancelled').waitFor();
    expect(await givenBack(stack, payment_id)).toEqual({ stripe: [], ours: ['succeeded 1000', 'cancelled 1500'] });
    expect(await money()).toMatchObject({ charged: [], payments: ['partially_refunded'], received: [5_000] });
  });

  test('a refund by hand with a reference of money that came in: refused, with a link to that transfer', async () => {
    const { payment_id } = (await create(stack, patient, undefined, 'bank_transfer')).body.data;
    const page = await open(`/payments/${payment_id}`);
    await page.getByRole('button', { name: 'Confirm payment…' }).click();
    await page.getByLabel('Transaction reference').fill(`USED-${payment_id}`);
    await page.getByRole('button', { name: 'Confirm payment', exact: true }).click();
    await page.getByText('staff confirmed that the money had arrived').waitFor();

    const dialog = page.getByRole('dialog');
    const link = dialog.getByRole('link', { name: /^Transfer \d+$/ });
    await page.getByRole('button', { name: 'Refund…' }).click();
    await page.getByLabel('Reason').fill('Too early');
    await page.getByLabel('Reference of the transfer back').fill(`USED-${payment_id}`);
    await page.getByRole('button', { name: /^Refund Rp/ }).click();
    await link.waitFor();
    await page.getByLabel('Reference of the transfer back').fill('');
    await page.getByRole('button', { name: /^Reserve Rp/ }).click();

    await page.getByRole('button', { name: 'Settle…' }).click();
    await page.getByLabel('Transaction reference').fill(`USED-${payment_id}`);
    await page.getByRole('button', { name: 'Settle refund' }).click();
    await link.waitFor();
    expect(await givenBack(stack, payment_id)).toEqual({ stripe: [], ours: ['pending 5000'] });
  });

  test('cancelled from the console: the page says by whom, and nothing was charged', async () => {
    const { payment_id } = (await create(stack, patient)).body.data;
    const page = await open(`/payments/${payment_id}`);
    await page.getByRole('button', { name: 'Cancel payment…' }).click();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Cancel payment…' }).click();
    await page.getByRole('button', { name: 'Cancel payment', exact: true }).click();
    await page.getByText('Not charged: staff cancelled it before it was paid.').waitFor();
    expect(await money()).toMatchObject({ charged: [], payments: ['cancelled'], received: [], invoices: ['void'] });
  });

  test('the server is killed and restarted: the page says so, and resumes the stream where it was', async () => {
    const page = await open();
    await untilLive(page);
    await stack.kill();
    await page.getByText('Reconnecting…').waitFor();
    await stack.restart();
    // Before the page is back: only the id of the last entry it received leads it to this one.
    const { payment_id } = (await create(stack, patient)).body.data;
    await rowOf(page, payment_id).getByText('Pending').waitFor();
    await untilLive(page);
    expect(await money()).toMatchObject({ charged: [], payments: ['pending'] });
  });

  test('leaving the console closes the stream', async () => {
    const page = await open();
    const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/ops/live'));
    await untilLive(page);
    await page.getByRole('link', { name: 'Pay', exact: true }).click();
    await ended;
  });

  test('a payment is found by order, session or consultation, and more results are loaded page by page', async () => {
    const { payment_id, checkout } = (await create(stack, patient)).body.data;
    const page = await open();
    for (const name of [`order_${payment_id}`, checkout.session_id, `consultation ${patient.consultation_id}`]) {
      await page.getByRole('searchbox', { name: 'Search' }).fill(name);
      await page.keyboard.press('Enter');
      await eventually(async () => (await page.getByRole('row').count()) === 2, `${name} finds one`);
      await rowOf(page, payment_id).getByRole('link', { name: patient.subject }).waitFor();
    }
    await page.getByRole('link', { name: `Payment ${payment_id}`, exact: true }).click();
    await page.getByRole('region', { name: 'Details' }).getByRole('link', { name: patient.subject }).click();
    await rowOf(page, payment_id).waitFor();
    expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe(patient.subject);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByLabel('State').selectOption('pending');
    await rowOf(page, payment_id).waitFor();
    await page.getByLabel('State').selectOption('processing');
    await page.getByText('Nothing found').waitFor();
    await page.getByLabel('State').selectOption('pending');
    await rowOf(page, payment_id).waitFor();
    await page.getByLabel('Method').selectOption('gcash');
    await page.getByText('Nothing found').waitFor();
    expect(await page.getByText('partial matches aren’t supported').count()).toBe(0);
    await page.getByLabel('Method').selectOption('stripe');
    await rowOf(page, payment_id).waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('nobody has this name');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing found').waitFor();
    await page.getByText('partial matches aren’t supported').waitFor();

    await stack.database.query(
      `INSERT INTO webhook_events (event_id, type, livemode, payload, source, status, settled_at)
       SELECT 'evt_paged_' || n, 'paged.type', false, '{}', 'webhook', 'ignored', now() FROM generate_series(1, 40) n`,
    );
    await page.goto(`${stack.url}/console/webhooks?status=ignored`);
    await page.getByRole('button', { name: 'Show more' }).click();
    await eventually(
      async () => (await page.getByRole('link', { name: 'paged.type' }).count()) === 40,
      'the second page follows the first',
    );
  });

  test('the race lab’s payments are hidden by default, and marked', async () => {
    const [row] = await stack.database.query<{ id: string }>(
      `INSERT INTO users (subject) VALUES ('race-lab-patient-' || gen_random_uuid()) RETURNING id`,
    );
    const made = await insertPayment(stack.database, {
      user_id: Number(row!.id),
      consultation_id: null,
      product_id: 'monthly-plan',
    });
    const { payment_id } = (await create(stack, patient)).body.data;
    await context.route('**/app-config.json', async (route) => {
      const facts = (await (await route.fetch()).json()) as object;
      await route.fulfill({ json: { ...facts, lab: true } });
    });
    const page = await open();
    await rowOf(page, payment_id).waitFor();
    expect(await rowOf(page, made).count()).toBe(0);
    await page.getByLabel('Show the race lab’s payments').check();
    await rowOf(page, made).getByText('lab', { exact: true }).waitFor();
    await rowOf(page, made).getByText('Monthly plan').waitFor();
    expect(await rowOf(page, payment_id).getByText('lab', { exact: true }).count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
    // A long name is cut, so that nothing else is broken or out of sight; its title has all of it.
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(
      await page.evaluate(
        'document.querySelector("table").scrollWidth <= document.querySelector("table").parentElement.clientWidth',
      ),
    ).toBe(true);
    expect((await rowOf(page, made).boundingBox())!.height).toBeLessThan(48);
    expect(
      await rowOf(page, made)
        .getByRole('link', { name: /^race-lab/ })
        .getAttribute('title'),
    ).toMatch(/^race-lab-patient-.{36}$/);
    await page.reload();
    await rowOf(page, made).waitFor();
  });

  test('a patient is told that this is for staff, and no staff data is requested', async () => {
    const id = await paid(stack, patient);
    const asked: string[] = [];
    context.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const page = await openConsole(context, stack, patient.token);
    for (const path of ['', `/payments/${id}`, '/webhooks', '/locks']) {
      await page.goto(`${stack.url}/console${path}`);
      await page.getByText('The console is for staff.').waitFor();
    }
    expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([]);
    expect(await page.locator('main').innerText()).not.toMatch(/Payment \d/);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  test('an unknown route says so, also in its title', async () => {
    const page = await open('/payments/x');
    await page.getByText('Page not found').waitFor();
    expect(await page.title()).toBe('Page not found · Payonce');
    const answer = await page.goto(`${stack.url}/nope`);
    expect(answer!.status()).toBe(404);
    await page.getByText('Page not found').waitFor();
    await page.getByRole('button', { name: 'ID, Bahasa Indonesia' }).click();
    expect(await page.title()).toBe('Halaman tidak ditemukan · Payonce');
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('every screen on a phone, in Indonesian, dark and light: no serious axe finding, no horizontal overflow', async () => {
    const id = await paid(stack, patient);
    // The webhook that completed it may just be releasing this lock: from here another holder has it.
    await stack.database.query(
      `INSERT INTO concurrency_locks (lock_key, owner, user_id, request_id, expires_at)
       VALUES ('purchase:complete:' || $1, gen_random_uuid(), 7, 'req-1', now() + interval '10 minutes')
       ON CONFLICT (lock_key) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at`,
      [id],
    );
    const [event] = await stack.database.query<{ id: string }>(
      `SELECT id FROM webhook_events WHERE payment_id = $1 AND type = 'checkout.session.completed'`,
      [id],
    );
    const telephone = await browser.person({ locale: 'id-ID', viewport: { width: 360, height: 740 } });
    const page = await openConsole(telephone, stack, staff.token);
    const screens: [string, string][] = [
      ['', `Pembayaran ${id}`],
      [`/payments/${id}`, 'Ditagih satu kali'],
      ['/refunds', 'Semua'],
      ['/refunds?show=quarantined', 'Tidak ada uang yang perlu ditinjau'],
      ['/webhooks', 'checkout.session.completed'],
      [`/webhooks/${event!.id}`, '"livemode"'],
      ['/locks', `purchase:complete:${id}`],
      ['/keys', 'Berjalan'],
    ];
    for (const [path, text] of screens) {
      await page.goto(`${stack.url}/console${path}`);
      await page.getByText(text).first().waitFor({ state: 'attached' });
      await page.getByText('Terhubung', { exact: true }).waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect([path, colorScheme, await seriousFaults(page)]).toEqual([path, colorScheme, []]);
      }
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360]);
    }
    await telephone.close();
    expect(await money()).toEqual(CHARGED_ONCE);
  });

  /** As a screen reader has it: the steps in their order, each with its lane, gathered by their request. */
  async function stepsByRequest(page: Page): Promise<string[][]> {
    const steps = await page.getByRole('list', { name: 'What happened, step by step' }).getByRole('button').all();
    const gathered = new Map<string, string[]>();
    for (const step of steps) {
      const [name, lane, request] = (await step.locator('.unseen').innerText()).split(', ').slice(1);
      gathered.set(request!, [...(gathered.get(request!) ?? []), `${lane} ${name}`]);
    }
    return [...gathered.values()];
  }
});
