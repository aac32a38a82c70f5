import { z } from 'zod';
import { flag, isUrlOf, partsOf, wholeNumber } from '../kinds.js';

/** Stripe, or its simulator. */
export const stripeVariables = {
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_\w+$/, 'must be a key of Stripe: sk_test_…, sk_live_…, rk_test_… or rk_live_…')
    .optional()
    .meta({
      default: 'none; `npm start`: its own simulator of Stripe',
      values: '`sk_…` or `rk_…`',
      description: 'A [secret or restricted key](https://docs.stripe.com/keys), of a test or a live account.',
    }),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .default('')
    .transform((text) => partsOf(text).filter(Boolean))
    .refine(
      (secrets) => secrets.every((secret) => /^whsec_.+$/.test(secret)),
      'must be one or several signing secrets of Stripe (whsec_…), separated by commas',
    )
    .meta({
      default: 'none; `npm start` makes one for its simulator',
      values: '`whsec_…`, separated by commas',
      description: 'Signs the webhooks. Old and new at once while one is being rolled.',
      reason: 'https://docs.stripe.com/webhooks#roll-endpoint-secrets',
    }),
  STRIPE_API_URL: z
    .string()
    .refine(isUrlOf(['http:', 'https:']), 'must be an http(s) address of a simulator')
    .optional()
    .meta({
      default: 'Stripe itself',
      values: 'an http(s) address',
      description: 'Where a simulator stands in for Stripe; never with a live key.',
    }),
  STRIPE_SIMULATOR_ALLOWED: flag(false).meta({
    description: '`true`: a simulator also when `NODE_ENV` is `production`.',
  }),
  RACE_LAB_URL: z
    .string()
    .refine(isUrlOf(['http:']), 'must be an http address of this machine')
    .optional()
    .meta({
      default: 'none; `npm start` sets it',
      values: 'an http address',
      description: 'Where the race lab listens, beside the simulator.',
    }),
  STRIPE_TIMEOUT_MS: wholeNumber({ min: 50, max: 4_500, byDefault: 3_000 }).meta({
    description: "One call's patience; a call is tried twice.",
    reason:
      'At most: one call is shorter than the default wait for a lock. Two tries may outlast it; a second request is then told to try again.',
  }),
  STRIPE_BREAKER_RESET_MS: wholeNumber({ min: 50, max: 600_000, byDefault: 5_000 }).meta({
    description: 'How long the circuit breaker stays open once half of the calls to Stripe fail.',
  }),
  STRIPE_SESSION_MINUTES: wholeNumber({ min: 0, max: 1_380, byDefault: 0 })
    .refine((minutes) => minutes === 0 || minutes >= 60, 'must be 0, or from 60 to 1380')
    .meta({
      values: '0, or 60 to 1380',
      description: "How long a page can be paid on. `0`: Stripe's 24 hours.",
      reason: 'Stripe wants 30 minutes to 24 hours; the rest is a margin for retries of an old request.',
    }),
  STRIPE_SESSION_LISTING_PAUSE_MS: wholeNumber({ min: 10, max: 86_400_000, byDefault: 60_000 }).meta({
    description: "Two empty listings of Stripe's so far apart prove that no session was made.",
    reason: "Longer than Stripe's slowest request takes to show.",
  }),
  STRIPE_REFUND_LISTING_PAUSE_MS: wholeNumber({ min: 10, max: 604_800_000, byDefault: 86_400_000 }).meta({
    description: 'The same for refunds.',
    reason:
      'Money goes back under it, and [what a 500 broke off](https://docs.stripe.com/error-low-level#server-errors) Stripe may finish by itself when its incident is over.',
  }),
};
