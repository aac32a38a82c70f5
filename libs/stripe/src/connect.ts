import type { Config } from '#config';
import Stripe from 'stripe';
import { fetchReadingTheClock, type StripeClock } from './stripe-clock.js';

/** stripe-node without retries of its own, for Stripe or for `STRIPE_API_URL`. */
export function connect(config: Config, key: string, clock: StripeClock): Stripe {
  const simulator = config.STRIPE_API_URL === undefined ? undefined : new URL(config.STRIPE_API_URL);
  return new Stripe(key, {
    // Its fetch client bounds a whole call; the other one bounds only the time without data.
    httpClient: Stripe.createFetchHttpClient(fetchReadingTheClock(clock)),
    timeout: config.STRIPE_TIMEOUT_MS,
    maxNetworkRetries: 0,
    telemetry: false,
    ...(simulator
      ? {
          protocol: simulator.protocol === 'http:' ? 'http' : 'https',
          host: simulator.hostname,
          port: simulator.port || (simulator.protocol === 'http:' ? 80 : 443),
        }
      : {}),
  });
}
