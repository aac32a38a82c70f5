import { AppError, type ErrorDetails, kind, type Reason } from './app-error.js';

/** A lock was held for longer than a client waits. */
export class LockTimeout extends AppError {
  static readonly kind = kind(503, 'LOCK_TIMEOUT', 'Lock acquisition timeout', { retryable: true });
  constructor(details: ErrorDetails = {}) {
    super(LockTimeout.kind, details);
  }
}

export class DatabaseUnavailable extends AppError {
  static readonly kind = kind(503, 'DATABASE_UNAVAILABLE', 'Database unavailable', { retryable: true });
  constructor(details: ErrorDetails = {}) {
    super(DatabaseUnavailable.kind, { retryAfterSeconds: 2, ...details });
  }
}

/**
 * The database was restored or failed over between identifying the caller and writing for them: the id may belong to
 * another person now. The transaction was rolled back; the same request identifies the caller again.
 */
export class DatabaseRestored extends AppError {
  static readonly kind = kind(503, 'DATABASE_RESTORED', 'Database restored', { retryable: true });
  constructor(details: ErrorDetails = {}) {
    super(DatabaseRestored.kind, details);
  }
}

/**
 * Why Stripe gave no answer, where an action can help. `busy`: Stripe is still processing an earlier request under
 * the same key (https://docs.stripe.com/error-codes#idempotency-key-in-use). `balance_too_low`: for a refund
 * (https://docs.stripe.com/refunds#insufficient-balance).
 */
type StripeCondition = 'busy' | 'balance_too_low';

export class StripeUnavailable extends AppError {
  static readonly kind = kind(503, 'STRIPE_UNAVAILABLE', 'Stripe unavailable', { retryable: true });
  readonly condition: StripeCondition | undefined;
  constructor({ condition, ...details }: ErrorDetails & { readonly condition?: StripeCondition | undefined } = {}) {
    super(StripeUnavailable.kind, { retryAfterSeconds: 5, ...details });
    this.condition = condition;
  }
}

/**
 * There is no Stripe key, so no new payment by Stripe can start: the same request fails until an operator configures
 * one. For payments that started while there was a key, StripeUnavailable is thrown instead.
 */
export class StripeNotConfigured extends AppError {
  static readonly kind = kind(422, 'STRIPE_NOT_CONFIGURED', 'Stripe not configured');
  constructor() {
    super(StripeNotConfigured.kind);
  }
}

/** Stripe has refused for good. Its code is part of the answer; its message is only logged. */
export class StripeRefused extends AppError {
  static readonly kind = kind(502, 'STRIPE_REFUSED', 'Stripe refused');
  constructor({ stripe_code, reason }: { stripe_code: string; reason?: Reason }) {
    super(StripeRefused.kind, { data: { stripe_code }, ...(reason ? { reason } : {}) });
  }
}

/** The key set that checks tokens cannot be read, so a token can be neither accepted nor refused. */
export class IdentityProviderUnavailable extends AppError {
  static readonly kind = kind(503, 'IDENTITY_PROVIDER_UNAVAILABLE', 'Identity provider unavailable', {
    retryable: true,
  });
  constructor(details: ErrorDetails = {}) {
    super(IdentityProviderUnavailable.kind, { retryAfterSeconds: 2, ...details });
  }
}

export class ServiceUnavailable extends AppError {
  static readonly kind = kind(503, 'SERVICE_UNAVAILABLE', 'Service unavailable', { retryable: true });
  constructor(details: ErrorDetails = {}) {
    super(ServiceUnavailable.kind, details);
  }
}

/**
 * A bug of ours. The cause goes to the log, never into the answer. Retryable: sending the request again never charges
 * twice.
 */
export class InternalError extends AppError {
  static readonly kind = kind(500, 'INTERNAL_ERROR', 'Internal error', { retryable: true });
  constructor(details: ErrorDetails = {}) {
    super(InternalError.kind, details);
  }
}
