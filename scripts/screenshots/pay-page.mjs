import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { projectFolder } from '../project.mjs';
import { freePort } from '../stack/free-port.mjs';

/**
 * `node scripts/screenshots/pay-page.mjs [folder]`: pictures of the pay page on a stack of its own, with demo data.
 * Needs the build (`npm run build`) and a Chromium; CHROMIUM names it, unless it is where Debian puts it.
 */
const folder = process.argv[2] ?? join(projectFolder, 'docs/screenshots');
const LONGEST_START_MS = 120_000;
const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1280, height: 800 };

/** @typedef {{ theme: 'light' | 'dark', size: typeof WIDE }} Look */
/** @type {Look[]} */
const LOOKS = [
  { theme: 'light', size: WIDE },
  { theme: 'dark', size: WIDE },
  { theme: 'light', size: NARROW },
  { theme: 'dark', size: NARROW },
];

const dataFolder = mkdtempSync(join(tmpdir(), 'payonce-screenshots-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const stack = spawn(process.execPath, [join(projectFolder, 'scripts/start.mjs')], {
  env: {
    PATH: process.env['PATH'],
    PAYONCE_DATA_DIR: dataFolder,
    PORT: String(port),
    SIMULATOR_PORT: String(await freePort()),
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const ended = once(stack, 'exit');
const profile = mkdtempSync(join(tmpdir(), 'payonce-chromium-'));
try {
  await untilReady();
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    env: { PATH: process.env['PATH'] ?? '', HOME: profile, TMPDIR: profile },
    args: '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
      ' ',
    ),
  });
  try {
    mkdirSync(folder, { recursive: true });
    await takePictures(browser);
  } finally {
    await browser.close();
  }
} finally {
  stack.kill('SIGTERM');
  await ended;
  for (const path of [profile, dataFolder]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
}

/** @param {import('playwright-core').Browser} browser */
async function takePictures(browser) {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Jakarta', viewport: WIDE });
  const page = await context.newPage();
  /** @param {string} name @param {Look[]} [looks] @param {boolean} [whole] */
  const shoot = async (name, looks = LOOKS, whole = false) => {
    for (const { theme, size } of looks) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      // The pointer would leave something looking touched.
      await page.mouse.move(0, 0);
      await page.evaluate('document.fonts.ready');
      await page.screenshot({ path: join(folder, `pay-${name}-${size.width}-${theme}.png`), fullPage: whole });
    }
  };
  const [wideLight, wideDark, narrowLight, narrowDark] = /** @type {[Look, Look, Look, Look]} */ (LOOKS);
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
  await shoot('receipt', LOOKS, true);

  await page.goto(`${url}/pay?consultation=27`);
  await pay.click();
  await page.getByRole('link', { name: 'Cancel and go back' }).click();
  await page.getByRole('button', { name: 'Cancel this payment' }).waitFor();
  await shoot('left', [wideLight, narrowDark], true);

  // The page does not know that the payment has been made meanwhile: as on another device.
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
}

/** @param {import('playwright-core').Page} page */
async function payByCard(page) {
  await page.getByLabel('Email').fill('patient@test.com');
  await page.getByLabel('Card number').fill('4242 4242 4242 4242');
  await page.getByLabel('Expiry').fill('12 / 34');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('Name on card').fill('Patient');
  await page.getByRole('button', { name: /^Pay/ }).click();
}

async function untilReady() {
  const deadline = Date.now() + LONGEST_START_MS;
  for (;;) {
    if (stack.exitCode !== null) throw new Error('The stack did not start: see above.');
    const answer = await fetch(`${url}/api/v1/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error('The stack took too long to start.');
    await pause(200);
  }
}
