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

export const Health = shape('Health', {
  status: z.enum(['ready', 'degraded', 'unavailable']),
  dependencies: z.record(z.string(), Dependency),
});
export type Health = Holds<typeof Health>;
