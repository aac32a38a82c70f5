import { Answer } from '#answers';
import type { Caller } from '#auth';
import { Config } from '#config';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import {
  AmountMismatch,
  ConsultationClosed,
  ConsultationNotFound,
  Forbidden,
  LockTimeout,
  PaymentExists,
  PaymentNotFound,
} from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import type { Consultation } from '../consultations/consultations.repository.js';
import { DEFAULT_CURRENCY } from '../money/currencies.js';
import { taxWithin } from '../money/tax.js';
import { PaymentProviders } from '../providers/payment-providers.js';
import type { Payment } from './payment.js';
import type { StartPaymentRequest } from './payment-requests.js';
import { PaymentRows } from './payment-rows.js';
import { isSecondLivePayment } from './payments.repository.js';
import { Trail } from './trail.js';

type Priced = StartPaymentRequest & { readonly currency: string };
/** On whose behalf a payment is started, and what was noted on the way. */
interface Asking {
  readonly caller: Caller;
  readonly claim: Claim;
  readonly trail: Trail;
}

type Outcome = { type: 'new'; payment: Payment; answer: Answer } | { type: 'existing'; payment: Payment };

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
    private readonly rows: PaymentRows,
    private readonly locks: Locks,
    private readonly providers: PaymentProviders,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(StartPayment.name);
  }

  /**
   * The claim on the client's key was made before we came here; its answer is stored with the payment.
   * @throws PaymentExists (409 `existing`), ConsultationNotFound, Forbidden, ConsultationClosed, AmountMismatch,
   * AmountOutOfRange, LockTimeout, DatabaseUnavailable; ClaimLost when another took the key over
   */
  async run(request: StartPaymentRequest, caller: Caller, claim: Claim): Promise<Answer> {
    const { consultation_id, amount, payment_method, currency = DEFAULT_CURRENCY } = request;
    const told = { user_id: caller.user_id, consultation_id, amount, payment_method };
    this.logger.info(told, 'Payment: Processing payment');
    if (claim.finished) throw await this.asItNowIs(Number(claim.resource));
    this.providers.of(payment_method).refuseAmount({ amount, currency });

    // Whoever hears of this payment elsewhere locks it by its id; so the id is there before the row.
    const id = claim.resource === null ? await this.rows.payments.drawId(this.rows.manager) : Number(claim.resource);
    const keys = [`payment:lock:${consultation_id}:${caller.user_id}`, `purchase:complete:${id}`];
    const holder = { user_id: caller.user_id, request_id: caller.request_id };
    const trail = Trail.of(caller, 'request.create', { payment_method });
    const acquired = trail.waitsFor(keys);
    const outcome = await this.locks.withLock(keys, { holder }, async (signal) => {
      acquired();
      crashPoint('locks.acquired');
      if (signal.aborted) throw new LockTimeout();
      return this.findOrCreate(id, { ...request, currency }, { caller, claim, trail });
    });
    crashPoint('locks.released');

    const { payment } = outcome;
    if (outcome.type === 'existing') {
      this.logger.info({ payment_id: payment.id, ...told }, 'Payment: Duplicate request, existing payment returned');
      throw new PaymentExists({ payment, checkout: null });
    }
    const { user_id } = payment;
    this.logger.info({ payment_id: id, user_id, amount, method: payment_method }, 'Payment: New payment created');
    return outcome.answer;
  }

  private async findOrCreate(id: number, request: Priced, on: Asking): Promise<Outcome> {
    for (let round = 1; round <= ROUNDS; round++) {
      try {
        const outcome = await inTransaction(this.rows.dataSource, (tx) => this.underRowLock(tx, id, request, on));
        crashPoint('payment.committed');
        return outcome;
      } catch (error) {
        // The row lock makes this rare: it takes somebody who writes payments without it. The index decides.
        if (!isSecondLivePayment(error)) throw error;
        const payment = await this.rows.payments.findLive(this.rows.manager, request.consultation_id);
        if (payment) return { type: 'existing', payment };
      }
    }
    throw new LockTimeout();
  }

  private async underRowLock(
    tx: EntityManager,
    id: number,
    request: Priced,
    { caller, claim, trail }: Asking,
  ): Promise<Outcome> {
    const consultation = await this.rows.consultations.lock(tx, request.consultation_id);
    if (!consultation) throw new ConsultationNotFound(request.consultation_id);
    if (consultation.patient_id !== caller.user_id) throw new Forbidden();

    const live = await this.rows.payments.findLive(tx, consultation.id);
    if (live) {
      await this.record(tx, 'payment.duplicate_refused', live, trail);
      return { type: 'existing', payment: live };
    }
    refuseUnlessPayable(consultation, request);

    const payment = await this.rows.payments.insert(tx, {
      id,
      user_id: caller.user_id,
      consultation_id: consultation.id,
      amount: request.amount,
      currency: request.currency,
      payment_method: request.payment_method,
      metadata: request.metadata ?? {},
      // Unpaid for ever, it would block its consultation for ever.
      expires_in_minutes: this.config.MANUAL_PAYMENT_EXPIRES_MINUTES || null,
    });
    const papers = await this.rows.papers.issue(
      tx,
      payment,
      taxWithin(payment.amount, this.config.TAX_RATE_BASIS_POINTS),
    );
    await this.record(tx, 'payment.created', payment, trail);

    const answer = Answer.created('payment.created', {
      type: 'new',
      payment_id: id,
      payment,
      ...papers,
      checkout: null,
    });
    // In this very transaction: there is no moment at which the payment is made and its answer is not.
    await claim.settle(tx, answer, String(id));
    crashPoint('payment.before-commit');
    return { type: 'new', payment, answer };
  }

  /** A finished key of the seeds' contract names its own payment, whatever has become of it since. */
  private async asItNowIs(id: number): Promise<PaymentExists | PaymentNotFound> {
    const payment = await this.rows.payments.find(this.rows.manager, id);
    return payment ? new PaymentExists({ payment, checkout: null }) : new PaymentNotFound(id);
  }

  private async record(tx: EntityManager, action: string, payment: Payment, trail: Trail): Promise<void> {
    const { amount, currency, payment_method, status } = payment;
    const detail = { amount, currency, payment_method, status };
    await this.rows.audit.record(tx, trail.upTo(payment.id, { action, detail }));
  }
}

/** After the look for a live payment: whoever has paid the old fee hears of that payment, not of the new fee. */
function refuseUnlessPayable(consultation: Consultation, request: { amount: number; currency: string }): void {
  if (consultation.status === 'closed') throw new ConsultationClosed(consultation.id);
  if (request.amount !== consultation.fee || request.currency !== consultation.currency) {
    throw new AmountMismatch({ amount: consultation.fee, currency: consultation.currency });
  }
}
