import { Answer, say } from '#answers';
import type { Caller } from '#auth';
import { Config } from '#config';
import { crashPoint } from '#crash-points';
import { inTransaction, together } from '#database';
import {
  AmountMismatch,
  type AppError,
  ConsultationClosed,
  ConsultationNotFound,
  Forbidden,
  LockTimeout,
  PaymentExists,
  PaymentNotFound,
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
import { isOver } from '../ledger/payment-states.js';
import type { Payment } from '../ledger/payment.js';
import { isSecondLivePayment } from '../ledger/payments.repository.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { NewPayments } from './new-payments.js';
import type { NewPayment } from './payment-answers.js';
import { asInProgress } from './payment-in-progress.js';
import { refusalEntries, RefuseDuplicate, type StartContext, type Terms } from './refuse-duplicate.js';
import { RequestsAhead } from './requests-ahead.js';
import type { StartPaymentRequest } from './payment-requests.js';

/** What the first transaction found or created. */
type Outcome =
  /** Created and answered: no provider has to be asked. */
  | { readonly is: 'answered'; readonly answer: Answer<NewPayment> }
  /** Created: its provider must be asked for a page before there is an answer. */
  | { readonly is: 'made'; readonly payment: Payment; readonly fence: number }
  | { readonly is: 'existing'; readonly payment: Payment }
  /** Its page must no longer be paid. `refusal`: this request's answer once the page is closed. */
  | { readonly is: 'outdated'; readonly payment: Payment; readonly refusal: AppError | undefined };

/**
 * A live payment that one read finds may be gone at the next: it was cancelled, or its page expired. Then the
 * consultation is free and the request starts over. Even two such rounds in a row are unlikely.
 */
const MAX_ROUNDS = 3;

/**
 * Starts the one payment of a consultation. Every further request is refused with the first payment in its
 * answer (409), except a repetition of the same key.
 *
 * The order of steps, for every method:
 * 1. For a method with a hosted page, the request's idempotency key is stored. Otherwise step 3 stores it.
 * 2. The locks of the consultation and of the new payment are taken.
 * 3. One transaction under the consultation's row lock creates the payment.
 * 4. For a method with a hosted page, the provider is asked for it with no transaction open.
 * 5. A last transaction stores the page.
 *
 * The answer is stored under the key in the transaction that finishes the work: the first one for a method without a
 * page, the last one for a method with one.
 */
@Injectable()
export class StartPayment {
  private readonly ahead = new RequestsAhead();

  constructor(
    private readonly config: Config,
    private readonly ledger: Ledger,
    private readonly newPayments: NewPayments,
    private readonly locks: Locks,
    private readonly providers: ProviderRegistry,
    private readonly refuse: RefuseDuplicate,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(StartPayment.name);
  }

  /**
   * @throws StripeNotConfigured, PaymentExists (409 `existing`), ConsultationNotFound, Forbidden, ConsultationClosed,
   *   AmountMismatch, AmountOutOfRange, LockTimeout, DatabaseUnavailable, ProviderUnavailable (unclear: retry with the
   *   same key), PaymentInProgress (Stripe is still processing an earlier request for it: retry with the same key),
   *   ProviderRefused;
   * ClaimLostError when another process took over the key
   */
  async run(request: StartPaymentRequest, caller: Caller, claim: Claim): Promise<Answer<NewPayment>> {
    const { consultation_id, amount, payment_method, currency = DEFAULT_CURRENCY } = request;
    this.logger.info(
      { user_id: caller.user_id, consultation_id, amount, payment_method },
      'Payment: Processing payment',
    );
    const context = { caller, claim, auditBuffer: AuditBuffer.of(caller, 'request.create', { payment_method }) };
    try {
      if (claim.finished) throw await this.finishedBefore(Number(claim.resource), caller);
      return (await this.resume(context)) ?? (await this.startFirst({ ...request, currency }, context));
    } catch (error) {
      throw asInProgress(error, claim.key);
    }
  }

  /** Behind another request of this process, this one waits for it in memory, and reads what it made. */
  private async startFirst(request: Terms, context: StartContext): Promise<Answer<NewPayment>> {
    const lock_key = consultationLockKey(request.consultation_id, context.caller);
    const began = performance.now();
    const ahead = await this.ahead.wait(lock_key, this.config.LOCK_WAIT_MS);
    // To an operator it is a wait for the lock that the request ahead holds.
    const waited = { lock_keys: [lock_key], waited_ms: performance.now() - began };
    if (ahead === 'still working') throw this.locks.waitedInVain(waited);
    if (ahead === 'ended') this.locks.waited(waited);
    if (ahead !== 'nobody') await this.refuse.ifStanding(request, context);
    return this.ahead.run(lock_key, async () => this.startUnderLock(request, context));
  }

  private async startUnderLock(request: Terms, context: StartContext): Promise<Answer<NewPayment>> {
    const { consultation_id, amount, currency } = request;
    const { caller, auditBuffer } = context;
    const provider = this.providers.of(request.payment_method);
    provider.assertConfigured?.();
    provider.assertAmount?.({ amount, currency });
    provider.assertAvailable?.();
    // A provider's request must belong to a key that every other process finds.
    if (provider.hosted) await context.claim.hold();
    // Other processes lock the payment by its id, so the id exists before the row.
    const id = await this.ledger.payments.drawId(this.ledger.manager);
    const keys = [consultationLockKey(consultation_id, caller), paymentLockKey(id)];
    const holder = { user_id: caller.user_id, consultation_id, request_id: caller.request_id };
    const acquired = auditBuffer.waitsFor(keys);
    // The caller's next request may wait a moment for this lock; no answer has to wait for its release.
    const answer = await this.locks.withLock(keys, { holder, awaitRelease: false }, async () => {
      acquired();
      crashPoint('locks.acquired');
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
      if (outcome.is === 'outdated') await this.refuse.closePage(outcome, request, context);
      else await this.refuse.ifLive(outcome.payment, request, context);
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
      context.auditBuffer.committed();
      return outcome;
    } catch (error) {
      // The row lock makes this rare: only a writer without the lock can cause it. The unique index decides.
      if (!isSecondLivePayment(error)) throw error;
      const payment = await this.ledger.payments.findLive(this.ledger.manager, request.consultation_id);
      if (!payment) throw new LockTimeout({ cause: error });
      return { is: 'existing', payment };
    }
  }

  /**
   * Returns the live payment that prevents a new one, if there is one. @throws an error that keeps the consultation
   * from being paid
   */
  private async find(
    tx: EntityManager,
    request: Terms,
    { caller, claim, auditBuffer }: StartContext,
  ): Promise<Outcome | undefined> {
    const { consultation_id } = request;
    // Sent together, and read one after the other: what follows the lock sees what the lock has waited for.
    const [consultation, , live] = await together([
      this.ledger.consultations.lock(tx, consultation_id),
      claim.requireUnused(tx),
      this.ledger.payments.findLive(tx, consultation_id),
    ]);
    if (!consultation) throw new ConsultationNotFound(consultation_id);
    if (consultation.patient_id !== caller.user_id) throw new Forbidden();
    const refusal = refusalOf(consultation, request);
    if (live && (await findOutdated(tx, live.id))) return { is: 'outdated', payment: live, refusal };
    // Payers are not sent to a page with another amount than they agreed to. A payment whose money has arrived, or may
    // have, is always returned.
    const isUnpaidPage = live?.status === 'pending' && !live.processing && this.hasPage(live);
    if (refusal && (!live || isUnpaidPage)) throw refusal;
    if (!live) return undefined;
    await this.ledger.audit.record(tx, refusalEntries(live, auditBuffer));
    return { is: 'existing', payment: live };
  }

  private async make(tx: EntityManager, id: number, request: Terms, context: StartContext): Promise<Outcome> {
    const { caller, claim, auditBuffer } = context;
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
        // As shown on the hosted page.
        name: say(caller.language ?? 'en', 'consultation.name', { id: consultation_id }),
        unit_amount: amount,
        client_key: claim.key,
        language: caller.language,
      },
      auditBuffer,
    );
    if (fence !== undefined) {
      // From here on, the key stands for this payment, whichever process continues it.
      await claim.attach(tx, String(id));
      crashPoint('payment.before-commit');
      return { is: 'made', payment, fence };
    }
    const { staffConfirmed } = this.providers.of(payment_method);
    const instructions = staffConfirmed?.instructionsFor(payment, caller.reads) ?? null;
    const answer = newPaymentAnswer(payment, documents, { checkout: null, instructions });
    // Stored in the transaction that creates the payment, so that there is no moment with a payment and without its
    // answer.
    await claim.settle(tx, answer, String(id));
    crashPoint('payment.before-commit');
    return { is: 'answered', answer };
  }

  /**
   * Asks the provider for the page, and stores the answer under the key in the transaction that stores the page. The
   * caller holds the payment's lock. @param fence from the transaction that has just created the payment
   */
  private async openPage(
    payment: Payment,
    { claim, auditBuffer }: StartContext,
    fence?: number,
  ): Promise<Answer<NewPayment>> {
    const hosted = this.providers.hosted(payment.payment_method);
    const page = await hosted.request(payment.id, { ...(fence === undefined ? {} : { fence }), auditBuffer });
    const answer = await inTransaction(this.ledger.dataSource, async (tx) => {
      // Documents change with their payment, whose row `attach` locks first.
      const [opened, documents] = await together([
        hosted.attach(tx, page, auditBuffer),
        this.ledger.invoices.find(tx, payment.id),
      ]);
      if (isOver(opened.payment.status)) throw new ResultVoidedError();
      const { checkout } = opened;
      const made = newPaymentAnswer(opened.payment, documents, { checkout, instructions: null });
      await claim.settle(tx, made, String(payment.id));
      return made;
    });
    crashPoint('session.attached');
    auditBuffer.committed();
    return answer;
  }

  /**
   * A resumed claim answers with its own payment as it is now, whichever process finished it. A payment that failed, or
   * whose page closed unpaid, had no effect, so the request is processed anew. The status is read under the payment's
   * lock.
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
   * A finished key of the legacy contract names its own payment, whatever has happened to it since. The key is free
   * when that payment's price has changed, or when the payment belongs to another user: ids are reused after a restore.
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

  /** The payment was cancelled, and its amount is no longer the price: the request is processed anew. */
  private async isReplaced({ id, status }: Payment): Promise<boolean> {
    return status === 'cancelled' && hasOldPrice(this.ledger.manager, id);
  }

  private hasPage({ payment_method }: Payment): boolean {
    return this.providers.of(payment_method).hosted !== undefined;
  }
}

const consultationLockKey = (consultation_id: number, { user_id }: Caller) =>
  `payment:lock:${consultation_id}:${user_id}`;

/** Another process has ended the payment whose page was requested. The client's retry can start a new one. */
function asLockTimeout(error: unknown): never {
  throw error instanceof ResultVoidedError ? new LockTimeout({ cause: error }) : error;
}

/**
 * Used after the check for a live payment: a payer who has paid the old fee gets that payment, not an error about the
 * new fee.
 */
function refusalOf(consultation: Consultation, request: { amount: number; currency: string }): AppError | undefined {
  if (consultation.status === 'closed') return new ConsultationClosed(consultation.id);
  if (request.amount === consultation.fee && request.currency === consultation.currency) return undefined;
  return new AmountMismatch({ amount: consultation.fee, currency: consultation.currency });
}

/** 201 `new`: the created payment, and where it can be paid. */
function newPaymentAnswer(
  payment: Payment,
  documents: PaymentDocuments,
  where: Pick<NewPayment, 'checkout' | 'instructions'>,
): Answer<NewPayment> {
  return Answer.created('payment.created', { type: 'new', payment_id: payment.id, payment, ...documents, ...where });
}
