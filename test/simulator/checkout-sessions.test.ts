import Stripe from 'stripe';
import { startSimulator, type TestSimulator } from '../support/simulator.js';
import { newSession, sessionParams } from './support/purchases.js';
import { refusal } from './support/refusal.js';

let simulator: TestSimulator;
let stripe: Stripe;
beforeAll(async () => {
  simulator = await startSimulator();
  stripe = simulator.stripe();
});
afterAll(() => simulator.stop());

describe('checkout sessions', () => {
  test('open: has a URL and no payment intent; once paid: complete, with the intent’s own metadata', async () => {
    const session = await newSession(stripe, {
      client_reference_id: 'ref-1',
      metadata: { purchaseId: '1' },
      payment_intent_data: { metadata: { ref: 'abc' } },
    });
    expect(session).toMatchObject({
      object: 'checkout.session',
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      amount_total: 5_000,
      currency: 'idr',
      livemode: false,
      client_reference_id: 'ref-1',
      metadata: { purchaseId: '1' },
      expires_at: session.created + 86_400,
    });
    expect(session.id).toMatch(/^cs_test_/);
    expect(session.url).toBe(`${simulator.url}/c/pay/${session.id}`);

    await simulator.sim(`sessions/${session.id}/pay`, { outcome: 'paid' });

    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge'] });
    const intent = paid.payment_intent as Stripe.PaymentIntent;
    expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
    // The session's metadata is the session's alone.
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 5_000, metadata: { ref: 'abc' } });
    expect(intent.latest_charge).toMatchObject({ status: 'succeeded', paid: true, metadata: { ref: 'abc' } });
    await expect(simulator.sim(`sessions/${session.id}/pay`, {})).rejects.toThrow('409');
  });

  test('a declined card leaves the session open and the intent requires_payment_method; the next card pays the same intent', async () => {
    const { id } = await newSession(stripe);
    await simulator.sim(`sessions/${id}/pay`, { outcome: 'declined' });
    const declined = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] });
    const intent = declined.payment_intent as Stripe.PaymentIntent;
    expect(declined).toMatchObject({ status: 'open', payment_status: 'unpaid' });
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined', decline_code: 'generic_decline' },
      latest_charge: { status: 'failed', paid: false },
    });

    await simulator.sim(`sessions/${id}/pay`, {});
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({
      payment_status: 'paid',
      payment_intent: intent.id,
    });
    const charges = await stripe.charges.list({ payment_intent: intent.id });
    expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  });

  test('a delayed payment: complete and unpaid, then paid or failed', async () => {
    const arrives = await newSession(stripe);
    const fails = await newSession(stripe);
    for (const { id } of [arrives, fails]) {
      await simulator.sim(`sessions/${id}/pay`, { outcome: 'async_pending' });
      const waiting = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
      expect(waiting).toMatchObject({
        status: 'complete',
        payment_status: 'unpaid',
        payment_intent: { status: 'processing' },
      });
      expect((await refusal(stripe.checkout.sessions.expire(id))).message).toContain('status of `complete`');
    }
    await simulator.sim(`sessions/${arrives.id}/pay`, { outcome: 'async_succeeded' });
    await simulator.sim(`sessions/${fails.id}/pay`, { outcome: 'async_failed' });
    expect(await stripe.checkout.sessions.retrieve(arrives.id)).toMatchObject({ payment_status: 'paid' });
    expect(await stripe.checkout.sessions.retrieve(fails.id)).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
    });
    await expect(simulator.sim(`sessions/${fails.id}/pay`, { outcome: 'async_succeeded' })).rejects.toThrow('409');
  });

  test('expire once: the page closes, and the session cannot be paid or expired again', async () => {
    const { id } = await newSession(stripe);
    expect(await stripe.checkout.sessions.expire(id)).toMatchObject({ status: 'expired', url: null });
    const again = await refusal(stripe.checkout.sessions.expire(id));
    expect(again).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(again.message).toBe(
      'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of `expired`.',
    );
    await expect(simulator.sim(`sessions/${id}/pay`, {})).rejects.toThrow('409');
  });

  test('are listed newest first, paged both ways, and filtered', async () => {
    const email = 'lister@example.com';
    const made: string[] = [];
    for (let at = 0; at < 5; at += 1) made.unshift((await newSession(stripe, { customer_email: email })).id);
    const mine = { customer_details: { email } };
    const first = await stripe.checkout.sessions.list({ ...mine, limit: 2 });
    expect(first).toMatchObject({ has_more: true, url: '/v1/checkout/sessions' });
    expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 2));
    const last = await stripe.checkout.sessions.list({ ...mine, limit: 3, starting_after: made[1]! });
    expect(last.data.map(({ id }) => id)).toEqual(made.slice(2));
    expect(last.has_more).toBe(false);
    const back = await stripe.checkout.sessions.list({ ...mine, limit: 2, ending_before: made[3]! });
    expect(back.data.map(({ id }) => id)).toEqual(made.slice(1, 3));
    expect(back.has_more).toBe(true);
    const everyone: string[] = [];
    for await (const { id } of stripe.checkout.sessions.list({ ...mine, limit: 2 })) everyone.push(id);
    expect(everyone).toEqual(made);

    await simulator.sim(`sessions/${made[0]}/pay`, {});
    const { payment_intent, created } = await stripe.checkout.sessions.retrieve(made[0]!);
    const by = async (params: Stripe.Checkout.SessionListParams) =>
      (await stripe.checkout.sessions.list({ limit: 100, ...params })).data.map(({ id }) => id);
    expect(await by({ payment_intent: payment_intent as string })).toEqual([made[0]]);
    expect(await by({ status: 'complete' })).toContain(made[0]);
    expect(await by({ status: 'open' })).not.toContain(made[0]);
    expect(await by({ created: { gte: created, lte: created } })).toContain(made[0]);
    expect(await by({ created: { gt: created } })).not.toContain(made[0]);
    expect(await by({ created: { lt: created } })).not.toContain(made[0]);
    expect(await by({ created })).toContain(made[0]);
  });

  test('return their line items in order, with prices', async () => {
    const price_data = { currency: 'usd', unit_amount: 250, product_data: { name: 'Plan' } };
    const { id, amount_total } = await newSession(stripe, {
      line_items: [
        { quantity: 3, price_data },
        { quantity: 1, price_data: { ...price_data, unit_amount: 1, product_data: { name: 'Fee' } } },
      ],
    });
    const items = await stripe.checkout.sessions.listLineItems(id);
    expect(amount_total).toBe(751);
    expect(items.data.map(({ description, quantity, amount_total }) => [description, quantity, amount_total])).toEqual([
      ['Plan', 3, 750],
      ['Fee', 1, 1],
    ]);
    expect(items.data[0]!.price!.unit_amount_decimal!.toString()).toBe('250');
  });

  test.each<[string, Record<string, unknown>, Partial<Stripe.errors.StripeError>]>([
    [
      'an unknown parameter',
      { colour: 'red' },
      { code: 'parameter_unknown', param: 'colour', message: 'Received unknown parameter: colour' },
    ],
    [
      'an unknown parameter inside',
      { payment_intent_data: { colour: 'red' } },
      { code: 'parameter_unknown', param: 'payment_intent_data[colour]' },
    ],
    [
      'payment_method_types, which this version has no more',
      { payment_method_types: ['card'] },
      { code: 'parameter_unknown', param: 'payment_method_types' },
    ],
    [
      'no mode',
      { mode: undefined },
      { code: 'parameter_missing', param: 'mode', message: 'Missing required param: mode.' },
    ],
    ['a mode there is not', { mode: 'gift' }, { param: 'mode' }],
    ['no line items', { line_items: [] }, { code: 'parameter_missing', param: 'line_items' }],
    ['an empty word', { cancel_url: '' }, { code: 'parameter_invalid_empty', param: 'cancel_url' }],
    ['no address', { success_url: 'thanks' }, { code: 'url_invalid', param: 'success_url' }],
    ['a long reference', { client_reference_id: 'x'.repeat(201) }, { param: 'client_reference_id' }],
    [
      '51 metadata keys',
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, 'v'])) },
      { param: 'metadata' },
    ],
    ['a metadata key of 41 characters', { metadata: { ['k'.repeat(41)]: 'v' } }, { param: 'metadata' }],
    ['a metadata value of 501 characters', { metadata: { k: 'v'.repeat(501) } }, { param: 'metadata[k]' }],
    [
      '29 minutes',
      { expires_at: Math.floor(Date.now() / 1_000) + 29 * 60 },
      {
        param: 'expires_at',
        message: 'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      },
    ],
    [
      '25 hours',
      { expires_at: Math.floor(Date.now() / 1_000) + 25 * 3_600 },
      {
        param: 'expires_at',
        message: 'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      },
    ],
    [
      'an expansion there is not',
      { expand: ['payment_intention'] },
      { message: 'This property cannot be expanded (payment_intention).' },
    ],
  ])('are refused with %s with Stripe’s error, and nothing is created', async (_what, wrong, expected) => {
    const before = (await stripe.checkout.sessions.list({ limit: 1 })).data[0]?.id;
    const error = await refusal(stripe.checkout.sessions.create({ ...sessionParams(), ...wrong }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(error).toMatchObject({ statusCode: 400, ...expected });
    expect(error.requestId).toMatch(/^req_/);
    expect((await stripe.checkout.sessions.list({ limit: 1 })).data[0]?.id).toBe(before);
  });

  test.each([
    [
      'a price that is no whole number',
      { unit_amount: 10.5 },
      { code: 'parameter_invalid_integer', param: 'line_items[0][price_data][unit_amount]' },
    ],
    ['a currency there is not', { currency: 'xyz' }, { param: 'line_items[0][price_data][currency]' }],
    ['nothing to pay', { unit_amount: 0 }, { code: 'amount_too_small' }],
    ['more than anybody can pay', { currency: 'usd', unit_amount: 100_000_000 }, { code: 'amount_too_large' }],
  ])('are refused with %s', async (_what, wrong, expected) => {
    const price_data = { currency: 'idr', unit_amount: 5_000, product_data: { name: 'x' }, ...wrong };
    expect(await refusal(newSession(stripe, { line_items: [{ quantity: 1, price_data }] }))).toMatchObject(expected);
  });

  test('accept payment_method_types from API versions that had it', async () => {
    const older = { ...sessionParams(), payment_method_types: ['card'] } as Stripe.Checkout.SessionCreateParams;
    const session = await stripe.checkout.sessions.create(older, { apiVersion: '2025-09-30.clover' });
    expect(session.lastResponse.apiVersion).toBe('2025-09-30.clover');
  });
});
