import { call, logIn } from './api.mjs';
import { inStudio, LOOKS } from './picture-stack.mjs';

/**
 * `node scripts/screenshots/transfers.mjs [folder]`: pictures of money received by bank, in the console and on the pay page.
 * Needs the build (`npm run build`) and a Chromium; CHROMIUM names it, unless it is where Debian puts it.
 */
const { wideLight, wideDark, narrowLight, narrowDark } = LOOKS;

await inStudio('transfers', async ({ url, page, shoot }) => {
  const patient = await logIn(url, 'patient@test.com');
  const staff = await logIn(url, 'staff@test.com');
  const made = await receiveMoney(url, patient, staff);

  await page.goto(`${url}/console/transfers`);
  await page.getByRole('button', { name: 'Fill in staff@test.com' }).click();
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('BCA-0045').waitFor();
  await shoot('list', [wideLight, narrowDark], true);
  await page.goto(`${url}/console/transfers/${made.transfer_id}`);
  await page.getByText('Paid too much').waitFor();
  await shoot('one', [wideLight, narrowLight], true);
  await page.getByRole('button', { name: 'Match with a payment…' }).click();
  await page.getByRole('dialog').getByLabel('Payment').fill(String(made.part));
  await page.getByRole('dialog').getByLabel('Amount in IDR').waitFor();
  await shoot('match', [wideDark]);
  await page.goto(`${url}/console/payments/${made.part}`);
  await page.getByRole('button', { name: 'Confirm payment…' }).click();
  await page.getByLabel('Amount received in IDR').fill('40,000');
  await shoot('confirm', [narrowDark]);
  await page.getByRole('button', { name: 'Back' }).click();

  await page.getByRole('button', { name: 'Log out' }).click();
  await page.goto(`${url}/pay`);
  await page.getByRole('button', { name: 'Fill in patient@test.com' }).click();
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('My payments').first().waitFor();
  await page.goto(`${url}/pay?payment=${made.part}`);
  await page.getByRole('heading', { name: /has arrived$/ }).waitFor();
  await shoot('pay-part', [wideLight, narrowDark], true);
  await page.goto(`${url}/pay?payment=${made.cancelled}`);
  await page.getByText('doesn’t pay it').waitFor();
  await shoot('pay-cancelled', [narrowLight], true);
});

/**
 * Less than was due, more, with the wrong payment, and for one that was cancelled.
 *
 * @param {string} url
 * @param {string} patient
 * @param {string} staff
 */
async function receiveMoney(url, patient, staff) {
  /** @type {{ id: number, fee: number }[]} */
  const consultations = (await call(url, patient, '/consultations?limit=100')).consultations;
  const create = async (/** @type {number} */ n) => {
    const { id: consultation_id, fee: amount } = /** @type {{ id: number, fee: number }} */ (consultations[n]);
    const body = { consultation_id, amount, payment_method: 'bank_transfer' };
    return { id: Number((await call(url, patient, '/payments', body)).payment_id), amount };
  };
  const confirm = async (/** @type {number} */ id, /** @type {object} */ body) =>
    (await call(url, staff, `/payments/${id}/confirm`, body)).transfer.id;
  const [part, over, mistaken, cancelled] = [await create(0), await create(1), await create(2), await create(3)];
  await confirm(part.id, { transaction_id: 'BCA-0042', amount_received: 2_000_000 });
  const transfer_id = await confirm(over.id, { transaction_id: 'BCA-0043', amount_received: over.amount + 150_000 });
  await call(url, staff, `/transfers/${transfer_id}/refund`, { amount: 50_000, reason: 'Paid too much' });
  const wrong = await confirm(mistaken.id, { transaction_id: 'BCA-0044' });
  const undo = { payment_id: mistaken.id, reason: 'Another patient of that name' };
  await call(url, staff, `/transfers/${wrong}/unmatch`, undo);
  await call(url, patient, `/payments/${cancelled.id}/cancel`, {});
  await call(url, staff, '/transfers', {
    payment_method: 'bank_transfer',
    transaction_id: 'BCA-0045',
    amount: cancelled.amount,
    payment_id: cancelled.id,
    payer: 'Made Wirawan',
  });
  return { transfer_id, part: part.id, cancelled: cancelled.id };
}
