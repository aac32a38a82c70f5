import { Injectable } from '@nestjs/common';
import { PAYMENT_METHODS, type PaymentMethod } from '../ledger/payment-methods.js';
import type { HostedCheckout, PaymentProvider } from './payment-provider.js';

export interface ExternalMethod {
  readonly method: PaymentMethod;
  readonly name: string;
  readonly refunded_by: 'provider' | 'staff';
}

/** The providers of this process. Each registers itself when its module starts (`onModuleInit`). */
@Injectable()
export class ProviderRegistry {
  private readonly byMethod = new Map<PaymentMethod, PaymentProvider>();

  register(provider: PaymentProvider): void {
    for (const method of provider.methods) {
      const other = this.byMethod.get(method);
      if (other) throw new Error(`Both ${other.name} and ${provider.name} are registered for ${method}`);
      this.byMethod.set(method, provider);
    }
  }

  of(method: PaymentMethod): PaymentProvider {
    const provider = this.byMethod.get(method);
    if (!provider) throw new Error(`No provider is registered for ${method}`);
    return provider;
  }

  /** The page of a method that has one. */
  hosted(method: PaymentMethod): HostedCheckout {
    const { hosted, name } = this.of(method);
    if (!hosted) throw new Error(`${name} has no hosted page`);
    return hosted;
  }

  /** Of every provider with a page. */
  hostedMethods(): readonly PaymentMethod[] {
    return this.withPage().flatMap(({ methods }) => methods);
  }

  /** Those of a provider that has its credentials: with them a payment can start. */
  configuredPageMethods(): readonly PaymentMethod[] {
    return this.withPage()
      .filter((provider) => passes(() => provider.assertConfigured?.()))
      .flatMap(({ methods }) => methods);
  }

  /** False: every provider with a page is unconfigured or down, and nothing can be asked about pages. */
  isAnyPageAvailable(): boolean {
    return this.withPage().some((provider) => passes(() => provider.assertAvailable?.()));
  }

  has(method: PaymentMethod): boolean {
    return this.byMethod.has(method);
  }

  /** Those of this program first. */
  methods(): readonly PaymentMethod[] {
    const builtIn = PAYMENT_METHODS.filter((method) => this.has(method));
    return [...new Set<PaymentMethod>([...builtIn, ...this.byMethod.keys()])];
  }

  /** Methods of providers from elsewhere, as the pages have to know them. */
  externalMethods(): readonly ExternalMethod[] {
    return this.all().flatMap(({ displayName, methods, refunds }) =>
      methods
        .filter((method) => !(PAYMENT_METHODS as readonly string[]).includes(method))
        .map((method) => ({ method, name: displayName, refunded_by: refunds ? 'provider' : 'staff' })),
    );
  }

  all(): readonly PaymentProvider[] {
    return [...new Set(this.byMethod.values())];
  }

  private withPage(): readonly PaymentProvider[] {
    return this.all().filter(({ hosted }) => hosted);
  }
}

function passes(assert: () => void): boolean {
  try {
    assert();
    return true;
  } catch {
    return false;
  }
}
