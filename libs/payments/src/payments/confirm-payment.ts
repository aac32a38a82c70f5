import type { Answer } from '#answers';
import type { Caller } from '#auth';
import { Forbidden, PaymentNotFound, ValidationFailed } from '#errors';
import type { Claim } from '#idempotency';
import { Injectable } from '@nestjs/common';
import { PaymentProviders } from '../provider/provider-registry.js';
import { ConfirmByTransfer } from '../manual/confirm-by-transfer.js';
import { ConfirmByStripe } from '../stripe/sessions/confirm-session.js';
import type { ConfirmedPayment } from './payment-answers.js';
import type { ConfirmPaymentRequest } from './payment-requests.js';
import { PaymentRows } from '../ledger/ledger.js';

/** The money has come: by bank and GCash staff say so, by Stripe it is asked. */
@Injectable()
export class ConfirmPayment {
  constructor(
    private readonly rows: PaymentRows,
    private readonly providers: PaymentProviders,
    private readonly byStripe: ConfirmByStripe,
    private readonly byTransfer: ConfirmByTransfer,
  ) {}

  /**
   * @throws PaymentNotFound, Forbidden, PaymentAlreadyConfirmed, TransitionNotAllowed, TransactionAlreadyUsed,
   * PaymentExists (late money, and the consultation has another payment by now), TransferMismatch, ValidationFailed, StripeUnavailable,
   * LockTimeout
   */
  async run(
    payment_id: number,
    request: ConfirmPaymentRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<ConfirmedPayment>> {
    const known = await this.rows.payments.find(this.rows.manager, payment_id);
    if (!known) throw new PaymentNotFound(payment_id);
    if (caller.role === 'patient' && known.user_id !== caller.user_id) throw new Forbidden();

    const provider = this.providers.of(known.payment_method);
    const stated = (['amount_received', 'received_at'] as const).filter((field) => request[field] !== undefined);
    if (provider.confirmedBy === 'provider' && stated.length > 0) {
      throw new ValidationFailed(stated.map((field) => ({ field, rule: 'stripe_states_it' })));
    }
    if (provider.confirmedBy === 'provider') return this.byStripe.run(known, request, caller, claim);
    provider.refuseConfirmation(known, caller);
    return this.byTransfer.run(known, request, caller, claim);
  }
}
