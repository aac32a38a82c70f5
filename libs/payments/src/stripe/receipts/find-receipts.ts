import { countJobFailure, rethrowIfAway } from '#database';
import { StripeUnavailable } from '#errors';
import { StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { PaymentRows } from '../../ledger/ledger.js';
import { type DueReceipt, ReceiptsRepository } from './receipts.repository.js';
import { StripeMoney } from './stripe-money.js';

const JOB = 'find-receipts';

/** One call to Stripe for each. */
const BATCH = 50;
/** What is left after so many is the next sweep's. */
const MAX_BATCHES = 8;

/**
 * Asks Stripe for the receipts that money was booked without: an event tells of the money and not of its charge. Only the
 * worker asks, so that no webhook and no payment waits for a receipt.
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

  /**
   * For the worker. Safe on many of them. Ends at the first call that Stripe does not answer: receipts must not open the
   * circuit breaker, which payments share. @returns how many were asked for
   */
  async run(): Promise<number> {
    let asked = 0;
    for (let batch = 0; batch < MAX_BATCHES && this.gateway.isAvailable; batch++) {
      const due = await this.receipts.takeDue(this.rows.manager, BATCH);
      for (const receipt of due) {
        asked += 1;
        if (!(await this.ask(receipt))) return asked;
      }
      if (due.length < BATCH) break;
    }
    return asked;
  }

  /** @returns false: Stripe does not answer, and the others of its batch have their next look set already. */
  private async ask({ payment_intent, is_overdue }: DueReceipt): Promise<boolean> {
    try {
      const receipt_url = (await this.money.received(payment_intent))?.receipt_url;
      if (receipt_url) {
        await this.receipts.set(this.rows.manager, payment_intent, receipt_url);
      } else if (is_overdue) {
        await this.receipts.giveUp(this.rows.manager, payment_intent);
        this.logger.warn({ payment_intent }, 'Payment: Stripe has no receipt');
      }
      return true;
    } catch (error) {
      rethrowIfAway(error);
      if (error instanceof StripeUnavailable) return false;
      this.logger.error({ payment_intent, err: error }, 'Worker: A receipt could not be found');
      await countJobFailure(this.rows.manager, JOB, error);
      return true;
    }
  }
}
