import { Answer } from '#answers';
import { AuditLog } from '#audit';
import { type Caller, requireEpoch } from '#auth';
import { inTransaction } from '#database';
import { EventAlreadyApplied, EventNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TryEvent } from './try-event.js';
import { type EventRow, type EventStatus, WebhookEventsRepository } from './webhook-events.repository.js';
import type { RetriedEvent } from './event-answers.js';

/** The caller waits for the answer. If a lock is held for longer, the worker tries the event again. */
const WAIT_MS = 3_000;

/**
 * How long the worker leaves the event to this process: as long as a try may take. With a shorter time, both could try
 * it at once.
 */
const LEASE_MS = 10_000;

/** Staff retry an event, for example after removing the cause of its failure. It is tried once more, immediately. */
@Injectable()
export class RetryEvent {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly events: WebhookEventsRepository,
    private readonly tryEvent: TryEvent,
  ) {}

  /** @throws EventNotFound; EventAlreadyApplied, because nothing is left to do */
  async run(id: number, caller: Caller): Promise<Answer<RetriedEvent>> {
    const { row, was } = await this.reopen(id, caller);
    const { request_id } = caller;
    const status = await this.tryEvent.run(row, { lane: 'webhook', request_id, waitMs: WAIT_MS });
    const event = await this.events.describe(this.dataSource.manager, id);
    return Answer.ok('webhook.retried', { was, status, event });
  }

  /** If the process dies after this, the event is pending and the worker tries it. */
  private async reopen(id: number, caller: Caller): Promise<{ row: EventRow; was: EventStatus }> {
    return inTransaction(this.dataSource, async (tx) => {
      const row = await this.events.lock(tx, id);
      if (!row) throw new EventNotFound(id);
      if (row.status === 'applied') throw new EventAlreadyApplied(row);
      await requireEpoch(tx, caller);
      const reopened = await this.events.reopen(tx, id, LEASE_MS);
      await this.audit.record(tx, [
        {
          action: 'webhook.retried',
          lane: 'webhook',
          payment_id: row.payment_id,
          actor_user_id: caller.user_id,
          request_id: caller.request_id,
          detail: { webhook_id: id, event_id: row.event_id, type: row.type, was: row.status },
        },
      ]);
      return { row: reopened, was: row.status };
    });
  }
}
