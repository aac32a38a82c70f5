import { countJobFailure } from '#database';
import { CatchUp, type FoundEvent, RereadObjects, type Sink } from '#payments';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { HANDLED_TYPES } from './handled-types.js';
import { TryEvent } from './try-event.js';
import { WebhookEventsRepository } from './webhook-events.repository.js';

/** If another process holds a payment's lock for longer, the inbox tries the event again. */
const WAIT_MS = 5_000;

/** How long the inbox leaves a newly stored event to the process that stored it. */
const INITIAL_TRY_MS = 10_000;

/**
 * Finds in Stripe's lists what no webhook reported. Findings are stored in the inbox like webhooks and tried
 * immediately. Those that cannot be applied yet wait in the inbox, where staff also see those that fail.
 */
@Injectable()
export class CatchUpWithStripe {
  constructor(
    private readonly dataSource: DataSource,
    private readonly catchUp: CatchUp,
    private readonly rereadObjects: RereadObjects,
    private readonly events: WebhookEventsRepository,
    private readonly tryEvent: TryEvent,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(CatchUpWithStripe.name);
  }

  /** @returns how many events and objects were new to Payonce */
  async run(): Promise<number> {
    const sink: Sink = { types: HANDLED_TYPES, take: (found, progress) => this.take(found, progress) };
    const found = await this.catchUp.run(sink);
    await this.rereadObjects.run(sink);
    return found;
  }

  private async take(found: readonly FoundEvent[], progress: () => Promise<unknown>): Promise<number> {
    if (found.length === 0) return 0;
    const { manager } = this.dataSource;
    const listed = found.filter(({ made_here }) => !made_here).map(({ event }) => event.id);
    const unseen = await this.events.unseen(manager, listed);
    let taken = 0;
    for (const one of found) {
      if (!one.made_here && !unseen.has(one.event.id)) continue;
      if (await this.takeOne(one)) taken += 1;
      await progress();
    }
    return taken;
  }

  /** A poison event does not block others: it is counted, and the next pass or the inbox tries it again. */
  private async takeOne({ event, made_here }: FoundEvent): Promise<boolean> {
    const { manager } = this.dataSource;
    try {
      const how = { payload: JSON.stringify(event), source: 'poll', first_try_ms: INITIAL_TRY_MS } as const;
      const row = made_here
        ? await this.events.storeAgain(manager, event, how)
        : await this.events.store(manager, event, how);
      if (!row) return false;
      await this.tryEvent.run(row, { lane: 'worker', request_id: null, waitMs: WAIT_MS });
      return true;
    } catch (error) {
      this.logger.error(
        { event_id: event.id, type: event.type, err: error },
        'Worker: A listed event could not be stored',
      );
      await countJobFailure(manager, 'catch-up-event', error);
      return false;
    }
  }
}
