/** What is known of a call that did not succeed. */
export interface FailureFacts {
  readonly code: string;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Identifies the request in the server's log. */
  readonly request_id?: string;
  readonly data?: unknown;
  /** The same call may succeed later, with the same key. */
  readonly retryable: boolean;
  /** How long the server asks clients to wait. */
  readonly retry_after_ms?: number | undefined;
  readonly cause?: unknown;
}

/**
 * A failed call, with a sentence for the person in `message`. Branch on `code`: the server's stable code (ERRORS.md),
 * or one of the client's own: NETWORK_FAILED, TIMED_OUT, OFFLINE, BAD_ANSWER, ABORTED, PERSON_CHANGED,
 * INTENT_EXPIRED.
 */
export class PaymentClientError extends Error implements FailureFacts {
  override readonly name: string = 'PaymentClientError';
  declare readonly code: string;
  declare readonly status: number;
  declare readonly request_id?: string;
  declare readonly data?: unknown;
  declare readonly retryable: boolean;
  declare readonly retry_after_ms?: number | undefined;

  constructor(message: string, facts: FailureFacts) {
    super(message);
    Object.assign(this, facts);
  }
}

/**
 * It is unknown whether the call had its effect: there was no answer, or an inconclusive one. Its key is kept, so the
 * same call again, in this tab or another, completes it and never does it twice. Tell the person so, and offer to try
 * again.
 */
export class UnclearOutcomeError extends PaymentClientError {
  override readonly name = 'UnclearOutcomeError';
}

/**
 * The caller's own AbortSignal fired; no message for the person is needed. The intent remains, as with an unclear
 * outcome.
 */
export class CallAbortedError extends PaymentClientError {
  override readonly name = 'AbortError';
}

export type OwnCode = 'NETWORK_FAILED' | 'TIMED_OUT' | 'OFFLINE' | 'BAD_ANSWER' | 'PERSON_CHANGED' | 'INTENT_EXPIRED';

/** The client's own messages, English and Indonesian; all others come from the server, in the same language. */
const TRY_AGAIN = [
  'No answer. Please try again: it is done only once.',
  'Tidak ada jawaban. Silakan coba lagi: hanya dilakukan sekali.',
];
const START_AGAIN = ['See your payments first.', 'Lihat pembayaran Anda dulu.'];

/** A failure that the client detects itself. `key`: the call may have had an effect. */
export function ownFailure(
  { key, language }: { readonly key?: string; readonly language: string | undefined },
  code: OwnCode,
  facts: Partial<FailureFacts> = {},
): PaymentClientError {
  const { retryable = true } = facts;
  const message = (retryable ? TRY_AGAIN : START_AGAIN)[+/^id/i.test(language!)]!;
  return failure(key, message, { code, status: 0, ...facts, retryable });
}

/** @param key undefined: the call only reads, so its outcome cannot be unclear. */
export function failure(key: string | undefined, message: string, facts: FailureFacts): PaymentClientError {
  return new (facts.retryable && key ? UnclearOutcomeError : PaymentClientError)(message, facts);
}
