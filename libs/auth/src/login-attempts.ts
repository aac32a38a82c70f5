import { InstallationEpoch } from '#database';
import { TooManyAttempts } from '#errors';
import { RedisNodes } from '#redis';
import { Injectable } from '@nestjs/common';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** Wrong passwords a minute. Enough for a person who tries three passwords, useless for a list of them. */
export const TRIES_PER_ACCOUNT = 10;
/** Several people in an office behind one address may mistype at once. */
export const TRIES_PER_ADDRESS = 30;
export const WINDOW_SECONDS = 60;

/**
 * Limits guessing, per account and per address. Every attempt is counted before the password is checked, so that a
 * burst cannot exceed the limit, and the count is reversed if the password was right. Counted in Redis for all
 * processes together, or in memory for each process while Redis is unreachable.
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

  /** Databases that share a Redis, and epochs of one database, do not count each other's attempts. */
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
