import 'reflect-metadata';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '../project.mjs';

/**
 * Limits that are not settings, each read from its constant.
 * @type {{ what: string, constant: string, of: string, shown?: (value: any) => string, note: string }[]}
 */
const LIMITS = [
  {
    what: 'Body of a request',
    constant: 'BODY_LIMIT_BYTES',
    of: 'apps/api/src/edge/fastify',
    shown: bytes,
    note: '413; a payment with full metadata is under 4 kB',
  },
  {
    what: 'Body of a Stripe webhook',
    constant: 'WEBHOOK_LIMIT_BYTES',
    of: 'apps/api/src/edge/fastify',
    shown: bytes,
    note: '413',
  },
  { what: 'Nesting of a JSON body', constant: 'MAX_BODY_DEPTH', of: 'apps/api/src/edge/fastify', note: 'levels; 400' },
  {
    what: 'Time for a request to arrive',
    constant: 'REQUEST_TIMEOUT_MS',
    of: 'apps/api/src/edge/fastify',
    shown: seconds,
    note: '408; does not limit the time to answer',
  },
  {
    what: 'Idle connection',
    constant: 'KEEP_ALIVE_TIMEOUT_MS',
    of: 'apps/api/src/edge/fastify',
    shown: seconds,
    note: 'must be longer than that of a load balancer, usually 60 s',
  },
  {
    what: 'Length of an idempotency key',
    constant: 'MAX_KEY_LENGTH',
    of: 'libs/idempotency/src/idempotency-key',
    note: 'printable ASCII characters; 422',
  },
  {
    what: 'Derived key of a refund',
    constant: 'REPEATED_REFUNDS',
    of: 'libs/payments/src/refunds/refund-answer',
    shown: ({ derivedKeptMs }) => seconds(derivedKeptMs),
    note: 'after its answer',
  },
  {
    what: '`metadata` of a payment',
    constant: 'METADATA',
    of: 'libs/validation/src/rules',
    shown: ({ entries, name, value }) => `${entries} entries, names of ${name}, values of ${value} characters`,
    note: "422; within [Stripe's limits](https://docs.stripe.com/metadata)",
  },
  {
    what: 'Maximum page size of a list',
    constant: 'MAX_PAGE_SIZE',
    of: 'libs/validation/src/paging',
    note: '`limit`; 422',
  },
  {
    what: 'Default page size of a list',
    constant: 'DEFAULT_PAGE_SIZE',
    of: 'libs/validation/src/paging',
    note: 'without `limit`',
  },
  {
    what: 'Maximum page size of a timeline',
    constant: 'MAX_TIMELINE_PAGE_SIZE',
    of: 'libs/payments/src/payments/get-timeline',
    note: '`limit`; 422',
  },
  {
    what: 'Maximum quantity in one checkout',
    constant: 'MAX_QUANTITY',
    of: 'libs/payments/src/checkout/checkout-requests',
    note: '422',
  },
  {
    what: 'Fee or price',
    constant: 'MAX_AMOUNT',
    of: 'libs/payments/src/ledger/money/currencies',
    note: "minor units; 422. Stripe's own limits for a currency are narrower",
  },
  {
    what: 'Login attempts for an account',
    constant: 'TRIES_PER_ACCOUNT',
    of: 'libs/auth/src/login-attempts',
    note: 'within `WINDOW_SECONDS`; 429',
  },
  {
    what: 'Login attempts from an address',
    constant: 'TRIES_PER_ADDRESS',
    of: 'libs/auth/src/login-attempts',
    note: 'within `WINDOW_SECONDS`; 429',
  },
  {
    what: 'Window in which login attempts count',
    constant: 'WINDOW_SECONDS',
    of: 'libs/auth/src/login-attempts',
    shown: (s) => seconds(s * 1_000),
    note: '',
  },
  {
    what: 'Live streams (`/ops/live`)',
    constant: 'MAX_WATCHERS',
    of: 'apps/api/src/ops/live-audit',
    note: 'per API process; 503',
  },
  {
    what: 'Retry of a request that waits for a lock',
    constant: 'RETRY_MS',
    of: 'libs/locking/src/locks',
    shown: (ms) => `every ${ms} ms`,
    note: 'a release wakes the next request at once; the retry is for a missed release',
  },
  {
    what: 'Maximum hold time of a lock',
    constant: 'MAX_HOLD_MS',
    of: 'libs/locking/src/locks',
    shown: seconds,
    note: 'the lease is extended until then; work that takes longer is considered hung',
  },
  {
    what: 'Attempts of a transaction',
    constant: 'TRIES',
    of: 'libs/database/src/in-transaction',
    note: 'after a deadlock or a serialization failure',
  },
  {
    what: 'Attempts of a call to Stripe',
    constant: 'TRIES',
    of: 'libs/stripe/src/stripe-calls',
    note: 'immediately; later the worker retries',
  },
  {
    what: 'Maximum age of an idempotency key resent to Stripe',
    constant: 'MAX_KEY_AGE_SECONDS',
    of: 'libs/payments/src/stripe/requests/make-once',
    shown: (s) => hours(s * 1_000),
    note: '[Stripe may remove keys after 24 h](https://docs.stripe.com/api/idempotent_requests); afterwards Payonce reads its lists instead',
  },
  {
    what: 'Maximum age of a webhook signature',
    constant: 'TOLERANCE_SECONDS',
    of: 'libs/stripe/src/verify-event',
    shown: (s) => seconds(s * 1_000),
    note: "400; Stripe's default tolerance",
  },
  {
    what: 'Wait of a webhook for the lock',
    constant: 'WAIT_MS',
    of: 'libs/webhooks/src/receive-event',
    shown: seconds,
    note: 'then the worker processes the event',
  },
  {
    what: 'Failed attempts to process an event',
    constant: 'MAX_FAILURES',
    of: 'libs/webhooks/src/try-event',
    note: 'then it is dead and staff decide',
  },
  {
    what: 'Browser client: timeout of one attempt',
    constant: 'TRY_TIMEOUT_MS',
    of: 'libs/payment-client/src/exchange',
    shown: seconds,
    note: 'then it retries with the same key',
  },
  {
    what: 'Browser client: retries',
    constant: 'PAUSES_MS',
    of: 'libs/payment-client/src/send-with-retries',
    shown: (pauses) => `after ${pauses.map((/** @type {number} */ ms) => ms / 1_000).join(', ')} s`,
    note: 'never sooner than `Retry-After`',
  },
  {
    what: 'Browser client: maximum age of a key',
    constant: 'KEY_LIVES_MS',
    of: 'libs/payment-client/src/key-store',
    shown: hours,
    note: 'less than the minimum of `IDEMPOTENCY_KEY_TTL_SECONDS`',
  },
];

/**
 * Reads the limits from the built programs.
 * @returns {Promise<{ what: string, limit: string, note: string, source: string }[]>}
 * @throws {Error} naming a constant that no longer exists.
 */
export async function readLimits() {
  return Promise.all(
    LIMITS.map(async ({ what, constant, of, shown = String, note }) => {
      const built = await import(pathToFileURL(join(projectFolder, 'dist', `${of}.js`)).href);
      if (built[constant] === undefined)
        throw new Error(`${of}.ts does not export ${constant}: correct scripts/reference/limits.mjs`);
      return { what, limit: shown(built[constant]), note, source: `${of}.ts` };
    }),
  );
}

/** @param {number} count */
function bytes(count) {
  return count % (1024 * 1024) === 0 ? `${count / 1024 / 1024} MiB` : `${count / 1024} KiB`;
}

/** @param {number} ms */
function seconds(ms) {
  return `${ms / 1_000} s`;
}

/** @param {number} ms */
function hours(ms) {
  return `${ms / 3_600_000} h`;
}
