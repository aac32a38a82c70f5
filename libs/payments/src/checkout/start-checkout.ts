import { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import {
  LockTimeout,
  PaymentExists,
  PaymentInProgress,
  PaymentProcessing,
  ProductClosed,
  StripeUnavailable,
} from '#errors';
import { CameToNothing, type Claim } from '#idempotency';
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
import { Trail } from '../ledger/audit-buffer.js';
import type { Product } from '../ledger/products.repository.js';
import type { Opened } from '../provider/payment-provider.js';
import { refusalOfKeyInUse, RETRY_AFTER_SECONDS } from '../stripe/key-in-use.js';
import { addressesOf } from './checkout-addresses.js';
import { checkoutLine, SERVICE } from './checkout-log.js';
import type { StartedCheckout } from './checkout-answers.js';
import type { CheckoutRequest } from './checkout-requests.js';
import { orderIdOf } from './order-id.js';
import { Shop } from './shop.js';

interface Asking {
  readonly request: CheckoutRequest;
  readonly caller: Caller;
  readonly claim: Claim;
  readonly trail: Trail;
}

/** Buys a product: one open session for each user and product, however often it is asked for. Never waits. */
@Injectable()
export class StartCheckout {
  constructor(
    private readonly made: NewPayments,
    private readonly shop: Shop,
    private readonly locks: Locks,
    private readonly cancelRows: CancelRows,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(StartCheckout.name);
  }

  /**
   * @throws StripeNotConfigured, PaymentInProgress (409: another attempt is under way, here or at Stripe), PaymentProcessing, PaymentExists (the open session
   * proves paid), ProductNotFound, ProductClosed, AmountOutOfRange, ValidationFailed, StripeUnavailable, StripeRefused
   */
  async run(request: CheckoutRequest, caller: Caller, claim: Claim): Promise<Answer<StartedCheckout>> {
    const { product_id } = request;
    const told = { idempotency_key: claim.key, user_id: caller.user_id, product_id };
    this.logger.info(told, checkoutLine(told));
    const trail = Trail.of(caller, 'request.checkout', { product_id });
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
      if (!(error instanceof LockTimeout || error instanceof CameToNothing)) throw refusalOfKeyInUse(error, claim.key);
      throw new PaymentInProgress({ idempotency_key: claim.key, retry_after: RETRY_AFTER_SECONDS });
    }
  }

  private async findOrMake(asking: Asking): Promise<Answer<StartedCheckout>> {
    const { request, caller, claim, trail } = asking;
    const { rows } = this.made;
    const made = claim.resource === null ? undefined : await rows.payments.find(rows.manager, Number(claim.resource));
    // An order of that number may be another's: numbers come again after a restore.
    const own = made?.user_id === caller.user_id ? made : undefined;
    // Taken up again: its own order as it now is, unless it ended unpaid, or is of another price by now.
    const resumed = own && !(await findOutdated(rows.manager, own.id)) && (await this.resume(own, asking));
    if (resumed) return resumed;

    const { stripe } = this.shop;
    stripe.refuseUnlessConfigured();
    const product = await this.shop.product(request.product_id);
    const terms = termsOf(product, request);
    const pending = await rows.payments.findPendingOrder(rows.manager, caller.user_id, product.id);
    if (pending) {
      const answer = await this.reuseOrClose(pending, { product, terms }, asking).catch(unlessClosed(product));
      if (answer) return answer;
    }
    if (product.status === 'closed') throw new ProductClosed(product.id);
    stripe.refuseAmount(terms);
    stripe.refuseWhenDown();
    const id = await rows.payments.drawId(rows.manager);
    return this.underPurchaseLock(id, caller, async () => {
      const payment = await this.write(id, product, terms, asking);
      crashPoint('payment.committed');
      trail.committed();
      return this.opened(payment, asking, { fence: 1, reused: false });
    });
  }

  /** An answer if the order that waits is the one that is wanted; undefined once it is out of the way. */
  private async reuseOrClose(
    pending: Payment,
    { product, terms }: { product: Product; terms: Terms },
    asking: Asking,
  ): Promise<Answer<StartedCheckout> | undefined> {
    const { stripe } = this.shop;
    // What is not sold any more is not paid any more either, as far as that can still be prevented.
    const same =
      product.status !== 'closed' &&
      pending.quantity === terms.quantity &&
      pending.amount === terms.amount &&
      pending.currency === terms.currency;
    return this.underPurchaseLock(pending.id, asking.caller, async () => {
      // Whoever gets its address again must be able to pay on it: Stripe says whether it is still open, or was paid.
      const asked = same ? await stripe.refresh(pending, asking.trail) : { payment: pending, known: true };
      const { payment: now, known } = asked;
      if (now.processing) throw new PaymentProcessing(now);
      if (isPaid(now.status)) throw new PaymentExists({ payment: now, checkout: null });
      if (now.status !== 'pending') return undefined;
      // Open by Stripe's word and over by our clock: nobody can be sent there.
      if (same && known && (await stripe.checkoutOf(now))) return this.opened(now, asking, { reused: true });
      return this.close(now, asking);
    });
  }

  /** Another quantity or price: the old session is closed first. Paid or processing by now, it stands. */
  private async close(pending: Payment, { trail }: Asking): Promise<undefined> {
    const fence = await this.shop.stripe.close(pending.id, trail);
    const { rows } = this.made;
    const now = await inTransaction(rows.dataSource, async (tx) => {
      const outdated = await findOutdated(tx, pending.id);
      return this.cancelRows.run(tx, pending.id, fence, trail, outdated && { because: outdated.reason });
    });
    trail.committed();
    if (now.processing) throw new PaymentProcessing(now);
    if (isPaid(now.status)) throw new PaymentExists({ payment: now, checkout: null });
  }

  private async write(id: number, product: Product, terms: Terms, asking: Asking): Promise<Payment> {
    const { request, caller, claim, trail } = asking;
    const { rows } = this.made;
    try {
      return await inTransaction(rows.dataSource, async (tx) => {
        // Closed or repriced since it was read: the closing did not find this order.
        if (!(await this.shop.isStill(tx, product))) throw new LockTimeout();
        const { payment } = await this.made.write(
          tx,
          {
            id,
            user_id: caller.user_id,
            consultation_id: null,
            product_id: product.id,
            ...terms,
            payment_method: 'stripe',
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
        return payment;
      });
    } catch (error) {
      // The lock makes this rare: it takes somebody who came past it. The index decides.
      if (isSecondPendingOrder(error)) throw new LockTimeout({ cause: error });
      throw error;
    }
  }

  private async resume(own: Payment, asking: Asking): Promise<Answer<StartedCheckout> | undefined> {
    try {
      return await this.underPurchaseLock(own.id, asking.caller, async () =>
        this.opened(own, asking, { reused: false }),
      );
    } catch (error) {
      if (error instanceof CameToNothing) return undefined;
      throw error;
    }
  }

  private async opened(
    payment: Payment,
    { claim, caller, trail }: Asking,
    how: { fence?: number; reused: boolean },
  ): Promise<Answer<StartedCheckout>> {
    let answer: Answer<StartedCheckout> | undefined;
    const finish = async (tx: EntityManager, opened: Opened) => {
      if (isOver(opened.payment.status)) throw new CameToNothing();
      answer = answerOf(opened, claim.key, how.reused);
      await claim.settle(tx, answer, String(payment.id));
    };
    const fence = how.fence === undefined ? {} : { fence: how.fence };
    const { checkout } = await this.shop.stripe.open(payment.id, { ...fence, trail, finish });
    const session_id = checkout?.session_id ?? null;
    const told = { idempotency_key: claim.key, user_id: caller.user_id, product_id: payment.product_id!, session_id };
    this.logger.info(told, checkoutLine(told));
    this.logger.info(told, `${SERVICE} Idempotency check passed: session created successfully`);
    return answer!;
  }

  private async underPurchaseLock<Result>(id: number, caller: Caller, work: () => Promise<Result>): Promise<Result> {
    const holder = { user_id: caller.user_id, request_id: caller.request_id };
    return this.locks.withLock([`purchase:complete:${id}`], { waitMs: 0, holder }, work);
  }
}

/** What is not sold any more is not, whether or not its page could be closed: the worker closes it. */
function unlessClosed(product: Product): (error: unknown) => undefined {
  return (error) => {
    if (product.status !== 'closed' || !(error instanceof StripeUnavailable)) throw error;
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
