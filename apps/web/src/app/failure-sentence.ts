import type { PaymentClientError, PaymentMethod } from '#payment-client';
import { formatMoney } from '../design/money.js';
import { stateWords } from '../design/state-words.js';
import { failureWords } from './failure-words.js';
import { methodName } from './payment-methods.js';
import { dataOf, type FailureCode, type FailureData, waitingRefundOf } from './failures.js';

type Words = typeof failureWords.en;
interface Sum {
  readonly amount: number;
  readonly currency: string;
}

/** The server's messages have sums in minor units; users see them as money. Undefined: its message will do. */
type Sentences = { readonly [Code in FailureCode]?: (data: FailureData<Code>) => string | undefined };

/**
 * What went wrong, for a person.
 * @param method of the money, where it is known: its provider is named
 */
export function failureSentence(
  error: PaymentClientError,
  language: keyof typeof failureWords,
  method?: PaymentMethod,
): string {
  const provider = method === undefined ? failureWords[language].provider : methodName(method, language);
  const waiting = waitingRefundOf(error);
  if (waiting) {
    const sum = formatMoney(waiting.amount, waiting.currency, language);
    return failureWords[language].waits(provider, waiting.refund_id, sum);
  }
  const sentences = sentencesIn(language, provider) as Readonly<
    Record<string, ((data: unknown) => string | undefined) | undefined>
  >;
  return (error.data ? sentences[error.code]?.(error.data) : undefined) ?? error.message;
}

/** Every field that was refused, by its label, with what is wrong. */
export function refusedFields(error: PaymentClientError, language: keyof typeof failureWords): string[] {
  const labels: Readonly<Record<string, string>> = failureWords[language].fields;
  const { fields = {} } = dataOf(error, 'VALIDATION_FAILED') ?? {};
  return Object.entries(fields).map(([name, faults]) => `${labels[name] ?? name} ${faults.join('; ')}.`);
}

function sentencesIn(language: keyof typeof failureWords, provider: string): Sentences {
  const words: Words = failureWords[language];
  const money = ({ amount, currency }: Sum) => formatMoney(amount, currency, language);
  const stateOf = (state: string) => {
    const states: Readonly<Record<string, string>> = stateWords[language];
    return (states[state] ?? state).toLocaleLowerCase(language);
  };
  /** Money by transfer that was recorded although the request was refused. */
  const unmatched = ({ transfer_id }: { readonly transfer_id?: number }) =>
    transfer_id === undefined ? undefined : words.left_unmatched(transfer_id);
  return {
    AMOUNT_MISMATCH: ({ expected }) => words.price(money(expected)),
    REFUND_NEEDS_DECISION: (data) =>
      words.decide(provider, data.refund_id, money(data), data.conflicting_refunds.join(', ')),
    CHARGE_NOT_ACCEPTABLE: ({ received, expected, status }) => {
      // Neither the sum nor the state is why: the server says the reason.
      if (status === 'pending' && money(received) === money(expected)) return undefined;
      return words.unacceptable(money(received), money(expected), stateOf(status));
    },
    CHARGE_NOT_QUARANTINED: ({ disposition }) => words.decided(stateOf(disposition)),
    REFUND_TOO_LARGE: ({ refundable_amount: amount, currency }) => words.left(money({ amount, currency })),
    TRANSFER_MISMATCH: (data) => words.recorded_other(data.transfer_id, money(data)),
    MATCH_TOO_LARGE: ({ matchable_amount: amount, currency }) =>
      amount > 0 ? words.match_most(money({ amount, currency })) : words.match_none,
    TRANSFER_IN_USE: ({ allocated_amount: amount, currency }) =>
      amount > 0 ? words.in_use(money({ amount, currency })) : words.in_use_void,
    TRANSACTION_ALREADY_USED: ({ transfer_id }) => words.recorded(transfer_id),
    PAYMENT_ALREADY_CONFIRMED: unmatched,
    PAYMENT_EXISTS: unmatched,
    TRANSITION_NOT_ALLOWED: unmatched,
    AMOUNT_OUT_OF_RANGE: ({ range: { minimum, maximum, currency } }) =>
      words.range(money({ amount: minimum, currency }), money({ amount: maximum, currency })),
  };
}
