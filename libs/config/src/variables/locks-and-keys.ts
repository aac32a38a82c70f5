import { z } from 'zod';
import { flag, isUrlOf, oneOf, partsOf, wholeNumber } from '../kinds.js';

/**
 * The browser client sends a key again for up to 23 hours (`KEY_LIVES_MS`): a key that was deleted before would do
 * its work twice. A payment has other guards; a second partial refund has none.
 */
export const MIN_KEY_TTL_SECONDS = 24 * 3_600;
const MAX_KEY_TTL_SECONDS = 7 * 24 * 3_600;

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
        'One node, or an odd number of independent ones (a Redlock quorum). Without any, Postgres does it all.',
    }),
  REDIS_COMMAND_TIMEOUT_MS: wholeNumber({ min: 10, max: 10_000, byDefault: 150 }).meta({
    description: 'After which a request goes on without Redis.',
    reason:
      'A hung Redis must cost a request less than it saves; commands take under a millisecond, and half of this would call a Redis on a busy network dead.',
  }),
  LOCK_BACKEND: oneOf(['redis', 'postgres'], 'redis').meta({
    description: '`postgres` keeps the locks in Postgres even where there is a Redis.',
  }),
  LOCK_WAIT_MS: wholeNumber({ min: 100, max: 10_000, byDefault: 5_000 }).meta({
    description:
      'How long a request waits for each lock, or for a running key where the older spellings wait; then 503 `LOCK_TIMEOUT` with `Retry-After`. `POST /checkout` never waits. Raise it if requests time out on locks that are held for long, as while Stripe is slow.',
    reason:
      'Longer waits would only hold connections: the browser client gives a try up after 20 s and asks again under the same key. Longer than `REDIS_COMMAND_TIMEOUT_MS`. Shorter than two tries of `STRIPE_TIMEOUT_MS`, a second request during a slow call to Stripe is told to try again. Webhooks and the worker have waits of their own.',
  }),
  LOCK_LEASE_MS: wholeNumber({ min: 200, max: 60_000, byDefault: 5_000 }).meta({
    description:
      'How long a server that died keeps what it had locked (the TTL of a lock). Extended while the work runs.',
    reason: 'Half of the default would be too short for a garbage collection on a busy machine.',
  }),
  IDEMPOTENCY_KEY_REQUIRED: flag(false).meta({ description: '`true`: a request without a key is 400.' }),
  IDEMPOTENCY_KEY_TTL_SECONDS: wholeNumber({
    min: 1,
    max: MAX_KEY_TTL_SECONDS,
    told: `${MIN_KEY_TTL_SECONDS} to ${MAX_KEY_TTL_SECONDS}`,
    byDefault: MIN_KEY_TTL_SECONDS,
  }).meta({
    description:
      'How long Postgres keeps a finished key with its answer, by its own clock, from the answer on. After it the same key is a new request.',
    reason: `At least a day (shorter only where \`NODE_ENV\` is \`test\`): the browser client sends a key for 23 hours, and a key that is forgotten earlier would do the work, such as a refund, twice. Raise it for clients that repeat requests for longer, such as a queue over a weekend. At most a week: until then a client that makes its keys from the consultation's number gets the answer about a payment that was cancelled or has expired meanwhile. It says nothing about Stripe's keys, which are Payonce's own: one is sent again for 20 hours at most, since [Stripe forgets keys after 24](https://docs.stripe.com/api/idempotent_requests).`,
  }),
  IDEMPOTENCY_CACHE_TTL_SECONDS: wholeNumber({ min: 1, max: 86_400, byDefault: 300 }).meta({
    description:
      'How long Redis has the answer of a finished key, so that a retry costs no query. Postgres has it for longer.',
    reason: 'Each answer takes about 2 kB of Redis for this long, and a full Redis takes no locks.',
  }),
  IDEMPOTENCY_LEASE_MS: wholeNumber({ min: 100, max: 60_000, byDefault: 5_000 }).meta({
    description:
      'How long a server that died keeps its keys: the same key is 409 until then, and this is its `Retry-After`. Extended while the work runs.',
    reason: "The lock lease's own default.",
  }),
};
