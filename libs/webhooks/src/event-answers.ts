import { type Holds, id, nextCursor, shape } from '#answers';
import { z } from 'zod';
import { DescribedEvent, EVENT_STATUSES } from './webhook-events.repository.js';

export const PageOfEvents = shape('PageOfEvents', { events: z.array(DescribedEvent), next_cursor: nextCursor });
export type PageOfEvents = Holds<typeof PageOfEvents>;

export const ShownEvent = shape('ShownEvent', {
  event: shape('EventWithPayload', {
    ...DescribedEvent.shape,
    payload: z.unknown().describe('As JSON, or as the text that it is.'),
  }),
});
export type ShownEvent = Holds<typeof ShownEvent>;

export const RetriedEvent = shape('RetriedEvent', {
  was: z.enum(EVENT_STATUSES),
  status: z.enum(EVENT_STATUSES),
  event: DescribedEvent.optional(),
});
export type RetriedEvent = Holds<typeof RetriedEvent>;

export const ReceivedEvent = shape('ReceivedEvent', {
  received: z.literal(true),
  event_id: z.string(),
  status: z.enum(EVENT_STATUSES),
});
export type ReceivedEvent = Holds<typeof ReceivedEvent>;

/** The extra fields of errors about events, by error code. */
export const EVENT_FAILURES = {
  EVENT_ALREADY_APPLIED: z.strictObject({ id, event_id: z.string(), status: z.literal('applied') }),
};
