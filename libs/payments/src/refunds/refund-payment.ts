import { Answer } from '#answers';
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
} from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { isMoreThanArrived, type LockedCharge, refundable } from '../payments/charges.repository.js';
import type { Payment } from '../payments/payment.js';
import { PaymentRows } from '../payments/payment-rows.js';
import { isPaid } from '../payments/payment-states.js';
import { Trail } from '../payments/trail.js';
import type { RefundPaymentRequest } from './refund-requests.js';
import { RefundSettlement } from './refund-settlement.js';
import type { Refund } from './refund.js';
import { isUsedRefundTransaction, RefundsRepository } from './refunds.repository.js';

/** Gives back money that has arrived, or a part of it: never more than is left, refunds in flight counted. */
@Injectable()
export class RefundPayment {
  constructor(
    private readonly rows: PaymentRows,
    private readonly refunds: RefundsRepository,
    private readonly settlement: RefundSettlement,
    private readonly locks: Locks,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(RefundPayment.name);
  }

  /**
   * With a reference of the bank the refund is done at once, in one transaction; without one its amount is reserved until
   * staff settle or withdraw it. A request without a key that has been answered already is answered as a repetition.
   * @throws PaymentNotFound, Forbidden, TransitionNotAllowed, NothingLeftToRefund, RefundTooLarge, TransactionAlreadyUsed,
   * LockTimeout, DatabaseUnavailable; ClaimLost when another took the key over
   */
  async run(payment_id: number, request: RefundPaymentRequest, caller: Caller, claim: Claim): Promise<Answer> {
    if (claim.finished) return this.repeated(claim.resource);
    const known = await this.rows.payments.find(this.rows.manager, payment_id);
    if (!known) throw new PaymentNotFound(payment_id);
    // Nobody gives their own money back to themselves, whatever else they may do.
    if (known.user_id === caller.user_id) throw new Forbidden();

    const trail = Trail.of(caller, 'request.refund');
    const holder = { user_id: caller.user_id, request_id: caller.request_id };
    const lock = `purchase:complete:${payment_id}`;
    const acquired = trail.waitsFor([lock]);
    try {
      const answer = await this.locks.withLock([lock], { holder }, async () => {
        acquired();
        return inTransaction(this.rows.dataSource, (tx) =>
          this.reserveAndSettle(tx, payment_id, request, { caller, claim, trail }),
        );
      });
      crashPoint('refund.committed');
      return answer;
    } catch (error) {
      if (isUsedRefundTransaction(error)) throw new TransactionAlreadyUsed(request.transaction_id!);
      if (isMoreThanArrived(error)) throw new NothingLeftToRefund(known);
      throw error;
    }
  }

  private async reserveAndSettle(
    tx: EntityManager,
    payment_id: number,
    request: RefundPaymentRequest,
    { caller, claim, trail }: { caller: Caller; claim: Claim; trail: Trail },
  ): Promise<Answer> {
    const payment = await this.rows.payments.lock(tx, payment_id);
    if (!payment) throw new PaymentNotFound(payment_id);
    if (!isPaid(payment.status)) throw new TransitionNotAllowed(payment, 'refunded');
    const charge = await this.rows.charges.lockAccepted(tx, payment_id);
    const amount = amountOf(request, payment, charge);

    const { reason, transaction_id } = request;
    const refund = await this.settlement.reserve(tx, charge, { amount, reason, requested_by: caller.user_id });
    const reserved = { action: 'refund.reserved', detail: { refund_id: refund.id, amount, reason } };
    if (transaction_id === undefined) {
      await this.rows.audit.record(tx, trail.upTo(payment_id, reserved));
      const papers = await this.rows.papers.find(tx, payment_id);
      const left = refundable(charge) - amount;
      const answer = answerOf('refund_reserved', { refund, payment, ...papers, credit_note: null }, left);
      await this.finish(tx, claim, answer, refund);
      return answer;
    }
    const settled = await this.settlement.settle(
      tx,
      { payment, charge, refund },
      { status: 'succeeded', transaction_id },
    );
    const { status } = settled.payment;
    const succeeded = { action: 'refund.succeeded', detail: { refund_id: refund.id, amount, transaction_id, status } };
    await this.rows.audit.record(tx, trail.upTo(payment_id, reserved, succeeded));
    const answer = answerOf('refunded', settled, refundable(charge) - amount);
    await this.finish(tx, claim, answer, refund);
    return answer;
  }

  private async finish(tx: EntityManager, claim: Claim, answer: Answer, refund: Refund): Promise<void> {
    // In this very transaction: there is no moment at which the refund is made and its answer is not.
    await claim.settle(tx, answer, `${refund.payment_id}/refunds/${refund.id}`);
    crashPoint('refund.before-commit');
    const { id: refund_id, payment_id, amount, status } = refund;
    this.logger.info({ payment_id, refund_id, amount, status }, 'Payment: Refund processed');
  }

  /** The refund as it now is, whoever settled it since. */
  private async repeated(resource: string | null): Promise<Answer> {
    const id = Number(resource?.split('/').at(-1));
    const refund = await this.refunds.find(this.rows.manager, id);
    const payment = refund?.payment_id
      ? await this.rows.payments.find(this.rows.manager, refund.payment_id)
      : undefined;
    if (!refund || !payment) throw new RefundNotFound(id);
    const { manager } = this.rows;
    const papers = await this.rows.papers.find(manager, payment.id);
    const charge = await this.rows.charges.findAccepted(manager, payment.id);
    const credit_note = await this.rows.papers.creditNoteOf(manager, id);
    return answerOf('refund_repeated', { refund, payment, ...papers, credit_note }, charge ? refundable(charge) : 0);
  }
}

/** All that is left, unless a part of it is named. */
function amountOf(request: { amount?: number }, payment: Payment, charge: LockedCharge): number {
  const left = refundable(charge);
  if (payment.status === 'refunded') throw new TransitionNotAllowed(payment, 'refunded');
  if (left === 0) throw new NothingLeftToRefund(payment);
  const amount = request.amount ?? left;
  if (amount > left) throw new RefundTooLarge({ refundable_amount: left, currency: charge.currency });
  return amount;
}

function answerOf(
  message: 'refunded' | 'refund_reserved' | 'refund_repeated',
  settled: { refund: Refund; payment: Payment; invoice: unknown; tax: unknown; credit_note: unknown },
  refundable_amount: number,
): Answer {
  const { refund, payment } = settled;
  return Answer.ok(`payment.${message}`, {
    refund_id: refund.id,
    payment_id: payment.id,
    ...settled,
    refundable_amount,
  });
}
