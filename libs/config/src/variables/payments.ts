import { wholeNumber } from '../kinds.js';

export const paymentVariables = {
  TAX_RATE_BASIS_POINTS: wholeNumber({ min: 0, max: 10_000, byDefault: 1_100 }).meta({
    description: 'The tax within each amount: 1100 are 11 %.',
    reason: "Indonesia's VAT.",
  }),
  MANUAL_PAYMENT_EXPIRES_MINUTES: wholeNumber({ min: 0, max: 525_600, byDefault: 4_320 }).meta({
    description: 'After which a payment by bank or GCash that nobody confirmed expires. `0`: never.',
    reason: 'A bank transfer may take a long weekend.',
  }),
};
