import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { ExternalReferenceUsed, ProductExists, ProductNotFound } from '#errors';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { SlugParam } from '#validation';
import { Body, Controller, Param, Patch, Post } from '@nestjs/common';
import { ManageProducts } from '../../products/manage-products.js';
import { ChangedProduct, OneProduct } from '../../products/product-answers.js';
import { ChangeProductRequest, CreateProductRequest } from '../../products/product-requests.js';

/** Products as staff and the shop's system manage them. */
@Controller('v1/products')
@Roles('staff', 'service')
export class StaffProductsController {
  constructor(private readonly products: ManageProducts) {}

  @Post()
  @Idempotent()
  @Contract({
    does: 'Creates a product. If a product with this `external_reference` exists on the same terms, returns it.',
    answers: { 200: OneProduct, 201: OneProduct },
    refuses: [ProductExists, ExternalReferenceUsed],
  })
  async create(
    @Body() body: CreateProductRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<OneProduct>> {
    return this.products.create(body, caller, claim);
  }

  @Patch(':id')
  @Idempotent()
  @Contract({
    does: 'Changes or closes a product and returns its open payments. Closing expires their pages at Stripe; money that still arrives is refunded.',
    answers: { 200: ChangedProduct },
    refuses: [ProductNotFound],
  })
  async change(
    @Param('id', SlugParam) id: string,
    @Body() body: ChangeProductRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<ChangedProduct>> {
    return this.products.change(id, body, caller, claim);
  }
}
