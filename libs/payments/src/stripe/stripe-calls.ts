import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import type { Payment } from '../ledger/payment.js';
import { PaymentRows } from '../ledger/ledger.js';
import type { Trail } from '../ledger/audit-buffer.js';
import { DisputesRepository } from '../ledger/disputes.repository.js';
import { SessionNews, type SessionOutcome } from './sessions/session-updates.js';
import { StripeRefunds } from './refunds/stripe-refunds.js';
import { StripeRefundsRepository } from './refunds/stripe-refunds.repository.js';
import { StripeSessions } from './sessions/stripe-sessions.js';
import { StripeSessionsRepository } from './sessions/stripe-sessions.repository.js';

/** What is asked of Stripe, and the rows that remember it, in one hand. */
@Injectable()
export class StripeCalls {
  constructor(
    private readonly rows: PaymentRows,
    readonly sessions: StripeSessions,
    readonly news: SessionNews,
    readonly sessionRows: StripeSessionsRepository,
    readonly refunds: StripeRefunds,
    readonly refundRows: StripeRefundsRepository,
    readonly disputes: DisputesRepository,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(StripeCalls.name);
  }

  get manager(): EntityManager {
    return this.rows.manager;
  }

  async find(payment_id: number): Promise<Payment | undefined> {
    return this.rows.payments.find(this.manager, payment_id);
  }

  /** Money that bought nothing is asked back at once; should that not succeed, the worker goes on with it. */
  async giveBack(outcome: SessionOutcome | undefined, trail: Trail): Promise<void> {
    if (outcome?.is !== 'returned') return;
    const { refund_id } = outcome;
    try {
      await this.refunds.pursue(refund_id, trail);
    } catch (error) {
      this.logger.warn({ err: error, refund_id }, 'Payment: An automatic refund is not through yet');
    }
  }
}
