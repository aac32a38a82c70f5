import type { Answer } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { SlugParam } from '#validation';
import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ManageProducts } from './manage-products.js';
import { ChangeProductRequest, CreateProductRequest } from './product-requests.js';

@Controller('v1/products')
export class ProductsController {
  constructor(private readonly products: ManageProducts) {}

  @Get()
  async list(@CurrentCaller() caller: Caller): Promise<Answer> {
    return this.products.list(caller);
  }

  @Post()
  @Roles('staff', 'service')
  async create(@Body() body: CreateProductRequest, @CurrentCaller() caller: Caller): Promise<Answer> {
    return this.products.create(body, caller);
  }

  @Patch(':id')
  @Roles('staff', 'service')
  async change(
    @Param('id', SlugParam) id: string,
    @Body() body: ChangeProductRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Answer> {
    return this.products.change(id, body, caller);
  }
}
