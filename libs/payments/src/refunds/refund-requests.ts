import { IdempotencyKey, OneOf, Optional, TransactionId } from '#validation';

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
