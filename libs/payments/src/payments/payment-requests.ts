import {
  HttpUrl,
  IdempotencyKey,
  Integer,
  Metadata,
  OneOf,
  Optional,
  PastTime,
  Text,
  TransactionId,
} from '#validation';
import { CURRENCY_CODES, MAX_AMOUNT } from '../ledger/money/currencies.js';
import type { PaymentMethod } from '../ledger/payment-methods.js';
import { RegisteredMethod } from '../provider/registered-methods.js';

export class StartPaymentRequest {
  @Integer({ min: 1 })
  consultation_id!: number;

  /** Minor units; must equal the consultation's fee. */
  @Integer({ min: 1, max: MAX_AMOUNT })
  amount!: number;

  @RegisteredMethod()
  payment_method!: PaymentMethod;

  @Optional()
  @OneOf(...CURRENCY_CODES)
  currency?: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;

  @Optional()
  @Metadata()
  metadata?: Record<string, string>;
}

export class ConfirmPaymentRequest {
  @TransactionId()
  transaction_id!: string;

  @Optional()
  @HttpUrl({ max: 2_000 })
  receipt_url?: string;

  /**
   * By bank or GCash: what was received, in minor units, when it is not what the payment still needs. What it cannot take stays
   * unmatched on the transfer. Stripe states its own amounts.
   */
  @Optional()
  @Integer({ min: 1, max: MAX_AMOUNT })
  amount_received?: number;

  /** By bank or GCash: when it was received; now, when it is left out. */
  @Optional()
  @PastTime()
  received_at?: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class AbandonPaymentRequest {
  /** Why it cannot wait for Stripe: kept in the audit log. */
  @Text({ min: 1, max: 500 })
  reason!: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class CancelPaymentRequest {
  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}
