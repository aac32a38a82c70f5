/** What Stripe answers instead of an object. https://docs.stripe.com/api/errors */
export class StripeError extends Error {
  readonly status: number;
  readonly type: 'invalid_request_error' | 'idempotency_error' | 'api_error';
  readonly code: string | undefined;
  readonly param: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    {
      type = 'invalid_request_error',
      code,
      param,
      headers = {},
    }: {
      type?: StripeError['type'];
      code?: string | undefined;
      param?: string | undefined;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.type = type;
    this.code = code;
    this.param = param;
    this.headers = headers;
  }

  body(): { error: Record<string, string> } {
    return {
      error: {
        ...(this.code === undefined
          ? {}
          : { code: this.code, doc_url: `https://stripe.com/docs/error-codes/${this.code.replaceAll('_', '-')}` }),
        message: this.message,
        ...(this.param === undefined ? {} : { param: this.param }),
        type: this.type,
      },
    };
  }
}

/** A 404 where the id is the address, a 400 where it is a parameter. https://docs.stripe.com/error-codes#resource-missing */
export function noSuch(what: string, id: string, param: string, status: 400 | 404 = 404): StripeError {
  return new StripeError(status, `No such ${what}: '${id}'`, { code: 'resource_missing', param });
}

/** A list filtered by an object that does not exist is refused, not empty. @throws StripeError */
export function refuseUnknown(
  rows: { get(id: string): unknown },
  what: 'charge' | 'payment_intent',
  id?: string,
): void {
  if (id !== undefined && !rows.get(id)) throw noSuch(what, id, what, 400);
}

/** https://docs.stripe.com/api/errors: something went wrong on Stripe's end. Kept under the key, so a retry changes nothing. */
export function unknownError(headers: Record<string, string>): StripeError {
  return new StripeError(500, 'An unknown error occurred', { type: 'api_error', headers });
}

/**
 * Specific to the simulator: the state was reset while this call waited. The SDK must not retry it against the new
 * state.
 */
export function wasReset(): StripeError {
  return new StripeError(500, 'This simulator was reset while it was processing this request.', {
    type: 'api_error',
    headers: { 'stripe-should-retry': 'false' },
  });
}

/** https://docs.stripe.com/rate-limits#rate-limiting-mechanics */
export function tooManyRequests(code: 'rate_limit' | 'lock_timeout'): StripeError {
  return code === 'rate_limit'
    ? new StripeError(
        429,
        'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
        { code, headers: { 'stripe-rate-limited-reason': 'global-rate' } },
      )
    : new StripeError(
        429,
        'This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate. For more details, see https://stripe.com/docs/rate-limits#object-lock-timeouts.',
        { code, headers: { 'stripe-should-retry': 'true' } },
      );
}

/**
 * Refunds come from the account's balance; with too little in it some accounts get this instead of a pending refund.
 * https://support.stripe.com/questions/pending-refunds-due-to-insufficient-stripe-balance; the body as merchants have
 * quoted it: there is no code in it.
 */
export function insufficientBalance(): StripeError {
  return new StripeError(400, 'Insufficient funds in your Stripe balance to refund this amount.');
}
