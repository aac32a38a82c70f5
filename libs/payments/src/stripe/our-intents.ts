import { StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PaymentRows } from '../payments/payment-rows.js';
import { NotYet } from './hear-stripe.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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
    const ref = intent?.metadata.ref;
    if (ref === undefined || !UUID.test(ref)) return;
    if (await this.rows.payments.isOurs(this.rows.manager, ref)) throw new NotYet('its money has not been booked yet');
  }
}
