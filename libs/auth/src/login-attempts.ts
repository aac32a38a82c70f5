import { InstallationEpoch } from '#database';
import { TooManyAttempts } from '#errors';
import { RedisNodes } from '#redis';
import { Injectable } from '@nestjs/common';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** Wrong passwords a minute. Enough for a person with three passwords in mind, hopeless for a list of them. */
export const TRIES_PER_ACCOUNT = 10;
/** An office behind one address may mistype together. */
export const TRIES_PER_ADDRESS = 30;
export const WINDOW_SECONDS = 60;

/**
 * Slows guessing, per account and per address. Every try is counted before the password is looked at, so that a burst
 * cannot slip past, and given back if the password was right. Counted in Redis for all processes together, in memory
 * for each while Redis is away.
 */
@Injectable()
export class LoginAttempts {
  private readonly perAccount: RateLimiterAbstract;
  private readonly perAddress: RateLimiterAbstract;

  constructor(
    redis: RedisNodes,
    private readonly epoch: InstallationEpoch,
  ) {
    this.perAccount = limiter(redis, 'login:account', TRIES_PER_ACCOUNT);
    this.perAddress = limiter(redis, 'login:address', TRIES_PER_ADDRESS);
  }

  /** @throws TooManyAttempts with the seconds to wait. */
  async count(email: string, address: string): Promise<void> {
    try {
      await Promise.all([this.perAccount.consume(this.named(email)), this.perAddress.consume(this.named(address))]);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new TooManyAttempts(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
    }
  }

  async forgive(email: string, address: string): Promise<void> {
    await Promise.all([this.perAccount.delete(this.named(email)), this.perAddress.reward(this.named(address))]);
  }

  /** Databases that share a Redis, and lives of one database, do not count each other's tries. */
  private named(what: string): string {
    return `${this.epoch.current}:${what}`;
  }
}

function limiter(redis: RedisNodes, keyPrefix: string, points: number): RateLimiterAbstract {
  const window = { keyPrefix, points, duration: WINDOW_SECONDS };
  const inMemory = new RateLimiterMemory(window);
  const [node] = redis.nodes;
  return node ? new RateLimiterRedis({ ...window, storeClient: node, insuranceLimiter: inMemory }) : inMemory;
}
