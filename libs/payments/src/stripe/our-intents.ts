import { StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PaymentRows } from '../ledger/ledger.js';
import { NotYet } from './event-processor.js';
import { referenceIn } from './reference.js';

/** Money we have not heard of yet may be ours all the same: Stripe tells of its refund before, or instead of, its arrival. */
@Injectable()
export class OurIntents {
  constructor(
    private readonly rows: PaymentRows,
    private readonly gateway: StripeGateway,
  ) {}

  /** @throws NotYet when a payment of ours waits for this money; StripeUnavailable */
  async refuseIfAwaited(payment_intent: string | undefined): Promise<void> {
    if (payment_intent === undefined) return;
    const intent = await this.gateway.findPaymentIntent(payment_intent);
    const ref = referenceIn(intent?.metadata);
    if (ref === undefined) return;
    if (await this.rows.payments.isOurs(this.rows.manager, ref)) throw new NotYet('its money has not been booked yet');
  }
}
