import { inStudio, LOOKS, payByCard } from './picture-stack.mjs';

/**
 * `node scripts/screenshots/pay-page.mjs [folder]`: pictures of the pay page on a stack of its own, with demo data.
 * Needs the build (`npm run build`) and a Chromium; CHROMIUM names it, unless it is where Debian puts it.
 */
const { wideLight, wideDark, narrowLight, narrowDark } = LOOKS;

await inStudio('pay', async ({ url, page, shoot }) => {
  const pay = page.getByRole('button', { name: /^(PAY|BAYAR)$/ });

  await page.goto(`${url}/pay`);
  await page.getByRole('button', { name: 'Fill in patient@test.com' }).click();
  await shoot('login', [wideLight]);
  await page.getByRole('button', { name: 'Log in' }).click();

  await page.getByRole('radio', { name: /Consultation 28\b/ }).check();
  await shoot('choose');

  await pay.click();
  await payByCard(page);
  await page.getByRole('heading', { name: 'Paid. Thank you!' }).waitFor();
  await shoot('receipt', Object.values(LOOKS), true);

  await page.goto(`${url}/pay?consultation=27`);
  await pay.click();
  await page.getByRole('link', { name: 'Cancel and go back' }).click();
  await page.getByRole('button', { name: 'Cancel this payment' }).waitFor();
  await shoot('left', [wideLight, narrowDark], true);

  // The page does not know that the payment was made in the meantime, as on another device.
  await page.getByRole('button', { name: 'ID, Bahasa Indonesia' }).click();
  await page.goto(`${url}/pay?consultation=27`);
  await pay.click();
  await page.getByRole('alert').waitFor();
  await shoot('warning-indonesian', [narrowLight]);
  await page.getByRole('button', { name: 'EN, English' }).click();

  await page.goto(`${url}/pay?consultation=26`);
  await page.getByLabel('Payment method').selectOption('bank_transfer');
  await pay.click();
  await page.getByRole('heading', { name: 'Transfer the money' }).waitFor();
  await shoot('transfer', [wideDark, narrowLight], true);

  await page.goto(`${url}/pay?product=monthly-plan&quantity=3`);
  await page.getByText('Monthly plan × 3').waitFor();
  await shoot('product', [wideLight]);

  await page.goto(`${url}/pay?show=payments`);
  await page.getByRole('row', { name: /Consultation 28/ }).waitFor();
  await shoot('history', [wideLight, narrowDark]);
});
