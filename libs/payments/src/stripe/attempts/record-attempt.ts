import { type StripeCharge, type StripeEvent, StripeGateway, type StripePaymentIntent } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Ledger } from '../../ledger/ledger.js';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { attemptOfCharge, attemptOfEvent, failedChargeOf } from './failed-attempt.js';
import { type FailedAttempt, PaymentAttemptsRepository } from '../../ledger/payment-attempts.repository.js';
import { isCurrentVersion, paymentIntentOf, purchaseIdIn, referenceIn } from '../objects/reference.js';
import { transactionAtStripe } from '../objects/transaction.js';

export type AttemptOutcome =
  | { readonly is: 'attempt_declined' | 'attempt_failed' | 'nothing_new' }
  /** Stripe states that this charge did not fail, or does not know it. */
  | { readonly is: 'not_failed' };

/** Stripe's view of the attempt: a failure to store, one already stored, or no failure after all. */
export type ReadAttempt = FailedAttempt | 'nothing_new' | 'not_failed';

/**
 * Records failed attempts to pay at Stripe, from `charge.failed` and `payment_intent.payment_failed`. Both events
 * report the same attempt, which is stored once. It changes no status and no money.
 */
@Injectable()
export class RecordAttempt {
  constructor(
    private readonly ledger: Ledger,
    private readonly attempts: PaymentAttemptsRepository,
    private readonly gateway: StripeGateway,
  ) {}

  /**
   * The payment that an event is about; undefined when it is not ours. Our metadata is on the payment intent, which
   * Stripe copies to each of its charges
   * (https://docs.stripe.com/payments/payment-intents#storing-information-in-metadata). Without metadata, a booked
   * charge identifies the payment. Stripe is not asked: most failed charges of a shared account belong to other
   * programs.
   */
  async paymentOf(event: StripeEvent): Promise<number | undefined> {
    const { metadata } = event.data.object as StripeCharge | StripePaymentIntent;
    const { manager } = this.ledger;
    const ref = referenceIn(metadata);
    const id = purchaseIdIn(metadata);
    if (ref !== undefined && id !== undefined) return (await this.attempts.isOurs(manager, id, ref)) ? id : undefined;
    const payment_intent = intentOf(event);
    if (payment_intent === undefined) return undefined;
    const money = await this.ledger.charges.findTransaction(manager, transactionAtStripe(payment_intent));
    return money?.payment_id ?? undefined;
  }

  async apply(
    tx: EntityManager,
    payment_id: number,
    read: ReadAttempt,
    auditBuffer: AuditBuffer,
  ): Promise<AttemptOutcome> {
    return typeof read === 'object' ? this.store(tx, payment_id, read, auditBuffer) : { is: read };
  }

  /**
   * A failed charge never changes again, so its own event is trusted if it has our API version. Every other event only
   * names the charge, which is then read from Stripe. With this one source, the row does not depend on which event came
   * first. No transaction is open.
   * @throws StripeUnavailable
   */
  async read(event: StripeEvent): Promise<ReadAttempt> {
    const payment_intent = intentOf(event);
    if (payment_intent === undefined) return 'not_failed';
    const { object } = event.data as { object: StripeCharge | StripePaymentIntent };
    const id = object.object === 'payment_intent' ? failedChargeOf(object) : object.id;
    if (id === undefined) return attemptOfEvent(event, object as StripePaymentIntent);
    if (await this.attempts.isStored(this.ledger.manager, id)) return 'nothing_new';
    const isReadable = object.object === 'charge' && isCurrentVersion(event, this.gateway);
    const charge = isReadable ? object : await this.gateway.findCharge(id);
    return charge?.status === 'failed' ? attemptOfCharge(charge, payment_intent) : 'not_failed';
  }

  private async store(
    tx: EntityManager,
    payment_id: number,
    attempt: FailedAttempt,
    auditBuffer: AuditBuffer,
  ): Promise<AttemptOutcome> {
    if (!(await this.attempts.insert(tx, payment_id, attempt))) return { is: 'nothing_new' };
    const { is_card, failure_code: code, decline_code, card_last4: last4, payment_method_type } = attempt;
    const is = is_card ? 'attempt_declined' : 'attempt_failed';
    const detail = is_card ? { code, decline_code, last4 } : { code, payment_method_type };
    // The lane is always `webhook`, because Stripe reported the attempt, whichever process applies the event.
    await this.ledger.audit.record(
      tx,
      auditBuffer.entries(payment_id, { lane: 'webhook', action: `payment.${is}`, detail }),
    );
    return { is };
  }
}

/** The payment intent of the attempt; a charge without one is not ours. */
function intentOf(event: StripeEvent): string | undefined {
  const object = event.data.object as StripeCharge | StripePaymentIntent;
  if (object.object === 'payment_intent') return object.id;
  return paymentIntentOf(object);
}
