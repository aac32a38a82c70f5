import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { AuditLog, type WatchedEntry } from '#audit';
import { InstallationEpoch } from '#database';
import { ServiceUnavailable, ValidationFailed } from '#errors';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LiveEntry } from './ops-answers.js';

/** Each stream queries Postgres once a second; twenty are a negligible load, two hundred would not be. */
export const MAX_WATCHERS = 20;

const POLL_MS = 1_000;
const BATCH = 200;

/** Proxies close a connection that is silent for 30 to 60 seconds. */
const HEARTBEAT_MS = 15_000;

/**
 * The token was valid when the stream began. The client reconnects with Last-Event-ID, and its token is checked
 * again.
 */
const MAX_STREAM_MS = 15 * 60_000;

/** A client this slow counts as gone; it resumes from its last entry. */
const MAX_DRAIN_MS = 10_000;

/**
 * Ids are assigned before their transactions commit, so 8 can be visible while 7 is not committed yet. The stream
 * waits at a gap for longer than one of our transactions may take: after that the id's transaction was rolled back.
 * Half of this could lose an entry.
 */
const FRESH_MS = 10_000;

/** The clients that stream the audit log, and their limit. */
@Injectable()
export class LiveAudit implements OnModuleDestroy {
  private readonly closing = new AbortController();
  private watchers = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly epoch: InstallationEpoch,
  ) {}

  /**
   * @param last the id of the client's last entry (Last-Event-ID); without it, only new entries
   * @throws ServiceUnavailable when there are too many streams, or during shutdown; ValidationFailed
   */
  async admit(last: string | undefined): Promise<{ feed: (to: Writable) => Promise<void> }> {
    if (last !== undefined && !/^\d{1,15}$/.test(last)) {
      throw new ValidationFailed([{ field: 'Last-Event-ID', rule: 'cursor' }]);
    }
    if (this.watchers >= MAX_WATCHERS || this.closing.signal.aborted) {
      throw new ServiceUnavailable({ retryAfterSeconds: 5 });
    }
    this.watchers += 1;
    try {
      const newest = await this.audit.newest(this.dataSource.manager);
      // After a restore the client's last entry may be newer than all entries: the stream would wait until the ids
      // reach it.
      const from = last === undefined ? newest : Math.min(Number(last), newest);
      return { feed: (to) => this.feed(to, from) };
    } catch (error) {
      this.watchers -= 1;
      throw error;
    }
  }

  /** Before the server closes: it waits for its connections, and these would never end. */
  onModuleDestroy(): void {
    this.closing.abort();
  }

  /**
   * Until the client disconnects, the server shuts down, or the time limit is reached. Never throws: after any end,
   * the client resumes.
   */
  private async feed(to: Writable, from: number): Promise<void> {
    // Not AbortSignal.any of AbortSignal.timeout: Node holds those weakly, and a garbage collection can drop them.
    const over = new AbortController();
    const leave = () => over.abort();
    const timer = setTimeout(leave, MAX_STREAM_MS);
    this.closing.signal.addEventListener('abort', leave);
    // The ids belong to another epoch: the client reconnects and starts from an id of the new one.
    const unlisten = this.epoch.onChange(leave);
    to.once('close', leave).once('error', leave);
    // The client disconnected during admission, or the server is shutting down: their events have fired already.
    if (to.closed || to.destroyed || this.closing.signal.aborted) leave();
    const end = over.signal;
    try {
      await write(to, `retry: ${POLL_MS}\n: watching from ${from}\n\n`, end);
      let last = from;
      let spoken = performance.now();
      while (!end.aborted) {
        const rows = await this.audit.since(this.dataSource.manager, last, { limit: BATCH, fresh_ms: FRESH_MS });
        const entries = settled(rows, last);
        const silent = performance.now() - spoken >= HEARTBEAT_MS;
        if (entries.length > 0 || silent) {
          await write(to, entries.map(eventOf).join('') || ': still here\n\n', end);
          spoken = performance.now();
        }
        last = entries.at(-1)?.id ?? last;
        if (entries.length < BATCH) await pause(POLL_MS, undefined, { signal: end });
      }
    } catch {
      // Postgres is unreachable, or one of the ends above: closing the stream informs the client.
    } finally {
      this.watchers -= 1;
      clearTimeout(timer);
      unlisten();
      this.closing.signal.removeEventListener('abort', leave);
      to.off('close', leave);
      to.end();
    }
  }
}

/** The entries that can be sent without losing any: up to the first gap that may still be filled. */
function settled(rows: readonly WatchedEntry[], last: number): readonly WatchedEntry[] {
  const gap = rows.findIndex((row, n) => row.fresh && row.id !== (rows[n - 1]?.id ?? last) + 1);
  return gap === -1 ? rows : rows.slice(0, gap);
}

function eventOf({ id, at, lane, action, payment_id, actor_user_id, request_id, detail }: WatchedEntry): string {
  const entry: LiveEntry = { id, at, lane, action, payment_id, actor_user_id, request_id, detail };
  return `id: ${id}\nevent: audit\ndata: ${JSON.stringify(entry)}\n\n`;
}

async function write(to: Writable, text: string, end: AbortSignal): Promise<void> {
  if (!to.write(text)) {
    const slow = setTimeout(() => to.destroy(), MAX_DRAIN_MS);
    try {
      await once(to, 'drain', { signal: end });
    } finally {
      clearTimeout(slow);
    }
  }
}
