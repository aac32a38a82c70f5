import { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import {
  PaymentAlreadyConfirmed,
  PaymentExists,
  TransactionAlreadyUsed,
  TransactionMismatch,
  TransactionNotPaid,
  TransitionNotAllowed,
  ValidationFailed,
} from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { StripeGateway, StripeLists, type StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type SessionOutcome, CheckoutSessionUpdates, type SessionUpdate, transactionOf } from './session-updates.js';
import type { Payment } from '../../ledger/payment.js';
import { withPaymentLock } from '../../ledger/payment-lock.js';
import { Ledger } from '../../ledger/ledger.js';
import { isPaid } from '../../ledger/payment-states.js';
import { AuditBuffer } from '../../ledger/audit-buffer.js';
import type { Confirmation, ConfirmedPayment } from '../../provider/confirmation.js';
import { STRIPE_DISPLAY_NAME, transactionAtStripe } from '../objects/transaction.js';

/** Older clients write a transaction as `stripe_pi_…`; Stripe itself as `pi_…`. */
const PREFIX = /^stripe_(?=pi_|cs_)/;

/**
 * The id of a payment intent or a session
 * (https://docs.stripe.com/api/payment_intents/object#payment_intent_object-id).
 */
const STRIPE_ID = /^(pi|cs)_[A-Za-z0-9_]+$/;

/** A caller reports that the payer has paid. Payonce asks Stripe, and only Stripe's answer counts. */
@Injectable()
export class ConfirmSession {
  constructor(
    private readonly ledger: Ledger,
    private readonly locks: Locks,
    private readonly gateway: StripeGateway,
    private readonly lists: StripeLists,
    private readonly updates: CheckoutSessionUpdates,
  ) {}

  /**
   * @param request.transaction_id a payment intent's id, or the session's id with which payers return from the page
   * @param request.receipt_url stored if this request completes the payment, instead of Stripe's own
   * @throws TransactionNotPaid, TransactionMismatch, TransactionAlreadyUsed, PaymentAlreadyConfirmed, PaymentExists,
   *   ValidationFailed (not a Stripe id), TransitionNotAllowed (cancelled, or late money, which is then refunded
   *   automatically), StripeUnavailable, LockTimeout
   */
  async run(known: Payment, request: Confirmation, caller: Caller, claim: Claim): Promise<Answer<ConfirmedPayment>> {
    const { transaction_id, receipt_url } = request;
    refuseStatedAmounts(request);
    if (isPaid(known.status)) throw await this.alreadyConfirmed(known);
    const id = transaction_id.replace(PREFIX, '');
    if (!STRIPE_ID.test(id)) throw new ValidationFailed([{ field: 'transaction_id', rule: 'stripe_transaction' }]);
    const session = await this.sessionOf(id);
    if (!session) throw new TransactionNotPaid(transaction_id, { known: false, provider: STRIPE_DISPLAY_NAME });
    const used = await this.ledger.charges.findTransaction(
      this.ledger.manager,
      transactionAtStripe(transactionOf(session)),
    );
    if (used && used.payment_id !== known.id) throw new TransactionAlreadyUsed(transaction_id);
    const auditBuffer = AuditBuffer.of(caller, 'request.confirm', { transaction_id });
    const { outcome, answer } = await withPaymentLock(this.locks, { id: known.id, caller, auditBuffer }, async () => {
      const update = await this.updates.read(known.id, { session, receipt_url });
      const applied = await inTransaction(this.ledger.dataSource, async (tx) =>
        this.apply(tx, known.id, update, { claim, auditBuffer }),
      );
      await this.updates.committed(known.id, update, applied.outcome, auditBuffer);
      return applied;
    });
    crashPoint('confirm.committed');
    if (answer) return answer;
    throw await this.refusal(known, outcome, transaction_id);
  }

  /**
   * The answer is stored in the transaction that completes the payment. @returns undefined when this request did not
   * complete it
   */
  private async apply(
    tx: EntityManager,
    payment_id: number,
    update: SessionUpdate,
    { claim, auditBuffer }: { claim: Claim; auditBuffer: AuditBuffer },
  ): Promise<{ outcome: SessionOutcome; answer: Answer<ConfirmedPayment> | undefined }> {
    const outcome = await this.updates.apply(tx, payment_id, update, auditBuffer);
    if (outcome.is !== 'completed') return { outcome, answer: undefined };
    const { payment, documents } = outcome;
    const charge = (await this.ledger.charges.find(tx, payment_id))!;
    const answer = Answer.ok('payment.confirmed', {
      payment_id,
      payment,
      ...documents,
      charge,
      amount_due: 0,
      transfer: null,
    });
    await claim.settle(tx, answer, String(payment_id));
    crashPoint('confirm.before-commit');
    return { outcome, answer };
  }

  private async sessionOf(id: string): Promise<StripeSession | undefined> {
    if (id.startsWith('cs_')) return this.gateway.findSession(id);
    const [session] = await this.lists.sessionsOf(id);
    return session;
  }

  private async refusal(known: Payment, outcome: SessionOutcome, transaction_id: string): Promise<Error> {
    const now = (await this.ledger.payments.find(this.ledger.manager, known.id)) ?? known;
    if (outcome.is === 'foreign' || outcome.is === 'quarantined') return new TransactionMismatch(transaction_id);
    if (outcome.is === 'known' && outcome.payment_id !== known.id) return new TransactionAlreadyUsed(transaction_id);
    if (outcome.is === 'returned') {
      const live = now.consultation_id === null ? undefined : await this.live(now.consultation_id);
      return live ? new PaymentExists({ payment: live, checkout: null }) : new TransitionNotAllowed(now, 'completed');
    }
    if (isPaid(now.status) || outcome.is === 'known') return this.alreadyConfirmed(now);
    if (now.status === 'cancelled') return new TransitionNotAllowed(now, 'completed');
    return new TransactionNotPaid(transaction_id, { processing: now.processing, provider: STRIPE_DISPLAY_NAME });
  }

  private async live(consultation_id: number): Promise<Payment | undefined> {
    return this.ledger.payments.findLive(this.ledger.manager, consultation_id);
  }

  private async alreadyConfirmed(payment: Payment): Promise<Error> {
    const charge = await this.ledger.charges.find(this.ledger.manager, payment.id);
    if (!isPaid(payment.status)) return new TransitionNotAllowed(payment, 'completed');
    return new PaymentAlreadyConfirmed(payment, charge?.transaction_id ?? null);
  }
}

/** Stripe states how much it received, and when, so the request must not. @throws ValidationFailed */
function refuseStatedAmounts(request: Confirmation): void {
  const stated = (['amount_received', 'received_at'] as const).filter((field) => request[field] !== undefined);
  if (stated.length > 0) throw new ValidationFailed(stated.map((field) => ({ field, rule: 'stripe_states_it' })));
}
