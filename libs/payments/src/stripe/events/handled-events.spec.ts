import { Metrics } from '#observability';
import type { HandledEventType } from './handled-events.js';
import { HANDLED_EVENTS, subjectOf, UnhandledEventType } from './handled-events.js';
import { HearFromStripe } from './stripe-event-processor.js';
import type { Hearing } from '../event-processor.js';

describe('the events that are acted on', () => {
  it('are dispatched by the table that allows them', () => {
    for (const type of Object.keys(HANDLED_EVENTS) as HandledEventType[])
      expect(subjectOf(type)).toBe(HANDLED_EVENTS[type]);
  });

  it.each(['charge.succeeded', 'charge.dispute.funds_withdrawn', 'refund.', 'toString', '__proto__'])(
    '%s is refused: no type is taken for a dispute because it is nothing else',
    async (type) => {
      expect(() => subjectOf(type)).toThrow(UnhandledEventType);
      const logger = { setContext: () => undefined };
      const remember = jest.fn();
      const none = {} as never;
      const processor = new HearFromStripe(none, none, none, none, none, none, logger as never, new Metrics());
      const event = { id: 'evt_1', type, data: { object: { id: 'dp_1', payment_intent: 'pi_1' } } };
      const hearing: Hearing = { lane: 'webhook', request_id: null, waitMs: 1, remember };
      await expect(processor.hear(event as never, hearing)).rejects.toThrow(UnhandledEventType);
      expect(remember).not.toHaveBeenCalled();
    },
  );
});
