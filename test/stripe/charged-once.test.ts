import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { type Program, startApi, startWorker } from '../support/processes.js';
import { FEE, openShop, type Shop, untilAnswered } from './support/shop.js';

describe('charged once', () => {
  let shop: Shop;
  let apis: Program[];
  beforeAll(async () => {
    shop = await openShop();
    apis = [shop.api, await startApi(shop.env())];
  });
  afterAll(async () => {
    await apis[1]!.stop();
    await shop.close();
  });
  afterEach(() => shop.faults({}));

  const on = (n: number) => apis[n % 2]!;
  const opened = async () => (await shop.ledger()).sessions.length;

  it('ten tabs on two servers, one consultation, a key each: one session, one 201, nine that name it', async () => {
    const before = await opened();
    const consultation_id = await shop.consultation();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, n) => untilAnswered(() => shop.create(consultation_id, `tab-${n}`, on(n)))),
    );
    const made = replies.filter((reply) => reply.status === 201);
    expect([made.length, replies.filter((reply) => reply.status === 409).length]).toEqual([1, 9]);
    const { payment_id, checkout } = made[0]!.body.data;
    for (const reply of replies) expect(reply.body.data).toMatchObject({ payment_id, checkout });
    expect(await opened()).toBe(before + 1);
  });

  it('two devices buy one product ten times at once: one order, one session', async () => {
    const before = await opened();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, n) => untilAnswered(() => shop.checkout('plan-1', {}, `device-${n}`, on(n)))),
    );
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([200]));
    expect(new Set(replies.map((reply) => reply.body.data.session_id)).size).toBe(1);
    expect(await opened()).toBe(before + 1);
  });

  it('all webhooks lost: one sweep of one worker completes everything that was paid', async () => {
    await shop.faults({ webhooks: { lose: true } });
    const ids = await Promise.all(
      Array.from({ length: 10 }, async (_, n) => {
        const reply = await untilAnswered(async () => shop.create(await shop.consultation(), `silent-${n}`));
        await shop.pay(reply.body.data.checkout.session_id);
        return reply.body.data.payment_id;
      }),
    );
    // It sweeps when it starts, and then not for an hour; no row's next look was moved forward.
    const worker = await startWorker(shop.env({ WORKER_SWEEP_SECONDS: '3600' }));
    try {
      await eventually(async () => {
        const states = await Promise.all(ids.map((id) => shop.payment(id)));
        return states.every(({ status }) => status === 'completed');
      }, 'all ten are completed');
    } finally {
      await worker.stop();
    }
  });

  it('paid twice, on an old page and on a new one: the second is refunded automatically, and the timeline says why', async () => {
    const consultation_id = await shop.consultation();
    const first = (await untilAnswered(() => shop.create(consultation_id))).body.data;
    await shop.faults({ webhooks: { lose: true } });
    await shop.pay(first.checkout.session_id);
    // Its webhook is lost, and the row says it expired: as after a restore from yesterday.
    await shop.database.query(
      `WITH i AS (UPDATE invoices SET status = 'void' WHERE payment_id = $1), t AS (UPDATE tax_records SET status = 'void' WHERE payment_id = $1)
       UPDATE payments SET status = 'expired' WHERE id = $1`,
      [first.payment_id],
    );
    const second = (await untilAnswered(() => shop.create(consultation_id))).body.data;
    await shop.pay(second.checkout.session_id);
    await shop.post(`payments/${second.payment_id}/confirm`, shop.patient.token, {
      transaction_id: second.checkout.session_id,
    });
    await shop.sweepUntil(
      'the first money has gone back',
      async () => (await shop.payment(first.payment_id)).refunds[0] === `succeeded ${FEE} automatic`,
    );
    expect((await shop.payment(second.payment_id)).charges).toEqual([`accepted ${FEE} 0`]);
    expect((await shop.payment(first.payment_id)).charges).toEqual([`returned ${FEE} ${FEE}`]);
    const { entries } = (
      await shop.get<Schemas['Timeline']>(`payments/${first.payment_id}/timeline`, shop.patient.token)
    ).body.data;
    const returned = entries.find((entry) => entry.action === 'money.returned_automatically')!;
    expect(returned.detail).toMatchObject({ from: 'expired', amount_received: FEE });
  });
});
