import { fingerprintOf, type RawParameters, readForm } from './form.js';
import type { Keyed } from './idempotency.js';
import { StripeError } from './stripe-error.js';

export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query: string;
  readonly id: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed body; undefined for a content type that Stripe does not accept. */
  readonly body: string | undefined;
}

export function parametersOf(request: ApiRequest): RawParameters {
  if (request.method === 'GET') return readForm(request.query);
  if (request.body === undefined) {
    throw new StripeError(
      400,
      'Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.',
    );
  }
  return { ...readForm(request.query), ...readForm(request.body) };
}

/** Only POST takes keys; GET is safe to repeat anyway. https://docs.stripe.com/api/idempotent_requests */
export function keyOf(request: ApiRequest, parameters: RawParameters): Keyed | undefined {
  const key = request.method === 'POST' ? headerOf(request, 'idempotency-key') : undefined;
  if (key === undefined) return undefined;
  return { key, method: request.method, path: request.path, fingerprint: fingerprintOf(parameters) };
}

export function versionOf(request: ApiRequest, otherwise: string): string {
  const version = headerOf(request, 'stripe-version') ?? otherwise;
  if (!/^\d{4}-\d{2}-\d{2}(\.[a-z_]+)?$/.test(version)) {
    throw new StripeError(400, `Invalid Stripe API version: ${version.slice(0, 40)}`);
  }
  return version;
}

export function headerOf(request: ApiRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
