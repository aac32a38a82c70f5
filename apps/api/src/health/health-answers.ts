import { type Holds, shape } from '#answers';
import { z } from 'zod';

export const Alive = shape('Alive', { status: z.literal('alive'), uptime_seconds: z.int().min(0) });
export type Alive = Holds<typeof Alive>;

const Dependency = shape('Dependency', {
  status: z.enum(['up', 'down', 'not_configured']),
  required: z.boolean().describe('Without it nothing works; without the others we are slower.'),
  latency_ms: z.number().min(0).optional(),
  reason: z.string().optional(),
});
export type Dependency = Holds<typeof Dependency>;

/** What every check says; what else it says, each says in a shape of its own, and only when it could look. */
export const CHECK = {
  status: z.enum(['ok', 'warning']),
  message: z.string().describe('What to do about it, for whoever operates us.'),
};
export interface Check {
  readonly status: 'ok' | 'warning';
  readonly message: string;
}

const DurabilityCheck = shape('DurabilityCheck', {
  ...CHECK,
  fsync: z.string().optional(),
  full_page_writes: z.string().optional(),
  synchronous_commit: z.string().optional(),
  synchronous_commit_source: z.string().optional().describe('As in pg_settings.source.'),
  synchronous_standbys: z.boolean().optional(),
});

const Checks = shape('Checks', { durability: DurabilityCheck });
export type Checks = Holds<typeof Checks>;

export const Health = shape('Health', {
  status: z.enum(['ready', 'degraded', 'unavailable']),
  dependencies: z.record(z.string(), Dependency),
  checks: Checks.describe('A warning leaves the status as it is.'),
});
export type Health = Holds<typeof Health>;
