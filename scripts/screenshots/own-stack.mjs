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

const LONGEST_START_MS = 120_000;
export const NARROW = { width: 360, height: 740 };
export const WIDE = { width: 1280, height: 800 };

/** @typedef {{ theme: 'light' | 'dark', size: typeof WIDE }} Look */
/** @type {[Look, Look, Look, Look]} */
export const LOOKS = [
  { theme: 'light', size: WIDE },
  { theme: 'dark', size: WIDE },
  { theme: 'light', size: NARROW },
  { theme: 'dark', size: NARROW },
];

/** @typedef {(name: string, looks?: Look[], whole?: boolean) => Promise<void>} Shoot */

/**
 * Runs a stack of its own with demo data, takes pictures of its pages with a browser, and leaves nothing behind.
 * @param {string} name with which each picture's name begins
 * @param {string} folder
 * @param {(at: { page: import('playwright-core').Page, url: string, shoot: Shoot }) => Promise<void>} takePictures
 */
export async function onOwnStack(name, folder, takePictures) {
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
    await untilReady(stack, url);
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
      await takePictures({ page, url, shoot: shooter(page, join(folder, name)) });
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
 * @param {string} path with which each file begins
 * @returns {Shoot}
 */
function shooter(page, path) {
  return async (name, looks = LOOKS, whole = false) => {
    for (const { theme, size } of looks) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      // The pointer would leave something looking touched.
      await page.mouse.move(0, 0);
      // On a whole page, what stays in sight would stand where the reader had scrolled to.
      if (whole) await page.evaluate('scrollTo(0, 0)');
      await page.evaluate('document.fonts.ready');
      await page.screenshot({ path: `${path}-${name}-${size.width}-${theme}.png`, fullPage: whole });
    }
  };
}

/**
 * @param {import('node:child_process').ChildProcess} stack
 * @param {string} url
 */
async function untilReady(stack, url) {
  const deadline = Date.now() + LONGEST_START_MS;
  for (;;) {
    if (stack.exitCode !== null) throw new Error('The stack did not start: see above.');
    const answer = await fetch(`${url}/api/v1/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error('The stack took too long to start.');
    await pause(200);
  }
}
