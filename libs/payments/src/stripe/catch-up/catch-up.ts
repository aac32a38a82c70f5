import { crashPoint } from '#crash-points';
import { countJobFailure } from '#database';
import {
  type ListName,
  ListPositionGone,
  StripeClock,
  type StripeDispute,
  type StripeEvent,
  StripeGateway,
  StripeLists,
  type StripeRefund,
  type StripeSession,
} from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { Ledger } from '../../ledger/ledger.js';
import { CursorsRepository, type Pass } from './cursors.repository.js';
import { disputeFound, type FoundEvent, refundFound, sessionFound } from './found-event.js';
import { MissingFromLedger } from './missing-from-ledger.js';

const MINUTE = 60;
const HOUR = 3_600;

/**
 * How often each list is read, and how far each pass overlaps the one before, in seconds by Stripe's clock.
 * - Events are the fastest way to find missed webhooks, so they are read in every sweep. The overlap of ten minutes is
 *   longer than Stripe takes to list an event, and longer than two of Stripe's clocks may differ.
 * - Refunds and disputes show changes that no event reported. These are rare: every ten minutes, with an hour's
 *   overlap.
 * - A session can be paid up to a day after it was created, and lists are ordered by creation
 *   (https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-expires_at). So the overlap is a day
 *   and an hour, and the list is read only once an hour.
 */
export const LISTS: Readonly<Record<ListName, { readonly every_seconds: number; readonly overlap_seconds: number }>> = {
  events: { every_seconds: 0, overlap_seconds: 10 * MINUTE },
  refunds: { every_seconds: 10 * MINUTE, overlap_seconds: HOUR },
  disputes: { every_seconds: 10 * MINUTE, overlap_seconds: HOUR },
  sessions: { every_seconds: HOUR, overlap_seconds: 25 * HOUR },
};

/**
 * Sessions come before refunds and disputes, which are counted against the charges that sessions book. Events come
 * first, because they are the cheapest.
 */
const ORDER: readonly ListName[] = ['events', 'sessions', 'refunds', 'disputes'];

/**
 * The time for each list in each sweep; the next sweep continues with the rest. A list keeps up with `r` objects a
 * second as long as it reads more than that: a pass that takes `t` seconds covers `t` plus the overlap, so `t = overlap
 * × r / (read − r)`. Twenty of every thirty seconds, at five pages of a hundred a second, read 330 a second: ten times
 * what a busy account creates, and a twentieth of Stripe's limit of 100 calls a second
 * (https://docs.stripe.com/rate-limits).
 */
const MAX_LIST_MS = 20_000;

/**
 * Every answer contains Stripe's clock. If the last reading is older than this, it is read again before a pass gets its
 * bounds.
 */
const MAX_CLOCK_AGE_MS = 30_000;

/** The first answer after an outage reveals it: if a pass ends this far in the past, another pass follows. */
const STALE_PASS_SECONDS = 2 * MINUTE;

export interface Sink {
  /** The event types to list. */
  readonly types: readonly string[];
  /**
   * Stores and processes each of them, and calls `progress` after each, so that a slow page keeps its lease. @returns
   * how many were new
   */
  readonly take: (found: readonly FoundEvent[], progress: () => Promise<unknown>) => Promise<number>;
}

/**
 * Reads everything that Stripe has listed since the last complete pass, however long ago that was, and hands over what
 * the database does not have. The work of a sweep is bounded; a pass continues across sweeps and workers. Safe on many
 * workers.
 */
@Injectable()
export class CatchUp {
  private readonly manager: EntityManager;
  private readonly failing = new Set<ListName>();

  constructor(
    ledger: Ledger,
    private readonly cursors: CursorsRepository,
    private readonly missing: MissingFromLedger,
    private readonly gateway: StripeGateway,
    private readonly lists: StripeLists,
    private readonly clock: StripeClock,
    private readonly logger: PinoLogger,
  ) {
    this.manager = ledger.manager;
    this.logger.setContext(CatchUp.name);
  }

  /** A list that Stripe refuses does not block the others. @returns how many events and objects were new to Payonce */
  async run(sink: Sink): Promise<number> {
    if (!(await this.begin())) return 0;
    let found = 0;
    for (const list of this.order()) {
      // Stripe is not configured or unavailable; the next sweep continues.
      if (!this.gateway.isAvailable) break;
      try {
        await this.refreshClock();
        found += await this.read(list, sink);
        this.failing.delete(list);
      } catch (error) {
        this.failing.add(list);
        this.logger.error({ list, err: error }, 'Worker: A list of Stripe could not be read');
        await countJobFailure(this.manager, `catch-up-${list}`, error);
      }
    }
    return found;
  }

  /** Stores all positions before any list is read, so that health also reports a list that cannot be read as late. */
  private async begin(): Promise<boolean> {
    if (!this.gateway.isAvailable) return false;
    await this.refreshClock();
    // Without Stripe's clock, the bounds could be wrong, and a pass would skip objects that it claims to have read.
    if (this.clock.stripe_ms() === undefined) return false;
    for (const list of ORDER) {
      await this.cursors.begin(this.manager, list, { now: this.clock.now_seconds(), margin_seconds: HOUR });
    }
    return true;
  }

  /** Lists that failed last go last. Otherwise they would use the one call that a half-open circuit breaker allows. */
  private order(): ListName[] {
    return [...ORDER].sort((one, other) => Number(this.failing.has(one)) - Number(this.failing.has(other)));
  }

  private async refreshClock(): Promise<void> {
    if ((this.clock.age_ms() ?? Infinity) > MAX_CLOCK_AGE_MS) await this.gateway.readClock();
  }

  private async read(list: ListName, sink: Sink): Promise<number> {
    const began_ms = this.clock.monotonic_ms();
    const isTimeLeft = () => this.clock.monotonic_ms() - began_ms < MAX_LIST_MS;
    let found = 0;
    do {
      const pass = await this.cursors.take(this.manager, list, { now: this.clock.now_seconds(), ...LISTS[list] });
      if (!pass) return found;
      try {
        const read = await this.pass(pass, sink, isTimeLeft);
        found += read.found;
        if (!read.complete || this.clock.now_seconds() - pass.until < STALE_PASS_SECONDS) return found;
      } finally {
        await this.cursors.release(this.manager, pass);
      }
    } while (isTimeLeft());
    return found;
  }

  /** Reads at least one page, then continues until the pass is complete or the time is over. */
  private async pass(pass: Pass, sink: Sink, isTimeLeft: () => boolean): Promise<{ found: number; complete: boolean }> {
    let { starting_after } = pass;
    let found = 0;
    do {
      const page = await this.page(pass, starting_after, sink.types);
      if (page === 'gone') {
        this.logger.warn(
          { list: pass.list, starting_after },
          'Worker: A list is read from the start again, Stripe no longer knows the position',
        );
        if (!(await this.cursors.restart(this.manager, pass))) break;
        starting_after = null;
        continue;
      }
      const missing = await this.findMissing(pass.list, page.data, sink);
      const progress = () => this.cursors.renew(this.manager, pass);
      const fresh = await sink.take(missing, progress);
      found += fresh;
      crashPoint('catch-up.page-applied');
      const last = page.data.at(-1);
      if (!page.has_more || !last) return { found, complete: await this.cursors.complete(this.manager, pass, fresh) };
      starting_after = last.id;
      if (!(await this.cursors.advance(this.manager, pass, { last: last.id, found: fresh }))) break;
    } while (isTimeLeft());
    return { found, complete: false };
  }

  private async page(pass: Pass, starting_after: string | null, types: readonly string[]) {
    const created = { gte: Math.floor(pass.from), lte: Math.ceil(pass.until) };
    try {
      return await this.lists.page(pass.list, { created, starting_after }, types);
    } catch (error) {
      if (error instanceof ListPositionGone) return 'gone' as const;
      throw error;
    }
  }

  private async findMissing(list: ListName, data: readonly { id: string }[], sink: Sink): Promise<FoundEvent[]> {
    const origin = this.origin();
    switch (list) {
      case 'events':
        // Oldest first, in the order in which they happened. Any other order would be correct, too.
        return (data as StripeEvent[]).toReversed().map((event) => ({ event, made_here: false }));
      case 'refunds':
        return (await this.missing.refunds(data as StripeRefund[])).map((refund) => refundFound(refund, origin));
      case 'disputes':
        return (await this.missing.disputes(data as StripeDispute[])).map((dispute) => disputeFound(dispute, origin));
      case 'sessions':
        return this.sessions(data as StripeSession[], sink);
      default:
        return list satisfies never;
    }
  }

  /**
   * Money that is booked this late may have been refunded or disputed since, in lists that were read before. So all its
   * refunds and disputes are handed over. Those that arrive before their charge is booked wait for it in the inbox.
   */
  private async sessions(data: readonly StripeSession[], sink: Sink): Promise<FoundEvent[]> {
    const { unbooked, recorded } = await this.missing.sessions(data);
    for (const { id, kind, stripe_id, payment_id, amount, currency } of recorded) {
      const detail = { discrepancy_id: id, kind, stripe_id, payment_id, amount, currency };
      this.logger.error(
        detail,
        'Stripe: Money that the database cannot account for; see GET /api/v1/ops/discrepancies',
      );
    }
    const later: FoundEvent[] = [];
    for (const session of unbooked) {
      await sink.take([sessionFound(session, this.origin())], () => Promise.resolve());
      const { payment_intent } = session;
      const intent = typeof payment_intent === 'string' ? payment_intent : payment_intent?.id;
      if (intent === undefined) continue;
      const refunds = await this.lists.refunds(intent);
      const disputes = await this.lists.disputes(intent);
      later.push(...refunds.map((refund) => refundFound(refund, this.origin())));
      later.push(...disputes.map((dispute) => disputeFound(dispute, this.origin())));
    }
    return later;
  }

  private origin() {
    const { api_version, livemode } = this.gateway;
    return { api_version, livemode, now: this.clock.now_seconds() };
  }
}
