import { inTransaction } from '#database';
import { Locks } from '#locking';
import type { StripeEvent } from '#stripe';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditBuffer } from '../../ledger/audit-buffer.js';
import { type EventContext, EventProcessor, type EventResult } from '../inbox/event-processor.js';
import { AttemptEvents } from './attempt-events.js';
import { CheckoutSessionEvents } from './checkout-session-events.js';
import { DisputeEvents } from './dispute-events.js';
import type { EventHandler } from './event-handler.js';
import { type EventSubject, subjectOf } from './handled-events.js';
import { RefundEvents } from './refund-events.js';

/** Takes the lock of an event's payment and applies the event in one transaction. */
@Injectable()
export class StripeEventProcessor extends EventProcessor {
  private readonly handlers: Readonly<Record<EventSubject, EventHandler>>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly locks: Locks,
    sessions: CheckoutSessionEvents,
    refunds: RefundEvents,
    disputes: DisputeEvents,
    attempts: AttemptEvents,
  ) {
    super();
    this.handlers = { session: sessions, refund: refunds, dispute: disputes, attempt: attempts };
  }

  /** @throws also UnhandledEventTypeError, for a type that is not in HANDLED_EVENTS */
  async process(event: StripeEvent, context: EventContext): Promise<EventResult> {
    const handler = this.handlers[subjectOf(event.type)];
    const located = await handler.locate(event);
    if (!located) {
      const result: EventResult = { verdict: 'foreign', payment_id: null, note: 'not ours' };
      await context.onResult(this.dataSource.manager, result);
      return result;
    }
    const { payment_id, lock_key } = located;
    const { lane, request_id, waitMs } = context;
    const auditBuffer = new AuditBuffer({ actor_user_id: null, request_id });
    auditBuffer.note({ lane, action: `${lane}.event`, detail: { event_id: event.id, type: event.type } });
    const acquired = auditBuffer.waitsFor([lock_key]);
    const holder = request_id === null ? {} : { request_id };
    return this.locks.withLock([lock_key], { waitMs, holder }, async () => {
      acquired();
      const read = await handler.read(event, payment_id);
      const { result, afterCommit } = await inTransaction(this.dataSource, async (tx) => {
        const applied = await handler.apply(tx, payment_id, read, auditBuffer);
        await context.onResult(tx, applied.result);
        return applied;
      });
      auditBuffer.committed();
      await afterCommit?.();
      return result;
    });
  }
}
