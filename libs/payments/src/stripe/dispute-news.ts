import { inTransaction } from '#database';
import { type StripeDispute, StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LockedCharge } from '../payments/charges.repository.js';
import type { Payment } from '../payments/payment.js';
import { PaymentRows } from '../payments/payment-rows.js';
import type { Trail } from '../payments/trail.js';
import { RefundSettlement } from '../refunds/refund-settlement.js';
import { type DisputeState, DisputesRepository } from './disputes.repository.js';
import { StripeRefundsRepository } from './stripe-refunds.repository.js';

export type DisputeOutcome =
  | { readonly is: 'applied' | 'nothing_new'; readonly payment: Payment }
  | { readonly is: 'foreign' }
  | { readonly is: 'quarantined'; readonly why: string };

type Remember = (tx: EntityManager, outcome: DisputeOutcome) => Promise<void>;

/**
 * Stripe's statuses (https://docs.stripe.com/api/disputes/object#dispute_object-status): the warnings are inquiries, in
 * which no money has moved, closed ones included: they may still become disputes. A prevented one is over before it
 * began (https://docs.stripe.com/changelog/basil/2025-08-27/add-preventions-to-dispute): whether it took the money, its
 * own movements of the balance say. Where a refund gave it back instead, there are none, and the refund counts.
 */
function stateOf({ status, balance_transactions }: StripeDispute): DisputeState {
  if (status === 'prevented') {
    return (balance_transactions ?? []).reduce((sum, { amount }) => sum + amount, 0) < 0 ? 'lost' : 'won';
  }
  if (status === 'lost') return 'lost';
  if (status === 'won') return 'won';
  return status.startsWith('warning_') ? 'inquiry' : 'open';
}

/**
 * Applies what Stripe says of a dispute, under the lock of the payment. Lost, it counts as money returned; won after all,
 * since the customer has withdrawn (https://docs.stripe.com/disputes/withdrawing), no more.
 */
@Injectable()
export class DisputeNews {
  constructor(
    private readonly rows: PaymentRows,
    private readonly disputes: DisputesRepository,
    private readonly settlement: RefundSettlement,
    private readonly gateway: StripeGateway,
    private readonly refundCalls: StripeRefundsRepository,
  ) {}

  /**
   * What Stripe tells is taken at its word, save where it contradicts how the dispute ended before: which of the two words
   * is the newer one, only Stripe knows.
   * @throws StripeUnavailable
   */
  async asItNowIs(told: StripeDispute): Promise<StripeDispute> {
    const known = await this.disputes.stateOf(this.rows.manager, told.id);
    if (known === undefined || !contradicts(stateOf(told), known)) return told;
    return (await this.gateway.findDispute(told.id)) ?? told;
  }

  /** The payment it is about; undefined: nothing of ours. */
  async paymentOf(told: StripeDispute): Promise<number | undefined> {
    const intent = intentOf(told);
    if (intent === undefined) return undefined;
    const charge = await this.rows.charges.findTransaction(this.rows.manager, 'stripe', intent);
    return charge?.payment_id ?? undefined;
  }

  async apply(payment_id: number, told: StripeDispute, trail: Trail, remember: Remember): Promise<DisputeOutcome> {
    return inTransaction(this.rows.dataSource, async (tx) => {
      const payment = await this.rows.payments.lock(tx, payment_id);
      const charge = payment && (await this.rows.charges.lockTransaction(tx, 'stripe', intentOf(told) ?? ''));
      const outcome: DisputeOutcome =
        payment && charge ? await this.applyIn(tx, { payment, charge, told, trail }) : { is: 'foreign' };
      await remember(tx, outcome);
      return outcome;
    });
  }

  private async applyIn(
    tx: EntityManager,
    { payment, charge, told, trail }: { payment: Payment; charge: LockedCharge; told: StripeDispute; trail: Trail },
  ): Promise<DisputeOutcome> {
    if (told.currency !== charge.currency) {
      return { is: 'quarantined', why: `disputed in ${told.currency}, received in ${charge.currency}` };
    }
    const state = stateOf(told);
    const closed = told.status === 'warning_closed';
    const known = await this.disputes.find(tx, told.id);
    const wonBack = known?.state === 'lost' && state === 'won' && told.amount === known.amount;
    if (known && !wonBack) {
      if (contradicts(state, known.state)) {
        return { is: 'quarantined', why: `${state}, and it was ${known.state} before` };
      }
      if (isOldNews({ state, amount: told.amount, closed }, known)) return { is: 'nothing_new', payment };
    }
    await this.disputes.write(tx, { charge, told, state });
    const detail = { dispute_id: told.id, state, amount: told.amount, reason: told.reason };
    await this.rows.audit.record(
      tx,
      trail.upTo(payment.id, { action: `dispute.${closed ? 'inquiry_closed' : state}`, detail }),
    );
    const now = wonBack ? await this.settlement.uncount(tx, { payment, charge, dispute: known }) : payment;
    // A refund told meanwhile found no room in what was counted as gone.
    if (wonBack) await this.refundCalls.reopenQuarantined(tx, payment.id);
    return { is: 'applied', payment: await this.settlement.countLostDisputes(tx, charge.id, now) };
  }
}

interface Told {
  readonly state: DisputeState;
  readonly amount: number;
  readonly closed: boolean;
}

/** Settled is settled; an amount may still grow while it is not, as the customer's bank adds to it. */
function isOldNews(told: Told, known: Told): boolean {
  if (isSettled(known.state)) return true;
  if (told.closed && known.state === 'inquiry') return known.closed;
  return isEarlier(told.state, known.state) || (told.state === known.state && told.amount <= known.amount);
}

function contradicts(told: DisputeState, known: DisputeState): boolean {
  return isSettled(told) && isSettled(known) && told !== known;
}

function isSettled(state: DisputeState): boolean {
  return state === 'won' || state === 'lost';
}

/** An event that comes late: an inquiry that has become a dispute does not become an inquiry again. */
function isEarlier(told: DisputeState, known: DisputeState): boolean {
  return told === 'inquiry' && known === 'open';
}

function intentOf(told: StripeDispute): string | undefined {
  const { payment_intent } = told;
  return typeof payment_intent === 'string' ? payment_intent : payment_intent?.id;
}
