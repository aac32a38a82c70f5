import { StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { Ledger } from '../../ledger/ledger.js';
import { paymentLockKey } from '../../ledger/payment-lock.js';
import { EventNotReadyError, type EventResult } from '../inbox/event-processor.js';
import { referenceIn } from '../objects/reference.js';
import type { LocatedPayment } from './event-handler.js';

/** Finds the payment of the money that a refund or a dispute is about. */
@Injectable()
export class LocateMoney {
  constructor(
    private readonly ledger: Ledger,
    private readonly gateway: StripeGateway,
  ) {}

  /**
   * Money that is not booked yet may still be ours: Stripe may report its refund before its arrival, or instead of it.
   * @param payment_id of booked money; undefined when none is booked
   * @throws EventNotReadyError when a payment of ours waits for this money; StripeUnavailable
   */
  async located(
    payment_id: number | undefined,
    payment_intent: string | undefined,
  ): Promise<LocatedPayment | undefined> {
    if (payment_id !== undefined) return { payment_id, lock_key: paymentLockKey(payment_id) };
    if (payment_intent !== undefined) await this.deferIfOurs(payment_intent);
    return undefined;
  }

  private async deferIfOurs(payment_intent: string): Promise<void> {
    const intent = await this.gateway.findPaymentIntent(payment_intent);
    const ref = referenceIn(intent?.metadata);
    if (ref === undefined || !(await this.ledger.payments.isOurs(this.ledger.manager, ref))) return;
    throw new EventNotReadyError('its money has not been booked yet');
  }
}

/** The result of processing a refund or dispute event, as the inbox stores it. */
export function resultOfMoney(
  payment_id: number,
  outcome: { is: string } & ({ is: 'quarantined'; why: string } | { is: Exclude<string, 'quarantined'> }),
): EventResult {
  if (outcome.is === 'foreign') return { verdict: 'foreign', payment_id: null };
  if (outcome.is === 'quarantined') {
    return { verdict: 'quarantined', payment_id, ...('why' in outcome ? { note: outcome.why } : {}) };
  }
  return { verdict: 'applied', payment_id, note: outcome.is };
}
