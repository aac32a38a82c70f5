import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, createPerson, type Person, tokenFor } from '../support/people.js';
import { useStack } from '../support/use-stack.js';

describe('reading payments, feeding consultations and products', () => {
  const stack = useStack();
  let stranger: Person;

  beforeAll(async () => {
    stranger = await createPerson(stack.database);
  });

  const start = (consultation_id: number, amount = 5_000) =>
    ask<Schemas['NewPayment']>(stack.api.url, '/api/v1/payments', {
      token: stack.patient.token,
      body: { consultation_id, amount, payment_method: 'gcash', metadata: { room: '7' } },
    });
  const list = (person: Person, query = '') =>
    ask<Schemas['PageOfConsultations']>(stack.api.url, `/api/v1/consultations${query}`, { token: person.token });
  const idsOf = (reply: Reply<Schemas['PageOfConsultations']>) => reply.body.data.consultations.map(({ id }) => id);

  describe('GET /payments/{id}', () => {
    it('returns the payment with its documents to its owner and staff; others get 403 without any of its data', async () => {
      const { payment_id, payment, invoice, tax } = (
        await start(await createConsultation(stack.database, stack.patient))
      ).body.data;
      for (const person of [stack.patient, stack.staff]) {
        const reply = await ask(stack.api.url, `/api/v1/payments/${payment_id}`, { token: person.token });
        expect(reply.status).toBe(200);
        const refunds = {
          refund_pending_amount: 0,
          refundable_amount: 0,
          charged_back_amount: 0,
          returned_twice_amount: 0,
          unmatched_amount: 0,
          refund_failed: false,
          unused_money: null,
        };
        const none = {
          charge: null,
          charges: [],
          amount_due: payment.amount,
          unmatched_transfers: [],
          checkout: null,
          instructions: null,
          unmatched_money: null,
          declined_attempts: { count: 0, latest: [] },
        };
        expect(reply.body.data).toEqual({ payment, invoice, tax, ...none, ...refunds });
      }
      expect(payment).toMatchObject({ metadata: { room: '7' }, refunded_amount: 0, processing: false });
      expect(new Date(payment.expires_at!).getTime() - new Date(payment.created_at).getTime()).toBe(4_320 * 60_000);

      const refused = await ask(stack.api.url, `/api/v1/payments/${payment_id}`, { token: stranger.token });
      expect([refused.status, refused.body.code, refused.body.data]).toEqual([403, 'FORBIDDEN', undefined]);
    });
  });

  describe('GET /consultations', () => {
    it('lists a patient’s own open, unpaid consultations; a pending payment is named', async () => {
      const someone = await createPerson(stack.database);
      const [open, pending, closed, paid] = await Promise.all(
        [1, 2, 3, 4].map(() => createConsultation(stack.database, someone)),
      );
      const mine = (consultation_id: number) =>
        ask<Schemas['NewPayment']>(stack.api.url, '/api/v1/payments', {
          token: someone.token,
          body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
        });
      const { payment_id } = (await mine(pending!)).body.data;
      const completed = (await mine(paid!)).body.data.payment_id;
      await ask(stack.api.url, `/api/v1/payments/${completed}/confirm`, {
        token: stack.staff.token,
        body: { transaction_id: 'listed' },
      });
      await ask(stack.api.url, `/api/v1/consultations/${closed}`, {
        method: 'PATCH',
        token: stack.staff.token,
        body: { status: 'closed' },
      });

      const { consultations } = (await list(someone)).body.data;
      const named = Object.fromEntries(consultations.map((row) => [row.id, [row.payment_id, row.payment_status]]));
      expect(named).toEqual({ [open!]: [null, null], [pending!]: [payment_id, 'pending'] });
    });

    it('pages list every consultation once, newest first, while new ones are created', async () => {
      const someone = await createPerson(stack.database);
      const ids: number[] = [];
      for (let n = 0; n < 7; n++) ids.push(await createConsultation(stack.database, someone));
      const first = await list(someone, '?limit=3');
      await createConsultation(stack.database, someone);
      const second = await list(someone, `?limit=3&cursor=${first.body.data.next_cursor}`);
      const third = await list(someone, `?limit=3&cursor=${second.body.data.next_cursor}`);
      expect([...idsOf(first), ...idsOf(second), ...idsOf(third)]).toEqual([...ids].reverse());
      expect(third.body.data.next_cursor).toBeNull();
    });

    it.each(['limit=0', 'limit=101', 'limit=ten', 'cursor=-1', 'cursor=abc', 'cursor=9007199254740993', 'offset=10'])(
      'refuses ?%s',
      async (query) => {
        expect((await list(stack.patient, `?${query}`)).body.code).toBe('VALIDATION_FAILED');
      },
    );
  });

  describe('creating consultations', () => {
    it('for a patient given by id, who then finds and pays it', async () => {
      const made = await ask<Schemas['MadeConsultation']>(stack.api.url, '/api/v1/consultations', {
        token: stack.staff.token,
        body: { patient_id: stranger.id, fee: 777, currency: 'php' },
      });
      expect(made.status).toBe(201);
      const { id } = made.body.data.consultation;
      expect(idsOf(await list(stranger))).toContain(id);
      const paid = await ask<Schemas['NewPayment']>(stack.api.url, '/api/v1/payments', {
        token: stranger.token,
        body: { consultation_id: id, amount: 777, currency: 'php', payment_method: 'gcash' },
      });
      expect([paid.status, paid.body.data.payment.currency]).toEqual([201, 'php']);
    });

    it('creates a patient for an unknown subject, who finds it after their first login', async () => {
      const made = await ask<Schemas['MadeConsultation']>(stack.api.url, '/api/v1/consultations', {
        token: stack.staff.token,
        body: { patient_subject: 'never seen before', fee: 9 },
      });
      const newcomer = await ask<Schemas['PageOfConsultations']>(stack.api.url, '/api/v1/consultations', {
        token: await tokenFor('never seen before', 'patient'),
      });
      expect(idsOf(newcomer)).toEqual([made.body.data.consultation.id]);
    });

    it('records who changed a fee, and both amounts', async () => {
      const id = await createConsultation(stack.database, stack.patient);
      await ask(stack.api.url, `/api/v1/consultations/${id}`, {
        method: 'PATCH',
        token: stack.staff.token,
        body: { fee: 123 },
      });
      const auditBuffer = await stack.database.query(
        `SELECT actor_user_id::int, detail->'fee' AS fee FROM audit_log WHERE action = 'consultation.changed' AND detail->>'consultation_id' = $1`,
        [String(id)],
      );
      expect(auditBuffer).toEqual([{ actor_user_id: stack.staff.id, fee: 123 }]);
    });

    it('a changed fee does not change a pending payment, and a retry with the old fee still finds it', async () => {
      const id = await createConsultation(stack.database, stack.patient);
      const { payment_id } = (await start(id)).body.data;
      const changed = await ask<Schemas['ChangedConsultation']>(stack.api.url, `/api/v1/consultations/${id}`, {
        method: 'PATCH',
        token: stack.staff.token,
        body: { fee: 9_000 },
      });
      expect(changed.body.data.consultation.fee).toBe(9_000);
      const again = await start(id);
      expect([again.status, again.body.data.payment_id, again.body.data.payment.amount]).toEqual([
        409,
        payment_id,
        5_000,
      ]);
    });

    it('404 for changing one that does not exist', async () => {
      const reply = await ask(stack.api.url, '/api/v1/consultations/999999', {
        method: 'PATCH',
        token: stack.staff.token,
        body: { fee: 1 },
      });
      expect([reply.status, reply.body.code]).toEqual([404, 'CONSULTATION_NOT_FOUND']);
    });
  });

  describe('products', () => {
    const make = (id: string) =>
      ask<Schemas['OneProduct']>(stack.api.url, '/api/v1/products', {
        token: stack.staff.token,
        body: { id, name: 'Plan', price: 100 },
      });

    it('are created once, updated, closed, and then visible to staff only', async () => {
      expect((await make('plan')).body.data.product).toMatchObject({
        id: 'plan',
        price: 100,
        currency: 'idr',
        status: 'open',
      });
      expect((await make('plan')).body.code).toBe('PRODUCT_EXISTS');
      await ask(stack.api.url, '/api/v1/products/plan', {
        method: 'PATCH',
        token: stack.staff.token,
        body: { status: 'closed', price: 200 },
      });
      const seenBy = async (person: Person) =>
        (await ask<Schemas['ListOfProducts']>(stack.api.url, '/api/v1/products', { token: person.token })).body.data
          .products;
      expect(await seenBy(stack.patient)).toEqual([]);
      expect(await seenBy(stack.staff)).toEqual([
        expect.objectContaining({ id: 'plan', price: 200, status: 'closed' }),
      ]);
    });

    it('updating a missing product is 404, an invalid id is 422', async () => {
      const change = (id: string) =>
        ask(stack.api.url, `/api/v1/products/${id}`, { method: 'PATCH', token: stack.staff.token, body: { price: 1 } });
      expect((await change('nothing')).body.code).toBe('PRODUCT_NOT_FOUND');
      expect((await change('NOT%20A%20SLUG')).body.code).toBe('VALIDATION_FAILED');
    });
  });

  it('logs the lines that operators search for, each a JSON object with the request id', async () => {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const created = await start(consultation_id);
    const { payment_id } = created.body.data;
    const confirmed = await ask(stack.api.url, `/api/v1/payments/${payment_id}/confirm`, {
      token: stack.staff.token,
      body: { transaction_id: 'logged' },
    });
    // The line of the answer is written when the answer is gone, a moment after we have it.
    const lines = await eventually(() => {
      const whole = stack.api
        .output()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const ended = (id: string) => whole.some((line) => line.message === 'Request answered' && line.request_id === id);
      return ended(created.body.request_id) && ended(confirmed.body.request_id) && whole;
    }, 'both requests are logged as answered');
    const saying = (message: string, request_id: string) =>
      lines.find((line) => line.message === message && line.request_id === request_id);

    expect(saying('Payment: Processing payment', created.body.request_id)).toMatchObject({
      level: 'info',
      user_id: stack.patient.id,
      consultation_id,
      amount: 5_000,
      payment_method: 'gcash',
    });
    expect(saying('Payment: New payment created', created.body.request_id)).toMatchObject({
      payment_id,
      user_id: stack.patient.id,
      amount: 5_000,
      method: 'gcash',
    });
    expect(saying('Payment: Confirmed successfully', confirmed.body.request_id)).toMatchObject({
      payment_id,
      transaction_id: 'logged',
      user_id: stack.patient.id,
    });
    expect(saying('Request answered', created.body.request_id)).toMatchObject({
      method: 'POST',
      path: '/api/v1/payments',
      status: 201,
    });
  });
});
