import { Describe, HttpUrl, IdempotencyKey, Integer, Optional, Slug } from '#validation';
import { OwnOrigin } from './checkout-addresses.js';

export const MAX_QUANTITY = 99;

export class CheckoutRequest {
  @Slug({ max: 64 })
  product_id!: string;

  @Optional()
  @Integer({ min: 1, max: MAX_QUANTITY })
  quantity?: number;

  @Describe("Must have a configured origin. Defaults to Payonce's own pay page.")
  @Optional()
  @OwnOrigin()
  @HttpUrl({ max: 2_000 })
  success_url?: string;

  @Optional()
  @OwnOrigin()
  @HttpUrl({ max: 2_000 })
  cancel_url?: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}
