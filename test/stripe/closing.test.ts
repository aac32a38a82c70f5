import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { OpenCheckout } from '../support/answers.js';
import { held } from '../simulator/support/held.js';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { createPerson } from '../support/people.js';
import { startWorker } from '../support/processes.js';
import { countMoney, FEE, openShop, PRICE, type Shop, untilAnswered } from './support/shop.js';

const EXPIRE = '/v1/checkout/sessions/*/expire';

/** What is closed takes no more money: open pages are expired, and money that still arrives is refunded once. */
describe('closing a consultation or a product', () => {
  let shop: Shop;
  let products = 0;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());
  afterEach(() => shop.faults({}));

  const patch = <Data>(path: string, body: unknown): Promise<Reply<Data>> =>
    ask<Data>(shop.api.url, `/api/v1/${path}`, { method: 'PATCH', token: shop.staff.token, body });
  const session = (id: string) => shop.simulator.stripe().checkout.sessions.retrieve(id);
  /** What the worker still has to close of it. */
  const closings = (path: string) =>
    shop.database.query('SELECT id FROM page_closings WHERE coalesce(consultation_id::text, product_id) = $1', [
      path.split('/')[1],
    ]);
  const dueNow = () => shop.database.query(`UPDATE page_closings SET next_try_at = least(next_try_at, now())`);
  const code = ({ status, body }: Reply) => [status, body.code];
  const accounted = async () => {
    const money = await countMoney(shop);
    expect(money.unaccounted).toEqual([]);
    expect(money.ours).toEqual(money.stripe);
  };

  type Changed = Schemas['ChangedConsultation'] | Schemas['ChangedProduct'];
  interface Opened {
    readonly path: string;
    readonly payment_id: number;
    readonly page: string;
    readonly again: () => Promise<Reply>;
    readonly refusal: string;
  }
  async function consultation(): Promise<Opened> {
    const id = await shop.consultation();
    const { payment_id, checkout } = (await untilAnswered(() => shop.create(id))).body.data;
    const again = () => untilAnswered(() => shop.create(id));
    return {
      path: `consultations/${id}`,
      payment_id,
      page: checkout.session_id,
      again,
      refusal: 'CONSULTATION_CLOSED',
    };
  }
  async function product(): Promise<Opened> {
    const id = `plan-${(products += 1)}`;
    const { payment, session_id } = (await untilAnswered(() => shop.checkout(id))).body.data;
    const again = () => untilAnswered(() => shop.checkout(id));
    return { path: `products/${id}`, payment_id: payment.id, page: session_id, again, refusal: 'PRODUCT_CLOSED' };
  }
  const THINGS = [
    ['consultation', consultation],
    ['product', product],
  ] as const;

  describe.each(THINGS)('a %s', (what, open) => {
    const named = ({ body: { data } }: Reply<Changed>) =>
      'open_payments' in data ? data.open_payments.payments : [data.live_payment];
    const shown = ({ body: { data } }: Reply<Changed>) => ('product' in data ? data.product : data.consultation);

    it('returns the open payment, expires its page at once, and can no longer be paid', async () => {
      const object = await open();
      const closed = await patch<Changed>(object.path, { status: 'closed' });
      expect(named(closed)).toEqual([expect.objectContaining({ id: object.payment_id, status: 'cancelled' })]);
      expect(shown(closed).closed_at).toEqual(expect.any(String));
      expect((await session(object.page)).status).toBe('expired');
      expect(await shop.payment(object.payment_id)).toMatchObject({ status: 'cancelled', invoice: 'void' });
      expect(code(await object.again())).toEqual([409, object.refusal]);
      expect(await closings(object.path)).toHaveLength(1);
      await shop.sweepUntil('nothing is left to close', async () => {
        await dueNow();
        return (await closings(object.path)).length === 0;
      });
    });

    it('closes while Stripe is unavailable; no page is returned, and the worker expires it later', async () => {
      const object = await open();
      await shop.faults({ reset: { path: EXPIRE } });
      const closed = await patch<Changed>(object.path, { status: 'closed' });
      expect([closed.status, named(closed)]).toEqual([
        200,
        [expect.objectContaining({ id: object.payment_id, status: 'pending' })],
      ]);
      const { data } = (await shop.get<Schemas['WholePayment']>(`payments/${object.payment_id}`, shop.patient.token))
        .body;
      expect([data.payment.status, data.checkout, data.outdated!.reason]).toEqual(['pending', null, 'closed']);
      await shop.faults({});
      await shop.sweepUntil('its page is expired', async () => {
        await dueNow();
        return (await session(object.page)).status === 'expired';
      });
      expect((await shop.payment(object.payment_id)).status).toBe('cancelled');
    });

    it('closes without waiting for a Stripe that does not answer', async () => {
      const object = await open();
      await shop.faults({ hold: { path: EXPIRE } });
      const closed = await patch<Changed>(object.path, { status: 'closed' });
      expect([closed.status, named(closed)[0]!.status]).toEqual([200, 'pending']);
      await shop.faults({});
      await shop.simulator.sim('faults/release', {});
      // By the released call, or by the worker if that call had timed out by then. After a timeout, the call may still have
      // expired the page at Stripe; if that is read first, the payment is expired, and there is nothing left to cancel.
      await shop.sweepUntil('its payment is over', async () => {
        await dueNow();
        return ['cancelled', 'expired'].includes((await shop.payment(object.payment_id)).status);
      });
      expect((await session(object.page)).status).toBe('expired');
    });

    it('money taken after the closing is refunded once, however often it is reported; the payment ends cancelled', async () => {
      const object = await open();
      await shop.faults({ reset: { path: EXPIRE }, webhooks: { duplicate: 3 } });
      await patch<Changed>(object.path, { status: 'closed' });
      // Stripe's times are whole seconds; of the second of the closing itself, the payer has the benefit.
      await shop.simulator.sim('clock', { advance_seconds: 2 });
      const { payment_intent } = await shop.pay(object.page);
      await shop.faults({});
      await shop.sweepUntil('it is refunded', async () =>
        (await shop.payment(object.payment_id)).refunds.includes(
          `succeeded ${what === 'product' ? PRICE : FEE} automatic`,
        ),
      );
      const amount = what === 'product' ? PRICE : FEE;
      expect(await shop.payment(object.payment_id)).toMatchObject({
        status: 'cancelled',
        invoice: 'void',
        charges: [`returned ${amount} ${amount}`],
        refunds: [`succeeded ${amount} automatic`],
      });
      const { refunds } = await shop.ledger();
      expect(refunds.filter((refund) => refund.payment_intent === payment_intent)).toHaveLength(1);
      const { data } = (await shop.get<Schemas['WholePayment']>(`payments/${object.payment_id}`, shop.patient.token))
        .body;
      expect(data.unused_money).toBe('gone_back');
      expect(code(await object.again())).toEqual([409, object.refusal]);
      await accounted();
    });

    it('paid during the closing, before Stripe expires the page: counted once, by the time of the charge', async () => {
      const object = await open();
      await shop.faults({ hold: { path: EXPIRE }, webhooks: { lose: true } });
      const closing = patch<Changed>(object.path, { status: 'closed' });
      await held(shop.simulator, 1);
      await shop.pay(object.page);
      await shop.simulator.sim('faults/release', {});
      await closing;
      await shop.faults({});
      await shop.sweepUntil(
        'its money is booked',
        async () => (await shop.payment(object.payment_id)).status !== 'pending',
      );
      const [row] = await shop.database.query<{ late: boolean; status: string; disposition: string }>(
        `SELECT h.received_at > coalesce(c.closed_at, d.closed_at) AS late, p.status, h.disposition
         FROM payments p JOIN charges h ON h.payment_id = p.id
         LEFT JOIN consultations c ON c.id = p.consultation_id LEFT JOIN products d ON d.id = p.product_id
         WHERE p.id = $1`,
        [object.payment_id],
      );
      expect([row!.status, row!.disposition]).toEqual(
        row!.late ? ['cancelled', 'returned'] : ['completed', 'accepted'],
      );
      await shop.sweepUntil(
        'all money is accounted for',
        async () => (await countMoney(shop)).unaccounted.length === 0,
      );
      await accounted();
    });

    it('money taken before the closing completes the payment, which is returned; reopened, it can be paid again', async () => {
      const object = await open();
      await shop.pay(object.page);
      await shop.sweepUntil('it is paid', async () => (await shop.payment(object.payment_id)).status === 'completed');
      const closed = await patch<Changed>(object.path, { status: 'closed' });
      expect(named(closed)).toEqual(
        what === 'product' ? [] : [{ id: object.payment_id, status: 'completed', amount: FEE }],
      );
      expect((await shop.payment(object.payment_id)).status).toBe('completed');
      const reopened = await patch<Changed>(object.path, { status: 'open' });
      expect(shown(reopened)).toMatchObject({ status: 'open', closed_at: null });
      const again = await object.again();
      expect(again.status).toBe(what === 'product' ? 200 : 409);
      await accounted();
    });

    it('money taken before the closing and reported after it completes the payment', async () => {
      const object = await open();
      await shop.faults({ webhooks: { lose: true }, reset: { path: EXPIRE } });
      await shop.pay(object.page);
      await patch<Changed>(object.path, { status: 'closed' });
      expect((await shop.payment(object.payment_id)).status).toBe('pending');
      // A charge is dated by when Stripe took it, here long before the closing.
      await shop.database.query(`
        CREATE FUNCTION taken_an_hour_ago() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN NEW.received_at := now() - interval '1 hour'; RETURN NEW; END $$;
        CREATE TRIGGER taken_an_hour_ago BEFORE INSERT ON charges FOR EACH ROW EXECUTE FUNCTION taken_an_hour_ago()`);
      try {
        await shop.faults({ webhooks: { lose: true } });
        await shop.sweepUntil('it is paid', async () => (await shop.payment(object.payment_id)).status === 'completed');
      } finally {
        await shop.database.query('DROP TRIGGER taken_an_hour_ago ON charges; DROP FUNCTION taken_an_hour_ago');
      }
      const amount = what === 'product' ? PRICE : FEE;
      expect(await shop.payment(object.payment_id)).toMatchObject({ charges: [`accepted ${amount} 0`], refunds: [] });
      await accounted();
    });

    it('a repeated create does not return its page, also while Stripe is unavailable', async () => {
      const object = await open();
      await shop.faults({ reset: { path: EXPIRE } });
      await patch<Changed>(object.path, { status: 'closed' });
      expect(code(await object.again())).toEqual([409, object.refusal]);
      await shop.faults({});
      await eventually(async () => {
        expect(code(await object.again())).toEqual([409, object.refusal]);
        return (await session(object.page)).status === 'expired';
      }, 'its page is expired by the next who comes');
    });

    it('closed_at follows the status, whatever statement sets it, and is kept by a second closing', async () => {
      const { path } = await open();
      const [table, id] = path.split('/') as [string, string];
      const column = async (set: string) => {
        const [row] = await shop.database.query<{ closed_at: Date | null }>(
          `WITH changed AS (UPDATE ${table} SET ${set} WHERE id::text = $1 RETURNING closed_at) SELECT * FROM changed`,
          [id],
        );
        return row!.closed_at;
      };
      const closed = await column(`status = 'closed'`);
      expect(closed).toBeInstanceOf(Date);
      expect(await column(`status = 'closed'`)).toEqual(closed);
      expect(await column('closed_at = NULL')).toEqual(closed);
      expect(await column(`status = 'open'`)).toBeNull();
      expect(await column('closed_at = now()')).toBeNull();
    });

    it('reopened before its page was expired: the page stays open, and pays', async () => {
      const object = await open();
      await shop.faults({ reset: { path: EXPIRE } });
      await patch<Changed>(object.path, { status: 'closed' });
      await patch<Changed>(object.path, { status: 'open' });
      await shop.faults({});
      const { data } = (
        await untilAnswered(() =>
          shop.get<Schemas['WholePayment']>(`payments/${object.payment_id}`, shop.patient.token),
        )
      ).body;
      expect(data.checkout!.session_id).toBe(object.page);
      expect(await closings(object.path)).toEqual([]);
      await shop.pay(object.page);
      await shop.sweepUntil('it is paid', async () => (await shop.payment(object.payment_id)).status === 'completed');
      await accounted();
    });

    it('a processing payment is not cancelled, and is returned as it is', async () => {
      const object = await open();
      await shop.pay(object.page, 'async_pending');
      await eventually(async () => (await shop.payment(object.payment_id)).processing, 'it is on its way');
      expect(named(await patch<Changed>(object.path, { status: 'closed' }))).toEqual([
        expect.objectContaining({ id: object.payment_id, status: 'pending' }),
      ]);
      expect((await shop.payment(object.payment_id)).processing).toBe(true);
      await shop.pay(object.page, 'async_failed');
      await shop.sweepUntil('it has failed', async () => (await shop.payment(object.payment_id)).status === 'failed');
    });
  });

  it('a payment by bank stays pending for staff to decide, and is returned', async () => {
    const consultation_id = await shop.consultation();
    const body = { consultation_id, amount: FEE, payment_method: 'bank_transfer' };
    const { payment_id } = (await shop.post<Schemas['NewPayment']>('payments', shop.patient.token, body)).body.data;
    const closed = await patch<Schemas['ChangedConsultation']>(`consultations/${consultation_id}`, {
      status: 'closed',
    });
    expect(closed.body.data.live_payment).toEqual({ id: payment_id, status: 'pending', amount: FEE });
    const confirmed = await shop.post(`payments/${payment_id}/confirm`, shop.staff.token, { transaction_id: 'B-1' });
    expect([confirmed.status, (await shop.payment(payment_id)).status]).toEqual([200, 'completed']);
  });

  it('thirty open pages of a product: twenty are named and counted, some expire at once, two workers expire the rest', async () => {
    const id = `plan-${(products += 1)}`;
    const pages: string[] = [];
    for (let n = 0; n < 30; n++) {
      const { token } = await createPerson(shop.database);
      pages.push((await shop.post<OpenCheckout>('checkout', token, { product_id: id })).body.data.session_id);
    }
    const { data } = (await patch<Schemas['ChangedProduct']>(`products/${id}`, { status: 'closed' })).body;
    expect([data.open_payments.count, data.open_payments.payments.length]).toEqual([30, 20]);
    const statuses = data.open_payments.payments.map(({ status }) => status);
    expect(statuses.filter((status) => status === 'cancelled')).toHaveLength(5);
    const other = await startWorker(shop.env());
    try {
      await shop.sweepUntil('all are expired', async () => {
        await dueNow();
        return (await closings(`products/${id}`)).length === 0;
      });
    } finally {
      await other.stop();
    }
    const { sessions } = await shop.ledger();
    expect(sessions.filter(({ id: page, status }) => pages.includes(page) && status !== 'expired')).toEqual([]);
    const rows = await shop.database.query(
      `SELECT status, count(*)::int AS n FROM payments WHERE product_id = $1 GROUP BY status`,
      [id],
    );
    expect(rows).toEqual([{ status: 'cancelled', n: 30 }]);
  });

  it('checkouts concurrent with closing their product: none stays pending', async () => {
    const id = `plan-${(products += 1)}`;
    const people = await Promise.all(Array.from({ length: 6 }, () => createPerson(shop.database)));
    const buying = people.map(({ token }) => shop.post('checkout', token, { product_id: id }));
    const closed = await patch(`products/${id}`, { status: 'closed' });
    expect(closed.status).toBe(200);
    await Promise.all(buying);
    await shop.sweepUntil('no page is open', async () => {
      await dueNow();
      const open = await shop.database.query(`SELECT id FROM payments WHERE product_id = $1 AND status = 'pending'`, [
        id,
      ]);
      return open.length === 0;
    });
  });
});
