import { Config } from '#config';
import { crashPoint } from '#crash-points';
import { StripeUnavailable } from '#errors';
import { type Made, StripeGateway, type StripeRefund } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PaymentRows } from '../payments/payment-rows.js';
import type { Trail } from '../payments/trail.js';
import { RefundNews } from './refund-news.js';
import { RefusedRefunds } from './refused-refunds.js';
import { type RefundCallRow, StripeRefundsRepository } from './stripe-refunds.repository.js';

/** Stripe forgets keys after 24 h at the earliest; four hours' margin. */
const OLDEST_KEY_SECONDS = 20 * 3_600;
/** A day apart (`STRIPE_REFUND_LISTING_PAUSE_MS`). */
const EMPTY_LISTINGS_FOR_PROOF = 2;

/**
 * One refund at Stripe: asked for under one key until it is answered, and looked up while it is on its way. Whoever calls
 * holds `purchase:complete:{payment}`. Nothing is open in the database while Stripe is asked.
 */
@Injectable()
export class StripeRefunds {
  constructor(
    private readonly config: Config,
    private readonly rows: PaymentRows,
    private readonly calls: StripeRefundsRepository,
    private readonly gateway: StripeGateway,
    private readonly news: RefundNews,
    private readonly refusedRefunds: RefusedRefunds,
  ) {}

  /**
   * Asks Stripe to pay it back, or what has become of it; applies the answer.
   * @throws StripeRefused (the refund has failed, its reservation is free), StripeUnavailable (unclear)
   */
  async pursue(refund_id: number, trail: Trail): Promise<void> {
    const row = await this.calls.raiseFence(this.rows.manager, refund_id);
    if (!row || row.state === 'refused') return;
    const began = performance.now();
    const made = await this.ask(row);
    const ms = Math.round(performance.now() - began);
    if (made.is === 'made') {
      const { id, status } = made.thing;
      trail.note({ lane: 'stripe', action: 'stripe.refund_made', detail: { transaction_id: id, status, ms } });
      const { is } = await this.news.apply(row.payment_id, made.thing, trail);
      // Its webhook was quicker: that Stripe has answered us as well is a part of the story.
      if (is === 'nothing_new') await this.record(row, trail);
      return;
    }
    trail.note({ lane: 'stripe', action: `stripe.refund_${made.is}`, detail: { reason: made.reason, ms } });
    if (made.is === 'refused') throw await this.refusedRefunds.settle(row, made, trail);
    await this.record(row, trail);
    throw new StripeUnavailable({ cause: new Error(made.reason) });
  }

  private async record(row: RefundCallRow, trail: Trail): Promise<void> {
    await this.rows.audit.record(this.rows.manager, trail.upTo(row.payment_id));
    trail.committed();
  }

  private async ask(row: RefundCallRow): Promise<Made<StripeRefund>> {
    if (row.state === 'answered' && row.stripe_id !== null) {
      const known = await this.gateway.findRefund(row.stripe_id);
      return known ? { is: 'made', thing: known } : unclear('Stripe does not know the refund it has answered');
    }
    if (!row.post_again || row.key_age_seconds > OLDEST_KEY_SECONDS) return this.search(row);
    const made = await this.post(row);
    if (made.is !== 'unclear' || made.post_again) return made;
    await this.calls.stopPosting(this.rows.manager, row);
    const found = await this.search(row);
    // Why it was not made, as far as Stripe has said: staff can do something about an empty balance.
    return found.is === 'unclear' ? { ...found, reason: `${made.reason}; ${found.reason}` } : found;
  }

  private async post(row: RefundCallRow): Promise<Made<StripeRefund>> {
    const made = await this.gateway.createRefund({
      idempotency_key: `refund:${row.ref}:${row.attempt}`,
      request: row.request,
      api_version: row.api_version,
    });
    if (made.is === 'made') crashPoint('stripe.refund-made');
    if (made.is !== 'refused') return made;
    // "Already refunded" may speak of the very refund that an earlier try of ours has made.
    const found = await this.listed(row);
    return found ? { is: 'made', thing: found } : made;
  }

  /** What was made under our reference: money that goes, or went, before what came to nothing. */
  private async listed(row: RefundCallRow): Promise<StripeRefund | undefined> {
    const all = await this.gateway.listRefunds(row.payment_intent);
    const { amount } = JSON.parse(row.request) as { amount: number };
    const ours = all.filter((refund) => refund.metadata?.ref === row.ref && refund.amount === amount);
    return ours.find((refund) => refund.status !== 'failed' && refund.status !== 'canceled') ?? ours[0];
  }

  private async search(row: RefundCallRow): Promise<Made<StripeRefund>> {
    const found = await this.listed(row);
    if (found) return { is: 'made', thing: found };
    const pause = this.config.STRIPE_REFUND_LISTING_PAUSE_MS;
    if (row.ms_since_listed !== null && row.ms_since_listed < pause) return unclear('not in any listing yet');
    await this.calls.countEmptyListing(this.rows.manager, row);
    if (row.empty_listings + 1 < EMPTY_LISTINGS_FOR_PROOF) return unclear('not in any listing yet');
    const raised = await this.calls.raiseAttempt(this.rows.manager, row);
    return raised ? this.post(raised) : unclear('somebody else asks');
  }
}

function unclear(reason: string): Made<never> {
  return { is: 'unclear', post_again: false, reason };
}
