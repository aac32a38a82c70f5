import type { StripeDispute, StripeEvent, StripeRefund, StripeSession } from '#stripe';

/** A Stripe event, or an object with new information, written as the event that would have reported it. */
export interface FoundEvent {
  readonly event: StripeEvent;
  /**
   * Whether Payonce built the event from an object. Such an event is applied again when the object differs from the
   * database again.
   */
  readonly made_here: boolean;
}

interface Origin {
  readonly api_version: string;
  readonly livemode: boolean;
  /** Seconds by Stripe's clock. */
  readonly now: number;
}

/** The id contains the object and its state, so that the same finding is stored once. */
export function refundFound(refund: StripeRefund, origin: Origin): FoundEvent {
  return found('refund.updated', `${refund.id}_${refund.status}`, refund, origin);
}

export function disputeFound(dispute: StripeDispute, origin: Origin): FoundEvent {
  return found('charge.dispute.updated', `${dispute.id}_${dispute.status}_${dispute.amount}`, dispute, origin);
}

export function sessionFound(session: StripeSession, origin: Origin): FoundEvent {
  return found('checkout.session.completed', `${session.id}_${session.payment_status}`, session, origin);
}

const BUILT_ID_PREFIX = 'listed_';

/**
 * Whether Stripe created the event, at the time of what it reports. False for an event that Payonce built from an
 * object it read.
 */
export function isStripesOwn({ id, created }: StripeEvent): boolean {
  return !id.startsWith(BUILT_ID_PREFIX) && Number.isSafeInteger(created);
}

function found(type: string, what: string, object: object, { api_version, livemode, now }: Origin): FoundEvent {
  const event = {
    id: `${BUILT_ID_PREFIX}${what}`,
    object: 'event',
    api_version,
    created: now,
    data: { object },
    livemode,
    pending_webhooks: 0,
    request: null,
    type,
  };
  return { event: event as unknown as StripeEvent, made_here: true };
}
