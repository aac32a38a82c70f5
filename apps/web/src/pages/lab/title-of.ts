import type { Verdict } from './wire.js';

interface Titles {
  readonly once: string;
  readonly never: string;
  readonly disagree: string;
  readonly times: (n: number) => string;
}

/** The verdict's title. More than one charge takes precedence over other problems. */
export function titleOf({ charged_once, charges }: Verdict, words: Titles): string {
  if (charged_once) return words.once;
  const taken = charges.filter(({ status }) => status === 'succeeded').length;
  if (taken > 1) return words.times(taken);
  return taken === 0 ? words.never : words.disagree;
}
