import { amount, type Holds, id, shape } from '#answers';
import { z } from 'zod';
import { DISPOSITIONS, ListedCharge } from '../../ledger/charge.js';
import { DOCUMENTS_OF_PAYMENT, Payment } from '../../ledger/payment.js';

export const DecidedCharge = shape('DecidedCharge', {
  charge: ListedCharge,
  payment_id: id,
  payment: Payment,
  ...DOCUMENTS_OF_PAYMENT,
});
export type DecidedCharge = Holds<typeof DecidedCharge>;

const money = z.strictObject({ amount, currency: z.string() });

/** The extra fields of errors about charges, by error code. */
export const CHARGE_FAILURES = {
  CHARGE_NOT_QUARANTINED: z.strictObject({ charge_id: id, disposition: z.enum(DISPOSITIONS) }),
  CHARGE_NOT_ACCEPTABLE: z.strictObject({
    charge_id: id,
    payment_id: id,
    status: z.string(),
    received: money,
    expected: money,
  }),
};
