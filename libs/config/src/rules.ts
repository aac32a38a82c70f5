import { isOn } from './kinds.js';
import { lockAndKeyVariables, MIN_KEY_TTL_SECONDS } from './variables/locks-and-keys.js';
import { MANUAL_METHOD_RULE, manualMethodFaults } from './variables/manual-methods.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Rules between variables. They are checked even if some variables are invalid, so that all faults are reported at once.
 */
export function faultsTogether(env: Environment): string[] {
  const broken = rules().filter(({ isBroken }) => isBroken(env));
  return [...broken.map(({ fault }) => fault), ...manualMethodFaults(env)];
}

/** The message of each rule, for docs/configuration.md. */
export const listRules = (): string[] => [...rules().map(({ fault }) => fault), MANUAL_METHOD_RULE];

const rules = () => [...identityRules, ...stripeRules, ...timeRules];

interface Rule {
  /** What is wrong, and what to do about it. */
  readonly fault: string;
  readonly isBroken: (env: Environment) => boolean;
}

const isProduction = (env: Environment) => env.NODE_ENV === 'production';

const identityRules: readonly Rule[] = [
  {
    fault: 'JWT_SECRET is missing: set it, or set JWT_JWKS_URL to the key set of your identity provider',
    isBroken: (env) => !env.JWT_SECRET && !env.JWT_JWKS_URL,
  },
  {
    fault: 'JWT_SECRET and JWT_JWKS_URL exclude each other: set one of them',
    isBroken: (env) => Boolean(env.JWT_SECRET && env.JWT_JWKS_URL),
  },
  {
    fault: 'LOGIN_ENABLED needs JWT_SECRET, which signs the tokens',
    isBroken: (env) => isOn(env.LOGIN_ENABLED) && !env.JWT_SECRET,
  },
  {
    fault: 'LOGIN_ENABLED is for demonstrations and must be false when NODE_ENV is production',
    isBroken: (env) => isOn(env.LOGIN_ENABLED) && isProduction(env),
  },
  {
    fault: 'RACE_LAB_URL names the race lab, which attacks this server, and must be unset when NODE_ENV is production',
    isBroken: (env) => Boolean(env.RACE_LAB_URL) && isProduction(env),
  },
];

/** Where real money is taken, a simulator must not report that it has arrived. */
const stripeRules: readonly Rule[] = [
  {
    fault: 'STRIPE_SECRET_KEY needs STRIPE_WEBHOOK_SECRET, which verifies webhook signatures',
    isBroken: (env) => Boolean(env.STRIPE_SECRET_KEY) && !env.STRIPE_WEBHOOK_SECRET,
  },
  {
    fault: 'STRIPE_API_URL needs STRIPE_SECRET_KEY; a simulator takes any sk_test_ key',
    isBroken: (env) => Boolean(env.STRIPE_API_URL) && !env.STRIPE_SECRET_KEY,
  },
  {
    fault:
      'STRIPE_API_URL names a simulator, which takes no real money, and must be unset when NODE_ENV is production, unless STRIPE_SIMULATOR_ALLOWED is true',
    isBroken: (env) => Boolean(env.STRIPE_API_URL) && isProduction(env) && !isOn(env.STRIPE_SIMULATOR_ALLOWED),
  },
  {
    fault: 'STRIPE_API_URL names a simulator, so STRIPE_SECRET_KEY must not be a live key',
    isBroken: (env) => Boolean(env.STRIPE_API_URL) && /^(sk|rk)_live_/.test(env.STRIPE_SECRET_KEY ?? ''),
  },
];

type Duration = 'REDIS_COMMAND_TIMEOUT_MS' | 'LOCK_WAIT_MS' | 'IDEMPOTENCY_KEY_TTL_SECONDS';

/** The effective value, including defaults; undefined if it is invalid, which is reported separately. */
const valueOf = (env: Environment, name: Duration) => lockAndKeyVariables[name].safeParse(env[name]).data;

const isAtMost = (one: number | undefined, other: number | undefined) =>
  one !== undefined && other !== undefined && one <= other;

const timeRules: readonly Rule[] = [
  {
    fault: `IDEMPOTENCY_KEY_TTL_SECONDS must be at least ${MIN_KEY_TTL_SECONDS} (24 hours): clients resend a key for up to 23 hours, and if it were deleted earlier, its work would be done twice. Raise it, or leave it unset (a shorter time is allowed only if NODE_ENV is test)`,
    isBroken: (env) =>
      env.NODE_ENV !== 'test' && isAtMost(valueOf(env, 'IDEMPOTENCY_KEY_TTL_SECONDS'), MIN_KEY_TTL_SECONDS - 1),
  },
  {
    fault:
      'LOCK_WAIT_MS must be longer than REDIS_COMMAND_TIMEOUT_MS: while Redis hangs, a request would have no time left to wait for the lock in Postgres. Raise LOCK_WAIT_MS, or lower REDIS_COMMAND_TIMEOUT_MS',
    isBroken: (env) =>
      Boolean(env.REDIS_URL) &&
      lockAndKeyVariables.LOCK_BACKEND.safeParse(env.LOCK_BACKEND).data === 'redis' &&
      isAtMost(valueOf(env, 'LOCK_WAIT_MS'), valueOf(env, 'REDIS_COMMAND_TIMEOUT_MS')),
  },
];
