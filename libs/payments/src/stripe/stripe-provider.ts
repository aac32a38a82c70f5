import { AmountOutOfRange, PaymentDisputed, RefundNeedsDecision, StripeRefused, StripeUnavailable } from '#errors';
import { Locks } from '#locking';
import { StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Checkout, Payment } from '../ledger/payment.js';
import { CURRENCIES, type Currency } from '../ledger/money/currencies.js';
import { QuarantineRepository } from '../ledger/quarantine.repository.js';
import type { Trail } from '../ledger/audit-buffer.js';
import type { InsertedRefund } from '../ledger/refunds.repository.js';
import { refundRequest } from './refunds/refund-request.js';
import { FIRST_FENCE } from './refunds/stripe-refunds.js';
import { type Order, sessionRequest } from './sessions/session-request.js';
import { InquireSession } from './sessions/inquire-session.js';
import { StripeCalls } from './stripe-calls.js';
import { WithdrawStripeRefund } from './refunds/withdraw-stripe-refund.js';
import type { Opened, Opening, PaymentProvider, Withdrawal } from '../provider/payment-provider.js';
import type { Inquiry } from '../provider/inquiry.js';

/** Stripe Checkout: a page of Stripe's on which the money is paid, and Stripe's word for whether it was. */
@Injectable()
export class StripeProvider implements PaymentProvider {
  readonly methods = ['stripe'] as const;
  readonly refundsSettledBy = 'provider';
  readonly confirmedBy = 'provider';

  constructor(
    private readonly gateway: StripeGateway,
    private readonly locks: Locks,
    private readonly calls: StripeCalls,
    private readonly quarantine: QuarantineRepository,
    private readonly withdrawRefund: WithdrawStripeRefund,
    private readonly inquireSession: InquireSession,
  ) {}

  refuseUnlessConfigured(): void {
    this.gateway.refuseUnlessConfigured();
  }

  refuseAmount(money: { amount: number; currency: string }): void {
    const rules = CURRENCIES[money.currency as Currency].stripe;
    if (money.amount < rules.minimum || money.amount > rules.maximum) {
      throw new AmountOutOfRange({ currency: money.currency, ...rules });
    }
  }

  refuseWhenDown(): void {
    this.gateway.refuseWhenDown();
  }

  expiresInMinutes(): null {
    return null;
  }

  async prepare(tx: EntityManager, payment: Payment, ref: string, order: Order): Promise<boolean> {
    const request = sessionRequest(payment, ref, order);
    const { api_version } = this.gateway;
    await this.calls.sessionRows.insert(tx, { payment_id: payment.id, request, api_version });
    return true;
  }

  async open(payment_id: number, how: Opening): Promise<Opened> {
    return this.calls.sessions.open(payment_id, how);
  }

  /**
   * Asks only where our own word would not do: an unanswered call, or a page whose time is over.
   * @throws StripeUnavailable, LockTimeout: a payment stands, and where it can be paid nobody knows right now
   */
  async look(payment: Payment, trail: Trail): Promise<Opened> {
    const { manager } = this.calls;
    const row = payment.status === 'pending' ? await this.calls.sessionRows.find(manager, payment.id) : undefined;
    if (!row || !(row.state === 'unanswered' || row.lapsed)) return this.known(payment);
    try {
      await this.locks.withLock([`purchase:complete:${payment.id}`], {}, async () => {
        if (row.state === 'unanswered') await this.calls.sessions.open(payment.id, { trail });
        else await this.calls.giveBack(await this.calls.sessions.look(payment.id, trail), trail);
      });
    } catch (error) {
      // Refused: it has failed, which is read below.
      if (!(error instanceof StripeRefused)) throw error;
    }
    return this.known(payment);
  }

  /**
   * Asks what a pending payment's session is by now, and applies it. The caller holds `purchase:complete:{id}`.
   * @returns known: false when Stripe does not know the session any more, so that nobody can be sent there
   */
  async refresh(payment: Payment, trail: Trail): Promise<{ payment: Payment; known: boolean }> {
    let known = true;
    const row = await this.calls.sessionRows.find(this.calls.manager, payment.id);
    if (row?.state === 'unanswered') await this.calls.sessions.open(payment.id, { trail }).catch(unlessRefused);
    else {
      const outcome = await this.calls.sessions.look(payment.id, trail);
      known = outcome !== undefined;
      await this.calls.giveBack(outcome, trail);
    }
    return { payment: (await this.calls.find(payment.id)) ?? payment, known };
  }

  async close(payment_id: number, trail: Trail): Promise<number> {
    return this.calls.sessions.close(payment_id, trail);
  }

  async isClosed(tx: EntityManager, payment_id: number, fence: number): Promise<boolean> {
    return this.calls.sessions.closed(tx, payment_id, fence);
  }

  async inquire(payment: Payment, trail: Trail): Promise<Inquiry> {
    return this.inquireSession.run(payment, trail);
  }

  async letGo(
    tx: EntityManager,
    payment_id: number,
    { fence, said }: Pick<Inquiry, 'fence' | 'said'>,
  ): Promise<boolean> {
    return this.calls.sessionRows.letGo(tx, { payment_id, fence }, said === 'closed');
  }

  /** Nobody is sent to pay while money of theirs is here that waits for staff: they would pay twice. */
  async checkoutOf(payment: Payment): Promise<Checkout | null> {
    const { manager } = this.calls;
    if (payment.status !== 'pending' || (await this.quarantine.findUnmatched(manager, payment.id))) return null;
    return this.calls.sessions.checkoutOf(manager, payment.id);
  }

  instructionsFor(): null {
    return null;
  }

  refuseConfirmation(): void {
    throw new Error('Stripe is asked; staff do not confirm its payments');
  }

  async refuseRefund(manager: EntityManager, payment: Payment): Promise<void> {
    const dispute = await this.calls.disputes.findBlocking(manager, payment.id);
    if (dispute) throw new PaymentDisputed(payment, dispute);
    // Whether an earlier one has paid back is not known: another in other words would pay back beside it.
    const waiting = await this.calls.refundRows.findUnanswered(manager, payment.id);
    if (waiting) {
      const { refund_id, amount, conflicting_refunds } = waiting;
      const { id: payment_id, currency } = payment;
      if (conflicting_refunds.length > 0) {
        throw new RefundNeedsDecision({ payment_id, refund_id, amount, currency, conflicting_refunds });
      }
      throw new StripeUnavailable({
        reason: 'refund_waits',
        params: { refund_id, amount, currency },
        data: { payment_id, refund_id, status: 'pending', amount, currency },
      });
    }
  }

  async prepareRefund(
    tx: EntityManager,
    { transaction_id, refund }: { transaction_id: string; refund: InsertedRefund },
  ): Promise<void> {
    const request = refundRequest(refund, transaction_id);
    await this.calls.refundRows.insert(tx, { refund_id: refund.id, request });
  }

  async prepareWithdrawal(refund_id: number, ifUnreachable: 'refuse' | 'withdraw', trail: Trail): Promise<Withdrawal> {
    return this.withdrawRefund.prepare(refund_id, ifUnreachable, trail);
  }

  async pursueRefund(refund_id: number, trail: Trail, { isNew = false } = {}): Promise<void> {
    await this.calls.refunds.pursue(refund_id, trail, isNew ? { fence: FIRST_FENCE } : {});
  }

  private async known(payment: Payment): Promise<Opened> {
    const now = (await this.calls.find(payment.id)) ?? payment;
    return { payment: now, checkout: await this.checkoutOf(now) };
  }
}

/** Refused, the payment has failed, which is read afterwards. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof StripeRefused)) throw error;
}
