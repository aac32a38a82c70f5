import type { Answer } from '#answers';
import type { Caller } from '#auth';
import { Forbidden, PaymentNotFound } from '#errors';
import type { Claim } from '#idempotency';
import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../provider/provider-registry.js';
import type { ConfirmedPayment } from '../provider/confirmation.js';
import type { ConfirmPaymentRequest } from './payment-requests.js';
import { Ledger } from '../ledger/ledger.js';

/** The money has arrived: by bank and GCash staff say so; Stripe is asked. */
@Injectable()
export class ConfirmPayment {
  constructor(
    private readonly ledger: Ledger,
    private readonly providers: ProviderRegistry,
  ) {}

  /**
   * @throws PaymentNotFound, Forbidden, PaymentAlreadyConfirmed, TransitionNotAllowed, TransactionAlreadyUsed,
   * PaymentExists (late money, and the consultation has another payment by now), TransferMismatch, ValidationFailed, ProviderUnavailable,
   * LockTimeout
   */
  async run(
    payment_id: number,
    request: ConfirmPaymentRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<ConfirmedPayment>> {
    const known = await this.ledger.payments.find(this.ledger.manager, payment_id);
    if (!known) throw new PaymentNotFound(payment_id);
    if (caller.role === 'patient' && known.user_id !== caller.user_id) throw new Forbidden();

    return this.providers.of(known.payment_method).confirm(known, request, caller, claim);
  }
}
