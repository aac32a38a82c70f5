import type { AxeResults } from 'axe-core';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's places. The headless shell has no window to draw, and needs a third less CPU for the same pages. */
const INSTALLED = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const EXECUTABLE = process.env.CHROMIUM ?? INSTALLED.find((file) => existsSync(file)) ?? INSTALLED[0]!;
const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** Nothing on a page takes longer; a busy two-core machine may need many times what it takes by itself. */
const TIMEOUT_MS = 15_000;

/** A `describe` that needs a browser: passed over where there is none, and never in CI. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (existsSync(EXECUTABLE) || process.env.CI === 'true') return describe(name, tests);
  console.info(
    `Skipped: "${name}" needs a browser, and there is none at ${EXECUTABLE}. Get it with "apt-get install chromium-headless-shell", or name yours: CHROMIUM=/path/to/chromium npm test`,
  );
  describe.skip(name, tests);
}

export interface TestBrowser {
  /** A new browser context, without stored data. */
  person(options?: { locale?: string; viewport?: { width: number; height: number } }): Promise<BrowserContext>;
  close(): Promise<void>;
}

export async function startBrowser(): Promise<TestBrowser> {
  // Chromium leaves sockets and locks behind, whose paths may not be long: a folder of its own, near the root.
  const folder = mkdtempSync(path.join(tmpdir(), 'payonce-chromium-'));
  const browser = await chromium.launch({
    executablePath: EXECUTABLE,
    args: FLAGS.split(' '),
    env: { ...process.env, HOME: folder, TMPDIR: folder },
  });
  return {
    async person({ locale = 'en-GB', viewport = { width: 1280, height: 900 } } = {}) {
      const context = await browser.newContext({ locale, viewport, timezoneId: 'Asia/Jakarta' });
      context.setDefaultTimeout(TIMEOUT_MS);
      return context;
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious on the page as it is. https://github.com/dequelabs/axe-core */
export async function seriousFaults(page: Page): Promise<string[]> {
  // Colours on their way to others would be measured in between.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
