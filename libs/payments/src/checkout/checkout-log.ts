export const SERVICE = '[payment-service]';

/**
 * A checkout in one line of text, as it is searched for. A key is the client's own words: blanks, `=` and `%` in it are
 * percent-encoded, so that it can look like no other field. The line's structured fields have it as it came.
 */
export function checkoutLine(of: {
  idempotency_key: string | null;
  user_id: number;
  product_id: string;
  session_id?: string | null;
}): string {
  const key = of.idempotency_key === null ? 'none' : of.idempotency_key.replaceAll(/[\s=%]/g, encodeURIComponent);
  const session = of.session_id === undefined ? '' : ` session=${of.session_id ?? 'none'}`;
  return `${SERVICE} idempotencyKey=${key} user=${of.user_id} product=${of.product_id}${session}`;
}
