import type { EventType } from '../events/event-types.js';
import type { Clock } from '../state/clock.js';
import type { Store } from '../state/store.js';

/** Why something happened: the request whose work is being done. https://docs.stripe.com/api/events/object#event_object-request */
export interface Cause {
  readonly id: string | null;
  readonly idempotency_key: string | null;
}

/** Nobody asked by the API: a customer, a bank, the clock. */
export const NO_CAUSE: Cause = { id: null, idempotency_key: null };

/** `insufficient_balance`: Stripe holds a card's refund as pending until there is enough, and fails any other. */
export type RefundOutcome = 'succeeded' | 'pending' | 'requires_action' | 'failed' | 'insufficient_balance';
/** The exception: the account has too little, and there is no refund, only a refusal. */
export type ComingRefund = RefundOutcome | 'insufficient_balance_refused';

/** All that the rooms of the simulator share. Work on it is synchronous, and so happens whole or not at all. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly api_version: string;
  /** Whatever a coming refund turns into, in the order asked for; succeeded when empty. */
  readonly coming_refunds: ComingRefund[];
  /** Set while the work of one request, and nothing else, is being done. */
  cause: Cause;
  /** The address this simulator is reached at: where hosted pages are. */
  base_url: string;
  /** How many webhook endpoints the account has that want events of this type. */
  endpoints(type: EventType): number;
}

/** Any object of Stripe's; what is in it is known where it is made. */
export interface StripeObject {
  readonly object: string;
  readonly id?: string;
}

/** One route of Stripe's API. `run` does its work at once, without waiting for anything. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** With its parameters as Fastify writes them. */
  readonly path: string;
  /** Reads and judges the parameters; Stripe keeps no answer to a request that fails here. */
  prepare(world: World, raw: Readonly<Record<string, unknown>>, api_version: string): (id: string) => Answer;
}

export interface Answer {
  readonly body: StripeObject;
  readonly expand: readonly string[] | undefined;
}
