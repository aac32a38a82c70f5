import { Answer } from '#answers';
import { Config } from '#config';
import { OneWayClient, pendingMigrations } from '#database';
import { RedisNodes } from '#redis';
import { StripeGateway } from '#stripe';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { HealthChecks } from './checks.js';
import { durabilityCheck } from './durability-check.js';
import type { Check, Checks, Dependency, Health } from './health-answers.js';

/** A load balancer checks every few seconds and times out after one or two; a later answer is of no use. */
const CHECK_TIMEOUT_MS = 1_000;

/** A database that answers but cannot be used. */
class NotReady extends Error {}

@Injectable()
export class Readiness implements OnApplicationShutdown {
  /** One connection of its own: requests that wait for a row fill the pool, which does not make the process unready. */
  private readonly connection: pg.Pool;

  constructor(
    config: Config,
    private readonly dataSource: DataSource,
    private readonly redis: RedisNodes,
    private readonly stripe: StripeGateway,
    private readonly checks: HealthChecks,
  ) {
    this.connection = new pg.Pool({
      connectionString: config.DATABASE_URL,
      application_name: 'payonce-readiness',
      max: 1,
      connectionTimeoutMillis: CHECK_TIMEOUT_MS,
      query_timeout: CHECK_TIMEOUT_MS,
      Client: OneWayClient,
    });
    // The next check reports its errors.
    this.connection.on('error', () => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.end();
  }

  /** 200 `ready` or `degraded` (slower, but right), 503 `unavailable`; names each dependency. */
  async look(): Promise<Answer<Health>> {
    const [named, checks] = await Promise.all([Promise.all([this.postgres(), ...this.redisNodes()]), this.lookAfter()]);
    const dependencies = { ...Object.fromEntries(named), stripe: this.stripeFromBreaker() };
    const missing = Object.entries(dependencies).filter(([, dependency]) => dependency.status === 'down');
    const names = { missing: missing.map(([name]) => name).join(', ') };
    if (missing.some(([, dependency]) => dependency.required)) {
      return Answer.unavailable('health.not_ready', { status: 'unavailable', dependencies, checks }, names);
    }
    const status = missing.length > 0 ? 'degraded' : 'ready';
    return Answer.ok(
      status === 'ready' ? 'health.ready' : 'health.degraded',
      { status, dependencies, checks },
      { params: names },
    );
  }

  private async lookAfter(): Promise<Checks> {
    const [durability, others] = await Promise.all([orWarning(durabilityCheck(this.connection)), this.checks.look()]);
    return { durability, ...others };
  }

  private async postgres(): Promise<[string, Dependency]> {
    return [
      'postgres',
      await timed(true, async () => {
        const fault = await faultOf(this.connection, this.dataSource);
        if (fault) throw new NotReady(fault);
      }),
    ];
  }

  /** Stripe is not called here: the circuit breaker knows the results of the last calls. */
  private stripeFromBreaker(): Dependency {
    if (!this.stripe.isConfigured) return { status: 'not_configured', required: false };
    if (this.stripe.isAvailable) return { status: 'up', required: false };
    return { status: 'down', required: false, reason: 'the circuit breaker is open: half of the calls failed' };
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

async function faultOf(connection: pg.Pool, dataSource: DataSource): Promise<string | undefined> {
  const pending = await pendingMigrations(dataSource, connection);
  if (pending.length > 0) return `${pending.length} migrations have not run`;
  const { rows } = await connection.query<{ read_only: string; lock_timeout: string; statement_timeout: string }>(
    `SELECT current_setting('transaction_read_only') AS read_only, current_setting('lock_timeout') AS lock_timeout,
            current_setting('statement_timeout') AS statement_timeout`,
  );
  const [settings] = rows;
  if (settings?.read_only === 'on') return 'it is read-only';
  // Without timeouts one stuck statement holds a connection for ever. `migrate` sets them on the role it runs as.
  if (settings?.lock_timeout === '0' || settings?.statement_timeout === '0')
    return 'its role has no timeouts: run the migrations as this role';
  return undefined;
}

async function timed(required: boolean, check: () => Promise<unknown>): Promise<Dependency> {
  const began = performance.now();
  try {
    await inTime(check());
    return { status: 'up', required, latency_ms: Math.round((performance.now() - began) * 10) / 10 };
  } catch (error) {
    return { status: 'down', required, reason: reasonOf(error) };
  }
}

/** A check that could not run is a warning; its dependency has a status of its own. */
async function orWarning<Result extends Check>(check: Promise<Result>): Promise<Result | Check> {
  return inTime(check).catch((error: unknown) => ({
    status: 'warning' as const,
    message: `The check failed: ${reasonOf(error)}.`,
  }));
}

/** @throws NotReady when it takes longer than a load balancer waits. */
async function inTime<Result>(check: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotReady(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([check, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Readiness is public: reports the kind of failure, not the host or user. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error instanceof NotReady) return error.message;
  return 'code' in error && typeof error.code === 'string' ? error.code : 'not reachable';
}
