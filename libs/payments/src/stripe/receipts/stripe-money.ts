import { StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { StatedMoney } from '../../provider/provider-charges.js';

/** Reads what a payment intent has received. */
@Injectable()
export class ReadReceivedMoney {
  constructor(private readonly gateway: StripeGateway) {}

  /** @returns undefined when Stripe does not know it, or it has received nothing @throws StripeUnavailable */
  async received(payment_intent: string): Promise<StatedMoney | undefined> {
    const intent = await this.gateway.findPaymentIntent(payment_intent);
    const charge = intent?.latest_charge;
    if (intent?.status !== 'succeeded' || typeof charge !== 'object' || charge === null) return undefined;
    const { balance_transaction, created, receipt_url } = charge;
    const isKnown = typeof balance_transaction === 'object' && balance_transaction !== null;
    const seconds = isKnown ? balance_transaction.created : created;
    const { amount_received: amount, currency } = intent;
    // https://docs.stripe.com/api/charges/object#charge_object-receipt_url
    return { amount, currency, received_at: new Date(seconds * 1_000), receipt_url };
  }
}
