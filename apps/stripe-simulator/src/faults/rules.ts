import { z } from 'zod';
import { OUTCOMES } from '../checkout/pay-session.js';
import { EVENT_TYPES } from '../events/event-types.js';

const howOften = {
  /** How often it applies; without it, always. */
  times: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  /** Makes a probability reproducible. */
  seed: z.int().optional(),
};

/** Selects requests, and how often. */
const filter = {
  ...howOften,
  /** The request's path without the query; `*` matches anything. */
  path: z.string().optional(),
  method: z.enum(['GET', 'POST']).optional(),
};

const FILTER = 'path, method, times, probability, seed';

const rule = <S extends z.ZodRawShape>(shape: S) => z.strictObject({ ...filter, ...shape });

/** One or several of a kind; `what` describes one, because the error of a union would not. */
const several = <T extends z.ZodType>(one: T, what: string) =>
  z
    .union([one, z.array(one)], { error: `must be ${what}, or a list of those` })
    .transform((given) => [given].flat() as z.output<T>[]);

const yes = z.literal(true).transform(() => ({}));
const ms = z.int().min(0).max(600_000);
const when = z.enum(['before', 'after']);
const when500 = z.enum(['before', 'after', 'later']);

const error500 = rule({
  when: when500.default('before'),
  /** For `later`: after this time Stripe completes the work that it interrupted. */
  seconds: z
    .int()
    .min(0)
    .max(30 * 86_400)
    .default(3_600),
  should_retry: z.boolean().nullable().default(false),
});

export const faultsSchema = z.strictObject({
  latency_ms: several(
    z.union([ms.transform((of) => ({ ms: of })), rule({ ms })]),
    `milliseconds up to 600000, or { ms, ${FILTER} }`,
  ).default([]),
  lose_answer: several(z.union([yes, rule({})]), `true, or { ${FILTER} }`).default([]),
  error_500: several(
    z.union([when500.transform((of) => error500.parse({ when: of })), error500]),
    `"before", "after" or "later", or { when, seconds, should_retry, ${FILTER} }`,
  ).default([]),
  rate_limit: several(
    z.union([yes, rule({ code: z.enum(['rate_limit', 'lock_timeout']).optional() })]),
    `true, or { code: "rate_limit" or "lock_timeout", ${FILTER} }`,
  ).default([]),
  reset: several(z.union([yes, rule({})]), `true, or { ${FILTER} }`).default([]),
  hold: several(rule({ when: when.default('before') }), `{ when: "before" or "after", ${FILTER} }`).default([]),
  /**
   * The customer pays before the response arrives: each new session gets this outcome before the call that created it
   * returns.
   */
  pay_on_create: several(
    z.union([z.enum(OUTCOMES).transform((outcome) => ({ outcome })), rule({ outcome: z.enum(OUTCOMES) })]),
    `${OUTCOMES.join(', ')}, or { outcome, ${FILTER} }`,
  ).default([]),
  webhooks: z
    .strictObject({
      // Of attempts, for the first three; the other two are for all.
      ...howOften,
      lose: z.boolean().default(false),
      /** Copies of each event, sent at once. */
      duplicate: z.int().min(1).max(200).default(1),
      delay_ms: ms.default(0),
      /** Collects this many events and sends them newest first, one after the other. */
      reorder: z.union([z.boolean().transform((on) => (on ? 2 : 1)), z.int().min(1).max(100)]).default(1),
      /** The call that caused an event is answered after the event was delivered. */
      before_answer: z.boolean().default(false),
      /** Only events of these types. */
      types: z.array(z.enum(EVENT_TYPES)).optional(),
    })
    .prefault({}),
});

export type Faults = z.output<typeof faultsSchema>;
export type FaultKind = Exclude<keyof Faults, 'webhooks'>;
export type Rule<K extends FaultKind> = Faults[K][number];
