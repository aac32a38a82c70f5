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
  StripeUnavailable,
} from '#errors';
import { CameToNothing, type Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import type { Consultation } from '../ledger/consultations.repository.js';
import { DEFAULT_CURRENCY } from '../ledger/money/currencies.js';
import type { Opened } from '../provider/payment-provider.js';
import { PaymentProviders } from '../provider/provider-registry.js';
import { refusalOfKeyInUse } from '../stripe/key-in-use.js';
import { CloseOutdated } from './close-outdated.js';
import { NewPayments } from './new-payments.js';
import { newPaymentAnswer } from './new-payment-answer.js';
import { findOutdated, hasOldPrice } from '../ledger/outdated.js';
import type { Payment } from '../ledger/payment.js';
import type { NewPayment } from './payment-answers.js';
import type { StartPaymentRequest } from './payment-requests.js';
import { isLive, isOver } from '../ledger/payment-states.js';
import { isSecondLivePayment } from '../ledger/payments.repository.js';
import { Trail } from '../ledger/audit-buffer.js';

type Priced = StartPaymentRequest & { readonly currency: string };

/** On whose behalf a payment is started, and what was noted on the way. */
interface Asking {
  readonly caller: Caller;
  readonly claim: Claim;
  readonly trail: Trail;
}

/** `made`: answered in its own transaction. `opens`: its provider has to be asked before there is an answer. */
type Outcome =
  | { readonly is: 'made'; readonly payment: Payment; readonly answer: Answer<NewPayment> }
  | { readonly is: 'opens'; readonly payment: Payment }
  | { readonly is: 'existing'; readonly payment: Payment }
  /** Its page at Stripe must not be paid any more. `refusal`: what this request is answered once it is closed. */
  | { readonly is: 'outdated'; readonly payment: Payment; readonly refusal: AppError | undefined };

/**
 * A live payment that we saw may be gone when we look again (it was cancelled, or its page had lapsed); then the
 * consultation is free and we start over. Twice in a row is already a strange day.
 */
const ROUNDS = 3;

/** Starts the one payment of a consultation: a second one, however it comes, gets the first as its answer. */
@Injectable()
export class StartPayment {
  constructor(
    private readonly made: NewPayments,
    private readonly locks: Locks,
    private readonly providers: PaymentProviders,
    private readonly closeOutdated: CloseOutdated,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(StartPayment.name);
  }

  /**
   * The claim on the client's key was made before we came here; its answer is stored with the payment.
   * @throws StripeNotConfigured, PaymentExists (409 `existing`), ConsultationNotFound, Forbidden, ConsultationClosed, AmountMismatch,
   * AmountOutOfRange, LockTimeout, DatabaseUnavailable, StripeUnavailable (unclear: the same key goes on), PaymentInProgress
   * (Stripe still works on an earlier request for it: the same key goes on), StripeRefused;
   * ClaimLost when another took the key over
   */
  async run(request: StartPaymentRequest, caller: Caller, claim: Claim): Promise<Answer<NewPayment>> {
    try {
      return await this.start(request, caller, claim);
    } catch (error) {
      throw refusalOfKeyInUse(error, claim.key);
    }
  }

  private async start(request: StartPaymentRequest, caller: Caller, claim: Claim): Promise<Answer<NewPayment>> {
    const { consultation_id, amount, payment_method, currency = DEFAULT_CURRENCY } = request;
    const told = { user_id: caller.user_id, consultation_id, amount, payment_method };
    this.logger.info(told, 'Payment: Processing payment');
    if (claim.finished) throw await this.asItNowIs(Number(claim.resource), caller);
    const trail = Trail.of(caller, 'request.create', { payment_method });
    const resumed = await this.resume({ caller, claim, trail });
    if (resumed) return resumed;

    const provider = this.providers.of(payment_method);
    provider.refuseUnlessConfigured();
    provider.refuseAmount({ amount, currency });
    provider.refuseWhenDown();
    // Whoever hears of this payment elsewhere locks it by its id; so the id is there before the row.
    const id = await this.made.rows.payments.drawId(this.made.rows.manager);
    const keys = [`payment:lock:${consultation_id}:${caller.user_id}`, `purchase:complete:${id}`];
    const holder = { user_id: caller.user_id, consultation_id, request_id: caller.request_id };
    const acquired = trail.waitsFor(keys);
    const answer = await this.locks.withLock(keys, { holder }, async (signal) => {
      acquired();
      crashPoint('locks.acquired');
      if (signal.aborted) throw new LockTimeout();
      return this.findOrMake(id, { ...request, currency }, { caller, claim, trail });
    });
    crashPoint('locks.released');
    return answer;
  }

  private async findOrMake(id: number, request: Priced, asking: Asking): Promise<Answer<NewPayment>> {
    for (let round = 1; round <= ROUNDS; round++) {
      const outcome = await this.tryToMake(id, request, asking);
      if (outcome.is === 'made') return outcome.answer;
      if (outcome.is === 'outdated') {
        await this.replace(outcome, request, asking);
        continue;
      }
      const provider = this.providers.of(outcome.payment.payment_method);
      if (outcome.is === 'opens') return await this.open(outcome.payment, asking, 1).catch(askAgain);
      // Whoever would pay in another way is told of the payment that stands, even while Stripe cannot be asked about it.
      const isOther = request.payment_method !== outcome.payment.payment_method;
      const { payment, checkout } = await provider
        .look(outcome.payment, asking.trail)
        .catch((error: unknown): Opened => {
          if (isOther && error instanceof StripeUnavailable) return { payment: outcome.payment, checkout: null };
          throw error;
        });
      if (!isLive(payment.status)) continue;
      this.logger.info({ payment_id: payment.id }, 'Payment: Duplicate request, existing payment returned');
      throw new PaymentExists({ payment, checkout });
    }
    throw new LockTimeout();
  }

  private async tryToMake(id: number, request: Priced, asking: Asking): Promise<Outcome> {
    const { rows } = this.made;
    try {
      const outcome = await inTransaction(rows.dataSource, (tx) => this.underRowLock(tx, id, request, asking));
      crashPoint('payment.committed');
      asking.trail.committed();
      return outcome;
    } catch (error) {
      // The row lock makes this rare: it takes somebody who writes payments without it. The index decides.
      if (!isSecondLivePayment(error)) throw error;
      const payment = await rows.payments.findLive(rows.manager, request.consultation_id);
      if (!payment) throw new LockTimeout({ cause: error });
      return { is: 'existing', payment };
    }
  }

  private async underRowLock(
    tx: EntityManager,
    id: number,
    request: Priced,
    { caller, claim, trail }: Asking,
  ): Promise<Outcome> {
    const { rows } = this.made;
    const consultation = await rows.consultations.lock(tx, request.consultation_id);
    if (!consultation) throw new ConsultationNotFound(request.consultation_id);
    if (consultation.patient_id !== caller.user_id) throw new Forbidden();

    const refusal = refusalOf(consultation, request);
    const live = await rows.payments.findLive(tx, consultation.id);
    const isOutdated = live && (await findOutdated(tx, live.id)) !== undefined;
    if (isOutdated) return { is: 'outdated', payment: live, refusal };
    // Nobody is sent to a page of another sum than they agreed to. Money that is here, or may be, is named to everybody.
    if (refusal && live?.status === 'pending' && live.payment_method === 'stripe' && !live.processing) throw refusal;
    if (live) {
      const { amount, currency, payment_method, status } = live;
      const detail = { amount, currency, payment_method, status };
      await rows.audit.record(tx, trail.upTo(live.id, { action: 'payment.duplicate_refused', detail }));
      return { is: 'existing', payment: live };
    }
    if (refusal) throw refusal;

    const { payment, papers, opens } = await this.made.write(
      tx,
      {
        id,
        user_id: caller.user_id,
        consultation_id: consultation.id,
        product_id: null,
        quantity: 1,
        amount: request.amount,
        currency: request.currency,
        payment_method: request.payment_method,
        metadata: request.metadata ?? {},
        // As Stripe's page shows it.
        name: say(caller.language ?? 'en', 'consultation.name', { id: consultation.id }),
        unit_amount: request.amount,
        client_key: claim.key,
        language: caller.language,
      },
      trail,
    );
    if (opens) {
      // From here on the key stands for this payment, whoever goes on with it.
      await claim.attach(tx, String(id));
      crashPoint('payment.before-commit');
      return { is: 'opens', payment };
    }
    const instructions = this.providers.of(payment.payment_method).instructionsFor(payment, caller.reads);
    const answer = newPaymentAnswer(payment, papers, { checkout: null, instructions });
    // In this very transaction: there is no moment at which the payment is made and its answer is not.
    await claim.settle(tx, answer, String(id));
    crashPoint('payment.before-commit');
    return { is: 'made', payment, answer };
  }

  /**
   * The page of another price, or of what is closed, is expired at Stripe; the next round finds the consultation free, or
   * the payment paid or processing after all, which then stands. While Stripe cannot be asked nobody is given that page.
   * @throws StripeUnavailable, LockTimeout
   */
  private async replace(
    { payment, refusal }: Extract<Outcome, { is: 'outdated' }>,
    request: Priced,
    asking: Asking,
  ): Promise<void> {
    try {
      await this.closeOutdated.run(payment, asking.caller, asking.trail);
    } catch (error) {
      if (!(error instanceof StripeUnavailable)) throw error;
      if (refusal) throw refusal;
      if (request.payment_method === payment.payment_method) throw error;
      throw new PaymentExists({ payment, checkout: null });
    }
  }

  /** Asks the provider, and stores the answer for the key in the transaction that attaches what was made. */
  private async open(payment: Payment, { claim, trail }: Asking, fence?: number): Promise<Answer<NewPayment>> {
    let answer: Answer<NewPayment> | undefined;
    const finish = async (tx: EntityManager, opened: Opened) => {
      if (isOver(opened.payment.status)) throw new CameToNothing();
      const papers = await this.made.rows.papers.find(tx, payment.id);
      answer = newPaymentAnswer(opened.payment, papers, { checkout: opened.checkout, instructions: null });
      await claim.settle(tx, answer, String(payment.id));
    };
    const provider = this.providers.of(payment.payment_method);
    await provider.open(payment.id, { ...(fence === undefined ? {} : { fence }), trail, finish });
    return answer!;
  }

  /**
   * A claim taken up again answers about its own payment as it now is, whoever finished it; one that failed, or whose page
   * closed unpaid, was no effect, and is looked at afresh. Which of them it is, is read under its lock.
   */
  private async resume(asking: Asking): Promise<Answer<NewPayment> | undefined> {
    const { claim, caller } = asking;
    if (claim.resource === null) return undefined;
    const { rows } = this.made;
    const payment = await rows.payments.find(rows.manager, Number(claim.resource));
    if (payment?.user_id !== caller.user_id || (await this.isReplaced(payment))) return undefined;
    const holder = { user_id: caller.user_id, request_id: caller.request_id };
    try {
      const lock = `purchase:complete:${payment.id}`;
      return await this.locks.withLock([lock], { holder }, async () => this.open(payment, asking));
    } catch (error) {
      if (error instanceof CameToNothing) return undefined;
      throw error;
    }
  }

  /** It was let go, and its sum is not asked for any more: the request is looked at afresh. */
  private async isReplaced({ id, status }: Payment): Promise<boolean> {
    return status === 'cancelled' && hasOldPrice(this.made.rows.manager, id);
  }

  /**
   * A finished key of the older contract names its own payment, whatever has become of it since. The key is free when that
   * payment's price has changed, or when it is another's: numbers come again after a restore.
   */
  private async asItNowIs(id: number, caller: Caller): Promise<AppError | CameToNothing> {
    const { rows } = this.made;
    const payment = await rows.payments.find(rows.manager, id);
    if (!payment) return new PaymentNotFound(id);
    if (payment.user_id !== caller.user_id) return new CameToNothing();
    if ((await this.isReplaced(payment)) || (await findOutdated(rows.manager, id))) return new CameToNothing();
    return new PaymentExists({
      payment,
      checkout: await this.providers.of(payment.payment_method).checkoutOf(payment),
    });
  }
}

/** Somebody else has ended the very payment we were opening: the next request finds its way free. */
function askAgain(error: unknown): never {
  throw error instanceof CameToNothing ? new LockTimeout({ cause: error }) : error;
}

/** Thrown after the look for a live payment: whoever has paid the old fee is told of that payment, not of the new fee. */
function refusalOf(consultation: Consultation, request: { amount: number; currency: string }): AppError | undefined {
  if (consultation.status === 'closed') return new ConsultationClosed(consultation.id);
  if (request.amount === consultation.fee && request.currency === consultation.currency) return undefined;
  return new AmountMismatch({ amount: consultation.fee, currency: consultation.currency });
}
