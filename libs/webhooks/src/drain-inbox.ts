import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TryEvent } from './try-event.js';
import { WebhookEventsRepository } from './webhook-events.repository.js';

/** Bounded, so that a sweep ends; what is left is the next sweep's. */
const BATCH = 20;
const MOST_BATCHES = 20;

/** Longer than trying a whole batch takes: a worker that died gives its events back after this. */
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
    let tried = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const rows = await this.events.takeDue(this.dataSource.manager, { most: BATCH, lease_ms: LEASE_MS });
      for (const row of rows) await this.tryEvent.run(row, { lane: 'worker', request_id: null, waitMs: WAIT_MS });
      tried += rows.length;
      if (rows.length < BATCH) break;
    }
    return tried;
  }
}
