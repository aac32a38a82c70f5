import type { PaymentMethod, Schemas } from '#payment-client';
import { appConfig, type ExternalMethod } from './config.js';

/** Methods whose money staff record as transfers. */
type TransferMethod = Schemas['Transfer']['payment_method'];
type Language = 'en' | 'id';
type Texts = Readonly<Record<Language, string>>;

interface Terms {
  /** What moves the money, within a sentence: "by bank transfer", "Stripe hasn't answered". */
  readonly name: Texts;
  /** What payers choose, where that is not the name. */
  readonly payer_label?: Texts;
  /** `page`: paid on the provider's page, and the provider says that the money has arrived. `staff`: they see it arrive. */
  readonly confirmed_by: 'page' | 'staff';
  /** `provider`: it makes refunds. `staff`: they pay the money back, and settle the refund with a reference. */
  readonly refunded_by: 'provider' | 'staff';
}

const sameInAll = (name: string): Texts => ({ en: name, id: name });

/**
 * The methods of the API, in the order in which they are offered: a new one does not compile without a row here.
 * test/unit/payment-methods compares it with the server's table. Sentences name a method by this table.
 */
const TERMS = {
  stripe: {
    name: sameInAll('Stripe'),
    payer_label: { en: 'Card (Stripe)', id: 'Kartu (Stripe)' },
    confirmed_by: 'page',
    refunded_by: 'provider',
  },
  gcash: { name: sameInAll('GCash'), confirmed_by: 'staff', refunded_by: 'staff' },
  bank_transfer: {
    name: { en: 'bank transfer', id: 'transfer bank' },
    confirmed_by: 'staff',
    refunded_by: 'staff',
  },
} as const satisfies {
  readonly [Method in PaymentMethod]: Terms & { confirmed_by: Method extends TransferMethod ? 'staff' : 'page' };
};

export type StaffConfirmedMethod = {
  [Method in PaymentMethod]: (typeof TERMS)[Method]['confirmed_by'] extends 'staff' ? Method : never;
}[PaymentMethod];

/** A text for each method. One that is missing is an error where it has to be written, and not at every use. */
export const textsByStaffMethod = (texts: Readonly<Record<StaffConfirmedMethod, string>>) => texts;

export const PAYMENT_METHODS = Object.keys(TERMS) as PaymentMethod[];
export const STAFF_CONFIRMED_METHODS = PAYMENT_METHODS.filter(isStaffConfirmed);

/**
 * The payer sends the money, and staff record it as a transfer. False: it is paid on the provider's page, as with every
 * method of an external provider, which the API may return although its description does not list it.
 */
export function isStaffConfirmed(method: PaymentMethod): method is StaffConfirmedMethod {
  return termsOf(method)?.confirmed_by === 'staff';
}

/** Those with which a payment can start here: a provider's page needs its credentials. */
export function offeredMethods(): readonly PaymentMethod[] {
  return PAYMENT_METHODS.filter((method) => isStaffConfirmed(method) || appConfig().page_methods.includes(method));
}

/** Staff pay refunds back, and settle them. False: the provider makes them. */
export function isStaffRefunded(method: PaymentMethod): boolean {
  return (termsOf(method) ?? externalOf(method))?.refunded_by === 'staff';
}

/** Within a sentence. */
export function methodName(method: PaymentMethod, language: Language): string {
  return termsOf(method)?.name[language] ?? externalOf(method)?.name ?? method;
}

/** In a list, a form or a table. */
export function methodLabel(method: PaymentMethod, language: Language): string {
  return capitalized(methodName(method, language));
}

/** The same for payers, who choose what they pay with. */
export function payerLabel(method: PaymentMethod, language: Language): string {
  return termsOf(method)?.payer_label?.[language] ?? methodLabel(method, language);
}

/** "GCash or bank transfer": the methods whose money staff record. */
export function staffMethodNames(language: Language): string {
  const names = STAFF_CONFIRMED_METHODS.map((method) => methodName(method, language));
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(names);
}

function termsOf(method: PaymentMethod): Terms | undefined {
  return Object.hasOwn(TERMS, method) ? TERMS[method] : undefined;
}

/** A method of a provider that this program does not know: the server says what the pages have to know of it. */
function externalOf(method: string): ExternalMethod | undefined {
  return appConfig().external_methods.find((one) => one.method === method);
}

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
