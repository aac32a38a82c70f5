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

/** Checkout sells products on a page of Stripe's; a request names no method. */
const METHOD = 'stripe';

/** On whose behalf a checkout is started, and what the audit log will say about it. */
interface CheckoutContext {
  readonly request: CheckoutRequest;
  readonly caller: Caller;
  readonly claim: Claim;
  readonly trail: AuditBuffer;
}

/** Buys a product: one open session for each user and product, however often it is asked for. Never waits. */
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
   * @throws StripeNotConfigured, PaymentInProgress (409: another attempt is under way, here or at Stripe), PaymentProcessing, PaymentExists (the open session
   * proves paid), ProductNotFound, ProductClosed, AmountOutOfRange, ValidationFailed, ProviderUnavailable, ProviderRefused
   */
  async run(request: CheckoutRequest, caller: Caller, claim: Claim): Promise<Answer<StartedCheckout>> {
    const { product_id } = request;
    const fields = { idempotency_key: claim.key, user_id: caller.user_id, product_id };
    this.logger.info(fields, checkoutLine(fields));
    const trail = AuditBuffer.of(caller, 'request.checkout', { product_id });
    const holder = { user_id: caller.user_id, product_id, request_id: caller.request_id };
    const lock = `lock:user:${caller.user_id}:product:${product_id}`;
    const acquired = trail.waitsFor([lock]);
    try {
      return await this.locks.withLock([lock], { waitMs: 0, holder }, async () => {
        acquired();
        return this.findOrMake({ request, caller, claim, trail });
      });
    } catch (error) {
      // Came to nothing: somebody else has ended the very order we were opening.
      if (!(error instanceof LockTimeout || error instanceof ResultVoidedError)) throw asInProgress(error, claim.key);
      throw paymentInProgress(claim.key);
    }
  }

  private async findOrMake(context: CheckoutContext): Promise<Answer<StartedCheckout>> {
    const { request, caller, claim, trail } = context;
    const { ledger } = this;
    const made =
      claim.resource === null ? undefined : await ledger.payments.find(ledger.manager, Number(claim.resource));
    // An order of that number may be another's: numbers come again after a restore.
    const own = made?.user_id === caller.user_id ? made : undefined;
    // Taken up again: its own order as it now is, unless it ended unpaid, or is of another price by now.
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
      trail.committed();
      return this.opened(payment, context, { fence, reused: false });
    });
  }

  /** An answer if the order that waits is the one that is wanted; undefined once it is out of the way. */
  private async reuseOrClose(
    pending: Payment,
    { product, terms }: { product: Product; terms: Terms },
    context: CheckoutContext,
  ): Promise<Answer<StartedCheckout> | undefined> {
    const hosted = this.providers.hosted(METHOD);
    // What is not sold any more is not paid any more either, as far as that can still be prevented.
    const same =
      product.status !== 'closed' &&
      pending.quantity === terms.quantity &&
      pending.amount === terms.amount &&
      pending.currency === terms.currency;
    return this.underPurchaseLock(pending.id, context.caller, async () => {
      // Whoever gets its address again must be able to pay on it: Stripe says whether it is still open, or was paid.
      const asked = same ? await hosted.refresh(pending, context.trail) : { payment: pending, known: true };
      const { payment: now, known } = asked;
      if (now.processing) throw new PaymentProcessing(now);
      if (isPaid(now.status)) throw new PaymentExists({ payment: now, checkout: null });
      if (now.status !== 'pending') return undefined;
      // Open by Stripe's word and over by our clock: nobody can be sent there.
      if (same && known && (await hosted.checkoutOf(now))) return this.opened(now, context, { reused: true });
      return this.close(now, context);
    });
  }

  /** Another quantity or price: the old session is closed first. Paid or processing by now, it stands. */
  private async close(pending: Payment, { trail }: CheckoutContext): Promise<undefined> {
    const fence = await this.providers.hosted(METHOD).close(pending.id, trail);
    const { ledger } = this;
    const now = await inTransaction(ledger.dataSource, async (tx) => {
      const outdated = await findOutdated(tx, pending.id);
      return this.cancelRows.run(tx, pending.id, fence, trail, outdated && { because: outdated.reason });
    });
    trail.committed();
    if (now.processing) throw new PaymentProcessing(now);
    if (isPaid(now.status)) throw new PaymentExists({ payment: now, checkout: null });
  }

  private async write(
    id: number,
    product: Product,
    terms: Terms,
    context: CheckoutContext,
  ): Promise<{ payment: Payment; fence: number | undefined }> {
    const { request, caller, claim, trail } = context;
    const { ledger } = this;
    try {
      return await inTransaction(ledger.dataSource, async (tx) => {
        // Closed or repriced since it was read: the closing did not find this order.
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
          trail,
        );
        await claim.attach(tx, String(id));
        crashPoint('payment.before-commit');
        return written;
      });
    } catch (error) {
      // The lock makes this rare: it takes somebody who came past it. The index decides.
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
    { claim, caller, trail }: CheckoutContext,
    how: { fence?: number | undefined; reused: boolean },
  ): Promise<Answer<StartedCheckout>> {
    const hosted = this.providers.hosted(METHOD);
    const page = await hosted.request(payment.id, { ...(how.fence === undefined ? {} : { fence: how.fence }), trail });
    const { answer, checkout } = await inTransaction(this.ledger.dataSource, async (tx) => {
      const opened = await hosted.attach(tx, page, trail);
      if (isOver(opened.payment.status)) throw new ResultVoidedError();
      const made = answerOf(opened, claim.key, how.reused);
      await claim.settle(tx, made, String(payment.id));
      return { answer: made, checkout: opened.checkout };
    });
    crashPoint('session.attached');
    trail.committed();
    const session_id = checkout?.session_id ?? null;
    const fields = { idempotency_key: claim.key, user_id: caller.user_id, product_id: payment.product_id!, session_id };
    this.logger.info(fields, checkoutLine(fields));
    this.logger.info(fields, `${SERVICE} Idempotency check passed: session created successfully`);
    return answer;
  }

  /** In the transaction that sells it, held until the commit: whether it is as it was read. */
  private async isUnchanged(tx: EntityManager, read: Product): Promise<boolean> {
    const now = await this.products.lockForSale(tx, read.id);
    return now?.status === read.status && now.price === read.price && now.currency === read.currency;
  }

  private async underPurchaseLock<Result>(id: number, caller: Caller, work: () => Promise<Result>): Promise<Result> {
    return withPaymentLock(this.locks, { id, caller, waitMs: 0 }, work);
  }
}

/** What is not sold any more is not, whether or not its page could be closed: the worker closes it. */
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
