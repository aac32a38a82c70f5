import { PaymentDisputed, RefundNeedsDecision, StripeRefused, StripeUnavailable } from '#errors';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { DisputesRepository } from '../../ledger/disputes.repository.js';
import type { Payment } from '../../ledger/payment.js';
import type { InsertedRefund } from '../../ledger/refunds.repository.js';
import type { ProviderRefunds, Withdrawal } from '../../provider/payment-provider.js';
import { refundRequest } from './refund-request.js';
import { INITIAL_FENCE, StripeRefunds } from './stripe-refunds.js';
import { StripeRefundsRepository } from './stripe-refunds.repository.js';
import { WithdrawStripeRefund } from './withdraw-stripe-refund.js';

/** Refunds that Stripe makes (https://docs.stripe.com/refunds). */
@Injectable()
export class StripeProviderRefunds implements ProviderRefunds {
  constructor(
    private readonly refunds: StripeRefunds,
    private readonly rows: StripeRefundsRepository,
    private readonly disputes: DisputesRepository,
    private readonly withdrawRefund: WithdrawStripeRefund,
  ) {}

  async assertRefundable(manager: EntityManager, payment: Payment): Promise<void> {
    const dispute = await this.disputes.findBlocking(manager, payment.id);
    if (dispute) throw new PaymentDisputed(payment, dispute);
    // Whether an earlier refund was made is unknown. Another one with other terms could be made in addition.
    const waiting = await this.rows.findUnanswered(manager, payment.id);
    if (!waiting) return;
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

  async prepare(
    tx: EntityManager,
    { transaction_id, refund }: { transaction_id: string; refund: InsertedRefund },
  ): Promise<void> {
    await this.rows.insert(tx, { refund_id: refund.id, request: refundRequest(refund, transaction_id) });
  }

  async pursue(refund_id: number, auditBuffer: AuditBuffer, { isNew = false } = {}): Promise<void> {
    await this.refunds.pursue(refund_id, auditBuffer, isNew ? { fence: INITIAL_FENCE } : {});
  }

  failure(): StripeRefused {
    return new StripeRefused({ stripe_code: 'refund_failed', reason: 'refund_failed_at_stripe' });
  }

  async prepareWithdrawal(
    refund_id: number,
    ifUnreachable: 'refuse' | 'withdraw',
    auditBuffer: AuditBuffer,
  ): Promise<Withdrawal> {
    return this.withdrawRefund.prepare(refund_id, ifUnreachable, auditBuffer);
  }
}
