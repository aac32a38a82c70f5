import { PAYMENT_METHOD_TERMS } from '#database';
import { z } from 'zod';

type BuiltInTerms = (typeof PAYMENT_METHOD_TERMS)[number];
type BuiltInMethod = BuiltInTerms['method'];

/** Of this program. A provider from elsewhere may add others, which only its registration and its row in the database know. */
export const PAYMENT_METHODS: readonly BuiltInMethod[] = PAYMENT_METHOD_TERMS.map(({ method }) => method);

/** Any method that a registered provider has; those of this program are suggested by name. */
export type PaymentMethod = BuiltInMethod | (string & NonNullable<unknown>);

/** Methods whose money arrives on an account of the house, where staff see it. */
export type TransferMethod = Extract<BuiltInTerms, { confirmed_by: 'staff' }>['method'];
export const TRANSFER_METHODS: readonly TransferMethod[] = PAYMENT_METHOD_TERMS.flatMap((terms) =>
  terms.confirmed_by === 'staff' ? [terms.method] : [],
);

/** In answers: documented as the methods of this program, and any registered one in fact. */
export const paymentMethod: z.ZodType<PaymentMethod> = z.enum(PAYMENT_METHODS);

/** Read once a statement, not once a row. @param column of a payment, charge or transfer. @returns a condition */
const isConfirmedBy = (confirmed_by: 'page' | 'staff') => (column: string) =>
  `${column} = ANY (ARRAY(SELECT m.method FROM payment_methods m WHERE m.confirmed_by = '${confirmed_by}'))`;

/** That it is paid on a page of a provider's. */
export const hasPage = isConfirmedBy('page');

/** That staff confirm its money. */
export const isStaffConfirmed = isConfirmedBy('staff');
