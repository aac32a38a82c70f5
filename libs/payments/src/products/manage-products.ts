import { Answer } from '#answers';
import { AuditLog } from '#audit';
import { type Caller, requireEpoch } from '#auth';
import { inTransaction } from '#database';
import { ProductExists, ProductNotFound } from '#errors';
import { refuseEmpty } from '#validation';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ClosePages } from '../closing/close-pages.js';
import { PageClosingsRepository } from '../closing/page-closings.repository.js';
import { DEFAULT_CURRENCY } from '../money/currencies.js';
import { PaymentsRepository } from '../payments/payments.repository.js';
import type { ChangedProduct, ListOfProducts, OneProduct } from './product-answers.js';
import type { ChangeProductRequest, CreateProductRequest } from './product-requests.js';
import { isTakenProductId, type Product, ProductsRepository } from './products.repository.js';

/** What can be bought again and again. Another system of the house feeds it. */
@Injectable()
export class ManageProducts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly products: ProductsRepository,
    private readonly audit: AuditLog,
    private readonly payments: PaymentsRepository,
    private readonly closings: PageClosingsRepository,
    private readonly closePages: ClosePages,
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

  /**
   * The answer names the open payments. A new price closes a page at Stripe when its person comes back; closing the product
   * expires all of them, some at once and the rest by the worker. @throws ProductNotFound, ValidationFailed
   */
  async change(id: string, request: ChangeProductRequest, caller: Caller): Promise<Answer<ChangedProduct>> {
    refuseEmpty(request, ['name', 'price', 'currency', 'status']);
    const thing = { product_id: id };
    const after = await inTransaction(this.dataSource, async (tx) => {
      const product = await this.products.change(tx, id, request);
      if (!product) throw new ProductNotFound(id);
      await this.record(tx, 'product.changed', product, caller);
      if (request.status === 'closed') await this.closings.begin(tx, thing);
      if (request.status === 'open') await this.closings.forget(tx, thing);
      return { product, open_payments: await this.products.findOpenPayments(tx, id) };
    });
    const { count, payments } = after.open_payments;
    if (request.status !== 'closed' || count === 0) return Answer.ok('product.changed', after);
    await this.closePages.atOnce(thing, caller);
    const ids = payments.map((payment) => payment.id);
    const statuses = await this.payments.statusesOf(this.dataSource.manager, ids);
    const now = payments.map((payment) => ({ ...payment, status: statuses[payment.id] ?? payment.status }));
    return Answer.ok('product.changed', { ...after, open_payments: { count, payments: now } });
  }

  private async record(tx: EntityManager, action: string, product: Product, caller: Caller): Promise<void> {
    await requireEpoch(tx, caller);
    const { id: product_id, name, price, currency, status } = product;
    const detail = { product_id, name, price, currency, status };
    const { user_id: actor_user_id, request_id } = caller;
    await this.audit.record(tx, [{ action, payment_id: null, actor_user_id, request_id, detail }]);
  }
}
