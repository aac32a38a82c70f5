import { formatMoney } from '../../../design/money.js';
import { span } from '../../../design/spans.js';
import { stateWords } from '../../../design/state-words.js';
import { noteOf } from '../webhooks/note-words.js';
import { factWords } from './fact-words.js';

type Language = keyof typeof factWords;

/** Something that was written down with a step, as it is shown. */
export interface Fact {
  readonly name: string;
  /** Undefined: there is no word for it, and it is called by its name. */
  readonly label: string | undefined;
  readonly text: string;
  /** It is shown as it was written: a name, a number, or something we know nothing about. */
  readonly raw: boolean;
}

const MONEY = /(^|_)(amount|owed|refunded|fee|price)(_|$)/;
const SPANS: readonly string[] = ['ms', 'waited_ms'];
const STATES: readonly string[] = ['status', 'state', 'disposition', 'from', 'to', 'was'];

/** @param currency the payment's, for amounts that say no other */
export function factsOf(detail: Readonly<Record<string, unknown>>, currency: string, language: Language): Fact[] {
  const own = isCurrency(detail.currency) ? detail.currency : currency;
  return Object.entries(detail).map(([name, value]) => {
    const text = textOf(name, value, own, language);
    const raw = text === undefined;
    return { name, label: factWords[language].names[name], text: text ?? written(value), raw };
  });
}

/** Undefined: there is no better way to say it than how it was written. */
function textOf(name: string, value: unknown, currency: string, language: Language): string | undefined {
  if (typeof value === 'number') {
    if (MONEY.test(name) && Number.isSafeInteger(value)) return formatMoney(value, currency, language);
    return SPANS.includes(name) && value >= 0 ? span(value, language) : undefined;
  }
  if (typeof value === 'boolean') return factWords[language][value ? 'yes' : 'no'];
  if (isSum(value)) return formatMoney(value.amount, value.currency, language);
  if (typeof value !== 'string') return undefined;
  if (isCurrency(value) && name === 'currency') return value.toUpperCase();
  if (name === 'payment_method') return wordOf(factWords[language].methods, value);
  if (name === 'because' || name === 'provider') return wordOf(factWords[language][name], value);
  if (name === 'pending_reason') return wordOf(factWords[language].pending, value);
  if (name === 'code') return wordOf(factWords[language].codes, value);
  if (name === 'kind') return wordOf(factWords[language].kinds, value);
  if (STATES.includes(name)) return wordOf(stateWords[language], value) ?? wordOf(factWords[language].disputes, value);
  if (name === 'note') return noteOf(value, language);
  return name === 'reason' ? value : undefined;
}

const isCurrency = (value: unknown): value is string => typeof value === 'string' && /^[a-z]{3}$/.test(value);
const wordOf = (words: Readonly<Record<string, string>>, value: string): string | undefined =>
  Object.hasOwn(words, value) ? words[value] : undefined;

function isSum(value: unknown): value is { amount: number; currency: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { amount, currency } = value as Record<string, unknown>;
  return Number.isSafeInteger(amount) && isCurrency(currency) && Object.keys(value).length === 2;
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
