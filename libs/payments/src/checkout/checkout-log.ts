export const SERVICE = '[payment-service]';

/**
 * A checkout as one searchable line of text. The client chooses the key, so blanks, `=` and `%` in it are
 * percent-encoded: it cannot imitate another field. The structured fields of the line contain it unchanged.
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
