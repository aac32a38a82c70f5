import { type Holds, id, nextCursor, shape, time } from '#answers';
import { AUDIT_ACTIONS, LANES } from '#audit';
import { LOCK_BACKENDS } from '#config';
import { z } from 'zod';

const cut_short = z.boolean().describe('The list was cut off: there may be more.');

const HeldLock = shape('HeldLock', {
  lock_key: z.string(),
  user_id: id.nullable().describe('The user whose request holds it; null for the worker and for webhooks.'),
  user_subject: z.string().nullable(),
  product_id: z.string().nullable(),
  consultation_id: id.nullable(),
  request_id: z.string().nullable(),
  created_at: time.nullable().describe('Since when. Null where this Redis node does not say who holds it.'),
  left_ms: z.number().describe('Until the lease ends, unless its holder extends it.'),
});

export const HeldLocks = shape('HeldLocks', {
  backend: z.enum(LOCK_BACKENDS).describe('Where new locks are stored now.'),
  postgres: z.strictObject({
    locks: z.array(HeldLock).readonly(),
    cut_short,
  }),
  redis: z
    .array(
      shape('RedisNode', {
        node: z
          .int()
          .min(0)
          .describe('Index in REDIS_URL. The address is not shown, because it may contain a password.'),
        reachable: z.boolean(),
        locks: z.array(HeldLock).readonly(),
        cut_short,
      }),
    )
    .readonly(),
});
export type HeldLocks = Holds<typeof HeldLocks>;

/** Without the key's request and its answer. */
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

/** An audit entry of any payment: the data of an event named `audit`. */
export const LiveEntry = shape('LiveEntry', {
  id,
  at: time,
  lane: z.enum(LANES),
  action: z.enum(AUDIT_ACTIONS),
  payment_id: id.nullable(),
  actor_user_id: id.nullable(),
  request_id: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).readonly(),
});
export type LiveEntry = Holds<typeof LiveEntry>;
