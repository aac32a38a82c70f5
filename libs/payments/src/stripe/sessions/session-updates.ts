import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { type StripeCharge, StripeGateway, type StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import type { NewCharge } from '../../ledger/charges.repository.js';
import type { Payment, PaymentStatus } from '../../ledger/payment.js';
import { Ledger } from '../../ledger/ledger.js';
import { type Received, BookCharge } from './book-charge.js';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { paymentIntentOf } from '../objects/reference.js';
import { RefundUnusableCharge } from '../refunds/refund-unusable-charge.js';
import { type KnownSession, type SessionRow, StripeSessionsRepository } from './stripe-sessions.repository.js';

/** What became of a payment by the word of a session. */
export type SessionOutcome =
  | Received
  | { readonly is: 'processing' | 'expired' | 'failed' | 'nothing_new'; readonly payment: Payment }
  /** It carries our id and not our reference, or another session's: not about this payment. */
  | { readonly is: 'foreign'; readonly why: string };

/** A session, and what is known beside it. */
export interface SessionUpdate {
  readonly session: StripeSession;
  /** A payment that was on its way has failed for good: the session itself does not say so. */
  readonly async_failed?: boolean;
  /** When Stripe's event said that the money was taken, in seconds since 1970. */
  readonly taken_at?: number;
  /** The receipt that the client named; without it, Stripe's own. */
  readonly receipt_url?: string | undefined;
  /** False: it was written for another version of the API, and is read again in ours. */
  readonly isCurrent?: boolean;
}

/**
 * Applies what a session says, whoever brought it: a webhook, a look-up, an answer. All of it in one transaction, under
 * the lock of the payment. Applying an update twice, or an old one after a new one, changes nothing.
 */
@Injectable()
export class CheckoutSessionUpdates {
  constructor(
    private readonly ledger: Ledger,
    private readonly sessions: StripeSessionsRepository,
    private readonly money: BookCharge,
    private readonly gateway: StripeGateway,
    private readonly refundUnusable: RefundUnusableCharge,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(CheckoutSessionUpdates.name);
  }

  /** Reads a session as far as that is needed, and applies it in a transaction of its own. @throws StripeUnavailable */
  async update(payment_id: number, given: SessionUpdate, trail: AuditBuffer): Promise<SessionOutcome> {
    const update = await this.read(payment_id, given);
    const outcome = await inTransaction(this.ledger.dataSource, async (tx) =>
      this.apply(tx, payment_id, update, trail),
    );
    await this.committed(payment_id, update, outcome, trail);
    return outcome;
  }

  /**
   * What an event says is a hint: a wrong word in one would set good money aside for ever. So the session is read again where
   * the event is of another API version, where its money is not what the payment asks for, and where nobody knows when it
   * was taken. Amount and currency of a payment never change, so this needs no transaction.
   * @throws StripeUnavailable
   */
  async read(payment_id: number, update: SessionUpdate): Promise<SessionUpdate> {
    const { session, isCurrent = true } = update;
    const isPaid = session.payment_status === 'paid';
    const isDated = (takenAt(session) ?? update.taken_at) !== undefined;
    if (isCurrent && (!isPaid || (isDated && (await this.matches(payment_id, session))))) return update;
    const now = await this.gateway.findSession(session.id);
    // Another account's: its signed event is all that there is.
    return now ? { ...update, session: now } : update;
  }

  /** In a transaction, with what was read. Applying it twice, or after something newer, changes nothing. */
  async apply(
    tx: EntityManager,
    payment_id: number,
    update: SessionUpdate,
    trail: AuditBuffer,
  ): Promise<SessionOutcome> {
    const outcome = await this.applyToPayment(tx, payment_id, update, trail);
    crashPoint('money.before-commit');
    return outcome;
  }

  /** After that transaction: what only follows once it is committed. The caller still holds the payment's lock. */
  async committed(
    payment_id: number,
    update: SessionUpdate,
    outcome: SessionOutcome,
    trail: AuditBuffer,
  ): Promise<void> {
    crashPoint('money.committed');
    trail.committed();
    const { id: session, status: session_status } = update.session;
    this.logger.info({ payment_id, session, session_status, outcome: outcome.is }, 'Payment: Stripe session applied');
    if (outcome.is === 'returned') await this.refundUnusable.run(outcome.refund_id, trail);
  }

  /** Stripe does not know the session any more, and its time is long over: nobody will pay on it. */
  async unknown(payment_id: number, trail: AuditBuffer): Promise<SessionOutcome> {
    const outcome = await inTransaction(this.ledger.dataSource, async (tx): Promise<SessionOutcome> => {
      const payment = await this.ledger.payments.lock(tx, payment_id);
      const row = payment && (await this.sessions.find(tx, payment_id));
      if (!payment || !row) return { is: 'foreign', why: 'no such payment' };
      if (payment.status !== 'pending' || payment.processing) return { is: 'nothing_new', payment };
      if (row.state === 'open') await this.sessions.become(tx, payment_id, 'expired');
      return this.end(tx, payment, 'expired', trail);
    });
    trail.committed();
    return outcome;
  }

  private async matches(payment_id: number, session: StripeSession): Promise<boolean> {
    const payment = await this.ledger.payments.find(this.ledger.manager, payment_id);
    return !payment || (session.amount_total === payment.amount && session.currency === payment.currency);
  }

  private async applyToPayment(
    tx: EntityManager,
    id: number,
    update: SessionUpdate,
    trail: AuditBuffer,
  ): Promise<SessionOutcome> {
    const payment = await this.ledger.payments.lock(tx, id);
    const row = payment && (await this.sessions.find(tx, id));
    if (!payment || !row) return { is: 'foreign', why: 'no such payment' };
    const { session } = update;
    if (!isOurs(session, row)) return { is: 'foreign', why: 'another reference' };
    if (row.session_id !== null && row.session_id !== session.id) return this.unattached(tx, payment, update, trail);
    await this.keepUp(tx, row, session, trail);

    if (session.status === 'complete' && session.payment_status === 'paid') {
      return this.money.run(tx, payment, chargeOf(update), trail);
    }
    if (payment.status !== 'pending') return { is: 'nothing_new', payment };
    if (session.status === 'complete' && update.async_failed) return this.end(tx, payment, 'failed', trail);
    if (session.status === 'complete') return this.process(tx, payment, trail);
    if (session.status === 'expired') return this.end(tx, payment, 'expired', trail);
    return { is: 'nothing_new', payment };
  }

  /** A second session under our reference, whose address nobody was given. Its money, should there be any, goes back. */
  private async unattached(
    tx: EntityManager,
    payment: Payment,
    update: SessionUpdate,
    trail: AuditBuffer,
  ): Promise<SessionOutcome> {
    if (update.session.payment_status !== 'paid') return { is: 'nothing_new', payment };
    return this.money.run(tx, payment, chargeOf(update), trail);
  }

  /** The session we did not hear of from our own request is attached now; whoever still waits for that is too late. */
  private async keepUp(tx: EntityManager, row: SessionRow, session: StripeSession, trail: AuditBuffer): Promise<void> {
    const known = knownSession(session);
    if (row.state === 'unanswered') {
      const raised = await this.sessions.raiseFence(tx, row.payment_id);
      if (raised) await this.sessions.attach(tx, raised, known);
      await this.ledger.payments.setExpiry(tx, row.payment_id, known.expires_at);
      trail.note({ lane: 'database', action: 'session.attached', detail: { session_id: session.id } });
    } else if (row.state === 'open' && known.state !== 'open') {
      await this.sessions.become(tx, row.payment_id, known.state);
    }
  }

  private async process(tx: EntityManager, payment: Payment, trail: AuditBuffer): Promise<SessionOutcome> {
    if (payment.processing) return { is: 'nothing_new', payment };
    await this.ledger.payments.markProcessing(tx, payment.id);
    await this.ledger.audit.record(tx, trail.entries(payment.id, { action: 'payment.processing' }));
    return { is: 'processing', payment: { ...payment, processing: true } };
  }

  private async end(
    tx: EntityManager,
    payment: Payment,
    to: Extract<PaymentStatus, 'expired' | 'failed'>,
    trail: AuditBuffer,
  ): Promise<SessionOutcome> {
    const ended = await this.ledger.payments.move(tx, { id: payment.id, from: 'pending', to });
    if (!ended) throw new Error(`Payment ${payment.id} changed while its row was locked`);
    await this.ledger.invoices.follow(tx, payment.id, to);
    await this.ledger.audit.record(
      tx,
      trail.entries(payment.id, { action: `payment.${to}`, detail: { from: 'pending' } }),
    );
    return { is: to, payment: ended };
  }
}

/** Old sessions carry no reference: then their id must be the attached one. */
function isOurs(session: StripeSession, row: SessionRow): boolean {
  const ref = session.metadata?.ref ?? session.client_reference_id;
  return ref === null || ref === undefined ? session.id === row.session_id : ref === row.ref;
}

export function knownSession(session: StripeSession): KnownSession {
  const { id, url, expires_at } = session;
  return { id, url, expires_at, state: stateOf(session) };
}

function stateOf({ status }: StripeSession): KnownSession['state'] {
  if (status === 'complete') return 'complete';
  return status === 'expired' ? 'expired' : 'open';
}

/** A paid session has a payment intent: it is the transaction that refunds and disputes name, too. */
export function transactionOf(session: StripeSession): string {
  return paymentIntentOf(session) ?? session.id;
}

/**
 * When Stripe took the money, where no event says so: a bank transfer's balance transaction is made when it arrives, long
 * after its charge (https://docs.stripe.com/api/balance_transactions/object#balance_transaction_object-created). That of a
 * debit may be made when it is submitted, days before (an event says it better).
 */
function takenAt(session: StripeSession): number | undefined {
  const charge = chargeIn(session);
  if (!charge) return undefined;
  const { balance_transaction, created } = charge;
  return typeof balance_transaction === 'object' && balance_transaction !== null
    ? balance_transaction.created
    : created;
}

/** Undefined in an event: it names the payment intent by its id alone. */
function chargeIn({ payment_intent }: StripeSession): StripeCharge | undefined {
  const charge = typeof payment_intent === 'string' ? undefined : payment_intent?.latest_charge;
  return typeof charge === 'object' && charge !== null ? charge : undefined;
}

function chargeOf({ session, taken_at, receipt_url }: SessionUpdate): NewCharge {
  const seconds = taken_at ?? takenAt(session);
  return {
    payment_method: 'stripe',
    transaction_id: transactionOf(session),
    amount_received: session.amount_total ?? 0,
    currency: session.currency ?? '',
    receipt_url: receipt_url ?? chargeIn(session)?.receipt_url ?? null,
    receipt_follows: true,
    received_at: seconds === undefined ? undefined : new Date(seconds * 1_000),
  };
}
