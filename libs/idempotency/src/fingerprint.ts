import { createHash } from 'node:crypto';

/**
 * Hashes a request's path parameters, query and body. The order of JSON members and the key field itself make no
 * difference. Everything else does, including the order of lists, and `1` against `"1"`. A missing body equals an
 * empty one, and a null member equals a missing one.
 */
export function fingerprintOf(request: { params: unknown; query: unknown; body: unknown }): string {
  const body = isPlain(request.body) ? { ...withoutNulls(request.body), idempotency_key: undefined } : request.body;
  const text = canonical([request.params ?? null, request.query ?? null, body ?? {}]);
  return createHash('sha256').update(text).digest('base64url');
}

/** Removes null members of the body itself; a null deeper in it is a value. */
function withoutNulls(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

/** JSON with the members of every object sorted, as RFC 8785 defines it for values from JSON.parse. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isPlain(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(',')}}`;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
