import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { Shop } from '../stripe/support/shop.js';
import type { AnswerRecorder } from './recorded-answers.js';
import { createConsultation } from './people.js';

const V1 = '/api/v1';

/** What the API answers about money that arrived by bank or GCash: each of its answers once. */
export async function recordTransfers(shop: Shop, recorder: AnswerRecorder): Promise<void> {
  const { staff, patient, api, database } = shop;
  const hear = <Data>(route: string, path: string, body?: unknown, { by = staff, method = 'POST' } = {}) =>
    recorder.ask<Data>(api.url, `${method} ${V1}/${route}`, `${V1}/${path}`, {
      who: 'staff',
      method,
      token: by.token,
      ...(body === undefined ? {} : { body }),
    });
  const act = <Data>(how: string, id: number, body: unknown) =>
    hear<Data>(`transfers/:id/${how}`, `transfers/${id}/${how}`, body);
  const confirm = (id: number, transaction_id: string, amount_received?: number) =>
    hear('payments/:id/confirm', `payments/${id}/confirm`, { transaction_id, amount_received });
  const get = (route: string, path: string) => hear(route, path, undefined, { method: 'GET' });
  const pending = async (consultation?: number, by = patient) => {
    const consultation_id = consultation ?? (await shop.consultation());
    const body = { consultation_id, amount: 5_000, payment_method: 'bank_transfer' };
    return (await hear<Schemas['NewPayment']>('payments', 'payments', body, { by })).body.data.payment_id;
  };
  const expire = (id: number) =>
    database.query(
      `WITH i AS (UPDATE invoices SET status = 'void' WHERE payment_id = $1),
            t AS (UPDATE tax_records SET status = 'void' WHERE payment_id = $1)
       UPDATE payments SET status = 'expired' WHERE id = $1`,
      [id],
    );
  const record = async (transaction_id: string, amount: number, more: object = {}) =>
    (
      await hear<Schemas['RecordedTransfer']>('transfers', 'transfers', {
        payment_method: 'bank_transfer',
        transaction_id,
        amount,
        ...more,
      })
    ).body;
  const { id } = (await record('T-1', 20_000, { payer: 'Made', note: 'two visits', received_at: '2026-03-31' })).data
    .transfer;
  await record('t-1', 20_000);
  await record('T-2', 5_000, { payment_id: await pending() });
  await record('T-3', 1, { payment_id: 999_999 });
  await get('transfers', 'transfers?state=unmatched');
  await get('transfers/:id', `transfers/${id}`);

  const own = await pending(await createConsultation(database, staff), staff);
  const [paid, short, late] = [await pending(), await pending(), await pending()];
  await act('match', id, { payment_id: paid });
  await act('match', id, { payment_id: short, amount: 100 });
  await act('match', id, { payment_id: short, amount: 50_000 });
  for (const payment_id of [own, paid, 999_999]) await act('match', id, { payment_id });
  const cancelled = await pending();
  await hear('payments/:id/cancel', `payments/${cancelled}/cancel`, {});
  await act('match', id, { payment_id: cancelled });
  const gcash = { consultation_id: await shop.consultation(), amount: 5_000, payment_method: 'gcash' };
  const { payment_id: byGcash } = (await hear<Schemas['NewPayment']>('payments', 'payments', gcash, { by: patient }))
    .body.data;
  await act('match', id, { payment_id: byGcash });
  await expire(late);
  await act('match', id, { payment_id: late, amount: 10 });
  await get('payments/:id', `payments/${short}`);

  await act('refund', id, { amount: 50_000, reason: 'too much' });
  const { refund_id } = (await act<Schemas['RefundedTransfer']>('refund', id, { amount: 1_000, reason: 'paid twice' }))
    .body.data;
  const end = (how: string, refund: number, body: unknown) =>
    hear(`transfers/:id/refunds/:refund_id/${how}`, `transfers/${id}/refunds/${refund}/${how}`, body);
  await get('transfers/:id', `transfers/${id}`);
  await end('settle', 999_999, { transaction_id: 'OUT-1' });
  await end('settle', refund_id, { transaction_id: 'T-2' });
  await end('settle', refund_id, { transaction_id: 'OUT-1' });
  await end('settle', refund_id, { transaction_id: 'OUT-2' });
  const other = (await act<Schemas['RefundedTransfer']>('refund', id, { amount: 10, reason: 'paid twice, too' })).body
    .data.refund_id;
  await end('withdraw', 999_999, {});
  await end('withdraw', other, {});
  await end('withdraw', other, {});
  await act('refund', id, { amount: 20, reason: 'once more', transaction_id: 'out-1' });

  await hear('transfers/:id', `transfers/${id}`, { amount: 10 }, { method: 'PATCH' });
  await hear('transfers/:id', `transfers/${id}`, { payer: 'Made W.' }, { method: 'PATCH' });
  await act('void', id, { reason: 'by mistake' });
  const { transfer: mistaken } = (await record('T-4', 7)).data;
  await act('void', mistaken.id, { reason: 'by mistake' });
  await act('refund', mistaken.id, { reason: 'nothing' });
  await act('match', mistaken.id, { payment_id: short });

  const reserve = { amount: 1, reason: 'in flight' };
  const reserved = (await hear<Schemas['RefundedPayment']>('payments/:id/refund', `payments/${paid}/refund`, reserve))
    .body.data;
  await act('unmatch', id, { payment_id: paid, reason: 'another patient' });
  await hear('payments/:id/refunds/:refund_id/withdraw', `payments/${paid}/refunds/${reserved.refund_id}/withdraw`, {});
  await act('unmatch', id, { payment_id: paid, reason: 'another patient' });
  await get('payments/:id/refunds', `payments/${paid}/refunds`);
  await act('unmatch', id, { payment_id: paid, reason: 'again' });
  await act('unmatch', id, { payment_id: 999_999, reason: 'of nobody' });
  await act('unmatch', id, { payment_id: own, reason: 'one’s own' });

  await confirm(short, 'T-5', 50);
  await confirm(short, 'T-6', 9_000);
  await confirm(short, 'T-7');
  await confirm(await pending(), 'T-6', 1);
  await confirm(late, 'T-8', 3);
  await get('payments/:id', `payments/${late}`);
  const consultation = await shop.consultation();
  const lapsed = await pending(consultation);
  await expire(lapsed);
  await pending(consultation);
  await confirm(lapsed, 'T-9');
  await act('match', id, { payment_id: lapsed });
}
