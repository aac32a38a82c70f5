import { AuditLog } from '#audit';
import { inTransaction } from '#database';
import { type Heard, HearStripe } from '#payments';
import { type StripeEvent, StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { HANDLED_TYPES } from './handled-types.js';
import { type EventRow, type EventStatus, WebhookEventsRepository } from './webhook-events.repository.js';

/** Ever longer; with twelve tries an event is given up to staff after about a day. */
const PAUSES_SECONDS = [5, 15, 60, 300, 900, 3_600, 7_200, 14_400, 14_400, 14_400, 14_400];
const MOST_TRIES = PAUSES_SECONDS.length + 1;

/** One try at one event of the inbox. */
@Injectable()
export class TryEvent {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly events: WebhookEventsRepository,
    private readonly hearStripe: HearStripe,
    private readonly gateway: StripeGateway,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(TryEvent.name);
  }

  /** Never throws for what is the event's own trouble: it stays in the inbox, with a longer pause. */
  async run(
    row: EventRow,
    how: { lane: 'webhook' | 'worker'; request_id: string | null; waitMs: number },
  ): Promise<EventStatus> {
    if (row.status !== 'pending') return row.status;
    const { manager } = this.dataSource;
    try {
      const event = JSON.parse(row.payload) as StripeEvent;
      const passedOver = this.passOver(event);
      if (passedOver) {
        await this.events.settle(manager, row.id, passedOver);
        return passedOver.verdict;
      }
      const remember = async (tx: typeof manager, heard: Heard) => this.events.settle(tx, row.id, heard);
      const { verdict } = await this.hearStripe.hear(event, { ...how, remember });
      return verdict;
    } catch (error) {
      const dead = row.tries + 1 >= MOST_TRIES;
      const pause_ms = (PAUSES_SECONDS[row.tries] ?? 0) * 1_000 * (0.8 + 0.4 * Math.random());
      const note = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown';
      this.logger.warn(
        { event_id: row.event_id, type: row.type, tries: row.tries + 1, dead, err: error },
        'Webhook: Not applied yet',
      );
      await this.postpone(row, { pause_ms, note, dead }, how);
      return dead ? 'dead' : 'pending';
    }
  }

  /** Whoever watches sees that it waits, or that it waits for them. Nothing is said of one that another has settled. */
  private async postpone(
    row: EventRow,
    step: { pause_ms: number; note: string; dead: boolean },
    { lane, request_id }: { lane: 'webhook' | 'worker'; request_id: string | null },
  ): Promise<void> {
    await inTransaction(this.dataSource, async (tx) => {
      if (!(await this.events.postpone(tx, row.id, step))) return;
      const { event_id, type, tries } = row;
      await this.audit.record(tx, [
        {
          action: step.dead ? 'webhook.given_up' : 'webhook.put_off',
          lane,
          payment_id: null,
          actor_user_id: null,
          request_id,
          detail: { webhook_id: row.id, event_id, type, tries: tries + 1, note: step.note },
        },
      ]);
    });
  }

  private passOver(event: StripeEvent): Heard | undefined {
    if (!HANDLED_TYPES.includes(event.type))
      return { verdict: 'ignored', payment_id: null, note: 'not a type we act on' };
    if (event.livemode !== this.gateway.livemode) return { verdict: 'foreign', payment_id: null, note: 'other mode' };
    const object: unknown = (event as { data?: { object?: unknown } }).data?.object;
    if (typeof object !== 'object' || object === null || !isName((object as { id?: unknown }).id))
      return { verdict: 'ignored', payment_id: null, note: 'no object in it' };
    return undefined;
  }
}

/** Ids of Stripe's are visible ASCII; with anything else in it Postgres could not even look for it. */
function isName(id: unknown): boolean {
  return typeof id === 'string' && /^[\x21-\x7e]{1,255}$/.test(id);
}
