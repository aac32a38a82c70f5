import { randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Lengths as Stripe's own ids have them; a Checkout Session's is long because it is part of an address people see. */
const LENGTHS: Readonly<Record<string, number>> = { cs_test: 58, req: 14, prod: 14 };

/** A new id of Stripe's form: `pi_3Nk…`. Random, so that no two simulators ever give out the same one. */
export function newId(prefix: string): string {
  const length = LENGTHS[prefix] ?? 24;
  let text = '';
  for (let at = 0; at < length; at += 1) text += ALPHABET[randomInt(ALPHABET.length)];
  return `${prefix}_${text}`;
}
