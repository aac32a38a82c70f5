import { IdempotencyKey, Integer, Optional, Text, TransactionId } from '#validation';
import { LARGEST_AMOUNT } from '../money/currencies.js';

export class RefundPaymentRequest {
  /** Minor units; all that is left when it is left out. */
  @Optional()
  @Integer({ min: 1, max: LARGEST_AMOUNT })
  amount?: number;

  @Text({ min: 1, max: 500 })
  reason!: string;

  /** By which staff have paid it back; without it the refund is reserved, and settled later. */
  @Optional()
  @TransactionId()
  transaction_id?: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class SettleRefundRequest {
  @TransactionId()
  transaction_id!: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class WithdrawRefundRequest {
  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}
