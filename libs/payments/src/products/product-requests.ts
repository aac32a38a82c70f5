import { Integer, NeverEmpty, OneOf, Optional, Slug, Text } from '#validation';
import { CURRENCY_CODES, LARGEST_AMOUNT } from '../money/currencies.js';

export class CreateProductRequest {
  @Slug({ max: 64 })
  id!: string;

  @Text({ min: 1, max: 200 })
  name!: string;

  @Integer({ min: 1, max: LARGEST_AMOUNT })
  price!: number;

  @Optional()
  @OneOf(...CURRENCY_CODES)
  currency?: string;
}

@NeverEmpty('name', 'price', 'currency', 'status')
export class ChangeProductRequest {
  @Optional()
  @Text({ min: 1, max: 200 })
  name?: string;

  @Optional()
  @Integer({ min: 1, max: LARGEST_AMOUNT })
  price?: number;

  @Optional()
  @OneOf(...CURRENCY_CODES)
  currency?: string;

  @Optional()
  @OneOf('open', 'closed')
  status?: string;
}
