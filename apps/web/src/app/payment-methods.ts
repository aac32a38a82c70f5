import type { PaymentMethod, Schemas } from '#payment-client';

/** Methods whose money staff record as transfers. */
type TransferMethod = Schemas['Transfer']['payment_method'];

interface Terms {
  /** `page`: paid on the provider's page, and the provider says that the money has arrived. `staff`: they see it arrive. */
  readonly confirmed_by: 'page' | 'staff';
  /** `provider`: it makes refunds. `staff`: they pay the money back, and settle the refund with a reference. */
  readonly refunded_by: 'provider' | 'staff';
}

/**
 * The methods of the API, in the order in which they are offered: a new one does not compile without a row here and a
 * name in each language. test/unit/payment-methods compares it with the server's table.
 */
const TERMS = {
  stripe: { confirmed_by: 'page', refunded_by: 'provider' },
  gcash: { confirmed_by: 'staff', refunded_by: 'staff' },
  bank_transfer: { confirmed_by: 'staff', refunded_by: 'staff' },
} as const satisfies {
  readonly [Method in PaymentMethod]: Terms & { confirmed_by: Method extends TransferMethod ? 'staff' : 'page' };
};

export type StaffConfirmedMethod = {
  [Method in PaymentMethod]: (typeof TERMS)[Method]['confirmed_by'] extends 'staff' ? Method : never;
}[PaymentMethod];

/** A text for each method. One that is missing is an error where it has to be written, and not at every use. */
export const textsByMethod = (texts: Readonly<Record<PaymentMethod, string>>) => texts;
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

/** Staff pay refunds back, and settle them. False: the provider makes them. */
export function isStaffRefunded(method: PaymentMethod): boolean {
  return termsOf(method)?.refunded_by === 'staff';
}

function termsOf(method: PaymentMethod): Terms | undefined {
  return Object.hasOwn(TERMS, method) ? TERMS[method] : undefined;
}
