import { z } from 'zod';

/**
 * What docs/configuration.md says about a variable. It is part of the schema itself (`.meta()`), so that the
 * documentation matches what is read. `default` and `values` come from the kinds below where possible.
 */
export interface SettingFacts {
  /** What it does, in Markdown. */
  readonly description: string;
  /** The reason for its bounds or default; the source of the rule. */
  readonly reason?: string;
  readonly default?: string;
  /** The accepted values: a range, or some words. */
  readonly values?: string;
}

/** `on`, `true`, `1` or their opposites: the usual values in .env files. */
export const flag = (byDefault: boolean) =>
  z
    .enum(['true', 'false', '1', '0', 'on', 'off'], { error: 'must be true or false' })
    .optional()
    .transform((word) => (word === undefined ? byDefault : isOn(word)))
    .meta({ default: `\`${byDefault}\``, values: '`true`, `false`' });

export const isOn = (word: string | undefined) => ['true', '1', 'on'].includes(word ?? '');

/** One line for people to read. */
export const optionalText = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be blank')
    .max(maxLength, `must have at most ${maxLength} characters`)
    .optional()
    .meta({ values: `text, at most ${maxLength} characters` });

interface Range {
  readonly min: number;
  readonly max: number;
  /** The range to document, where a rule between variables allows less. */
  readonly documentedRange?: string;
}

const describeRange = ({ min, max, documentedRange }: Range) => documentedRange ?? `${min} to ${max}`;

export const optionalNumber = (range: Range) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `must be a whole number from ${describeRange(range)}`)
    .transform(Number)
    .refine((n) => n >= range.min && n <= range.max, `must be a whole number from ${describeRange(range)}`)
    .optional()
    .meta({ values: describeRange(range) });

export const wholeNumber = ({ byDefault, ...range }: Range & { readonly byDefault: number }) =>
  optionalNumber(range)
    .transform((n) => n ?? byDefault)
    .meta({ default: `\`${byDefault}\``, values: describeRange(range) });

/** One of the given words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words, byDefault: Words[number]) =>
  z
    .enum(words, { error: `must be ${listed(words)}` })
    // A cast to one of the words, which zod cannot infer.
    .default(byDefault as never)
    .meta({ default: `\`${byDefault}\``, values: words.map((word) => `\`${word}\``).join(', ') });

export function isUrlOf(protocols: string[]) {
  return (text: string) => URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

/** The parts of a comma-separated value, with or without spaces around them. */
export const partsOf = (text: string) => text.split(',').map((part) => part.trim());

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
