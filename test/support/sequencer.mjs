import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** Asks whether a thousand are served in time, and needs the whole machine for it: it has it when the others are done. */
const ALONE = 'thousand-creates.test.ts';

/** Jest's own order, but for that. */
export default class extends Sequencer {
  /** @param {{ path: string }[]} tests */
  sort(tests) {
    /** @type {{ path: string }[]} */
    const sorted = super.sort(tests);
    const isLast = (/** @type {{ path: string }} */ { path }) => Number(path.endsWith(ALONE));
    return sorted.sort((a, b) => isLast(a) - isLast(b));
  }
}
