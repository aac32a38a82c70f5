import { Answer } from '#answers';
import type { Caller } from '#auth';
import { Forbidden, PaymentNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import { PaymentProviders } from '../providers/payment-providers.js';
import { refundable } from './charges.repository.js';
import { PaymentRows } from './payment-rows.js';

/** One payment with its papers, for its owner and for staff. */
@Injectable()
export class GetPayment {
  constructor(
    private readonly rows: PaymentRows,
    private readonly providers: PaymentProviders,
  ) {}

  /** @param seenAs what else the answer calls it. @throws PaymentNotFound, Forbidden */
  async run(id: number, caller: Caller, seenAs: Record<string, unknown> = {}): Promise<Answer> {
    const { manager } = this.rows;
    const payment = await this.rows.payments.find(manager, id);
    if (!payment) throw new PaymentNotFound(id);
    if (caller.role === 'patient' && payment.user_id !== caller.user_id) throw new Forbidden();
    const papers = await this.rows.papers.find(manager, id);
    const charge = await this.rows.charges.find(manager, id);
    const checkout = await this.providers.of(payment.payment_method).checkoutOf(payment);
    const message = 'order_id' in seenAs ? 'checkout.order_found' : 'payment.found';
    const accepted = await this.rows.charges.findAccepted(manager, id);
    const refunds = {
      /** On their way back, and what could still be given back beside them. */
      refund_pending_amount: accepted?.amount_reserved ?? 0,
      refundable_amount: accepted ? refundable(accepted) : 0,
    };
    return Answer.ok(message, { ...seenAs, payment, ...papers, charge, checkout, ...refunds });
  }
}
