/** Members that may carry a secret, in any logged object. */
const SECRETS: ReadonlySet<string> = new Set([
  'password',
  'token',
  'authorization',
  'cookie',
  'secret',
  'password_hash',
  'DATABASE_URL',
  'REDIS_URL',
  'JWT_SECRET',
]);

/** Deeper than any object that is logged; also ends the walk through an object that contains itself. */
const MAX_DEPTH = 5;

/**
 * The members of a log line without secrets: removed, not masked. pino's own redaction with wildcards takes five times
 * as long as all the rest of a line (18.7 µs and 3.3 µs).
 * @returns the same object where nothing was removed; it is never changed
 */
export function withoutSecrets(line: Record<string, unknown>): Record<string, unknown> {
  // The serializer of `err` picks its members from the error itself.
  const { err } = line;
  const safe = walk(line, 1);
  return safe === line || err === undefined ? safe : { ...safe, err };
}

function walk<Logged extends object>(value: Logged, depth: number): Logged {
  let copy: Record<string, unknown> | undefined;
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    const kept = SECRETS.has(name) ? undefined : isDescended(member, depth) ? walk(member, depth + 1) : member;
    if (kept === member) continue;
    copy ??= (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    copy[name] = kept;
  }
  return (copy as Logged | undefined) ?? value;
}

function isDescended(member: unknown, depth: number): member is object {
  return typeof member === 'object' && member !== null && depth < MAX_DEPTH;
}
