/**
 * `standard`: the header of draft-ietf-httpapi-idempotency-key-header, whatever else is there.
 * `seed`: the older spellings, with which some routes answer a finished key in their own way.
 */
export type Contract = 'standard' | 'seed';

export interface GivenKey {
  readonly key: string;
  readonly contract: Contract;
}

/** A key that cannot be used, by the name of its field. */
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
  /** As node's `headersDistinct` has them: a header sent twice is two values, not one with a comma. */
  readonly headers: Readonly<Record<string, string[] | undefined>>;
  readonly body: unknown;
}

/** 1–255 printable ASCII characters, without blanks at the ends, which no header could carry. */
const FORM = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/**
 * The key of a request in any of its three spellings; undefined without one.
 * @throws InvalidKey when a spelling has not the form of a key, or two spellings differ.
 */
export function readKey({ headers, body }: Spelled): GivenKey | undefined {
  const inBody = isObject(body) && body.idempotency_key !== undefined ? [body.idempotency_key] : [];
  const spellings: [string, unknown[]][] = [
    ['Idempotency-Key', headers['idempotency-key'] ?? []],
    ['X-Idempotency-Key', headers['x-idempotency-key'] ?? []],
    ['idempotency_key', inBody],
  ];
  const given = spellings.flatMap(([field, values]) => values.map((key) => ({ field, key })));
  const [first] = given;
  if (!first) return undefined;
  for (const { field, key } of given) {
    if (typeof key !== 'string' || !FORM.test(key)) throw new InvalidKey(field, 'form');
    if (key !== first.key) throw new InvalidKey(field, 'differs');
  }
  return { key: first.key as string, contract: first.field === 'Idempotency-Key' ? 'standard' : 'seed' };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
