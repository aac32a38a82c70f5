import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Charge } from '../../ledger/charge.js';
import { Ledger } from '../../ledger/ledger.js';
import { RefundsRepository } from '../../ledger/refunds.repository.js';
import { refundRequest } from './refund-request.js';
import { StripeRefundsRepository } from './stripe-refunds.repository.js';

const REASON = 'The payment could not take this money: refunded automatically';

/**
 * Money that could pay nothing is refunded automatically, once: the refund is reserved when the money arrives, and sent
 * after the commit.
 */
@Injectable()
export class AutomaticRefunds {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
    private readonly calls: StripeRefundsRepository,
  ) {}

  /** @returns the refund's id; `refunds_one_automatic_per_charge` refuses a second one. */
  async reserve(tx: EntityManager, of: { charge_id: number; payment_id: number; charge: Charge }): Promise<number> {
    const amount = of.charge.amount_received;
    await this.ledger.charges.shift(tx, of.charge_id, { reserved: amount, returned: 0 });
    const refund = await this.refunds.insert(tx, {
      charge_id: of.charge_id,
      amount,
      reason: REASON,
      requested_by: null,
      automatic: true,
    });
    const request = refundRequest(refund, of.charge.transaction_id);
    await this.calls.insert(tx, { refund_id: refund.id, request });
    return refund.id;
  }
}
