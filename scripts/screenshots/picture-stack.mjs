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

const MAX_START_MS = 120_000;
const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1280, height: 800 };

/** @typedef {{ theme: 'light' | 'dark', size: typeof WIDE }} Look */
export const LOOKS = {
  wideLight: /** @type {Look} */ ({ theme: 'light', size: WIDE }),
  wideDark: /** @type {Look} */ ({ theme: 'dark', size: WIDE }),
  narrowLight: /** @type {Look} */ ({ theme: 'light', size: NARROW }),
  narrowDark: /** @type {Look} */ ({ theme: 'dark', size: NARROW }),
};

/**
 * What pictures are taken of: a stack of its own, with demo data, and a browser. Both are gone afterwards. The first
 * argument of the script names where pictures go.
 *
 * @typedef {object} Studio
 * @property {string} url of the stack
 * @property {import('playwright-core').Browser} browser
 * @property {import('playwright-core').Page} page
 * @property {(name: string, looks?: Look[], whole?: boolean) => Promise<void>} shoot
 *
 * @param {string} prefix of the pictures' names
 * @param {(studio: Studio) => Promise<void>} takePictures
 */
export async function inStudio(prefix, takePictures) {
  const folder = process.argv[2] ?? join(projectFolder, 'docs/screenshots');
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
    await untilReady(url, stack);
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      env: { PATH: process.env['PATH'] ?? '', HOME: profile, TMPDIR: profile },
      args: '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
        ' ',
      ),
    });
    try {
      mkdirSync(folder, { recursive: true });
      const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Jakarta', viewport: WIDE });
      const page = await context.newPage();
      await takePictures({ url, browser, page, shoot: shooting(page, join(folder, prefix)) });
    } finally {
      await browser.close();
    }
  } finally {
    stack.kill('SIGTERM');
    await ended;
    for (const path of [profile, dataFolder]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} start of every picture's path
 * @returns {Studio['shoot']}
 */
function shooting(page, start) {
  return async (name, looks = Object.values(LOOKS), whole = false) => {
    for (const { theme, size } of looks) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      // Sticky elements would be in the middle of a picture that is taller than the window.
      if (whole) await page.evaluate('scrollTo(0, 0)');
      // A mouse pointer would leave an element in its hover state.
      await page.mouse.move(0, 0);
      await page.evaluate('document.fonts.ready');
      await page.screenshot({ path: `${start}-${name}-${size.width}-${theme}.png`, fullPage: whole });
    }
  };
}

/**
 * Fills in and submits the simulator's page.
 * @param {import('playwright-core').Page} page
 */
export async function payByCard(page) {
  await page.getByLabel('Email').fill('patient@test.com');
  await page.getByLabel('Card number').fill('4242 4242 4242 4242');
  await page.getByLabel('Expiry').fill('12 / 34');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('Name on card').fill('Patient');
  await page.getByRole('button', { name: /^Pay/ }).click();
}

/** @param {string} url @param {import('node:child_process').ChildProcess} stack */
async function untilReady(url, stack) {
  const deadline = Date.now() + MAX_START_MS;
  for (;;) {
    if (stack.exitCode !== null) throw new Error('The stack did not start: see above.');
    const answer = await fetch(`${url}/api/v1/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error('The stack took too long to start.');
    await pause(200);
  }
}
