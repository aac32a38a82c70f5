import { Answer } from '#answers';
import type { Caller } from '#auth';
import { ExternalReference, IntegerText, OneOf, Optional, nextCursor, pageOf, PageRequest } from '#validation';
import { Injectable } from '@nestjs/common';
import { PAYMENT_STATUSES, type PaymentStatus } from '../ledger/payment.js';
import { Ledger } from '../ledger/ledger.js';
import type { PageOfPayments } from './payment-answers.js';

export class ListPaymentsRequest extends PageRequest {
  @Optional()
  @OneOf(...PAYMENT_STATUSES)
  status?: PaymentStatus;

  @Optional()
  @IntegerText({ min: 1, max: Number.MAX_SAFE_INTEGER })
  consultation_id?: string;

  /** Payments for this consultation or product. */
  @Optional()
  @ExternalReference()
  external_reference?: string;
}

/** A patient's own payments, or all users' for staff; newest first. */
@Injectable()
export class ListPayments {
  constructor(private readonly ledger: Ledger) {}

  async run(request: ListPaymentsRequest, caller: Caller): Promise<Answer<PageOfPayments>> {
    const page = pageOf(request);
    const payments = await this.ledger.payments.list(this.ledger.manager, page, {
      user_id: caller.role === 'patient' ? caller.user_id : null,
      status: request.status ?? null,
      consultation_id: request.consultation_id === undefined ? null : Number(request.consultation_id),
      external_reference: request.external_reference ?? null,
    });
    return Answer.ok('payment.listed', { payments, next_cursor: nextCursor(payments, page) });
  }
}
