import type { World } from '../api/world.js';
import { createSession } from '../checkout/create-session.js';
import { type Outcome, paySession } from '../checkout/pay-session.js';
import { emitEvent } from '../events/emit-event.js';
import { newPaymentIntent } from '../payments/objects.js';
import { chargeCard } from '../payments/take-payment.js';

export interface ForeignPayment {
  readonly amount: number;
  readonly currency: string;
  /** Of the payment intent, and of the session unless it has its own. */
  readonly metadata: Record<string, string>;
  readonly with_session: boolean;
  readonly session_metadata?: Record<string, string> | undefined;
  readonly client_reference_id?: string | undefined;
  readonly outcome?: Outcome | undefined;
}

const STRANGER = { email: 'stranger@example.com', name: 'A Stranger' };

/**
 * Money that another program takes on the same account: another shop, a payment link or the dashboard. Also Payonce
 * before its database was restored: then the session has our metadata but there is no row.
 */
export function takeForeignPayment(world: World, wish: ForeignPayment) {
  if (wish.with_session) return paySessionOf(world, wish);
  const { amount, currency, metadata } = wish;
  const intent = world.store.payment_intents.put(newPaymentIntent(world, { amount, currency, metadata }));
  emitEvent(world, 'payment_intent.created', intent);
  const paid = chargeCard(world, intent, STRANGER);
  return { session: null, payment_intent: paid.id, charge: paid.latest_charge };
}

function paySessionOf(world: World, wish: ForeignPayment) {
  const { amount, currency, metadata, session_metadata = metadata, client_reference_id, outcome = 'paid' } = wish;
  const { id } = createSession(world, {
    mode: 'payment',
    line_items: [
      { quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: 'Something else' } } },
    ],
    success_url: 'https://shop.example/thanks',
    metadata: session_metadata,
    payment_intent_data: { metadata },
    client_reference_id,
  } as unknown as Parameters<typeof createSession>[1]);
  const session = paySession(world, id, outcome, { payer: STRANGER });
  const intent = world.store.payment_intents.get(session.payment_intent as string);
  return { session: id, payment_intent: intent?.id ?? null, charge: intent?.latest_charge ?? null };
}
