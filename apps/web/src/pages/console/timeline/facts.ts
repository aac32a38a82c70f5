import type { PaymentMethod } from '#payment-client';
import { methodLabel } from '../../../app/payment-methods.js';
import { formatMoney } from '../../../design/money.js';
import { span } from '../../../design/spans.js';
import { stateWords } from '../../../design/state-words.js';
import { noteOf } from '../webhooks/note-words.js';
import { consoleWords } from '../words.js';
import { factWords } from './fact-words.js';
import { withProvider } from './step-name.js';

type Language = keyof typeof factWords;

/** A member of a step's detail, as shown. */
export interface Fact {
  readonly name: string;
  /** Undefined: it has no label, so its name is shown. */
  readonly label: string | undefined;
  readonly text: string;
  /** Shown unformatted: a name, a number, or an unknown value. */
  readonly raw: boolean;
}

const MONEY = /(^|_)(amount|owed|refunded|fee|price)(_|$)/;
const SPANS: readonly string[] = ['ms', 'waited_ms'];
const STATES: readonly string[] = ['status', 'state', 'disposition', 'from', 'to', 'was'];

/** The payment's currency, for amounts without one, and what moves its money, as people know it. */
interface Of {
  readonly currency: string;
  readonly provider: string;
}

export function factsOf(detail: Readonly<Record<string, unknown>>, of: Of, language: Language): Fact[] {
  const own = isCurrency(detail.currency) ? { ...of, currency: detail.currency } : of;
  return Object.entries(detail).map(([name, value]) => {
    const text = textOf(name, value, own, language);
    const raw = text === undefined;
    const label = factWords[language].names[name];
    return { name, label: label && withProvider(label, of.provider), text: text ?? written(value), raw };
  });
}

/** Undefined: there is no better format than the stored value. */
function textOf(name: string, value: unknown, of: Of, language: Language): string | undefined {
  const { currency, provider } = of;
  if (typeof value === 'number') {
    if (MONEY.test(name) && Number.isSafeInteger(value)) return formatMoney(value, currency, language);
    return SPANS.includes(name) && value >= 0 ? span(value, language) : undefined;
  }
  if (typeof value === 'boolean') return factWords[language][value ? 'yes' : 'no'];
  if (isTerms(value) && (name === 'before' || name === 'after')) return termsOf(value, of, language);
  if (name === 'unmatched' && Array.isArray(value) && value.every(isPart))
    return value.map((part) => partOf(part, currency, language)).join('\n');
  if (isSum(value)) return formatMoney(value.amount, value.currency, language);
  if (typeof value !== 'string') return undefined;
  if (isCurrency(value) && name === 'currency') return value.toUpperCase();
  if (name === 'received_at') return timeOf(value, language);
  if (name === 'payment_method') return methodLabel(value as PaymentMethod, language);
  if (name === 'because' || name === 'provider') return wordOf(factWords[language][name], value);
  if (name === 'pending_reason') return wordOf(factWords[language].pending, value, provider);
  if (name === 'code') return wordOf(factWords[language].codes, value, provider);
  if (name === 'kind') return wordOf(factWords[language].kinds, value);
  if (STATES.includes(name)) return wordOf(stateWords[language], value) ?? wordOf(factWords[language].disputes, value);
  if (name === 'note') return noteOf(value, language);
  return name === 'reason' || name === 'payer' ? value : undefined;
}

const isTerms = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The facts of a recorded transfer; unknown ones are left out. */
function termsOf(terms: Readonly<Record<string, unknown>>, of: Of, language: Language): string {
  const known = Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== null));
  return factsOf(known, of, language)
    .map(({ name, label, text }) => `${label ?? name}: ${text}`)
    .join('\n');
}

/** The part of a transfer that no longer pays a cancelled payment. */
function isPart(value: unknown): value is { transfer_id: number; amount: number } {
  return isTerms(value) && Number.isSafeInteger(value.transfer_id) && Number.isSafeInteger(value.amount);
}
const partOf = (
  { transfer_id, amount }: { transfer_id: number; amount: number },
  currency: string,
  language: Language,
) => `${consoleWords[language].transfer(transfer_id)}: ${formatMoney(amount, currency, language)}`;

function timeOf(at: string, language: Language): string | undefined {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return undefined;
  const form = { dateStyle: 'medium', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', form).format(time);
}

const isCurrency = (value: unknown): value is string => typeof value === 'string' && /^[a-z]{3}$/.test(value);
const wordOf = (words: Readonly<Record<string, string>>, value: string, provider = ''): string | undefined =>
  Object.hasOwn(words, value) ? withProvider(words[value]!, provider) : undefined;

function isSum(value: unknown): value is { amount: number; currency: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { amount, currency } = value as Record<string, unknown>;
  return Number.isSafeInteger(amount) && isCurrency(currency) && Object.keys(value).length === 2;
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
