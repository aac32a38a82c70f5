import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation } from '../support/people.js';
import { insertPayment } from '../support/rows.js';
import { useStack } from '../support/use-stack.js';

/** Common mistakes of clients, and errors that are enough to correct them without reading our code. */
type Invalid = Schemas['VALIDATION_FAILED']['data'];

describe('client mistakes', () => {
  const stack = useStack({ settings: { PUBLIC_URL: 'http://127.0.0.1:3000' } });

  beforeAll(async () => {
    await send('POST', 'products', { id: 'plan', name: 'Plan', price: 5_000 });
  });

  const send = <Data>(method: string, path: string, body: unknown, token = stack.staff.token): Promise<Reply<Data>> =>
    ask<Data>(stack.api.url, `/api/v1/${path}`, { method, token, body });
  const codeOf = ({ status, body }: Reply) => [status, body.code];
  const fieldsOf = ({ body }: Reply<Invalid>) => Object.keys(body.data.fields).sort();

  async function paidByBank(transaction_id: string): Promise<number> {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const id = await insertPayment(stack.database, { user_id: stack.patient.id, consultation_id, status: 'pending' });
    expect((await send('POST', `payments/${id}/confirm`, { transaction_id })).status).toBe(200);
    return id;
  }

  it('an update without any change is refused, and nothing is written to the audit log', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    for (const path of [`consultations/${consultation_id}`, 'products/plan']) {
      for (const body of [{}, undefined]) {
        const reply = await send<Invalid>('PATCH', path, body);
        expect([...codeOf(reply), fieldsOf(reply)]).toEqual([422, 'VALIDATION_FAILED', ['body']]);
      }
    }
    const noted = await stack.database.query(`SELECT 1 FROM audit_log WHERE action LIKE '%.changed'`);
    expect(noted).toEqual([]);
  });

  it('a parameter in the query instead of the body is refused by name, not ignored', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const body = { consultation_id, amount: 5_000, payment_method: 'gcash' };
    const reply = await send<Invalid>('POST', 'payments?amount=1&dry_run=true', body, stack.patient.token);
    expect([...codeOf(reply), fieldsOf(reply)]).toEqual([422, 'VALIDATION_FAILED', ['amount', 'dry_run']]);
    expect((await send('POST', 'payments', body, stack.patient.token)).status).toBe(201);
  });

  it('a return URL of another origin is reported together with every other invalid field', async () => {
    const body = { product_id: 'plan', quantity: 0, success_url: 'https://evil.test/thanks', cancel_url: 'no address' };
    const reply = await send<Invalid>('POST', 'checkout', body, stack.patient.token);
    expect([...codeOf(reply), fieldsOf(reply)]).toEqual([
      422,
      'VALIDATION_FAILED',
      ['cancel_url', 'quantity', 'success_url'],
    ]);
    expect(reply.body.data.fields.success_url).toEqual(['must be an address of: http://127.0.0.1:3000']);
  });

  it.each([
    ['http://127.0.0.1:3000/thanks', true],
    ['http://localhost:3000/thanks', true],
    ['http://[::1]:3000/thanks', true],
    ['http://localhost:3001/thanks', false],
    ['https://localhost:3000/thanks', false],
    ['http://localhost.evil.test:3000/thanks', false],
    ['http://localhost:3000@evil.test/thanks', false],
  ])('on localhost, %s: %s', async (success_url, taken) => {
    const reply = await send<Invalid>('POST', 'checkout', { product_id: 'plan', success_url }, stack.patient.token);
    // There is no Stripe key here: what is not refused for its address is refused for that.
    expect(reply.body.code === 'VALIDATION_FAILED' ? fieldsOf(reply) : 'taken').toEqual(
      taken ? 'taken' : ['success_url'],
    );
  });

  it('refunding with the reference of the incoming transfer is refused', async () => {
    const id = await paidByBank('in-and-out');
    const body = { amount: 100, reason: 'slip' };
    const refused = await send('POST', `payments/${id}/refund`, { ...body, transaction_id: 'in-and-out' });
    const { refund_id } = (await send<Schemas['RefundedPayment']>('POST', `payments/${id}/refund`, body)).body.data;
    const settled = await send('POST', `payments/${id}/refunds/${refund_id}/settle`, { transaction_id: 'in-and-out' });
    for (const reply of [refused, settled]) {
      expect([...codeOf(reply), reply.body.message]).toEqual([
        409,
        'TRANSACTION_ALREADY_USED',
        'Transaction in-and-out is incoming money. Enter the reference of the transfer back.',
      ]);
    }
    const { refund_pending_amount, refundable_amount } = (
      await send<Schemas['WholePayment']>('GET', `payments/${id}`, undefined)
    ).body.data;
    expect({ refund_pending_amount, refundable_amount }).toEqual({
      refund_pending_amount: 100,
      refundable_amount: 4_900,
    });
  });

  it('changing a fee or closing a consultation returns its live payment', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const change = (body: unknown) =>
      send<Schemas['ChangedConsultation']>('PATCH', `consultations/${consultation_id}`, body);
    expect((await change({ fee: 6_000 })).body.data.live_payment).toBeNull();
    const id = await insertPayment(stack.database, { user_id: stack.patient.id, consultation_id, status: 'pending' });
    const live_payment = { id, status: 'pending', amount: 5_000 };
    expect((await change({ status: 'closed' })).body.data.live_payment).toEqual(live_payment);
  });

  it('the empty form body of curl -d is accepted: the payment is cancelled', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const id = await insertPayment(stack.database, { user_id: stack.patient.id, consultation_id, status: 'pending' });
    const reply = await fetch(`${stack.api.url}/api/v1/payments/${id}/cancel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stack.patient.token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: '',
    });
    expect(reply.status).toBe(200);
  });

  it('a reference used for another refund or payment is refused, and the error says which of the two', async () => {
    const [a, b] = [await paidByBank('in-1'), await paidByBank('in-2')];
    const used = { amount: 100, reason: 'slip', transaction_id: 'out-1' };
    expect((await send('POST', `payments/${a}/refund`, used)).status).toBe(200);
    const again = await send('POST', `payments/${b}/refund`, used);
    expect([...codeOf(again), again.body.message]).toEqual([
      409,
      'TRANSACTION_ALREADY_USED',
      'Transaction out-1 already settled another refund.',
    ]);
    const { refund_id } = (
      await send<Schemas['RefundedPayment']>('POST', `payments/${b}/refund`, { amount: 100, reason: 'slip' })
    ).body.data;
    const settled = await send('POST', `payments/${b}/refunds/${refund_id}/settle`, { transaction_id: 'out-1' });
    expect(settled.body.message).toBe(again.body.message);

    const consultation_id = await createConsultation(stack.database, stack.patient);
    const c = await insertPayment(stack.database, { user_id: stack.patient.id, consultation_id, status: 'pending' });
    const confirmed = await send('POST', `payments/${c}/confirm`, { transaction_id: 'in-1' });
    expect(confirmed.body.message).toMatch(
      /^Transaction in-1 is recorded as transfer \d+, and all of it is matched or paid back\. If more was received, correct its amount; if it was matched with the wrong payment, undo that: POST \/transfers\/\d+\/unmatch\.$/,
    );
  });
});
