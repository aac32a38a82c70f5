import { Answer } from '#answers';
import type { Caller } from '#auth';
import { Config } from '#config';
import { inTransaction } from '#database';
import {
  AmountMismatch,
  ConsultationClosed,
  ConsultationNotFound,
  Forbidden,
  LockTimeout,
  PaymentExists,
} from '#errors';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, type EntityManager } from 'typeorm';
import type { Consultation } from '../consultations/consultations.repository.js';
import { DEFAULT_CURRENCY } from '../money/currencies.js';
import { taxWithin } from '../money/tax.js';
import { PaymentProviders } from '../providers/payment-providers.js';
import type { Payment } from './payment.js';
import type { StartPaymentRequest } from './payment-requests.js';
import { PaymentRows } from './payment-rows.js';
import { isSecondLivePayment } from './payments.repository.js';
import type { Papers } from './papers.repository.js';

type Outcome = { type: 'new'; payment: Payment; papers: Papers } | { type: 'existing'; payment: Payment };

/**
 * A live payment that the index saw may be gone when we look for it (it was cancelled in between); then the
 * consultation is free again and we start over. Twice in a row is already a strange day.
 */
const ROUNDS = 3;

/** Starts the one payment of a consultation: a second one, however it comes, gets the first as its answer. */
@Injectable()
export class StartPayment {
  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly rows: PaymentRows,
    private readonly providers: PaymentProviders,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(StartPayment.name);
  }

  /**
   * @throws PaymentExists (409 `existing`), ConsultationNotFound, Forbidden, ConsultationClosed, AmountMismatch,
   * AmountOutOfRange, LockTimeout, DatabaseUnavailable
   */
  async run(request: StartPaymentRequest, caller: Caller): Promise<Answer> {
    const { consultation_id, amount, payment_method, currency = DEFAULT_CURRENCY } = request;
    const told = { user_id: caller.user_id, consultation_id, amount, payment_method };
    this.logger.info(told, 'Payment: Processing payment');

    const provider = this.providers.of(payment_method);
    provider.refuseAmount({ amount, currency });

    const outcome = await this.findOrCreate({ ...request, currency }, caller);
    const checkout = await provider.checkoutOf(outcome.payment);
    if (outcome.type === 'existing') {
      this.logger.info(
        { payment_id: outcome.payment.id, ...told },
        'Payment: Duplicate request, existing payment returned',
      );
      throw new PaymentExists({ payment: outcome.payment, checkout });
    }
    const { payment, papers } = outcome;
    this.logger.info(
      { payment_id: payment.id, user_id: payment.user_id, amount, method: payment_method },
      'Payment: New payment created',
    );
    return Answer.created('payment.created', { type: 'new', payment_id: payment.id, payment, ...papers, checkout });
  }

  private async findOrCreate(request: StartPaymentRequest & { currency: string }, caller: Caller): Promise<Outcome> {
    for (let round = 1; round <= ROUNDS; round++) {
      try {
        return await inTransaction(this.dataSource, async (tx) => this.underRowLock(tx, request, caller));
      } catch (error) {
        // The row lock makes this rare: it takes somebody who writes payments without it. The index decides.
        if (!isSecondLivePayment(error)) throw error;
        const payment = await this.rows.payments.findLive(this.dataSource.manager, request.consultation_id);
        if (payment) return { type: 'existing', payment };
      }
    }
    throw new LockTimeout();
  }

  private async underRowLock(
    tx: EntityManager,
    request: StartPaymentRequest & { currency: string },
    caller: Caller,
  ): Promise<Outcome> {
    const consultation = await this.rows.consultations.lock(tx, request.consultation_id);
    if (!consultation) throw new ConsultationNotFound(request.consultation_id);
    if (consultation.patient_id !== caller.user_id) throw new Forbidden();

    const live = await this.rows.payments.findLive(tx, consultation.id);
    if (live) {
      await this.record(tx, 'payment.duplicate_refused', live, caller);
      return { type: 'existing', payment: live };
    }
    refuseUnlessPayable(consultation, request);

    const payment = await this.rows.payments.insert(tx, {
      user_id: caller.user_id,
      consultation_id: consultation.id,
      amount: request.amount,
      currency: request.currency,
      payment_method: request.payment_method,
      metadata: request.metadata ?? {},
      // Stripe's sessions have their own end; a manual payment would block its consultation for ever.
      expires_in_minutes:
        request.payment_method === 'stripe' ? null : this.config.MANUAL_PAYMENT_EXPIRES_MINUTES || null,
    });
    const papers = await this.rows.papers.issue(
      tx,
      payment,
      taxWithin(payment.amount, this.config.TAX_RATE_BASIS_POINTS),
    );
    await this.record(tx, 'payment.created', payment, caller);
    return { type: 'new', payment, papers };
  }

  private async record(tx: EntityManager, action: string, payment: Payment, caller: Caller): Promise<void> {
    const { amount, currency, payment_method, status } = payment;
    await this.rows.audit.record(tx, [
      {
        action,
        payment_id: payment.id,
        actor_user_id: caller.user_id,
        request_id: caller.request_id,
        detail: { amount, currency, payment_method, status },
      },
    ]);
  }
}

/** After the look for a live payment: whoever has paid the old fee hears of that payment, not of the new fee. */
function refuseUnlessPayable(consultation: Consultation, request: { amount: number; currency: string }): void {
  if (consultation.status === 'closed') throw new ConsultationClosed(consultation.id);
  if (request.amount !== consultation.fee || request.currency !== consultation.currency) {
    throw new AmountMismatch({ amount: consultation.fee, currency: consultation.currency });
  }
}
