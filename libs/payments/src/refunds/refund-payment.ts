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
import { isMoreThanArrived, type LockedCharge, refundable } from '../ledger/charges.repository.js';
import type { Payment } from '../ledger/payment.js';
import { withPaymentLock } from '../ledger/payment-lock.js';
import { Ledger } from '../ledger/ledger.js';
import { isPaid } from '../ledger/payment-states.js';
import { AuditBuffer, type Step } from '../ledger/audit-buffer.js';
import type { PaymentProvider } from '../provider/payment-provider.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { RefundAnswer, asRefundWaiting, resourceOfRefund } from './refund-answer.js';
import type { RefundPaymentRequest } from './refund-requests.js';
import { RefundAccounting } from '../ledger/refund-accounting.js';
import type { Refund } from '../ledger/refund.js';
import { isUsedRefundTransaction } from '../ledger/refunds.repository.js';
import type { RefundedPayment } from './refund-shapes.js';

/** On whose behalf money is given back, and what was noted on the way. */
interface RefundContext {
  readonly caller: Caller;
  readonly claim: Claim;
  readonly trail: AuditBuffer;
}

/** Gives back money that has arrived, or a part of it: never more than is left, refunds in flight counted. */
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
   * By bank or GCash: with a reference the refund is done at once, in one transaction; without one its amount is reserved
   * until staff settle or withdraw it. By Stripe: reserved, asked for, settled by Stripe's answer or its webhook, whichever
   * is first. A request without a key that has been answered already is answered as a repetition.
   * @throws PaymentNotFound, Forbidden, TransitionNotAllowed, NothingLeftToRefund, RefundTooLarge, PaymentDisputed,
   * TransactionAlreadyUsed, ValidationFailed, ProviderRefused, RefundNeedsDecision, ProviderUnavailable (unclear: the same key
   * goes on),
   * LockTimeout, DatabaseUnavailable; ClaimLostError when another took the key over
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
    // Nobody gives their own money back to themselves, whatever else they may do.
    if (known.user_id === caller.user_id) throw new Forbidden();
    const provider = this.providers.of(known.payment_method);
    if (provider.refunds) {
      if (request.transaction_id !== undefined) {
        throw new ValidationFailed([{ field: 'transaction_id', rule: 'stripe_names_it' }]);
      }
      const unfinished = await this.answer.unfinished(this.ledger.manager, claim.resource, payment_id);
      // The refund that waits is named also while Stripe cannot be asked.
      if (!unfinished) await provider.refunds.assertRefundable(this.ledger.manager, known);
      assertAvailable(provider, unfinished);
    }

    const trail = AuditBuffer.of(caller, 'request.refund');
    try {
      return await withPaymentLock(this.locks, { id: payment_id, caller, trail }, async () =>
        this.refund(payment_id, request, { caller, claim, trail }),
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
    context.trail.committed();
    if (reserved.answer) return reserved.answer;

    const { id, status, payment_method } = reserved.refund;
    const { refunds } = this.providers.of(payment_method);
    if (status === 'pending')
      await refunds?.pursue(id, context.trail, { isNew: !unfinished }).catch(asRefundWaiting(reserved.refund));
    return inTransaction(dataSource, async (tx) => {
      // Its provider may answer with a refund that has failed: no effect, so nothing to remember under the key.
      if (!(await this.answer.unfinished(tx, resourceOfRefund(reserved.refund), payment_id))) {
        throw refunds?.failure() ?? new RefundNotFound(id);
      }
      const answer = await this.answer.asItIs(tx, id, 'refunded');
      await context.claim.settle(tx, answer, resourceOfRefund(reserved.refund));
      return answer;
    });
  }

  /** Money that came and does not match is refunded where it waits. */
  private async notPaid(tx: EntityManager, payment: Payment): Promise<TransitionNotAllowed> {
    const unmatched = await this.ledger.quarantine.findUnmatched(tx, payment.id);
    return new TransitionNotAllowed(payment, 'refunded', { charge_id: unmatched?.charge_id });
  }

  private async reserve(
    tx: EntityManager,
    payment_id: number,
    request: RefundPaymentRequest,
    { caller, claim, trail }: RefundContext,
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
      await this.ledger.audit.record(tx, trail.entries(payment_id, reserved));
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
    await this.ledger.audit.record(tx, trail.entries(payment_id, ...steps));
    const answer = await this.answer.asItIs(
      tx,
      refund.id,
      transaction_id === undefined ? 'refund_reserved' : 'refunded',
    );
    // In this very transaction: there is no moment at which the refund is made and its answer is not.
    await claim.settle(tx, answer, resourceOfRefund(refund));
    crashPoint('refund.before-commit');
    return { refund, answer };
  }
}

/** A refund that waits keeps waiting, and is named. */
function assertAvailable(provider: PaymentProvider, unfinished: Refund | undefined): void {
  try {
    provider.assertAvailable?.();
  } catch (error) {
    if (unfinished?.status === 'pending') asRefundWaiting(unfinished)(error);
    throw error;
  }
}

/** All that is left, unless a part of it is named. What we owe after a refund failed is left even of a refunded payment. */
function amountOf(request: { amount?: number }, payment: Payment, charges: readonly LockedCharge[]): number {
  const left = refundable(...charges);
  if (left === 0 || (payment.status === 'refunded' && payment.refund_owed === 0))
    throw new NothingLeftToRefund(payment);
  const amount = request.amount ?? left;
  if (amount > left) throw new RefundTooLarge({ refundable_amount: left, currency: payment.currency });
  return amount;
}
