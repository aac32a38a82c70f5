import { countJobFailure, rethrowIfAway, takeApart } from '#database';
import { StripeUnavailable } from '#errors';
import { StripeClock, type StripeDispute, StripeGateway, type StripeRefund } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { PaymentRows } from '../../ledger/ledger.js';
import type { Sink } from './catch-up.js';
import { disputeFound, type FoundEvent, refundFound } from './found-event.js';
import { MissingFromBooks } from './missing-from-books.js';
import { type Reread, RereadsRepository } from './rereads.repository.js';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * A refund that has succeeded may come back: a bank returns what it cannot credit, "up to 30 days" later
 * (https://docs.stripe.com/refunds#failed-refunds). Twice that.
 */
const REFUND_MAY_FAIL_SECONDS = 60 * DAY;

/**
 * A won dispute may be lost after months, and a lost one won, since banks appeal
 * (https://docs.stripe.com/disputes/how-disputes-work): two years are more than any card network's procedure takes.
 */
const DISPUTE_MAY_TURN_SECONDS = 730 * DAY;

/** A closed inquiry may become a dispute, within the network's time for disputes, which is shorter. */
const DECIDED: ReadonlySet<string> = new Set(['won', 'lost', 'warning_closed', 'prevented']);

/** Pauses grow with age, a quarter of it: what is new changes soon, what is old rarely. */
const PAUSES = {
  refunds: { min: HOUR, max: 3 * DAY },
  disputes: { min: HOUR, max: 7 * DAY },
};

/** Of each kind, one call to Stripe each; what is left is due at the next sweep. */
const BATCH = 25;
const MAX_BATCHES = 4;

/**
 * Reads again, by id, refunds and disputes that may still change: a list by creation never shows that an old one has.
 * Due by Stripe's clock. Safe on many workers.
 */
@Injectable()
export class RereadObjects {
  private readonly manager: EntityManager;

  constructor(
    rows: PaymentRows,
    private readonly rereads: RereadsRepository,
    private readonly missing: MissingFromBooks,
    private readonly gateway: StripeGateway,
    private readonly clock: StripeClock,
    private readonly logger: PinoLogger,
  ) {
    this.manager = rows.manager;
    this.logger.setContext(RereadObjects.name);
  }

  /** @returns how many were read. */
  async run(sink: Sink): Promise<number> {
    if (this.clock.stripe_ms() === undefined) return 0;
    try {
      const refunds = await this.each('refunds', (due) => this.refund(due, sink));
      return refunds + (await this.each('disputes', (due) => this.dispute(due, sink)));
    } catch (error) {
      if (error instanceof StripeUnavailable) return 0;
      throw error;
    }
  }

  private async each(kind: 'refunds' | 'disputes', read: (due: Reread) => Promise<number | null>): Promise<number> {
    const refused = new Set<number>();
    let count = 0;
    for (let batch = 0; batch < MAX_BATCHES; batch++) {
      this.gateway.refuseWhenDown();
      const { rows, more } = await takeApart(this.taking(kind), BATCH, refused);
      for (const one of rows) {
        try {
          await this.rereads.setNext(this.manager, kind, one.id, await read(one));
        } catch (error) {
          rethrowIfAway(error);
          // Stripe is away: those that were taken come again after their lease. One that it refuses keeps back no other.
          if (error instanceof StripeUnavailable && !this.gateway.isAvailable) throw error;
          await this.failed(kind, one.id, error);
        }
      }
      count += rows.length;
      if (!more) break;
    }
    return count;
  }

  private taking(kind: 'refunds' | 'disputes') {
    const now = this.clock.now_seconds();
    return {
      batch: () => this.rereads.takeDue(this.manager, kind, { now, most: BATCH }),
      due: (except: readonly number[]) => this.rereads.due(this.manager, kind, { now, most: BATCH, except }),
      one: (id: number) => this.rereads.takeDue(this.manager, kind, { now, most: 1, only: id }),
      refused: (id: number, error: unknown) => this.failed(kind, id, error),
    };
  }

  private async failed(kind: 'refunds' | 'disputes', id: number, error: unknown): Promise<void> {
    this.logger.error({ kind, id, err: error }, 'Worker: An object of Stripe could not be read again');
    await countJobFailure(this.manager, `reread-${kind}`, error);
  }

  private async refund({ stripe_id, never_made }: Reread, sink: Sink): Promise<number | null> {
    if (never_made) return null;
    const refund = stripe_id === null ? undefined : await this.gateway.findRefund(stripe_id);
    if (!refund) return this.clock.now_seconds() + PAUSES.refunds.max;
    await this.apply(
      (await this.missing.refunds([refund])).map((one) => refundFound(one, this.origin())),
      sink,
    );
    if (refund.status === 'failed' || refund.status === 'canceled') return null;
    return this.next(refund, PAUSES.refunds, refund.status === 'succeeded' ? REFUND_MAY_FAIL_SECONDS : Infinity);
  }

  private async dispute({ stripe_id }: Reread, sink: Sink): Promise<number | null> {
    const dispute = stripe_id === null ? undefined : await this.gateway.findDispute(stripe_id);
    if (!dispute) return this.clock.now_seconds() + PAUSES.disputes.max;
    await this.apply(
      (await this.missing.disputes([dispute])).map((one) => disputeFound(one, this.origin())),
      sink,
    );
    const until_age = DECIDED.has(dispute.status) ? DISPUTE_MAY_TURN_SECONDS : Infinity;
    return this.next(dispute, PAUSES.disputes, until_age);
  }

  private async apply(found: FoundEvent[], sink: Sink): Promise<void> {
    await sink.take(found, () => Promise.resolve());
  }

  private next(
    { created }: StripeRefund | StripeDispute,
    pause: { min: number; max: number },
    until_age: number,
  ): number | null {
    const now = this.clock.now_seconds();
    const age = now - created;
    return age > until_age ? null : now + Math.min(Math.max(age / 4, pause.min), pause.max);
  }

  private origin() {
    const { api_version, livemode } = this.gateway;
    return { api_version, livemode, now: this.clock.now_seconds() };
  }
}
