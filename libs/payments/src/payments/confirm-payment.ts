import { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import {
  Forbidden,
  PaymentAlreadyConfirmed,
  PaymentExists,
  PaymentNotFound,
  TransactionAlreadyUsed,
  TransitionNotAllowed,
} from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { PaymentProviders } from '../providers/payment-providers.js';
import { type Charge, isUsedTransaction } from './charges.repository.js';
import { ConfirmByStripe } from './confirm-by-stripe.js';
import type { Payment } from './payment.js';
import type { ConfirmPaymentRequest } from './payment-requests.js';
import { PaymentRows } from './payment-rows.js';
import { isPaid, mayBecome } from './payment-states.js';
import { isSecondLivePayment } from './payments.repository.js';
import { Trail } from './trail.js';
import type { ConfirmedPayment } from './payment-answers.js';

/** The money has come: charge, payment, invoice and tax record change at once or not at all. */
@Injectable()
export class ConfirmPayment {
  constructor(
    private readonly rows: PaymentRows,
    private readonly locks: Locks,
    private readonly providers: PaymentProviders,
    private readonly byStripe: ConfirmByStripe,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(ConfirmPayment.name);
  }

  /**
   * @throws PaymentNotFound, Forbidden, PaymentAlreadyConfirmed, TransitionNotAllowed, TransactionAlreadyUsed,
   * PaymentExists (late money, and the consultation has another payment by now), StripeUnavailable, LockTimeout
   */
  async run(
    payment_id: number,
    request: ConfirmPaymentRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<ConfirmedPayment>> {
    const known = await this.rows.payments.find(this.rows.manager, payment_id);
    if (!known) throw new PaymentNotFound(payment_id);
    if (caller.role === 'patient' && known.user_id !== caller.user_id) throw new Forbidden();

    const claimed = { transaction_id: request.transaction_id, receipt_url: request.receipt_url ?? null };
    const provider = this.providers.of(known.payment_method);
    if (provider.confirmedBy === 'provider') return this.byStripe.run(known, request.transaction_id, caller, claim);
    const charge = provider.vouch(known, claimed, caller);
    const trail = Trail.of(caller, 'request.confirm', { transaction_id: charge.transaction_id });
    try {
      const holder = { user_id: caller.user_id, request_id: caller.request_id };
      const lock = `purchase:complete:${payment_id}`;
      const acquired = trail.waitsFor([lock]);
      const answer = await this.locks.withLock([lock], { holder }, async () => {
        acquired();
        return inTransaction(this.rows.dataSource, (tx) => this.complete(tx, payment_id, charge, { claim, trail }));
      });
      crashPoint('confirm.committed');
      this.logger.info(
        { payment_id, transaction_id: charge.transaction_id, user_id: known.user_id },
        'Payment: Confirmed successfully',
      );
      return answer;
    } catch (error) {
      if (isUsedTransaction(error)) throw new TransactionAlreadyUsed(charge.transaction_id);
      if (isSecondLivePayment(error)) throw await this.takenPlace(known, charge, trail, error);
      throw error;
    }
  }

  private async complete(
    tx: EntityManager,
    id: number,
    charge: Charge,
    { claim, trail }: { claim: Claim; trail: Trail },
  ): Promise<Answer<ConfirmedPayment>> {
    const locked = await this.rows.payments.lock(tx, id);
    if (!locked) throw new PaymentNotFound(id);
    if (isPaid(locked.status)) {
      const confirmed = await this.rows.charges.find(tx, id);
      throw new PaymentAlreadyConfirmed(locked, confirmed?.transaction_id ?? null);
    }
    if (!mayBecome(locked.status, 'completed')) throw new TransitionNotAllowed(locked, 'completed');

    await this.rows.charges.insert(tx, id, charge);
    const payment = await this.rows.payments.move(tx, { id, from: locked.status, to: 'completed' });
    if (!payment) throw new Error(`Payment ${id} changed while its row was locked`);
    const papers = await this.rows.papers.follow(tx, id, payment.status);
    const { transaction_id, amount_received, currency } = charge;
    const detail = { from: locked.status, transaction_id, amount_received, currency };
    await this.rows.audit.record(tx, trail.upTo(id, { action: 'payment.completed', detail }));
    const answer = Answer.ok('payment.confirmed', { payment_id: id, payment, ...papers, charge });
    await claim.settle(tx, answer, String(id));
    crashPoint('confirm.before-commit');
    return answer;
  }

  /**
   * Money has come for a payment whose place another has taken. Nothing is changed, but it is remembered: staff give it
   * back, or find that they meant the other payment, whose transaction it then still can be.
   */
  private async takenPlace(known: Payment, charge: Charge, trail: Trail, error: unknown): Promise<unknown> {
    const { manager } = this.rows;
    const live =
      known.consultation_id === null ? undefined : await this.rows.payments.findLive(manager, known.consultation_id);
    if (!live) return error;
    const { transaction_id, amount_received, currency } = charge;
    const detail = { transaction_id, amount_received, currency, live_payment_id: live.id };
    await this.rows.audit.record(manager, trail.upTo(known.id, { action: 'payment.late_money_refused', detail }));
    return new PaymentExists({ payment: live, checkout: null });
  }
}
