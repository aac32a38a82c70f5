import { type Holds, id, nextCursor, shape, time } from '#answers';
import { z } from 'zod';

const cut_short = z.boolean().describe('There may be more than these.');

export const HeldLocks = shape('HeldLocks', {
  backend: z.string(),
  postgres: z.strictObject({
    locks: z
      .array(
        shape('HeldInPostgres', {
          lock_key: z.string(),
          user_id: id.nullable(),
          user_subject: z.string().nullable(),
          product_id: z.string().nullable(),
          request_id: z.string().nullable(),
          created_at: time,
          left_ms: z.number(),
        }),
      )
      .readonly(),
    cut_short,
  }),
  redis: z
    .array(
      shape('RedisNode', {
        node: z.int().min(0).describe('Its place in REDIS_URL; the address may hold a password.'),
        reachable: z.boolean(),
        locks: z.array(z.strictObject({ lock_key: z.string(), left_ms: z.number() })).readonly(),
        cut_short,
      }),
    )
    .readonly(),
});
export type HeldLocks = Holds<typeof HeldLocks>;

/** Never what was sent under a key, nor what was answered. */
export const PageOfKeys = shape('PageOfKeys', {
  keys: z.array(
    shape('KeyInUse', {
      id,
      user_id: id,
      user_subject: z.string().nullable(),
      method: z.string(),
      route: z.string(),
      idempotency_key: z.string(),
      resource: z.string().nullable(),
      response_status: z.int().nullable(),
      created_at: time,
      finished_at: time.nullable(),
      expires_at: time,
      lease_expires_at: time,
    }),
  ),
  next_cursor: nextCursor,
});
export type PageOfKeys = Holds<typeof PageOfKeys>;
