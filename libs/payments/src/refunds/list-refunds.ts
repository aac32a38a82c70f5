import { Answer } from '#answers';
import { PaymentNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import { Ledger } from '../ledger/ledger.js';
import { nextCursor, type Page } from '#validation';
import { RefundsRepository } from '../ledger/refunds.repository.js';
import type { PageOfRefunds } from './refund-shapes.js';

/** Lists the refunds of one payment, and what can still be refunded. */
@Injectable()
export class ListRefunds {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
  ) {}

  /** @throws PaymentNotFound */
  async run(payment_id: number, page: Page): Promise<Answer<PageOfRefunds>> {
    const { manager } = this.ledger;
    if (!(await this.ledger.payments.find(manager, payment_id))) throw new PaymentNotFound(payment_id);
    const refunds = await this.refunds.list(manager, payment_id, page);
    const { refundable_amount } = await this.ledger.charges.findRefundable(manager, payment_id);
    return Answer.ok('payment.refunds_listed', {
      payment_id,
      refunds,
      refundable_amount,
      as_of: await this.refunds.clock(manager),
      next_cursor: nextCursor(refunds, page),
    });
  }
}
