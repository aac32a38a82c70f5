import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { ask, type Reply } from '../support/http.js';
import { type Program, startApi } from '../support/processes.js';
import { FEE, openShop, type Shop, untilAnswered } from './support/shop.js';

/** Beside an API with a Stripe key runs one without, on the same database: as after the key was removed. */
describe('without a Stripe key', () => {
  let shop: Shop;
  let keyless: Program;

  beforeAll(async () => {
    shop = await openShop();
    const NONE = { STRIPE_SECRET_KEY: undefined, STRIPE_WEBHOOK_SECRET: undefined, STRIPE_API_URL: undefined };
    keyless = await startApi(shop.env(NONE));
  });

  afterAll(async () => {
    await keyless?.stop();
    await shop?.close();
  });

  const codeOf = ({ status, body, headers }: Reply) => [status, body.code, headers.get('retry-after')] as const;
  const NOT_CONFIGURED = [422, 'STRIPE_NOT_CONFIGURED', null];
  /** What exists already is the server's to finish: it can be asked for again, though not at once. */
  const UNAVAILABLE = [503, 'STRIPE_UNAVAILABLE', '60'];

  /** Everything that a request could leave behind. */
  const rows = async () =>
    (
      await shop.database.query(
        `SELECT (SELECT count(*) FROM payments) AS payments, (SELECT count(*) FROM stripe_sessions) AS sessions,
                (SELECT count(*) FROM refunds) AS refunds, (SELECT count(*) FROM client_idempotency) AS keys,
                (SELECT count(*) FROM audit_log) AS audited`,
      )
    )[0];

  async function expectNoTrace(send: () => Promise<void>): Promise<void> {
    const before = { rows: await rows(), calls: (await shop.requests()).length };
    await send();
    expect({ rows: await rows(), calls: (await shop.requests()).length }).toEqual(before);
  }

  describe('new requests are 422 STRIPE_NOT_CONFIGURED at once, and write nothing', () => {
    it('create, whose key is free for another method', async () => {
      const consultation_id = await shop.consultation();
      await expectNoTrace(async () => {
        const reply = await shop.create(consultation_id, 'no-stripe', keyless);
        expect(codeOf(reply)).toEqual(NOT_CONFIGURED);
        expect(reply.body.message).not.toMatch(/again/i);
        expect(reply.body.data).toBeUndefined();
      });
      const body = { consultation_id, amount: FEE, payment_method: 'gcash' };
      expect((await shop.post('payments', shop.patient.token, body, 'no-stripe', keyless)).status).toBe(201);
    });

    it('create, whatever other fields are invalid', async () => {
      const body = { consultation_id: 987_654, amount: 1, payment_method: 'stripe' };
      await expectNoTrace(async () => {
        expect(codeOf(await shop.post('payments', shop.patient.token, body, undefined, keyless))).toEqual(
          NOT_CONFIGURED,
        );
      });
    });

    it('checkout, also of an unknown product, and in Indonesian', async () => {
      await expectNoTrace(async () => {
        for (const product_id of ['plan-1', 'nothing']) {
          const reply = await shop.checkout(product_id, {}, `no-stripe-${product_id}`, keyless);
          expect(codeOf(reply)).toEqual(NOT_CONFIGURED);
        }
      });
      const headers = { 'accept-language': 'id' };
      const { body } = await ask(keyless.url, '/api/v1/checkout', {
        token: shop.patient.token,
        headers,
        body: { product_id: 'plan-1' },
      });
      expect(body.message).toMatch(/^Pembayaran melalui Stripe tidak tersedia/);
    });

    it('create and checkout beside an earlier payment: no second one, and it is unchanged', async () => {
      const consultation_id = await shop.consultation();
      const { payment_id, checkout } = (await shop.create(consultation_id)).body.data;
      const order = (await shop.checkout('plan-2')).body.data;
      await expectNoTrace(async () => {
        expect(codeOf(await shop.create(consultation_id, undefined, keyless))).toEqual(NOT_CONFIGURED);
        expect(codeOf(await shop.checkout('plan-2', {}, undefined, keyless))).toEqual(NOT_CONFIGURED);
      });
      // By another method it is named; its page at Stripe can still be paid on.
      const other = await shop.post<Schemas['ExistingPayment']>(
        'payments',
        shop.patient.token,
        { consultation_id, amount: FEE, payment_method: 'gcash' },
        undefined,
        keyless,
      );
      expect([other.status, other.body.data.payment_id, other.body.data.checkout]).toEqual([409, payment_id, checkout]);
      expect((await shop.checkout('plan-2')).body.data.session_id).toBe(order.session_id);
    });
  });

  describe('requests begun with a key are 503 STRIPE_UNAVAILABLE, and continue once there is one', () => {
    const paid = async () => {
      const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
      await shop.faults({ webhooks: { lose: true } });
      const { payment_intent } = await shop.pay(checkout.session_id);
      return { payment_id, payment_intent };
    };

    it('create and checkout under a key whose payment has no answer from Stripe yet', async () => {
      const consultation_id = await shop.consultation();
      await shop.faults({ reset: { path: '/v1/checkout/sessions', method: 'POST' } });
      expect((await shop.create(consultation_id, 'begun')).status).toBe(503);
      expect((await shop.checkout('plan-3', {}, 'begun')).status).toBe(503);
      await shop.faults({});
      const reply = await shop.create(consultation_id, 'begun', keyless);
      expect(codeOf(reply)).toEqual(UNAVAILABLE);
      expect(reply.body.message).toMatch(/no Stripe key is configured/);
      expect(codeOf(await shop.checkout('plan-3', {}, 'begun', keyless))).toEqual(UNAVAILABLE);
      // The breaker may still be open after the failures.
      expect((await untilAnswered(async () => shop.create(consultation_id, 'begun'))).status).toBe(201);
      expect((await untilAnswered(async () => shop.checkout('plan-3', {}, 'begun'))).status).toBe(200);
    });

    it('confirm, then refund: no refund is reserved', async () => {
      const { payment_id, payment_intent } = await paid();
      const confirm = (on?: Program) =>
        shop.post(`payments/${payment_id}/confirm`, shop.patient.token, { transaction_id: payment_intent }, 'c', on);
      await expectNoTrace(async () => expect(codeOf(await confirm(keyless))).toEqual(UNAVAILABLE));
      expect((await confirm()).status).toBe(200);

      const refund = (on?: Program) =>
        shop.post(`payments/${payment_id}/refund`, shop.staff.token, { reason: 'asked for' }, 'r', on);
      await expectNoTrace(async () => expect(codeOf(await refund(keyless))).toEqual(UNAVAILABLE));
      expect((await refund()).status).toBe(200);
    });

    it('cancel: the page may still be paid on', async () => {
      const { payment_id } = (await shop.create(await shop.consultation())).body.data;
      const cancel = (on?: Program) =>
        shop.post(`payments/${payment_id}/cancel`, shop.patient.token, undefined, undefined, on);
      expect(codeOf(await cancel(keyless))).toEqual(UNAVAILABLE);
      expect((await shop.payment(payment_id)).status).toBe('pending');
      expect((await cancel()).status).toBe(200);
    });

    it('a decision about quarantined money', async () => {
      const { payment_id, payment_intent } = await paid();
      const [charge] = await shop.database.query<{ id: number }>(
        `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
         VALUES ('stripe', $1, $2, 4400, 'idr', 'quarantined') RETURNING id::int AS id`,
        [payment_intent, payment_id],
      );
      for (const [how, body] of [
        ['accept', {}],
        ['refund', { reason: 'asked for' }],
      ] as const) {
        const path = `ops/charges/${charge!.id}/${how}`;
        expect(codeOf(await shop.post(path, shop.staff.token, body, undefined, keyless))).toEqual(UNAVAILABLE);
      }
      const accepted = await shop.post(`ops/charges/${charge!.id}/accept`, shop.staff.token, {});
      expect(accepted.status).toBe(200);
    });
  });

  it('/ready says so, and is not degraded; with a working key it is up', async () => {
    const ready = async ({ url }: Program) => (await ask<Schemas['Health']>(url, '/api/v1/health/ready')).body.data;
    const without = await ready(keyless);
    expect([without.status, without.dependencies.stripe]).toEqual([
      'ready',
      { status: 'not_configured', required: false },
    ]);
    expect((await ready(shop.api)).dependencies.stripe).toEqual({ status: 'up', required: false });
  });

  it('/app-config.json says so to the pages', async () => {
    const facts = async ({ url }: Program) => (await fetch(`${url}/app-config.json`)).json();
    expect([await facts(keyless), await facts(shop.api)]).toMatchObject([
      { page_methods: [] },
      { page_methods: ['stripe'] },
    ]);
  });
});
