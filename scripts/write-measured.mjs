import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const [BEGIN, END] = ['<!-- measured -->', '<!-- /measured -->'];

/**
 * Replaces what a page says between its markers.
 * @param {string} page a path
 * @param {string} text Markdown
 * @throws Error for a page without markers
 */
export async function writeMeasured(page, text) {
  const [before, rest = ''] = readFileSync(page, 'utf8').split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined) throw new Error(`${page} has no ${BEGIN} … ${END}`);
  const config = await resolveConfig(page);
  writeFileSync(
    page,
    await format(`${before}${BEGIN}\n\n${text}\n\n${END}${after}`, { ...config, parser: 'markdown' }),
  );
}
