import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { AuditLog, type WatchedEntry } from '#audit';
import { InstallationEpoch } from '#database';
import { ServiceUnavailable, ValidationFailed } from '#errors';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LiveEntry } from './ops-answers.js';

/** Each asks Postgres once a second; twenty are a rounding error of its work, two hundred would not be. */
export const MAX_WATCHERS = 20;

const POLL_MS = 1_000;
const BATCH = 200;

/** Proxies close what is silent for 30 to 60 seconds. */
const HEARTBEAT_MS = 15_000;

/** A token was good when the stream began. The client comes back with Last-Event-ID and shows its token again. */
const MAX_STREAM_MS = 15 * 60_000;

/** A reader this slow has gone to sleep; it resumes where it was. */
const MAX_DRAIN_MS = 10_000;

/**
 * Ids are given out before their transactions commit, so 8 can be seen while 7 is yet to come. A gap is waited at for
 * longer than a transaction of ours may take: after that its id was rolled back. Half of it could lose an entry.
 */
const FRESH_MS = 10_000;

/** Who watches the audit log, and how many may. */
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
   * @param last the id of the last entry the client has had (Last-Event-ID); without it, only what is new
   * @throws ServiceUnavailable when too many watch, or we are closing; ValidationFailed
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
      // After a restore the client's last entry may lie ahead of all there are: it would wait for as many to come.
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

  /** Until the client goes, we close, or it has lasted long enough. Never throws: whatever ends it, the client resumes. */
  private async feed(to: Writable, from: number): Promise<void> {
    // Not AbortSignal.any of AbortSignal.timeout: Node holds those weakly, and a garbage collection forgets them.
    const over = new AbortController();
    const leave = () => over.abort();
    const timer = setTimeout(leave, MAX_STREAM_MS);
    this.closing.signal.addEventListener('abort', leave);
    // The ids of another life: the client comes back, and is let in by those of this one.
    const unlisten = this.epoch.onChange(leave);
    to.once('close', leave).once('error', leave);
    // Gone while it was let in, or we are closing: what would have said so has been, and comes no more.
    if (to.closed || to.destroyed || this.closing.signal.aborted) leave();
    const end = over.signal;
    try {
      await write(to, `retry: ${POLL_MS}\n: watching from ${from}\n\n`, end);
      let last = from;
      let spoken = performance.now();
      while (!end.aborted) {
        const rows = await this.audit.since(this.dataSource.manager, last, { most: BATCH, fresh_ms: FRESH_MS });
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
      // Postgres is away, or one of the ends above: the stream ends, and that says it.
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

/** What can be told without losing anything: up to the first gap that may yet be filled. */
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
