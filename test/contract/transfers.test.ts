import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { waitingNow } from '../support/guards.js';
import { ask } from '../support/http.js';
import { createConsultation, createPerson } from '../support/people.js';
import { keepDeadlocks } from '../support/database.js';
import { useStack } from '../support/use-stack.js';

/** Confirmed by bank or GCash: the money is a transfer. */
type ConfirmedByTransfer = Schemas['ConfirmedPayment'] & { readonly transfer: Schemas['Transfer'] };

/** A refused confirmation whose money was recorded. */
interface Kept {
  readonly transfer_id: number;
}

describe('transfers by bank and GCash', () => {
  const stack = useStack({ apis: 2, beforeStart: keepDeadlocks });
  let references = 0;

  const reference = (text = 'BCA') => `${text}-${(references += 1)}`;

  async function post<Data>(path: string, body: object, { n = 0, token = stack.staff.token, key = '' } = {}) {
    return ask<Data>(stack.apis[n % 2]!.url, `/api/v1/${path}`, {
      token,
      body,
      ...(key ? { headers: { 'idempotency-key': key } } : {}),
    });
  }
  const get = async <Data>(path: string, token = stack.staff.token) =>
    (await ask<Data>(stack.apis[0]!.url, `/api/v1/${path}`, { token })).body.data;

  async function pending(fee = 7_000, payment_method = 'bank_transfer', consultation_id?: number): Promise<number> {
    const of = consultation_id ?? (await createConsultation(stack.database, stack.patient, fee));
    const reply = await post<Schemas['NewPayment']>(
      'payments',
      { consultation_id: of, amount: fee, payment_method },
      { token: stack.patient.token },
    );
    expect(reply.status).toBe(201);
    return reply.body.data.payment_id;
  }

  const confirm = <Data = ConfirmedByTransfer>(
    id: number,
    transaction_id: string,
    more: object = {},
    how: { n?: number } = {},
  ) => post<Data>(`payments/${id}/confirm`, { transaction_id, ...more }, how);
  const record = async (amount: number, more: object = {}) => {
    const body = { payment_method: 'bank_transfer', transaction_id: reference(), amount, ...more };
    const reply = await post<Schemas['RecordedTransfer']>('transfers', body);
    expect([reply.status, reply.body.message]).toEqual([201, reply.body.message]);
    return reply.body.data;
  };
  const payment = (id: number) => get<Schemas['WholePayment']>(`payments/${id}`);
  const transfer = async (id: number) => (await get<Schemas['WholeTransfer']>(`transfers/${id}`)).transfer;

  /** Of one transfer: where each unit of it is. */
  const placesOf = async (id: number) => {
    const { amount, matched_amount, unmatched_amount, refunded_amount, refund_pending_amount } = await transfer(id);
    expect(matched_amount + unmatched_amount + refunded_amount + refund_pending_amount).toBe(amount);
    return {
      matched: matched_amount,
      unmatched: unmatched_amount,
      paid_back: refunded_amount,
      on_its_way: refund_pending_amount,
    };
  };

  describe('confirming a payment', () => {
    it('that was cancelled: refused, and the money is stored as a transfer that can be matched with another payment', async () => {
      const cancelled = await pending();
      await post(`payments/${cancelled}/cancel`, {}, { token: stack.patient.token });
      const reply = await confirm<Kept>(cancelled, 'BCA-late');
      expect([reply.status, reply.body.code]).toEqual([409, 'TRANSITION_NOT_ALLOWED']);
      const { transfer_id } = reply.body.data;
      expect(reply.body.message).toBe(
        `Payment ${cancelled} is cancelled and does not take this money. Of transfer ${transfer_id}, 7000 idr, in minor units, are unmatched: match them with another payment, or pay them back.`,
      );
      expect(await placesOf(transfer_id)).toEqual({ matched: 0, unmatched: 7_000, paid_back: 0, on_its_way: 0 });
      const { entries } = await get<Schemas['Timeline']>(`payments/${cancelled}/timeline`);
      expect(entries.at(-1)).toMatchObject({
        action: 'transfer.left_unmatched',
        detail: { transaction_id: 'BCA-late', unmatched_amount: 7_000, status: 'cancelled' },
      });
      // The payer sees where it is.
      expect(await get(`payments/${cancelled}`, stack.patient.token)).toMatchObject({
        unmatched_transfers: [{ transfer_id, amount: 7_000, unmatched_amount: 7_000, refund_pending_amount: 0 }],
      });
      expect((await get<Schemas['PageOfFoundPayments']>('ops/payments?search=bca-LATE')).payments).toMatchObject([
        { id: cancelled },
      ]);

      const other = await pending();
      expect((await post(`transfers/${transfer_id}/match`, { payment_id: other })).status).toBe(200);
      expect(await payment(other)).toMatchObject({ payment: { status: 'completed' }, invoice: { status: 'paid' } });
      expect(await placesOf(transfer_id)).toEqual({ matched: 7_000, unmatched: 0, paid_back: 0, on_its_way: 0 });
      expect((await payment(cancelled)).unmatched_transfers).toEqual([]);
    });

    it('that is paid, by a second transfer: refused, and the transfer is recorded once, also when resent', async () => {
      const id = await pending();
      await confirm(id, reference());
      const again = reference('second');
      const replies = [await confirm<Kept>(id, again), await confirm<Kept>(id, again.toUpperCase())];
      expect(replies.map(({ status, body }) => [status, body.code])).toEqual(
        Array(2).fill([409, 'PAYMENT_ALREADY_CONFIRMED']),
      );
      const { transfer_id } = replies[0]!.body.data;
      expect(replies[1]!.body.data.transfer_id).toBe(transfer_id);
      expect(await placesOf(transfer_id)).toMatchObject({ matched: 0, unmatched: 7_000 });
    });

    it('with less than the amount due: it stays pending without an expiry time, and the rest completes it', async () => {
      const id = await pending();
      const short = await confirm(id, reference(), { amount_received: 6_500, received_at: '2026-03-30' });
      expect([short.status, short.body.message]).toEqual([
        200,
        'Money received, but not all of it: the payment still needs 500 idr, in minor units, and stays pending',
      ]);
      expect(short.body.data).toMatchObject({
        payment: { status: 'pending', expires_at: null },
        invoice: { status: 'pending' },
        charge: { amount_received: 6_500 },
        amount_due: 500,
        transfer: { matched_amount: 6_500, unmatched_amount: 0, received_at: '2026-03-30T00:00:00.000Z' },
      });
      expect(await get(`payments/${id}`, stack.patient.token)).toMatchObject({ amount_due: 500, refundable_amount: 0 });

      // What arrived is ambiguous: the rest, or the full amount once more.
      const unsaid = await confirm<Schemas['VALIDATION_FAILED']['data']>(id, reference());
      expect([unsaid.status, unsaid.body.data.fields]).toEqual([
        422,
        { amount_received: ['is required, because a part of this payment was already received'] },
      ]);
      const rest = await confirm(id, reference(), { amount_received: 500, received_at: '2026-03-31T10:00:00+07:00' });
      expect(rest.body.data).toMatchObject({
        payment: { status: 'completed' },
        amount_due: 0,
        charge: { amount_received: 500 },
      });
      const whole = await payment(id);
      expect(whole.charges.map(({ amount_received }) => amount_received)).toEqual([6_500, 500]);
      expect(whole).toMatchObject({
        amount_due: 0,
        refundable_amount: 7_000,
        payment: { completed_at: '2026-03-31T03:00:00.000Z' },
        invoice: { status: 'paid', paid_at: '2026-03-31T03:00:00.000Z' },
        tax: { status: 'due' },
      });
    });

    it('with more than the amount due: it completes, and the rest is unmatched', async () => {
      const id = await pending();
      const reply = await confirm(id, reference(), { amount_received: 7_500 });
      const { transfer: recorded } = reply.body.data;
      expect([reply.status, reply.body.message]).toEqual([
        200,
        `Payment confirmed successfully. More than it needs was received: 500 idr, in minor units, are unmatched on transfer ${recorded.id}`,
      ]);
      expect(await placesOf(recorded.id)).toEqual({ matched: 7_000, unmatched: 500, paid_back: 0, on_its_way: 0 });
      expect(await get(`payments/${id}`, stack.patient.token)).toMatchObject({
        charge: { amount_received: 7_000 },
        unmatched_transfers: [{ amount: 7_500, unmatched_amount: 500 }],
      });
      // Confirmed again, as after a lost answer: only what is too much is called unmatched.
      const again = await confirm(id, recorded.transaction_id);
      expect([again.status, again.body.message]).toEqual([
        409,
        `Payment ${id} is completed and does not take this money. Of transfer ${recorded.id}, 500 idr, in minor units, are unmatched: match them with another payment, or pay them back.`,
      ]);
    });

    it('two payments by one transfer: each takes its part, and a third finds nothing left', async () => {
      const [a, b, c] = [await pending(), await pending(), await pending()];
      const both = reference();
      expect((await confirm(a, both, { amount_received: 14_000 })).status).toBe(200);
      const second = await confirm(b, both.toLowerCase());
      expect(second.body.data).toMatchObject({ payment: { status: 'completed' }, amount_due: 0 });
      const third = await confirm(c, both);
      expect([third.status, third.body.code]).toEqual([409, 'TRANSACTION_ALREADY_USED']);
      expect((await payment(c)).payment.status).toBe('pending');
      const { matches } = await get<Schemas['WholeTransfer']>(`transfers/${second.body.data.transfer.id}`);
      expect(matches.map(({ payment_id, amount }) => [payment_id, amount])).toEqual([
        [a, 7_000],
        [b, 7_000],
      ]);
    });

    it('by a transfer that is recorded with another amount: nothing changes', async () => {
      const [a, b] = [await pending(), await pending()];
      const both = reference();
      await confirm(a, both, { amount_received: 14_000 });
      const reply = await confirm<Schemas['TRANSFER_MISMATCH']['data']>(b, both, { amount_received: 7_000 });
      expect([reply.status, reply.body.code, reply.body.data.amount]).toEqual([409, 'TRANSFER_MISMATCH', 14_000]);
      expect((await payment(b)).payment.status).toBe('pending');
    });

    it('by Stripe accepts neither an amount nor a date', async () => {
      const id = await pending();
      await stack.database.query(`ALTER TABLE payments DISABLE TRIGGER payments_go_forward`);
      await stack.database.query(`UPDATE payments SET payment_method = 'stripe' WHERE id = $1`, [id]);
      await stack.database.query(`ALTER TABLE payments ENABLE ALWAYS TRIGGER payments_go_forward`);
      const reply = await confirm<Schemas['VALIDATION_FAILED']['data']>(id, 'pi_1', {
        amount_received: 7_000,
        received_at: '2026-03-30',
      });
      expect([reply.status, Object.keys(reply.body.data.fields)]).toEqual([422, ['amount_received', 'received_at']]);
    });

    it('received_at may be the current date of any time zone, and is stored as no later than now', async () => {
      const ahead = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
      expect((await confirm(await pending(), reference(), { received_at: ahead(1) })).status).toBe(422);
      // The date that it is at UTC+14 is not here everywhere.
      const received_at = ahead(14).slice(0, 10);
      const reply = await confirm(await pending(), reference(), { received_at });
      expect(reply.status).toBe(200);
      const { payment: paid, transfer: recorded } = reply.body.data;
      for (const time of [paid.completed_at!, recorded.received_at])
        expect(Date.parse(time)).toBeLessThanOrEqual(Date.now());
    });

    it.each(['2026-02-30', '2026-03-30T10:00', '30.03.2026', '2999-01-01', 7, '', '2026-13-01', '2026-03-30T25:00Z'])(
      'received_at %s is refused',
      async (received_at) => {
        const reply = await confirm<Schemas['VALIDATION_FAILED']['data']>(await pending(), reference(), {
          received_at,
        });
        expect([reply.status, Object.keys(reply.body.data.fields)]).toEqual([422, ['received_at']]);
      },
    );
  });

  describe('recording a transfer', () => {
    it('without a payment: it is listed as unmatched, found by its reference, and recorded once', async () => {
      const body = { payment_method: 'gcash', transaction_id: reference('GC'), amount: 1_200, payer: 'Made Wirawan' };
      const reply = await post<Schemas['RecordedTransfer']>('transfers', body);
      expect([reply.status, reply.body.message]).toEqual([201, 'Transfer recorded; it is unmatched']);
      const { id } = reply.body.data.transfer;
      expect(reply.body.data).toMatchObject({ match: null, transfer: { ...body, unmatched_amount: 1_200 } });
      const again = await post('transfers', { ...body, transaction_id: body.transaction_id.toLowerCase() });
      expect([again.status, again.body.code, again.body.data]).toEqual([
        409,
        'TRANSACTION_ALREADY_USED',
        { transfer_id: id },
      ]);
      expect(
        (await get<Schemas['PageOfTransfers']>(`transfers?state=unmatched&search=${body.transaction_id.toLowerCase()}`))
          .transfers,
      ).toMatchObject([{ id }]);
      expect(
        (await get<Schemas['PageOfTransfers']>('transfers?state=allocated')).transfers.map((one) => one.id),
      ).not.toContain(id);
      // At a bank the same number is another transfer.
      expect((await post('transfers', { ...body, payment_method: 'bank_transfer' })).status).toBe(201);
    });

    it('for a payment: it is matched up to the amount due', async () => {
      const id = await pending();
      const { match, transfer: recorded } = await record(9_000, { payment_id: id });
      expect(match).toMatchObject({
        payment_id: id,
        matched_amount: 7_000,
        amount_due: 0,
        payment: { status: 'completed' },
      });
      expect(recorded).toMatchObject({ matched_amount: 7_000, unmatched_amount: 2_000 });
      expect((await record(100, { payment_id: id })).match).toBeNull();
    });

    it('the payer and staff notes are not shown to the owner of the payment named as its purpose', async () => {
      const id = await pending();
      const { transfer: recorded } = await record(100, {
        payment_id: id,
        payer: 'Somebody Else',
        note: 'their sister',
      });
      const path = `/api/v1/transfers/${recorded.id}`;
      const body = { payer: 'Somebody Else II', note: 'she owes us more' };
      expect((await ask(stack.apis[0]!.url, path, { method: 'PATCH', token: stack.staff.token, body })).status).toBe(
        200,
      );
      const [told, noted] = [stack.patient, stack.staff].map(({ token }) =>
        get<Schemas['Timeline']>(`payments/${id}/timeline`, token),
      );
      expect(JSON.stringify(await told)).not.toMatch(/Somebody Else|sister|owes/);
      expect((await told!).entries.map(({ action }) => action)).toContain('transfer.corrected');
      expect(JSON.stringify(await noted)).toMatch(/she owes.*Somebody Else II/);
    });

    it('twenty at once with one reference and no key, over two processes: one row', async () => {
      const transaction_id = reference();
      const body = (n: number) => ({
        payment_method: 'bank_transfer',
        transaction_id: n % 2 ? transaction_id : transaction_id.toLowerCase(),
        amount: 5_000,
      });
      const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => post('transfers', body(n), { n })));
      expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(replies.filter(({ body: { code } }) => code === 'TRANSACTION_ALREADY_USED')).toHaveLength(19);
    });

    it('patients can neither record nor read transfers; staff cannot record one for their own payment', async () => {
      const body = { payment_method: 'bank_transfer', transaction_id: reference(), amount: 1 };
      expect((await post('transfers', body, { token: stack.patient.token })).status).toBe(403);
      expect((await ask(stack.apis[0]!.url, '/api/v1/transfers', { token: stack.patient.token })).status).toBe(403);
      const consultation_id = await createConsultation(stack.database, stack.staff);
      const own = await post<Schemas['NewPayment']>('payments', {
        consultation_id,
        amount: 5_000,
        payment_method: 'gcash',
      });
      expect((await post('transfers', { ...body, payment_id: own.body.data.payment_id })).status).toBe(403);
    });
  });

  it('staff cannot correct, pay back or void a transfer that pays their own payment, whoever recorded it', async () => {
    const consultation_id = await createConsultation(stack.database, stack.staff, 7_000);
    const own = await post<Schemas['NewPayment']>('payments', {
      consultation_id,
      amount: 7_000,
      payment_method: 'bank_transfer',
    });
    const colleague = await createPerson(stack.database, 'staff');
    const { transfer: recorded } = await record(7_000);
    const { payment_id } = own.body.data;
    const matched = await post(`transfers/${recorded.id}/match`, { payment_id }, { token: colleague.token });
    expect(matched.status).toBe(200);
    const path = `/api/v1/transfers/${recorded.id}`;
    const more = await ask(stack.apis[0]!.url, path, {
      method: 'PATCH',
      token: stack.staff.token,
      body: { amount: 999_000 },
    });
    const back = await post(`transfers/${recorded.id}/refund`, { reason: 'mine', transaction_id: reference('OUT') });
    const none = await post(`transfers/${recorded.id}/void`, { reason: 'mine' });
    expect([more.status, back.status, none.status]).toEqual([403, 403, 403]);
  });

  describe('matching', () => {
    it('one transfer with three payments: two in full, one in part', async () => {
      const { transfer: recorded } = await record(16_000);
      const ids = [await pending(), await pending(), await pending()];
      const replies = [];
      for (const payment_id of ids)
        replies.push(await post<Schemas['MatchedTransfer']>(`transfers/${recorded.id}/match`, { payment_id }));
      expect(replies.map(({ body }) => [body.data.matched_amount, body.data.amount_due])).toEqual([
        [7_000, 0],
        [7_000, 0],
        [2_000, 5_000],
      ]);
      const none = await post(`transfers/${recorded.id}/match`, { payment_id: ids[2]! });
      expect([none.status, none.body.code]).toEqual([409, 'NOTHING_UNMATCHED']);
    });

    it.each([
      ['more than the payment needs', 7_001, 422, 'MATCH_TOO_LARGE'],
      ['more than is unmatched', 9_001, 422, 'MATCH_TOO_LARGE'],
    ])('%s is refused, and nothing changes', async (_, amount, status, code) => {
      const { transfer: recorded } = await record(9_000);
      const id = await pending();
      const reply = await post<Schemas['MATCH_TOO_LARGE']['data']>(`transfers/${recorded.id}/match`, {
        payment_id: id,
        amount,
      });
      expect([reply.status, reply.body.code, reply.body.data.matchable_amount]).toEqual([status, code, 7_000]);
      expect(await placesOf(recorded.id)).toMatchObject({ matched: 0, unmatched: 9_000 });
    });

    it('a payment of another method, or a completed or cancelled one, cannot be matched', async () => {
      const { transfer: recorded } = await record(7_000);
      const paid = await pending();
      await confirm(paid, reference());
      const cancelled = await pending();
      await post(`payments/${cancelled}/cancel`, {});
      const codes = [];
      for (const payment_id of [await pending(7_000, 'gcash'), paid, cancelled, 999_999])
        codes.push((await post(`transfers/${recorded.id}/match`, { payment_id })).body.code);
      expect(codes).toEqual([
        'TRANSFER_MISMATCH',
        'PAYMENT_ALREADY_CONFIRMED',
        'TRANSITION_NOT_ALLOWED',
        'PAYMENT_NOT_FOUND',
      ]);
    });

    it('two staff members matching the same rest with two payments at once: one succeeds', async () => {
      const { transfer: recorded } = await record(7_000);
      const ids = [await pending(), await pending()];
      const replies = await Promise.all(
        ids.map((payment_id, n) => post(`transfers/${recorded.id}/match`, { payment_id }, { n })),
      );
      expect(replies.map(({ body }) => body.code ?? 'matched').sort()).toEqual(['NOTHING_UNMATCHED', 'matched']);
      expect(await placesOf(recorded.id)).toMatchObject({ matched: 7_000, unmatched: 0 });
    });

    it.each([
      ['is corrected', 'PATCH', '', { note: 'by cash machine' }],
      ['is paid back in part', 'POST', '/refund', { amount: 1_000, reason: 'too much' }],
    ])(
      'while the transfer recorded for that payment %s: neither waits for the other',
      async (_, method, path, body) => {
        const id = await pending(7_000);
        const { transfer: recorded } = await record(9_000, { payment_id: await pending(500) });
        await stack.database.query('UPDATE transfers SET payment_id = $2 WHERE id = $1', [recorded.id, id]);
        const gate = await stack.database.connect();
        try {
          await gate.query('BEGIN');
          await gate.query('SELECT 1 FROM transfers WHERE id = $1 FOR UPDATE', [recorded.id]);
          const waiting = async (most: number) =>
            eventually(
              async () => (await waitingNow(stack.database)).atRowLock === most,
              `${most} wait for the transfer`,
            );
          const change = ask(stack.apis[0]!.url, `/api/v1/transfers/${recorded.id}${path}`, {
            method,
            token: stack.staff.token,
            body,
          });
          await waiting(1);
          const match = post(`transfers/${recorded.id}/match`, { payment_id: id }, { n: 1 });
          await waiting(2);
          await gate.query('COMMIT');
          expect([(await change).status, (await match).status]).toEqual([200, 200]);
        } finally {
          await gate.end();
        }
      },
    );

    it('one key makes one match, and replays the same bytes', async () => {
      const { transfer: recorded } = await record(9_000);
      const id = await pending();
      const replies = [];
      for (let n = 0; n < 2; n++)
        replies.push(
          await post(`transfers/${recorded.id}/match`, { payment_id: id, amount: 1_000 }, { n, key: `m-${id}` }),
        );
      expect(replies.map(({ status }) => status)).toEqual([200, 200]);
      expect(replies[1]!.body).toEqual(replies[0]!.body);
      expect(await placesOf(recorded.id)).toMatchObject({ matched: 1_000, unmatched: 8_000 });
    });
  });

  describe('unmatching', () => {
    it('of a completed payment: refunded with a credit note, nothing is paid out, and the money can pay another one', async () => {
      const consultation_id = await createConsultation(stack.database, stack.patient, 7_000);
      const wrong = await pending(7_000, 'bank_transfer', consultation_id);
      const right = await pending();
      const confirmed = await confirm(wrong, reference());
      const { id } = confirmed.body.data.transfer;
      const undone = await post(`transfers/${id}/unmatch`, {
        payment_id: wrong,
        reason: 'another patient of that name',
      });
      expect([undone.status, undone.body.message]).toEqual([200, 'Match undone; the money is unmatched again']);
      expect(undone.body.data).toMatchObject({
        unmatched_amount: 7_000,
        payment: { status: 'refunded', refunded_amount: 7_000 },
        invoice: { status: 'refunded', credited_amount: 7_000 },
        tax: { status: 'credited' },
        credit_notes: [{ amount: 7_000 }],
      });
      expect((await get<Schemas['WholePayment']>(`payments/${wrong}`, stack.patient.token)).unmatched_amount).toBe(
        7_000,
      );
      expect(await get(`payments/${wrong}/refunds`)).toMatchObject({
        refundable_amount: 0,
        refunds: [{ kind: 'unmatch', status: 'succeeded', amount: 7_000, transaction_id: null, transfer_id: id }],
      });
      expect(await placesOf(id)).toEqual({ matched: 0, unmatched: 7_000, paid_back: 0, on_its_way: 0 });
      expect(
        (await post<Schemas['MatchedTransfer']>(`transfers/${id}/match`, { payment_id: right })).body.data.payment
          .status,
      ).toBe('completed');
      const again = await post(`transfers/${id}/unmatch`, { payment_id: wrong, reason: 'again' });
      expect([again.status, again.body.code]).toEqual([409, 'NOTHING_TO_UNMATCH']);
      // What was wrongly called paid can be paid.
      expect(await pending(7_000, 'bank_transfer', consultation_id)).not.toBe(wrong);
    });

    it('the rest of a transfer is shown to the owner of the payment it paid, not to its assumed sender', async () => {
      const wrong = await pending();
      await post(`payments/${wrong}/cancel`, {});
      const { transfer_id } = (await confirm<Kept>(wrong, reference(), { amount_received: 9_000 })).body.data;
      const right = await pending();
      await post(`transfers/${transfer_id}/match`, { payment_id: right });
      expect((await payment(wrong)).unmatched_transfers).toEqual([]);
      expect((await payment(right)).unmatched_transfers).toMatchObject([{ transfer_id, unmatched_amount: 2_000 }]);
    });

    it('a refunded payment cannot be matched again, and the error says so', async () => {
      const id = await pending();
      const transfer_id = (await confirm(id, reference())).body.data.transfer.id;
      await post(`transfers/${transfer_id}/unmatch`, { payment_id: id, reason: 'wrong' });
      const again = await post(`transfers/${transfer_id}/match`, { payment_id: id });
      expect([again.status, again.body.code, again.body.message]).toEqual([
        409,
        'PAYMENT_ALREADY_CONFIRMED',
        `Payment ${id} was refunded and can’t take more money. Match it with another payment.`,
      ]);
    });

    it('of a partial charge: removed from the payment, which can expire again', async () => {
      const id = await pending();
      const short = await confirm(id, reference(), { amount_received: 3_000 });
      const transfer_id = short.body.data.transfer.id;
      const undone = await post(`transfers/${transfer_id}/unmatch`, {
        payment_id: id,
        reason: 'typed into the wrong row',
      });
      expect(undone.body.data).toMatchObject({
        payment: { status: 'pending', expires_at: expect.any(String) },
        credit_notes: [],
      });
      // The money is another's: this patient is not shown its reference.
      expect(await payment(id)).toMatchObject({ amount_due: 7_000, charge: null, charges: [] });
      expect(await placesOf(transfer_id)).toMatchObject({ matched: 0, unmatched: 3_000 });
    });

    it('of one of two transfers of a completed payment: only that part is refunded', async () => {
      const id = await pending();
      await confirm(id, reference(), { amount_received: 3_000 });
      const second = (await confirm(id, reference(), { amount_received: 4_000 })).body.data.transfer.id;
      await post(`transfers/${second}/unmatch`, { payment_id: id, reason: 'wrong' });
      expect(await payment(id)).toMatchObject({
        payment: { status: 'partially_refunded', refunded_amount: 4_000 },
        refundable_amount: 3_000,
      });
      expect(await placesOf(second)).toMatchObject({ matched: 0, unmatched: 4_000 });
    });

    it('of a partially refunded payment: the rest is unmatched; refused while a refund is reserved', async () => {
      const id = await pending();
      const transfer_id = (await confirm(id, reference())).body.data.transfer.id;
      await post(`payments/${id}/refund`, {
        amount: 2_000,
        reason: 'half an hour less',
        transaction_id: reference('OUT'),
      });
      const reserved = await post<Schemas['RefundedPayment']>(`payments/${id}/refund`, {
        amount: 1_000,
        reason: 'and more',
      });
      const refused = await post(`transfers/${transfer_id}/unmatch`, { payment_id: id, reason: 'wrong' });
      expect([refused.status, refused.body.code]).toEqual([409, 'REFUND_PENDING']);
      await post(`payments/${id}/refunds/${reserved.body.data.refund_id}/withdraw`, {});
      const undone = await post(`transfers/${transfer_id}/unmatch`, { payment_id: id, reason: 'wrong' });
      expect(undone.body.data).toMatchObject({ unmatched_amount: 5_000, payment: { status: 'refunded' } });
      expect(await placesOf(transfer_id)).toEqual({ matched: 2_000, unmatched: 5_000, paid_back: 0, on_its_way: 0 });
    });

    it('twice at once: takes effect once', async () => {
      const id = await pending();
      const transfer_id = (await confirm(id, reference())).body.data.transfer.id;
      const undo = (n: number) => post(`transfers/${transfer_id}/unmatch`, { payment_id: id, reason: 'wrong' }, { n });
      const replies = await Promise.all([undo(0), undo(1)]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await placesOf(transfer_id)).toMatchObject({ unmatched: 7_000 });
    });
  });

  describe('paying back unmatched money', () => {
    it('is reserved, settled by a reference, and made once', async () => {
      const { transfer: recorded } = await record(9_000);
      const reserved = await post<Schemas['RefundedTransfer']>(`transfers/${recorded.id}/refund`, {
        amount: 4_000,
        reason: 'paid twice',
      });
      expect([reserved.status, reserved.body.data.refund]).toMatchObject([
        200,
        { status: 'pending', payment_id: null, transfer_id: recorded.id },
      ]);
      expect(await placesOf(recorded.id)).toEqual({ matched: 0, unmatched: 5_000, paid_back: 0, on_its_way: 4_000 });
      const { refund_id } = reserved.body.data;
      const out = reference('OUT');
      const settled = await post<Schemas['RefundedTransfer']>(`transfers/${recorded.id}/refunds/${refund_id}/settle`, {
        transaction_id: out,
      });
      expect(settled.body.data.refund).toMatchObject({ status: 'succeeded', transaction_id: out });
      expect(await placesOf(recorded.id)).toEqual({ matched: 0, unmatched: 5_000, paid_back: 4_000, on_its_way: 0 });
      const again = await post(`transfers/${recorded.id}/refunds/${refund_id}/settle`, {
        transaction_id: reference('OUT'),
      });
      expect([again.status, again.body.code]).toEqual([409, 'REFUND_ALREADY_SETTLED']);
      // The same payment out, written for another refund.
      const doubled = await post(`transfers/${recorded.id}/refund`, {
        reason: 'the rest',
        transaction_id: out.toLowerCase(),
      });
      expect([doubled.status, doubled.body.code]).toEqual([409, 'TRANSACTION_ALREADY_USED']);
      // The reference of the incoming transfer cannot be that of the payout.
      const incoming = await post(`transfers/${recorded.id}/refund`, {
        reason: 'the rest',
        transaction_id: recorded.transaction_id.toLowerCase(),
      });
      expect([incoming.status, incoming.body.code]).toEqual([409, 'TRANSACTION_ALREADY_USED']);
      const more = await post(`transfers/${recorded.id}/refund`, { amount: 5_001, reason: 'more' });
      expect([more.status, more.body.code]).toEqual([422, 'REFUND_TOO_LARGE']);
      expect((await get<Schemas['PageOfAllRefunds']>('ops/refunds')).refunds).toContainEqual(
        expect.objectContaining({ id: refund_id, transfer_id: recorded.id }),
      );
    });

    it('once withdrawn, the money is unmatched again and can be matched', async () => {
      const { transfer: recorded } = await record(7_000);
      const { refund_id } = (
        await post<Schemas['RefundedTransfer']>(`transfers/${recorded.id}/refund`, { reason: 'nobody knows it' })
      ).body.data;
      const withdrawn = await post(`transfers/${recorded.id}/refunds/${refund_id}/withdraw`, {});
      expect(withdrawn.body.data).toMatchObject({
        refund: { status: 'cancelled' },
        transfer: { unmatched_amount: 7_000 },
      });
      expect((await post(`transfers/${recorded.id}/match`, { payment_id: await pending() })).status).toBe(200);
    });

    it('a double click without a key reserves once; after a withdrawal the same request reserves anew', async () => {
      const { transfer: recorded } = await record(7_000);
      const refund = (n: number) =>
        post<Schemas['RefundedTransfer']>(
          `transfers/${recorded.id}/refund`,
          { amount: 3_000, reason: 'paid twice' },
          { n },
        );
      const replies = await Promise.all([refund(0), refund(1)]);
      expect(new Set(replies.map(({ body }) => body.data.refund_id)).size).toBe(1);
      expect(await placesOf(recorded.id)).toMatchObject({ unmatched: 4_000, on_its_way: 3_000 });
      const { refund_id } = replies[0].body.data;
      await post(`transfers/${recorded.id}/refunds/${refund_id}/withdraw`, {});
      expect((await refund(0)).body.data.refund_id).not.toBe(refund_id);
      expect(await placesOf(recorded.id)).toMatchObject({ unmatched: 4_000, on_its_way: 3_000 });
    });

    it('one reference recorded as received and as paid back at once: only one succeeds', async () => {
      const replies: number[][] = [];
      for (let n = 0; n < 25; n++) {
        const { transfer: recorded } = await record(5_000);
        const transaction_id = reference('BOTH');
        const both = await Promise.all([
          post('transfers', { payment_method: 'bank_transfer', transaction_id, amount: 5_000 }),
          post(`transfers/${recorded.id}/refund`, { reason: 'not ours', transaction_id }, { n: 1 }),
        ]);
        replies.push(both.map(({ status }) => status));
      }
      for (const both of replies)
        expect([
          [201, 409],
          [409, 200],
        ]).toContainEqual(both);
    });

    it('matching and paying back at once: only one succeeds', async () => {
      const { transfer: recorded } = await record(7_000);
      const id = await pending();
      const [matched, refunded] = await Promise.all([
        post(`transfers/${recorded.id}/match`, { payment_id: id }),
        post(`transfers/${recorded.id}/refund`, { reason: 'nobody knows it' }, { n: 1 }),
      ]);
      expect([matched.status, refunded.status].sort()).toEqual([200, 409]);
      await placesOf(recorded.id);
    });
  });

  describe('refunding a payment made by several transfers', () => {
    it('goes across them by one reference; reserved and withdrawn, the whole amount is refundable again', async () => {
      const id = await pending();
      await confirm(id, reference(), { amount_received: 3_000 });
      await confirm(id, reference(), { amount_received: 4_000 });
      const reserved = await post<Schemas['RefundedPayment']>(`payments/${id}/refund`, {
        amount: 5_000,
        reason: 'part of it',
      });
      expect(reserved.body.data).toMatchObject({
        refund: { status: 'pending', amount: 5_000 },
        refundable_amount: 2_000,
      });
      await post(`payments/${id}/refunds/${reserved.body.data.refund_id}/withdraw`, {});
      expect(await payment(id)).toMatchObject({ refundable_amount: 7_000, payment: { status: 'completed' } });
      const out = reference('OUT');
      const refunded = await post(`payments/${id}/refund`, { reason: 'all of it', transaction_id: out });
      expect(refunded.body.data).toMatchObject({
        refund: { status: 'succeeded', amount: 7_000 },
        payment: { status: 'refunded' },
        credit_note: { amount: 7_000 },
      });
    });

    it('two requests at once refund no more than what is left', async () => {
      const id = await pending();
      await confirm(id, reference(), { amount_received: 3_000 });
      await confirm(id, reference(), { amount_received: 4_000 });
      const refund = (n: number) =>
        post(
          `payments/${id}/refund`,
          { amount: 4_000, reason: `number ${n}`, transaction_id: reference('OUT') },
          { n },
        );
      const replies = await Promise.all([refund(0), refund(1)]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 422]);
      expect(await payment(id)).toMatchObject({ payment: { refunded_amount: 4_000 }, refundable_amount: 3_000 });
    });
  });

  describe('correcting a transfer', () => {
    it('changes the amount, never below what is matched', async () => {
      const [a, b] = [await pending(), await pending()];
      const { id } = (await confirm(a, reference())).body.data.transfer;
      const patch = (amount: number) =>
        ask<Schemas['ChangedTransfer']>(stack.apis[0]!.url, `/api/v1/transfers/${id}`, {
          method: 'PATCH',
          token: stack.staff.token,
          body: { amount },
        });
      const { received_at } = await transfer(id);
      expect((await patch(6_999)).body.code).toBe('TRANSFER_IN_USE');
      expect((await patch(14_000)).body.data.transfer).toMatchObject({
        amount: 14_000,
        unmatched_amount: 7_000,
        received_at,
      });
      expect((await post(`transfers/${id}/match`, { payment_id: b })).status).toBe(200);
    });

    it('changes the date as long as no document uses it', async () => {
      const id = await pending();
      const { transfer: recorded } = await record(7_000, { received_at: '2026-01-02' });
      const patch = (received_at: string) =>
        ask<Schemas['ChangedTransfer']>(stack.apis[0]!.url, `/api/v1/transfers/${recorded.id}`, {
          method: 'PATCH',
          token: stack.staff.token,
          body: { received_at, note: 'as on the statement' },
        });
      expect((await patch('2025-12-31')).body.data.transfer.received_at).toBe('2025-12-31T00:00:00.000Z');
      await post(`transfers/${recorded.id}/match`, { payment_id: id });
      expect((await patch('2026-01-02')).body.code).toBe('TRANSFER_IN_USE');
      // What it is already is no correction.
      expect((await patch('2025-12-31')).status).toBe(200);
      const paid = await payment(id);
      const dates = [paid.payment.completed_at, paid.invoice.paid_at, paid.charge!.received_at];
      expect(new Set([...dates, (await transfer(recorded.id)).received_at])).toEqual(
        new Set(['2025-12-31T00:00:00.000Z']),
      );
    });

    it('voids a record with nothing matched, and frees its reference', async () => {
      const { transfer: recorded } = await record(7_000);
      const id = await pending();
      await post(`transfers/${recorded.id}/match`, { payment_id: id });
      const voided = () =>
        post<Schemas['ChangedTransfer']>(`transfers/${recorded.id}/void`, { reason: 'another account' });
      expect((await voided()).body.code).toBe('TRANSFER_IN_USE');
      await post(`transfers/${recorded.id}/unmatch`, { payment_id: id, reason: 'another account' });
      expect((await voided()).body.data.transfer).toMatchObject({
        voided_at: expect.any(String),
        unmatched_amount: 0,
      });
      expect((await voided()).body.code).toBe('TRANSFER_IN_USE');
      expect((await post(`transfers/${recorded.id}/match`, { payment_id: await pending() })).body.code).toBe(
        'NOTHING_UNMATCHED',
      );
      expect((await record(5_000, { transaction_id: recorded.transaction_id })).transfer.id).not.toBe(recorded.id);
    });
  });

  it('cancelling a partially paid payment makes its money unmatched again', async () => {
    const id = await pending();
    const transfer_id = (await confirm(id, reference(), { amount_received: 3_000 })).body.data.transfer.id;
    const cancelled = await post<Schemas['CancelledPayment']>(
      `payments/${id}/cancel`,
      {},
      { token: stack.patient.token },
    );
    expect(cancelled.body.data.payment.status).toBe('cancelled');
    expect(await placesOf(transfer_id)).toMatchObject({ matched: 0, unmatched: 3_000 });
    expect(await get(`payments/${id}`, stack.patient.token)).toMatchObject({
      charge: null,
      unmatched_transfers: [{ unmatched_amount: 3_000 }],
    });
  });
});
