import { inStudio, LOOKS } from './picture-stack.mjs';

/**
 * `node scripts/screenshots/lab.mjs [folder]`: pictures of the race lab on a stack of its own, after its attacks have run.
 * Needs the build (`npm run build`) and a Chromium; CHROMIUM names it, unless it is where Debian puts it.
 */
const MAX_ATTACKS_MS = 240_000;

await inStudio('lab', async ({ page, url, shoot }) => {
  const { wideLight, wideDark, narrowLight, narrowDark } = LOOKS;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${url}/lab`);
  await page.getByRole('button', { name: 'Fill in staff@test.com' }).click();
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'Run all eight' }).click();
  await page.getByText('Charged once: 8 / 8').waitFor({ timeout: MAX_ATTACKS_MS });
  await shoot('all', Object.values(LOOKS), true);

  await page
    .getByRole('article', { name: 'Two devices at once' })
    .getByRole('button', { name: /^Charged once/ })
    .click();
  await shoot('two-devices', [wideLight, wideDark, narrowLight, narrowDark], true);
  await page.getByRole('tab', { name: 'Without guards' }).click();
  await shoot('unguarded', [wideLight, narrowDark], true);
  await page.getByRole('tab', { name: 'Server timeline' }).click();
  await shoot('written', [wideDark, narrowLight], true);

  await page.getByRole('button', { name: 'ID, Bahasa Indonesia' }).click();
  await page
    .getByRole('article', { name: 'Redis tidak merespons' })
    .getByRole('button', { name: /^Ditagih sekali/ })
    .click();
  await shoot('indonesian', [wideLight, narrowLight], true);
});
