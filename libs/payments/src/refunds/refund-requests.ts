import { IdempotencyKey, Integer, OneOf, Optional, Text, TransactionId } from '#validation';
import { MAX_AMOUNT } from '../ledger/money/currencies.js';

export class RefundPaymentRequest {
  /** Minor units; defaults to all that is left. */
  @Optional()
  @Integer({ min: 1, max: MAX_AMOUNT })
  amount?: number;

  @Text({ min: 1, max: 500 })
  reason!: string;

  /** The reference with which staff have paid it back. Without it, the refund is reserved and settled later. */
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
  /**
   * A refund by Stripe is looked up at Stripe first. When Stripe cannot be asked (a revoked key, a closed account),
   * `withdraw` withdraws it anyway, at the risk that Stripe makes it after all. Payonce then books it as a refund.
   */
  @Optional()
  @OneOf('refuse', 'withdraw')
  if_stripe_is_unreachable?: 'refuse' | 'withdraw';

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}
