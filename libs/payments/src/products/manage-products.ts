import { Answer } from '#answers';
import { AuditLog } from '#audit';
import type { Caller } from '#auth';
import { inTransaction } from '#database';
import { ProductExists, ProductNotFound } from '#errors';
import { refuseEmpty } from '#validation';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { DEFAULT_CURRENCY } from '../money/currencies.js';
import type { ListOfProducts, OneProduct } from './product-answers.js';
import type { ChangeProductRequest, CreateProductRequest } from './product-requests.js';
import { isTakenProductId, type Product, ProductsRepository } from './products.repository.js';

/** What can be bought again and again. Another system of the house feeds it. */
@Injectable()
export class ManageProducts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly products: ProductsRepository,
    private readonly audit: AuditLog,
  ) {}

  async list(caller: Caller): Promise<Answer<ListOfProducts>> {
    const products = await this.products.list(this.dataSource.manager, caller.role !== 'patient');
    return Answer.ok('product.listed', { products });
  }

  /** @throws ProductExists */
  async create(request: CreateProductRequest, caller: Caller): Promise<Answer<OneProduct>> {
    const { id, name, price, currency = DEFAULT_CURRENCY } = request;
    try {
      const product = await inTransaction(this.dataSource, async (tx) => {
        const made = await this.products.insert(tx, { id, name, price, currency });
        await this.record(tx, 'product.created', made, caller);
        return made;
      });
      return Answer.created('product.created', { product });
    } catch (error) {
      throw isTakenProductId(error) ? new ProductExists(id) : error;
    }
  }

  /** An order that stands keeps its own amount. @throws ProductNotFound, ValidationFailed */
  async change(id: string, request: ChangeProductRequest, caller: Caller): Promise<Answer<OneProduct>> {
    refuseEmpty(request, ['name', 'price', 'currency', 'status']);
    const product = await inTransaction(this.dataSource, async (tx) => {
      const changed = await this.products.change(tx, id, request);
      if (!changed) throw new ProductNotFound(id);
      await this.record(tx, 'product.changed', changed, caller);
      return changed;
    });
    return Answer.ok('product.changed', { product });
  }

  private async record(tx: EntityManager, action: string, product: Product, caller: Caller): Promise<void> {
    const { id: product_id, name, price, currency, status } = product;
    const detail = { product_id, name, price, currency, status };
    const { user_id: actor_user_id, request_id } = caller;
    await this.audit.record(tx, [{ action, payment_id: null, actor_user_id, request_id, detail }]);
  }
}
