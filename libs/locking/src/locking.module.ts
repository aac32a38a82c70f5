import { Config } from '#config';
import { InstallationEpoch } from '#database';
import { Metrics } from '#observability';
import { RedisNodes } from '#redis';
import { Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { ChoosingBackend } from './choosing-backend.js';
import { LapsedLeases } from './lapsed-leases.js';
import { LockReport } from './lock-report.js';
import { LocksHeld } from './locks-held.js';
import { Locks } from './locks.js';
import { PostgresBackend } from './postgres-backend.js';
import { RedisBackend } from './redis-backend.js';

const CLOSERS = Symbol('what has to be closed');

/** Redis with Postgres as its fallback, or Postgres alone: without nodes, or with LOCK_BACKEND=postgres. */
function build(
  config: Config,
  redis: RedisNodes,
  dataSource: DataSource,
  report: LockReport,
  closers: { close(): void }[],
  epoch: InstallationEpoch,
): Locks {
  const postgres = new PostgresBackend(dataSource);
  const times = { ttlMs: config.LOCK_LEASE_MS, waitMs: config.LOCK_WAIT_MS };
  if (config.LOCK_BACKEND === 'postgres' || redis.nodes.length === 0)
    return new Locks(postgres, report, Math.random, times);
  const preferred = new RedisBackend(redis.nodes, () => epoch.current);
  const choosing = new ChoosingBackend(preferred, postgres, report);
  closers.push(preferred, choosing);
  return new Locks(choosing, report, Math.random, times);
}

@Injectable()
class Closing implements OnApplicationShutdown {
  constructor(@Inject(CLOSERS) private readonly closers: { close(): void }[]) {}

  onApplicationShutdown(): void {
    for (const closer of this.closers) closer.close();
  }
}

/** Provides `Locks`. Needs a DataSource, the configuration, Redis and metrics in the application. */
@Module({
  providers: [
    Closing,
    LapsedLeases,
    LocksHeld,
    { provide: CLOSERS, useFactory: () => [] },
    {
      provide: LockReport,
      inject: [PinoLogger, Metrics, Config],
      useFactory: (logger: PinoLogger, metrics: Metrics, config: Config) =>
        new LockReport(logger, metrics, config.LOCK_LOG_LEVEL),
    },
    {
      provide: Locks,
      inject: [Config, RedisNodes, DataSource, LockReport, CLOSERS, InstallationEpoch],
      useFactory: build,
    },
  ],
  exports: [Locks, LapsedLeases, LocksHeld],
})
export class LockingModule {}
