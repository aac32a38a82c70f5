import { setTimeout as pause } from 'node:timers/promises';
import { Config } from '#config';
import { StripeUnavailable } from '#errors';
import { Metrics } from '#observability';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import CircuitBreaker from 'opossum';
import type Stripe from 'stripe';
import { isPassing, isStripesTrouble } from './classify-failure.js';
import { connect } from './connect.js';
import { StripeClock } from './stripe-clock.js';

/** Two in all: a third would exceed the time for which a person waits. The worker retries later, under the same key. */
export const TRIES = 2;

/** Random, so that retries of many processes do not coincide. */
const MAX_PAUSE_MS = 400;

/**
 * Opens when at least this many calls within ten seconds were made and half of them failed: Stripe is down, and more
 * calls would make it worse.
 */
const BREAKER = { errorThresholdPercentage: 50, volumeThreshold: 6, rollingCountTimeout: 10_000 };

/**
 * Only an operator can restore a key: an earlier retry fails, and a client that waits by itself waits no longer than
 * 30 s.
 */
const KEY_MISSING_RETRY_SECONDS = 60;

export type Call<StripeObject> = (stripe: Stripe) => Promise<StripeObject>;

/** How every call to Stripe is made: with a timeout, tried twice, through one circuit breaker of the process. */
@Injectable()
export class StripeCalls implements OnApplicationShutdown {
  private readonly stripe: Stripe | undefined;
  private readonly breaker: CircuitBreaker<[Call<unknown>], unknown>;

  constructor(config: Config, metrics: Metrics, clock: StripeClock, logger: PinoLogger) {
    logger.setContext(StripeCalls.name);
    this.stripe = config.STRIPE_SECRET_KEY === undefined ? undefined : connect(config, config.STRIPE_SECRET_KEY, clock);
    this.breaker = new CircuitBreaker(async (call: Call<unknown>) => call(this.stripe!), {
      ...BREAKER,
      timeout: false,
      resetTimeout: config.STRIPE_BREAKER_RESET_MS,
      errorFilter: (error: unknown) => !isStripesTrouble(error),
    });
    const open = metrics.gauge('payonce_stripe_breaker_open', '1 while the circuit breaker for Stripe is open');
    this.breaker.on('open', () => {
      open.set(1);
      logger.warn('Stripe: circuit breaker open, half of the calls fail');
    });
    this.breaker.on('close', () => {
      open.set(0);
      logger.info('Stripe: circuit breaker closed');
    });
  }

  onApplicationShutdown(): void {
    this.breaker.shutdown();
  }

  get isConfigured(): boolean {
    return this.stripe !== undefined;
  }

  /** False without a key, and while the circuit breaker is open. */
  get isAvailable(): boolean {
    return this.isConfigured && !this.breaker.opened;
  }

  /**
   * For payments that exist already: their money is, or may be, at Stripe, and the key for reading it is missing.
   * @throws StripeUnavailable
   */
  requireKey(): void {
    if (this.isConfigured) return;
    throw new StripeUnavailable({ reason: 'stripe_key_missing', retryAfterSeconds: KEY_MISSING_RETRY_SECONDS });
  }

  /** @throws StripeUnavailable without a key, otherwise whatever the last try or the open breaker throws */
  async run<StripeObject>(call: Call<StripeObject>): Promise<StripeObject> {
    this.requireKey();
    for (let tried = 1; ; tried++) {
      try {
        return (await this.breaker.fire(call)) as StripeObject;
      } catch (error) {
        if (tried >= TRIES || this.breaker.opened || !isPassing(error)) throw error;
        await pause(Math.random() * MAX_PAUSE_MS);
      }
    }
  }
}
