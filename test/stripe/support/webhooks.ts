import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { WEBHOOK_SECRET } from '../../support/simulator.js';
import type { Shop } from './shop.js';

const stripe = new Stripe('sk_test_signs_and_nothing_else');

/** An event as Stripe would send it, as often as it is sent. */
export function signedEvent(
  type: string,
  object: unknown,
  more: Record<string, unknown> = {},
): { id: string; send: (api: string) => Promise<Response> } {
  const id = `evt_${randomUUID().replaceAll('-', '')}`;
  const payload = JSON.stringify({
    id,
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: Math.floor(Date.now() / 1_000),
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
    ...more,
  });
  const send = (api: string) =>
    fetch(`${api}/api/v1/webhooks/stripe`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'stripe-signature': stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET }),
      },
      body: payload,
    });
  return { id, send };
}

/** Events are lost by the simulator and delivered by the test, in any order. */
export async function tell(shop: Shop, type: string, object: unknown): Promise<string> {
  const { id, send } = signedEvent(type, object);
  const response = await send(shop.api.url);
  if (response.status !== 200) throw new Error(`${type}: ${response.status} ${await response.text()}`);
  return id;
}

/** The outcome of a delivered event. */
export async function verdictOf(shop: Shop, event_id: string): Promise<string> {
  const [row] = await shop.database.query<{ status: string }>('SELECT status FROM webhook_events WHERE event_id = $1', [
    event_id,
  ]);
  return row!.status;
}
