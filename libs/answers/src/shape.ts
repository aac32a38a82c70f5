import { z } from 'zod';

/**
 * A part of an answer: its members, no more and no less. Type and documented schema come of this one place.
 * @param name by which the API's document knows it
 */
export function shape<Members extends z.core.$ZodShape>(name: string, members: Members) {
  return z.strictObject(members).meta({ id: name });
}

/** What a shape holds. */
export type Holds<Shape extends z.ZodType> = Readonly<z.infer<Shape>>;

/** Numbers that Postgres gave out. */
export const id = z.int().min(1);

/** A date of ours; in JSON a text such as `2026-11-23T17:01:37.432Z`. */
export const time = z.date();

/** Minor units: whole, and never negative. */
export const amount = z.int().min(0);

/** By which the next page is asked for; null: there is none. */
export const nextCursor = z.string().nullable();
