const STEPS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const;

const UNITS = {
  en: { ms: 'ms', s: 's', min: 'min', h: 'h' },
  id: { ms: 'ms', s: 'dtk', min: 'mnt', h: 'jam' },
} as const;

type Language = keyof typeof UNITS;

/** "3 minutes": the largest unit that fits, for an approximate duration. */
export function roughly(ms: number, language: Language): string {
  const step = STEPS.find((one) => ms >= one.ms) ?? STEPS[3];
  return new Intl.NumberFormat(language, { style: 'unit', unit: step.unit, unitDisplay: 'long' }).format(
    Math.round(ms / step.ms),
  );
}

/** "12.4 ms", "301.300 s": milliseconds up to ten minutes, and finer for short durations, which matter for races. */
export function span(ms: number, language: Language): string {
  if (ms < 10_000) return written(ms, 'ms', ms < 100 && ms > 0 ? 1 : 0, language);
  if (ms < 600_000) return written(ms / 1_000, 's', 3, language);
  if (ms < 36_000_000) return written(ms / 60_000, 'min', 0, language);
  return written(ms / 3_600_000, 'h', 0, language);
}

/** "+12.4 ms": after something else. */
export const since = (ms: number, language: Language) => `+${span(ms, language)}`;

/** "1.4 s": less precise. */
export const seconds = (ms: number, language: Language) => written(ms / 1_000, 's', 1, language);

function written(value: number, unit: keyof (typeof UNITS)['en'], digits: number, language: Language): string {
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${number.format(value)} ${UNITS[language][unit]}`;
}
