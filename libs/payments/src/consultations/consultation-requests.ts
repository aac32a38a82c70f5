import {
  ExternalReference,
  IdempotencyKey,
  Integer,
  NeverEmpty,
  NotTogetherWith,
  OneOf,
  Optional,
  RequiredUnless,
  Text,
  PageRequest,
  Describe,
} from '#validation';
import { CURRENCY_CODES, MAX_AMOUNT } from '../ledger/money/currencies.js';

export class CreateConsultationRequest {
  @RequiredUnless('patient_subject')
  @Integer({ min: 1 })
  patient_id?: number;

  @Optional()
  @NotTogetherWith('patient_id')
  @Text({ min: 1, max: 255 })
  patient_subject?: string;

  @Integer({ min: 1, max: MAX_AMOUNT })
  fee!: number;

  @Optional()
  @OneOf(...CURRENCY_CODES)
  currency?: string;

  @Describe(
    "The sender's own id for it, which is unique. A repeated request with the same terms returns the existing one.",
  )
  @Optional()
  @ExternalReference()
  external_reference?: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

@NeverEmpty('fee', 'currency', 'status')
export class ChangeConsultationRequest {
  @Optional()
  @Integer({ min: 1, max: MAX_AMOUNT })
  fee?: number;

  @Optional()
  @OneOf(...CURRENCY_CODES)
  currency?: string;

  @Optional()
  @OneOf('open', 'closed')
  status?: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class ListConsultationsRequest extends PageRequest {
  @Optional()
  @ExternalReference()
  external_reference?: string;
}
