/**
 * A call that creates an object at Stripe, as it was first sent: a key always sends the same body under the same API
 * version, also after a new deployment (https://docs.stripe.com/api/idempotent_requests).
 */
export interface FrozenCall {
  readonly idempotency_key: string;
  /** The parameters as JSON. */
  readonly request: string;
  readonly api_version: string;
}

/** The result of a call that creates an object. */
export type Made<StripeObject> =
  | { readonly is: 'made'; readonly object: StripeObject }
  /** Nothing was created, and the same request would be refused again. */
  | { readonly is: 'refused'; readonly code: string; readonly reason: string }
  /**
   * The object may have been created. `post_again`: the same key may be sent again; otherwise only a listing can
   * tell.
   */
  | { readonly is: 'unclear'; readonly post_again: boolean; readonly reason: string };
