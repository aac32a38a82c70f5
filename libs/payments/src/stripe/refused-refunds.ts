import { inTransaction } from '#database';
import { StripeRefused, StripeUnavailable } from '#errors';
import type { Made } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PaymentRows } from '../payments/payment-rows.js';
import type { Trail } from '../payments/trail.js';
import { RefundSettlement } from '../refunds/refund-settlement.js';
import { RefundsRepository } from '../refunds/refunds.repository.js';
import { type RefundCallRow, StripeRefundsRepository } from './stripe-refunds.repository.js';

/** Stripe has said no to a refund, for good: its reservation is freed, unless somebody else knows better by now. */
@Injectable()
export class RefusedRefunds {
  constructor(
    private readonly rows: PaymentRows,
    private readonly calls: StripeRefundsRepository,
    private readonly refunds: RefundsRepository,
    private readonly settlement: RefundSettlement,
  ) {}

  async settle(
    row: RefundCallRow,
    made: Extract<Made<never>, { is: 'refused' }>,
    trail: Trail,
  ): Promise<StripeRefused | StripeUnavailable> {
    const { refund_id, payment_id } = row;
    const ended = await inTransaction(this.rows.dataSource, async (tx) => {
      const payment = await this.rows.payments.lock(tx, payment_id);
      const charge = await this.rows.charges.lock(tx, await this.refunds.chargeOf(tx, refund_id));
      const refund = await this.refunds.find(tx, refund_id);
      if (!payment || refund?.status !== 'pending' || !(await this.calls.isOurs(tx, row))) return false;
      await this.calls.answered(tx, refund_id, 'refused');
      await this.settlement.settle(tx, { payment, charge, refund }, { status: 'failed' });
      await this.calls.reopenQuarantined(tx, payment_id);
      const detail = { refund_id, amount: refund.amount, code: made.code };
      await this.rows.audit.record(tx, trail.upTo(payment_id, { action: 'refund.failed', detail }));
      return true;
    });
    trail.committed();
    return ended ? new StripeRefused({ stripe_code: made.code, reason: 'refund_refused' }) : new StripeUnavailable();
  }
}
