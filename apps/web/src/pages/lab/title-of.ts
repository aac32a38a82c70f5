import type { Verdict } from './wire.js';

interface Titles {
  readonly once: string;
  readonly never: string;
  readonly disagree: string;
  readonly not_recorded: string;
  readonly times: (n: number) => string;
  readonly booked: (n: number) => string;
}

/** The verdict's title. More than one charge takes precedence over other problems. */
export function titleOf({ charged_once, charges, payments, fee, harm }: Verdict, words: Titles): string {
  if (charged_once) return words.once;
  const taken = charges.filter(({ status }) => status === 'succeeded').length;
  if (taken > 1) return words.times(taken);
  if (taken === 0) return words.never;
  if (harm === 'booked_again')
    return words.booked(payments.reduce((sum, { received }) => sum + (received ?? 0), 0) / fee);
  return harm === 'not_recorded' ? words.not_recorded : words.disagree;
}
