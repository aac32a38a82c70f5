import { Config } from '#config';
import { writeTogether } from '#sockets';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { PinoLogger } from 'nestjs-pino';
import { keepAsking } from './keep-asking.js';

/** Reconnects within two seconds of Redis' return, without overloading a node that is down. */
const MAX_RECONNECT_PAUSE_MS = 2_000;

/**
 * The connections to every node of REDIS_URL, independent of each other. Commands fail at once while a node is
 * unreachable (no offline queue): Redis makes requests faster, Postgres decides, so no request waits for Redis. A node
 * that hangs is unreachable too, after a moment in which commands take REDIS_COMMAND_TIMEOUT_MS to fail.
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
      // A node that hangs does not close its side.
      disconnectTimeout: 100,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      retryStrategy: (tries) => Math.min(tries * 100, MAX_RECONNECT_PAUSE_MS),
    });
    // Logged once when the node is lost and once when it returns, not at every reconnection.
    let isDown = false;
    const down = ({ message }: Error) => {
      if (!isDown) this.logger.warn({ redis_node: number, reason: message }, 'Redis: node is down');
      isDown = true;
    };
    node.on('connect', () => writeTogether(node.stream));
    node.on('error', down);
    node.on('ready', () => {
      if (isDown) this.logger.info({ redis_node: number }, 'Redis: node is up');
      isDown = false;
    });
    keepAsking(node, down);
    return node;
  }
}
