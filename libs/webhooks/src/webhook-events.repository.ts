import { type Holds, id, shape, time } from '#answers';
import type { EventResult } from '#payments';
import type { Page } from '#validation';
import type { StripeEvent } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

export const EVENT_STATUSES = ['pending', 'applied', 'ignored', 'foreign', 'quarantined', 'dead'] as const;
export type EventStatus = 'pending' | 'dead' | EventResult['verdict'];

/** An event as stored in the inbox. */
export interface EventRow {
  readonly id: number;
  readonly event_id: string;
  readonly type: string;
  readonly status: EventStatus;
  readonly tries: number;
  /** Tries that failed through the event's own fault. */
  readonly failures: number;
  /** The fence when this try began. Once another try has raised it, this one can no longer postpone the event. */
  readonly fence: number;
  readonly note: string | null;
  readonly payload: string;
}

/** An event as shown to staff. Its payload is read separately, because it may be long. */
export const DescribedEvent = shape('DescribedEvent', {
  id,
  event_id: z.string(),
  type: z.string(),
  livemode: z.boolean(),
  source: z.enum(['webhook', 'poll']),
  status: z.enum(EVENT_STATUSES),
  tries: z.int().min(0),
  failures: z.int().min(0).describe('Tries that failed because of the event itself; after twelve it waits for staff.'),
  next_try_at: time.nullable(),
  note: z.string().nullable(),
  payment_id: id.nullable(),
  received_at: time,
  settled_at: time.nullable(),
});
export type DescribedEvent = Holds<typeof DescribedEvent>;

const COLUMNS = 'id, event_id, type, status, tries, failures, fence, note, payload';
const DESCRIBED = `id, event_id, type, livemode, source, status, tries, failures,
  CASE WHEN status = 'pending' THEN next_try_at END AS next_try_at, note, payment_id, received_at, settled_at`;

@Injectable()
export class WebhookEventsRepository {
  /** Stores each event id once, however often it is delivered. @returns its row, old or new */
  async store(
    manager: EntityManager,
    event: StripeEvent,
    how: { payload: string; source: 'webhook' | 'poll'; first_try_ms: number },
  ): Promise<EventRow> {
    const [row] = await manager.query<EventRow[]>(
      `INSERT INTO webhook_events (event_id, type, livemode, payload, source, payment_intent, next_try_at)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7::float8 / 1000))
       ON CONFLICT (event_id) DO NOTHING RETURNING ${COLUMNS}`,
      valuesOf(event, how),
    );
    return row ?? (await this.begin(manager, event.id));
  }

  /**
   * Stores an object of Stripe's that differs from the database, under an id that contains its state. If it is found
   * again after it was settled, it is applied again: the database must have changed since. A dead one is tried again
   * too, because an earlier version may have given up on something that this version handles. Its failures are counted
   * anew, so that each finding is tried at most twelve times. One that is waiting is left as it is.
   * @returns undefined when it is not to be tried now
   */
  async storeAgain(
    manager: EntityManager,
    event: StripeEvent,
    how: { payload: string; source: 'poll'; first_try_ms: number },
  ): Promise<EventRow | undefined> {
    const [row] = await manager.query<EventRow[]>(
      `INSERT INTO webhook_events AS known (event_id, type, livemode, payload, source, payment_intent, next_try_at)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7::float8 / 1000))
       ON CONFLICT (event_id) DO UPDATE
         SET payload = excluded.payload, status = 'pending', settled_at = NULL, tries = 0, failures = 0,
             fence = known.fence + 1, next_try_at = excluded.next_try_at
         WHERE known.status IN ('applied', 'foreign', 'quarantined', 'dead')
       RETURNING ${COLUMNS}`,
      valuesOf(event, how),
    );
    return row;
  }

  /** Starts another try at an event that was delivered again. An earlier try of it can no longer postpone it. */
  private async begin(manager: EntityManager, event_id: string): Promise<EventRow> {
    const [[row]] = await manager.query<[EventRow[], number]>(
      `UPDATE webhook_events SET fence = fence + 1 WHERE event_id = $1 AND status = 'pending' RETURNING ${COLUMNS}`,
      [event_id],
    );
    return row ?? (await this.findByEvent(manager, event_id))!;
  }

  async findByEvent(manager: EntityManager, event_id: string): Promise<EventRow | undefined> {
    const [row] = await manager.query<EventRow[]>(`SELECT ${COLUMNS} FROM webhook_events WHERE event_id = $1`, [
      event_id,
    ]);
    return row;
  }

  async find(manager: EntityManager, id: number): Promise<EventRow | undefined> {
    const [row] = await manager.query<EventRow[]>(`SELECT ${COLUMNS} FROM webhook_events WHERE id = $1`, [id]);
    return row;
  }

  /** Locked until the transaction ends, so that two retries of it run one after the other. */
  async lock(tx: EntityManager, id: number): Promise<(EventRow & { payment_id: number | null }) | undefined> {
    const [row] = await tx.query<(EventRow & { payment_id: number | null })[]>(
      `SELECT ${COLUMNS}, payment_id FROM webhook_events WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return row;
  }

  async describe(manager: EntityManager, id: number): Promise<DescribedEvent | undefined> {
    const [row] = await manager.query<DescribedEvent[]>(`SELECT ${DESCRIBED} FROM webhook_events WHERE id = $1`, [id]);
    return row;
  }

  /**
   * Newest first; each filter may be null. The condition contains only the given filters, so that Postgres can use an
   * index.
   */
  async list(
    manager: EntityManager,
    page: Page,
    of: { status: EventStatus | null; type: string | null; payment_id: number | null },
  ): Promise<DescribedEvent[]> {
    const given = Object.entries({ status: of.status, type: of.type, payment_id: of.payment_id });
    const conditions = given.filter(([, value]) => value !== null);
    const where = conditions.map(([column], n) => `${column} = $${n + 2}`);
    const values = conditions.map(([, value]) => value);
    if (page.before !== null) where.push(`id < $${values.push(page.before) + 1}`);
    return manager.query<DescribedEvent[]>(
      `SELECT ${DESCRIBED} FROM webhook_events ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
       ORDER BY id DESC LIMIT $1`,
      [page.limit, ...values],
    );
  }

  /** @returns which of these ids are not stored yet */
  async unseen(manager: EntityManager, event_ids: readonly string[]): Promise<Set<string>> {
    const rows = await manager.query<{ event_id: string }[]>(
      'SELECT event_id FROM webhook_events WHERE event_id = ANY($1)',
      [event_ids],
    );
    const seen = new Set(rows.map((row) => row.event_id));
    return new Set(event_ids.filter((id) => !seen.has(id)));
  }

  /**
   * Stores the verdict, in the transaction that applies the event. A later result does not replace the first verdict,
   * unless the event was dead.
   */
  async settle(tx: EntityManager, id: number, result: EventResult): Promise<void> {
    await tx.query(
      `UPDATE webhook_events SET status = $2, payment_id = $3, note = $4, tries = tries + 1, settled_at = now()
       WHERE id = $1 AND status IN ('pending', 'dead')`,
      [id, result.verdict, result.payment_id, result.note ?? null],
    );
  }

  /** @returns false when another process has settled, requeued or taken it since this try began */
  async postpone(
    tx: EntityManager,
    row: Pick<EventRow, 'id' | 'tries' | 'fence'>,
    how: { pause_ms: number; note: string; failed: boolean; dead: boolean },
  ): Promise<boolean> {
    const [, postponed] = await tx.query<[unknown, number]>(
      `UPDATE webhook_events
       SET tries = tries + 1, failures = failures + CASE WHEN $4 THEN 1 ELSE 0 END, note = $2,
           next_try_at = now() + make_interval(secs => $3::float8 / 1000),
           status = CASE WHEN $5 THEN 'dead' ELSE 'pending' END, settled_at = CASE WHEN $5 THEN now() END
       WHERE id = $1 AND status = 'pending' AND tries = $6 AND fence = $7`,
      [row.id, how.note, how.pause_ms, how.failed, how.dead, row.tries, row.fence],
    );
    return postponed > 0;
  }

  /** For a retry by staff: whatever its status, it is tried once more, by the worker if not within the lease. */
  async reopen(tx: EntityManager, id: number, lease_ms: number): Promise<EventRow> {
    const [[row]] = await tx.query<[EventRow[], number]>(
      `UPDATE webhook_events
       SET status = 'pending', settled_at = NULL, fence = fence + 1,
           next_try_at = now() + make_interval(secs => $2::float8 / 1000)
       WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, lease_ms],
    );
    return row!;
  }

  /**
   * Takes a due event that no other process is trying, and moves its next try forward: it is due again if this worker
   * dies.
   */
  async takeDue(manager: EntityManager, lease_ms: number, only: number | null = null): Promise<EventRow | undefined> {
    const [[row]] = await manager.query<[EventRow[], number]>(
      `UPDATE webhook_events SET fence = fence + 1, next_try_at = now() + make_interval(secs => $1::float8 / 1000)
       WHERE id = (
         SELECT id FROM webhook_events
         WHERE status = 'pending' AND next_try_at <= now() AND ($2::bigint IS NULL OR id = $2)
         ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [lease_ms, only],
    );
    return row;
  }

  /** The rows that would be taken next; locks nothing. */
  async due(manager: EntityManager, limit: number, except: readonly number[]): Promise<number[]> {
    const rows = await manager.query<{ id: number }[]>(
      `SELECT id FROM webhook_events WHERE status = 'pending' AND next_try_at <= now() AND id <> ALL($2)
       ORDER BY next_try_at, id LIMIT $1`,
      [limit, except],
    );
    return rows.map(({ id }) => id);
  }
}

function valuesOf(event: StripeEvent, how: { payload: string; source: string; first_try_ms: number }): unknown[] {
  return [
    event.id,
    event.type,
    event.livemode === true,
    // Postgres stores no NUL in text, so it is written as JSON escapes it and nothing is lost.
    how.payload.replaceAll('\0', '\\u0000'),
    how.source,
    intentIn(event),
    how.first_try_ms,
  ];
}

/** The payment intent that a refund or a dispute is about. When its money is booked, the event is requeued. */
function intentIn(event: StripeEvent): string | null {
  const object = (event as { data?: { object?: { payment_intent?: unknown } | null } }).data?.object;
  const intent = object?.payment_intent;
  return typeof intent === 'string' && /^[\x21-\x7e]{1,255}$/.test(intent) ? intent : null;
}
