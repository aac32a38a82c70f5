import { AppError, type ErrorDetails, type ErrorKind, kind, type Reason } from './app-error.js';

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
 * Why a provider gave no answer, where something can be done about it. `busy`: it still works on an earlier request under the
 * same key (https://docs.stripe.com/error-codes#idempotency-key-in-use). `balance_too_low`: for a refund
 * (https://docs.stripe.com/refunds#insufficient-balance).
 */
type ProviderCondition = 'busy' | 'balance_too_low';

type UnavailableDetails = ErrorDetails & { readonly condition?: ProviderCondition | undefined };

/** A payment provider gave no clear answer: what it was asked for may have been done. The same request goes on later. */
export class ProviderUnavailable extends AppError {
  static readonly kind: ErrorKind = kind(503, 'PROVIDER_UNAVAILABLE', 'Payment provider unavailable', {
    retryable: true,
  });
  readonly condition: ProviderCondition | undefined;
  constructor({ condition, ...details }: UnavailableDetails = {}, of = ProviderUnavailable.kind) {
    super(of, { retryAfterSeconds: 5, ...details });
    this.condition = condition;
  }

  /** The same failure, with the same code, of a refund that stays reserved. The reasons of the catalogue are Stripe's. */
  ofRefund(details: Pick<ErrorDetails, 'params' | 'data'>): ProviderUnavailable {
    return new ProviderUnavailable({ cause: this, ...details }, this.kind);
  }
}

export class StripeUnavailable extends ProviderUnavailable {
  static override readonly kind = kind(503, 'STRIPE_UNAVAILABLE', 'Stripe unavailable', { retryable: true });
  constructor(details: UnavailableDetails = {}) {
    super(details, StripeUnavailable.kind);
  }

  override ofRefund(details: Pick<ErrorDetails, 'params' | 'data'>): StripeUnavailable {
    // Staff can do something about an empty balance, which is why it is said.
    const reason = this.condition === 'balance_too_low' ? 'refund_waits_for_balance' : 'refund_waits';
    return new StripeUnavailable({ cause: this, reason, ...details });
  }
}

/**
 * A payment provider has no credentials here, so no new payment by it can start: the same request fails until an
 * operator configures them. For payments that started while there were some, ProviderUnavailable is thrown instead.
 */
export class ProviderNotConfigured extends AppError {
  static readonly kind: ErrorKind = kind(422, 'PROVIDER_NOT_CONFIGURED', 'Payment provider not configured');
  constructor(of = ProviderNotConfigured.kind) {
    super(of);
  }
}

/**
 * There is no Stripe key, so no new payment by Stripe can start: the same request fails until an operator configures
 * one. For payments that started while there was a key, StripeUnavailable is thrown instead.
 */
export class StripeNotConfigured extends ProviderNotConfigured {
  static override readonly kind = kind(422, 'STRIPE_NOT_CONFIGURED', 'Stripe not configured');
  constructor() {
    super(StripeNotConfigured.kind);
  }
}

/** A payment provider has said no for good. Its code goes along; its sentence is for our log. */
export class ProviderRefused extends AppError {
  static readonly kind: ErrorKind = kind(502, 'PROVIDER_REFUSED', 'Payment provider refused');
  constructor(details: ErrorDetails, of = ProviderRefused.kind) {
    super(of, details);
  }
}

export class StripeRefused extends ProviderRefused {
  static override readonly kind = kind(502, 'STRIPE_REFUSED', 'Stripe refused');
  constructor({ stripe_code, reason }: { stripe_code: string; reason?: Reason }) {
    super({ data: { stripe_code }, ...(reason ? { reason } : {}) }, StripeRefused.kind);
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
