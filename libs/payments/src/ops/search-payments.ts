import { Answer, type Holds, nextCursor as theNextCursor, shape } from '#answers';
import { OneOf, Optional, Text } from '#validation';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { nextCursor, pageOf, PageRequest } from '../paging.js';
import { PAYMENT_METHODS, PAYMENT_STATUSES, type PaymentMethod, type PaymentStatus } from '../payments/payment.js';
import { FoundPayment, FoundPayments } from './found-payments.js';

export const PageOfFoundPayments = shape('PageOfFoundPayments', {
  payments: z.array(FoundPayment),
  next_cursor: theNextCursor,
});
export type PageOfFoundPayments = Holds<typeof PageOfFoundPayments>;

export class SearchPaymentsRequest extends PageRequest {
  /**
   * A payment's or order's id, an invoice's number, a user's subject, a transaction that paid or paid back, a Stripe
   * session or a product: whole, never a part.
   */
  @Optional()
  @Text({ min: 1, max: 255 })
  search?: string;

  @Optional()
  @OneOf(...PAYMENT_STATUSES)
  status?: PaymentStatus;

  @Optional()
  @OneOf(...PAYMENT_METHODS)
  payment_method?: PaymentMethod;

  @Optional()
  @OneOf('true', 'false')
  refund_owed?: 'true' | 'false';
}

/** Finds what somebody on the telephone reads out; newest first. */
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
      refund_owed: request.refund_owed === undefined ? null : request.refund_owed === 'true',
    });
    return Answer.ok('payment.listed', { payments, next_cursor: nextCursor(payments, page) });
  }
}
