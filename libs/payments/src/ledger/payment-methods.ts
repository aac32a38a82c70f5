import { PAYMENT_METHOD_TERMS } from '#database';
import { z } from 'zod';

type BuiltInTerms = (typeof PAYMENT_METHOD_TERMS)[number];
type BuiltInMethod = BuiltInTerms['method'];

/**
 * Payonce's own methods. An external provider may add others, which exist only in its registration and as a database
 * row.
 */
export const PAYMENT_METHODS: readonly BuiltInMethod[] = PAYMENT_METHOD_TERMS.map(({ method }) => method);

/** Any method of a registered provider; editors suggest Payonce's own by name. */
export type PaymentMethod = BuiltInMethod | (string & NonNullable<unknown>);

/** Methods whose money arrives on Payonce's own accounts, where staff see it. */
export type TransferMethod = Extract<BuiltInTerms, { confirmed_by: 'staff' }>['method'];
export const TRANSFER_METHODS: readonly TransferMethod[] = PAYMENT_METHOD_TERMS.flatMap((terms) =>
  terms.confirmed_by === 'staff' ? [terms.method] : [],
);

/** In answers: documented as Payonce's own methods, but any registered method is accepted. */
export const paymentMethod: z.ZodType<PaymentMethod> = z.enum(PAYMENT_METHODS);

/**
 * Evaluated once for each statement, not for each row. @param column of a payment, charge or transfer @returns a
 * condition
 */
const isConfirmedBy = (confirmed_by: 'page' | 'staff') => (column: string) =>
  `${column} = ANY (ARRAY(SELECT m.method FROM payment_methods m WHERE m.confirmed_by = '${confirmed_by}'))`;

/** The condition that the method is paid on a hosted page. */
export const hasPage = isConfirmedBy('page');

/** The condition that staff confirm the method's money. */
export const isStaffConfirmed = isConfirmedBy('staff');
