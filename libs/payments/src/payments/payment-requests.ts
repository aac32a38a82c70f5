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
  Describe,
} from '#validation';
import { CURRENCY_CODES, MAX_AMOUNT } from '../ledger/money/currencies.js';
import type { PaymentMethod } from '../ledger/payment-methods.js';
import { RegisteredMethod } from '../provider/registered-methods.js';

export class StartPaymentRequest {
  @Integer({ min: 1 })
  consultation_id!: number;

  @Describe("Minor units; must equal the consultation's fee.")
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

  @Describe(
    'By bank or GCash: what was received, in minor units, when it differs from what the payment still needs. The part that the payment cannot accept stays unmatched on the transfer. For Stripe, the amount comes from Stripe.',
  )
  @Optional()
  @Integer({ min: 1, max: MAX_AMOUNT })
  amount_received?: number;

  @Describe('By bank or GCash: when it was received; defaults to now.')
  @Optional()
  @PastTime()
  received_at?: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class AbandonPaymentRequest {
  @Describe('Why the payment cannot wait for Stripe. Stored in the audit log.')
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
