import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright-core';
import Stripe from 'stripe';
import { projectFolder } from '../project.mjs';

/**
 * `node scripts/screenshots/hosted-page.mjs [folder]`: pictures of the simulator's hosted page, as its README shows it.
 * Needs the build (`npm run build`) and a Chromium; CHROMIUM names it, unless it is where Debian puts it.
 */
const folder = process.argv[2] ?? join(projectFolder, 'docs/screenshots');

const simulator = spawn(process.execPath, [join(projectFolder, 'dist/apps/stripe-simulator/src/main.js')], {
  env: { PATH: process.env['PATH'], SIMULATOR_PORT: '0' },
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const profile = mkdtempSync(join(tmpdir(), 'payonce-chromium-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  ),
});
try {
  const [{ url }] = await once(simulator, 'message');
  mkdirSync(folder, { recursive: true });
  await takePictures(new URL(url));
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
  simulator.kill();
}

/** @param {URL} at */
async function takePictures({ hostname: host, port }) {
  const stripe = new Stripe('sk_test_screenshots', { host, port, protocol: 'http', telemetry: false });
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'idr', unit_amount: 15_000_000, product_data: { name: 'Consultation 5' } },
      },
    ],
    success_url: 'http://127.0.0.1/thanks',
    cancel_url: 'http://127.0.0.1/basket',
    customer_email: 'patient@test.com',
  });
  const page = await browser.newPage();
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
    await page.goto(`${session.url}?locale=en`);
    await page.screenshot({ path: join(folder, `hosted-page-${width}.png`), fullPage: true });
  }
  await page.getByLabel('Card number').fill('4000 0000 0000 0002');
  await page.getByLabel('Expiry').fill('1234');
  await page.getByLabel('Security code').fill('12');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.screenshot({ path: join(folder, 'hosted-page-refused-360.png'), fullPage: true });
  await page.goto(`${session.url}?locale=id`);
  await page.getByLabel('Transfer bank').check();
  await page.screenshot({ path: join(folder, 'hosted-page-indonesian-360.png'), fullPage: true });
  await fetch(`http://${host}:${port}/_sim/sessions/${session.id}/pay`, { method: 'POST' });
  await page.setViewportSize({ width: 1280, height: 700 });
  await page.goto(`${session.url}?locale=en`);
  await page.screenshot({ path: join(folder, 'hosted-page-paid-1280.png') });
}
