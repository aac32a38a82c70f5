import { Answer } from '#answers';
import type { Caller } from '#auth';
import { inTransaction } from '#database';
import {
  Forbidden,
  PaymentAlreadyConfirmed,
  PaymentExists,
  PaymentNotFound,
  TransactionAlreadyUsed,
  TransitionNotAllowed,
} from '#errors';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, type EntityManager } from 'typeorm';
import { PaymentProviders } from '../providers/payment-providers.js';
import { type Charge, isUsedTransaction } from './charges.repository.js';
import type { Papers } from './papers.repository.js';
import type { Payment } from './payment.js';
import type { ConfirmPaymentRequest } from './payment-requests.js';
import { PaymentRows } from './payment-rows.js';
import { isPaid, mayBecome } from './payment-states.js';
import { isSecondLivePayment } from './payments.repository.js';

/** The money has come: charge, payment, invoice and tax record change at once or not at all. */
@Injectable()
export class ConfirmPayment {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rows: PaymentRows,
    private readonly providers: PaymentProviders,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(ConfirmPayment.name);
  }

  /**
   * @throws PaymentNotFound, Forbidden, PaymentAlreadyConfirmed, TransitionNotAllowed, TransactionAlreadyUsed,
   * PaymentExists (late money, and the consultation has another payment by now), StripeUnavailable, LockTimeout
   */
  async run(payment_id: number, request: ConfirmPaymentRequest, caller: Caller): Promise<Answer> {
    const known = await this.rows.payments.find(this.dataSource.manager, payment_id);
    if (!known) throw new PaymentNotFound(payment_id);
    if (caller.role === 'patient' && known.user_id !== caller.user_id) throw new Forbidden();

    const claimed = { transaction_id: request.transaction_id, receipt_url: request.receipt_url ?? null };
    const charge = await this.providers.of(known.payment_method).lookUp(known, claimed, caller);
    try {
      const { payment, papers } = await inTransaction(this.dataSource, async (tx) =>
        this.complete(tx, payment_id, charge, caller),
      );
      this.logger.info(
        { payment_id, transaction_id: charge.transaction_id, user_id: payment.user_id },
        'Payment: Confirmed successfully',
      );
      return Answer.ok('payment.confirmed', { payment_id, payment, ...papers, charge });
    } catch (error) {
      if (isUsedTransaction(error)) throw new TransactionAlreadyUsed(charge.transaction_id);
      if (isSecondLivePayment(error)) throw await this.otherPaymentOf(known, error);
      throw error;
    }
  }

  private async complete(
    tx: EntityManager,
    id: number,
    charge: Charge,
    caller: Caller,
  ): Promise<{ payment: Payment; papers: Papers }> {
    const locked = await this.rows.payments.lock(tx, id);
    if (!locked) throw new PaymentNotFound(id);
    if (isPaid(locked.status)) throw new PaymentAlreadyConfirmed(locked);
    if (!mayBecome(locked.status, 'completed')) throw new TransitionNotAllowed(locked, 'completed');

    await this.rows.charges.insert(tx, id, charge);
    const payment = await this.rows.payments.move(tx, { id, from: locked.status, to: 'completed' });
    if (!payment) throw new Error(`Payment ${id} changed while its row was locked`);
    const papers = await this.rows.papers.follow(tx, id, payment.status);
    await this.rows.audit.record(tx, [
      {
        action: 'payment.completed',
        payment_id: id,
        actor_user_id: caller.user_id,
        request_id: caller.request_id,
        detail: {
          from: locked.status,
          transaction_id: charge.transaction_id,
          amount_received: charge.amount_received,
          currency: charge.currency,
        },
      },
    ]);
    return { payment, papers };
  }

  private async otherPaymentOf(known: Payment, error: unknown): Promise<unknown> {
    const live =
      known.consultation_id === null
        ? undefined
        : await this.rows.payments.findLive(this.dataSource.manager, known.consultation_id);
    return live ? new PaymentExists({ payment: live, checkout: null }) : error;
  }
}
