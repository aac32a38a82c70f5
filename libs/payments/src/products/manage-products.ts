import { Answer } from '#answers';
import { type AuditAction, AuditLog } from '#audit';
import { type Caller, requireEpoch } from '#auth';
import { inTransaction } from '#database';
import { ExternalReferenceUsed, ProductExists, ProductNotFound } from '#errors';
import type { Claim } from '#idempotency';
import { refuseEmpty } from '#validation';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ClosePages } from '../closing/close-pages.js';
import { PageClosingsRepository } from '../closing/page-closings.repository.js';
import { DEFAULT_CURRENCY } from '../ledger/money/currencies.js';
import { PaymentsRepository } from '../ledger/payments.repository.js';
import type { ChangedProduct, ListOfProducts, OneProduct } from './product-answers.js';
import type { ChangeProductRequest, CreateProductRequest } from './product-requests.js';
import {
  isTakenProductId,
  isUsedProductReference,
  type Product,
  ProductsRepository,
} from '../ledger/products.repository.js';

/** Products can be bought repeatedly. The shop's system creates them. */
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

  async list(external_reference: string | null, caller: Caller): Promise<Answer<ListOfProducts>> {
    const of = { alsoClosed: caller.role !== 'patient', external_reference };
    const products = await this.products.list(this.dataSource.manager, of);
    return Answer.ok('product.listed', { products });
  }

  /**
   * If the reference already has a product, the answer is that product, or a refusal when the terms differ.
   * @throws ProductExists, ExternalReferenceUsed
   */
  async create(request: CreateProductRequest, caller: Caller, claim: Claim): Promise<Answer<OneProduct>> {
    const findOrMake = () => inTransaction(this.dataSource, (tx) => this.findOrMake(tx, request, caller, claim));
    try {
      // If another request created it meanwhile, it is found on the second try. A product that was sent twice has both
      // the same id and the same reference.
      return await findOrMake().catch((error: unknown) => {
        if (isUsedProductReference(error) || isTakenProductId(error)) return findOrMake();
        throw error;
      });
    } catch (error) {
      throw isTakenProductId(error) ? new ProductExists(request.id) : error;
    }
  }

  private async findOrMake(
    tx: EntityManager,
    request: CreateProductRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<OneProduct>> {
    const { id, name, price, currency = DEFAULT_CURRENCY, external_reference = null } = request;
    const terms = { id, name, price, currency };
    const found = external_reference === null ? undefined : await this.products.findByReference(tx, external_reference);
    if (found && !hasTerms(found, terms)) {
      throw new ExternalReferenceUsed(external_reference!, { product_id: found.id });
    }
    const product = found ?? (await this.products.insert(tx, { ...terms, external_reference }));
    if (!found) await this.record(tx, 'product.created', product, caller);
    const answer = found ? Answer.ok('product.existing', { product }) : Answer.created('product.created', { product });
    await claim.settle(tx, answer, `products/${product.id}`);
    return answer;
  }

  /**
   * The answer names the open payments. After a change of the price, a Stripe page is closed when its payer returns.
   * Closing the product expires all pages, some immediately and the rest by the worker. @throws ProductNotFound,
   * ValidationFailed
   */
  async change(
    id: string,
    request: ChangeProductRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<ChangedProduct>> {
    refuseEmpty(request, ['name', 'price', 'currency', 'status']);
    const item = { product_id: id };
    const after = await inTransaction(this.dataSource, async (tx) => {
      const product = await this.products.change(tx, id, request);
      if (!product) throw new ProductNotFound(id);
      await this.record(tx, 'product.changed', product, caller);
      if (request.status === 'closed') await this.closePages.begin(tx, item);
      if (request.status === 'open') await this.closings.forget(tx, item);
      const open_payments = await this.products.findOpenPayments(tx, id);
      const answer = Answer.ok('product.changed', { product, open_payments });
      // A retry must not undo later changes, so the answer is stored under the key. When pages are being closed it is
      // not: the answer reports their progress, and closing twice has no further effect.
      if (request.status !== 'closed' || open_payments.count === 0) await claim.settle(tx, answer, `products/${id}`);
      return answer.data;
    });
    const { count, payments } = after.open_payments;
    if (request.status !== 'closed' || count === 0) return Answer.ok('product.changed', after);
    await this.closePages.atOnce(item, caller);
    const ids = payments.map((payment) => payment.id);
    const statuses = await this.payments.statusesOf(this.dataSource.manager, ids);
    const now = payments.map((payment) => ({ ...payment, status: statuses[payment.id] ?? payment.status }));
    return Answer.ok('product.changed', { ...after, open_payments: { count, payments: now } });
  }

  private async record(tx: EntityManager, action: AuditAction, product: Product, caller: Caller): Promise<void> {
    await requireEpoch(tx, caller);
    const { id: product_id, name, price, currency, status } = product;
    const detail = { product_id, name, price, currency, status };
    const { user_id: actor_user_id, request_id } = caller;
    await this.audit.record(tx, [{ action, payment_id: null, actor_user_id, request_id, detail }]);
  }
}

function hasTerms(product: Product, terms: Pick<Product, 'id' | 'name' | 'price' | 'currency'>): boolean {
  const { id, name, price, currency } = product;
  return id === terms.id && name === terms.name && price === terms.price && currency === terms.currency;
}
