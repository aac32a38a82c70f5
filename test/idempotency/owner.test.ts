import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { OpenCheckout, StripePayment } from '../support/answers.js';
import type { Reply } from '../support/http.js';
import { createPerson, type Person } from '../support/people.js';
import { FEE, openShop, PRICE, type Shop } from '../stripe/support/shop.js';

let shop: Shop;
let other: Person;

beforeAll(async () => {
  shop = await openShop();
  other = await createPerson(shop.database);
});

afterAll(() => shop.close());

const pay = (person: Person, consultation_id: number, keys: { inBody?: string; inHeader?: string } = {}) =>
  shop.post<StripePayment>(
    'payments',
    person.token,
    {
      consultation_id,
      amount: FEE,
      payment_method: 'stripe',
      ...(keys.inBody ? { idempotency_key: keys.inBody } : {}),
    },
    keys.inHeader,
  );

const buy = (person: Person, product_id: string, key?: string) =>
  shop.post<OpenCheckout>('checkout', person.token, { product_id }, key);

/**
 * What a key stands for, changed past the trigger that keeps it: as where numbers came again. `unfinished` also takes its
 * answer away, as if its owner had died.
 */
async function standsFor(where: string, resource: string, unfinished = false): Promise<void> {
  const client = await shop.database.connect();
  try {
    await client.query('BEGIN');
    await client.query('ALTER TABLE client_idempotency DISABLE TRIGGER client_idempotency_keeps_its_answer');
    const { rowCount } = await client.query(
      `UPDATE client_idempotency SET resource = $1 ${
        unfinished
          ? ', finished_at = NULL, response_status = NULL, response_body = NULL, lease_expires_at = clock_timestamp()'
          : ''
      } WHERE ${where}`,
      [resource],
    );
    expect(rowCount).toBe(1);
    await client.query('ALTER TABLE client_idempotency ENABLE ALWAYS TRIGGER client_idempotency_keeps_its_answer');
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

const own = (reply: Reply, { body: { data: theirs } }: Reply<StripePayment | OpenCheckout>) => {
  const url = 'checkout' in theirs ? theirs.checkout.url : theirs.checkout_url;
  expect(url).toMatch(/^http/);
  expect(reply.text).not.toContain(url);
};

describe('a stored key whose resource belongs to another user counts as free', () => {
  it('a finished key of a payment: the caller gets their own payment', async () => {
    const [mine, theirs] = [await shop.consultation(), await shop.consultation(other)];
    const first = await pay(shop.patient, mine, { inBody: 'finished' });
    const stranger = await pay(other, theirs);
    await standsFor(`idempotency_key = 'finished'`, String(stranger.body.data.payment_id));

    const again = await pay(shop.patient, mine, { inBody: 'finished' });
    expect([again.status, again.body.data.payment_id]).toEqual([409, first.body.data.payment_id]);
    own(again, stranger);
  });

  it('an unfinished key of a payment is not resumed', async () => {
    const [mine, theirs] = [await shop.consultation(), await shop.consultation(other)];
    const first = await pay(shop.patient, mine, { inHeader: 'unfinished' });
    const stranger = await pay(other, theirs);
    await standsFor(`idempotency_key = 'unfinished'`, String(stranger.body.data.payment_id), true);

    const again = await pay(shop.patient, mine, { inHeader: 'unfinished' });
    expect([again.status, again.body.data.payment_id]).toEqual([409, first.body.data.payment_id]);
    own(again, stranger);
  });

  it('an unfinished key of a checkout returns the caller’s own order', async () => {
    const first = await buy(shop.patient, 'plan-1', 'order');
    const stranger = await buy(other, 'plan-1');
    await standsFor(`idempotency_key = 'order'`, String(stranger.body.data.payment.id), true);

    const again = await buy(shop.patient, 'plan-1', 'order');
    const { order_id, session_id, reused, payment } = again.body.data;
    expect([again.status, order_id, session_id, reused]).toEqual([
      200,
      first.body.data.order_id,
      first.body.data.session_id,
      true,
    ]);
    expect([payment.user_id, payment.amount]).toEqual([shop.patient.id, PRICE]);
    own(again, stranger);
  });

  it('a repeated refund refunds the payment in the path', async () => {
    const paid = async (person: Person) => {
      const reply = await pay(person, await shop.consultation(person));
      const { payment_id, checkout } = reply.body.data;
      await shop.pay(checkout.session_id);
      const confirmed = await shop.post(`payments/${payment_id}/confirm`, person.token, {
        transaction_id: checkout.session_id,
      });
      expect([200, 409]).toContain(confirmed.status);
      return payment_id;
    };
    const [mine, theirs] = [await paid(shop.patient), await paid(other)];
    const refund = (id: number) =>
      shop.post<Schemas['RefundedPayment']>(`payments/${id}/refund`, shop.staff.token, {
        amount: 1_000,
        reason: 'asked',
      });
    const first = await refund(mine);
    const stranger = await refund(theirs);
    expect([first.status, stranger.status]).toEqual([200, 200]);
    await standsFor(
      `route LIKE '%(derived)' AND resource LIKE '${mine}/refunds/%'`,
      `${theirs}/refunds/${stranger.body.data.refund_id}`,
    );

    const again = await refund(mine);
    expect([again.status, again.headers.get('idempotent-replayed'), again.body.data.payment_id]).toEqual([
      200,
      null,
      mine,
    ]);
    expect([(await shop.payment(mine)).refunded, (await shop.payment(theirs)).refunded]).toEqual([2_000, 1_000]);
  });
});
