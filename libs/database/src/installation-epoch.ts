import { Config } from '#config';
import { Metrics } from '#observability';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import pg from 'pg';
import { sqlStateOf } from './database-failures.js';
import { OneWayClient } from './open-data-source.js';

/** Values cached in another epoch are dropped within a second: one check, and its answer, fit twice in that time. */
const LOOK_EVERY_MS = 500;

/** A check that takes longer is given up, and the next one starts. */
const MAX_LOOK_MS = 1_000;

/** https://www.postgresql.org/docs/18/errcodes-appendix.html: the database is older than this build. */
const UNDEFINED_FUNCTION = '42883';

const CURRENT_EPOCH = 'SELECT current_installation_epoch() AS epoch';

interface Queries {
  query(sql: string): Promise<{ rows: { epoch: string | null }[] }>;
}

/**
 * The database's epoch in which this process works. It changes when the database is restored (docs/restore.md) or
 * another server is promoted. Ids are reused then, so whatever is cached by id is invalid.
 * It is checked twice a second on a connection of its own, and on each new connection before its first use: a restore
 * and a failover break all connections.
 */
@Injectable()
export class InstallationEpoch implements OnModuleInit, OnApplicationShutdown {
  private known = '';
  private readonly listeners = new Set<() => void>();
  private readonly connection: pg.Pool;
  private readonly changes;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    config: Config,
    metrics: Metrics,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(InstallationEpoch.name);
    this.changes = metrics.counter(
      'payonce_installation_epoch_changes_total',
      'Times this process noticed that the database was restored or failed over',
    );
    this.connection = new pg.Pool({
      connectionString: config.DATABASE_URL,
      application_name: 'payonce-epoch',
      max: 1,
      connectionTimeoutMillis: MAX_LOOK_MS,
      query_timeout: MAX_LOOK_MS,
      allowExitOnIdle: true,
      Client: OneWayClient,
    });
    // Readiness reports an unreachable Postgres; here the next check follows.
    this.connection.on('error', () => undefined);
  }

  /** The newest epoch seen; empty until the first connection is made. */
  get current(): string {
    return this.known;
  }

  onModuleInit(): void {
    this.lookLater();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.connection.end();
  }

  /**
   * Calls `listener` synchronously after each change, to drop what is cached by id. @returns a function that removes
   * the listener.
   */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** For the pool: runs on each new connection before its first use. @throws what the query throws. */
  async lookAt(client: Queries): Promise<void> {
    try {
      const { rows } = await client.query(CURRENT_EPOCH);
      this.observe(rows[0]?.epoch ?? null);
    } catch (error) {
      // The migration has not run: readiness reports that.
      if (sqlStateOf(error) !== UNDEFINED_FUNCTION) throw error;
    }
  }

  /** Called by whatever has read the epoch. Null: the server is a standby, which accepts no writes. */
  observe(epoch: string | null): void {
    if (epoch === null || epoch === this.known) return;
    const earlier = this.known;
    this.known = epoch;
    if (earlier === '') return;
    this.changes.inc();
    this.logger.warn({ earlier, epoch }, 'Database: Restored or failed over; caches by id are dropped');
    for (const listener of this.listeners) listener();
  }

  private lookLater(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      void this.lookAt(this.connection)
        .catch(() => undefined)
        .finally(() => this.lookLater());
    }, LOOK_EVERY_MS).unref();
  }
}
