/**
 * Decodes one line of an `Idempotency-Key` header.
 * draft-ietf-httpapi-idempotency-key-header defines it as an Item of RFC 8941 whose value is a String. Many clients
 * send it bare.
 * - A value that begins with a quote is a String (https://www.rfc-editor.org/rfc/rfc8941#section-3.3.3): `\"` and
 *   `\\` are unescaped, and the quotes are not part of the key. Any other value is the key itself.
 * - An Item may carry parameters (section 3.3, `"k";x=1`). The draft defines none, so they are parsed by the grammar
 *   of section 3.1.2 and ignored: a parameter does not make another key. Bare, `k;x=1` is the key.
 * - Commas outside a String separate lines that a proxy has joined (RFC 9110, section 5.3), with optional whitespace;
 *   empty members are ignored (section 5.6.1). The caller refuses members that differ.
 *
 * @returns the keys, at least one; undefined where a String does not end, or is followed by anything but parameters.
 */
export function headerMembers(line: string): string[] | undefined {
  const members: string[] = [];
  let rest = trimmed(line);
  while (rest !== '') {
    const member = rest.startsWith(',') ? { length: 0 } : rest.startsWith('"') ? quoted(rest) : bare(rest);
    if (!member) return undefined;
    if ('key' in member) members.push(member.key);
    rest = trimmed(rest.slice(member.length));
    if (rest !== '' && !rest.startsWith(',')) return undefined;
    rest = trimmed(rest.slice(1));
  }
  return members.length === 0 ? undefined : members;
}

/** A key as an RFC 8941 String, as clients of the draft send it. */
export function quotedKey(key: string): string {
  return `"${key.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

interface Member {
  readonly key: string;
  /** How many characters of the line it takes. */
  readonly length: number;
}

const STRING = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"/;

/**
 * Section 3.1.2: a name, and a value unless it is true. Strings and Byte Sequences are parsed; numbers and tokens are
 * not distinguished.
 */
const PARAMETERS =
  /^(?:;[ ]*[a-z*][a-z0-9_.*-]*(?:=(?:"(?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"|:[A-Za-z0-9+/=]*:|\?[01]|[A-Za-z0-9*-][!#$%&'*+.^_`|~:/A-Za-z0-9-]*))?)*/;

function quoted(rest: string): Member | undefined {
  const [string, inside] = STRING.exec(rest) ?? [];
  if (string === undefined || inside === undefined) return undefined;
  const [parameters = ''] = PARAMETERS.exec(rest.slice(string.length)) ?? [];
  return { key: inside.replaceAll(/\\(["\\])/g, '$1'), length: string.length + parameters.length };
}

/** A quote at the end belongs to an incomplete pair. */
function bare(rest: string): Member | undefined {
  const [text = ''] = /^[^,]*/.exec(rest) ?? [];
  const key = trimmed(text);
  return key.endsWith('"') ? undefined : { key, length: text.length };
}

/** Optional whitespace in HTTP: spaces and tabs. */
const trimmed = (text: string) => text.replaceAll(/^[ \t]+|[ \t]+$/g, '');
