import type { BrowserContext, Page } from 'playwright-core';
import { ask } from '../support/http.js';
import { createPerson, type Person } from '../support/people.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from './support/browser.js';
import { letStripeTell, openConsole, paid, untilLive } from './support/console.js';
import { type Patient, type PayStack, startPayStack } from './support/pay-stack.js';

/** Paid sessions at Stripe without a matching payment: what staff see, and how they resolve one. */
describeInBrowser('discrepancies with Stripe, in the console', () => {
  let stack: PayStack;
  let browser: TestBrowser;
  let context: BrowserContext;
  let patient: Patient;
  let staff: Person;
  let sessions = 0;
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

  /** As the worker records it when it reads Stripe's list of sessions. @returns the session's id */
  async function found(kind: 'unknown_payment' | 'paid_twice', payment_id: number | null = null): Promise<string> {
    const session_id = `cs_test_discrepancy_${(sessions += 1)}`;
    await stack.database.query(
      `INSERT INTO stripe_discrepancies (kind, stripe_id, payment_id, amount, currency) VALUES ($1, $2, $3, 7000, 'idr')`,
      [kind, session_id, payment_id],
    );
    return session_id;
  }
  /** Rows of the discrepancy, of its resolution in the audit log, and what moved at Stripe. */
  async function counted(session_id: string) {
    const [row] = await stack.database.query<{ id: string; note: string | null; by: number | null }>(
      'SELECT id, note, resolved_by::int AS by FROM stripe_discrepancies WHERE stripe_id = $1',
      [session_id],
    );
    const audited = await stack.database.query<{ note: string }>(
      `SELECT detail->>'note' AS note FROM audit_log WHERE action = 'discrepancy.resolved' AND detail->>'stripe_id' = $1`,
      [session_id],
    );
    const { refunds } = await stack.simulator.ledger();
    return { id: Number(row!.id), note: row!.note, by: row!.by, audited: audited.map(({ note }) => note), refunds };
  }
  const OPEN = { note: null, by: null, audited: [], refunds: [] };
  const openList = async (of = context) => {
    const page = await openConsole(of, stack, staff.token, '/refunds?show=discrepancies');
    await untilLive(page);
    return page;
  };
  const rowOf = (page: Page, session_id: string) =>
    page.getByRole('row').filter({ has: page.getByText(session_id, { exact: true }) });
  const textOf = async (page: Page, session_id: string) =>
    (await rowOf(page, session_id).innerText()).replace(/\s+/g, ' ');
  const twice = (button: any) => {
    button.click();
    button.form.requestSubmit();
    button.click();
  };

  test('resolved with a note and a double click: the row is resolved once, and no money moves', async () => {
    const unknown = await found('unknown_payment');
    const page = await openConsole(context, stack, staff.token, '/refunds');
    await untilLive(page);
    await page.getByRole('tab', { name: 'Discrepancies' }).click();
    await rowOf(page, unknown).waitFor();
    expect(await textOf(page, unknown)).toMatch(/Paid at Stripe, but not in the database.* – .*Rp 70\.00/);
    expect(await rowOf(page, unknown).getByRole('link').count()).toBe(0);
    await rowOf(page, unknown).getByRole('button', { name: 'Resolve…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Resolve this discrepancy of Rp 70.00?' });
    await dialog.getByText('Resolving it moves no money and can’t be undone.').waitFor();
    const now = dialog.getByRole('button', { name: 'Resolve discrepancy' });
    expect(await now.isDisabled()).toBe(true);
    await dialog.getByLabel('What you found and did').fill('   ');
    expect(await now.isDisabled()).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByLabel('What you found and did').fill('Refunded in the Stripe Dashboard');
    await now.evaluate(twice);
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('The discrepancy is resolved. No money was moved.').waitFor();
    await rowOf(page, unknown).waitFor({ state: 'detached' });
    const note = 'Refunded in the Stripe Dashboard';
    expect(await counted(unknown)).toMatchObject({ note, by: staff.id, audited: [note], refunds: [] });
  });

  test('paid twice: links to its payment, whose timeline shows the resolution', async () => {
    await letStripeTell(stack, true);
    const payment_id = await paid(stack, patient);
    const second = await found('paid_twice', payment_id);
    const page = await openList();
    await rowOf(page, second).waitFor();
    expect(await textOf(page, second)).toMatch(/Paid twice at Stripe.*Rp 70\.00/);
    await rowOf(page, second).getByRole('button', { name: 'Resolve…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Check on the payment whether the second charge was refunded.').waitFor();
    await dialog.getByLabel('What you found and did').fill('The second charge was refunded');
    await dialog.getByRole('button', { name: 'Back' }).click();
    expect(await counted(second)).toMatchObject(OPEN);
    await rowOf(page, second).getByRole('button', { name: 'Resolve…' }).click();
    await dialog.getByLabel('What you found and did').fill('The second charge was refunded');
    await rowOf(page, second)
      .getByRole('link', { name: `Payment ${payment_id}`, includeHidden: true })
      .waitFor();
    await dialog.getByRole('button', { name: 'Resolve discrepancy' }).click();
    await rowOf(page, second).waitFor({ state: 'detached' });
    await page.goto(`${stack.url}/console/payments/${payment_id}`);
    await page.getByRole('button', { name: /, Discrepancy resolved, / }).click();
    await page
      .getByRole('region', { name: 'Details of the step' })
      .getByText('The second charge was refunded', { exact: true })
      .waitFor();
  });

  test('already resolved by another staff member: refused, and their note stays', async () => {
    const unknown = await found('unknown_payment');
    const page = await openList();
    await rowOf(page, unknown).getByRole('button', { name: 'Resolve…' }).click();
    await page.getByLabel('What you found and did').fill('too late');
    const { id } = await counted(unknown);
    const { status } = await ask(stack.url, `/api/v1/ops/discrepancies/${id}/resolve`, {
      token: staff.token,
      body: { note: 'booked by hand' },
      headers: { 'idempotency-key': `quicker-${id}` },
    });
    expect(status).toBe(200);
    await page.getByRole('button', { name: 'Resolve discrepancy' }).click();
    await page.getByText(`Discrepancy ${id} has already been resolved.`).waitFor();
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await rowOf(page, unknown).waitFor({ state: 'detached' });
    expect(await counted(unknown)).toMatchObject({ note: 'booked by hand', audited: ['booked by hand'] });
  });

  test('on a phone, in Indonesian, dark and light: no serious axe finding, no horizontal overflow', async () => {
    const unknown = await found('unknown_payment');
    const telephone = await browser.person({ locale: 'id-ID', viewport: { width: 360, height: 740 } });
    const page = await openConsole(telephone, stack, staff.token, '/refunds?show=discrepancies');
    await rowOf(page, unknown).waitFor();
    const tab = await page.getByRole('tab', { name: 'Selisih' }).boundingBox();
    expect(tab!.x >= 0 && tab!.x + tab!.width <= 360).toBe(true);
    expect(await textOf(page, unknown)).toContain('Dibayar di Stripe, tetapi tidak ada di pembukuan kami');
    await rowOf(page, unknown).getByRole('button', { name: 'Selesaikan…' }).click();
    await page.getByText('Penyelesaian ini tidak memindahkan uang dan tidak dapat dibatalkan.').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect([colorScheme, await seriousFaults(page)]).toEqual([colorScheme, []]);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.getByLabel('Yang ditemukan dan dilakukan').fill('dikembalikan di Dashboard');
    await page.getByRole('button', { name: 'Selesaikan selisih' }).click();
    await page.getByText('Selisih sudah diselesaikan. Tidak ada uang yang dipindahkan.').waitFor();
    expect(await counted(unknown)).toMatchObject({ note: 'dikembalikan di Dashboard', by: staff.id, refunds: [] });
    await telephone.close();
  });
});
