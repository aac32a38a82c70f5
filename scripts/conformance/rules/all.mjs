import { accessRules } from './access.mjs';
import { envelopeRules } from './envelope.mjs';
import { keyRules } from './keys.mjs';
import { moneyRules } from './money.mjs';
import { paymentRules } from './payments.mjs';
import { serviceRules } from './service.mjs';
import { stripeRules } from './stripe.mjs';

/** What Payonce promises beyond idempotency.mjs, in the order of the table. */
export const payonceRules = [
  ...envelopeRules,
  ...accessRules,
  ...keyRules,
  ...paymentRules,
  ...moneyRules,
  ...stripeRules,
  ...serviceRules,
];
