import { isIP } from 'node:net';
import { z } from 'zod';
import { ConfigurationFault } from './configuration-fault.js';
import { manualMethodFaults, manualMethodVariables } from './manual-methods.js';

/** `on`, `true`, `1` or their opposites: what people write in .env files. */
const flag = (byDefault: boolean) =>
  z
    .enum(['true', 'false', '1', '0', 'on', 'off'], { error: 'must be true or false' })
    .optional()
    .transform((word) => (word === undefined ? byDefault : ['true', '1', 'on'].includes(word)));

const optionalNumber = (range: { min: number; max: number }) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `must be a whole number from ${range.min} to ${range.max}`)
    .transform(Number)
    .refine((n) => n >= range.min && n <= range.max, `must be a whole number from ${range.min} to ${range.max}`)
    .optional();

const wholeNumber = ({ byDefault, ...range }: { min: number; max: number; byDefault: number }) =>
  optionalNumber(range).transform((n) => n ?? byDefault);

/** How much is logged, from all to almost nothing. */
const logLevel = (byDefault: 'debug' | 'info') =>
  z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'], {
      error: 'must be trace, debug, info, warn, error or fatal',
    })
    .default(byDefault);

function isUrlOf(protocols: string[]) {
  return (text: string) => URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

const addressesIn = (text: string) => text.split(',').map((address) => address.trim());

function isTrustProxy(text: string): boolean {
  if (text === 'true' || text === 'false') return true;
  return addressesIn(text).every((part) => {
    const [address = '', bits, ...rest] = part.split('/');
    const most = isIP(address) === 4 ? 32 : 128;
    return (
      isIP(address) !== 0 &&
      rest.length === 0 &&
      (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
    );
  });
}

/** Nobody can guess 32 random bytes; HS256 (RFC 7518, 3.2) wants a key at least as long as its hash. */
const SHORTEST_SECRET = 32;

const environment = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], { error: 'must be development, test or production' })
    .default('development'),
  HOST: z.string().default('127.0.0.1'),
  // 0 lets the system choose: how tests run many servers at once.
  PORT: wholeNumber({ min: 0, max: 65_535, byDefault: 3000 }),
  // `true`, or the addresses of our own proxies: whose X-Forwarded-For names the client.
  TRUST_PROXY: z
    .string()
    .default('false')
    .refine(isTrustProxy, 'must be true, false, or addresses of proxies (10.0.0.1, 10.0.0.0/8), separated by commas')
    .transform((text) => (text === 'true' ? true : text === 'false' ? false : addressesIn(text))),

  DATABASE_URL: z
    .string({ error: 'is missing: the address of a Postgres, as in postgres://user:password@host:5432/payonce' })
    .refine(isUrlOf(['postgres:', 'postgresql:']), 'must look like postgres://user:password@host:5432/database'),
  DATABASE_POOL_SIZE: wholeNumber({ min: 2, max: 500, byDefault: 20 }),
  // Set on the database role by `migrate`, since pgbouncer in transaction mode keeps no session state.
  DATABASE_STATEMENT_TIMEOUT_MS: wholeNumber({ min: 100, max: 600_000, byDefault: 10_000 }),
  // A client waits up to 5 s for a lock (the third seed); Postgres gives up just when the client does.
  DATABASE_LOCK_TIMEOUT_MS: wholeNumber({ min: 100, max: 600_000, byDefault: 5_000 }),
  // Shorter than the wait for a lock: who takes over from a stopped process must outlast its open transaction.
  DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS: wholeNumber({ min: 100, max: 600_000, byDefault: 4_000 }),

  REDIS_URL: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((url) => url.trim())
        .filter(Boolean),
    )
    .refine(
      (urls) => urls.every(isUrlOf(['redis:', 'rediss:'])),
      'must be one or several redis:// addresses, separated by commas',
    )
    .refine(
      (urls) => urls.length < 2 || urls.length % 2 === 1,
      'must name one node or an odd number of them: an even number has no majority when it is split',
    ),

  // A hung Redis must cost a request less than it saves. Half of this would call a Redis on a busy network dead;
  // commands normally take under a millisecond.
  REDIS_COMMAND_TIMEOUT_MS: wholeNumber({ min: 10, max: 10_000, byDefault: 150 }),

  IDEMPOTENCY_KEY_REQUIRED: flag(false),
  // After a crash the same key is refused for this long; extended while its owner works. The lock lease's own length.
  IDEMPOTENCY_LEASE_MS: wholeNumber({ min: 100, max: 60_000, byDefault: 5_000 }),
  // After a crash what it worked on is locked for this long; the third seed's five seconds. Half of it would be too short
  // for a garbage collection on a busy machine.
  LOCK_LEASE_MS: wholeNumber({ min: 200, max: 60_000, byDefault: 5_000 }),
  LOCK_BACKEND: z.enum(['redis', 'postgres'], { error: 'must be redis or postgres' }).default('redis'),

  JWT_SECRET: z.string().min(SHORTEST_SECRET, `must have at least ${SHORTEST_SECRET} characters`).optional(),
  JWT_JWKS_URL: z
    .string()
    .refine(isUrlOf(['http:', 'https:']), 'must be an http(s) address')
    .optional(),
  JWT_ISSUER: z.string().min(1).optional(),
  JWT_AUDIENCE: z.string().min(1).optional(),
  JWT_ROLE_CLAIM: z.string().min(1).default('role'),
  LOGIN_ENABLED: flag(false),
  LOGIN_TOKEN_SECONDS: wholeNumber({ min: 60, max: 604_800, byDefault: 43_200 }),

  // A secret or a restricted key, of a test or a live account. https://docs.stripe.com/keys
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_\w+$/, 'must be a key of Stripe: sk_test_…, sk_live_…, rk_test_… or rk_live_…')
    .optional(),
  // Old and new at once, while a secret is being rolled. https://docs.stripe.com/webhooks#roll-endpoint-secrets
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .default('')
    .transform((text) => addressesIn(text).filter(Boolean))
    .refine(
      (secrets) => secrets.every((secret) => /^whsec_.+$/.test(secret)),
      'must be one or several signing secrets of Stripe (whsec_…), separated by commas',
    ),
  // Where a simulator stands in for Stripe; unset is Stripe itself.
  STRIPE_API_URL: z
    .string()
    .refine(isUrlOf(['http:', 'https:']), 'must be an http(s) address of a simulator')
    .optional(),
  STRIPE_SIMULATOR_ALLOWED: flag(false),
  // Where the race lab listens, which `npm start` runs beside its simulator.
  RACE_LAB_URL: z
    .string()
    .refine(isUrlOf(['http:']), 'must be an http address of this machine')
    .optional(),
  // One call, whole. Shorter than the lock lease (5 s): whoever waits for us must not give up while Stripe still thinks.
  STRIPE_TIMEOUT_MS: wholeNumber({ min: 50, max: 4_500, byDefault: 3_000 }),
  // How long Stripe is left alone once half of its answers fail.
  STRIPE_BREAKER_RESET_MS: wholeNumber({ min: 50, max: 600_000, byDefault: 5_000 }),
  // Two empty listings so far apart prove that nothing was made: longer than Stripe's slowest request takes to show.
  STRIPE_SESSION_LISTING_PAUSE_MS: wholeNumber({ min: 10, max: 86_400_000, byDefault: 60_000 }),
  // Money goes back under it, and what a 500 broke off Stripe may finish by itself when its incident is over
  // (https://docs.stripe.com/error-low-level#server-errors): the proof is a day's.
  STRIPE_REFUND_LISTING_PAUSE_MS: wholeNumber({ min: 10, max: 604_800_000, byDefault: 86_400_000 }),
  // 0 leaves it to Stripe (24 h). Otherwise Stripe wants 30 min to 24 h; an hour's margin for retries of an old request.
  STRIPE_SESSION_MINUTES: wholeNumber({ min: 0, max: 1_380, byDefault: 0 }).refine(
    (minutes) => minutes === 0 || minutes >= 60,
    'must be 0, or from 60 to 1380',
  ),
  // Where people come back to from the page on which they pay.
  PUBLIC_URL: z
    .string()
    .refine(isUrlOf(['http:', 'https:']), 'must be an http(s) address')
    .optional(),
  // Origins a client may name in success_url and cancel_url; PUBLIC_URL's own always.
  CHECKOUT_ORIGINS: z
    .string()
    .default('')
    .transform((text) => addressesIn(text).filter(Boolean))
    .refine(
      (origins) => origins.every((origin) => isUrlOf(['http:', 'https:'])(origin) && new URL(origin).origin === origin),
      'must be origins as in https://shop.example, separated by commas',
    ),

  // 1100 basis points are 11 %, Indonesia's VAT in the third seed's country.
  TAX_RATE_BASIS_POINTS: wholeNumber({ min: 0, max: 10_000, byDefault: 1_100 }),
  // A bank transfer may take a long weekend; 0 keeps manual payments pending until staff decide.
  MANUAL_PAYMENT_EXPIRES_MINUTES: wholeNumber({ min: 0, max: 525_600, byDefault: 4_320 }),
  ...manualMethodVariables,
  WORKER_SWEEP_SECONDS: wholeNumber({ min: 1, max: 3_600, byDefault: 30 }),
  // The worker has no other HTTP; unset, it does not listen at all.
  WORKER_METRICS_PORT: optionalNumber({ min: 0, max: 65_535 }),

  LOG_LEVEL: logLevel('info'),
  // Of the two lines of every lock, apart: as `info` they can be read without all that `debug` says.
  LOCK_LOG_LEVEL: logLevel('debug'),
  LOG_FORMAT: z.enum(['auto', 'json', 'pretty'], { error: 'must be auto, json or pretty' }).default('auto'),
});

/** Rules between variables, looked at even when some of them are wrong by themselves: every fault at once. */
function faultsTogether(env: Readonly<Record<string, string | undefined>>): string[] {
  const faults: string[] = [];
  const login = ['true', '1', 'on'].includes(env.LOGIN_ENABLED ?? '');
  if (!env.JWT_SECRET && !env.JWT_JWKS_URL) {
    faults.push(
      "JWT_SECRET is missing: give a secret that signs tokens, or JWT_JWKS_URL, your identity provider's key set",
    );
  }
  if (env.JWT_SECRET && env.JWT_JWKS_URL) {
    faults.push('JWT_SECRET and JWT_JWKS_URL exclude each other: tokens are checked in one way only');
  }
  if (login && !env.JWT_SECRET) faults.push('LOGIN_ENABLED needs JWT_SECRET, with which the tokens are signed');
  if (login && env.NODE_ENV === 'production') {
    faults.push('LOGIN_ENABLED is for demonstrations and must be off when NODE_ENV is production');
  }
  if (env.RACE_LAB_URL && env.NODE_ENV === 'production') {
    faults.push(
      'RACE_LAB_URL names the race lab, which attacks this very server, and must be unset when NODE_ENV is production',
    );
  }
  return [...faults, ...stripeFaults(env), ...manualMethodFaults(env)];
}

/** Whoever takes real money must not be told by a simulator that it has arrived. */
function stripeFaults(env: Readonly<Record<string, string | undefined>>): string[] {
  const faults: string[] = [];
  const allowed = ['true', '1', 'on'].includes(env.STRIPE_SIMULATOR_ALLOWED ?? '');
  if (env.STRIPE_SECRET_KEY && !env.STRIPE_WEBHOOK_SECRET) {
    faults.push('STRIPE_SECRET_KEY needs STRIPE_WEBHOOK_SECRET, with which Stripe signs what it tells us');
  }
  if (env.STRIPE_API_URL && !env.STRIPE_SECRET_KEY) {
    faults.push('STRIPE_API_URL needs STRIPE_SECRET_KEY; a simulator takes any sk_test_ key');
  }
  if (env.STRIPE_API_URL && env.NODE_ENV === 'production' && !allowed) {
    faults.push(
      'STRIPE_API_URL names a simulator, which takes no real money, and must be unset when NODE_ENV is production, unless STRIPE_SIMULATOR_ALLOWED is true',
    );
  }
  if (env.STRIPE_API_URL && /^(sk|rk)_live_/.test(env.STRIPE_SECRET_KEY ?? '')) {
    faults.push('STRIPE_API_URL names a simulator, and STRIPE_SECRET_KEY must not be a live key then');
  }
  return faults;
}

type Values = z.output<typeof environment>;

/* oxlint-disable typescript/no-unsafe-declaration-merging, typescript/no-empty-object-type --
   the class is only the token to inject by; parseConfig makes the values, and the interface gives them their types. */
/** The whole configuration, typed; also its injection token. Names are those of the environment. */
export abstract class Config {}
export interface Config extends Readonly<Values> {}
/* oxlint-enable */

/**
 * Reads the environment once. An empty variable counts as unset, as in a compose file's `${NAME:-}`.
 * @throws ConfigurationFault naming every fault; it never repeats a value, since values can be secrets.
 */
export function parseConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  const faults = (parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`);
  faults.push(...faultsTogether(given));
  if (!parsed.success || faults.length > 0) throw new ConfigurationFault(faults);
  return Object.freeze(parsed.data);
}
