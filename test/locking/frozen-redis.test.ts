import { once } from 'node:events';
import { parseConfig } from '#config';
import { RedisBackend } from '#locking';
import { RedisNodes } from '#redis';
import { Redis } from 'ioredis';
import type { PinoLogger } from 'nestjs-pino';
import { TEST_SECRET } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { startRedis, type TestRedis } from '../support/redis.js';

/** Longer than the default, since other tests use the processors, too. */
const REDIS_COMMAND_TIMEOUT_MS = '400';

describe('a Redis node that hangs', () => {
  let redis: TestRedis;
  let client: Redis;
  let nodes: RedisNodes;
  let node: Redis;
  let told: unknown[];

  beforeEach(async () => {
    redis = await startRedis();
    client = new Redis(redis.url);
    told = [];
    const log = (_fields: unknown, message: string) => told.push(message);
    const logger = { setContext: () => undefined, warn: log, info: log } as unknown as PinoLogger;
    const env = { DATABASE_URL: 'postgres://nowhere', JWT_SECRET: TEST_SECRET, REDIS_COMMAND_TIMEOUT_MS };
    nodes = new RedisNodes(parseConfig({ ...env, REDIS_URL: redis.url }), logger);
    node = nodes.nodes[0]!;
    await once(node, 'ready');
  });
  afterEach(async () => {
    nodes.onApplicationShutdown();
    client.disconnect();
    redis.child().kill('SIGCONT');
    await redis.kill();
  });
  const freeze = () => redis.child().kill('SIGSTOP');
  const thaw = () => redis.child().kill('SIGCONT');
  const isGivenUp = () => eventually(() => node.status !== 'ready', 'the node is given up');
  const isBack = () => eventually(() => node.status === 'ready', 'the node is back');

  it('costs requests a timeout only until it is given up, and is used again when it continues', async () => {
    freeze();
    await expect(node.get('k')).rejects.toThrow('Command timed out');
    await isGivenUp();
    // Through several attempts to connect, which the kernel accepts for the stopped process.
    for (let attempts = 0; attempts < 2; attempts++) {
      await eventually(() => node.status === 'connect', 'it is connected, and asked whether it is ready');
      await expect(node.get('k')).rejects.toThrow("Stream isn't writeable");
      await eventually(() => node.status === 'reconnecting', 'it has not answered');
      await expect(node.get('k')).rejects.toThrow("Stream isn't writeable");
    }
    thaw();
    await isBack();
    expect(await node.set('k', 'v')).toBe('OK');
    expect(told).toEqual(['Redis: node is down', 'Redis: node is up']);
  });

  it('hazard: it executes what a closed connection had sent to it', async () => {
    freeze();
    node.set('sent', 'before', 'PX', 60_000).catch(() => undefined);
    node.disconnect();
    thaw();
    await eventually(async () => (await client.get('sent')) === 'before', 'it has executed the command');
  });

  it('keeps no lock that it was asked for while it hung: its release was sent before the connection was closed', async () => {
    const backend = new RedisBackend([node]);
    // Sent after the scripts on the same connection.
    await node.ping();
    freeze();
    const asked = Array.from({ length: 5 }, (_, n) => backend.tryAcquire([`late:${n}`], 60_000, {}));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    await isGivenUp();
    thaw();
    await isBack();
    expect(await client.keys('*late*')).toEqual([]);
    expect(await client.info('commandstats')).toMatch(/cmdstat_set:calls=5\b/);
    backend.close();
  });

  it('is given up while nobody uses it, too', async () => {
    freeze();
    await isGivenUp();
    thaw();
    await isBack();
  });
});
