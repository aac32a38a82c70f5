import {
  Describe,
  ExternalReference,
  IdempotencyKey,
  Integer,
  NeverEmpty,
  OneOf,
  Optional,
  Slug,
  Text,
} from '#validation';
import { CURRENCY_CODES, MAX_AMOUNT } from '../ledger/money/currencies.js';

export class CreateProductRequest {
  @Slug({ max: 64 })
  id!: string;

  @Text({ min: 1, max: 200 })
  name!: string;

  @Integer({ min: 1, max: MAX_AMOUNT })
  price!: number;

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

@NeverEmpty('name', 'price', 'currency', 'status')
export class ChangeProductRequest {
  @Optional()
  @Text({ min: 1, max: 200 })
  name?: string;

  @Optional()
  @Integer({ min: 1, max: MAX_AMOUNT })
  price?: number;

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

export class ListProductsRequest {
  @Optional()
  @ExternalReference()
  external_reference?: string;
}
