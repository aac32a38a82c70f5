import type { EventType } from '../events/event-types.js';
import type { Clock } from '../state/clock.js';
import type { Store } from '../state/store.js';

/** Why something happened: the request whose work is being done. https://docs.stripe.com/api/events/object#event_object-request */
export interface Cause {
  readonly id: string | null;
  readonly idempotency_key: string | null;
}

/** Not caused by an API request, but by a customer, a bank or the clock. */
export const NO_CAUSE: Cause = { id: null, idempotency_key: null };

/** `insufficient_balance`: Stripe holds a card's refund as pending until there is enough, and fails any other. */
export type RefundOutcome = 'succeeded' | 'pending' | 'requires_action' | 'failed' | 'insufficient_balance';
/** The exception: the account has too little, and there is no refund, only a refusal. */
export type ComingRefund = RefundOutcome | 'insufficient_balance_refused';

/** State shared by all parts of the simulator. Changes are synchronous, and so atomic. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly api_version: string;
  /** Outcomes of the next refunds, in order; succeeded when empty. */
  readonly coming_refunds: ComingRefund[];
  /** Set while one request is being processed. */
  cause: Cause;
  /** The simulator's URL, for hosted pages. */
  base_url: string;
  /** Number of webhook endpoints that are subscribed to this event type. */
  endpoints(type: EventType): number;
}

/** Any Stripe object. */
export interface StripeObject {
  readonly object: string;
  readonly id?: string;
}

/** One route of Stripe's API. `run` is synchronous. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** With path parameters in Fastify's syntax. */
  readonly path: string;
  /** Parses and validates the parameters; Stripe stores no answer of a request that fails here. */
  prepare(world: World, raw: Readonly<Record<string, unknown>>, api_version: string): (id: string) => Answer;
}

export interface Answer {
  readonly body: StripeObject;
  readonly expand: readonly string[] | undefined;
}
