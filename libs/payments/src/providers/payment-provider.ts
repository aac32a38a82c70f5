import type { Caller } from '#auth';
import type { Charge } from '../payments/charges.repository.js';
import type { Checkout, Payment, PaymentMethod } from '../payments/payment.js';

/** How money of some methods reaches us. A use case asks the provider and never looks at the method itself. */
export interface PaymentProvider {
  readonly methods: readonly PaymentMethod[];

  /** Who says that a refund was paid back: staff, by a reference of their bank, or the provider itself. */
  readonly refundsSettledBy: 'staff' | 'provider';

  /** Called before any row is written. @throws AmountOutOfRange */
  refuseAmount(money: { amount: number; currency: string }): void;

  /** Where the person goes on to pay; null when there is no page to go to. Called with no transaction open. */
  checkoutOf(payment: Payment): Promise<Checkout | null>;

  /**
   * The money behind a transaction, from whoever really knows: never from the client's word. No transaction is open.
   * @throws Forbidden when this caller may not vouch for it; StripeUnavailable when nobody could be asked.
   */
  lookUp(
    payment: Payment,
    claimed: { transaction_id: string; receipt_url: string | null },
    caller: Caller,
  ): Promise<Charge>;
}
