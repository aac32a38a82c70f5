import { countJobFailure, rethrowIfUnreachable, takeBatch } from '#database';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { TryEvent } from './try-event.js';
import { type EventRow, WebhookEventsRepository } from './webhook-events.repository.js';

/** Bounds a sweep; the next one continues with the rest. */
const MAX_EVENTS = 400;

/** How many rows are tried one by one when one cannot be taken. */
const BATCH_OF_DUE = 50;

/**
 * Longer than one try takes, including waits for locks and Stripe. When a worker dies, its event is due again after
 * this time.
 */
const LEASE_MS = 60_000;
const WAIT_MS = 5_000;

/**
 * Tries events that could not be applied when they came. A row that cannot be taken does not block others. Safe on many
 * workers.
 */
@Injectable()
export class DrainInbox {
  constructor(
    private readonly dataSource: DataSource,
    private readonly events: WebhookEventsRepository,
    private readonly tryEvent: TryEvent,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(DrainInbox.name);
  }

  /** @returns how many were tried */
  async run(): Promise<number> {
    const refused = new Set<number>();
    let tried = 0;
    while (tried < MAX_EVENTS) {
      const before = refused.size;
      // Takes one event at a time: with a batch, the leases of the last ones would end while the first ones are still
      // being tried.
      const { rows, more } = await takeBatch(this.taking(), 1, refused);
      for (const row of rows) await this.try(row);
      tried += rows.length + refused.size - before;
      if (!more) break;
    }
    return tried - refused.size;
  }

  private taking() {
    const { manager } = this.dataSource;
    const take = async (only: number | null) => {
      const row = await this.events.takeDue(manager, LEASE_MS, only);
      return row ? [row] : [];
    };
    return {
      batch: () => take(null),
      due: (except: readonly number[]) => this.events.due(manager, BATCH_OF_DUE, except),
      one: (id: number) => take(id),
      refused: (id: number, error: unknown) => this.failed(id, error),
    };
  }

  private async try(row: EventRow): Promise<void> {
    try {
      await this.tryEvent.run(row, { lane: 'worker', request_id: null, waitMs: WAIT_MS });
    } catch (error) {
      rethrowIfUnreachable(error);
      await this.failed(row.id, error);
    }
  }

  private async failed(webhook_id: number, error: unknown): Promise<void> {
    this.logger.error({ webhook_id, err: error }, 'Worker: An event could not be tried');
    await countJobFailure(this.dataSource.manager, 'drain-inbox', error);
  }
}
