import { headerMembers } from './key-header.js';

/**
 * `standard`: the header of draft-ietf-httpapi-idempotency-key-header, alone or with other spellings. `legacy`: only
 * the older spellings, for which some routes answer a finished key differently.
 */
export type Contract = 'standard' | 'legacy';

export interface GivenKey {
  readonly key: string;
  readonly contract: Contract;
  /** The key that earlier versions read from the same request: the header's value, undecoded. Only if it differs. */
  readonly asSent?: string;
}

/** An invalid key, with the name of its field. */
export class InvalidKey extends Error {
  constructor(
    readonly field: string,
    readonly problem: 'form' | 'differs',
  ) {
    super(`${field}: ${problem}`);
    this.name = 'InvalidKey';
  }
}

interface Spelled {
  /** In the form of node's `headersDistinct`: a header sent twice has two values, not one with a comma. */
  readonly headers: Readonly<Record<string, string[] | undefined>>;
  readonly body: unknown;
}

/** Stripe's limit for its keys (https://docs.stripe.com/api/idempotent_requests). */
export const MAX_KEY_LENGTH = 255;

/** Printable ASCII characters without leading or trailing spaces; in a header, after decoding. */
const FORM = new RegExp(`^[\\x21-\\x7e](?:[\\x20-\\x7e]{0,${MAX_KEY_LENGTH - 2}}[\\x21-\\x7e])?$`);

/**
 * Reads the key from any of its three spellings; undefined without one. Headers are decoded (`key-header.ts`). The
 * body's member is taken literally, and `null` means no key.
 * @throws InvalidKey when a spelling is not a valid key, or two spellings differ.
 */
export function readKey({ headers, body }: Spelled): GivenKey | undefined {
  const inBody = isObject(body) ? (body.idempotency_key ?? undefined) : undefined;
  const lines = (name: string) => headers[name] ?? [];
  const spellings: [field: string, sent: unknown[], keys: unknown[]][] = [
    ['Idempotency-Key', lines('idempotency-key'), lines('idempotency-key').flatMap(decoded)],
    ['X-Idempotency-Key', lines('x-idempotency-key'), lines('x-idempotency-key').flatMap(decoded)],
    ['idempotency_key', inBody === undefined ? [] : [inBody], inBody === undefined ? [] : [inBody]],
  ];
  const given = spellings.flatMap(([field, , keys]) => keys.map((key) => ({ field, key })));
  const [first] = given;
  if (!first) return undefined;
  for (const { field, key } of given) {
    if (typeof key !== 'string' || !FORM.test(key)) throw new InvalidKey(field, 'form');
    if (key !== first.key) throw new InvalidKey(field, 'differs');
  }
  const key = first.key as string;
  const asSent = sameOf(spellings.flatMap(([, sent]) => sent));
  return {
    key,
    contract: first.field === 'Idempotency-Key' ? 'standard' : 'legacy',
    ...(asSent === undefined || asSent === key ? {} : { asSent }),
  };
}

/** Undefined stands for a header line that cannot be parsed. */
const decoded = (line: string): (string | undefined)[] => headerMembers(line) ?? [undefined];

function sameOf(sent: readonly unknown[]): string | undefined {
  const [first] = sent;
  return typeof first === 'string' && FORM.test(first) && sent.every((one) => one === first) ? first : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
