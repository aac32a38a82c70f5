import { inTransaction } from '#database';
import {
  NothingLeftToRefund,
  PaymentDisputed,
  RefundTooLarge,
  StripeRefused,
  StripeUnavailable,
  type AppError,
} from '#errors';
import type { Made } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type LockedCharge, refundable } from '../../ledger/charge.js';
import type { Payment, PaymentDispute } from '../../ledger/payment.js';
import { Ledger } from '../../ledger/ledger.js';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import type { Refund } from '../../ledger/refund.js';
import { RefundAccounting } from '../../ledger/refund-accounting.js';
import { RefundsRepository } from '../../ledger/refunds.repository.js';
import { type ChargeFacts, ReadChargeFacts } from './charge-facts.js';
import { isKnownStatus } from '../disputes/dispute-outcome.js';
import { DisputesRepository } from '../../ledger/disputes.repository.js';
import { isLiveRefund } from './refund-status.js';
import { type RefundCallRow, StripeRefundsRepository } from './stripe-refunds.repository.js';
import { EventRequeue } from '../inbox/event-requeue.js';

type Refused = Extract<Made<never>, { is: 'refused' }>;

/**
 * Settles a refund that Stripe has refused for good. The reservation is released, and every refund and dispute of that
 * charge at Stripe is booked in the same transaction. A refusal often means that the money was already returned another
 * way (https://docs.stripe.com/error-codes#charge-already-refunded, #charge-disputed, …), and no answer may claim that
 * the money is still here unless Stripe says so.
 */
@Injectable()
export class RefusedRefunds {
  constructor(
    private readonly ledger: Ledger,
    private readonly calls: StripeRefundsRepository,
    private readonly refunds: RefundsRepository,
    private readonly disputes: DisputesRepository,
    private readonly accounting: RefundAccounting,
    private readonly facts: ReadChargeFacts,
    private readonly waitingEvents: EventRequeue,
  ) {}

  /** @throws StripeUnavailable when Stripe cannot be read: the refund stays as it is, and is requested again */
  async settle(row: RefundCallRow, made: Refused, auditBuffer: AuditBuffer): Promise<AppError> {
    const facts = await this.facts.read(row.payment_intent);
    const refusal = await inTransaction(this.ledger.dataSource, async (tx) => {
      const payment = await this.ledger.payments.lock(tx, row.payment_id);
      const charge = await this.ledger.charges.lock(tx, await this.refunds.chargeOf(tx, row.refund_id));
      const refund = await this.refunds.find(tx, row.refund_id);
      if (!payment || refund?.status !== 'pending' || !(await this.calls.holdsFence(tx, row))) return undefined;
      await this.calls.answered(tx, refund.id, 'refused');
      await this.end(tx, { payment, charge, refund, made, facts }, auditBuffer);
      const now = await this.facts.book(tx, await this.reload(tx, payment), facts, auditBuffer);
      await this.waitingEvents.requeue(tx, { payment_intent: row.payment_intent, payment_id: payment.id });
      return this.refusal(tx, { payment: now, charge_id: charge.id, refund, made, facts });
    });
    auditBuffer.committed();
    return refusal ?? new StripeUnavailable();
  }

  /** A refund whose money was returned another way is withdrawn, because it was not needed; any other has failed. */
  private async end(
    tx: EntityManager,
    of: { payment: Payment; charge: LockedCharge; refund: Refund; made: Refused; facts: ChargeFacts },
    auditBuffer: AuditBuffer,
  ): Promise<void> {
    const { payment, charge, refund, made, facts } = of;
    const known = await this.refunds.transactionsOf(tx, charge.id);
    const wasReturnedElsewhere =
      facts.refunds.some((other) => isLiveRefund(other) && !known.has(other.id)) ||
      facts.disputes.some((dispute) => !dispute.is_charge_refundable);
    const status = wasReturnedElsewhere ? 'cancelled' : 'failed';
    await this.accounting.settle(tx, { payment, charge, refund }, { status });
    const detail = { refund_id: refund.id, amount: refund.amount, code: made.code };
    await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, { action: `refund.${status}`, detail }));
    auditBuffer.committed();
  }

  private async reload(tx: EntityManager, payment: Payment): Promise<Payment> {
    return (await this.ledger.payments.find(tx, payment.id)) ?? payment;
  }

  private async refusal(
    tx: EntityManager,
    of: { payment: Payment; charge_id: number; refund: Refund; made: Refused; facts: ChargeFacts },
  ): Promise<AppError> {
    const { payment, refund, made } = of;
    const dispute = (await this.disputes.findBlocking(tx, payment.id)) ?? unknownDispute(of.facts);
    if (dispute) return new PaymentDisputed(payment, dispute);
    const charge = await this.ledger.charges.lock(tx, of.charge_id);
    const left = refundable(charge);
    if (left === 0) return new NothingLeftToRefund(payment);
    if (left < refund.amount) return new RefundTooLarge({ refundable_amount: left, currency: charge.currency });
    return new StripeRefused({ stripe_code: made.code, reason: 'refund_refused' });
  }
}

/** A dispute with a status that this version does not know is not booked, and still prevents refunds of the money. */
function unknownDispute({ disputes }: ChargeFacts): PaymentDispute | undefined {
  const unknown = disputes.find(({ status, is_charge_refundable }) => !isKnownStatus(status) && !is_charge_refundable);
  return unknown && { dispute_id: unknown.id, state: 'open', amount: unknown.amount, currency: unknown.currency };
}
