import { Answer } from '#answers';
import type { Caller } from '#auth';
import { ExternalReference, IntegerText, OneOf, Optional, nextCursor, pageOf, PageRequest } from '#validation';
import { Injectable } from '@nestjs/common';
import { PAYMENT_STATUSES, type PaymentStatus } from '../ledger/payment.js';
import { PaymentRows } from '../ledger/ledger.js';
import type { PageOfPayments } from './payment-answers.js';

export class ListPaymentsRequest extends PageRequest {
  @Optional()
  @OneOf(...PAYMENT_STATUSES)
  status?: PaymentStatus;

  @Optional()
  @IntegerText({ min: 1, max: Number.MAX_SAFE_INTEGER })
  consultation_id?: string;

  /** Of the consultation or product that it is for. */
  @Optional()
  @ExternalReference()
  external_reference?: string;
}

/** A patient's own history, or everybody's for staff; newest first. */
@Injectable()
export class ListPayments {
  constructor(private readonly rows: PaymentRows) {}

  async run(request: ListPaymentsRequest, caller: Caller): Promise<Answer<PageOfPayments>> {
    const page = pageOf(request);
    const payments = await this.rows.payments.list(this.rows.manager, page, {
      user_id: caller.role === 'patient' ? caller.user_id : null,
      status: request.status ?? null,
      consultation_id: request.consultation_id === undefined ? null : Number(request.consultation_id),
      external_reference: request.external_reference ?? null,
    });
    return Answer.ok('payment.listed', { payments, next_cursor: nextCursor(payments, page) });
  }
}
