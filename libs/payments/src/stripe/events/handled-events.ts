/** What an event is about: each kind is resolved to a payment and applied in its own way. */
export type EventSubject = 'session' | 'refund' | 'dispute' | 'attempt';

/**
 * Every event type that is acted on, with its subject: the allow-list, the list an endpoint must be subscribed to, and what
 * events are dispatched by, in one. A type that is not here is stored and ignored.
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

/** An event got past the allow-list: nothing is guessed about what it means. */
export class UnhandledEventType extends Error {
  constructor(type: string) {
    super(`Events of type ${type} are not handled. Add it to HANDLED_EVENTS with its subject.`);
    this.name = 'UnhandledEventType';
  }
}

/** @throws UnhandledEventType */
export function subjectOf(type: string): EventSubject {
  if (!Object.hasOwn(HANDLED_EVENTS, type)) throw new UnhandledEventType(type);
  return HANDLED_EVENTS[type as HandledEventType];
}
