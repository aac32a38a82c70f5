import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { createConsultation } from '../support/people.js';
import { putGuardsBack, takeOutKeys } from '../support/guards.js';
import { type RawReply, send } from '../support/raw-http.js';
import { useStack } from '../support/use-stack.js';

/** Every claim of a key waits here while a test holds the lock. */
const BARRIER = 6_161;

type Headers = [name: string, value: string][];

/** One request's key as it may arrive over proxies: in lines that are repeated, joined, quoted, padded. */
interface Form {
  readonly headers?: Headers;
  readonly inBody?: string | null;
}
const STANDARD = 'Idempotency-Key';
const OLDER = 'x-idempotency-key';

/** All of them are this key. */
const formsOf = (key: string): Form[] => [
  { headers: [[STANDARD, key]] },
  { headers: [[STANDARD, `"${key}"`]] },
  { headers: [[STANDARD, `  "${key}" \t`]] },
  { headers: [[STANDARD, `"${key}";v=1`]] },
  {
    headers: [
      [STANDARD, key],
      ['IDEMPOTENCY-KEY', key],
    ],
  },
  {
    headers: [
      [STANDARD, key],
      ['idempotency-key', `"${key}"`],
    ],
  },
  { headers: [[STANDARD, `${key}, ${key}`]] },
  { headers: [[STANDARD, `"${key}","${key}" , ${key}`]] },
  { headers: [[STANDARD, key]], inBody: null },
  {
    headers: [
      [STANDARD, `"${key}"`],
      [OLDER, key],
    ],
    inBody: key,
  },
  { headers: [[OLDER, key]] },
  { headers: [[OLDER, `"${key}"`]] },
  { headers: [[OLDER, `${key},${key}`]] },
  { headers: [[OLDER, `"${key}"`]], inBody: key },
  { inBody: key },
];

describe('one idempotency key in every form of header and body', () => {
  const stack = useStack({ apis: 2 });
  let count = 0;

  beforeAll(async () => {
    await stack.database.query(`
      CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(${BARRIER}); RETURN NEW; END $$;
      CREATE TRIGGER barrier BEFORE INSERT ON client_idempotency FOR EACH ROW EXECUTE FUNCTION wait_at_barrier()`);
  });

  function post(path: string, token: string, body: object, { headers = [], inBody }: Form, n = 0): Promise<RawReply> {
    const whole = inBody === undefined ? body : { ...body, idempotency_key: inBody };
    return send(stack.apis[n % 2]!.url, { path: `/api/v1/${path}`, token, headers, body: JSON.stringify(whole) });
  }
  const json = <Data>(reply: RawReply) => JSON.parse(reply.text) as { code?: string; data: Data };
  const pay = (consultation_id: number, form: Form, n = 0) =>
    post('payments', stack.patient.token, { consultation_id, amount: 5_000, payment_method: 'bank_transfer' }, form, n);
  const consultation = () => createConsultation(stack.database, stack.patient);
  const number = async (sql: string, values: unknown[] = []) =>
    Number((await stack.database.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`, values))[0]!.n);
  const paid = async (): Promise<number> => {
    const { payment_id } = json<Schemas['NewPayment']>(await pay(await consultation(), {})).data;
    await post(`payments/${payment_id}/confirm`, stack.staff.token, { transaction_id: `in-${(count += 1)}` }, {});
    return payment_id;
  };

  describe('one request repeated under every spelling and form creates one', () => {
    /** Each form in turn, over both processes. What is not the first is a repetition, by its status and its id. */
    async function repeated<Data>(
      key: string,
      wish: (form: Form, n: number) => Promise<RawReply>,
      idOf: (data: Data) => unknown,
    ): Promise<void> {
      const forms = formsOf(key);
      const replies: RawReply[] = [];
      for (const [n, form] of forms.entries()) replies.push(await wish(form, n));
      expect(new Set(replies.map((reply) => idOf(json<Data>(reply).data))).size).toBe(1);
      expect(replies.map(({ headers }) => headers['idempotent-replayed'])).toEqual([
        undefined,
        ...forms.slice(1).map(() => 'true'),
      ]);
    }

    it.each(['plain-key', 'a, b', String.raw`c\d`])('payment, header %j', async (key) => {
      const id = await consultation();
      if (key === 'plain-key') {
        await repeated(
          key,
          (form, n) => pay(id, form, n),
          (data: Schemas['NewPayment'] | Schemas['ExistingPayment']) => data.payment_id,
        );
      } else {
        // Bare, a comma separates; so this key is sent as a String, or in the body.
        const quoted = `"${key.replaceAll('\\', String.raw`\\`)}"`;
        const replies = [
          await pay(id, { headers: [[STANDARD, quoted]] }),
          await pay(id, { headers: [[STANDARD, `${quoted}, ${quoted}`]] }, 1),
          await pay(id, { headers: [[STANDARD, quoted]], inBody: key }),
          await pay(id, { headers: [[OLDER, quoted]] }, 1),
          await pay(id, { inBody: key }),
        ];
        expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 409, 409]);
        expect(
          new Set(
            replies.map((reply) => json<Schemas['NewPayment'] | Schemas['ExistingPayment']>(reply).data.payment_id),
          ).size,
        ).toBe(1);
      }
      expect(await number('payments WHERE consultation_id = $1', [id])).toBe(1);
    });

    it('refund', async () => {
      const id = await paid();
      const wish = { amount: 100, reason: 'as asked' };
      await repeated(
        'refund-key',
        (form, n) => post(`payments/${id}/refund`, stack.staff.token, wish, form, n),
        (data: Schemas['RefundedPayment']) => data.refund_id,
      );
      expect(await number('refunds WHERE payment_id = $1', [id])).toBe(1);
    });

    it('consultation, and one user for its unknown subject', async () => {
      const wish = { patient_subject: 'not-seen-before', fee: 700 };
      await repeated(
        'consultation-key',
        (form, n) => post('consultations', stack.staff.token, wish, form, n),
        (data: Schemas['MadeConsultation']) => data.consultation.id,
      );
      expect(
        await number('consultations JOIN users u ON u.id = patient_id WHERE u.subject = $1', ['not-seen-before']),
      ).toBe(1);
      expect(await number('users WHERE subject = $1', ['not-seen-before'])).toBe(1);
    });

    it('product', async () => {
      const wish = { id: 'made-once', name: 'Made once', price: 700 };
      await repeated(
        'product-key',
        (form, n) => post('products', stack.staff.token, wish, form, n),
        (data: Schemas['OneProduct']) => data.product.id,
      );
      expect(await number('products WHERE id = $1', ['made-once'])).toBe(1);
      // Without its key it is there already.
      expect(json(await post('products', stack.staff.token, wish, {})).code).toBe('PRODUCT_EXISTS');
    });

    it('fee change: a late retry does not undo a later change', async () => {
      const id = await consultation();
      const change = (fee: number, headers: Headers) =>
        send(stack.apis[0]!.url, {
          method: 'PATCH',
          path: `/api/v1/consultations/${id}`,
          token: stack.staff.token,
          headers,
          body: JSON.stringify({ fee }),
        });
      expect((await change(100, [[STANDARD, 'fee-1']])).status).toBe(200);
      expect((await change(200, [[STANDARD, 'fee-2']])).status).toBe(200);
      const late = await change(100, [[STANDARD, '"fee-1"']]);
      expect([late.status, late.headers['idempotent-replayed']]).toEqual([200, 'true']);
      expect(await number('consultations WHERE id = $1 AND fee = 200', [id])).toBe(1);
    });
  });

  it('a change of a fee or price commits together with its stored answer: a retry does not undo a later change', async () => {
    const id = await consultation();
    await post('products', stack.staff.token, { id: 'whole', name: 'Whole', price: 500 }, {});
    await stack.database.query(`
      CREATE FUNCTION no_answer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no answer is stored'; END $$;
      CREATE TRIGGER no_answer BEFORE UPDATE ON client_idempotency FOR EACH ROW
        WHEN (NEW.finished_at IS NOT NULL) EXECUTE FUNCTION no_answer()`);
    const change = (path: string, body: object) =>
      send(stack.apis[0]!.url, {
        method: 'PATCH',
        path: `/api/v1/${path}`,
        token: stack.staff.token,
        headers: [[STANDARD, 'whole']],
        body: JSON.stringify(body),
      });
    const replies = [await change(`consultations/${id}`, { fee: 100 }), await change('products/whole', { price: 100 })];
    await stack.database.query('DROP TRIGGER no_answer ON client_idempotency; DROP FUNCTION no_answer');
    expect(replies.map(({ status }) => status)).toEqual([500, 500]);
    expect(await number('consultations WHERE id = $1 AND fee = 100', [id])).toBe(0);
    expect(await number(`products WHERE id = 'whole' AND price = 100`)).toBe(0);
  });

  it.each<[string, Headers]>([
    ['two keys joined by a proxy', [[STANDARD, 'a, b']]],
    ['a String that does not end', [[STANDARD, '"k']]],
    ['half of a pair of quotes', [[STANDARD, 'k"']]],
    ['something beside a String', [[STANDARD, '"k" k']]],
    ['nothing', [[STANDARD, '']]],
    ['nothing between quotes', [[STANDARD, '""']]],
    ['more than 255 characters once decoded', [[STANDARD, `"${'k'.repeat(256)}"`]]],
    [
      'two spellings that differ',
      [
        [STANDARD, '"k"'],
        [OLDER, 'l'],
      ],
    ],
  ])('%s: 422, and nothing is created', async (_name, headers) => {
    const id = await consultation();
    const reply = await pay(id, { headers });
    expect([reply.status, json(reply).code]).toEqual([422, 'VALIDATION_FAILED']);
    expect(await number('payments WHERE consultation_id = $1', [id])).toBe(0);
  });

  it('quotes in the body belong to the key: it differs from a quoted header', async () => {
    const [first, second] = [await consultation(), await consultation()];
    expect((await pay(first, { inBody: '"lit"' })).status).toBe(201);
    expect((await pay(second, { headers: [[STANDARD, '"lit"']] })).status).toBe(201);
    const literal = await pay(first, { headers: [[STANDARD, String.raw`"\"lit\""`]] });
    expect([literal.status, literal.headers['idempotent-replayed']]).toEqual([201, 'true']);
  });

  it('null in an optional field equals its absence: the same request, the same key', async () => {
    const id = await consultation();
    const headers: Headers = [[STANDARD, 'with-nulls']];
    const body = { consultation_id: id, amount: 5_000, payment_method: 'gcash' };
    const nulls = { currency: null, metadata: null, idempotency_key: null };
    const first = await post('payments', stack.patient.token, { ...body, ...nulls }, { headers });
    const again = await post('payments', stack.patient.token, body, { headers }, 1);
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect(json(await post('payments', stack.patient.token, { ...body, amount: null }, {})).code).toBe(
      'VALIDATION_FAILED',
    );
    // No key was given, so one is derived, which is the same with the nulls and without.
    const payment = await paid();
    const refund = (more: object) =>
      post(`payments/${payment}/refund`, stack.staff.token, { reason: 'as asked', amount: 10, ...more }, {});
    const made = json<Schemas['RefundedPayment']>(await refund({ transaction_id: null, idempotency_key: null })).data
      .refund_id;
    expect(json<Schemas['RefundedPayment']>(await refund({})).data.refund_id).toBe(made);
    expect(await number('refunds WHERE payment_id = $1', [payment])).toBe(1);
  });

  describe('two requests at once, with keys `k` and `"k"`', () => {
    afterEach(() => putGuardsBack(stack.database));

    /** Both claim their key at the same moment. @returns how many refunds they made */
    async function bothAtOnce(key: string): Promise<{ made: number; statuses: number[] }> {
      const id = await paid();
      const gate = await stack.database.connect();
      await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
      const refund = (value: string, n: number) =>
        post(
          `payments/${id}/refund`,
          stack.staff.token,
          { amount: 100, reason: 'at once' },
          { headers: [[STANDARD, value]] },
          n,
        );
      const replies = Promise.all([refund(key, 0), refund(`"${key}"`, 1)]);
      await eventually(async () => {
        const waiting = await stack.database.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`,
        );
        return waiting.length === 2;
      }, 'both stand at the barrier');
      await gate.end();
      const statuses = (await replies).map(({ status }) => status).toSorted();
      return { made: await number('refunds WHERE payment_id = $1', [id]), statuses };
    }

    it('hazard: when each claim gets a key of its own, both requests refund', async () => {
      await takeOutKeys(stack.database);
      expect(await bothAtOnce('race-0')).toEqual({ made: 2, statuses: [200, 200] });
    });

    it('creating a payment: one payment, and the other request gets it or PAYMENT_IN_PROGRESS', async () => {
      const id = await consultation();
      const replies = await Promise.all([
        pay(id, { headers: [[STANDARD, 'race-pay']] }),
        pay(id, { headers: [[STANDARD, '"race-pay"']] }, 1),
      ]);
      expect(replies.filter(({ status, headers }) => status === 201 && !headers['idempotent-replayed'])).toHaveLength(
        1,
      );
      const [row] = await stack.database.query<{ id: string }>('SELECT id FROM payments WHERE consultation_id = $1', [
        id,
      ]);
      for (const reply of replies) {
        const { code, data } = json<Schemas['NewPayment']>(reply);
        expect(code === 'PAYMENT_IN_PROGRESS' || data.payment_id === Number(row!.id)).toBe(true);
      }
      expect(await number('payments WHERE consultation_id = $1', [id])).toBe(1);
    });

    it('refunding: one refund, and the other request gets PAYMENT_IN_PROGRESS or the same answer', async () => {
      for (let round = 1; round <= 3; round++) {
        const { made, statuses } = await bothAtOnce(`race-${round}`);
        expect(made).toBe(1);
        expect([200, 409]).toContain(statuses[1]);
      }
    });
  });

  describe('keys stored by a version that did not decode headers', () => {
    /** A key as that version had stored it. */
    async function storedAs(key: string, form: string, more = ''): Promise<void> {
      const client = await stack.database.connect();
      try {
        await client.query('ALTER TABLE client_idempotency DISABLE TRIGGER client_idempotency_keeps_its_answer');
        const { rowCount } = await client.query(
          `UPDATE client_idempotency SET idempotency_key = $2, key_as_sent = true ${more} WHERE idempotency_key = $1`,
          [key, form],
        );
        expect(rowCount).toBe(1);
      } finally {
        await client.query('ALTER TABLE client_idempotency ENABLE ALWAYS TRIGGER client_idempotency_keeps_its_answer');
        await client.end();
      }
    }
    const quoted = (key: string): Form => ({ headers: [[STANDARD, `"${key}"`]] });
    const bare = (key: string): Form => ({ headers: [[STANDARD, key]] });

    it.each<[string, string]>([
      ['"old-q"', '"old-q"'],
      ['old-j, old-j', 'old-j, old-j'],
      ['"old-p";v=1', '"old-p";v=1'],
      [String.raw`"old \"e\""`, String.raw`"old \"e\""`],
    ])('%s still replays its answer', async (stored, header) => {
      const id = await consultation();
      const first = await pay(id, { inBody: 'made-before' });
      await storedAs('made-before', stored);
      for (let n = 0; n < 2; n++) {
        const again = await pay(id, { headers: [[STANDARD, header]] }, n);
        expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([201, first.text, 'true']);
      }
      expect(await number('payments WHERE consultation_id = $1', [id])).toBe(1);
    });

    it('a quoted key also replays for the bare key, and refuses another request', async () => {
      const id = await consultation();
      const first = await pay(id, { inBody: 'made-quoted' });
      await storedAs('made-quoted', '"made-quoted"');
      expect((await pay(id, bare('made-quoted'))).text).toBe(first.text);
      expect(json(await pay(await consultation(), quoted('made-quoted'))).code).toBe('IDEMPOTENCY_KEY_REUSED');
    });

    it('two keys stored in different forms stay separate', async () => {
      const [one, other] = [await consultation(), await consultation()];
      const ofBare = await pay(one, bare('both'));
      const ofQuoted = await pay(other, { inBody: 'both-quoted' });
      await storedAs('both', 'both');
      await storedAs('both-quoted', '"both"');
      expect((await pay(one, bare('both'))).text).toBe(ofBare.text);
      expect((await pay(other, quoted('both'))).text).toBe(ofQuoted.text);
      expect((await pay(one, bare('both'), 1)).text).toBe(ofBare.text);
    });

    it('an unfinished key is refused while its lease lasts, and resumed afterwards', async () => {
      const id = await consultation();
      await pay(id, { inBody: 'half' });
      const unanswered = ', finished_at = NULL, response_status = NULL, response_body = NULL';
      await storedAs('half', '"half"', `${unanswered}, lease_expires_at = now() + interval '1 minute'`);
      expect(json(await pay(id, quoted('half'))).code).toBe('PAYMENT_IN_PROGRESS');
      await stack.database.query(
        `UPDATE client_idempotency SET lease_expires_at = now() WHERE idempotency_key = '"half"'`,
      );
      await stack.database.query(`UPDATE client_idempotency SET resource = NULL WHERE idempotency_key = '"half"'`);
      expect(json(await pay(id, quoted('half'))).code).toBe('PAYMENT_EXISTS');
      expect(await number('payments WHERE consultation_id = $1', [id])).toBe(1);
    });

    it('an expired key counts as new', async () => {
      const [id, next] = [await consultation(), await consultation()];
      await pay(id, { inBody: 'gone' });
      await storedAs('gone', '"gone"', `, expires_at = now()`);
      const made = await pay(next, quoted('gone'));
      expect([made.status, made.headers['idempotent-replayed']]).toEqual([201, undefined]);
      expect((await pay(next, bare('gone'))).text).toBe(made.text);
    });
  });

  it('staff find a payment by its client’s key, also when the key has expired; patients cannot', async () => {
    const search = async (text: string) => {
      const path = `/api/v1/ops/payments?search=${encodeURIComponent(text)}`;
      const reply = await send(stack.apis[0]!.url, { path, token: stack.staff.token });
      return json<Schemas['PageOfFoundPayments']>(reply).data.payments;
    };
    const keys = Array.from({ length: 95 }, (_, n) => String.fromCodePoint(0x20 + n));
    const odd = `!${keys.join('')}!`;
    for (const key of ['findable', odd]) {
      const id = await consultation();
      const sent = `"${key.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
      const made = await pay(id, { headers: [[STANDARD, sent]] });
      expect(made.status).toBe(201);
      expect(made.text).not.toContain('idempotency_key');
      await stack.database.query('DELETE FROM client_idempotency');
      const { payment_id } = json<Schemas['NewPayment']>(made).data;
      expect(await search(key)).toMatchObject([{ id: payment_id, idempotency_key: key }]);
      for (const path of [`payments/${payment_id}`, 'payments', `payments/${payment_id}/timeline`]) {
        const shown = await send(stack.apis[0]!.url, { path: `/api/v1/${path}`, token: stack.patient.token });
        expect([shown.status, shown.text.includes('idempotency_key')]).toEqual([200, false]);
      }
    }
    const [withoutKey] = await search(
      String(json<Schemas['NewPayment']>(await pay(await consultation(), {})).data.payment_id),
    );
    expect(withoutKey!.idempotency_key).toBeNull();
  });
});
