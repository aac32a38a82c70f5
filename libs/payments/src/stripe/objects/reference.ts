import type { StripeEvent } from '#stripe';

/** How Postgres writes a uuid; anything else in our place of Stripe's metadata is somebody else's. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Our reference of a payment or a refund, as Stripe's metadata has it; undefined when there is none. */
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

/** Our payment id, as a session and its payment intent carry it; undefined: made before there was one, or not ours. */
export function purchaseIdIn(metadata: { readonly [name: string]: string } | null | undefined): number | undefined {
  const purchaseId = metadata?.purchaseId;
  return purchaseId !== undefined && /^[1-9]\d{0,14}$/.test(purchaseId) ? Number(purchaseId) : undefined;
}

/** Written in the shape of our API version, not of another's (https://docs.stripe.com/webhooks/versioning). */
export function isCurrentVersion(event: StripeEvent, { api_version }: { readonly api_version: string }): boolean {
  return event.api_version === api_version;
}
