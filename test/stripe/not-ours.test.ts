import { eventually } from '../support/eventually.js';
import { createPerson } from '../support/people.js';
import { FEE, openShop, type Shop, untilAnswered } from './support/shop.js';
import { tell, verdictOf } from './support/webhooks.js';

const SESSIONS = '/v1/checkout/sessions';

/** Sessions and money that resemble those of a payment, each in all but one thing. */
describe('what is not a payment’s own', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());
  beforeEach(() => shop.faults({ webhooks: { lose: true } }));

  const create = async () => {
    const consultation_id = await shop.consultation();
    const { payment_id, checkout } = (await untilAnswered(() => shop.create(consultation_id))).body.data;
    return { payment_id, session_id: checkout.session_id };
  };
  const paid = async () => {
    const of = await create();
    await shop.pay(of.session_id);
    const session = await shop.simulator.stripe().checkout.sessions.retrieve(of.session_id);
    const event = await tell(shop, 'checkout.session.completed', session);
    expect(await verdictOf(shop, event)).toBe('applied');
    return { ...of, session };
  };
  const confirm = (payment_id: number, transaction_id: string, token = shop.patient.token) =>
    shop.post(`payments/${payment_id}/confirm`, token, { transaction_id });

  it('a paid session with the id of one payment and the reference of another pays neither', async () => {
    const [one, other] = [await create(), await create()];
    const [row] = await shop.database.query<{ ref: string }>('SELECT ref FROM payments WHERE id = $1', [
      other.payment_id,
    ]);
    await shop.faults({});
    const metadata = { purchaseId: String(one.payment_id), ref: row!.ref };
    await shop.simulator.sim('payments', { amount: FEE, with_session: true, metadata });
    const verdict = await eventually(async () => {
      const [event] = await shop.database.query<{ status: string }>(
        `SELECT status FROM webhook_events WHERE type = 'checkout.session.completed' AND status <> 'pending'
           AND payload LIKE '%' || $1 || '%'`,
        [row!.ref],
      );
      return event?.status;
    }, 'the event is processed');
    expect(verdict).toBe('foreign');
    for (const { payment_id } of [one, other])
      expect(await shop.payment(payment_id)).toMatchObject({ status: 'pending', charges: [] });
  });

  it('the booked transaction of another payment confirms nothing, and the answer says that it is used', async () => {
    const [mine, other] = [await create(), await paid()];
    const reply = await confirm(mine.payment_id, other.session_id);
    expect([reply.status, reply.body.code]).toEqual([409, 'TRANSACTION_ALREADY_USED']);
    expect(await shop.payment(mine.payment_id)).toMatchObject({ status: 'pending', charges: [] });
  });

  it('another patient’s payment is not confirmed, although it is paid', async () => {
    const of = await create();
    await shop.pay(of.session_id);
    const stranger = await createPerson(shop.database);
    const reply = await confirm(of.payment_id, of.session_id, stranger.token);
    expect([reply.status, reply.body.code]).toEqual([403, 'FORBIDDEN']);
    expect((await shop.payment(of.payment_id)).status).toBe('pending');
  });

  it('the same money reported by another event is applied as known, at its first try', async () => {
    const { payment_id, session } = await paid();
    const again = await tell(shop, 'checkout.session.completed', session);
    const [event] = await shop.database.query('SELECT status, tries, note FROM webhook_events WHERE event_id = $1', [
      again,
    ]);
    expect(event).toEqual({ status: 'applied', tries: 1, note: 'known' });
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'completed', charges: [`accepted ${FEE} 0`] });
  });

  it('sessions of other payments are neither adopted nor closed when one is looked for', async () => {
    const [open, complete] = [await create(), await create()];
    await shop.pay(complete.session_id);
    await shop.faults({
      webhooks: { lose: true },
      error_500: { when: 'after', path: SESSIONS, method: 'POST', times: 1 },
    });
    const consultation_id = await shop.consultation();
    const reply = await untilAnswered(() => shop.create(consultation_id, 'hidden'));
    expect(reply.status).toBe(201);
    const { session_id } = reply.body.data.checkout;
    expect([open.session_id, complete.session_id]).not.toContain(session_id);
    const { sessions } = await shop.ledger();
    expect(sessions.find(({ id }) => id === open.session_id)?.status).toBe('open');
    expect((await shop.payment(open.payment_id)).status).toBe('pending');
  });
});
