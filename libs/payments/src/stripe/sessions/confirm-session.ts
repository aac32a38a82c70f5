import { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
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
import { StripeGateway, type StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type SessionOutcome, SessionNews, transactionOf } from './session-updates.js';
import { StripeCalls } from '../stripe-calls.js';
import type { Payment } from '../../ledger/payment.js';
import { PaymentRows } from '../../ledger/ledger.js';
import { isPaid } from '../../ledger/payment-states.js';
import { Trail } from '../../ledger/audit-buffer.js';
import type { ConfirmedPayment } from '../../payments/payment-answers.js';
import type { ConfirmPaymentRequest } from '../../payments/payment-requests.js';

/** Older clients write a transaction as `stripe_pi_…`; Stripe itself as `pi_…`. */
const PREFIX = /^stripe_(?=pi_|cs_)/;

/** Of a payment intent, or a session (https://docs.stripe.com/api/payment_intents/object#payment_intent_object-id). */
const NAMES = /^(pi|cs)_[A-Za-z0-9_]+$/;

/** Somebody says that they have paid: Stripe is asked, and only its word counts. */
@Injectable()
export class ConfirmByStripe {
  constructor(
    private readonly rows: PaymentRows,
    private readonly locks: Locks,
    private readonly gateway: StripeGateway,
    private readonly news: SessionNews,
    private readonly calls: StripeCalls,
  ) {}

  /**
   * @param request.transaction_id a payment intent's id, or a session's, with which people come back from the page
   * @param request.receipt_url kept if this request completes the payment, instead of Stripe's own
   * @throws TransactionNotPaid, TransactionMismatch, TransactionAlreadyUsed, PaymentAlreadyConfirmed, PaymentExists,
   * ValidationFailed (no id of Stripe's), TransitionNotAllowed (cancelled; late money, which then goes back by itself), StripeUnavailable, LockTimeout
   */
  async run(
    known: Payment,
    request: ConfirmPaymentRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<ConfirmedPayment>> {
    const { transaction_id, receipt_url } = request;
    if (isPaid(known.status)) throw await this.alreadyConfirmed(known);
    const id = transaction_id.replace(PREFIX, '');
    if (!NAMES.test(id)) throw new ValidationFailed([{ field: 'transaction_id', rule: 'stripe_transaction' }]);
    const session = await this.sessionOf(id);
    if (!session) throw new TransactionNotPaid(transaction_id, { known: false });
    const used = await this.rows.charges.findTransaction(this.rows.manager, transactionOf(session));
    if (used && used.payment_id !== known.id) throw new TransactionAlreadyUsed(transaction_id);

    const trail = Trail.of(caller, 'request.confirm', { transaction_id });
    const holder = { user_id: caller.user_id, request_id: caller.request_id };
    let answer: Answer<ConfirmedPayment> | undefined;
    const remember = async (tx: EntityManager, outcome: SessionOutcome) => {
      if (outcome.is !== 'completed') return;
      const charge = await this.rows.charges.find(tx, known.id);
      answer = Answer.ok('payment.confirmed', {
        payment_id: known.id,
        payment: outcome.payment,
        ...outcome.papers,
        charge: charge!,
        amount_due: 0,
        transfer: null,
      });
      await claim.settle(tx, answer, String(known.id));
      crashPoint('confirm.before-commit');
    };
    const lock = `purchase:complete:${known.id}`;
    const acquired = trail.waitsFor([lock]);
    const outcome = await this.locks.withLock([lock], { holder }, async () => {
      acquired();
      const applied = await this.news.apply(known.id, { session, receipt_url }, trail, remember);
      await this.calls.giveBack(applied, trail);
      return applied;
    });
    crashPoint('confirm.committed');
    if (answer) return answer;
    throw await this.refusal(known, outcome, transaction_id);
  }

  private async sessionOf(id: string): Promise<StripeSession | undefined> {
    if (id.startsWith('cs_')) return this.gateway.findSession(id);
    const [session] = await this.gateway.listSessionsOf(id);
    return session;
  }

  private async refusal(known: Payment, outcome: SessionOutcome, transaction_id: string): Promise<Error> {
    const now = (await this.rows.payments.find(this.rows.manager, known.id)) ?? known;
    if (outcome.is === 'foreign' || outcome.is === 'quarantined') return new TransactionMismatch(transaction_id);
    if (outcome.is === 'known' && outcome.payment_id !== known.id) return new TransactionAlreadyUsed(transaction_id);
    if (outcome.is === 'returned') {
      const live = now.consultation_id === null ? undefined : await this.live(now.consultation_id);
      return live ? new PaymentExists({ payment: live, checkout: null }) : new TransitionNotAllowed(now, 'completed');
    }
    if (isPaid(now.status) || outcome.is === 'known') return this.alreadyConfirmed(now);
    if (now.status === 'cancelled') return new TransitionNotAllowed(now, 'completed');
    return new TransactionNotPaid(transaction_id, { processing: now.processing });
  }

  private async live(consultation_id: number): Promise<Payment | undefined> {
    return this.rows.payments.findLive(this.rows.manager, consultation_id);
  }

  private async alreadyConfirmed(payment: Payment): Promise<Error> {
    const charge = await this.rows.charges.find(this.rows.manager, payment.id);
    if (!isPaid(payment.status)) return new TransitionNotAllowed(payment, 'completed');
    return new PaymentAlreadyConfirmed(payment, charge?.transaction_id ?? null);
  }
}
