import { isStaffConfirmed } from './payment-methods.js';

/**
 * The reference that a payer enters in the message of a bank transfer, so that its payment can be found. It is a
 * creditor reference by ISO 11649, which banks support: `RF`, two check digits, the payment's id, and three letters
 * derived from its `ref`. Ids are reused after a restore; thanks to the letters, the reference of a lost payment does
 * not match the payment that got its id, with a probability of 4095 in 4096. https://www.iso.org/standard/50649.html
 *
 * Any single wrong character is detected, and any two swapped neighbours: letters and digits have fixed places, and
 * within those the check digits (ISO 7064, MOD 97-10) detect them.
 */
export interface PaymentReference {
  readonly payment_id: number;
  readonly letters: string;
}

/**
 * One letter for each hexadecimal digit of a `ref`. No vowels, so that they form no words, and no letter that resembles
 * a digit.
 */
const LETTERS = 'CDFHJKLMNPRTVWXY';

/** For a query `FROM payments`: the letters of the payment's reference. */
export const REFERENCE_LETTERS = `translate(left(payments.ref::text, 3), '0123456789abcdef', '${LETTERS}')`;

const letterNumber = (place: number) => `(ascii(substr(letters, ${place}, 1)) - 55)`;

/**
 * For a query `FROM payments`: the complete reference, as `creditorReference` builds it; null for a method with a page,
 * where payers enter none. Computed and not stored, so that payments of earlier versions have one too and one query
 * reads a payment.
 */
export const REFERENCE_OF_PAYMENT = `CASE WHEN ${isStaffConfirmed('payments.payment_method')} THEN (
  SELECT concat('RF', to_char(98 - mod(concat(payments.id, ${[1, 2, 3].map(letterNumber).join(', ')}, '271500')::numeric, 97), 'FM00'),
                payments.id, letters)
  FROM (SELECT ${REFERENCE_LETTERS} AS letters) AS of_ref) END`;

const FORM = new RegExp(`^RF\\d{2}([1-9]\\d{0,15})([${LETTERS}]{3})$`);

/**
 * @param text as a payer enters it: in upper or lower case, with or without spaces
 * @returns undefined when it is not a payment reference, or its check digits are wrong. Only the database can tell
 *   whether a payment with this id and these letters exists.
 */
export function parsePaymentReference(text: string): PaymentReference | undefined {
  const reference = withoutSpaces(text);
  const [, id, letters] = FORM.exec(reference) ?? [];
  if (id === undefined || letters === undefined || creditorReference(id + letters) !== reference) return undefined;
  const payment_id = Number(id);
  return Number.isSafeInteger(payment_id) ? { payment_id, letters } : undefined;
}

/**
 * @param body 1 to 21 digits and upper-case letters
 * @returns `RF`, the check digits (02 to 98), and the body
 */
export function creditorReference(body: string): string {
  const digits = [...`${body}RF00`].map((character) => parseInt(character, 36)).join('');
  return `RF${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${body}`;
}

function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/g, '').toUpperCase();
}
