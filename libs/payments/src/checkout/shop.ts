import { Config } from '#config';
import { ProductNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Product, ProductsRepository } from '../ledger/products.repository.js';
import { StripeProvider } from '../stripe/stripe-provider.js';

/** What is sold, and by whom it is paid: everything a checkout has to ask. */
@Injectable()
export class Shop {
  constructor(
    readonly config: Config,
    readonly stripe: StripeProvider,
    private readonly dataSource: DataSource,
    private readonly products: ProductsRepository,
  ) {}

  /** @throws ProductNotFound */
  async product(id: string): Promise<Product> {
    const product = await this.products.find(this.dataSource.manager, id);
    if (!product) throw new ProductNotFound(id);
    return product;
  }

  /** In the transaction that sells it, held until the commit: whether it is as it was read. */
  async isStill(tx: EntityManager, read: Product): Promise<boolean> {
    const now = await this.products.lockForSale(tx, read.id);
    return now?.status === read.status && now.price === read.price && now.currency === read.currency;
  }
}
