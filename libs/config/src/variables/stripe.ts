import { z } from 'zod';
import { flag, isUrlOf, partsOf, wholeNumber } from '../kinds.js';

/** Stripe, or its simulator. */
export const stripeVariables = {
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_\w+$/, 'must be a Stripe API key: sk_test_…, sk_live_…, rk_test_… or rk_live_…')
    .optional()
    .meta({
      default: 'none; `npm start`: that of its Stripe simulator',
      values: '`sk_…` or `rk_…`',
      description: 'A [secret or restricted API key](https://docs.stripe.com/keys), for test or live mode.',
    }),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .default('')
    .transform((text) => partsOf(text).filter(Boolean))
    .refine(
      (secrets) => secrets.every((secret) => /^whsec_.+$/.test(secret)),
      'must be one or several Stripe webhook signing secrets (whsec_…), separated by commas',
    )
    .meta({
      default: 'none; `npm start` makes one for its simulator',
      values: '`whsec_…`, separated by commas',
      description: 'The signing secrets of the webhook endpoint. Set the old and the new one while you roll a secret.',
      reason: 'https://docs.stripe.com/webhooks#roll-endpoint-secrets',
    }),
  STRIPE_API_URL: z
    .string()
    .refine(isUrlOf(['http:', 'https:']), 'must be an http(s) address of a simulator')
    .optional()
    .meta({
      default: 'Stripe itself',
      values: 'an http(s) address',
      description: 'The URL of a Stripe simulator to use instead of Stripe. Refused with a live key.',
    }),
  STRIPE_SIMULATOR_ALLOWED: flag(false).meta({
    description: '`true`: allows `STRIPE_API_URL` even if `NODE_ENV` is `production`.',
  }),
  RACE_LAB_URL: z
    .string()
    .refine(isUrlOf(['http:']), 'must be an http address of this machine')
    .optional()
    .meta({
      default: 'none; `npm start` sets it',
      values: 'an http address',
      description: 'The URL of the race lab.',
    }),
  STRIPE_TIMEOUT_MS: wholeNumber({ min: 50, max: 4_500, byDefault: 3_000 }).meta({
    description: 'The timeout of one call to Stripe. Each call is tried twice.',
    reason:
      'The maximum is less than the default of `LOCK_WAIT_MS`, so that a request can wait for a lock that is held during one call. Two tries may take longer; then a second request is told to retry.',
  }),
  STRIPE_BREAKER_RESET_MS: wholeNumber({ min: 50, max: 600_000, byDefault: 5_000 }).meta({
    description: 'How long the circuit breaker stays open once half of the calls to Stripe fail.',
  }),
  STRIPE_SESSION_MINUTES: wholeNumber({ min: 0, max: 1_380, byDefault: 0 })
    .refine((minutes) => minutes === 0 || minutes >= 60, 'must be 0, or from 60 to 1380')
    .meta({
      values: '0, or 60 to 1380',
      description: "How long a Checkout session stays open. `0`: Stripe's default of 24 hours.",
      reason: 'Stripe accepts 30 minutes to 24 hours. The margin is for retries of an earlier request.',
    }),
  STRIPE_SESSION_LISTING_PAUSE_MS: wholeNumber({ min: 10, max: 86_400_000, byDefault: 60_000 }).meta({
    description:
      'If a session is missing from two of Stripe’s lists read this far apart, Payonce concludes that Stripe did not create it.',
    reason: 'Longer than the slowest request takes to appear in the list.',
  }),
  STRIPE_REFUND_LISTING_PAUSE_MS: wholeNumber({ min: 10, max: 604_800_000, byDefault: 86_400_000 }).meta({
    description: 'The same pause for refunds.',
    reason:
      'A wrong conclusion would refund twice, and Stripe may still [complete a request that failed with a 500](https://docs.stripe.com/error-low-level#server-errors) after its incident.',
  }),
};
