import { Answer } from '#answers';
import { crashPoint } from '#crash-points';
import { VerifyEvent } from '#stripe';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TryEvent } from './try-event.js';
import { WebhookEventsRepository } from './webhook-events.repository.js';
import type { ReceivedEvent } from './event-answers.js';

/** Stripe waits for the answer. If a lock is held for longer than this, the worker applies the event. */
export const WAIT_MS = 3_000;

/** How long the worker leaves a newly stored event to the process that stored it. */
const INITIAL_TRY_MS = 5_000;

/**
 * Receives a webhook from Stripe: verifies it, stores it, and then tries it immediately. Once it is stored, Payonce is
 * responsible for it.
 */
@Injectable()
export class ReceiveEvent {
  constructor(
    private readonly dataSource: DataSource,
    private readonly verify: VerifyEvent,
    private readonly events: WebhookEventsRepository,
    private readonly tryEvent: TryEvent,
  ) {}

  /**
   * @param payload the body's bytes, unchanged
   * @throws WebhookSignatureInvalid, MalformedRequest (nothing is written); DatabaseUnavailable (Stripe sends it again)
   */
  async run(payload: Buffer, signature: string | undefined, request_id: string): Promise<Answer<ReceivedEvent>> {
    const event = await this.verify.byEitherClock(payload, signature);
    const how = { payload: payload.toString('utf8'), source: 'webhook', first_try_ms: INITIAL_TRY_MS } as const;
    const row = await this.events.store(this.dataSource.manager, event, how);
    crashPoint('webhook.stored');
    // The event is stored, so Stripe need not send it again, unless Postgres fails during the try (503).
    const status = await this.tryEvent.run(row, { lane: 'webhook', request_id, waitMs: WAIT_MS });
    return Answer.ok('webhook.received', { received: true, event_id: event.id, status });
  }
}
