import { Answer } from '#answers';
import type { Caller } from '#auth';
import { ProductExists, ProductNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DEFAULT_CURRENCY } from '../money/currencies.js';
import type { ChangeProductRequest, CreateProductRequest } from './product-requests.js';
import { isTakenProductId, ProductsRepository } from './products.repository.js';

/** What can be bought again and again. Another system of the house feeds it. */
@Injectable()
export class ManageProducts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly products: ProductsRepository,
  ) {}

  async list(caller: Caller): Promise<Answer> {
    const products = await this.products.list(this.dataSource.manager, caller.role !== 'patient');
    return Answer.ok('product.listed', { products });
  }

  /** @throws ProductExists */
  async create(request: CreateProductRequest): Promise<Answer> {
    const { id, name, price, currency = DEFAULT_CURRENCY } = request;
    try {
      const product = await this.products.insert(this.dataSource.manager, { id, name, price, currency });
      return Answer.created('product.created', { product });
    } catch (error) {
      throw isTakenProductId(error) ? new ProductExists(id) : error;
    }
  }

  /** An order that stands keeps its own amount. @throws ProductNotFound */
  async change(id: string, request: ChangeProductRequest): Promise<Answer> {
    const product = await this.products.change(this.dataSource.manager, id, request);
    if (!product) throw new ProductNotFound(id);
    return Answer.ok('product.changed', { product });
  }
}
