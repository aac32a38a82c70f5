import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller } from '#auth';
import { Controller, Get, Query } from '@nestjs/common';
import { ManageProducts } from './manage-products.js';
import { ListOfProducts } from './product-answers.js';
import { ListProductsRequest } from './product-requests.js';

@Controller('v1/products')
export class ProductsController {
  constructor(private readonly products: ManageProducts) {}

  @Get()
  @Contract({
    does: 'Lists the products on sale; for staff also the closed ones.',
    answers: { 200: ListOfProducts },
  })
  async list(
    @Query() { external_reference }: ListProductsRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Answer<ListOfProducts>> {
    return this.products.list(external_reference ?? null, caller);
  }
}
