import { StripeUnavailable } from '#errors';
import { StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HANDLED_TYPES } from './handled-types.js';
import { TryEvent } from './try-event.js';
import { WebhookEventsRepository } from './webhook-events.repository.js';

/** Stripe itself tries for three days; what is older was looked at by many sweeps before. */
const WINDOW_SECONDS = 24 * 3_600;
const WAIT_MS = 5_000;

/** Asks Stripe which events it could not deliver, so that not even losing every webhook loses a payment. */
@Injectable()
export class PollUndelivered {
  constructor(
    private readonly dataSource: DataSource,
    private readonly gateway: StripeGateway,
    private readonly events: WebhookEventsRepository,
    private readonly tryEvent: TryEvent,
  ) {}

  /** @returns how many were new to us. */
  async run(): Promise<number> {
    const { manager } = this.dataSource;
    const undelivered = await this.undelivered();
    const unseen = await this.events.unseen(
      manager,
      undelivered.map((event) => event.id),
    );
    // Oldest first, as they happened; applying them in another order would be right, too.
    for (const event of undelivered.reverse().filter(({ id }) => unseen.has(id))) {
      const how = { payload: JSON.stringify(event), source: 'poll', first_try_ms: 0 } as const;
      const row = await this.events.store(manager, event, how);
      await this.tryEvent.run(row, { lane: 'worker', request_id: null, waitMs: WAIT_MS });
    }
    return unseen.size;
  }

  private async undelivered() {
    try {
      this.gateway.refuseWhenDown();
      const gte = Math.floor(Date.now() / 1_000) - WINDOW_SECONDS;
      return await this.gateway.listUndeliveredEvents({ gte }, [...HANDLED_TYPES]);
    } catch (error) {
      // Not configured, or away: the next sweep asks again.
      if (error instanceof StripeUnavailable) return [];
      throw error;
    }
  }
}
