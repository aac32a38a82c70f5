/** How Postgres writes a uuid; anything else in our place of Stripe's metadata is somebody else's. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Our reference of a payment or a refund, as Stripe's metadata has it; undefined when there is none. */
export function referenceIn(metadata: { readonly [name: string]: string } | null | undefined): string | undefined {
  const ref = metadata?.ref;
  return ref !== undefined && UUID.test(ref) ? ref : undefined;
}

/** The payment intent that a refund or a dispute is of, expanded or not. */
export function paymentIntentOf({
  payment_intent,
}: {
  readonly payment_intent?: string | { readonly id: string } | null;
}): string | undefined {
  return typeof payment_intent === 'string' ? payment_intent : payment_intent?.id;
}
