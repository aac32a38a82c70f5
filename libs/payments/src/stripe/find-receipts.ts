import { countJobFailure, rethrowIfAway } from '#database';
import { StripeUnavailable } from '#errors';
import { StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { PaymentRows } from '../payments/payment-rows.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { StripeMoney } from './stripe-money.js';

const JOB = 'find-receipts';

/** One call to Stripe each; what is left is the next sweep's. */
const MAX_RECEIPTS = 50;

/**
 * Asks Stripe for the receipts that money was booked without: an event tells of the money and not of its charge. The money
 * never waits for its receipt, so this runs after the commit; what is not found then the worker looks for, for a day.
 */
@Injectable()
export class FindReceipts {
  constructor(
    private readonly rows: PaymentRows,
    private readonly receipts: ReceiptsRepository,
    private readonly money: StripeMoney,
    private readonly gateway: StripeGateway,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(FindReceipts.name);
  }

  /** Of one payment intent, if its receipt is still missing. Never throws: its money is booked, and the worker asks again. */
  async find(payment_intent: string): Promise<void> {
    if (!this.gateway.isAvailable) return;
    try {
      if (await this.receipts.isDue(this.rows.manager, payment_intent)) await this.ask(payment_intent);
    } catch (error) {
      this.logger.info({ payment_intent, err: error }, 'Payment: The receipt is looked for later');
    }
  }

  /** For the worker. Safe on many of them. @returns how many were asked for */
  async run(): Promise<number> {
    if (!this.gateway.isAvailable) return 0;
    const due = await this.receipts.takeDue(this.rows.manager, MAX_RECEIPTS);
    for (const payment_intent of due) {
      try {
        await this.ask(payment_intent);
      } catch (error) {
        rethrowIfAway(error);
        // Its next look is set already: one that fails must not keep the others from theirs.
        if (error instanceof StripeUnavailable) continue;
        this.logger.error({ payment_intent, err: error }, 'Worker: A receipt could not be found');
        await countJobFailure(this.rows.manager, JOB, error);
      }
    }
    return due.length;
  }

  private async ask(payment_intent: string): Promise<void> {
    const receipt_url = (await this.money.received(payment_intent))?.receipt_url;
    if (receipt_url) await this.receipts.set(this.rows.manager, payment_intent, receipt_url);
  }
}
