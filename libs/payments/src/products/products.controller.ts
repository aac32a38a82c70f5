import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { ProductExists, ProductNotFound } from '#errors';
import { SlugParam } from '#validation';
import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ManageProducts } from './manage-products.js';
import { ChangedProduct, ListOfProducts, OneProduct } from './product-answers.js';
import { ChangeProductRequest, CreateProductRequest } from './product-requests.js';

@Controller('v1/products')
export class ProductsController {
  constructor(private readonly products: ManageProducts) {}

  @Get()
  @Contract({
    does: 'What can be bought; closed products too for staff.',
    answers: { 200: ListOfProducts },
  })
  async list(@CurrentCaller() caller: Caller): Promise<Answer<ListOfProducts>> {
    return this.products.list(caller);
  }

  @Post()
  @Roles('staff', 'service')
  @Contract({
    does: 'Makes a product.',
    answers: { 201: OneProduct },
    refuses: [ProductExists],
  })
  async create(@Body() body: CreateProductRequest, @CurrentCaller() caller: Caller): Promise<Answer<OneProduct>> {
    return this.products.create(body, caller);
  }

  @Patch(':id')
  @Roles('staff', 'service')
  @Contract({
    does: 'Changes or closes a product and names its open payments. Closing expires their pages at Stripe; money that still arrives is refunded.',
    answers: { 200: ChangedProduct },
    refuses: [ProductNotFound],
  })
  async change(
    @Param('id', SlugParam) id: string,
    @Body() body: ChangeProductRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Answer<ChangedProduct>> {
    return this.products.change(id, body, caller);
  }
}
