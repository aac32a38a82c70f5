import { afterCommit } from '#database';
import { Metrics } from '#observability';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import type { Refund } from './refund.js';
import { PAYMENT_METHODS } from './payment-methods.js';
import { PAYMENT_STATUSES, type Payment, type PaymentStatus } from './payment.js';
import { mayBecome } from './payment-states.js';

/** From a card on Stripe's page to a bank transfer over a long weekend. */
const COMPLETION_BUCKETS_SECONDS = [5, 15, 30, 60, 120, 300, 900, 3_600, 6 * 3_600, 86_400, 3 * 86_400, 7 * 86_400];

/** What one transaction does to a payment's status. */
interface Change {
  readonly from: PaymentStatus;
  to: PaymentStatus;
  /** Its last step leads forward: a refund that failed after all leads back to a state that was counted. */
  isForward: boolean;
  /** It passed through `completed`. */
  isCompleted: boolean;
}

/**
 * Reports to operators how payments and refunds end: one log line and one count for each, by whichever process did it (API on a
 * webhook, confirm or staff request, or worker). The repositories call it where the row changes; it logs and counts after the
 * commit.
 */
@Injectable()
export class PaymentReport {
  private readonly outcomes;
  private readonly completion;
  private readonly changes = new WeakMap<EntityManager, Map<number, Change>>();

  constructor(
    private readonly logger: PinoLogger,
    metrics: Metrics,
  ) {
    this.logger.setContext(PaymentReport.name);
    this.outcomes = metrics.counter(
      'payonce_payments_total',
      'Payments created (outcome "created") and payments that reached a later state, counted by the process that made the change',
      ['outcome', 'payment_method'],
    );
    this.completion = metrics.histogram(
      'payonce_payment_completion_seconds',
      'Time from creating a payment to its completion',
      COMPLETION_BUCKETS_SECONDS,
      ['payment_method'],
    );
    // From zero: the increase of a series that begins at one is not seen.
    for (const payment_method of PAYMENT_METHODS) {
      for (const status of PAYMENT_STATUSES) {
        this.outcomes.inc({ outcome: status === 'pending' ? 'created' : status, payment_method }, 0);
      }
      this.completion.zero({ payment_method });
    }
  }

  created(tx: EntityManager, payment: Payment): void {
    const { id: payment_id, user_id, consultation_id, product_id, amount, payment_method } = payment;
    afterCommit(tx, () => {
      this.outcomes.inc({ outcome: 'created', payment_method });
      const line = { payment_id, user_id, consultation_id, product_id, amount, payment_method, method: payment_method };
      this.logger.info(line, 'Payment: New payment created');
    });
  }

  async moved(tx: EntityManager, { from, payment }: { from: PaymentStatus; payment: Payment }): Promise<void> {
    const { id: payment_id, user_id, payment_method, status, created_at, updated_at } = payment;
    const isForward = from !== status && mayBecome(from, status);
    this.count(tx, { from, payment, isForward });
    if (!isForward || status !== 'completed') return;
    const transaction_id = await completingTransaction(tx, payment_id);
    afterCommit(tx, () => {
      // Both by Postgres' clock. `completed_at` is the provider's, and may be before the payment was made.
      this.completion.observe({ payment_method }, (updated_at.getTime() - created_at.getTime()) / 1_000);
      this.logger.info({ payment_id, transaction_id, user_id, payment_method }, 'Payment: Confirmed successfully');
    });
  }

  /**
   * Counts what the whole transaction makes of the payment, not each of its steps: one that makes room for money that went
   * another way puts a refund back and takes another one in its place.
   */
  private count(tx: EntityManager, step: { from: PaymentStatus; payment: Payment; isForward: boolean }): void {
    const { id, payment_method, status: to } = step.payment;
    const changes = this.changes.get(tx) ?? new Map<number, Change>();
    this.changes.set(tx, changes);
    const known = changes.get(id);
    const isCompleted = step.isForward && to === 'completed';
    if (known) {
      Object.assign(known, { to, isForward: step.isForward, isCompleted: known.isCompleted || isCompleted });
      return;
    }
    const change: Change = { from: step.from, to, isForward: step.isForward, isCompleted };
    changes.set(id, change);
    afterCommit(tx, () => {
      const outcomes = new Set<PaymentStatus>();
      if (change.isCompleted) outcomes.add('completed');
      if (change.isForward && change.to !== change.from) outcomes.add(change.to);
      for (const outcome of outcomes) this.outcomes.inc({ outcome, payment_method });
    });
  }

  /** A refund succeeded. Of kind `unmatch` nothing was paid out, which is no refund to the payer. */
  async refunded(tx: EntityManager, refund: Refund): Promise<void> {
    if (refund.kind === 'unmatch') return;
    const { id: refund_id, payment_id, transfer_id, amount, currency, transaction_id, payment_method } = refund;
    const user_id = payment_id === null ? null : await payerOf(tx, payment_id);
    const line = { payment_id, refund_id, amount, currency, transaction_id, user_id, payment_method };
    const ofTransfer = payment_id === null ? { transfer_id } : {};
    const { automatic } = refund;
    afterCommit(tx, () => this.logger.info({ ...line, ...ofTransfer, automatic }, 'Payment: Refund processed'));
  }
}

/** By which the money came that completed it; of several transfers the last. */
async function completingTransaction(tx: EntityManager, payment_id: number): Promise<string | null> {
  const [charge] = await tx.query<{ transaction_id: string }[]>(
    `SELECT transaction_id FROM charges WHERE payment_id = $1 AND disposition = 'accepted' ORDER BY id DESC LIMIT 1`,
    [payment_id],
  );
  return charge?.transaction_id ?? null;
}

async function payerOf(tx: EntityManager, payment_id: number): Promise<number | null> {
  const [payment] = await tx.query<{ user_id: number }[]>('SELECT user_id FROM payments WHERE id = $1', [payment_id]);
  return payment?.user_id ?? null;
}
