import { optionalText } from '../kinds.js';

const line = (maxLength: number, description: string) =>
  optionalText(maxLength).meta({ default: 'unset; `npm start` with demo data: made-up values', description });

/** Payment instructions, shown to payers of this method. Notes: one for each language of the answers. */
export const manualMethodVariables = {
  BANK_TRANSFER_BANK: line(
    140,
    'The bank that receives transfers. Set the bank, the holder and the account, or none of them.',
  ),
  BANK_TRANSFER_HOLDER: line(140, "The account holder's name."),
  BANK_TRANSFER_ACCOUNT: line(64, 'The account number.'),
  BANK_TRANSFER_NOTE_EN: line(
    500,
    'A note to payers, in English. If only one of the two languages is set, all payers see that one.',
  ),
  BANK_TRANSFER_NOTE_ID: line(500, 'The same note, in Indonesian.'),
  GCASH_HOLDER: line(140, "The GCash account holder's name. Set the holder and the account, or neither."),
  GCASH_ACCOUNT: line(64, 'The GCash account number.'),
  GCASH_NOTE_EN: line(500, 'A note to payers, in English.'),
  GCASH_NOTE_ID: line(500, 'The same note, in Indonesian.'),
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
  'Set either all account variables of BANK_TRANSFER_… (or of GCASH_…) or none of them: payers must not see an incomplete account';

/** Incomplete account details would misdirect transfers: a method is configured completely or not at all. */
export function manualMethodFaults(env: Readonly<Record<string, string | undefined>>): string[] {
  return METHODS.flatMap(({ needed, notes }) => {
    const [given] = [...needed, ...notes].filter((name) => env[name]);
    const missing = needed.filter((name) => !env[name]);
    if (given === undefined || missing.length === 0) return [];
    return [`${given} needs ${missing.join(' and ')}: payers must not see an incomplete account`];
  });
}
