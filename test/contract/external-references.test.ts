import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { createPerson, type Person } from '../support/people.js';
import { useStack } from '../support/use-stack.js';

/** Every insert of a consultation or product waits here while a test holds the lock. */
const BARRIER = 7_272;

describe('external references', () => {
  const stack = useStack({ apis: 2 });
  let service: Person;
  let count = 0;

  beforeAll(async () => {
    service = await createPerson(stack.database, 'service');
    await stack.database.query(`
      CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(${BARRIER}); RETURN NEW; END $$;
      CREATE TRIGGER barrier BEFORE INSERT ON consultations FOR EACH ROW EXECUTE FUNCTION wait_at_barrier();
      CREATE TRIGGER barrier BEFORE INSERT ON products FOR EACH ROW EXECUTE FUNCTION wait_at_barrier()`);
  });

  const unused = () => `feed/${process.pid}/${(count += 1)}`;
  const post = <Data>(path: string, body: object, { n = 0, key }: { n?: number; key?: string } = {}) =>
    ask<Data>(stack.apis[n % 2]!.url, `/api/v1/${path}`, {
      token: service.token,
      body,
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
  const get = <Data>(path: string, token = service.token) =>
    ask<Data>(stack.apis[0]!.url, `/api/v1/${path}`, { token });
  const patch = <Data>(path: string, body: object) =>
    ask<Data>(stack.apis[0]!.url, `/api/v1/${path}`, { method: 'PATCH', token: service.token, body });
  const codeOf = ({ status, body }: Reply) => [status, body.code] as unknown;
  const rows = async (table: string, external_reference: string) =>
    (await stack.database.query(`SELECT 1 FROM ${table} WHERE external_reference = $1`, [external_reference])).length;

  /** All at once, each held where it would make its row. */
  async function atOnce<Data>(requests: (() => Promise<Reply<Data>>)[]): Promise<Reply<Data>[]> {
    const gate = await stack.database.connect();
    await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
    const replies = Promise.all(requests.map((request) => request()));
    await eventually(async () => {
      const waiting = await stack.database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`,
      );
      return waiting.length === requests.length;
    }, 'all stand at the barrier');
    await gate.end();
    return replies;
  }

  describe('of a consultation', () => {
    const draft = (external_reference: string, more: object = {}) => ({
      patient_id: stack.patient.id,
      fee: 5_000,
      external_reference,
      ...more,
    });

    it('is returned, and sending it again with the same terms returns the existing consultation, with or without a key', async () => {
      const reference = unused();
      const made = await post<Schemas['MadeConsultation']>('consultations', draft(reference));
      expect([made.status, made.body.data.consultation.external_reference]).toEqual([201, reference]);
      const { consultation } = made.body.data;
      for (const [n, key] of [undefined, `${reference}-a`, `${reference}-b`].entries()) {
        const again = await post<Schemas['MadeConsultation']>('consultations', draft(reference, { currency: 'idr' }), {
          n,
          ...(key === undefined ? {} : { key }),
        });
        expect([again.status, again.body.data.consultation]).toEqual([200, consultation]);
      }
      // Named by their subject it is the same patient.
      const { patient_id: _, ...rest } = draft(reference);
      expect((await post('consultations', { ...rest, patient_subject: stack.patient.subject })).status).toBe(200);
      expect(await rows('consultations', reference)).toBe(1);
    });

    it('sent again with other terms is 409 naming the consultation, and creates neither consultation nor user', async () => {
      const reference = unused();
      const { id } = (await post<Schemas['MadeConsultation']>('consultations', draft(reference))).body.data
        .consultation;
      const other = await createPerson(stack.database);
      for (const more of [{ fee: 5_001 }, { currency: 'usd' }, { patient_id: other.id }]) {
        const reply = await post('consultations', draft(reference, more), {
          key: `${reference}${JSON.stringify(more)}`,
        });
        expect(codeOf(reply)).toEqual([409, 'EXTERNAL_REFERENCE_USED']);
        expect(reply.body.data).toEqual({ external_reference: reference, consultation_id: id, product_id: null });
      }
      const { patient_id: _, ...rest } = draft(reference);
      const unknown = await post('consultations', { ...rest, patient_subject: `stranger of ${reference}` });
      expect(codeOf(unknown)).toEqual([409, 'EXTERNAL_REFERENCE_USED']);
      expect(
        await stack.database.query('SELECT 1 FROM users WHERE subject = $1', [`stranger of ${reference}`]),
      ).toEqual([]);
      expect(await rows('consultations', reference)).toBe(1);
    });

    it('null or missing references are not unique', async () => {
      const ids = await Promise.all(
        [{}, {}, { external_reference: null }, { external_reference: null }].map(
          async (more) =>
            (
              await post<Schemas['MadeConsultation']>('consultations', {
                patient_id: stack.patient.id,
                fee: 1,
                ...more,
              })
            ).body.data.consultation.id,
        ),
      );
      expect(new Set(ids).size).toBe(4);
    });

    it('two requests at once for an unknown subject create one consultation and one user', async () => {
      const reference = unused();
      const body = { patient_subject: `new of ${reference}`, fee: 700, external_reference: reference };
      // The second waits for the user that the first is making, not at the barrier: so they differ in nothing but the key.
      const replies = await Promise.all([0, 1, 0, 1].map((n) => post('consultations', body, { n })));
      expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 201]);
      expect(await rows('consultations', reference)).toBe(1);
      expect(
        await stack.database.query('SELECT 1 FROM users WHERE subject = $1', [`new of ${reference}`]),
      ).toHaveLength(1);
    });

    describe('two requests at once', () => {
      const both = (reference: string) =>
        atOnce([0, 1].map((n) => () => post<Schemas['MadeConsultation']>('consultations', draft(reference), { n })));

      it('hazard: without the unique index, two consultations are created', async () => {
        await stack.database.query('ALTER TABLE consultations DROP CONSTRAINT consultations_external_reference_unique');
        const reference = unused();
        const replies = await both(reference);
        expect(replies.map(({ status }) => status)).toEqual([201, 201]);
        expect(await rows('consultations', reference)).toBe(2);
        await stack.database.query('UPDATE consultations SET external_reference = NULL WHERE external_reference = $1', [
          reference,
        ]);
        await stack.database.query(
          'ALTER TABLE consultations ADD CONSTRAINT consultations_external_reference_unique UNIQUE (external_reference)',
        );
      });

      it('one creates it, and the other gets the existing one', async () => {
        for (let round = 0; round < 3; round++) {
          const reference = unused();
          const replies = await both(reference);
          expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 201]);
          expect(new Set(replies.map(({ body }) => body.data.consultation.id)).size).toBe(1);
          expect(await rows('consultations', reference)).toBe(1);
        }
      });

      it('with other terms one creates it, and the other gets 409', async () => {
        const reference = unused();
        const replies = await atOnce(
          [5_000, 6_000].map((fee, n) => () => post('consultations', draft(reference, { fee }), { n })),
        );
        expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409]);
        expect(await rows('consultations', reference)).toBe(1);
      });
    });

    it('cannot be changed by PATCH', async () => {
      const reference = unused();
      const { id } = (await post<Schemas['MadeConsultation']>('consultations', draft(reference))).body.data
        .consultation;
      expect(codeOf(await patch(`consultations/${id}`, { external_reference: unused() }))).toEqual([
        422,
        'VALIDATION_FAILED',
      ]);
      const changed = await patch<Schemas['ChangedConsultation']>(`consultations/${id}`, { fee: 9_000 });
      expect(changed.body.data.consultation).toMatchObject({ fee: 9_000, external_reference: reference });
      // Its terms are those of now.
      expect(codeOf(await post('consultations', draft(reference)))).toEqual([409, 'EXTERNAL_REFERENCE_USED']);
      expect((await post('consultations', draft(reference, { fee: 9_000 }))).status).toBe(200);
    });
  });

  describe('of a product', () => {
    const draft = (external_reference: string, more: object = {}) => ({
      id: `product-${count}`,
      name: 'Fed',
      price: 100,
      external_reference,
      ...more,
    });

    it('is returned, and sending it again returns the existing product; with other terms it is 409 naming it', async () => {
      const body = draft(unused());
      const made = await post<Schemas['OneProduct']>('products', body);
      expect([made.status, made.body.data.product.external_reference]).toEqual([201, body.external_reference]);
      const again = await post('products', body, { n: 1 });
      expect([again.status, again.body.data]).toEqual([200, made.body.data]);
      for (const more of [{ name: 'Other' }, { price: 101 }, { currency: 'usd' }, { id: 'another-id' }]) {
        const reply = await post('products', { ...body, ...more });
        expect(codeOf(reply)).toEqual([409, 'EXTERNAL_REFERENCE_USED']);
        expect(reply.body.data).toEqual({
          external_reference: body.external_reference,
          consultation_id: null,
          product_id: body.id,
        });
        expect(reply.body.message).toContain(body.id);
      }
      expect(codeOf(await post('products', { ...body, external_reference: unused() }))).toEqual([
        409,
        'PRODUCT_EXISTS',
      ]);
      expect(await rows('products', body.external_reference)).toBe(1);
      expect(codeOf(await patch(`products/${body.id}`, { external_reference: 'x' }))).toEqual([
        422,
        'VALIDATION_FAILED',
      ]);
    });

    it('two requests at once create one product; with different ids one is created and the other gets 409', async () => {
      const body = draft(unused());
      const same = await atOnce([0, 1].map((n) => () => post('products', body, { n })));
      expect(same.map(({ status }) => status).toSorted()).toEqual([200, 201]);
      const other = draft(unused());
      const two = await atOnce([0, 1].map((n) => () => post('products', { ...other, id: `${other.id}-${n}` }, { n })));
      expect(two.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      expect(await rows('products', other.external_reference)).toBe(1);
    });
  });

  describe('lists', () => {
    let of_consultation: string;
    let of_product: string;
    let consultation_id: number;
    let payment_id: number;
    let order_id: number;

    beforeAll(async () => {
      [of_consultation, of_product] = [unused(), unused()];
      const body = { patient_id: stack.patient.id, fee: 5_000, external_reference: of_consultation };
      consultation_id = (await post<Schemas['MadeConsultation']>('consultations', body)).body.data.consultation.id;
      await post('products', { id: 'listed', name: 'Listed', price: 100, external_reference: of_product });
      payment_id = (
        await ask<Schemas['NewPayment']>(stack.apis[0]!.url, '/api/v1/payments', {
          token: stack.patient.token,
          body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
        })
      ).body.data.payment_id;
      const [order] = await stack.database.query<{ id: string }>(
        `WITH p AS (INSERT INTO payments (user_id, product_id, amount, currency, payment_method, status)
                    VALUES ($1, 'listed', 100, 'idr', 'bank_transfer', 'pending') RETURNING *),
              i AS (INSERT INTO invoices (invoice_number, payment_id, amount, currency, status)
                    SELECT 'INV-20240115103000-' || lpad(id::text, 6, '0'), id, amount, currency, 'pending' FROM p RETURNING *),
              t AS (INSERT INTO tax_records (payment_id, invoice_id, amount, base_amount, tax_amount, rate_basis_points, status)
                    SELECT p.id, i.id, 100, 100, 0, 0, 'pending' FROM p, i)
         SELECT id FROM p`,
        [stack.patient.id],
      );
      order_id = Number(order!.id);
    });

    type Lists = {
      readonly [list in 'payments' | 'consultations' | 'products']?: readonly { readonly id: number | string }[];
    };
    const by = (path: string, reference: string, token?: string) =>
      get<Lists>(`${path}?external_reference=${encodeURIComponent(reference)}`, token);
    const idsIn = (reply: Reply<Lists>, what: keyof Lists) => reply.body.data[what]!.map(({ id }) => id);

    it.each(['payments', 'ops/payments'])('GET /%s filters payments by external reference', async (path) => {
      expect(idsIn(await by(path, of_consultation), 'payments')).toEqual([payment_id]);
      expect(idsIn(await by(path, of_product), 'payments')).toEqual([order_id]);
      expect(idsIn(await by(path, 'nobody’s'), 'payments')).toEqual([]);
      expect((await get(`${path}?external_reference=`)).status).toBe(422);
    });

    it('GET /consultations and GET /products filter by external reference', async () => {
      expect(idsIn(await by('consultations', of_consultation), 'consultations')).toEqual([consultation_id]);
      expect(idsIn(await by('products', of_product), 'products')).toEqual(['listed']);
      expect(idsIn(await by('consultations', of_product), 'consultations')).toEqual([]);
      expect(idsIn(await by('products', of_consultation), 'products')).toEqual([]);
    });

    it('patients find only their own', async () => {
      expect(idsIn(await by('payments', of_consultation, stack.patient.token), 'payments')).toEqual([payment_id]);
      expect(idsIn(await by('consultations', of_consultation, stack.patient.token), 'consultations')).toEqual([
        consultation_id,
      ]);
      const { token } = await createPerson(stack.database);
      expect(idsIn(await by('payments', of_consultation, token), 'payments')).toEqual([]);
      expect(idsIn(await by('payments', of_product, token), 'payments')).toEqual([]);
      expect(idsIn(await by('consultations', of_consultation, token), 'consultations')).toEqual([]);
      expect((await by('ops/payments', of_consultation, token)).status).toBe(403);
    });
  });
});
