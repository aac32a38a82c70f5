import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TryEvent } from './try-event.js';
import { WebhookEventsRepository } from './webhook-events.repository.js';

/** Bounded, so that a sweep ends; what is left is the next sweep's. */
const MOST_EVENTS = 400;

/** Longer than one try takes, locks and Stripe waited for: a worker that died gives its event back after this. */
const LEASE_MS = 60_000;
const WAIT_MS = 5_000;

/** Tries what could not be applied when it came. Safe on many workers at once. */
@Injectable()
export class DrainInbox {
  constructor(
    private readonly dataSource: DataSource,
    private readonly events: WebhookEventsRepository,
    private readonly tryEvent: TryEvent,
  ) {}

  /** @returns how many were tried. */
  async run(): Promise<number> {
    // One by one: of a batch, the last would be taken by another worker while the first ones are still being tried.
    for (let tried = 0; tried < MOST_EVENTS; tried++) {
      const row = await this.events.takeDue(this.dataSource.manager, LEASE_MS);
      if (!row) return tried;
      await this.tryEvent.run(row, { lane: 'worker', request_id: null, waitMs: WAIT_MS });
    }
    return MOST_EVENTS;
  }
}
