import { Config } from '#config';
import { StripeNotConfigured, StripeUnavailable } from '#errors';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import Stripe from 'stripe';
import { classifyFailure } from './classify-failure.js';
import { isUnknown, unavailable } from './stripe-failures.js';
import type { FrozenCall, Made } from './frozen-call.js';
import { type Call, StripeCalls } from './stripe-calls.js';
import { StripeClock } from './stripe-clock.js';

/**
 * When Stripe received a session's money: the balance transaction of its charge. For a bank debit it is created when
 * the money arrives (https://docs.stripe.com/api/balance_transactions/object).
 */
export const TAKEN_AT = 'payment_intent.latest_charge.balance_transaction';

/** How often Stripe is called only to read its time: another call within this interval learns nothing new. */
const CLOCK_READ_INTERVAL_MS = 10_000;

/** How an object is created, and read again. */
interface Creation<StripeObject> {
  readonly post: (
    stripe: Stripe,
    params: unknown,
    options: { idempotencyKey: string; apiVersion: string },
  ) => Promise<Stripe.Response<StripeObject>>;
  readonly read: (id: string) => Promise<StripeObject | undefined>;
}

/** The object exists, and what has become of it could not be read. */
const STATE_UNKNOWN: Made<never> = { is: 'unclear', post_again: true, reason: 'made, and not readable now' };

/**
 * What is asked of Stripe; `StripeCalls` bounds each call and stops while Stripe is down. A call that creates something
 * takes a frozen call and distinguishes made, refused and unclear; one that only reads throws StripeUnavailable.
 * Without a key every call throws StripeUnavailable.
 */
@Injectable()
export class StripeGateway {
  /** The version frozen into new calls: the SDK's own, which matches its types. */
  readonly api_version: string = Stripe.API_VERSION;
  /** Whether our key moves real money; an event with another mode does not belong to this key. */
  readonly livemode: boolean;
  private clockRead: { readonly at_ms: number; readonly answer: Promise<void> } | undefined;

  constructor(
    config: Config,
    private readonly calls: StripeCalls,
    private readonly clock: StripeClock,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(StripeGateway.name);
    this.livemode = /^.._live_/.test(config.STRIPE_SECRET_KEY ?? '');
  }

  get isConfigured(): boolean {
    return this.calls.isConfigured;
  }

  /** False without a key, and while the circuit breaker is open. */
  get isAvailable(): boolean {
    return this.calls.isAvailable;
  }

  /** Called before a new payment by Stripe starts. @throws StripeNotConfigured */
  assertConfigured(): void {
    if (!this.isConfigured) throw new StripeNotConfigured();
  }

  /** Called before writing anything that only Stripe can complete. @throws StripeUnavailable */
  assertAvailable(): void {
    this.calls.requireKey();
    if (!this.isAvailable) throw new StripeUnavailable();
  }

  async createSession(call: FrozenCall): Promise<Made<Stripe.Checkout.Session>> {
    return this.make<Stripe.Checkout.Session>(call, {
      post: (stripe, params, options) =>
        stripe.checkout.sessions.create(params as Stripe.Checkout.SessionCreateParams, options),
      read: async (id) => this.findSession(id),
    });
  }

  async createRefund(call: FrozenCall): Promise<Made<Stripe.Refund>> {
    return this.make<Stripe.Refund>(call, {
      post: (stripe, params, options) => stripe.refunds.create(params as Stripe.RefundCreateParams, options),
      read: async (id) => this.findRefund(id),
    });
  }

  /** @returns undefined when Stripe does not know the session. @throws StripeUnavailable */
  async findSession(id: string): Promise<Stripe.Checkout.Session | undefined> {
    return this.find((stripe) => stripe.checkout.sessions.retrieve(id, { expand: [TAKEN_AT] }));
  }

  async findPaymentIntent(id: string): Promise<Stripe.PaymentIntent | undefined> {
    return this.find((stripe) => stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.balance_transaction'] }));
  }

  async findCharge(id: string): Promise<Stripe.Charge | undefined> {
    return this.find((stripe) => stripe.charges.retrieve(id));
  }

  async findRefund(id: string): Promise<Stripe.Refund | undefined> {
    return this.find((stripe) => stripe.refunds.retrieve(id));
  }

  async findDispute(id: string): Promise<Stripe.Dispute | undefined> {
    return this.find((stripe) => stripe.disputes.retrieve(id));
  }

  /**
   * Expires a session so that nobody can pay on it any more.
   * @returns the session as it now is: expired by this call, or, if it could not be expired, complete or expired
   * before; undefined when Stripe does not know it. @throws StripeUnavailable
   */
  async expireSession(id: string): Promise<Stripe.Checkout.Session | undefined> {
    try {
      return await this.calls.run((stripe) => stripe.checkout.sessions.expire(id));
    } catch (error) {
      // Only an open session can be expired (https://docs.stripe.com/api/checkout/sessions/expire): read its current
      // state.
      if (isUnknown(error)) return undefined;
      const refused = error instanceof Stripe.errors.StripeError && error.statusCode === 400;
      const session = refused ? await this.findSession(id) : undefined;
      if (!session || session.status === 'open') throw unavailable(error);
      return session;
    }
  }

  /**
   * Makes any call to Stripe to read the `Date` of its answer; an error is an answer, too. At most once in ten
   * seconds, however many callers ask.
   */
  async readClock(): Promise<void> {
    const now = this.clock.monotonic_ms();
    if (!this.clockRead || now - this.clockRead.at_ms >= CLOCK_READ_INTERVAL_MS) {
      const answer = this.calls
        .run((stripe) => stripe.balance.retrieve())
        .then(
          () => undefined,
          () => undefined,
        );
      this.clockRead = { at_ms: now, answer };
    }
    await this.clockRead.answer;
  }

  private async make<StripeObject extends { id: string }>(
    call: FrozenCall,
    { post, read }: Creation<StripeObject>,
  ): Promise<Made<StripeObject>> {
    const params: unknown = JSON.parse(call.request);
    const options = { idempotencyKey: call.idempotency_key, apiVersion: call.api_version };
    // Nothing is sent, so the call is not unclear.
    this.calls.requireKey();
    let created: Stripe.Response<StripeObject>;
    try {
      created = await this.calls.run((stripe) => post(stripe, params, options));
    } catch (error) {
      const failure = classifyFailure(error);
      this.logger.warn({ ...failure, idempotency_key: call.idempotency_key }, 'Stripe: refused or unclear');
      return failure;
    }
    if (!isReplay(created)) return { is: 'made', object: created };
    // Shows the object as it was when the key was first used (https://docs.stripe.com/api/idempotent_requests): a page
    // may have been paid or expired since.
    const current = await read(created.id).catch(() => undefined);
    return current ? { is: 'made', object: current } : STATE_UNKNOWN;
  }

  private async find<StripeObject>(call: Call<StripeObject>): Promise<StripeObject | undefined> {
    try {
      return await this.calls.run(call);
    } catch (error) {
      if (isUnknown(error)) return undefined;
      throw unavailable(error);
    }
  }
}

/** `lastResponse` is what the HTTP client returned. Ours is fetch's, which the SDK's type does not know. */
function isReplay({ lastResponse }: Stripe.Response<unknown>): boolean {
  return (lastResponse as unknown as Response).headers.get('idempotent-replayed') === 'true';
}
