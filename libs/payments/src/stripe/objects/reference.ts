import type { StripeEvent } from '#stripe';

/**
 * The format in which Postgres writes a UUID. Anything else in this field of Stripe's metadata comes from another
 * program.
 */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Our reference of a payment or refund in Stripe's metadata; undefined when there is none. */
export function referenceIn(metadata: { readonly [name: string]: string } | null | undefined): string | undefined {
  const ref = metadata?.ref;
  return ref !== undefined && UUID.test(ref) ? ref : undefined;
}

/** The payment intent of a session, a charge, a refund or a dispute, expanded or not. */
export function paymentIntentOf({
  payment_intent,
}: {
  readonly payment_intent?: string | { readonly id: string } | null;
}): string | undefined {
  return (typeof payment_intent === 'string' ? payment_intent : payment_intent?.id) ?? undefined;
}

/**
 * Our payment id, as a session and its payment intent carry it; undefined for a legacy object or one that is not ours.
 */
export function purchaseIdIn(metadata: { readonly [name: string]: string } | null | undefined): number | undefined {
  const purchaseId = metadata?.purchaseId;
  return purchaseId !== undefined && /^[1-9]\d{0,14}$/.test(purchaseId) ? Number(purchaseId) : undefined;
}

/** Whether the event is written in the shape of our API version (https://docs.stripe.com/webhooks/versioning). */
export function isCurrentVersion(event: StripeEvent, { api_version }: { readonly api_version: string }): boolean {
  return event.api_version === api_version;
}
