import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** Asks whether a thousand are served in time, and needs the whole machine for it: it has it when the others are done. */
const ALONE = 'thousand-creates.test.ts';

/** On a clean checkout Jest knows no durations and begins with the largest file; these take the longest. */
const FIRST = ['stripe/catch-up.test.ts', 'prove/prove.test.ts'];

/** Jest's own order, but for those. */
export default class extends Sequencer {
  /** @param {{ path: string }[]} tests */
  sort(tests) {
    /** @type {{ path: string }[]} */
    const sorted = super.sort(tests);
    const rank = (/** @type {{ path: string }} */ { path }) =>
      Number(path.endsWith(ALONE)) - Number(FIRST.some((end) => path.endsWith(end)));
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}
