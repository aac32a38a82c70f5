import { Config } from '#config';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { PinoLogger } from 'nestjs-pino';

/** Back within two seconds of Redis being back, without hammering one that is down. */
const MAX_RECONNECT_PAUSE_MS = 2_000;

/**
 * The connections to every node of REDIS_URL, independent of each other. Commands fail at once while a node is away
 * (no offline queue): Redis makes us quick, Postgres decides, so nobody ever waits for Redis.
 */
@Injectable()
export class RedisNodes implements OnApplicationShutdown {
  readonly nodes: readonly Redis[];

  constructor(
    private readonly config: Config,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(RedisNodes.name);
    this.nodes = config.REDIS_URL.map((url, number) => this.connect(url, number));
  }

  onApplicationShutdown(): void {
    for (const node of this.nodes) node.disconnect();
  }

  private connect(url: string, number: number): Redis {
    const node = new Redis(url, {
      commandTimeout: this.config.REDIS_COMMAND_TIMEOUT_MS,
      connectTimeout: 2_000,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      retryStrategy: (tries) => Math.min(tries * 100, MAX_RECONNECT_PAUSE_MS),
    });
    // Said once when it goes and once when it is back, not at every reconnection.
    let away = false;
    node.on('error', (error: Error) => {
      if (!away) this.logger.warn({ redis_node: number, reason: error.message }, 'Redis: node is down');
      away = true;
    });
    node.on('ready', () => {
      if (away) this.logger.info({ redis_node: number }, 'Redis: node is up');
      away = false;
    });
    return node;
  }
}
