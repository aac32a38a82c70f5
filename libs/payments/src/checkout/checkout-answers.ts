import { type Holds, shape, time } from '#answers';
import { z } from 'zod';
import { Payment } from '../ledger/payment.js';

export const StartedCheckout = shape('StartedCheckout', {
  order_id: z.string(),
  session_id: z.string().nullable(),
  checkout_url: z.string().nullable(),
  expires_at: time.nullable(),
  idempotency_key: z.string().nullable(),
  reused: z.boolean().describe('An open session existed already.'),
  payment: Payment,
});
export type StartedCheckout = Holds<typeof StartedCheckout>;
