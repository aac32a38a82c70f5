import { type Holds, shape } from '#answers';
import { z } from 'zod';

export const Alive = shape('Alive', { status: z.literal('alive'), uptime_seconds: z.int().min(0) });
export type Alive = Holds<typeof Alive>;

const Dependency = shape('Dependency', {
  status: z.enum(['up', 'down', 'not_configured']),
  required: z
    .boolean()
    .describe('Whether Payonce needs it to be ready. Without the others it is slower, or cannot call Stripe.'),
  latency_ms: z.number().min(0).optional(),
  reason: z.string().optional(),
});
export type Dependency = Holds<typeof Dependency>;

const ClockCheck = shape('ClockCheck', {
  status: z.enum(['ok', 'warning', 'unknown']),
  ahead_of_stripe_seconds: z.number().nullable().describe("Negative: behind. Null: Stripe's clock is not known yet."),
  ahead_of_postgres_seconds: z.number().nullable(),
  max_seconds: z.number().describe('A larger difference is a warning.'),
});
export type ClockCheck = Holds<typeof ClockCheck>;

const CatchUpCheck = shape('StripeCatchUpCheck', {
  status: z
    .enum(['ok', 'warning', 'waiting', 'unknown', 'not_configured'])
    .describe('`waiting`: no worker has run yet.'),
  open_discrepancies: z.int().min(0),
  lists: z.array(
    shape('StripeListProgress', {
      list: z.enum(['events', 'sessions', 'refunds', 'disputes']),
      status: z.enum(['ok', 'warning']),
      complete_until: z.iso.datetime().describe("All objects created before this time are known, by Stripe's clock."),
      lag_seconds: z.int().min(0),
      max_lag_seconds: z.int().min(0).describe('A larger lag is a warning.'),
      pass_in_progress: z.boolean(),
      pass_pages: z.int().min(0).describe('Pages read in the current pass.'),
      pages_done: z.int().min(0).describe('Pages read in all passes.'),
    }),
  ),
});
export type CatchUpCheck = Holds<typeof CatchUpCheck>;

/** The members of every check; each check adds its own, present only if the check could run. */
export const CHECK = {
  status: z.enum(['ok', 'warning']),
  message: z.string().describe('What operators should do about it.'),
};
export interface Check {
  readonly status: 'ok' | 'warning';
  readonly message: string;
}

const DurabilityCheck = shape('DurabilityCheck', {
  ...CHECK,
  fsync: z.string().optional(),
  full_page_writes: z.string().optional(),
  synchronous_commit: z.string().optional(),
  synchronous_commit_source: z.string().optional().describe('As in pg_settings.source.'),
  synchronous_standbys: z.boolean().optional(),
});

const Checks = shape('Checks', { durability: DurabilityCheck, clock: ClockCheck, stripe_catch_up: CatchUpCheck });
export type Checks = Holds<typeof Checks>;

export const Health = shape('Health', {
  status: z.enum(['ready', 'degraded', 'unavailable']),
  dependencies: z
    .record(z.string(), Dependency)
    .describe(
      '`stripe` reports the circuit breaker: the check does not call Stripe. Without a key it is `not_configured`.',
    ),
  checks: Checks.describe('What operators should check. A warning does not change readiness.'),
});
export type Health = Holds<typeof Health>;
