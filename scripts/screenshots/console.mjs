import { call, logIn } from './api.mjs';
import { inStudio, LOOKS, payByCard } from './picture-stack.mjs';

/**
 * `node scripts/screenshots/console.mjs [folder]`: pictures of the staff console on a stack of its own, of payments that
 * are really made on it. Needs the build (`npm run build`) and a Chromium; CHROMIUM names it, unless it is where Debian
 * puts it.
 */
const { wideLight, wideDark, narrowLight, narrowDark } = LOOKS;

await inStudio('console', async ({ url, browser, page, shoot }) => {
  const patient = await logIn(url, 'patient@test.com');
  const staff = await logIn(url, 'staff@test.com');
  const { id, reserved } = await makePayments(url, browser, patient, staff);

  await page.goto(`${url}/console`);
  await page.getByRole('button', { name: 'Fill in staff@test.com' }).click();
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('link', { name: `Payment ${id}` }).waitFor();
  await shoot('payments');

  await page.goto(`${url}/console/payments/${id}`);
  await page.getByText('Live', { exact: true }).waitFor();
  await page
    .getByRole('button', { name: /Duplicate refused/ })
    .first()
    .click();
  await shoot('payment', [wideLight, wideDark], true);
  // On a phone the details of the chosen step cover the others, so it gets its own picture.
  await page.setViewportSize(narrowLight.size);
  await page
    .getByRole('button', { name: /Duplicate refused/ })
    .first()
    .scrollIntoViewIfNeeded();
  await shoot('step', [narrowLight]);
  await page.getByRole('button', { name: 'Close' }).click();
  await shoot('payment', [narrowLight, narrowDark], true);

  await page.getByRole('button', { name: 'Refund…' }).click();
  await page.getByLabel('Reason').fill('Second appointment cancelled');
  await shoot('refund', [wideLight, narrowDark]);
  await page.getByRole('button', { name: 'Back' }).click();

  await page.getByRole('button', { name: 'ID, Bahasa Indonesia' }).click();
  await shoot('payment-indonesian', [narrowLight], true);
  await page.getByRole('button', { name: 'EN, English' }).click();

  await page.goto(`${url}/console/payments/${reserved}`);
  await page.getByRole('button', { name: 'Settle…' }).waitFor();
  await shoot('reserved', [wideDark], true);

  // The payment's own list is a link of the same name.
  await page.getByRole('navigation').getByRole('link', { name: 'Webhooks', exact: true }).click();
  await page.getByRole('link', { name: 'checkout.session.completed' }).first().waitFor();
  await shoot('webhooks', [wideLight, narrowDark]);
  await page.getByRole('link', { name: 'checkout.session.completed' }).first().click();
  await page.getByText('"livemode"').waitFor();
  await shoot('webhook', [wideDark, narrowLight]);

  await page.getByRole('link', { name: 'Refunds & money' }).click();
  await page.getByRole('link', { name: `Payment ${id}` }).waitFor();
  await shoot('refunds', [wideLight, narrowLight]);

  await page.getByRole('link', { name: 'Idempotency keys' }).click();
  await page.getByText('Finished').nth(1).waitFor();
  await shoot('keys', [wideDark, narrowLight]);

  await page.getByRole('link', { name: 'Locks' }).click();
  await page.getByText('No locks held').waitFor();
  await shoot('locks', [wideLight, narrowDark]);
});

/**
 * One clicked three times under three keys, paid, a part of it given back; and some of other kinds and states.
 *
 * @param {string} url
 * @param {import('playwright-core').Browser} browser
 * @param {string} patient
 * @param {string} staff
 */
async function makePayments(url, browser, patient, staff) {
  /** @type {{ id: number, fee: number }[]} */
  const consultations = (await call(url, patient, '/consultations?limit=100')).consultations;
  const create = (/** @type {number} */ consultation_id, payment_method = 'stripe', key = '') => {
    const amount = consultations.find(({ id }) => id === consultation_id)?.fee;
    return call(url, patient, '/payments', { consultation_id, amount, payment_method }, key);
  };
  const manual = await create(20, 'bank_transfer');
  await call(url, staff, `/payments/${manual.payment_id}/confirm`, { transaction_id: 'BCA-20251125-0042' });
  await call(url, staff, `/payments/${manual.payment_id}/refund`, { amount: 150_000, reason: 'Came too late' });
  const cancelled = await create(21, 'gcash');
  await call(url, patient, `/payments/${cancelled.payment_id}/cancel`, {});
  await create(22, 'gcash');
  await create(23);

  const clicks = await Promise.all([1, 2, 3].map((n) => create(24, 'stripe', `click-${n}`)));
  const { payment_id: id, checkout } =
    clicks.find((/** @type {{ type: string }} */ { type }) => type === 'new') ?? clicks[0];
  const page = await browser.newPage();
  await page.goto(checkout.url);
  await payByCard(page);
  await page.getByRole('heading', { name: /Paid|Log in/ }).waitFor();
  await page.close();
  await until(async () => (await call(url, staff, `/payments/${id}`)).payment.status === 'completed');
  await call(url, staff, `/payments/${id}/refund`, { amount: 100_000, reason: 'Doctor was late' });
  await until(async () => {
    const { entries } = await call(url, staff, `/payments/${id}/timeline`);
    return entries.some((/** @type {{ action: string }} */ { action }) => action === 'refund.succeeded');
  });
  return { id: Number(id), reserved: Number(manual.payment_id) };
}

/** @param {() => Promise<boolean>} isSo */
async function until(isSo) {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('It took too long.');
}
