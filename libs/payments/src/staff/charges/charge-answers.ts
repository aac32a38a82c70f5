import { amount, type Holds, id, shape } from '#answers';
import { z } from 'zod';
import { DISPOSITIONS, ListedCharge } from '../../ledger/charges.repository.js';
import { PAPERS_OF_PAYMENT, Payment } from '../../ledger/payment.js';

export const DecidedCharge = shape('DecidedCharge', {
  charge: ListedCharge,
  payment_id: id,
  payment: Payment,
  ...PAPERS_OF_PAYMENT,
});
export type DecidedCharge = Holds<typeof DecidedCharge>;

const money = z.strictObject({ amount, currency: z.string() });

/** What failures about charges say beside their sentence, by their codes. */
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
