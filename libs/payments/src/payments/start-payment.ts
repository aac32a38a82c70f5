import { Answer, say } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import {
  AmountMismatch,
  type AppError,
  ConsultationClosed,
  ConsultationNotFound,
  Forbidden,
  LockTimeout,
  PaymentExists,
  PaymentNotFound,
  ProviderUnavailable,
} from '#errors';
import { ResultVoidedError, type Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { AuditBuffer } from '../ledger/audit-buffer.js';
import type { Consultation } from '../ledger/consultations.repository.js';
import type { PaymentDocuments } from '../ledger/invoices.repository.js';
import { Ledger } from '../ledger/ledger.js';
import { DEFAULT_CURRENCY } from '../ledger/money/currencies.js';
import { findOutdated, hasOldPrice } from '../ledger/outdated.js';
import { paymentLockKey, withPaymentLock } from '../ledger/payment-lock.js';
import { isLive, isOver } from '../ledger/payment-states.js';
import type { Payment } from '../ledger/payment.js';
import { isSecondLivePayment } from '../ledger/payments.repository.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { CloseOutdated } from './close-outdated.js';
import { NewPayments } from './new-payments.js';
import type { NewPayment } from './payment-answers.js';
import { asInProgress } from './payment-in-progress.js';
import type { StartPaymentRequest } from './payment-requests.js';

type Terms = StartPaymentRequest & { readonly currency: string };

/** On whose behalf a payment is started, and what the audit log will say about it. */
interface StartContext {
  readonly caller: Caller;
  readonly claim: Claim;
  readonly trail: AuditBuffer;
}

/** What the first transaction found or made. */
type Outcome =
  /** Made and answered: nobody has to be asked. */
  | { readonly is: 'answered'; readonly answer: Answer<NewPayment> }
  /** Made: its provider has to be asked for a page before there is an answer. */
  | { readonly is: 'made'; readonly payment: Payment; readonly fence: number }
  | { readonly is: 'existing'; readonly payment: Payment }
  /** Its page must not be paid any more. `refusal`: what this request is answered once it is closed. */
  | { readonly is: 'outdated'; readonly payment: Payment; readonly refusal: AppError | undefined };

/**
 * A live payment that we saw may be gone when we look again (it was cancelled, or its page had lapsed); then the
 * consultation is free and we start over. Twice in a row is already a strange day.
 */
const MAX_ROUNDS = 3;

/**
 * Starts the one payment of a consultation: a second one, however it comes, gets the first as its answer.
 *
 * The order of things, for every method: the request's idempotency key is claimed before this runs; the locks of the
 * consultation and of the payment to be; one transaction under the consultation's row lock that makes the payment; then, for
 * a method with a hosted page, the provider, asked with no transaction open; and a last transaction that books the page. The
 * answer is stored under the key in the transaction after which nothing is left to do: the first one for a method without a
 * page, the last one for a method with one.
 */
@Injectable()
export class StartPayment {
  constructor(
    private readonly ledger: Ledger,
    private readonly newPayments: NewPayments,
    private readonly locks: Locks,
    private readonly providers: ProviderRegistry,
    private readonly closeOutdated: CloseOutdated,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(StartPayment.name);
  }

  /**
   * @throws StripeNotConfigured, PaymentExists (409 `existing`), ConsultationNotFound, Forbidden, ConsultationClosed, AmountMismatch,
   * AmountOutOfRange, LockTimeout, DatabaseUnavailable, ProviderUnavailable (unclear: the same key goes on), PaymentInProgress
   * (Stripe still works on an earlier request for it: the same key goes on), ProviderRefused;
   * ClaimLostError when another took the key over
   */
  async run(request: StartPaymentRequest, caller: Caller, claim: Claim): Promise<Answer<NewPayment>> {
    const { consultation_id, amount, payment_method, currency = DEFAULT_CURRENCY } = request;
    this.logger.info(
      { user_id: caller.user_id, consultation_id, amount, payment_method },
      'Payment: Processing payment',
    );
    const context = { caller, claim, trail: AuditBuffer.of(caller, 'request.create', { payment_method }) };
    try {
      if (claim.finished) throw await this.finishedBefore(Number(claim.resource), caller);
      return (await this.resume(context)) ?? (await this.startUnderLock({ ...request, currency }, context));
    } catch (error) {
      throw asInProgress(error, claim.key);
    }
  }

  private async startUnderLock(request: Terms, context: StartContext): Promise<Answer<NewPayment>> {
    const { consultation_id, amount, currency } = request;
    const { caller, trail } = context;
    const provider = this.providers.of(request.payment_method);
    provider.assertConfigured?.();
    provider.assertAmount?.({ amount, currency });
    provider.assertAvailable?.();
    // Other processes lock the payment by its id; so the id is there before the row.
    const id = await this.ledger.payments.drawId(this.ledger.manager);
    const keys = [`payment:lock:${consultation_id}:${caller.user_id}`, paymentLockKey(id)];
    const holder = { user_id: caller.user_id, consultation_id, request_id: caller.request_id };
    const acquired = trail.waitsFor(keys);
    const answer = await this.locks.withLock(keys, { holder }, async (signal) => {
      acquired();
      crashPoint('locks.acquired');
      if (signal.aborted) throw new LockTimeout();
      return this.start(id, request, context);
    });
    crashPoint('locks.released');
    return answer;
  }

  private async start(id: number, request: Terms, context: StartContext): Promise<Answer<NewPayment>> {
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const outcome = await this.findOrMake(id, request, context);
      if (outcome.is === 'answered') return outcome.answer;
      if (outcome.is === 'made') return this.openPage(outcome.payment, context, outcome.fence).catch(asLockTimeout);
      if (outcome.is === 'outdated') await this.closePage(outcome, request, context);
      else await this.refuseIfLive(outcome.payment, request, context);
    }
    throw new LockTimeout();
  }

  /** The first transaction, under the consultation's row lock. */
  private async findOrMake(id: number, request: Terms, context: StartContext): Promise<Outcome> {
    try {
      const outcome = await inTransaction(this.ledger.dataSource, async (tx): Promise<Outcome> => {
        const found = await this.find(tx, request, context);
        return found ?? this.make(tx, id, request, context);
      });
      crashPoint('payment.committed');
      context.trail.committed();
      return outcome;
    } catch (error) {
      // The row lock makes this rare: it takes somebody who writes payments without it. The index decides.
      if (!isSecondLivePayment(error)) throw error;
      const payment = await this.ledger.payments.findLive(this.ledger.manager, request.consultation_id);
      if (!payment) throw new LockTimeout({ cause: error });
      return { is: 'existing', payment };
    }
  }

  /** The payment that stands in the way, if there is one. @throws what keeps the consultation from being paid */
  private async find(tx: EntityManager, request: Terms, { caller, trail }: StartContext): Promise<Outcome | undefined> {
    const consultation = await this.ledger.consultations.lock(tx, request.consultation_id);
    if (!consultation) throw new ConsultationNotFound(request.consultation_id);
    if (consultation.patient_id !== caller.user_id) throw new Forbidden();
    const refusal = refusalOf(consultation, request);
    const live = await this.ledger.payments.findLive(tx, consultation.id);
    if (live && (await findOutdated(tx, live.id))) return { is: 'outdated', payment: live, refusal };
    // Nobody is sent to a page of another sum than they agreed to. Money that is here, or may be, is named to everybody.
    const isUnpaidPage = live?.status === 'pending' && !live.processing && this.hasPage(live);
    if (refusal && (!live || isUnpaidPage)) throw refusal;
    if (!live) return undefined;
    const { amount, currency, payment_method, status } = live;
    const detail = { amount, currency, payment_method, status };
    await this.ledger.audit.record(tx, trail.entries(live.id, { action: 'payment.duplicate_refused', detail }));
    return { is: 'existing', payment: live };
  }

  private async make(tx: EntityManager, id: number, request: Terms, context: StartContext): Promise<Outcome> {
    const { caller, claim, trail } = context;
    const { consultation_id, amount, currency, payment_method, metadata = {} } = request;
    const { payment, documents, fence } = await this.newPayments.write(
      tx,
      {
        id,
        user_id: caller.user_id,
        consultation_id,
        product_id: null,
        quantity: 1,
        amount,
        currency,
        payment_method,
        metadata,
        // As the hosted page shows it.
        name: say(caller.language ?? 'en', 'consultation.name', { id: consultation_id }),
        unit_amount: amount,
        client_key: claim.key,
        language: caller.language,
      },
      trail,
    );
    if (fence !== undefined) {
      // From here on the key stands for this payment, whoever goes on with it.
      await claim.attach(tx, String(id));
      crashPoint('payment.before-commit');
      return { is: 'made', payment, fence };
    }
    const { staffConfirmed } = this.providers.of(payment_method);
    const instructions = staffConfirmed?.instructionsFor(payment, caller.reads) ?? null;
    const answer = newPaymentAnswer(payment, documents, { checkout: null, instructions });
    // In this very transaction: there is no moment at which the payment is made and its answer is not.
    await claim.settle(tx, answer, String(id));
    crashPoint('payment.before-commit');
    return { is: 'answered', answer };
  }

  /**
   * Asks the provider for the page, and stores the answer for the key in the transaction that books it. The payment's lock is
   * held. @param fence of the transaction that has just made the payment
   */
  private async openPage(
    payment: Payment,
    { claim, trail }: StartContext,
    fence?: number,
  ): Promise<Answer<NewPayment>> {
    const hosted = this.providers.hosted(payment.payment_method);
    const page = await hosted.request(payment.id, { ...(fence === undefined ? {} : { fence }), trail });
    const answer = await inTransaction(this.ledger.dataSource, async (tx) => {
      const opened = await hosted.attach(tx, page, trail);
      if (isOver(opened.payment.status)) throw new ResultVoidedError();
      const documents = await this.ledger.invoices.find(tx, payment.id);
      const { checkout } = opened;
      const made = newPaymentAnswer(opened.payment, documents, { checkout, instructions: null });
      await claim.settle(tx, made, String(payment.id));
      return made;
    });
    crashPoint('session.attached');
    trail.committed();
    return answer;
  }

  /** Returns when the payment that stood there is gone. @throws PaymentExists, ProviderUnavailable, LockTimeout */
  private async refuseIfLive(found: Payment, request: Terms, { caller, trail }: StartContext): Promise<void> {
    const { hosted } = this.providers.of(found.payment_method);
    let payment = found;
    let checkout = null;
    try {
      if (await hosted?.needsRefresh(found)) {
        const lock = { id: found.id, caller };
        payment = (await withPaymentLock(this.locks, lock, async () => hosted!.refresh(found, trail))).payment;
      }
      checkout = (await hosted?.checkoutOf(payment)) ?? null;
    } catch (error) {
      // Whoever would pay in another way is told of the payment that stands, even while Stripe cannot be asked about it.
      const isOther = request.payment_method !== found.payment_method;
      if (!isOther || !(error instanceof ProviderUnavailable)) throw error;
    }
    if (!isLive(payment.status)) return;
    this.logger.info({ payment_id: payment.id }, 'Payment: Duplicate request, existing payment returned');
    throw new PaymentExists({ payment, checkout });
  }

  /**
   * The page of another price, or of what is closed, is expired at Stripe; the next round finds the consultation free, or
   * the payment paid or processing after all, which then stands. While Stripe cannot be asked nobody is given that page.
   * @throws ProviderUnavailable, LockTimeout
   */
  private async closePage(
    { payment, refusal }: Extract<Outcome, { is: 'outdated' }>,
    request: Terms,
    { caller, trail }: StartContext,
  ): Promise<void> {
    try {
      await this.closeOutdated.run(payment, caller, trail);
    } catch (error) {
      if (!(error instanceof ProviderUnavailable)) throw error;
      if (refusal) throw refusal;
      if (request.payment_method === payment.payment_method) throw error;
      throw new PaymentExists({ payment, checkout: null });
    }
  }

  /**
   * A claim taken up again answers about its own payment as it now is, whoever finished it; one that failed, or whose page
   * closed unpaid, had no effect, and the request is looked at afresh. Which of them it is, is read under its lock.
   */
  private async resume(context: StartContext): Promise<Answer<NewPayment> | undefined> {
    const { claim, caller } = context;
    if (claim.resource === null) return undefined;
    const payment = await this.ledger.payments.find(this.ledger.manager, Number(claim.resource));
    if (payment?.user_id !== caller.user_id || (await this.isReplaced(payment))) return undefined;
    try {
      return await withPaymentLock(this.locks, { id: payment.id, caller }, async () => this.openPage(payment, context));
    } catch (error) {
      if (error instanceof ResultVoidedError) return undefined;
      throw error;
    }
  }

  /**
   * A finished key of the legacy contract names its own payment, whatever has happened to it since. The key is free when that
   * payment's price has changed, or when it is another's: numbers come again after a restore.
   */
  private async finishedBefore(id: number, caller: Caller): Promise<AppError | ResultVoidedError> {
    const payment = await this.ledger.payments.find(this.ledger.manager, id);
    if (!payment) return new PaymentNotFound(id);
    if (payment.user_id !== caller.user_id) return new ResultVoidedError();
    if ((await this.isReplaced(payment)) || (await findOutdated(this.ledger.manager, id)))
      return new ResultVoidedError();
    const { hosted } = this.providers.of(payment.payment_method);
    return new PaymentExists({ payment, checkout: (await hosted?.checkoutOf(payment)) ?? null });
  }

  /** It was cancelled, and its sum is not asked for any more: the request is looked at afresh. */
  private async isReplaced({ id, status }: Payment): Promise<boolean> {
    return status === 'cancelled' && hasOldPrice(this.ledger.manager, id);
  }

  private hasPage({ payment_method }: Payment): boolean {
    return this.providers.of(payment_method).hosted !== undefined;
  }
}

/** Somebody else has ended the very payment whose page was asked for: the next request finds its way free. */
function asLockTimeout(error: unknown): never {
  throw error instanceof ResultVoidedError ? new LockTimeout({ cause: error }) : error;
}

/** Thrown after the look for a live payment: whoever has paid the old fee is told of that payment, not of the new fee. */
function refusalOf(consultation: Consultation, request: { amount: number; currency: string }): AppError | undefined {
  if (consultation.status === 'closed') return new ConsultationClosed(consultation.id);
  if (request.amount === consultation.fee && request.currency === consultation.currency) return undefined;
  return new AmountMismatch({ amount: consultation.fee, currency: consultation.currency });
}

/** 201 `new`: what was made, and where it can be paid. */
function newPaymentAnswer(
  payment: Payment,
  documents: PaymentDocuments,
  where: Pick<NewPayment, 'checkout' | 'instructions'>,
): Answer<NewPayment> {
  return Answer.created('payment.created', { type: 'new', payment_id: payment.id, payment, ...documents, ...where });
}
