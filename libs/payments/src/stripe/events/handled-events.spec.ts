import type { EventContext } from '../inbox/event-processor.js';
import type { HandledEventType } from './handled-events.js';
import { HANDLED_EVENTS, subjectOf, UnhandledEventTypeError } from './handled-events.js';
import { StripeEventProcessor } from './stripe-event-processor.js';

describe('the events that are acted on', () => {
  it('are dispatched by the table that allows them', () => {
    for (const type of Object.keys(HANDLED_EVENTS) as HandledEventType[])
      expect(subjectOf(type)).toBe(HANDLED_EVENTS[type]);
  });

  it.each(['no_such_object.created', 'charge.dispute.no_such_event', 'refund.', 'toString', '__proto__'])(
    '%s is refused: no type is taken for a dispute because it is nothing else',
    async (type) => {
      expect(() => subjectOf(type)).toThrow(UnhandledEventTypeError);
      const onResult = jest.fn();
      // Without what it injects: a refused event reaches none of it.
      const processor = Reflect.construct(StripeEventProcessor, []) as StripeEventProcessor;
      const event = { id: 'evt_1', type, data: { object: { id: 'dp_1', payment_intent: 'pi_1' } } };
      const context: EventContext = { lane: 'webhook', request_id: null, waitMs: 1, onResult };
      await expect(processor.process(event as never, context)).rejects.toThrow(UnhandledEventTypeError);
      expect(onResult).not.toHaveBeenCalled();
    },
  );
});
