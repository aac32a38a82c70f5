import type { Language } from '../../../app/language.js';

const STEPS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const;

/** "3 minutes": the largest unit that fits, for a reader who wants to know how long roughly. */
export function roughly(ms: number, language: Language): string {
  const step = STEPS.find((one) => ms >= one.ms) ?? STEPS[3];
  return new Intl.NumberFormat(language, { style: 'unit', unit: step.unit, unitDisplay: 'long' }).format(
    Math.round(ms / step.ms),
  );
}

/** "+12.4 ms", "+3.20 s": exact where it is short, since that is where races are. */
export function since(ms: number, language: Language): string {
  const write = (value: number, unit: string, digits: number) =>
    `+${new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)} ${unit}`;
  if (ms < 10_000) return write(ms, 'ms', ms < 100 && ms > 0 ? 1 : 0);
  if (ms < 600_000) return write(ms / 1_000, 's', 1);
  if (ms < 36_000_000) return write(ms / 60_000, 'min', 0);
  return write(ms / 3_600_000, 'h', 0);
}
