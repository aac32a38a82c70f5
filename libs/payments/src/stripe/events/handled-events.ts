/** What an event is about. Each subject has its own handler. */
export type EventSubject = 'session' | 'refund' | 'dispute' | 'attempt';

/**
 * Every handled event type with its subject. This one table is the allow-list, the list of events that a webhook
 * endpoint must subscribe to, and the dispatch table. Other types are stored and ignored.
 * @see https://docs.stripe.com/api/events/types
 */
export const HANDLED_EVENTS = {
  'checkout.session.completed': 'session',
  'checkout.session.async_payment_succeeded': 'session',
  'checkout.session.async_payment_failed': 'session',
  'checkout.session.expired': 'session',
  'payment_intent.payment_failed': 'attempt',
  'charge.failed': 'attempt',
  'refund.created': 'refund',
  'refund.updated': 'refund',
  'refund.failed': 'refund',
  'charge.dispute.created': 'dispute',
  'charge.dispute.updated': 'dispute',
  'charge.dispute.closed': 'dispute',
  'charge.dispute.funds_reinstated': 'dispute',
} as const satisfies Readonly<Record<string, EventSubject>>;

export type HandledEventType = keyof typeof HANDLED_EVENTS;

/** An event passed the allow-list without a handler; its meaning is not guessed. */
export class UnhandledEventTypeError extends Error {
  constructor(type: string) {
    super(`Events of type ${type} are not handled. Add it to HANDLED_EVENTS with its subject.`);
    this.name = 'UnhandledEventTypeError';
  }
}

/** @throws UnhandledEventTypeError */
export function subjectOf(type: string): EventSubject {
  if (!Object.hasOwn(HANDLED_EVENTS, type)) throw new UnhandledEventTypeError(type);
  return HANDLED_EVENTS[type as HandledEventType];
}
