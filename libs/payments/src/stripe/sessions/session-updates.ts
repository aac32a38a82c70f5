import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { type StripeCharge, StripeGateway, type StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import type { NewCharge } from '../../ledger/charge.js';
import type { Payment, PaymentStatus } from '../../ledger/payment.js';
import { Ledger } from '../../ledger/ledger.js';
import { type Received, BookCharge } from './book-charge.js';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { paymentIntentOf } from '../objects/reference.js';
import { RefundUnusableCharge } from '../refunds/refund-unusable-charge.js';
import { type KnownSession, type SessionRow, StripeSessionsRepository } from './stripe-sessions.repository.js';

/** The outcome of applying a session to its payment. */
export type SessionOutcome =
  | Received
  | { readonly is: 'processing' | 'expired' | 'failed' | 'nothing_new'; readonly payment: Payment }
  /**
   * The session has our payment id but not our reference, or it is another session than the attached one: it is not
   * about this payment.
   */
  | { readonly is: 'foreign'; readonly why: string };

/** A session, and what is known in addition to it. */
export interface SessionUpdate {
  readonly session: StripeSession;
  /** A processing payment has failed for good, which the session itself does not show. */
  readonly async_failed?: boolean;
  /** When the money was taken according to Stripe's event, in seconds since 1970. */
  readonly taken_at?: number;
  /** The receipt that the client named; defaults to Stripe's own. */
  readonly receipt_url?: string | undefined;
  /** False when the session has the shape of another API version; it is then read again in ours. */
  readonly isCurrent?: boolean;
}

/**
 * Applies a session, whether it comes from a webhook, a lookup or an answer, in one transaction and under the lock of
 * its payment. Applying an update twice, or an old one after a new one, changes nothing.
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

  /** Reads a session from Stripe if necessary, and applies it in its own transaction. @throws StripeUnavailable */
  async update(payment_id: number, given: SessionUpdate, auditBuffer: AuditBuffer): Promise<SessionOutcome> {
    const update = await this.read(payment_id, given);
    const outcome = await inTransaction(this.ledger.dataSource, async (tx) =>
      this.apply(tx, payment_id, update, auditBuffer),
    );
    await this.committed(payment_id, update, outcome, auditBuffer);
    return outcome;
  }

  /**
   * An event is only a hint: a wrong value in it would quarantine correct money permanently. So the session is read
   * again where the event has another API version, where its money does not match the payment, and where it is unknown
   * when the money was taken. Amount and currency of a payment never change, so this needs no transaction.
   * @throws StripeUnavailable
   */
  async read(payment_id: number, update: SessionUpdate): Promise<SessionUpdate> {
    const { session, isCurrent = true } = update;
    const isPaid = session.payment_status === 'paid';
    const isDated = (takenAt(session) ?? update.taken_at) !== undefined;
    if (isCurrent && (!isPaid || (isDated && (await this.matches(payment_id, session))))) return update;
    const now = await this.gateway.findSession(session.id);
    // The session belongs to another account, so its signed event is the only source.
    return now ? { ...update, session: now } : update;
  }

  /** Applies in a transaction what was read. Applying it twice, or after something newer, changes nothing. */
  async apply(
    tx: EntityManager,
    payment_id: number,
    update: SessionUpdate,
    auditBuffer: AuditBuffer,
  ): Promise<SessionOutcome> {
    const outcome = await this.applyToPayment(tx, payment_id, update, auditBuffer);
    crashPoint('money.before-commit');
    return outcome;
  }

  /** Runs what must follow the commit of that transaction. The caller still holds the payment's lock. */
  async committed(
    payment_id: number,
    update: SessionUpdate,
    outcome: SessionOutcome,
    auditBuffer: AuditBuffer,
  ): Promise<void> {
    crashPoint('money.committed');
    auditBuffer.committed();
    const { id: session, status: session_status } = update.session;
    this.logger.info({ payment_id, session, session_status, outcome: outcome.is }, 'Payment: Stripe session applied');
    if (outcome.is === 'returned') await this.refundUnusable.run(outcome.refund_id, auditBuffer);
  }

  /** Stripe no longer knows the session, and its expiry is long past: it can no longer be paid. */
  async unknown(payment_id: number, auditBuffer: AuditBuffer): Promise<SessionOutcome> {
    const outcome = await inTransaction(this.ledger.dataSource, async (tx): Promise<SessionOutcome> => {
      const payment = await this.ledger.payments.lock(tx, payment_id);
      const row = payment && (await this.sessions.find(tx, payment_id));
      if (!payment || !row) return { is: 'foreign', why: 'no such payment' };
      if (payment.status !== 'pending' || payment.processing) return { is: 'nothing_new', payment };
      if (row.state === 'open') await this.sessions.become(tx, payment_id, 'expired');
      return this.end(tx, payment, 'expired', auditBuffer);
    });
    auditBuffer.committed();
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
    auditBuffer: AuditBuffer,
  ): Promise<SessionOutcome> {
    const payment = await this.ledger.payments.lock(tx, id);
    const row = payment && (await this.sessions.find(tx, id));
    if (!payment || !row) return { is: 'foreign', why: 'no such payment' };
    const { session } = update;
    if (!isOurs(session, row)) return { is: 'foreign', why: 'another reference' };
    if (row.session_id !== null && row.session_id !== session.id)
      return this.unattached(tx, payment, update, auditBuffer);
    await this.storeSession(tx, row, session, auditBuffer);

    if (session.status === 'complete' && session.payment_status === 'paid') {
      return this.money.run(tx, payment, chargeOf(update), auditBuffer);
    }
    if (payment.status !== 'pending') return { is: 'nothing_new', payment };
    if (session.status === 'complete' && update.async_failed) return this.end(tx, payment, 'failed', auditBuffer);
    if (session.status === 'complete') return this.process(tx, payment, auditBuffer);
    if (session.status === 'expired') return this.end(tx, payment, 'expired', auditBuffer);
    return { is: 'nothing_new', payment };
  }

  /** A second session under our reference, whose URL was never given to a payer. Any money it receives is refunded. */
  private async unattached(
    tx: EntityManager,
    payment: Payment,
    update: SessionUpdate,
    auditBuffer: AuditBuffer,
  ): Promise<SessionOutcome> {
    if (update.session.payment_status !== 'paid') return { is: 'nothing_new', payment };
    return this.money.run(tx, payment, chargeOf(update), auditBuffer);
  }

  /**
   * Attaches a session that the request which created it has not reported yet. That request, if it still runs, is then
   * too late.
   */
  private async storeSession(
    tx: EntityManager,
    row: SessionRow,
    session: StripeSession,
    auditBuffer: AuditBuffer,
  ): Promise<void> {
    const known = knownSession(session);
    if (row.state === 'unanswered') {
      const raised = await this.sessions.raiseFence(tx, row.payment_id);
      if (raised) await this.sessions.attach(tx, raised, known);
      await this.ledger.payments.setExpiry(tx, row.payment_id, known.expires_at);
      auditBuffer.note({ lane: 'database', action: 'session.attached', detail: { session_id: session.id } });
    } else if (row.state === 'open' && known.state !== 'open') {
      await this.sessions.become(tx, row.payment_id, known.state);
    }
  }

  private async process(tx: EntityManager, payment: Payment, auditBuffer: AuditBuffer): Promise<SessionOutcome> {
    if (payment.processing) return { is: 'nothing_new', payment };
    await this.ledger.payments.markProcessing(tx, payment.id);
    await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, { action: 'payment.processing' }));
    return { is: 'processing', payment: { ...payment, processing: true } };
  }

  private async end(
    tx: EntityManager,
    payment: Payment,
    to: Extract<PaymentStatus, 'expired' | 'failed'>,
    auditBuffer: AuditBuffer,
  ): Promise<SessionOutcome> {
    const ended = await this.ledger.payments.move(tx, { id: payment.id, from: 'pending', to });
    if (!ended) throw new Error(`Payment ${payment.id} changed while its row was locked`);
    await this.ledger.invoices.follow(tx, payment.id, to);
    await this.ledger.audit.record(
      tx,
      auditBuffer.entries(payment.id, { action: `payment.${to}`, detail: { from: 'pending' } }),
    );
    return { is: to, payment: ended };
  }
}

/** Legacy sessions have no reference: their id must be the attached one. */
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

/** A paid session has a payment intent. Refunds and disputes name it as their transaction, too. */
export function transactionOf(session: StripeSession): string {
  return paymentIntentOf(session) ?? session.id;
}

/**
 * When Stripe took the money, where no event states it. A bank transfer's balance transaction is created when the money
 * arrives, long after its charge
 * (https://docs.stripe.com/api/balance_transactions/object#balance_transaction_object-created). A debit's may be
 * created when it is submitted, days before, so an event is more accurate.
 */
function takenAt(session: StripeSession): number | undefined {
  const charge = chargeIn(session);
  if (!charge) return undefined;
  const { balance_transaction, created } = charge;
  return typeof balance_transaction === 'object' && balance_transaction !== null
    ? balance_transaction.created
    : created;
}

/** Undefined in an event, which contains only the payment intent's id. */
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
