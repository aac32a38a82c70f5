import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { ExternalReferenceUsed, ProductExists, ProductNotFound } from '#errors';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { SlugParam } from '#validation';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ManageProducts } from './manage-products.js';
import { ChangedProduct, ListOfProducts, OneProduct } from './product-answers.js';
import { ChangeProductRequest, CreateProductRequest, ListProductsRequest } from './product-requests.js';

@Controller('v1/products')
export class ProductsController {
  constructor(private readonly products: ManageProducts) {}

  @Get()
  @Contract({
    does: 'What can be bought; closed products too for staff.',
    answers: { 200: ListOfProducts },
  })
  async list(
    @Query() { external_reference }: ListProductsRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Answer<ListOfProducts>> {
    return this.products.list(external_reference ?? null, caller);
  }

  @Post()
  @Roles('staff', 'service')
  @Idempotent()
  @Contract({
    does: 'Makes a product. With an `external_reference` that a product has already, it answers that one if the terms are the same.',
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
  @Roles('staff', 'service')
  @Idempotent()
  @Contract({
    does: 'Changes or closes a product and names its open payments. Closing expires their pages at Stripe; money that still arrives is refunded.',
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
