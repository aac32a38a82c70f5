import { Injectable } from '@nestjs/common';
import type { PaymentMethod } from '../ledger/payment.js';
import { ManualProvider } from '../manual/manual-provider.js';
import type { PaymentProvider } from './payment-provider.js';
import { StripeProvider } from '../stripe/stripe-provider.js';

@Injectable()
export class PaymentProviders {
  private readonly byMethod: ReadonlyMap<PaymentMethod, PaymentProvider>;

  constructor(manual: ManualProvider, stripe: StripeProvider) {
    this.byMethod = new Map(
      [manual, stripe].flatMap((provider: PaymentProvider) =>
        provider.methods.map((method) => [method, provider] as const),
      ),
    );
  }

  of(method: PaymentMethod): PaymentProvider {
    const provider = this.byMethod.get(method);
    if (!provider) throw new Error(`No provider for ${method}`);
    return provider;
  }
}
