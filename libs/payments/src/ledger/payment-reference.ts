import { isStaffConfirmed } from './payment-methods.js';

/**
 * What a payer types into the message of a bank transfer, so that its payment is found: a creditor reference by ISO 11649,
 * which banks know. `RF`, two check digits, the payment's id, and three letters of its `ref`. Ids come again after a
 * restore; with its letters the reference of a payment that was lost does not name the one that got its id, 4095 times of
 * 4096. https://www.iso.org/standard/50649.html
 *
 * Any one wrong character is found, and any two neighbours that were swapped: letters and digits have their places, and
 * within those the check digits (ISO 7064, MOD 97-10) find it.
 */
export interface PaymentReference {
  readonly payment_id: number;
  readonly letters: string;
}

/** One for each hexadecimal digit of a `ref`. No vowels, which make words, and none that is mistaken for a digit. */
const LETTERS = 'CDFHJKLMNPRTVWXY';

/** For a query `FROM payments`: the letters of its reference. */
export const REFERENCE_LETTERS = `translate(left(payments.ref::text, 3), '0123456789abcdef', '${LETTERS}')`;

const letterNumber = (place: number) => `(ascii(substr(letters, ${place}, 1)) - 55)`;

/**
 * For a query `FROM payments`: the whole reference, as `creditorReference` makes it; null where there is a page, on which no payer types
 * any. Computed, not stored: payments of earlier versions have one, too, and a payment is read with one query.
 */
export const REFERENCE_OF_PAYMENT = `CASE WHEN ${isStaffConfirmed('payments.payment_method')} THEN (
  SELECT concat('RF', to_char(98 - mod(concat(payments.id, ${[1, 2, 3].map(letterNumber).join(', ')}, '271500')::numeric, 97), 'FM00'),
                payments.id, letters)
  FROM (SELECT ${REFERENCE_LETTERS} AS letters) AS of_ref) END`;

const FORM = new RegExp(`^RF\\d{2}([1-9]\\d{0,15})([${LETTERS}]{3})$`);

/**
 * @param text as people type it: in either case, grouped by spaces or not
 * @returns undefined when it is no reference of a payment, or its check digits are wrong. Whether there is such a payment,
 *   with these letters, the database knows.
 */
export function parsePaymentReference(text: string): PaymentReference | undefined {
  const reference = withoutSpaces(text);
  const [, id, letters] = FORM.exec(reference) ?? [];
  if (id === undefined || letters === undefined || creditorReference(id + letters) !== reference) return undefined;
  const payment_id = Number(id);
  return Number.isSafeInteger(payment_id) ? { payment_id, letters } : undefined;
}

/** @param body 1 to 21 digits and upper-case letters. @returns it behind `RF` and its check digits (02 to 98) */
export function creditorReference(body: string): string {
  const digits = [...`${body}RF00`].map((character) => parseInt(character, 36)).join('');
  return `RF${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${body}`;
}

function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/g, '').toUpperCase();
}
