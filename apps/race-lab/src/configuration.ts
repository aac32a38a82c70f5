import { Tokens } from '#auth';
import { type Config, ConfigurationFault, parseConfig } from '#config';
import { Simulator } from './stage/simulator.js';

/** The installation that the lab attacks, and the lab's credentials for it. */
export interface Laboratory {
  readonly simulator: Simulator;
  readonly tokens: Tokens;
  readonly databaseUrl: string;
  readonly redisUrls: readonly string[];
  /** Environment of each server that the lab starts. */
  readonly serverEnv: NodeJS.ProcessEnv;
}

/** Short timeouts for the lab's servers, so that an attack takes seconds. */
const QUICK = { IDEMPOTENCY_LEASE_MS: '1000', LOCK_LEASE_MS: '2000', STRIPE_TIMEOUT_MS: '4000' };

/**
 * The same environment as the API's.
 * @throws ConfigurationFault where the lab must not be, or cannot do its work.
 */
export function readLaboratory(env: NodeJS.ProcessEnv): Laboratory {
  const config = parseConfig({ ...env, PORT: '0' });
  const faults = faultsOf(config);
  if (faults.length > 0) throw new ConfigurationFault(faults);
  return {
    simulator: new Simulator(config.STRIPE_API_URL!, config.STRIPE_SECRET_KEY!),
    tokens: new Tokens(config),
    databaseUrl: config.DATABASE_URL,
    redisUrls: config.REDIS_URL,
    serverEnv: {
      ...env,
      ...QUICK,
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_POOL_SIZE: '4',
      // The lab reads the server's steps from these log lines.
      LOG_LEVEL: 'debug',
      LOCK_LOG_LEVEL: 'debug',
      LOG_FORMAT: 'json',
      RACE_LAB_URL: '',
      RACE_LAB_PORT: '',
    },
  };
}

function faultsOf(config: Config): string[] {
  const faults: string[] = [];
  if (config.NODE_ENV === 'production') faults.push('NODE_ENV is production: there is no race lab then');
  if (!config.STRIPE_API_URL) faults.push('STRIPE_API_URL is missing: the race lab needs the Stripe simulator');
  if (!config.JWT_SECRET) faults.push('JWT_SECRET is missing: the race lab signs tokens for its own patients');
  return faults;
}
