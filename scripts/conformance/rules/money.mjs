import { expect, expectAnswer, expectEqual, expectSameAnswer, NotRun } from '../expect.mjs';
import { FEE } from '../payonce.mjs';
import * as from from './sources.mjs';

/** @typedef {import('./envelope.mjs').PayonceRule} PayonceRule */
/** @typedef {import('../payonce.mjs').Payonce} Payonce */

const AT_ONCE = 10;

/** @param {Payonce} payonce @param {number} id */
const refundsOf = async ({ staff }, id) => (await staff.get(`/payments/${id}/refunds`)).json.data;

/** Confirmations, refunds and transfers of a bank: no money moves, staff only say that it did. */
/** @type {PayonceRule[]} */
export const moneyRules = [
  {
    id: 'confirm',
    title: 'Staff confirm a bank transfer: payment, invoice and tax record change together',
    source: from.quickStart,
    async check(payonce) {
      const { confirmed } = await payonce.completed();
      const { payment, invoice, tax, charge, amount_due } = confirmed.json.data;
      const states = [payment.status, invoice.status, tax.status, charge.amount_received, amount_due];
      expectEqual('The states', states, ['completed', 'paid', 'due', FEE, 0]);
    },
  },
  {
    id: 'confirm-twice',
    title: 'Confirming again is 409 `PAYMENT_ALREADY_CONFIRMED` with the first transaction',
    source: from.errors,
    async check(payonce) {
      const { id, confirmed } = await payonce.completed();
      const again = await payonce.staff.post(`/payments/${id}/confirm`, { transaction_id: payonce.reference() });
      expectAnswer(again, 409, 'PAYMENT_ALREADY_CONFIRMED');
      expectEqual('The transaction', again.json.data.transaction_id, confirmed.json.data.charge.transaction_id);
    },
  },
  {
    id: 'confirm-concurrent',
    title: 'Ten concurrent confirmations with one transaction: one 200, nine 409, one charge',
    source: from.errors,
    async check(payonce) {
      const { id } = await payonce.pending();
      const body = { transaction_id: payonce.reference() };
      const request = () => payonce.staff.request(`/payments/${id}/confirm`, body);
      const answers = await payonce.client.sendTogether(Array.from({ length: AT_ONCE }, request));
      expectEqual('The statuses', answers.map(({ status }) => status).sort(), [200, ...Array(AT_ONCE - 1).fill(409)]);
      const { json } = await payonce.staff.get(`/payments/${id}`);
      expectEqual('The charges', json.data.charges.length, 1);
    },
  },
  {
    id: 'transaction-once',
    title:
      'A transaction that paid one payment is 409 `TRANSACTION_ALREADY_USED` for another, in either case of letters',
    source: from.errors,
    async check(payonce) {
      const { confirmed } = await payonce.completed();
      const { transaction_id } = confirmed.json.data.charge;
      const { id } = await payonce.pending();
      for (const same of [transaction_id, transaction_id.toLowerCase()]) {
        const answer = await payonce.staff.post(`/payments/${id}/confirm`, { transaction_id: same });
        expectAnswer(answer, 409, 'TRANSACTION_ALREADY_USED');
      }
      expectEqual('The status', (await payonce.payment(id)).status, 'pending');
    },
  },
  {
    id: 'part-payment',
    title: 'Less than the amount leaves the payment pending until the rest arrives',
    source: from.transfers,
    async check(payonce) {
      const { id } = await payonce.pending();
      const confirm = (/** @type {object} */ more) =>
        payonce.staff.post(`/payments/${id}/confirm`, { transaction_id: payonce.reference(), ...more });
      const part = await confirm({ amount_received: 2_000 });
      expectAnswer(part, 200);
      expectEqual('The state', [part.json.data.payment.status, part.json.data.amount_due], ['pending', FEE - 2_000]);
      const rest = await confirm({ amount_received: FEE - 2_000 });
      expectEqual('The state', [rest.json.data.payment.status, rest.json.data.amount_due], ['completed', 0]);
    },
  },
  {
    id: 'refund-unpaid',
    title: 'A payment that was not paid cannot be refunded: 409',
    source: from.errors,
    async check(payonce) {
      const { id } = await payonce.pending();
      expectAnswer(await payonce.staff.post(`/payments/${id}/refund`, { reason: 'conformance' }), 409);
    },
  },
  {
    id: 'refund-parts',
    title: 'Refunds are exact: a part, too much (422 with what is left), the rest, and then nothing (409)',
    source: from.payments,
    async check(payonce) {
      const { id } = await payonce.completed();
      const refund = (/** @type {number | undefined} */ amount) =>
        payonce.staff.post(`/payments/${id}/refund`, {
          reason: 'conformance',
          transaction_id: payonce.reference(),
          ...(amount ? { amount } : {}),
        });
      const part = await refund(1_999);
      expectAnswer(part, 200);
      expectEqual('The status', part.json.data.payment.status, 'partially_refunded');
      const { base_amount, tax_amount } = part.json.data.credit_note;
      expectEqual('Base and tax of the credit note together', base_amount + tax_amount, 1_999);
      const tooMuch = await refund(FEE - 1_998);
      expectAnswer(tooMuch, 422, 'REFUND_TOO_LARGE');
      expectEqual('What is left', tooMuch.json.data.refundable_amount, FEE - 1_999);
      const rest = await refund(undefined);
      expectEqual('The rest', [rest.json.data.refund.amount, rest.json.data.payment.status], [FEE - 1_999, 'refunded']);
      expectAnswer(await refund(undefined), 409);
    },
  },
  {
    id: 'refund-concurrent',
    title: 'Ten concurrent refunds of a third each, with different keys: three are made',
    source: from.payments,
    async check(payonce) {
      const { id } = await payonce.completed();
      const request = () =>
        payonce.staff.request(`/payments/${id}/refund`, { reason: payonce.newKey(), amount: 1_600 });
      await payonce.client.sendTogether(Array.from({ length: AT_ONCE }, request));
      const { refunds, refundable_amount } = await refundsOf(payonce, id);
      expectEqual('The refunds', [refunds.length, refundable_amount], [3, FEE - 3 * 1_600]);
    },
  },
  {
    id: 'refund-one-key',
    title: 'Ten concurrent refunds under one key: one is made',
    source: from.keys,
    async check(payonce) {
      const { id } = await payonce.completed();
      const key = payonce.newKey();
      const body = { reason: 'conformance', amount: 100 };
      const request = () => payonce.staff.request(`/payments/${id}/refund`, body, { key });
      await payonce.client.sendTogether(Array.from({ length: AT_ONCE }, request));
      expectEqual('The number of refunds', (await refundsOf(payonce, id)).refunds.length, 1);
    },
  },
  {
    id: 'refund-without-key',
    title: 'Without a key the same refund is made once, the answer says so, and a key makes a second',
    source: from.keys,
    async check(payonce) {
      const { id } = await payonce.completed();
      const body = { reason: 'conformance', amount: 100 };
      const send = (/** @type {null | undefined} */ key) =>
        payonce.staff.post(`/payments/${id}/refund`, body, key === null ? { key } : {});
      const first = await send(null);
      if (first.json?.code === 'IDEMPOTENCY_KEY_MISSING') throw new NotRun('This deployment requires keys.');
      expectAnswer(first, 200);
      const again = await send(null);
      expectAnswer(again, 200);
      expectEqual('The refund', again.json.data.refund_id, first.json.data.refund_id);
      expectEqual('The message', again.json.message, 'This refund was already made');
      expectAnswer(await send(undefined), 200);
      expectEqual('The number of refunds', (await refundsOf(payonce, id)).refunds.length, 2);
    },
  },
  {
    id: 'refund-settle',
    title: 'A reserved refund counts as refunded, is settled once, and a withdrawn one can be made again',
    source: from.payments,
    async check(payonce) {
      const { id } = await payonce.completed();
      const { staff } = payonce;
      const reserve = async () => {
        const { json } = await staff.post(`/payments/${id}/refund`, { reason: 'conformance', amount: 3_000 });
        return `/payments/${id}/refunds/${json.data.refund_id}`;
      };
      const first = await reserve();
      expectEqual('What is left', (await refundsOf(payonce, id)).refundable_amount, FEE - 3_000);
      expectAnswer(await staff.post(`${first}/withdraw`, {}), 200);
      expectEqual('What is left', (await refundsOf(payonce, id)).refundable_amount, FEE);
      const second = await reserve();
      expectAnswer(await staff.post(`${second}/settle`, { transaction_id: payonce.reference() }), 200);
      const again = await staff.post(`${second}/settle`, { transaction_id: payonce.reference() });
      expectAnswer(again, 409, 'REFUND_ALREADY_SETTLED');
    },
  },
  {
    id: 'transfer',
    title: 'Money that arrived is recorded once, matched with a payment, and a wrong match undone',
    source: from.transfers,
    async check(payonce) {
      const { staff } = payonce;
      const body = { payment_method: 'bank_transfer', transaction_id: payonce.reference(), amount: FEE + 500 };
      const recorded = await staff.post('/transfers', body);
      expectAnswer(recorded, 201);
      expectAnswer(await staff.post('/transfers', body), 409);
      const { id: transfer } = recorded.json.data.transfer;
      const { id: payment_id } = await payonce.pending();
      expectAnswer(await staff.post(`/transfers/${transfer}/match`, { payment_id }), 200);
      expectEqual('The status', (await payonce.payment(payment_id)).status, 'completed');
      const left = async () => (await staff.get(`/transfers/${transfer}`)).json.data.transfer.unmatched_amount;
      expectEqual('The unmatched amount', await left(), 500);
      expectAnswer(await staff.post(`/transfers/${transfer}/unmatch`, { payment_id, reason: 'conformance' }), 200);
      expectEqual('The unmatched amount', await left(), FEE + 500);
      const key = payonce.newKey();
      const giveBack = () =>
        staff.post(
          `/transfers/${transfer}/refund`,
          { reason: 'conformance', transaction_id: 'back' + body.transaction_id },
          { key },
        );
      const returned = await giveBack();
      expectAnswer(returned, 200);
      expectSameAnswer(await giveBack(), returned);
      expect((await left()) === 0, 'The money that was paid back is still unmatched.');
    },
  },
];
