import { countJobFailure, rethrowIfUnreachable } from '#database';
import { StripeUnavailable } from '#errors';
import { StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Ledger } from '../../ledger/ledger.js';
import { type DueReceipt, ReceiptsRepository } from './receipts.repository.js';
import { ReadReceivedMoney } from './stripe-money.js';

const JOB = 'find-receipts';

/** Each receipt takes one call to Stripe. */
const BATCH = 50;
/** Bounds a sweep; the next one continues with the rest. */
const MAX_BATCHES = 8;

/**
 * Asks Stripe for receipts that were missing when the money was booked: an event describes the money, not its charge.
 * Only the worker asks, so that no webhook and no payment waits for a receipt.
 */
@Injectable()
export class FindReceipts {
  constructor(
    private readonly ledger: Ledger,
    private readonly receipts: ReceiptsRepository,
    private readonly money: ReadReceivedMoney,
    private readonly gateway: StripeGateway,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(FindReceipts.name);
  }

  /**
   * For the worker. Safe on many of them. Ends at the first call that Stripe does not answer, because receipts must not
   * open the circuit breaker that payments share. @returns how many were requested
   */
  async run(): Promise<number> {
    let asked = 0;
    for (let batch = 0; batch < MAX_BATCHES && this.gateway.isAvailable; batch++) {
      const due = await this.receipts.takeDue(this.ledger.manager, BATCH);
      for (const receipt of due) {
        asked += 1;
        if (!(await this.ask(receipt))) return asked;
      }
      if (due.length < BATCH) break;
    }
    return asked;
  }

  /** @returns false when Stripe does not answer; the next check of the rest of the batch is already scheduled */
  private async ask({ payment_intent, is_overdue }: DueReceipt): Promise<boolean> {
    try {
      const receipt_url = (await this.money.received(payment_intent))?.receipt_url;
      if (receipt_url) {
        await this.receipts.set(this.ledger.manager, payment_intent, receipt_url);
      } else if (is_overdue) {
        await this.receipts.giveUp(this.ledger.manager, payment_intent);
        this.logger.warn({ payment_intent }, 'Payment: Stripe has no receipt');
      }
      return true;
    } catch (error) {
      rethrowIfUnreachable(error);
      if (error instanceof StripeUnavailable) return false;
      this.logger.error({ payment_intent, err: error }, 'Worker: A receipt could not be found');
      await countJobFailure(this.ledger.manager, JOB, error);
      return true;
    }
  }
}
