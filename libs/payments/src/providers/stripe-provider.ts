import { AmountOutOfRange, StripeUnavailable } from '#errors';
import { Injectable } from '@nestjs/common';
import type { Charge } from '../payments/charges.repository.js';
import { CURRENCIES, type Currency } from '../money/currencies.js';
import type { PaymentProvider } from './payment-provider.js';

/**
 * Stripe's side of the interface as far as it goes without Stripe: amounts are checked, a payment stays pending with
 * no page to pay on, and nothing can be confirmed, since nobody has been asked for money yet.
 */
@Injectable()
export class StripeProvider implements PaymentProvider {
  readonly methods = ['stripe'] as const;
  readonly refundsSettledBy = 'provider';

  refuseAmount(money: { amount: number; currency: string }): void {
    const rules = CURRENCIES[money.currency as Currency].stripe;
    if (money.amount < rules.minimum || money.amount > rules.maximum) {
      throw new AmountOutOfRange({ currency: money.currency, ...rules });
    }
  }

  async checkoutOf(): Promise<null> {
    return null;
  }

  async lookUp(): Promise<Charge> {
    throw new StripeUnavailable();
  }
}
