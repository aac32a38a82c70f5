import { EventRequeue, HANDLED_EVENTS, type EventSubject } from '#payments';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

const REFUND_TYPES = typesOf('refund');
const MONEY_TYPES = [...REFUND_TYPES, ...typesOf('dispute')];

const REOPEN = `UPDATE webhook_events
  SET status = 'pending', settled_at = NULL, tries = 0, failures = 0, fence = fence + 1, next_try_at = now()`;

/** Implements `EventRequeue` for the inbox: events that wait for money are due immediately. */
@Injectable()
export class RequeueEvents extends EventRequeue {
  async requeue(tx: EntityManager, of: { payment_intent: string; payment_id?: number }): Promise<void> {
    await tx.query(
      // A row stored by an earlier version has no payment intent, so its payload is searched.
      `${REOPEN} WHERE status IN ('pending', 'dead') AND tries > 0 AND type = ANY ($2)
         AND (payment_intent = $1 OR (payment_intent IS NULL AND position($1 IN payload) > 0))`,
      [of.payment_intent, MONEY_TYPES],
    );
    if (of.payment_id === undefined) return;
    await tx.query(`${REOPEN} WHERE payment_id = $1 AND status = 'quarantined' AND type = ANY ($2)`, [
      of.payment_id,
      REFUND_TYPES,
    ]);
  }
}

function typesOf(subject: EventSubject): string[] {
  return Object.entries(HANDLED_EVENTS)
    .filter(([, of]) => of === subject)
    .map(([type]) => type);
}
