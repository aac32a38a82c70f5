import { Answer } from '#answers';
import { pendingMigrations } from '#database';
import { RedisNodes } from '#redis';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

interface Dependency {
  status: 'up' | 'down' | 'not_configured';
  /** Without it nothing works; without the others we are slower. */
  required: boolean;
  latency_ms?: number;
  reason?: string;
}

/** A load balancer asks every few seconds and gives up after one or two; an answer later than this is none. */
const PATIENCE_MS = 1_000;

@Injectable()
export class Readiness {
  constructor(
    private readonly dataSource: DataSource,
    private readonly redis: RedisNodes,
  ) {}

  /** 200 `ready` or `degraded` (slower, but right), 503 `unavailable`; names each dependency. */
  async look(): Promise<Answer> {
    const dependencies = Object.fromEntries(await Promise.all([this.postgres(), ...this.redisNodes()]));
    const missing = Object.entries(dependencies).filter(([, dependency]) => dependency.status === 'down');
    const names = { missing: missing.map(([name]) => name).join(', ') };
    if (missing.some(([, dependency]) => dependency.required)) {
      return Answer.unavailable('health.not_ready', { status: 'unavailable', dependencies }, names);
    }
    const status = missing.length > 0 ? 'degraded' : 'ready';
    return Answer.ok(
      status === 'ready' ? 'health.ready' : 'health.degraded',
      { status, dependencies },
      { params: names },
    );
  }

  private async postgres(): Promise<[string, Dependency]> {
    return [
      'postgres',
      await timed(true, async () => {
        const pending = await pendingMigrations(this.dataSource);
        if (pending.length > 0) throw new Error(`${pending.length} migrations have not run`);
      }),
    ];
  }

  private redisNodes(): Promise<[string, Dependency]>[] {
    const { nodes } = this.redis;
    if (nodes.length === 0) return [Promise.resolve(['redis', { status: 'not_configured', required: false }])];
    return nodes.map(async (node, number): Promise<[string, Dependency]> => {
      const name = nodes.length === 1 ? 'redis' : `redis_${number + 1}`;
      return [name, await timed(false, () => node.ping())];
    });
  }
}

async function timed(required: boolean, ask: () => Promise<unknown>): Promise<Dependency> {
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    await Promise.race([ask(), patience]);
    return { status: 'up', required, latency_ms: Math.round((performance.now() - began) * 10) / 10 };
  } catch (error) {
    return { status: 'down', required, reason: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Readiness is public: say what kind of failure it is, not which host or user it was. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (/^(no answer within|\d+ migrations)/.test(error.message)) return error.message;
  return 'code' in error && typeof error.code === 'string' ? error.code : 'not reachable';
}
