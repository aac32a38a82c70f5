import { Config } from '#config';
import { InstallationEpoch } from '#database';
import { Metrics } from '#observability';
import { RedisNodes } from '#redis';
import { Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { ChoosingBackend } from './choosing-backend.js';
import { LapsedLeases } from './lapsed-leases.js';
import type { LockBackend } from './lock-backend.js';
import { LockReport } from './lock-report.js';
import { LocksHeld } from './locks-held.js';
import { Locks } from './locks.js';
import { PostgresBackend } from './postgres-backend.js';
import { RedisBackend } from './redis-backend.js';

const CLOSERS = Symbol('what has to be closed');

/** The backend that LOCK_BACKEND names. Redis falls back to Postgres, and without nodes Postgres takes its place. */
function build(
  config: Config,
  redis: RedisNodes,
  dataSource: DataSource,
  report: LockReport,
  closers: { close(): void }[],
  epoch: InstallationEpoch,
): Locks {
  const times = { ttlMs: config.LOCK_LEASE_MS, waitMs: config.LOCK_WAIT_MS };
  const locksIn = (backend: LockBackend) => new Locks(backend, report, Math.random, times);
  const postgres = new PostgresBackend(dataSource);
  const { LOCK_BACKEND: name } = config;
  switch (name) {
    case 'postgres':
      return locksIn(postgres);
    case 'redis': {
      if (redis.nodes.length === 0) return locksIn(postgres);
      const preferred = new RedisBackend(redis.nodes, () => epoch.current);
      const choosing = new ChoosingBackend(preferred, postgres, report);
      closers.push(preferred, choosing);
      return locksIn(choosing);
    }
    default:
      return name satisfies never;
  }
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
