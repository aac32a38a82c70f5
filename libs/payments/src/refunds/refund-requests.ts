import { Describe, IdempotencyKey, OneOf, Optional, TransactionId } from '#validation';

export class SettleRefundRequest {
  @TransactionId()
  transaction_id!: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class WithdrawRefundRequest {
  @Describe(
    'A refund that was sent is looked up at its provider first, whichever that is. When it cannot be asked (a revoked key, a closed account), `withdraw` withdraws the refund anyway, at the risk that the provider makes it after all. Payonce then books it as a refund.',
  )
  @Optional()
  @OneOf('refuse', 'withdraw')
  if_stripe_is_unreachable?: 'refuse' | 'withdraw';

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}
