import { wholeNumber } from '../kinds.js';

export const paymentVariables = {
  TAX_RATE_BASIS_POINTS: wholeNumber({ min: 0, max: 10_000, byDefault: 1_100 }).meta({
    description: 'The tax rate. Amounts include the tax: 1100 is 11 %.',
    reason: "Indonesia's VAT.",
  }),
  MANUAL_PAYMENT_EXPIRES_MINUTES: wholeNumber({ min: 0, max: 525_600, byDefault: 4_320 }).meta({
    description:
      'How long a payment by bank transfer or GCash stays pending without a confirmation before it expires. `0`: it never expires.',
    reason: 'A bank transfer may take a long weekend.',
  }),
};
