import { countJobFailure, rethrowIfUnreachable, takeBatch } from '#database';
import { StripeUnavailable } from '#errors';
import { StripeClock, type StripeDispute, StripeGateway, type StripeRefund } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { Ledger } from '../../ledger/ledger.js';
import type { Sink } from './catch-up.js';
import { disputeFound, type FoundEvent, refundFound } from './found-event.js';
import { MissingFromLedger } from './missing-from-ledger.js';
import { type Reread, RereadsRepository } from './rereads.repository.js';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * A refund that has succeeded may still fail: a bank returns what it cannot credit, "up to 30 days" later
 * (https://docs.stripe.com/refunds#failed-refunds). Twice that, as a margin.
 */
const REFUND_MAY_FAIL_SECONDS = 60 * DAY;

/**
 * A won dispute may be lost after months, and a lost one won, because banks appeal
 * (https://docs.stripe.com/disputes/how-disputes-work). Two years are longer than the procedure of any card network.
 */
const DISPUTE_MAY_TURN_SECONDS = 730 * DAY;

/**
 * A closed inquiry may become a dispute within the network's time limit for disputes, which is shorter than two years.
 */
const DECIDED: ReadonlySet<string> = new Set(['won', 'lost', 'warning_closed', 'prevented']);

/** A pause is a quarter of the object's age: new objects change soon, old ones rarely. */
const PAUSES = {
  refunds: { min: HOUR, max: 3 * DAY },
  disputes: { min: HOUR, max: 7 * DAY },
};

/** Of each kind, with one call to Stripe each. The rest is due at the next sweep. */
const BATCH = 25;
const MAX_BATCHES = 4;

/**
 * Rereads, by id, refunds and disputes that may still change: a list ordered by creation never shows that an old one
 * has changed. Due by Stripe's clock. Safe on many workers.
 */
@Injectable()
export class RereadObjects {
  private readonly manager: EntityManager;

  constructor(
    ledger: Ledger,
    private readonly rereads: RereadsRepository,
    private readonly missing: MissingFromLedger,
    private readonly gateway: StripeGateway,
    private readonly clock: StripeClock,
    private readonly logger: PinoLogger,
  ) {
    this.manager = ledger.manager;
    this.logger.setContext(RereadObjects.name);
  }

  /** @returns how many were read */
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
      this.gateway.assertAvailable();
      const { rows, more } = await takeBatch(this.taking(kind), BATCH, refused);
      for (const one of rows) {
        try {
          await this.rereads.setNext(this.manager, kind, one.id, await read(one));
        } catch (error) {
          rethrowIfUnreachable(error);
          // While Stripe is unavailable, those that were taken are due again after their lease. One that Stripe refuses
          // does not block others.
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
      batch: () => this.rereads.takeDue(this.manager, kind, { now, limit: BATCH }),
      due: (except: readonly number[]) => this.rereads.due(this.manager, kind, { now, limit: BATCH, except }),
      one: (id: number) => this.rereads.takeDue(this.manager, kind, { now, limit: 1, only: id }),
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
