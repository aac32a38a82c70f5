import { StripeUnavailable } from '#errors';
import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { type Call, StripeCalls } from './stripe-calls.js';
import { isMissing, unavailable } from './stripe-failures.js';
import { TAKEN_AT } from './stripe-gateway.js';

/** Listings of sessions and refunds: Stripe's maximum page size, and a bound on pages. */
const PAGE = 100;
const MAX_PAGES = 20;

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

class TooMany extends Error {}

/** Stripe's lists. A list that could not be read whole is an error, because a part does not prove what is absent. */
@Injectable()
export class StripeLists {
  constructor(private readonly calls: StripeCalls) {}

  /** Every session created in a window of time. Stripe cannot search sessions by our reference, so the caller does. */
  async sessions(created: { gte: number; lte: number }): Promise<Stripe.Checkout.Session[]> {
    try {
      return await this.listAll((stripe, page) => stripe.checkout.sessions.list({ created, ...page }));
    } catch (error) {
      const { gte, lte } = created;
      if (!(error instanceof StripeUnavailable && error.cause instanceof TooMany) || lte <= gte) throw error;
      // A busy account: each half of the time has its own bound.
      const middle = Math.floor((gte + lte) / 2);
      return [...(await this.sessions({ gte, lte: middle })), ...(await this.sessions({ gte: middle + 1, lte }))];
    }
  }

  /** None, also for an intent that Stripe does not know, for which it returns an error instead of an empty list. */
  async sessionsOf(payment_intent: string): Promise<Stripe.Checkout.Session[]> {
    try {
      return await this.listAll((stripe, page) =>
        stripe.checkout.sessions.list({ payment_intent, expand: [`data.${TAKEN_AT}`], ...page }),
      );
    } catch (error) {
      if (error instanceof StripeUnavailable && isMissing(error.cause)) return [];
      throw error;
    }
  }

  async refunds(payment_intent: string): Promise<Stripe.Refund[]> {
    return this.listAll((stripe, page) => stripe.refunds.list({ payment_intent, ...page }));
  }

  async disputes(payment_intent: string): Promise<Stripe.Dispute[]> {
    return this.listAll((stripe, page) => stripe.disputes.list({ payment_intent, ...page }));
  }

  /**
   * One page of the account's objects, newest first. Sessions: only complete ones. Events: only the given types, from
   * the last 30 days (https://docs.stripe.com/api/events).
   * @throws ListPositionGone, StripeUnavailable
   */
  async page<Name extends ListName>(
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
