import type { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import {
  Forbidden,
  NothingLeftToRefund,
  PaymentNotFound,
  RefundNotFound,
  RefundTooLarge,
  TransactionAlreadyUsed,
  TransitionNotAllowed,
  ValidationFailed,
} from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type LockedCharge, refundable } from '../ledger/charge.js';
import { isMoreThanArrived } from '../ledger/charges.repository.js';
import type { Payment } from '../ledger/payment.js';
import { withPaymentLock } from '../ledger/payment-lock.js';
import { Ledger } from '../ledger/ledger.js';
import { isPaid } from '../ledger/payment-states.js';
import { AuditBuffer, type Step } from '../ledger/audit-buffer.js';
import type { PaymentProvider } from '../provider/payment-provider.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { RefundAnswer, asRefundWaiting, resourceOfRefund } from './refund-answer.js';
import { RefundAccounting } from '../ledger/refund-accounting.js';
import type { RefundPaymentRequest } from '../provider/staff-refund-request.js';
import type { Refund } from '../ledger/refund.js';
import { isUsedRefundTransaction } from '../ledger/refunds.repository.js';
import type { RefundedPayment } from './refund-shapes.js';

/** The caller and claim of a refund, and its audit entries. */
interface RefundContext {
  readonly caller: Caller;
  readonly claim: Claim;
  readonly auditBuffer: AuditBuffer;
}

/** Refunds money that has arrived, or a part of it. Never more than is left, with pending refunds subtracted. */
@Injectable()
export class RefundPayment {
  constructor(
    private readonly ledger: Ledger,
    private readonly accounting: RefundAccounting,
    private readonly locks: Locks,
    private readonly providers: ProviderRegistry,
    private readonly answer: RefundAnswer,
  ) {}

  /**
   * By bank or GCash: with a reference, the refund is settled immediately, in one transaction; without one, its amount
   * is reserved until staff settle or withdraw it. By Stripe: the refund is reserved, requested, and settled by
   * Stripe's answer or its webhook, whichever comes first. A request without a key that was already answered is
   * answered as a repetition.
   * @throws PaymentNotFound, Forbidden, TransitionNotAllowed, NothingLeftToRefund, RefundTooLarge, PaymentDisputed,
   *   TransactionAlreadyUsed, ValidationFailed, ProviderRefused, RefundNeedsDecision, ProviderUnavailable (unclear: retry
   *   with the same key), LockTimeout, DatabaseUnavailable; ClaimLostError when another process took over the key
   */
  async run(
    payment_id: number,
    request: RefundPaymentRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<RefundedPayment>> {
    if (claim.finished) return this.answer.repeated(this.ledger.manager, claim.resource, payment_id);
    const known = await this.ledger.payments.find(this.ledger.manager, payment_id);
    if (!known) throw new PaymentNotFound(payment_id);
    // Users cannot refund their own payments, whatever their role.
    if (known.user_id === caller.user_id) throw new Forbidden();
    const provider = this.providers.of(known.payment_method);
    if (provider.refunds) {
      if (request.transaction_id !== undefined) {
        const params = { provider: provider.displayName };
        throw new ValidationFailed([{ field: 'transaction_id', rule: 'provider_names_it', params }]);
      }
      const unfinished = await this.answer.unfinished(this.ledger.manager, claim.resource, payment_id);
      // The waiting refund is named even while Stripe cannot be asked.
      if (!unfinished) await provider.refunds.assertRefundable(this.ledger.manager, known);
      assertAvailable(provider, unfinished);
    }

    const auditBuffer = AuditBuffer.of(caller, 'request.refund');
    try {
      return await withPaymentLock(this.locks, { id: payment_id, caller, auditBuffer }, async () =>
        this.refund(payment_id, request, { caller, claim, auditBuffer }),
      );
    } catch (error) {
      if (isUsedRefundTransaction(error))
        throw new TransactionAlreadyUsed(request.transaction_id!, { reason: 'transaction_paid_back' });
      if (isMoreThanArrived(error)) throw new NothingLeftToRefund(known);
      throw error;
    }
  }

  private async refund(
    payment_id: number,
    request: RefundPaymentRequest,
    context: RefundContext,
  ): Promise<Answer<RefundedPayment>> {
    const { dataSource } = this.ledger;
    const unfinished = await this.answer.unfinished(this.ledger.manager, context.claim.resource, payment_id);
    const reserved = unfinished
      ? { refund: unfinished, answer: undefined }
      : await inTransaction(dataSource, (tx) => this.reserve(tx, payment_id, request, context));
    crashPoint('refund.committed');
    context.auditBuffer.committed();
    if (reserved.answer) return reserved.answer;

    const { id, status, payment_method } = reserved.refund;
    const { refunds } = this.providers.of(payment_method);
    if (status === 'pending')
      await refunds?.pursue(id, context.auditBuffer, { isNew: !unfinished }).catch(asRefundWaiting(reserved.refund));
    return inTransaction(dataSource, async (tx) => {
      // The provider may answer with a failed refund. That has no effect, so nothing is stored under the key.
      if (!(await this.answer.unfinished(tx, resourceOfRefund(reserved.refund), payment_id))) {
        throw refunds?.failure() ?? new RefundNotFound(id);
      }
      const answer = await this.answer.asItIs(tx, id, 'refunded');
      await context.claim.settle(tx, answer, resourceOfRefund(reserved.refund));
      return answer;
    });
  }

  /** Money that arrived and does not match the payment is refunded through its charge. */
  private async notPaid(tx: EntityManager, payment: Payment): Promise<TransitionNotAllowed> {
    const unmatched = await this.ledger.quarantine.findUnmatched(tx, payment.id);
    return new TransitionNotAllowed(payment, 'refunded', { charge_id: unmatched?.charge_id });
  }

  private async reserve(
    tx: EntityManager,
    payment_id: number,
    request: RefundPaymentRequest,
    { caller, claim, auditBuffer }: RefundContext,
  ): Promise<{ refund: Refund; answer: Answer<RefundedPayment> | undefined }> {
    const payment = await this.ledger.payments.lock(tx, payment_id);
    if (!payment) throw new PaymentNotFound(payment_id);
    if (!isPaid(payment.status)) throw await this.notPaid(tx, payment);
    const charges = await this.ledger.charges.lockAccepted(tx, payment_id);
    const charge = charges[0]!;
    const { refunds } = this.providers.of(payment.payment_method);
    await refunds?.assertRefundable(tx, payment);
    const amount = amountOf(request, payment, charges);

    const { reason, transaction_id } = request;
    const refund = await this.accounting.reserve(tx, charges, { amount, reason, requested_by: caller.user_id });
    const reserved: Step = { action: 'refund.reserved', detail: { refund_id: refund.id, amount, reason } };
    if (refunds) {
      await refunds.prepare(tx, { transaction_id: charge.transaction_id, refund });
      await this.ledger.audit.record(tx, auditBuffer.entries(payment_id, reserved));
      await claim.attach(tx, resourceOfRefund(refund));
      crashPoint('refund.before-commit');
      return { refund, answer: undefined };
    }
    const steps = [reserved];
    if (transaction_id !== undefined) {
      await this.accounting.refuseIncoming(tx, payment, transaction_id);
      const settled = await this.accounting.settle(
        tx,
        { payment, charge, refund },
        { status: 'succeeded', transaction_id },
      );
      const detail = { refund_id: refund.id, amount, reason, transaction_id, status: settled.payment.status };
      steps.push({ action: 'refund.succeeded', detail });
    }
    await this.ledger.audit.record(tx, auditBuffer.entries(payment_id, ...steps));
    const answer = await this.answer.asItIs(
      tx,
      refund.id,
      transaction_id === undefined ? 'refund_reserved' : 'refunded',
    );
    // Stored in the transaction that makes the refund, so that there is no moment with a refund and without its answer.
    await claim.settle(tx, answer, resourceOfRefund(refund));
    crashPoint('refund.before-commit');
    return { refund, answer };
  }
}

/** A waiting refund keeps waiting, and the error names it. */
function assertAvailable(provider: PaymentProvider, unfinished: Refund | undefined): void {
  try {
    provider.assertAvailable?.();
  } catch (error) {
    if (unfinished?.status === 'pending') asRefundWaiting(unfinished)(error);
    throw error;
  }
}

/** Defaults to all that is left. A refund owed after a failed refund is left even when the payment is refunded. */
function amountOf(request: { amount?: number }, payment: Payment, charges: readonly LockedCharge[]): number {
  const left = refundable(...charges);
  if (left === 0 || (payment.status === 'refunded' && payment.refund_owed === 0))
    throw new NothingLeftToRefund(payment);
  const amount = request.amount ?? left;
  if (amount > left) throw new RefundTooLarge({ refundable_amount: left, currency: payment.currency });
  return amount;
}
