import type { Answer } from '#answers';
import type { Caller } from '#auth';
import { AmountOutOfRange, ServiceUnavailable } from '#errors';
import type { Claim } from '#idempotency';
import { StripeGateway } from '#stripe';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CURRENCIES, isCurrency } from '../ledger/money/currencies.js';
import type { Payment } from '../ledger/payment.js';
import type { Confirmation, ConfirmedPayment } from '../provider/confirmation.js';
import type { PaymentProvider } from '../provider/payment-provider.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { STRIPE_DISPLAY_NAME } from './objects/transaction.js';
import { StripeProviderRefunds } from './refunds/stripe-provider-refunds.js';
import { ResumeStripe } from './resume-stripe.js';
import { ConfirmSession } from './sessions/confirm-session.js';
import { StripeHostedCheckout } from './sessions/stripe-hosted-checkout.js';
import { StripeProviderCharges } from './stripe-provider-charges.js';

/**
 * The Stripe provider: a hosted page to pay on, Stripe's API to find out whether it was paid, and refunds that Stripe
 * makes.
 */
@Injectable()
export class StripeProvider implements PaymentProvider, OnModuleInit {
  readonly name = 'stripe';
  readonly displayName = STRIPE_DISPLAY_NAME;
  readonly methods = ['stripe'] as const;

  constructor(
    readonly hosted: StripeHostedCheckout,
    readonly refunds: StripeProviderRefunds,
    readonly charges: StripeProviderCharges,
    private readonly confirmSession: ConfirmSession,
    private readonly resume: ResumeStripe,
    private readonly gateway: StripeGateway,
    private readonly registry: ProviderRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  assertConfigured(): void {
    this.gateway.assertConfigured();
  }

  assertAmount(money: { amount: number; currency: string }): void {
    // A product may have a currency that only the next version knows, while machines are replaced one after the other.
    if (!isCurrency(money.currency)) throw new ServiceUnavailable({ retryAfterSeconds: 5 });
    const rules = CURRENCIES[money.currency].stripe;
    if (money.amount < rules.minimum || money.amount > rules.maximum) {
      throw new AmountOutOfRange({ currency: money.currency, ...rules });
    }
  }

  assertAvailable(): void {
    this.gateway.assertAvailable();
  }

  async confirm(
    payment: Payment,
    confirmation: Confirmation,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<ConfirmedPayment>> {
    return this.confirmSession.run(payment, confirmation, caller, claim);
  }

  async resumeDue(): Promise<number> {
    return this.resume.run();
  }
}
