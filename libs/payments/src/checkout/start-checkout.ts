import { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import {
  LockTimeout,
  PaymentExists,
  PaymentProcessing,
  ProductClosed,
  ProductNotFound,
  ProviderUnavailable,
} from '#errors';
import { ResultVoidedError, type Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { CancelRows } from '../payments/cancel-rows.js';
import { NewPayments } from '../payments/new-payments.js';
import type { Payment } from '../ledger/payment.js';
import { findOutdated } from '../ledger/outdated.js';
import { isOver, isPaid } from '../ledger/payment-states.js';
import { isSecondPendingOrder } from '../ledger/payments.repository.js';
import { AuditBuffer } from '../ledger/audit-buffer.js';
import { type Product, ProductsRepository } from '../ledger/products.repository.js';
import { Ledger } from '../ledger/ledger.js';
import { withPaymentLock } from '../ledger/payment-lock.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import type { Opened } from '../provider/payment-provider.js';
import { asInProgress, paymentInProgress } from '../payments/payment-in-progress.js';
import { addressesOf } from './checkout-addresses.js';
import { checkoutLine, SERVICE } from './checkout-log.js';
import type { StartedCheckout } from './checkout-answers.js';
import type { CheckoutRequest } from './checkout-requests.js';
import { orderIdOf } from './order-id.js';

/** Checkout sells products on a Stripe page; the request does not name a method. */
const METHOD = 'stripe';

/** The caller and claim of a checkout, and its audit entries. */
interface CheckoutContext {
  readonly request: CheckoutRequest;
  readonly caller: Caller;
  readonly claim: Claim;
  readonly auditBuffer: AuditBuffer;
}

/**
 * Buys a product. Each user has at most one open session for a product, however often they request one. Never waits for
 * a lock.
 */
@Injectable()
export class StartCheckout {
  constructor(
    private readonly ledger: Ledger,
    private readonly newPayments: NewPayments,
    private readonly products: ProductsRepository,
    private readonly providers: ProviderRegistry,
    private readonly locks: Locks,
    private readonly cancelRows: CancelRows,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(StartCheckout.name);
  }

  /**
   * @throws StripeNotConfigured, PaymentInProgress (409: another attempt is under way, in Payonce or at Stripe),
   *   PaymentProcessing, PaymentExists (the open session turns out to be paid), ProductNotFound, ProductClosed,
   *   AmountOutOfRange, ValidationFailed, ProviderUnavailable, ProviderRefused
   */
  async run(request: CheckoutRequest, caller: Caller, claim: Claim): Promise<Answer<StartedCheckout>> {
    const { product_id } = request;
    const fields = { idempotency_key: claim.key, user_id: caller.user_id, product_id };
    this.logger.info(fields, checkoutLine(fields));
    const auditBuffer = AuditBuffer.of(caller, 'request.checkout', { product_id });
    const holder = { user_id: caller.user_id, product_id, request_id: caller.request_id };
    const lock = `lock:user:${caller.user_id}:product:${product_id}`;
    const acquired = auditBuffer.waitsFor([lock]);
    try {
      return await this.locks.withLock([lock], { waitMs: 0, holder }, async () => {
        acquired();
        return this.findOrMake({ request, caller, claim, auditBuffer });
      });
    } catch (error) {
      // ResultVoidedError: another process ended the order that this request was opening.
      if (!(error instanceof LockTimeout || error instanceof ResultVoidedError)) throw asInProgress(error, claim.key);
      throw paymentInProgress(claim.key);
    }
  }

  private async findOrMake(context: CheckoutContext): Promise<Answer<StartedCheckout>> {
    const { request, caller, claim, auditBuffer } = context;
    const { ledger } = this;
    const made =
      claim.resource === null ? undefined : await ledger.payments.find(ledger.manager, Number(claim.resource));
    // The order with that id may belong to another user: ids are reused after a restore.
    const own = made?.user_id === caller.user_id ? made : undefined;
    // A resumed claim answers with its own order as it is now, unless the order ended unpaid or its price is outdated.
    const resumed = own && !(await findOutdated(ledger.manager, own.id)) && (await this.resume(own, context));
    if (resumed) return resumed;

    const provider = this.providers.of(METHOD);
    provider.assertConfigured?.();
    const product = await this.products.find(ledger.manager, request.product_id);
    if (!product) throw new ProductNotFound(request.product_id);
    const terms = termsOf(product, request);
    const pending = await ledger.payments.findPendingOrder(ledger.manager, caller.user_id, product.id);
    if (pending) {
      const answer = await this.reuseOrClose(pending, { product, terms }, context).catch(unlessClosed(product));
      if (answer) return answer;
    }
    if (product.status === 'closed') throw new ProductClosed(product.id);
    provider.assertAmount?.(terms);
    provider.assertAvailable?.();
    const id = await ledger.payments.drawId(ledger.manager);
    return this.underPurchaseLock(id, caller, async () => {
      const { payment, fence } = await this.write(id, product, terms, context);
      crashPoint('payment.committed');
      auditBuffer.committed();
      return this.opened(payment, context, { fence, reused: false });
    });
  }

  /** @returns an answer when the pending order is the requested one; undefined once the pending order is closed */
  private async reuseOrClose(
    pending: Payment,
    { product, terms }: { product: Product; terms: Terms },
    context: CheckoutContext,
  ): Promise<Answer<StartedCheckout> | undefined> {
    const hosted = this.providers.hosted(METHOD);
    // A page for something no longer sold is closed, as far as that is still possible.
    const same =
      product.status !== 'closed' &&
      pending.quantity === terms.quantity &&
      pending.amount === terms.amount &&
      pending.currency === terms.currency;
    return this.underPurchaseLock(pending.id, context.caller, async () => {
      // The payer must be able to pay on a page that is returned again, so Stripe is asked whether it is open or paid.
      const asked = same ? await hosted.refresh(pending, context.auditBuffer) : { payment: pending, known: true };
      const { payment: now, known } = asked;
      if (now.processing) throw new PaymentProcessing(now);
      if (isPaid(now.status)) throw new PaymentExists({ payment: now, checkout: null });
      if (now.status !== 'pending') return undefined;
      // The page may be open at Stripe and expired by our clock. Such a page is not returned.
      if (same && known && (await hosted.checkoutOf(now))) return this.opened(now, context, { reused: true });
      return this.close(now, context);
    });
  }

  /**
   * The quantity or price differs, so the old session is closed first. If it is paid or processing by now, it stays.
   */
  private async close(pending: Payment, { auditBuffer }: CheckoutContext): Promise<undefined> {
    const fence = await this.providers.hosted(METHOD).close(pending.id, auditBuffer);
    const { ledger } = this;
    const now = await inTransaction(ledger.dataSource, async (tx) => {
      const outdated = await findOutdated(tx, pending.id);
      return this.cancelRows.run(tx, pending.id, fence, auditBuffer, outdated && { because: outdated.reason });
    });
    auditBuffer.committed();
    if (now.processing) throw new PaymentProcessing(now);
    if (isPaid(now.status)) throw new PaymentExists({ payment: now, checkout: null });
  }

  private async write(
    id: number,
    product: Product,
    terms: Terms,
    context: CheckoutContext,
  ): Promise<{ payment: Payment; fence: number | undefined }> {
    const { request, caller, claim, auditBuffer } = context;
    const { ledger } = this;
    try {
      return await inTransaction(ledger.dataSource, async (tx) => {
        // The product was closed or repriced after it was read, so the closing process did not see this order.
        if (!(await this.isUnchanged(tx, product))) throw new LockTimeout();
        const written = await this.newPayments.write(
          tx,
          {
            id,
            user_id: caller.user_id,
            consultation_id: null,
            product_id: product.id,
            ...terms,
            payment_method: METHOD,
            metadata: {},
            name: product.name,
            client_key: claim.key,
            language: caller.language,
            addresses: addressesOf(request),
          },
          auditBuffer,
        );
        await claim.attach(tx, String(id));
        crashPoint('payment.before-commit');
        return written;
      });
    } catch (error) {
      // The lock makes this rare: only a writer without the lock can cause it. The unique index decides.
      if (isSecondPendingOrder(error)) throw new LockTimeout({ cause: error });
      throw error;
    }
  }

  private async resume(own: Payment, context: CheckoutContext): Promise<Answer<StartedCheckout> | undefined> {
    try {
      return await this.underPurchaseLock(own.id, context.caller, async () =>
        this.opened(own, context, { reused: false }),
      );
    } catch (error) {
      if (error instanceof ResultVoidedError) return undefined;
      throw error;
    }
  }

  private async opened(
    payment: Payment,
    { claim, caller, auditBuffer }: CheckoutContext,
    how: { fence?: number | undefined; reused: boolean },
  ): Promise<Answer<StartedCheckout>> {
    const hosted = this.providers.hosted(METHOD);
    const page = await hosted.request(payment.id, {
      ...(how.fence === undefined ? {} : { fence: how.fence }),
      auditBuffer,
    });
    const { answer, checkout } = await inTransaction(this.ledger.dataSource, async (tx) => {
      const opened = await hosted.attach(tx, page, auditBuffer);
      if (isOver(opened.payment.status)) throw new ResultVoidedError();
      const made = answerOf(opened, claim.key, how.reused);
      await claim.settle(tx, made, String(payment.id));
      return { answer: made, checkout: opened.checkout };
    });
    crashPoint('session.attached');
    auditBuffer.committed();
    const session_id = checkout?.session_id ?? null;
    const fields = { idempotency_key: claim.key, user_id: caller.user_id, product_id: payment.product_id!, session_id };
    this.logger.info(fields, checkoutLine(fields));
    this.logger.info(fields, `${SERVICE} Idempotency check passed: session created successfully`);
    return answer;
  }

  /**
   * Locks the product in the transaction that sells it, until the commit. @returns whether it is still as it was read
   */
  private async isUnchanged(tx: EntityManager, read: Product): Promise<boolean> {
    const now = await this.products.lockForSale(tx, read.id);
    return now?.status === read.status && now.price === read.price && now.currency === read.currency;
  }

  private async underPurchaseLock<Result>(id: number, caller: Caller, work: () => Promise<Result>): Promise<Result> {
    return withPaymentLock(this.locks, { id, caller, waitMs: 0 }, work);
  }
}

/** A closed product is refused even when its page could not be closed; the worker closes the page later. */
function unlessClosed(product: Product): (error: unknown) => undefined {
  return (error) => {
    if (product.status !== 'closed' || !(error instanceof ProviderUnavailable)) throw error;
  };
}

interface Terms {
  readonly quantity: number;
  readonly unit_amount: number;
  readonly amount: number;
  readonly currency: string;
}

function termsOf(product: Product, request: CheckoutRequest): Terms {
  const quantity = request.quantity ?? 1;
  const { price: unit_amount, currency } = product;
  return { quantity, unit_amount, amount: unit_amount * quantity, currency };
}

function answerOf(
  { payment, checkout }: Opened,
  idempotency_key: string | null,
  reused: boolean,
): Answer<StartedCheckout> {
  return Answer.ok('checkout.created', {
    order_id: orderIdOf(payment.id),
    session_id: checkout?.session_id ?? null,
    checkout_url: checkout?.url ?? null,
    expires_at: checkout?.expires_at ?? null,
    idempotency_key,
    reused,
    payment,
  });
}
