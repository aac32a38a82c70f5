import { z } from 'zod';

/**
 * A part of an answer, with exactly these members. The type and the documented schema both come from it.
 * @param name its name in the API's document
 */
export function shape<Members extends z.core.$ZodShape>(name: string, members: Members) {
  return z.strictObject(members).meta({ id: name });
}

/** The type of a shape's values. */
export type Holds<Shape extends z.ZodType> = Readonly<z.infer<Shape>>;

/** Ids that Postgres generated. */
export const id = z.int().min(1);

/** A date; in JSON a string such as `2026-11-23T17:01:37.432Z`. */
export const time = z.date();

/** Minor units: whole, and never negative. */
export const amount = z.int().min(0);

/** The cursor of the next page; null: there is none. */
export const nextCursor = z.string().nullable();
