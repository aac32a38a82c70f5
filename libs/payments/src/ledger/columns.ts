import type { z } from 'zod';

/**
 * The columns of a query whose rows are of this shape: each member is the column of its name, or the SQL given for it.
 * The shape is the only list, so a row cannot lack a member.
 */
export function columnsOf<Members extends z.core.$ZodShape>(
  { shape }: z.ZodObject<Members>,
  computed: { readonly [Name in keyof Members]?: string },
): string {
  return Object.keys(shape)
    .map((name) => (computed[name] === undefined ? name : `${computed[name]} AS ${name}`))
    .join(', ');
}

/** How a field of a draft is stored. */
interface Stored<Value> {
  /** Its column; defaults to the field's name. */
  readonly column?: string;
  /** What is sent for it; defaults to the field's value. */
  readonly value?: (value: Value) => unknown;
  /** SQL of what is stored; defaults to the parameter. */
  readonly sql?: (parameter: string) => string;
}

/** Columns and values for an INSERT, in the same order; the parameters start at `$1`. */
export interface Insertion<Draft> {
  readonly columns: string;
  readonly values: string;
  readonly parametersOf: (draft: Draft) => unknown[];
}

/** @param fields every field of the draft: without one of them this does not compile */
export function insertionOf<Draft extends object>(fields: {
  readonly [Field in keyof Draft]-?: Stored<Draft[Field]>;
}): Insertion<Draft> {
  const all = Object.entries(fields) as [keyof Draft & string, Stored<Draft[keyof Draft]>][];
  return {
    columns: all.map(([field, { column = field }]) => column).join(', '),
    values: all.map(([, { sql = asItIs }], n) => sql(`$${n + 1}`)).join(', '),
    parametersOf: (draft) => all.map(([field, { value = asItIs }]) => value(draft[field])),
  };
}

const asItIs = <Value>(value: Value): Value => value;
