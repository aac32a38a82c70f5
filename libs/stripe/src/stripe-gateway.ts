import { Config } from '#config';
import { StripeNotConfigured, StripeUnavailable } from '#errors';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import Stripe from 'stripe';
import { classifyFailure } from './classify-failure.js';
import type { FrozenCall, Made } from './frozen-call.js';
import { type Call, StripeCalls } from './stripe-calls.js';
import { StripeClock } from './stripe-clock.js';

/** Listings of sessions and refunds: Stripe's maximum page size, and a bound on pages. */
const PAGE = 100;
const MAX_PAGES = 20;

/**
 * When Stripe received a session's money: the balance transaction of its charge. For a bank debit it is created when
 * the money arrives (https://docs.stripe.com/api/balance_transactions/object).
 */
const TAKEN_AT = 'payment_intent.latest_charge.balance_transaction';

/** How often Stripe is called only to read its time: another call within this interval learns nothing new. */
const CLOCK_READ_INTERVAL_MS = 10_000;

/** A list that Stripe returns newest first, page by page. */
interface Listed {
  readonly events: Stripe.Event;
  readonly sessions: Stripe.Checkout.Session;
  readonly refunds: Stripe.Refund;
  readonly disputes: Stripe.Dispute;
}
export type ListName = keyof Listed;

/** One page of a list. Times are seconds by Stripe's clock, both included. */
export interface ListPage {
  readonly created: { readonly gte: number; readonly lte: number };
  /** The id of the last object of the previous page. */
  readonly starting_after: string | null;
}

/** The object after which a page starts no longer exists: the listing has to start again. */
export class ListPositionGone extends Error {}

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

class TooMany extends Error {}

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

  /** Every session created in a window of time. Stripe cannot search sessions by our reference, so the caller does. */
  async listSessions(created: { gte: number; lte: number }): Promise<Stripe.Checkout.Session[]> {
    try {
      return await this.listAll((stripe, page) => stripe.checkout.sessions.list({ created, ...page }));
    } catch (error) {
      const { gte, lte } = created;
      if (!(error instanceof StripeUnavailable && error.cause instanceof TooMany) || lte <= gte) throw error;
      // A busy account: each half of the time has its own bound.
      const middle = Math.floor((gte + lte) / 2);
      return [
        ...(await this.listSessions({ gte, lte: middle })),
        ...(await this.listSessions({ gte: middle + 1, lte })),
      ];
    }
  }

  /** None, also for an intent that Stripe does not know, for which it returns an error instead of an empty list. */
  async listSessionsOf(payment_intent: string): Promise<Stripe.Checkout.Session[]> {
    try {
      return await this.listAll((stripe, page) =>
        stripe.checkout.sessions.list({ payment_intent, expand: [`data.${TAKEN_AT}`], ...page }),
      );
    } catch (error) {
      if (error instanceof StripeUnavailable && isMissing(error.cause)) return [];
      throw error;
    }
  }

  async listRefunds(payment_intent: string): Promise<Stripe.Refund[]> {
    return this.listAll((stripe, page) => stripe.refunds.list({ payment_intent, ...page }));
  }

  async listDisputes(payment_intent: string): Promise<Stripe.Dispute[]> {
    return this.listAll((stripe, page) => stripe.disputes.list({ payment_intent, ...page }));
  }

  /**
   * One page of the account's objects, newest first. Sessions: only complete ones. Events: only the given types, from
   * the last 30 days (https://docs.stripe.com/api/events).
   * @throws ListPositionGone, StripeUnavailable
   */
  async listPage<Name extends ListName>(
    name: Name,
    { created, starting_after }: ListPage,
    types: readonly string[],
  ): Promise<{ data: Listed[Name][]; has_more: boolean }> {
    const page = { created, limit: PAGE, ...(starting_after === null ? {} : { starting_after }) };
    const lists: { [List in ListName]: Call<{ data: Listed[List][]; has_more: boolean }> } = {
      events: (stripe) => stripe.events.list({ ...page, types: [...types] }),
      sessions: (stripe) => stripe.checkout.sessions.list({ ...page, status: 'complete' }),
      refunds: (stripe) => stripe.refunds.list(page),
      disputes: (stripe) => stripe.disputes.list(page),
    };
    try {
      return await this.calls.run<{ data: Listed[Name][]; has_more: boolean }>(lists[name]);
    } catch (error) {
      if (starting_after !== null && isMissing(error)) throw new ListPositionGone();
      throw unavailable(error);
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

  private async listAll<StripeObject extends { id: string }>(
    list: (
      stripe: Stripe,
      page: { limit: number; starting_after?: string },
    ) => Promise<{ data: StripeObject[]; has_more: boolean }>,
  ): Promise<StripeObject[]> {
    const all: StripeObject[] = [];
    try {
      for (let pages = 0; pages < MAX_PAGES; pages++) {
        const last = all.at(-1);
        const page = { limit: PAGE, ...(last ? { starting_after: last.id } : {}) };
        const { data, has_more } = await this.calls.run((stripe) => list(stripe, page));
        all.push(...data);
        if (!has_more || data.length === 0) return all;
      }
    } catch (error) {
      throw unavailable(error);
    }
    // A partial listing does not prove what is absent.
    throw new StripeUnavailable({ cause: new TooMany(`more than ${PAGE * MAX_PAGES} in one listing`) });
  }
}

/** `lastResponse` is what the HTTP client returned. Ours is fetch's, which the SDK's type does not know. */
function isReplay({ lastResponse }: Stripe.Response<unknown>): boolean {
  return (lastResponse as unknown as Response).headers.get('idempotent-replayed') === 'true';
}

function isUnknown(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.statusCode === 404;
}

/**
 * Where the id is a parameter, Stripe answers 400 for a missing object
 * (https://docs.stripe.com/error-codes#resource-missing).
 */
function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'resource_missing';
}

function unavailable(error: unknown): unknown {
  return error instanceof StripeUnavailable ? error : new StripeUnavailable({ cause: error });
}
