import type { Schemas } from '../../libs/payment-client/src/wire.js';
import fc from 'fast-check';
import { taxWithinReturned } from '../../libs/payments/src/ledger/money/credit.js';
import { MAX_AMOUNT } from '../../libs/payments/src/ledger/money/currencies.js';
import { taxWithin } from '../../libs/payments/src/ledger/money/tax.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, createPerson } from '../support/people.js';
import { startApi } from '../support/processes.js';
import { insertPayment } from '../support/rows.js';
import { useStack } from '../support/use-stack.js';

describe('refunds', () => {
  const stack = useStack({ apis: 2 });

  let count = 0;
  /** An unused reference. */
  const reference = () => `ref-${(count += 1)}`;

  async function paymentIn(status: string, amount = 5_000): Promise<number> {
    const consultation_id = await createConsultation(stack.database, stack.patient, amount);
    return insertPayment(stack.database, { user_id: stack.patient.id, consultation_id, status, amount });
  }

  /** Paid over HTTP, so that its documents are the program's own: 5000 with 495 of tax in it. */
  async function paidPayment(payment_method = 'bank_transfer'): Promise<number> {
    const consultation_id = await createConsultation(stack.database, stack.patient);
    const created = await ask<Schemas['NewPayment']>(stack.apis[0]!.url, '/api/v1/payments', {
      token: stack.patient.token,
      body: { consultation_id, amount: 5_000, payment_method },
    });
    const { payment_id } = created.body.data;
    const confirmed = await ask(stack.apis[0]!.url, `/api/v1/payments/${payment_id}/confirm`, {
      token: stack.staff.token,
      body: { transaction_id: reference() },
    });
    expect(confirmed.status).toBe(200);
    return payment_id;
  }

  interface How {
    token?: string;
    n?: number;
    key?: string | undefined;
    language?: string;
  }
  const post = <Data>(
    path: string,
    body: unknown,
    { token = stack.staff.token, n = 0, key, language = 'en' }: How = {},
  ) =>
    ask<Data>(stack.apis[n % 2]!.url, `/api/v1/payments/${path}`, {
      method: 'POST',
      token,
      headers: { 'accept-language': language, ...(key === undefined ? {} : { 'idempotency-key': key }) },
      ...(body === undefined ? {} : { body }),
    });
  const refund = (id: number, body: Record<string, unknown>, how: How = {}) =>
    post<Schemas['RefundedPayment']>(`${id}/refund`, { reason: 'the doctor was ill', ...body }, how);
  const settle = (id: number, refund_id: number, transaction_id = reference(), how: How = {}) =>
    post<Schemas['SettledRefund']>(`${id}/refunds/${refund_id}/settle`, { transaction_id }, how);
  const withdraw = (id: number, refund_id: number, how: How = {}) =>
    post<Schemas['SettledRefund']>(`${id}/refunds/${refund_id}/withdraw`, undefined, how);
  const list = (id: number, query = '', token = stack.staff.token) =>
    ask<Schemas['PageOfRefunds']>(stack.apis[0]!.url, `/api/v1/payments/${id}/refunds${query}`, { token });
  const codeOf = (reply: Reply) => [reply.status, reply.body.code];
  const replayed = (reply: Reply) => reply.headers.get('idempotent-replayed');

  /** Amounts and documents of one payment, as in Postgres. */
  async function moneyOf(id: number) {
    const [row] = await stack.database.query<Record<string, unknown>>(
      `SELECT p.status, p.refunded_amount::float8 AS refunded, c.amount_returned::float8 AS returned, c.amount_reserved::float8 AS reserved,
              i.status AS invoice, i.credited_amount::float8 AS credited, t.status AS tax,
              t.credited_base_amount::float8 AS credited_base, t.credited_tax_amount::float8 AS credited_tax,
              (SELECT coalesce(sum(n.amount), 0)::float8 FROM credit_notes n WHERE n.invoice_id = i.id) AS notes,
              (SELECT coalesce(sum(n.tax_amount), 0)::float8 FROM credit_notes n WHERE n.invoice_id = i.id) AS notes_tax,
              (SELECT count(*)::int FROM refunds r WHERE r.payment_id = p.id AND r.status IN ('pending', 'succeeded')) AS refunds
       FROM payments p JOIN invoices i ON i.payment_id = p.id JOIN tax_records t ON t.payment_id = p.id
       LEFT JOIN charges c ON c.payment_id = p.id WHERE p.id = $1`,
      [id],
    );
    return row!;
  }
  const UNTOUCHED = {
    status: 'completed',
    refunded: 0,
    returned: 0,
    reserved: 0,
    invoice: 'paid',
    credited: 0,
    tax: 'due',
    credited_base: 0,
    credited_tax: 0,
    notes: 0,
    notes_tax: 0,
    refunds: 0,
  };
  const FULLY = {
    ...UNTOUCHED,
    status: 'refunded',
    refunded: 5_000,
    returned: 5_000,
    invoice: 'refunded',
    credited: 5_000,
    tax: 'credited',
    credited_base: 4_505,
    credited_tax: 495,
    notes: 5_000,
    notes_tax: 495,
    refunds: 1,
  };

  it.each(['bank_transfer', 'gcash'])(
    '%s: without an amount the whole payment is refunded, and all documents agree',
    async (method) => {
      const id = await paidPayment(method);
      const transaction_id = reference();
      const reply = await refund(id, { transaction_id });
      expect(reply.body).toEqual({
        status_code: 200,
        message: 'Refund processed successfully',
        request_id: expect.any(String),
        data: {
          refund_id: expect.any(Number),
          payment_id: id,
          refund: {
            id: reply.body.data.refund_id,
            payment_id: id,
            payment_method: method,
            amount: 5_000,
            currency: 'idr',
            status: 'succeeded',
            automatic: false,
            reason: 'the doctor was ill',
            transaction_id,
            created_at: expect.stringMatching(/Z$/),
            settled_at: expect.stringMatching(/Z$/),
            refunded_at: expect.stringMatching(/Z$/),
            awaiting: null,
            kind: 'refund',
            transfer_id: null,
          },
          payment: expect.objectContaining({ id, status: 'refunded', refunded_amount: 5_000 }),
          invoice: expect.objectContaining({ status: 'refunded', amount: 5_000, credited_amount: 5_000 }),
          tax: expect.objectContaining({ status: 'credited', credited_base_amount: 4_505, credited_tax_amount: 495 }),
          credit_note: {
            credit_number: expect.stringMatching(/^CN-\d{14}-\d{6,}$/),
            amount: 5_000,
            base_amount: 4_505,
            tax_amount: 495,
            effective_at: expect.stringMatching(/Z$/),
            created_at: expect.stringMatching(/Z$/),
          },
          refundable_amount: 0,
        },
      });
      expect(await moneyOf(id)).toEqual(FULLY);
    },
  );

  it('partial refunds: one, one that exceeds what is left (refused with what is left), then the rest: exact to the unit', async () => {
    const id = await paidPayment();
    const part = await refund(id, { amount: 1_234, transaction_id: reference() });
    expect(part.body.data).toMatchObject({
      payment: { status: 'partially_refunded', refunded_amount: 1_234 },
      invoice: { status: 'partially_refunded', credited_amount: 1_234 },
      // 495 × 1234 / 5000 = 122.166
      tax: { status: 'partially_credited', credited_base_amount: 1_112, credited_tax_amount: 122 },
      refundable_amount: 3_766,
    });
    const tooLarge = await refund(id, { amount: 3_767, transaction_id: reference() });
    expect([...codeOf(tooLarge), tooLarge.body.data]).toEqual([
      422,
      'REFUND_TOO_LARGE',
      { refundable_amount: 3_766, currency: 'idr' },
    ]);
    expect(tooLarge.body.message).toContain('3766');
    const rest = await refund(id, { transaction_id: reference() });
    expect(rest.body.data).toMatchObject({ refund: { amount: 3_766 }, credit_note: { tax_amount: 373 } });
    expect(await moneyOf(id)).toEqual({ ...FULLY, refunds: 2 });
  });

  it.each(['pending', 'failed', 'expired', 'cancelled'])('a %s payment cannot be refunded: 409', async (status) => {
    const id = await paymentIn(status);
    const reply = await refund(id, { transaction_id: reference() });
    expect([...codeOf(reply), reply.body.data]).toEqual([409, 'TRANSITION_NOT_ALLOWED', { payment_id: id, status }]);
    expect(await moneyOf(id)).toMatchObject({ status, refunds: 0, notes: 0 });
  });

  it('a refunded payment is not refunded again: 409', async () => {
    const id = await paidPayment();
    await refund(id, { transaction_id: reference() });
    expect(codeOf(await refund(id, { amount: 1, transaction_id: reference() }))).toEqual([
      409,
      'NOTHING_LEFT_TO_REFUND',
    ]);
    expect(await moneyOf(id)).toEqual(FULLY);
  });

  describe('by hand, without a bank reference', () => {
    it('the refund is reserved: its amount counts as refunded, and nothing is paid back yet', async () => {
      const id = await paidPayment();
      const reserved = await refund(id, { amount: 4_000 });
      expect(reserved.body).toMatchObject({
        status_code: 200,
        data: {
          refund: { status: 'pending', amount: 4_000, transaction_id: null, settled_at: null },
          payment: { status: 'completed', refunded_amount: 0 },
          invoice: { status: 'paid', credited_amount: 0 },
          credit_note: null,
          refundable_amount: 1_000,
        },
      });
      expect(await moneyOf(id)).toEqual({ ...UNTOUCHED, reserved: 4_000, refunds: 1 });
      expect((await refund(id, { amount: 1_001 })).body.data).toEqual({ refundable_amount: 1_000, currency: 'idr' });
      expect((await refund(id, { reason: 'the rest' })).status).toBe(200);
      const nothing = await refund(id, { reason: 'and more' });
      expect([...codeOf(nothing), nothing.body.data]).toEqual([
        409,
        'NOTHING_LEFT_TO_REFUND',
        { payment_id: id, status: 'completed' },
      ]);
      expect(await moneyOf(id)).toEqual({ ...UNTOUCHED, reserved: 5_000, refunds: 2 });
    });

    it('staff settle it with a reference, once; then payment and documents change', async () => {
      const id = await paidPayment();
      const { refund_id } = (await refund(id, {})).body.data;
      const transaction_id = reference();
      const settled = await settle(id, refund_id, transaction_id);
      expect(settled.body).toMatchObject({
        status_code: 200,
        message: 'Refund settled successfully',
        data: {
          refund_id,
          payment_id: id,
          refund: { status: 'succeeded', transaction_id, amount: 5_000 },
          payment: { status: 'refunded' },
          invoice: { credited_amount: 5_000 },
          tax: { credited_tax_amount: 495 },
          credit_note: { amount: 5_000, tax_amount: 495 },
        },
      });
      expect(await moneyOf(id)).toEqual(FULLY);
      for (const again of [settle(id, refund_id), withdraw(id, refund_id)]) {
        const reply = await again;
        expect([...codeOf(reply), reply.body.data]).toEqual([
          409,
          'REFUND_ALREADY_SETTLED',
          { refund_id, status: 'succeeded' },
        ]);
      }
      expect(await moneyOf(id)).toEqual(FULLY);
    });

    it('staff withdraw it, once; its amount can be refunded again', async () => {
      const id = await paidPayment();
      const { refund_id } = (await refund(id, {})).body.data;
      const withdrawn = await withdraw(id, refund_id);
      expect(withdrawn.body).toMatchObject({
        status_code: 200,
        message: 'Refund withdrawn',
        data: { refund: { id: refund_id, status: 'cancelled' }, payment: { status: 'completed' }, credit_note: null },
      });
      expect(await moneyOf(id)).toEqual(UNTOUCHED);
      for (const again of [withdraw(id, refund_id), settle(id, refund_id)])
        expect(codeOf(await again)).toEqual([409, 'REFUND_ALREADY_SETTLED']);
      expect((await refund(id, { reason: 'after all', transaction_id: reference() })).status).toBe(200);
      expect(await moneyOf(id)).toEqual(FULLY);
    });
  });

  it('a bank reference settles one refund only, in either letter case: reuse is 409 and writes nothing', async () => {
    const [first, second] = [await paidPayment(), await paidPayment()];
    expect((await refund(first, { amount: 1, transaction_id: 'BCA-back-7' })).status).toBe(200);
    for (const transaction_id of ['BCA-back-7', 'bca-BACK-7']) {
      const reply = await refund(second, { transaction_id });
      expect(codeOf(reply)).toEqual([409, 'TRANSACTION_ALREADY_USED']);
    }
    expect(await moneyOf(second)).toEqual(UNTOUCHED);
    const { refund_id } = (await refund(second, {})).body.data;
    expect(codeOf(await settle(second, refund_id, 'bca-back-7'))).toEqual([409, 'TRANSACTION_ALREADY_USED']);
    expect(await moneyOf(second)).toEqual({ ...UNTOUCHED, reserved: 5_000, refunds: 1 });
    expect((await settle(second, refund_id)).status).toBe(200);
  });

  describe('who may refund', () => {
    it('no patient, not even the owner: 403 on every route, and nothing is refunded', async () => {
      const id = await paidPayment();
      const { refund_id } = (await refund(id, { amount: 1 })).body.data;
      const { token } = stack.patient;
      for (const attempt of [
        refund(id, {}, { token }),
        settle(id, refund_id, reference(), { token }),
        withdraw(id, refund_id, { token }),
        list(id, '', token),
      ])
        expect(codeOf(await attempt)).toEqual([403, 'FORBIDDEN']);
      expect(await moneyOf(id)).toEqual({ ...UNTOUCHED, reserved: 1, refunds: 1 });
    });

    it('staff cannot refund their own payment', async () => {
      const consultation_id = await createConsultation(stack.database, stack.staff);
      const id = await insertPayment(stack.database, { user_id: stack.staff.id, consultation_id, status: 'completed' });
      expect(codeOf(await refund(id, { transaction_id: reference() }))).toEqual([403, 'FORBIDDEN']);
      const colleague = await createPerson(stack.database, 'staff');
      const { refund_id } = (await refund(id, {}, { token: colleague.token })).body.data;
      expect(codeOf(await settle(id, refund_id))).toEqual([403, 'FORBIDDEN']);
      expect(codeOf(await withdraw(id, refund_id))).toEqual([403, 'FORBIDDEN']);
      expect((await settle(id, refund_id, reference(), { token: colleague.token })).status).toBe(200);
    });

    it('a service may', async () => {
      const { token } = await createPerson(stack.database, 'service');
      expect((await refund(await paidPayment(), { transaction_id: reference() }, { token })).status).toBe(200);
    });
  });

  it('a refund under another payment’s path is 404, also under one that was never paid', async () => {
    const id = await paidPayment();
    const { refund_id } = (await refund(id, {})).body.data;
    for (const wrong of [await paidPayment(), await paymentIn('pending')]) {
      expect(codeOf(await settle(wrong, refund_id))).toEqual([404, 'REFUND_NOT_FOUND']);
      expect(codeOf(await withdraw(wrong, refund_id))).toEqual([404, 'REFUND_NOT_FOUND']);
    }
    for (const missing of [refund(999_999, {}), settle(999_999, refund_id), withdraw(999_999, 1), list(999_999)])
      expect(codeOf(await missing)).toEqual([404, 'PAYMENT_NOT_FOUND']);
    expect(await moneyOf(id)).toEqual({ ...UNTOUCHED, reserved: 5_000, refunds: 1 });
  });

  it('the list is paged newest first, each refund once, with the amount still refundable', async () => {
    const id = await paidPayment();
    const made: number[] = [];
    for (let n = 1; n <= 5; n++) made.push((await refund(id, { amount: n * 100 })).body.data.refund_id);
    const pages: number[][] = [];
    let cursor: string | null = null;
    do {
      const page: Reply<Schemas['PageOfRefunds']> = await list(id, `?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      const { as_of, refunds } = page.body.data;
      expect(page.body.data).toMatchObject({ payment_id: id, refundable_amount: 3_500 });
      expect(new Date(as_of).getTime()).toBeGreaterThanOrEqual(new Date(refunds[0]!.created_at).getTime());
      pages.push(page.body.data.refunds.map((one) => one.id));
      cursor = page.body.data.next_cursor;
    } while (cursor !== null);
    const newest = made.toReversed();
    expect(pages).toEqual([newest.slice(0, 2), newest.slice(2, 4), newest.slice(4)]);
    const unpaid = await list(await paymentIn('pending'));
    expect(unpaid.body.data).toMatchObject({ refunds: [], refundable_amount: 0, next_cursor: null });
  });

  describe('any money cut into any parts', () => {
    const seed = Date.now() % 2 ** 31;
    const amounts = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: MAX_AMOUNT }));
    const rates = fc.oneof(fc.constantFrom(0, 1, 1_100, 10_000), fc.integer({ min: 0, max: 10_000 }));
    /** Where to cut, in millionths of what is left. */
    const cuts = (most: number) => fc.array(fc.integer({ min: 0, max: 999_999 }), { maxLength: most });
    const partOf = (left: number, cut: number) => 1 + Number((BigInt(left - 1) * BigInt(cut)) / 1_000_000n);

    it(`the formula: no part is negative or exceeds the total, and all parts add up exactly (seed ${seed})`, () => {
      fc.assert(
        fc.property(amounts, rates, cuts(30), (amount, rate, where) => {
          const { tax_amount, base_amount } = taxWithin(amount, rate);
          let returned = 0;
          let credited = { tax: 0, base: 0 };
          for (const cut of [...where, undefined]) {
            const left = amount - returned;
            if (left === 0) break;
            returned += cut === undefined ? left : partOf(left, cut);
            const tax = taxWithinReturned({ amount, tax_amount }, returned);
            const base = returned - tax;
            expect(tax).toBeGreaterThanOrEqual(credited.tax);
            expect(base).toBeGreaterThanOrEqual(credited.base);
            expect(tax).toBeLessThanOrEqual(tax_amount);
            expect(base).toBeLessThanOrEqual(base_amount);
            credited = { tax, base };
          }
          expect(credited).toEqual({ tax: tax_amount, base: base_amount });
        }),
        { seed, numRuns: 1_000 },
      );
    });

    it(`over HTTP: credited stays within the total at every step, and in the end equals invoice and tax (seed ${seed})`, async () => {
      await fc.assert(
        fc.asyncProperty(amounts, rates, cuts(6), async (amount, rate, where) => {
          const tax = taxWithin(amount, rate);
          const id = await paidWith(amount, tax);
          let left = amount;
          for (const [n, cut] of [...where, undefined].entries()) {
            if (left === 0) break;
            const part = cut === undefined ? left : partOf(left, cut);
            left -= part;
            // Every second one is reserved first.
            const reply = await refund(id, {
              amount: part,
              reason: `part ${n}`,
              ...(n % 2 ? {} : { transaction_id: reference() }),
            });
            expect(reply.status).toBe(200);
            if (n % 2) expect((await settle(id, reply.body.data.refund_id)).status).toBe(200);
            const money = await moneyOf(id);
            const [base, credited] = [money.credited_base as number, money.credited_tax as number];
            expect(base >= 0 && base <= tax.base_amount && credited >= 0 && credited <= tax.tax_amount).toBe(true);
            expect(money).toMatchObject({ returned: amount - left, credited: amount - left, notes: base + credited });
          }
          expect(await moneyOf(id)).toMatchObject({
            status: 'refunded',
            returned: amount,
            reserved: 0,
            notes: amount,
            notes_tax: tax.tax_amount,
            credited_base: tax.base_amount,
            credited_tax: tax.tax_amount,
          });
        }),
        { seed, numRuns: 25, endOnFailure: true },
      );
    });

    /** A payment of any amount and any rate, paid: the process has one rate only, but rates change over the years. */
    async function paidWith(amount: number, tax: ReturnType<typeof taxWithin>): Promise<number> {
      const consultation_id = await createConsultation(stack.database, stack.patient, amount);
      const [row] = await stack.database.query<{ id: string }>(
        `WITH p AS (INSERT INTO payments (user_id, consultation_id, amount, currency, payment_method, status, completed_at)
                    VALUES ($1, $2, $3, 'idr', 'gcash', 'completed', now()) RETURNING *),
         i AS (INSERT INTO invoices (invoice_number, payment_id, amount, currency, status)
               SELECT 'INV-20240115103000-' || lpad(id::text, 6, '0'), id, amount, currency, 'paid' FROM p RETURNING *),
         t AS (INSERT INTO tax_records (payment_id, invoice_id, amount, base_amount, tax_amount, rate_basis_points, status)
               SELECT payment_id, id, amount, $4, $5, $6, 'due' FROM i),
         f AS (INSERT INTO transfers (payment_method, transaction_id, amount, amount_allocated, currency, payment_id, received_at)
               SELECT payment_method, 'paid-' || id, amount, amount, currency, id, now() FROM p RETURNING *),
         c AS (INSERT INTO charges (payment_method, transaction_id, transfer_id, payment_id, amount_received, currency)
               SELECT payment_method, transaction_id, id, payment_id, amount, currency FROM f)
         SELECT id FROM p`,
        [stack.patient.id, consultation_id, amount, tax.base_amount, tax.tax_amount, tax.rate_basis_points],
      );
      return Number(row!.id);
    }
  });

  describe('repeated requests', () => {
    it('with a key: the same bytes and one refund, from the other process too', async () => {
      const id = await paidPayment();
      const body = { amount: 700, transaction_id: reference() };
      const first = await refund(id, body, { key: 'refund-once' });
      const again = await refund(id, body, { key: 'refund-once', n: 1, language: 'id' });
      expect([again.status, again.text, replayed(first), replayed(again)]).toEqual([200, first.text, null, 'true']);
      expect(await moneyOf(id)).toMatchObject({ returned: 700, refunds: 1 });
      expect(codeOf(await refund(id, { ...body, amount: 701 }, { key: 'refund-once' }))).toEqual([
        422,
        'IDEMPOTENCY_KEY_REUSED',
      ]);
    });

    it('settling and withdrawing with a key replay the same bytes', async () => {
      const id = await paidPayment();
      const [a, b] = [
        (await refund(id, { amount: 1 })).body.data.refund_id,
        (await refund(id, { amount: 2 })).body.data.refund_id,
      ];
      const transaction_id = reference();
      const settled = await settle(id, a, transaction_id, { key: 'settle-once' });
      expect((await settle(id, a, transaction_id, { key: 'settle-once', n: 1 })).text).toBe(settled.text);
      const withdrawn = await withdraw(id, b, { key: 'withdraw-once' });
      expect((await withdraw(id, b, { key: 'withdraw-once', n: 1 })).text).toBe(withdrawn.text);
      expect(await moneyOf(id)).toMatchObject({ returned: 1, reserved: 0 });
    });

    it('a double click without a key, over two processes at once: one refund, and the second answer says it exists', async () => {
      for (let round = 0; round < 5; round++) {
        const id = await paidPayment();
        const replies = await Promise.all([0, 1].map((n) => refund(id, { amount: 2_000 }, { n })));
        expect(replies.map(({ status }) => status)).toEqual([200, 200]);
        const [first, second] = replies.sort((a, b) => Number(replayed(a) !== null) - Number(replayed(b) !== null));
        expect([replayed(first!), replayed(second!)]).toEqual([null, 'true']);
        expect(second!.body.message).toBe('This refund was already made');
        expect(second!.body.data.refund_id).toBe(first!.body.data.refund_id);
        expect(await moneyOf(id)).toMatchObject({ reserved: 2_000, refunds: 1 });
      }
    });

    it('a repeated request returns the refund’s current state, in the reader’s language', async () => {
      const id = await paidPayment();
      const { refund_id } = (await refund(id, { amount: 10 })).body.data;
      await settle(id, refund_id);
      const again = await refund(id, { amount: 10 }, { language: 'id' });
      expect(again.body.message).not.toBe('This refund was already made');
      expect(again.body.data).toMatchObject({
        refund: { id: refund_id, status: 'succeeded' },
        payment: { status: 'partially_refunded' },
        credit_note: { amount: 10 },
        refundable_amount: 4_990,
      });
    });

    it('a second refund on purpose: at once with another key or another body, without a key after five minutes', async () => {
      const id = await paidPayment();
      const body = { amount: 100 };
      await refund(id, body);
      expect(replayed(await refund(id, body))).toBe('true');
      expect(await moneyOf(id)).toMatchObject({ reserved: 100 });
      expect(replayed(await refund(id, body, { key: 'deliberate' }))).toBeNull();
      expect(await moneyOf(id)).toMatchObject({ reserved: 200 });
      expect(replayed(await refund(id, { amount: 101 }))).toBeNull();
      expect(await moneyOf(id)).toMatchObject({ reserved: 301 });
      const kept = await stack.database.query(
        `UPDATE client_idempotency SET expires_at = expires_at - interval '5 minutes'
         WHERE route LIKE '%(derived)' AND resource LIKE $1
         RETURNING round(extract(epoch FROM expires_at + interval '5 minutes' - finished_at))::int AS seconds`,
        [`${id}/%`],
      );
      expect(kept).toEqual([{ seconds: 300 }, { seconds: 300 }]);
      const later = await refund(id, body);
      expect([later.status, replayed(later)]).toEqual([200, null]);
      expect(await moneyOf(id)).toMatchObject({ reserved: 401, refunds: 4 });
    });

    it('a refused request is not stored: repeating it is evaluated anew', async () => {
      const id = await paidPayment();
      const { refund_id } = (await refund(id, {})).body.data;
      expect(codeOf(await refund(id, { amount: 5 }))).toEqual([409, 'NOTHING_LEFT_TO_REFUND']);
      await withdraw(id, refund_id);
      expect((await refund(id, { amount: 5 })).status).toBe(200);
    });

    it('a request repeated after the refund was withdrawn makes a new one, once even for two retries at once', async () => {
      for (let round = 0; round < 5; round++) {
        const id = await paidPayment();
        const first = (await refund(id, { amount: 2_000 })).body.data.refund_id;
        await withdraw(id, first);
        const replies = await Promise.all([0, 1, 0, 1].map((n) => refund(id, { amount: 2_000 }, { n })));
        expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
        const [made, ...others] = new Set(replies.map(({ body }) => body.data.refund_id));
        expect([made !== first, others]).toEqual([true, []]);
        expect(replies.filter((reply) => replayed(reply) === null)).toHaveLength(1);
        expect(await moneyOf(id)).toMatchObject({ reserved: 2_000, refunds: 1 });
      }
    });

    it('where keys are required a request without one is 400, and nothing is refunded', async () => {
      const strict = await startApi({ DATABASE_URL: stack.database.url, IDEMPOTENCY_KEY_REQUIRED: 'true' });
      const id = await paidPayment();
      const ask1 = (headers: Record<string, string>) =>
        ask(strict.url, `/api/v1/payments/${id}/refund`, {
          token: stack.staff.token,
          headers,
          body: { reason: 'strict' },
        });
      expect(codeOf(await ask1({}))).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
      expect(await moneyOf(id)).toEqual(UNTOUCHED);
      expect((await ask1({ 'idempotency-key': 'given' })).status).toBe(200);
      await strict.stop();
    });
  });
});
