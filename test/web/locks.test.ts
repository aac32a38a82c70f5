import { held } from '../simulator/support/held.js';
import { createPerson, type Person } from '../support/people.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { describeInBrowser, seriousFaults, startBrowser, type TestBrowser } from './support/browser.js';
import { create, openConsole } from './support/console.js';
import { CHARGED_ONCE, type PayStack, startPayStack } from './support/pay-stack.js';

describeInBrowser('the locks of the staff console, in a real browser', () => {
  let redis: TestRedis;
  let stack: PayStack;
  let browser: TestBrowser;
  let staff: Person;

  beforeAll(async () => {
    redis = await startRedis();
    stack = await startPayStack({ REDIS_URL: redis.url });
    browser = await startBrowser();
    staff = await createPerson(stack.database, 'staff');
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    await redis?.kill();
  });

  test('a lock in Redis is shown with its user, purpose, request and start', async () => {
    const patient = await stack.patient();
    await stack.simulator.sim('faults', {
      hold: { path: '/v1/checkout/sessions', method: 'POST', when: 'after', times: 1 },
    });
    const creating = create(stack, patient, 'held');
    await held(stack.simulator, 1);

    const context = await browser.person();
    const page = await openConsole(context, stack, staff.token, '/locks');
    const row = page.getByRole('row').filter({ hasText: `payment:lock:${patient.consultation_id}:${patient.id}` });
    await row.waitFor();
    const headers = await page.getByRole('columnheader').allInnerTexts();
    expect(headers).toEqual(['Lock', 'About', 'User', 'Request', 'Held since', 'Left']);
    const cells = await row.getByRole('cell').allInnerTexts();
    expect(cells.join(' | ')).toContain(patient.subject);
    expect(cells.join(' | ')).toContain(`Consultation ${patient.consultation_id}`);
    expect(cells.slice(-3)).toEqual([
      expect.stringMatching(/^[\w-]{8,}$/),
      expect.stringMatching(/\d{2}:\d{2}/),
      expect.stringMatching(/\d/),
    ]);
    expect(await seriousFaults(page)).toEqual([]);
    await context.close();

    await stack.simulator.sim('faults/release', {});
    const { body } = await creating;
    expect(body.data.checkout.session_id).toMatch(/^cs_/);
    await stack.simulator.sim(`sessions/${body.data.checkout.session_id}/pay`, { outcome: 'paid' });
    const confirm = await fetch(`${stack.url}/api/v1/payments/${body.data.payment_id}/confirm`, {
      method: 'POST',
      headers: { authorization: `Bearer ${patient.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ transaction_id: body.data.checkout.session_id }),
    });
    expect(confirm.status).toBe(200);
    expect(await stack.money(patient.consultation_id)).toEqual(CHARGED_ONCE);
  });
});
