import type { Payment } from '../../ledger/payment.js';
import type { Order } from '../../provider/payment-provider.js';
import { sessionRequest } from './session-request.js';

const REF = '0b9c1b8e-3f0a-4a57-9a53-5b1f6f0f7a01';
const PAYMENT = { id: 7, user_id: 3, quantity: 2, currency: 'idr', amount: 10_000, metadata: {} } as Payment;
const ORDER: Order = {
  name: 'Plan 1',
  unit_amount: 5_000,
  successUrl: (session_id) => `https://example.com/paid?session=${session_id}`,
  cancel_url: 'https://example.com/left',
  client_key: null,
  language: null,
};
const of = (payment: Partial<Payment> = {}, order: Partial<Order> = {}, expires_at: number | null = null) =>
  JSON.parse(
    sessionRequest({ ...PAYMENT, ...payment }, { ref: REF, order: { ...ORDER, ...order }, expires_at }),
  ) as Record<string, unknown>;

describe('the request for a Checkout Session', () => {
  it('asks for quantity times the price of one, and names the payment in three places', () => {
    const ours = { purchaseId: '7', ref: REF, user_id: '3' };
    expect(of()).toEqual({
      mode: 'payment',
      client_reference_id: REF,
      line_items: [
        { quantity: 2, price_data: { currency: 'idr', unit_amount: 5_000, product_data: { name: 'Plan 1' } } },
      ],
      // Stripe fills it in.
      success_url: 'https://example.com/paid?session={CHECKOUT_SESSION_ID}',
      cancel_url: 'https://example.com/left',
      metadata: ours,
      payment_intent_data: { metadata: ours },
    });
  });

  it('does not let metadata of a client stand for the payment, its user or its reference', () => {
    const metadata = { purchaseId: '8', ref: 'another', user_id: '4', idempotency_key: 'x', channel: 'desk' };
    expect(of({ metadata }, { client_key: 'key-of-the-client' }).metadata).toEqual({
      purchaseId: '7',
      ref: REF,
      user_id: '3',
      idempotency_key: 'key-of-the-client',
      channel: 'desk',
    });
    expect(of({ metadata }).payment_intent_data).toEqual({ metadata: { purchaseId: '7', ref: REF, user_id: '3' } });
  });

  it('has language and end only where there are some', () => {
    expect(of({}, { language: 'id' }, 1_700_000_000)).toMatchObject({
      locale: 'id',
      expires_at: 1_700_000_000,
    });
  });

  it('is the same bytes for the same payment: the key that it is sent under allows no other', () => {
    const again = sessionRequest({ ...PAYMENT }, { expires_at: null, order: { ...ORDER }, ref: REF });
    expect(sessionRequest(PAYMENT, { ref: REF, order: ORDER, expires_at: null })).toBe(again);
  });
});
