/**
 * A call that makes something at Stripe, as it was first sent: the same key always sends the same body under the same
 * version of the API, also after we were deployed anew (https://docs.stripe.com/api/idempotent_requests).
 */
export interface FrozenCall {
  readonly idempotency_key: string;
  /** The parameters as JSON. */
  readonly request: string;
  readonly api_version: string;
}

/** What became of a call that makes something. */
export type Made<Thing> =
  | { readonly is: 'made'; readonly thing: Thing }
  /** Definitely nothing was made, and the same request would be refused again. */
  | { readonly is: 'refused'; readonly code: string; readonly reason: string }
  /** It may have been made. `post_again`: the same key may be sent again; otherwise only a listing can tell. */
  | { readonly is: 'unclear'; readonly post_again: boolean; readonly reason: string };
