import { Answer, type Holds, nextCursor as theNextCursor, shape } from '#answers';
import { ExternalReference, IntegerText, OneOf, Optional, Text, nextCursor, pageOf, PageRequest } from '#validation';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { PAYMENT_STATUSES, type PaymentStatus } from '../../ledger/payment.js';
import type { PaymentMethod } from '../../ledger/payment-methods.js';
import { RegisteredMethod } from '../../provider/registered-methods.js';
import { FoundPayment, FoundPayments } from './found-payments.js';

export const PageOfFoundPayments = shape('PageOfFoundPayments', {
  payments: z.array(FoundPayment),
  next_cursor: theNextCursor,
});
export type PageOfFoundPayments = Holds<typeof PageOfFoundPayments>;

export class SearchPaymentsRequest extends PageRequest {
  /**
   * A payment's or order's id, its payment reference (`RF…`, in groups or not), an invoice's number, a user's subject, a
   * transaction that paid or paid back, a Stripe session, a product or its name, the idempotency key of the request that
   * made it: whole, never a part.
   */
  @Optional()
  @Text({ min: 1, max: 255 })
  search?: string;

  @Optional()
  @OneOf(...PAYMENT_STATUSES)
  status?: PaymentStatus;

  @Optional()
  @RegisteredMethod()
  payment_method?: PaymentMethod;

  /** Of those that are pending: whose money is on its way, or those whose is not. */
  @Optional()
  @OneOf('true', 'false')
  processing?: 'true' | 'false';

  @Optional()
  @IntegerText({ min: 1, max: Number.MAX_SAFE_INTEGER })
  consultation_id?: string;

  /** Of the consultation or product that it is for. */
  @Optional()
  @ExternalReference()
  external_reference?: string;

  /** What the race lab has paid for: with the rest, which is what you get unasked, or without it. */
  @Optional()
  @OneOf('include', 'exclude')
  lab?: 'include' | 'exclude';

  @Optional()
  @OneOf('true', 'false')
  refund_owed?: 'true' | 'false';
}

/** Finds payments by any identifier that a customer may quote; newest first. */
@Injectable()
export class SearchPayments {
  constructor(
    private readonly dataSource: DataSource,
    private readonly found: FoundPayments,
  ) {}

  async run(request: SearchPaymentsRequest): Promise<Answer<PageOfFoundPayments>> {
    const page = pageOf(request);
    const payments = await this.found.list(this.dataSource.manager, page, {
      search: request.search?.trim() ?? null,
      status: request.status ?? null,
      payment_method: request.payment_method ?? null,
      processing: said(request.processing),
      consultation_id: request.consultation_id === undefined ? null : Number(request.consultation_id),
      external_reference: request.external_reference ?? null,
      without_lab: request.lab === 'exclude',
      refund_owed: said(request.refund_owed),
    });
    return Answer.ok('payment.listed', { payments, next_cursor: nextCursor(payments, page) });
  }
}

const said = (word: 'true' | 'false' | undefined) => (word === undefined ? null : word === 'true');
