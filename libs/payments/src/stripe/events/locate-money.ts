import { StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PaymentRows } from '../../ledger/ledger.js';
import { paymentLockKey } from '../../ledger/payment-lock.js';
import { EventNotReadyError, type EventResult } from '../inbox/event-processor.js';
import { referenceIn } from '../objects/reference.js';
import type { LocatedPayment } from './event-handler.js';

/** The payment of money that a refund or a dispute is about. */
@Injectable()
export class LocateMoney {
  constructor(
    private readonly rows: PaymentRows,
    private readonly gateway: StripeGateway,
  ) {}

  /**
   * Money that is not booked yet may be ours all the same: Stripe reports its refund before, or instead of, its arrival.
   * @param payment_id of booked money; undefined: none is booked
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
    if (ref === undefined || !(await this.rows.payments.isOurs(this.rows.manager, ref))) return;
    throw new EventNotReadyError('its money has not been booked yet');
  }
}

/** The outcome of a refund's or a dispute's event, as the inbox stores it. */
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
