import type { Caller } from '#auth';
import { Forbidden } from '#errors';
import { Injectable } from '@nestjs/common';
import type { Charge } from '../payments/charges.repository.js';
import type { Payment } from '../payments/payment.js';
import type { PaymentProvider } from './payment-provider.js';

/** GCash and bank transfers: staff see the money on the account's statement, and their word is what counts. */
@Injectable()
export class ManualProvider implements PaymentProvider {
  readonly methods = ['gcash', 'bank_transfer'] as const;
  readonly refundsSettledBy = 'staff';

  refuseAmount(): void {
    // A bank takes any amount a fee can be.
  }

  async checkoutOf(): Promise<null> {
    return null;
  }

  async lookUp(
    payment: Payment,
    claimed: { transaction_id: string; receipt_url: string | null },
    caller: Caller,
  ): Promise<Charge> {
    // Nobody vouches for their own money, whatever else they may do.
    if (caller.role === 'patient' || caller.user_id === payment.user_id) throw new Forbidden();
    return {
      payment_method: payment.payment_method,
      transaction_id: claimed.transaction_id,
      amount_received: payment.amount,
      currency: payment.currency,
      receipt_url: claimed.receipt_url,
    };
  }
}
