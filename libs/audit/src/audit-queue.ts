import { asDatabaseError } from '#database';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { type AuditEntry, AuditLog } from './audit-log.js';

/** A burst of requests is written together; nobody sees in a timeline that an entry is a quarter of a second late. */
const COLLECT_MS = 250;

/** Rows of one statement; a row is about 200 bytes. */
const MAX_BATCH = 500;

/** About two seconds of the fastest replays. More arrive only while Postgres does not answer. */
const MAX_WAITING = 10_000;

/**
 * Entries about requests that changed nothing: repetitions of a key, and further requests for a payment that exists.
 * They are written separately from the answer, which may come from Redis while Postgres is unreachable.
 *
 * One statement at a time writes what has arrived in a quarter of a second: a client that retries in a loop takes one
 * connection, and not a commit of its own for each request. A process that is killed loses what waits.
 */
@Injectable()
export class AuditQueue implements BeforeApplicationShutdown {
  private readonly waiting: { readonly entry: AuditEntry; readonly at: number }[] = [];
  private writing: Promise<void> | undefined;
  private readonly stop = new AbortController();

  constructor(
    private readonly dataSource: DataSource,
    private readonly logger: PinoLogger,
    private readonly audit: AuditLog,
  ) {
    this.logger.setContext(AuditQueue.name);
  }

  /** Never throws. */
  add(entries: readonly AuditEntry[]): void {
    if (this.waiting.length + entries.length > MAX_WAITING) {
      this.reportLost(entries);
      return;
    }
    const at = performance.now();
    for (const entry of entries) this.waiting.push({ entry, at });
    this.writing ??= this.write();
  }

  /** Before the pool closes. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      // A full batch need not wait for more; nor does the last one.
      if (this.waiting.length < MAX_BATCH) await pause(COLLECT_MS, undefined, this.stop).catch(() => undefined);
      const batch = this.waiting.splice(0, MAX_BATCH);
      const now = performance.now();
      const entries = batch.map(({ entry, at }) => ({ ...entry, ms_ago: (entry.ms_ago ?? 0) + now - at }));
      await this.record(entries);
    }
    this.writing = undefined;
  }

  /** An entry that Postgres refuses, such as one about a payment that a restore has lost, does not take others with it. */
  private async record(entries: readonly AuditEntry[]): Promise<void> {
    try {
      await this.audit.record(this.dataSource.manager, entries);
    } catch (error) {
      if (entries.length === 1 || asDatabaseError(error)) return this.reportLost(entries, error);
      for (const entry of entries) await this.record([entry]);
    }
  }

  private reportLost(entries: readonly AuditEntry[], err?: unknown): void {
    const payment_ids = [...new Set(entries.map(({ payment_id }) => payment_id))];
    this.logger.warn(
      { err, payment_ids, entries: entries.length },
      'Payment: A repeated request could not be recorded',
    );
  }
}
