import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { REFUSE_SESSIONS, TAKE_SESSIONS } from '../providers/open-stripe.js';
import type { Shop } from '../stripe/support/shop.js';
import type { AnswerRecorder } from './recorded-answers.js';

const V1 = '/api/v1';

/** Answers to a purchase that cannot start: of a price that Stripe never takes, refused by Stripe, and paid already. */
export async function recordRefusedCheckouts(shop: Shop, recorder: AnswerRecorder): Promise<void> {
  const { api, database, patient } = shop;
  const product = async (id: string, price: number, currency: string) =>
    database.query('INSERT INTO products (id, name, price, currency) VALUES ($1, $1, $2, $3)', [id, price, currency]);
  const buy = async (product_id: string) =>
    recorder.ask<Schemas['StartedCheckout']>(api.url, `POST ${V1}/checkout`, `${V1}/checkout`, {
      who: 'patient',
      token: patient.token,
      body: { product_id },
    });
  await product('penny', 1, 'usd');
  await buy('penny');

  await product('refused', 100_000, 'idr');
  await database.query(REFUSE_SESSIONS);
  await buy('refused');
  await database.query(TAKE_SESSIONS);

  await product('on-its-way', 100_000, 'idr');
  const opened = await buy('on-its-way');
  await shop.pay(opened.body.data.session_id!, 'async_pending');
  await buy('on-its-way');
}
