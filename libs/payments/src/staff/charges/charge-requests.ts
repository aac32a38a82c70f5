import { IdempotencyKey, Integer, Optional, Text } from '#validation';
import { MAX_AMOUNT } from '../../ledger/money/currencies.js';

export class AcceptChargeRequest {
  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class RefundChargeRequest {
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

export class SettleChargeElsewhereRequest {
  /** How it was settled: where the money went, and who agreed. */
  @Text({ min: 1, max: 500 })
  note!: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}
