import type { World } from '../api/world.js';
import { createSession } from '../checkout/create-session.js';
import { paySession } from '../checkout/pay-session.js';
import { emitEvent } from '../events/emit-event.js';
import { newPaymentIntent } from '../payments/objects.js';
import { chargeCard } from '../payments/take-payment.js';

export interface ForeignPayment {
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Record<string, string>;
  readonly with_session: boolean;
}

/** Money that somebody else's program takes on the same account: another shop, a payment link, the dashboard. */
export function takeForeignPayment(world: World, { amount, currency, metadata, with_session }: ForeignPayment) {
  const payer = { email: 'stranger@example.com', name: 'A Stranger' };
  if (!with_session) {
    const intent = world.store.payment_intents.put(newPaymentIntent(world, { amount, currency, metadata }));
    emitEvent(world, 'payment_intent.created', intent);
    const paid = chargeCard(world, intent, payer);
    return { session: null, payment_intent: paid.id, charge: paid.latest_charge };
  }
  const { id } = createSession(world, {
    mode: 'payment',
    line_items: [
      { quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: 'Something else' } } },
    ],
    success_url: 'https://shop.example/thanks',
    metadata,
    payment_intent_data: { metadata },
  } as unknown as Parameters<typeof createSession>[1]);
  const session = paySession(world, id, 'paid', { payer });
  const intent = world.store.payment_intents.get(session.payment_intent as string);
  return { session: id, payment_intent: intent?.id ?? null, charge: intent?.latest_charge ?? null };
}
