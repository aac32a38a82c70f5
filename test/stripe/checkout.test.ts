import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { OpenCheckout, StripePayment } from '../support/answers.js';
import { ask } from '../support/http.js';
import { createConsultation, createPerson } from '../support/people.js';
import { useStack } from '../support/use-stack.js';

describe('paying by Stripe', () => {
  const stack = useStack({ simulator: true });

  beforeAll(async () => {
    await stack.database.query(
      `INSERT INTO products (id, name, price, currency) VALUES ('plan', 'Plan', 100000, 'idr')`,
    );
  });

  const calls = () => stack.simulator.requests();

  it('uses the actual port of this service in return URLs, whichever free port that is (PORT=0)', async () => {
    const own = {
      consultation_id: await createConsultation(stack.database, stack.patient),
      amount: 5_000,
      payment_method: 'stripe',
    };
    const { checkout } = (
      await ask<StripePayment>(stack.api.url, '/api/v1/payments', { token: stack.patient.token, body: own })
    ).body.data;
    const session = await stack.simulator.stripe().checkout.sessions.retrieve(checkout.session_id);
    expect(session.success_url).toMatch(new RegExp(`^${stack.api.url}/pay\\?`));
    expect(session.cancel_url).toMatch(new RegExp(`^${stack.api.url}/pay\\?`));
    // And a client may name that address itself.
    const body = { product_id: 'plan', success_url: `${stack.api.url}/thanks` };
    const someone = await createPerson(stack.database);
    expect((await ask(stack.api.url, '/api/v1/checkout', { token: someone.token, body })).status).toBe(200);
  });

  it('a consultation gets one session, and the same answer on repetition', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const body = { consultation_id, amount: 5_000, payment_method: 'stripe' };
    const headers = { 'idempotency-key': 'k1' };
    const reply = await ask<StripePayment>(stack.api.url, '/api/v1/payments', {
      token: stack.patient.token,
      headers,
      body,
    });
    expect(reply.status).toBe(201);
    const again = await ask(stack.api.url, '/api/v1/payments', { token: stack.patient.token, headers, body });
    expect(again.text).toBe(reply.text);
    const other = await ask<Schemas['ExistingPayment']>(stack.api.url, '/api/v1/payments', {
      token: stack.patient.token,
      body,
    });
    expect([other.status, other.body.data.checkout]).toEqual([409, reply.body.data.checkout]);
    await stack.simulator.sim(`sessions/${reply.body.data.checkout.session_id}/pay`, { outcome: 'paid' });
    const confirmed = await ask(stack.api.url, `/api/v1/payments/${reply.body.data.payment_id}/confirm`, {
      token: stack.patient.token,
      body: { transaction_id: reply.body.data.checkout.session_id },
    });
    expect(confirmed.status).toBe(200);
  });

  it.each([
    ['id', 'id'],
    ['id-ID,id;q=0.9,en;q=0.5', 'id'],
    ['en-GB', 'en'],
    ['de, *;q=0.5', undefined],
    ['*', undefined],
  ])('the page is in the language of the request: %s', async (language, locale) => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const body = { consultation_id, amount: 5_000, payment_method: 'stripe' };
    const headers = { 'accept-language': language };
    const { body: made } = await ask<Schemas['NewPayment']>(stack.api.url, '/api/v1/payments', {
      token: stack.patient.token,
      headers,
      body,
    });
    const session = (await calls()).findLast(
      ({ path, params }) => path === '/v1/checkout/sessions' && params.metadata,
    )!;
    expect(session.params).toMatchObject({ metadata: { purchaseId: String(made.data.payment_id) } });
    expect(session.params.locale).toBe(locale);
    const [item] = session.params.line_items as { price_data: { product_data: { name: string } } }[];
    const word = locale === 'id' ? 'Konsultasi' : 'Consultation';
    expect(item!.price_data.product_data.name).toBe(`${word} ${consultation_id}`);
  });

  it('an interrupted create goes on in the language it began in, as Stripe would refuse a changed body', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const body = { consultation_id, amount: 5_000, payment_method: 'stripe' };
    await stack.simulator.sim('faults', { lose_answer: { path: '/v1/checkout/sessions', method: 'POST', times: 2 } });
    const send = (language: string) =>
      ask(stack.api.url, '/api/v1/payments', {
        token: stack.patient.token,
        headers: { 'accept-language': language, 'idempotency-key': 'broken-off' },
        body,
      });
    expect((await send('id')).status).toBe(503);
    const gone = await send('en');
    expect(gone.status).toBe(201);
    const posts = (await calls()).filter(
      ({ params }) => (params.metadata as { idempotency_key?: string })?.idempotency_key === 'broken-off',
    );
    expect(posts.map(({ status, params }) => [status, params.locale])).toEqual([
      [null, 'id'],
      [null, 'id'],
      [200, 'id'],
    ]);
  });

  it('a product in a currency that only a newer version knows is refused for now, not with a 500', async () => {
    await stack.database.query(
      `INSERT INTO products (id, name, price, currency) VALUES ('newer', 'Newer', 100000, 'kwd')`,
    );
    const body = { product_id: 'newer' };
    const reply = await ask(stack.api.url, '/api/v1/checkout', { token: stack.patient.token, body });
    expect([reply.status, reply.body.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(await stack.database.query(`SELECT 1 FROM payments WHERE product_id = 'newer'`)).toEqual([]);
  });

  it('a product gets one session, reused while it is open', async () => {
    const first = await ask<OpenCheckout>(stack.api.url, '/api/v1/checkout', {
      token: stack.patient.token,
      body: { product_id: 'plan' },
    });
    expect(first.status).toBe(200);
    const second = await ask<OpenCheckout>(stack.api.url, '/api/v1/checkout', {
      token: stack.patient.token,
      body: { product_id: 'plan' },
    });
    expect([second.status, second.body.data.reused, second.body.data.session_id]).toEqual([
      200,
      true,
      first.body.data.session_id,
    ]);
    const other = await ask<OpenCheckout>(stack.api.url, '/api/v1/checkout', {
      token: stack.patient.token,
      body: { product_id: 'plan', quantity: 2 },
    });
    expect([other.status, other.body.data.reused]).toEqual([200, false]);
    const cancelled = await ask(stack.api.url, `/api/v1/payments/${other.body.data.payment.id}/cancel`, {
      method: 'POST',
      token: stack.patient.token,
    });
    expect(cancelled.status).toBe(200);
  });
});
