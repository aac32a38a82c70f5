import { z } from 'zod';
import { flag, isUrlOf, oneOf, partsOf, wholeNumber } from '../kinds.js';

/**
 * The browser client resends a key for up to 23 hours (`KEY_LIVES_MS`). If the server deleted the key before that, the
 * request would be executed twice. Constraints prevent a second payment; nothing else prevents a second partial refund.
 */
export const MIN_KEY_TTL_SECONDS = 24 * 3_600;
const MAX_KEY_TTL_SECONDS = 7 * 24 * 3_600;

/** Where locks are kept. */
export const LOCK_BACKENDS = ['redis', 'postgres'] as const;
export type LockBackendName = (typeof LOCK_BACKENDS)[number];

/** Redis, the locks in Redis or Postgres, and the idempotency keys. */
export const lockAndKeyVariables = {
  REDIS_URL: z
    .string()
    .default('')
    .transform((text) => partsOf(text).filter(Boolean))
    .refine(
      (urls) => urls.every(isUrlOf(['redis:', 'rediss:'])),
      'must be one or several redis:// addresses, separated by commas',
    )
    .refine(
      (urls) => urls.length < 2 || urls.length % 2 === 1,
      'must name one node or an odd number of them: an even number has no majority when it is split',
    )
    .meta({
      default: 'none; `npm start`: its own Redis, if one can be had',
      values: 'redis:// addresses, separated by commas',
      description:
        'One Redis node, or an odd number of independent nodes (a Redlock quorum). If unset, Payonce uses Postgres alone.',
    }),
  REDIS_COMMAND_TIMEOUT_MS: wholeNumber({ min: 10, max: 10_000, byDefault: 150 }).meta({
    description: 'How long a command may take before the request continues without Redis.',
    reason:
      'Commands take less than a millisecond. Much less than the default would report a Redis on a busy network as down; much more would make every request slow while Redis hangs.',
  }),
  LOCK_BACKEND: oneOf(LOCK_BACKENDS, 'redis').meta({
    description: '`postgres` keeps locks in Postgres even if `REDIS_URL` is set.',
  }),
  LOCK_WAIT_MS: wholeNumber({ min: 100, max: 10_000, byDefault: 5_000 }).meta({
    description:
      'How long a request waits for each lock, and, with the legacy spellings of the idempotency key, for a key that is in progress; then 503 `LOCK_TIMEOUT` with `Retry-After`. `POST /checkout` never waits. Raise it if requests time out on locks that are held for long, for example while Stripe is slow.',
    reason:
      'Must be longer than `REDIS_COMMAND_TIMEOUT_MS`. If it is shorter than two tries of `STRIPE_TIMEOUT_MS`, a second click during a slow call to Stripe gets 503. Longer waits only hold connections, because the browser client aborts a request after 20 s and retries with the same key. Webhooks and the worker have their own limits.',
  }),
  LOCK_LEASE_MS: wholeNumber({ min: 200, max: 60_000, byDefault: 5_000 }).meta({
    description: 'The TTL of a lock: how long it stays held after its process has died. Extended while the work runs.',
    reason: 'Half of the default can be shorter than a garbage collection pause on a busy machine.',
  }),
  IDEMPOTENCY_KEY_REQUIRED: flag(false).meta({ description: '`true`: a request without an idempotency key gets 400.' }),
  IDEMPOTENCY_KEY_TTL_SECONDS: wholeNumber({
    min: 1,
    max: MAX_KEY_TTL_SECONDS,
    documentedRange: `${MIN_KEY_TTL_SECONDS} to ${MAX_KEY_TTL_SECONDS}`,
    byDefault: MIN_KEY_TTL_SECONDS,
  }).meta({
    description:
      "How long Postgres keeps a finished key and its answer, counted from the answer by the database's clock. After that, the same key starts a new request.",
    reason: `At least a day (less only if \`NODE_ENV\` is \`test\`): the browser client resends a key for up to 23 hours, and if the key were deleted earlier, the work, such as a refund, would be done twice. Raise it for clients that retry for longer, such as a queue over a weekend. At most a week: a client that derives its keys from the consultation's number keeps getting the stored answer until then, even after that payment was cancelled or has expired. This does not affect the keys that Payonce sends to Stripe: Payonce resends one for at most 20 hours, because [Stripe may remove keys after 24](https://docs.stripe.com/api/idempotent_requests).`,
  }),
  IDEMPOTENCY_CACHE_TTL_SECONDS: wholeNumber({ min: 1, max: 86_400, byDefault: 300 }).meta({
    description:
      'How long Redis caches the answer of a finished key, so that a retry needs no query. Postgres keeps it for longer.',
    reason: 'Each answer takes about 2 kB of memory in Redis, and a full Redis grants no locks.',
  }),
  IDEMPOTENCY_LEASE_MS: wholeNumber({ min: 100, max: 60_000, byDefault: 5_000 }).meta({
    description:
      'How long a key stays in progress after its process has died. Until then the same key gets 409, with this time as `Retry-After`. Extended while the work runs.',
    reason: 'The same default as `LOCK_LEASE_MS`.',
  }),
};
