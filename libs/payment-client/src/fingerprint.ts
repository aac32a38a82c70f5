/** JSON with the members of every object sorted, so that the same input in another order is the same intent. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    member && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort())
      : member,
  );
}

/**
 * FNV-1a, 64 bits, since crypto.subtle is missing on plain http. Two intents with the same hash would share a key,
 * which the server refuses: it has a fingerprint of its own, and separates the keys of two people.
 */
export function hash(text: string): string {
  let sum = 0xcbf29ce484222325n;
  for (const character of text) sum = BigInt.asUintN(64, (sum ^ BigInt(character.codePointAt(0)!)) * 0x100000001b3n);
  return sum.toString(36);
}

/**
 * The person of a token: issuer and subject of a JWT, so that a renewed token is the same person; otherwise the token
 * itself. Decoded, not verified: it only separates two people's keys in one browser.
 */
export function userOf(token = ''): string {
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
