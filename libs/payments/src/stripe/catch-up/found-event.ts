import type { StripeDispute, StripeEvent, StripeRefund, StripeSession } from '#stripe';

/** An event of Stripe's, or an object that says something new, written as the event that would have told of it. */
export interface FoundEvent {
  readonly event: StripeEvent;
  /** Whether it was made here of an object: then it is applied again when the object differs from the books again. */
  readonly made_here: boolean;
}

interface Origin {
  readonly api_version: string;
  readonly livemode: boolean;
  /** Seconds by Stripe's clock. */
  readonly now: number;
}

/** The id names object and state, so that the same finding is stored once. */
export function refundFound(refund: StripeRefund, origin: Origin): FoundEvent {
  return found('refund.updated', `${refund.id}_${refund.status}`, refund, origin);
}

export function disputeFound(dispute: StripeDispute, origin: Origin): FoundEvent {
  return found('charge.dispute.updated', `${dispute.id}_${dispute.status}_${dispute.amount}`, dispute, origin);
}

export function sessionFound(session: StripeSession, origin: Origin): FoundEvent {
  return found('checkout.session.completed', `${session.id}_${session.payment_status}`, session, origin);
}

const MADE_HERE = 'listed_';

/** Stripe made it, when what it tells of happened; not we, of an object that we have read. */
export function isStripesOwn({ id, created }: StripeEvent): boolean {
  return !id.startsWith(MADE_HERE) && Number.isSafeInteger(created);
}

function found(type: string, what: string, object: object, { api_version, livemode, now }: Origin): FoundEvent {
  const event = {
    id: `${MADE_HERE}${what}`,
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
