/** JSON with the members of every object in order, so that the same wish written in another order is the same intent. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    member && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort())
      : member,
  );
}

/**
 * FNV-1a, 64 bits, since crypto.subtle is missing on plain http. Two intents that share one by chance would share a key,
 * which the server refuses: it keeps a fingerprint of its own, and keys of two people apart.
 */
export function hash(text: string): string {
  let sum = 0xcbf29ce484222325n;
  for (const character of text) sum = BigInt.asUintN(64, (sum ^ BigInt(character.codePointAt(0)!)) * 0x100000001b3n);
  return sum.toString(36);
}

/**
 * Who a token speaks for: issuer and subject of a JWT, so that a renewed token is the same person; otherwise the token
 * itself. Read, not verified: it only keeps two people's keys apart in one browser.
 */
export function personOf(token = ''): string {
  try {
    const claims = JSON.parse(atob(token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/'))) as Record<
      string,
      unknown
    >;
    if (claims.sub) return JSON.stringify([claims.iss, claims.sub]);
  } catch {
    // Not a JWT.
  }
  return token;
}
