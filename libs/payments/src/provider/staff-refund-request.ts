import { IdempotencyKey, Integer, Optional, Text, TransactionId } from '#validation';
import { MAX_AMOUNT } from '../ledger/money/currencies.js';

/** What staff say about a refund, whatever it refunds. */
export class RefundRequest {
  /** Minor units; defaults to all that is left. */
  @Optional()
  @Integer({ min: 1, max: MAX_AMOUNT })
  amount?: number;

  @Text({ min: 1, max: 500 })
  reason!: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

/** Of a payment, or of the unmatched part of a transfer. */
export class RefundPaymentRequest extends RefundRequest {
  /** The reference with which staff have paid it back. Without it, the refund is reserved and settled later. */
  @Optional()
  @TransactionId()
  transaction_id?: string;
}
