import { Describe, IdempotencyKey, Optional, Text } from '#validation';
import { RefundRequest } from '../../provider/staff-refund-request.js';

export class AcceptChargeRequest {
  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class RefundChargeRequest extends RefundRequest {}

export class SettleChargeElsewhereRequest {
  @Describe('How it was settled: where the money went, and who agreed.')
  @Text({ min: 1, max: 500 })
  note!: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}
