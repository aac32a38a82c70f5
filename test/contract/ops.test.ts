import type { StripePayment } from '../support/answers.js';
import type Stripe from 'stripe';
import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { creditorReference } from '../../libs/payments/src/ledger/payment-reference.js';
import { FEE, openShop, type Shop } from '../stripe/support/shop.js';
import { ByDocument, readDocument } from '../support/api-document.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { insertPayment } from '../support/rows.js';

describe('operations API for staff', () => {
  let shop: Shop;
  let redis: TestRedis;
  let service: Person;
  let made = 0;

  beforeAll(async () => {
    redis = await startRedis();
    shop = await openShop({ REDIS_URL: redis.url });
    service = await createPerson(shop.database, 'service');
  });
  afterAll(async () => {
    await shop.close();
    await redis.kill();
  });

  const get = <Data>(path: string, token = shop.staff.token) => shop.get<Data>(`ops/${path}`, token);
  const event = async (row: Record<string, unknown> = {}): Promise<number> => {
    const event_id = `evt_made_${(made += 1)}`;
    const full = { event_id, type: 'made.up', status: 'ignored', payload: '{"id":"x"}', payment_id: null, ...row };
    const [inserted] = await shop.database.query<{ id: string }>(
      `INSERT INTO webhook_events (event_id, type, livemode, payload, source, status, payment_id, settled_at)
       VALUES ($1, $2, false, $3, 'webhook', $4, $5, CASE WHEN $4 <> 'pending' THEN now() END) RETURNING id`,
      [full.event_id, full.type, full.payload, full.status, full.payment_id],
    );
    return Number(inserted!.id);
  };
  /** Every page of a list, one row at a time or so. */
  const pages = async (path: string, list: keyof Rows, limit = 2): Promise<Row[]> => {
    const rows: Row[] = [];
    let cursor: string | null = '';
    for (let page = 0; cursor !== null && page < 100; page++) {
      const more: string = `${path.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${cursor}`}`;
      const { status, body } = await get<Rows & { readonly next_cursor: string | null }>(path + more);
      expect(status).toBe(200);
      expect(body.data[list]!.length).toBeLessThanOrEqual(limit);
      rows.push(...body.data[list]!);
      cursor = body.data.next_cursor;
    }
    return rows;
  };
  const paid = async (row: Record<string, unknown> = {}) =>
    insertPayment(shop.database, {
      user_id: shop.patient.id,
      consultation_id: await createConsultation(shop.database, shop.patient),
      status: 'completed',
      ...row,
    });

  it('retrying an event is allowed for staff and services', async () => {
    const path = `ops/webhooks/${await event()}/retry`;
    expect((await shop.post(path, shop.patient.token)).status).toBe(403);
    expect((await ask(shop.api.url, `/api/v1/${path}`, { method: 'POST' })).status).toBe(401);
    expect((await shop.post(path, service.token)).status).toBe(200);
  });

  it('every parameter is validated, and unknown ones are refused', async () => {
    for (const bad of ['limit=0', 'limit=101', 'cursor=x', 'status=lost', 'payment_id=-1', 'type=', 'nonsense=1'])
      expect((await get(`webhooks?${bad}`)).status).toBe(422);
    for (const bad of ['search=', 'search=%00', 'status=x', 'payment_method=cash', 'refund_owed=yes', 'limit=1e1'])
      expect((await get(`payments?${bad}`)).status).toBe(422);
    for (const bad of ['processing=1', 'consultation_id=0', 'consultation_id=x', 'lab=only'])
      expect((await get(`payments?${bad}`)).status).toBe(422);
    for (const bad of [
      'charges?disposition=lost',
      'keys?state=dead',
      'locks?lock_key=',
      'locks?key=x',
      'keys?user_id=a',
      'webhooks/x',
      'webhooks/0',
    ])
      expect((await get(bad)).status).toBe(422);
    const live = await ask(shop.api.url, '/api/v1/ops/live', {
      token: shop.staff.token,
      headers: { 'last-event-id': '-1' },
    });
    expect(live).toMatchObject({ status: 422, body: { data: { fields: { 'Last-Event-ID': [expect.any(String)] } } } });
  });

  describe('the inbox', () => {
    it('is filtered by state, type and payment, and pages list each event once', async () => {
      const payment_id = await paid();
      const mine = [];
      for (const status of ['dead', 'quarantined', 'dead', 'applied', 'dead'])
        mine.push(await event({ status, type: 'paging.type', payment_id }));
      const ids = (rows: { id: number }[]) => rows.map((row) => row.id);
      expect(ids(await pages('webhooks?type=paging.type', 'events'))).toEqual([...mine].reverse());
      expect(ids(await pages(`webhooks?payment_id=${payment_id}`, 'events', 1))).toEqual([...mine].reverse());
      expect(ids(await pages('webhooks?type=paging.type&status=dead', 'events'))).toEqual([mine[4], mine[2], mine[0]]);
      const { body } = await get<Schemas['PageOfEvents']>('webhooks?status=dead&limit=1');
      expect(body.data.events[0]).toMatchObject({ status: 'dead', next_try_at: null, payment_id, tries: 0 });
      expect(body.data.events[0]).not.toHaveProperty('payload');
    });

    it('returns an event’s payload as JSON if it survives a round trip, else as text', async () => {
      const parsed = await event({ payload: '{"id":"evt_1","deep":[1]}' });
      expect((await get<Schemas['ShownEvent']>(`webhooks/${parsed}`)).body.data.event).toMatchObject({
        id: parsed,
        payload: { id: 'evt_1', deep: [1] },
      });
      const text = await event({ payload: 'not {JSON' });
      expect((await get<Schemas['ShownEvent']>(`webhooks/${text}`)).body.data.event.payload).toBe('not {JSON');
      const deep = '['.repeat(200_000) + ']'.repeat(200_000);
      expect(
        (await get<Schemas['ShownEvent']>(`webhooks/${await event({ payload: deep })}`)).body.data.event.payload,
      ).toBe(deep);
      expect(await get('webhooks/999999')).toMatchObject({ status: 404, body: { code: 'EVENT_NOT_FOUND' } });
    });

    /** A payment that was paid while webhooks were lost, and its event at Stripe. */
    const unheard = async (): Promise<{ payment_id: number; news: Stripe.Event }> => {
      await shop.simulator.sim('endpoints', { urls: [] });
      const created = await shop.create(await shop.consultation());
      const { payment_id, checkout } = created.body.data;
      await shop.pay(checkout.session_id);
      const news = await eventually(async () => {
        const { data } = await shop.simulator.stripe().events.list({ type: 'checkout.session.completed' });
        return data.find(({ data: { object } }) => (object as { id?: string }).id === checkout.session_id);
      }, 'Stripe has an event');
      await shop.simulator.sim('endpoints', { urls: [`${shop.api.url}/api/v1/webhooks/stripe`] });
      return { payment_id, news };
    };

    it.each(['dead', 'quarantined', 'pending'])(
      'retrying a %s event applies it, completes the payment, and records who retried it',
      async (status) => {
        const { payment_id, news } = await unheard();
        const id = await event({ event_id: news.id, type: news.type, status, payload: JSON.stringify(news) });
        expect((await shop.payment(payment_id)).status).toBe('pending');

        const retried = await shop.post(`ops/webhooks/${id}/retry`, shop.staff.token);
        expect(retried).toMatchObject({
          status: 200,
          body: { data: { was: status, status: 'applied', event: { id, status: 'applied', payment_id, tries: 1 } } },
        });
        expect(await shop.payment(payment_id)).toMatchObject({
          status: 'completed',
          charges: [`accepted ${FEE} 0`],
          invoice: 'paid',
        });
        const entries = await shop.database.query(
          `SELECT lane, actor_user_id::int AS actor, request_id, detail FROM audit_log
           WHERE action = 'webhook.retried' AND (detail->>'webhook_id')::int = $1`,
          [id],
        );
        expect(entries).toEqual([
          {
            lane: 'webhook',
            actor: shop.staff.id,
            request_id: retried.body.request_id,
            detail: { webhook_id: id, event_id: news.id, type: news.type, was: status },
          },
        ]);
        expect(await shop.post(`ops/webhooks/${id}/retry`, shop.staff.token)).toMatchObject({
          status: 409,
          body: { code: 'EVENT_ALREADY_APPLIED', data: { id, event_id: news.id, status: 'applied' } },
        });
      },
    );

    it('ten concurrent retries of one dead event apply it once, with one charge', async () => {
      const { payment_id, news } = await unheard();
      const row = { event_id: news.id, type: news.type, status: 'dead', payload: JSON.stringify(news) };
      const id = await event(row);
      const replies = await Promise.all(
        Array.from({ length: 10 }, () => shop.post(`ops/webhooks/${id}/retry`, shop.staff.token)),
      );
      for (const { status } of replies) expect([200, 409]).toContain(status);
      await eventually(
        async () => (await get<Schemas['ShownEvent']>(`webhooks/${id}`)).body.data.event.status === 'applied',
        'applied',
      );
      expect((await shop.payment(payment_id)).charges).toEqual([`accepted ${FEE} 0`]);
    });

    it.each(['ignored', 'foreign'])('an event that was %s stays unchanged when retried', async (status) => {
      const object = { id: 'cs_of_somebody', object: 'checkout.session' };
      const type = status === 'ignored' ? 'invoice.paid' : 'checkout.session.expired';
      const payload = JSON.stringify({ id: 'evt_x', type, livemode: false, data: { object } });
      const id = await event({ status, type, payload });
      const { body } = await shop.post(`ops/webhooks/${id}/retry`, shop.staff.token);
      expect(body.data).toMatchObject({ was: status, status });
    });

    it('an unreadable event is not a server error: it stays in the inbox with a note', async () => {
      const id = await event({ status: 'dead', type: 'refund.updated', payload: 'not JSON' });
      const { status, body } = await shop.post(`ops/webhooks/${id}/retry`, shop.staff.token);
      expect(status).toBe(200);
      expect(body.data).toMatchObject({ was: 'dead', status: 'pending', event: { note: expect.any(String) } });
      await shop.database.query(`UPDATE webhook_events SET status = 'dead', settled_at = now() WHERE id = $1`, [id]);
    });
  });

  describe('payments', () => {
    it('are found by any of their identifiers, by full match only', async () => {
      const someone = await createPerson(shop.database);
      const consultation_id = await createConsultation(shop.database, someone, FEE);
      const created = await shop.post<StripePayment>(
        'payments',
        someone.token,
        { consultation_id, amount: FEE, payment_method: 'stripe' },
        'search-1',
      );
      const { payment_id, checkout } = created.body.data;
      const found = async (search: string, more = '') => {
        const { status, body } = await get<Schemas['PageOfFoundPayments']>(
          `payments?search=${encodeURIComponent(search)}${more}`,
        );
        expect(status).toBe(200);
        return body.data.payments.map((row) => row.id);
      };
      expect(await found(String(payment_id))).toContain(payment_id);
      expect(await found(`order_${payment_id}`)).toEqual([payment_id]);
      // As the console calls it.
      for (const name of ['Payment', 'payment', 'Pembayaran']) {
        expect(await found(`${name} ${payment_id}`)).toEqual([payment_id]);
      }
      expect(await found(`payment ${payment_id}0000000`)).toEqual([]);
      expect(await found(someone.subject)).toEqual([payment_id]);
      expect(await found(checkout.session_id)).toEqual([payment_id]);
      expect(await found(someone.subject, '&status=completed')).toEqual([]);
      expect(await found(someone.subject.slice(0, -1))).toEqual([]);
      expect(await found('%')).toEqual([]);
      expect(await found('order_99999999999999999999')).toEqual([]);
      const { body } = await get<Schemas['PageOfFoundPayments']>(`payments?search=order_${payment_id}`);
      expect(body.data.payments[0]).toMatchObject({
        user_subject: someone.subject,
        session_id: checkout.session_id,
        dispute: null,
      });

      const manual = await paid({ user_id: someone.id, consultation_id: null, product_id: 'plan-60' });
      const [charge] = await shop.database.query<{ transaction_id: string }>(
        'SELECT transaction_id FROM charges WHERE payment_id = $1',
        [manual],
      );
      expect(await found(charge!.transaction_id)).toEqual([manual]);
      // A bank's number in either case, as when it is confirmed.
      expect(await found(charge!.transaction_id.toUpperCase())).toEqual([manual]);
      expect(await found('plan-60')).toEqual([manual]);
      const [invoice] = await shop.database.query<{ invoice_number: string }>(
        'SELECT invoice_number FROM invoices WHERE payment_id = $1',
        [payment_id],
      );
      expect(await found(invoice!.invoice_number)).toEqual([payment_id]);
      expect(await found(invoice!.invoice_number.toLowerCase())).toEqual([payment_id]);
      expect(await found(invoice!.invoice_number.slice(0, -1))).toEqual([]);
      expect(await found(someone.subject)).toEqual([manual, payment_id]);
      expect(await found(someone.subject, '&payment_method=stripe')).toEqual([payment_id]);
    });

    it('are found by their payment reference, grouped or not, in either case; a wrong check digit finds nothing', async () => {
      const made = await ask<Schemas['NewPayment']>(shop.api.url, '/api/v1/payments', {
        token: shop.patient.token,
        body: {
          consultation_id: await createConsultation(shop.database, shop.patient),
          amount: FEE,
          payment_method: 'gcash',
        },
      });
      const { id, payment_reference } = made.body.data.payment;
      const reference = payment_reference!;
      const found = async (search: string) =>
        (
          await get<Schemas['PageOfFoundPayments']>(`payments?search=${encodeURIComponent(search)}`)
        ).body.data.payments.map((one) => one.id);
      const grouped = reference.replaceAll(/(.{4})(?=.)/g, '$1 ');
      for (const text of [reference, grouped, grouped.toLowerCase(), ` ${reference} `])
        expect(await found(text)).toEqual([id]);
      const { body } = await get<Schemas['PageOfFoundPayments']>(`payments?search=${reference}`);
      expect(body.data.payments[0]!.payment_reference).toBe(reference);

      const wrong = reference.slice(0, 3) + ((Number(reference[3]) + 1) % 10) + reference.slice(4);
      expect(await found(wrong)).toEqual([]);
      // One that was given to a payment which a restore has lost: the id is another's by now, the letters are not.
      const [lost] = ['CCC', 'DDD']
        .map((letters) => creditorReference(`${id}${letters}`))
        .filter((one) => one !== reference);
      expect(await found(lost!)).toEqual([]);
      // A Stripe payment has no payment reference.
      const stripe = await paid({ payment_method: 'stripe', ref: '00000000-0000-4000-8000-000000000000' });
      expect(await found(creditorReference(`${stripe}CCC`))).toEqual([]);
    });

    it('pages list each payment once, with and without a search', async () => {
      const someone = await createPerson(shop.database);
      const mine: number[] = [];
      for (let n = 0; n < 5; n++)
        mine.unshift(
          await paid({
            user_id: someone.id,
            consultation_id: await createConsultation(shop.database, someone),
            payment_method: n % 2 ? 'gcash' : 'bank_transfer',
          }),
        );
      const ids = async (path: string) => (await pages(path, 'payments')).map((row) => row.id);
      expect(await ids(`payments?search=${someone.subject}`)).toEqual(mine);
      expect(await ids(`payments?search=${someone.subject}&payment_method=gcash`)).toEqual([mine[1], mine[3]]);
      const all = await shop.database.query<{ id: string }>('SELECT id FROM payments ORDER BY id DESC');
      expect(await ids('payments')).toEqual(all.map((row) => Number(row.id)));
    });

    it('name their product, and are found by its name, in either case', async () => {
      await shop.database.query(
        `INSERT INTO products (id, name, price, currency) VALUES ('named-plan', 'Plan of a Name', 5000, 'idr')`,
      );
      const named = await paid({ consultation_id: null, product_id: 'named-plan' });
      const unnamed = await paid();
      const by = async (search: string) =>
        (await get<Schemas['PageOfFoundPayments']>(`payments?search=${encodeURIComponent(search)}`)).body.data.payments;
      expect(await by('plan of a name')).toMatchObject([{ id: named, product_name: 'Plan of a Name' }]);
      expect(await by('Plan of a')).toEqual([]);
      expect(await by(`order_${unnamed}`)).toMatchObject([{ id: unnamed, product_name: null }]);
    });

    it('are filtered by consultation and by whether they are processing', async () => {
      const consultation_id = await createConsultation(shop.database, shop.patient);
      const waits = await paid({ consultation_id, status: 'pending' });
      const ids = async (query: string) =>
        (await pages(`payments?${query}`, 'payments', 50)).map((row) => row.id).filter((id) => id === waits);
      const { body } = await get<Schemas['PageOfFoundPayments']>(`payments?consultation_id=${consultation_id}`);
      expect(body.data.payments).toMatchObject([{ id: waits, user_subject: shop.patient.subject }]);
      expect([await ids('processing=true'), await ids('status=pending&processing=false')]).toEqual([[], [waits]]);
      await shop.database.query('UPDATE payments SET processing = true WHERE id = $1', [waits]);
      expect([await ids('processing=true'), await ids('status=pending&processing=false')]).toEqual([[waits], []]);
    });

    it('the race lab’s payments can be excluded', async () => {
      const [row] = await shop.database.query<{ id: string }>(
        `INSERT INTO users (subject) VALUES ('race-lab-patient-1') RETURNING id`,
      );
      const made = await paid({ user_id: Number(row!.id), consultation_id: null, product_id: 'plan-60' });
      const real = await paid();
      const ids = async (query: string) => (await pages(`payments${query}`, 'payments', 50)).map(({ id }) => id);
      expect((await ids('')).slice(0, 2)).toEqual([real, made]);
      expect((await ids('?lab=include')).slice(0, 2)).toEqual([real, made]);
      expect(await ids('?lab=exclude')).toContain(real);
      expect(await ids('?lab=exclude')).not.toContain(made);
      expect(await ids('?search=race-lab-patient-1')).toEqual([made]);
    });

    it('payments with a refund owed are found', async () => {
      const owed = await paid({ status: 'refunded' });
      // What failed after it had succeeded: charge and refund go back, the payment says what is owed.
      await shop.database.query(
        `WITH r AS (UPDATE refunds SET status = 'failed' WHERE payment_id = $1),
         c AS (UPDATE charges SET amount_returned = 0 WHERE payment_id = $1)
         UPDATE payments SET refund_owed = refunded_amount WHERE id = $1`,
        [owed],
      );
      const { body } = await get<Schemas['PageOfFoundPayments']>('payments?refund_owed=true');
      expect(body.data.payments.map((row) => row.id)).toEqual([owed]);
      expect(body.data.payments[0]).toMatchObject({ refund_owed: FEE });
      expect((await pages('payments?refund_owed=false', 'payments', 50)).map((row) => row.id)).not.toContain(owed);
    });

    it.each([
      [
        'charges_provider_transaction_unique',
        `SELECT c.payment_id FROM charges c WHERE c.transaction_id = 'x' AND c.transfer_id IS NULL`,
      ],
      [
        'transfers_transaction_unique',
        `SELECT t.id FROM transfers t
         WHERE t.payment_method = 'gcash' AND upper(t.transaction_id) = upper('x') AND t.voided_at IS NULL`,
      ],
      ['transfers_by_transaction', `SELECT t.id FROM transfers t WHERE upper(t.transaction_id) = upper('x')`],
      ['charges_of_transfer', 'SELECT c.payment_id FROM charges c WHERE c.transfer_id = 1'],
    ])('a charge is found by its transaction through the index %s', async (index, sql) => {
      const client = await shop.database.connect();
      try {
        await client.query('BEGIN; SET LOCAL enable_seqscan = off');
        const { rows } = await client.query(`EXPLAIN ${sql}`);
        expect(JSON.stringify(rows)).toContain(index);
      } finally {
        await client.end();
      }
    });
  });

  it('charges are filtered by disposition', async () => {
    const payment_id = await paid();
    const quarantined: number[] = [];
    for (let n = 0; n < 3; n++) {
      const [row] = await shop.database.query<{ id: string }>(
        `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
         VALUES ('stripe', $1, $2, 700, 'idr', 'quarantined') RETURNING id`,
        [`pi_quarantined_${n}`, payment_id],
      );
      quarantined.unshift(Number(row!.id));
    }
    const rows = await pages('charges?disposition=quarantined', 'charges');
    expect(rows.map((row) => row.id)).toEqual(quarantined);
    expect(rows[0]).toMatchObject({ payment_id, amount_received: 700, amount_returned: 0, disposition: 'quarantined' });
    const accepted = await pages('charges?disposition=accepted', 'charges', 50);
    expect(new Set(accepted.map((row) => row.id)).size).toBe(accepted.length);
    expect(accepted.map((row) => row.id)).not.toContain(quarantined[0]);
    expect((await pages('charges', 'charges', 100)).length).toBeGreaterThan(accepted.length);
  });

  it('refunds of all payments are filtered by state and found by their bank reference', async () => {
    const refunded: number[] = [];
    for (let n = 0; n < 3; n++) refunded.unshift(await paid({ status: 'refunded' }));
    const rows = await pages('refunds', 'refunds');
    expect(rows.slice(0, 3)).toMatchObject(
      refunded.map((payment_id) => ({ payment_id, amount: FEE, status: 'succeeded', automatic: false })),
    );
    const [{ transaction_id }] = rows as [{ id: number; transaction_id: string }];
    const by = async (text: string) =>
      (await get<Schemas['PageOfFoundPayments']>(`payments?search=${text}`)).body.data.payments;
    expect(await by(transaction_id)).toMatchObject([{ id: refunded[0] }]);
    const kept = await paid();
    const asked = await shop.post<Schemas['RefundedPayment']>(`payments/${kept}/refund`, shop.staff.token, {
      amount: 1,
      reason: 'a part',
    });
    expect(asked.status).toBe(200);
    const ofKept = async (status: string) =>
      (await pages(`refunds?status=${status}`, 'refunds')).filter(({ payment_id }) => payment_id === kept);
    expect(await ofKept('pending')).toMatchObject([{ payment_id: kept, amount: 1 }]);
    const done = await pages('refunds?status=succeeded', 'refunds', 50);
    expect(new Set(done.map(({ id }) => id)).size).toBe(done.length);
    expect(done).not.toContainEqual(expect.objectContaining({ payment_id: kept }));
    expect(await ofKept('cancelled')).toEqual([]);
    const withdrawn = `payments/${kept}/refunds/${asked.body.data.refund.id}/withdraw`;
    expect((await shop.post(withdrawn, shop.staff.token)).status).toBe(200);
    expect(await ofKept('cancelled')).toMatchObject([{ payment_id: kept }]);
    expect(await ofKept('pending')).toEqual([]);
    expect((await get('refunds?status=lost')).status).toBe(422);
  });

  it('locks that are held now are listed with holder and remaining time, from Postgres and Redis', async () => {
    const order = (await shop.checkout('plan-30')).body.data;
    await shop.database.query(
      `INSERT INTO concurrency_locks (lock_key, owner, user_id, product_id, request_id, expires_at) VALUES
         ('held', gen_random_uuid(), $1, 'plan', 'req-1', now() + interval '1 minute'),
         ('nobody', gen_random_uuid(), 999999, null, null, now() + interval '2 minutes'),
         ('purchase:complete:' || $2, gen_random_uuid(), null, null, null, now() + interval '3 minutes'),
         ('lapsed', gen_random_uuid(), $1, null, null, now() - interval '1 second')`,
      [shop.patient.id, order.payment.id],
    );
    const { Redis } = await import('ioredis');
    const client = new Redis(redis.url);
    try {
      const [now] = await shop.database.query<{ epoch: string }>('SELECT current_installation_epoch() AS epoch');
      await client.set(`payonce:${now!.epoch}:purchase:complete:999999999`, 'owner', 'PX', 60_000);
      await client.set('payonce:another life:purchase:complete:1', 'owner', 'PX', 60_000);
      await client.set('payonce:answer:abc', 'bytes', 'PX', 60_000);
      await client.set(`payonce:${now!.epoch}:probe:abc`, 'owner', 'PX', 60_000);
      await client.set('somebody-else', 'owner', 'PX', 60_000);
      const { status, body, text } = await get<Schemas['HeldLocks']>('locks');
      expect(status).toBe(200);
      expect(body.data.backend).toBe('redis');
      expect(body.data.postgres.locks).toMatchObject([
        {
          lock_key: 'held',
          user_id: shop.patient.id,
          user_subject: shop.patient.subject,
          product_id: 'plan',
          request_id: 'req-1',
        },
        { lock_key: 'nobody', user_id: 999_999, user_subject: null },
        // Of a payment: what it is for, also where the holder, as a webhook, did not say so.
        {
          lock_key: `purchase:complete:${order.payment.id}`,
          user_id: null,
          product_id: 'plan-30',
          consultation_id: null,
        },
      ]);
      expect(body.data.postgres.locks[0]!.left_ms).toBeGreaterThan(50_000);
      expect(body.data.redis).toMatchObject([{ node: 0, reachable: true, cut_short: false }]);
      expect(body.data.redis[0]!.locks).toEqual([
        {
          lock_key: 'purchase:complete:999999999',
          // Held by a version that wrote no record beside it.
          user_id: null,
          user_subject: null,
          product_id: null,
          consultation_id: null,
          request_id: null,
          created_at: null,
          left_ms: expect.any(Number) as number,
        },
      ]);
      expect(body.data.redis[0]!.locks[0]!.left_ms).toBeGreaterThan(50_000);
      // The owner's random value is what releases a lock.
      expect(text).not.toContain('owner');
    } finally {
      client.disconnect();
    }
  });

  it('while Redis is down the lock report says so at once, and lists the locks in Postgres after the fallback', async () => {
    await redis.kill();
    try {
      await shop.create(await shop.consultation());
      const { status, body } = await get<Schemas['HeldLocks']>('locks');
      expect(status).toBe(200);
      expect(body.data).toMatchObject({ backend: 'postgres', redis: [{ node: 0, reachable: false, locks: [] }] });
    } finally {
      await redis.start();
    }
  });

  it('idempotency keys are listed with their owners, never with request or answer bodies', async () => {
    const someone = await createPerson(shop.database);
    for (let n = 0; n < 3; n++) {
      const consultation_id = await createConsultation(shop.database, someone, FEE);
      const body = { consultation_id, amount: FEE, payment_method: 'gcash', metadata: { secret: 'between us' } };
      expect((await shop.post('payments', someone.token, body, `ops-key-${n}`)).status).toBe(201);
    }
    await shop.database.query(
      `INSERT INTO client_idempotency (caller, method, route, idempotency_key, fingerprint, owner, lease_expires_at, expires_at)
       VALUES ($1, 'POST', '/x', 'ops-running', 'print', gen_random_uuid(), now() + interval '5 s', now() + interval '1 day')`,
      [`user:${someone.id}`],
    );
    const keys = await pages(`keys?user_id=${someone.id}`, 'keys');
    expect(keys.map((key) => (key as { idempotency_key?: string }).idempotency_key)).toEqual([
      'ops-running',
      'ops-key-2',
      'ops-key-1',
      'ops-key-0',
    ]);
    expect(keys[1]).toMatchObject({
      user_id: someone.id,
      user_subject: someone.subject,
      method: 'POST',
      route: '/api/v1/payments',
      response_status: 201,
      resource: expect.stringMatching(/^\d+$/),
      finished_at: expect.any(String),
      expires_at: expect.any(String),
      lease_expires_at: expect.any(String),
    });
    const running = await get<Schemas['PageOfKeys']>(`keys?user_id=${someone.id}&state=running`);
    expect(running.body.data.keys).toMatchObject([{ idempotency_key: 'ops-running', finished_at: null }]);
    expect((await pages(`keys?user_id=${someone.id}&state=finished`, 'keys')).length).toBe(3);
    const { text } = await get(`keys?user_id=${someone.id}`);
    for (const secret of ['between us', 'fingerprint', 'response_body', 'owner']) expect(text).not.toContain(secret);
  });

  describe('the live stream', () => {
    const remember = async (action: string, client: { query(sql: string, values: unknown[]): Promise<unknown> }) =>
      client.query(`INSERT INTO audit_log (action, detail) VALUES ($1, '{"text":"two\\nlines"}')`, [action]);

    it('sends new entries, and resumes after Last-Event-ID', async () => {
      const first = await watch(shop.api, shop.staff.token);
      expect(first.status).toBe(200);
      expect(first.headers.get('content-type')).toContain('text/event-stream');
      expect(first.headers.get('x-request-id')).toMatch(/./);
      const created = await shop.create(await shop.consultation());
      const { payment_id } = created.body.data;
      const seen = await first.until((entry) => entry.action === 'payment.created' && entry.payment_id === payment_id);
      expect(seen.request_id).toBe(created.body.request_id);
      const document = new ByDocument(await readDocument(shop.api.url));
      expect(document.faultsOfEvent('GET /api/v1/ops/live', seen)).toEqual([]);
      first.leave();

      await remember('test.while_away', shop.database);
      const again = await watch(shop.api, shop.staff.token, String(seen.id));
      await again.until((entry) => entry.action === 'test.while_away');
      expect(again.entries.map((entry) => entry.id)).not.toContain(seen.id);
      const ids = again.entries.map((entry) => entry.id);
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
      expect(again.entries.at(-1)!.detail).toEqual({ text: 'two\nlines' });
      again.leave();
    });

    it('an entry committed after one with a higher id is neither lost nor sent out of order', async () => {
      const stream = await watch(shop.api, shop.staff.token);
      const slow = await shop.database.connect();
      try {
        await slow.query('BEGIN');
        await remember('test.slow', slow);
        await remember('test.quick', shop.database);
        await new Promise((resolve) => setTimeout(resolve, 2_500));
        expect(stream.entries.map((entry) => entry.action)).not.toContain('test.quick');
        await slow.query('COMMIT');
      } finally {
        await slow.end();
      }
      await stream.until((entry) => entry.action === 'test.quick');
      const told = stream.entries.map((entry) => entry.action).filter((action) => action.startsWith('test.'));
      expect(told).toEqual(['test.slow', 'test.quick']);
      stream.leave();
    });

    it('the id of a rolled-back entry delays the stream, and does not stop it', async () => {
      const stream = await watch(shop.api, shop.staff.token);
      const undone = await shop.database.connect();
      await undone.query('BEGIN');
      await remember('test.undone', undone);
      await undone.query('ROLLBACK');
      await undone.end();
      await remember('test.after', shop.database);
      await stream.until((entry) => entry.action === 'test.after');
      stream.leave();
    });

    it('twenty streams are served; the next gets Retry-After and is served once one has closed', async () => {
      const watching = await Promise.all(Array.from({ length: 20 }, () => watch(shop.api, shop.staff.token)));
      expect(watching.map(({ status }) => status)).toEqual(Array<number>(20).fill(200));
      const refused = await get('live');
      expect(refused).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } });
      expect(refused.headers.get('retry-after')).toBe('5');
      for (const one of watching) one.leave();
      await eventually(async () => {
        const next = await watch(shop.api, shop.staff.token);
        next.leave();
        return next.status === 200;
      }, 'there is room again');
    });

    it('the API shuts down cleanly with streams open, and closes them', async () => {
      const api = await startApi(shop.env());
      const stream = await watch(api, shop.staff.token);
      const asked = performance.now();
      expect(await api.stop()).toBe(0);
      await stream.ended;
      expect(performance.now() - asked).toBeLessThan(5_000);
    });
  });
});

/** What the lists have in common: each has its rows in one of these members. */
interface Row {
  readonly id: number;
  readonly payment_id?: number | null;
}
type Rows = { readonly [list in 'events' | 'payments' | 'charges' | 'refunds' | 'keys']?: readonly Row[] };

/** Some tests write entries with actions of their own. */
type LiveEntry = Omit<Schemas['LiveEntry'], 'action'> & { readonly action: string };

/** A stream as a client has it, since its first bytes have come. */
async function watch(api: Program, token: string, last?: string) {
  const stop = new AbortController();
  const response = await fetch(`${api.url}/api/v1/ops/live`, {
    headers: { authorization: `Bearer ${token}`, ...(last === undefined ? {} : { 'last-event-id': last }) },
    signal: stop.signal,
  });
  const entries: LiveEntry[] = [];
  const read = async () => {
    let text = '';
    try {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) {
          const fields = new Map(
            block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]),
          );
          if (fields.get('event') !== 'audit') continue;
          const entry = JSON.parse(fields.get('data')!) as LiveEntry;
          expect(String(entry.id)).toBe(fields.get('id'));
          entries.push(entry);
        }
      }
    } catch {
      // Left, or cut off: the end either way.
    }
  };
  return {
    status: response.status,
    headers: response.headers,
    entries,
    ended: read(),
    until: (is: (entry: LiveEntry) => boolean) => eventually(() => entries.find(is), 'the stream tells of it', 20_000),
    leave: () => stop.abort(),
  };
}
