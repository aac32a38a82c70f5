import { z } from 'zod';

const line = (most: number, description: string) =>
  z
    .string()
    .trim()
    .min(1, 'must not be blank')
    .max(most, `must have at most ${most} characters`)
    .optional()
    .meta({
      default: 'unset; `npm start` with demo data: made-up values',
      values: `text, at most ${most} characters`,
      description,
    });

/** Payment instructions, shown to payers of this method. Notes: one for each language of the answers. */
export const manualMethodVariables = {
  BANK_TRANSFER_BANK: line(140, 'Where bank transfers are sent; all three or none.'),
  BANK_TRANSFER_HOLDER: line(140, 'Whose account it is.'),
  BANK_TRANSFER_ACCOUNT: line(64, 'Its number.'),
  BANK_TRANSFER_NOTE_EN: line(500, 'A sentence for the payer. Without one of the two languages the other is shown.'),
  BANK_TRANSFER_NOTE_ID: line(500, 'The same in Indonesian.'),
  GCASH_HOLDER: line(140, 'Whose GCash account it is; both or none.'),
  GCASH_ACCOUNT: line(64, 'Its number.'),
  GCASH_NOTE_EN: line(500, 'A sentence for the payer.'),
  GCASH_NOTE_ID: line(500, 'The same in Indonesian.'),
};

type Variable = keyof typeof manualMethodVariables;

const METHODS: readonly { readonly needed: readonly Variable[]; readonly notes: readonly Variable[] }[] = [
  {
    needed: ['BANK_TRANSFER_BANK', 'BANK_TRANSFER_HOLDER', 'BANK_TRANSFER_ACCOUNT'],
    notes: ['BANK_TRANSFER_NOTE_EN', 'BANK_TRANSFER_NOTE_ID'],
  },
  { needed: ['GCASH_HOLDER', 'GCASH_ACCOUNT'], notes: ['GCASH_NOTE_EN', 'GCASH_NOTE_ID'] },
];

export const MANUAL_METHOD_RULE =
  'BANK_TRANSFER_… and GCASH_… need their whole account, or none of it: payers are shown the whole account, or none';

/** Incomplete account details would misdirect transfers: a method is configured completely or not at all. */
export function manualMethodFaults(env: Readonly<Record<string, string | undefined>>): string[] {
  return METHODS.flatMap(({ needed, notes }) => {
    const [given] = [...needed, ...notes].filter((name) => env[name]);
    const missing = needed.filter((name) => !env[name]);
    if (given === undefined || missing.length === 0) return [];
    return [`${given} needs ${missing.join(' and ')}: payers are shown the whole account, or none`];
  });
}
