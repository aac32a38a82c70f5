import { AppError, type ErrorDetails, kind, type Reason } from './app-error.js';

/** One invalid field: a catalogue key under `field.` and its values. */
export interface FieldFault {
  readonly field: string;
  readonly rule: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export class ValidationFailed extends AppError {
  static readonly kind = kind(422, 'VALIDATION_FAILED', 'Validation failed');
  constructor(readonly faults: readonly FieldFault[]) {
    super(ValidationFailed.kind);
  }
}

export class MalformedRequest extends AppError {
  static readonly kind = kind(400, 'MALFORMED_REQUEST', 'Malformed request');
  constructor(details: ErrorDetails = {}) {
    super(MalformedRequest.kind, details);
  }
}

export class UnsupportedMediaType extends AppError {
  static readonly kind = kind(415, 'UNSUPPORTED_MEDIA_TYPE', 'Unsupported media type');
  constructor(details: ErrorDetails = {}) {
    super(UnsupportedMediaType.kind, details);
  }
}

export class PayloadTooLarge extends AppError {
  static readonly kind = kind(413, 'PAYLOAD_TOO_LARGE', 'Payload too large');
  constructor(details: ErrorDetails = {}) {
    super(PayloadTooLarge.kind, details);
  }
}

export class HeadersTooLarge extends AppError {
  static readonly kind = kind(431, 'HEADERS_TOO_LARGE', 'Request headers too large');
  constructor(details: ErrorDetails = {}) {
    super(HeadersTooLarge.kind, details);
  }
}

export class RequestTimeout extends AppError {
  static readonly kind = kind(408, 'REQUEST_TIMEOUT', 'Request timeout');
  constructor(details: ErrorDetails = {}) {
    super(RequestTimeout.kind, details);
  }
}

export class RouteNotFound extends AppError {
  static readonly kind = kind(404, 'ROUTE_NOT_FOUND', 'Route not found');
  constructor(details: ErrorDetails = {}) {
    super(RouteNotFound.kind, details);
  }
}

export class Unauthenticated extends AppError {
  static readonly kind = kind(401, 'UNAUTHENTICATED', 'Unauthenticated');
  constructor(details: ErrorDetails = {}) {
    super(Unauthenticated.kind, details);
  }
}

export class InvalidCredentials extends AppError {
  static readonly kind = kind(401, 'INVALID_CREDENTIALS', 'Invalid credentials');
  constructor() {
    super(InvalidCredentials.kind);
  }
}

export class TooManyAttempts extends AppError {
  static readonly kind = kind(429, 'TOO_MANY_ATTEMPTS', 'Too many attempts', { retryable: true });
  constructor(retryAfterSeconds: number) {
    super(TooManyAttempts.kind, { retryAfterSeconds, params: { seconds: retryAfterSeconds } });
  }
}

export class Forbidden extends AppError {
  static readonly kind = kind(403, 'FORBIDDEN', 'Forbidden');
  constructor(reason?: Reason, params: ErrorDetails['params'] = {}) {
    super(Forbidden.kind, reason ? { reason, params } : {});
  }
}

/** The same key with another body, query or path: one of the two would get the other's answer. */
export class IdempotencyKeyReused extends AppError {
  static readonly kind = kind(422, 'IDEMPOTENCY_KEY_REUSED', 'Idempotency key reused');
  constructor() {
    super(IdempotencyKeyReused.kind);
  }
}

/** Only when IDEMPOTENCY_KEY_REQUIRED is on. */
export class IdempotencyKeyMissing extends AppError {
  static readonly kind = kind(400, 'IDEMPOTENCY_KEY_MISSING', 'Idempotency key missing');
  constructor() {
    super(IdempotencyKeyMissing.kind);
  }
}

/** The first request under this key, or for this purchase, is still running. */
export class PaymentInProgress extends AppError {
  static readonly kind = kind(409, 'PAYMENT_IN_PROGRESS', 'Payment in progress', { retryable: true });
  readonly idempotency_key: string | null;
  constructor(details: { idempotency_key: string | null; retry_after: number }) {
    super(PaymentInProgress.kind, { data: details, retryAfterSeconds: details.retry_after });
    this.idempotency_key = details.idempotency_key;
  }
}

/** The race lab runs one attack at a time. */
export class LabBusy extends AppError {
  static readonly kind = kind(409, 'LAB_BUSY', 'Race lab busy');
  constructor() {
    super(LabBusy.kind);
  }
}

/**
 * Not signed by Stripe with a secret of ours, or with a timestamp too far in the past or future: its content is not
 * read.
 */
export class WebhookSignatureInvalid extends AppError {
  static readonly kind = kind(400, 'WEBHOOK_SIGNATURE_INVALID', 'Webhook signature invalid');
  constructor() {
    super(WebhookSignatureInvalid.kind);
  }
}
