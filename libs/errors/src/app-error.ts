/** What a client may rely on for one kind of failure. `code` is stable; `title` is fixed English. */
export interface ErrorKind {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  /** The same request may succeed later; the answer then carries `Retry-After`. */
  readonly retryable: boolean;
}

/** Distinguishes several situations that share a code. */
export type Reason =
  | 'already_so'
  | 'transaction_paid_back'
  | 'transaction_paid_in'
  | 'confirmed_and_refunded'
  | 'transfer_recorded'
  | 'transfer_by_other_method'
  | 'transfer_in_other_currency'
  | 'transfer_pays_it_already'
  | 'transfer_allocated'
  | 'money_left_unmatched'
  | 'transaction_unknown'
  | 'money_not_stated'
  | 'settled_by_provider'
  | 'product_has_reference'
  | 'refund_refused'
  | 'refund_failed_at_stripe'
  | 'refund_was_withdrawn'
  | 'refund_made_at_stripe'
  | 'refund_waits'
  | 'refund_waits_for_balance'
  | 'refund_not_asked_about'
  | 'stripe_key_missing'
  | 'dispute_lost'
  | 'money_waits';

export interface ErrorDetails {
  /** Values for the placeholders of the catalogue's sentence. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** Sent as `data`: facts a client needs, never internals. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
  /** A sentence of the catalogue's `reasons` that says more than the code's own. */
  readonly reason?: Reason;
}

/**
 * The base class of failures that have an answer. Each situation that a caller treats differently has its own class
 * with a static `kind`; only the HTTP layer converts one to an answer.
 */
export abstract class AppError extends Error {
  readonly params: Readonly<Record<string, string | number>>;
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly reason: Reason | undefined;

  constructor(
    readonly kind: ErrorKind,
    details: ErrorDetails = {},
  ) {
    super(kind.title, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.params = details.params ?? {};
    this.data = details.data;
    this.reason = details.reason;
    // Without a better estimate, a client retries after one second: long enough for a burst to pass.
    this.retryAfterSeconds = details.retryAfterSeconds ?? (kind.retryable ? 1 : undefined);
  }
}

/** Declares a class's kind in one line. Not retryable by default. */
export function kind(status: number, code: string, title: string, more: { retryable?: boolean } = {}): ErrorKind {
  return Object.freeze({ status, code, title, retryable: more.retryable ?? false });
}
