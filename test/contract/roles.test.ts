import type { Schemas } from '../../libs/payment-client/src/wire.js';
import 'reflect-metadata';
import { parseConfig } from '#config';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../apps/api/src/app.module.js';
import { fastifyAdapter } from '../../apps/api/src/edge/fastify.js';
import { TEST_SECRET } from '../support/database.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { type RoleName, ROLES, type Row, type Scene, TABLE } from '../support/routes-by-role.js';
import { useStack } from '../support/use-stack.js';

/** By what a refusal is called; 400 is of the route that needs Stripe's signature. */
const REFUSED_AS: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  400: 'WEBHOOK_SIGNATURE_INVALID',
  404: 'EVENT_NOT_FOUND',
  422: 'VALIDATION_FAILED',
};

describe('routes × roles', () => {
  const stack = useStack({ settings: { LOGIN_ENABLED: 'true' } });
  let owner: Person;
  let other: Person;
  let staff: Person;
  let service: Person;
  let count = 0;

  beforeAll(async () => {
    [owner, other] = [await createPerson(stack.database), await createPerson(stack.database)];
    [staff, service] = [await createPerson(stack.database, 'staff'), await createPerson(stack.database, 'service')];
    await stack.database.query(`INSERT INTO products (id, name, price, currency) VALUES ('plan', 'Plan', 1, 'idr')`);
    // Each of the two has data of every kind before the first request, which the other must never see.
    for (const person of [owner, other]) await scene('reserved', person);
  });

  /** In every text field of a user's data: found in a response, it proves that the response has that user's data. */
  const markOf = (person: Person) => `mark-of-${person.subject}`;
  const markedBy = (person: Person) => `${markOf(person)}-${(count += 1)}`;

  async function scene(what: Row['scene'], person: Person): Promise<Scene> {
    const consultation_id = await createConsultation(stack.database, person);
    const story = { consultation_id, payment_id: 0, refund_id: 0 };
    if (what === 'consultation') return story;
    const made = await ask<Schemas['NewPayment']>(stack.api.url, '/api/v1/payments', {
      token: person.token,
      headers: { 'idempotency-key': markedBy(person) },
      body: {
        consultation_id,
        amount: 5_000,
        payment_method: 'bank_transfer',
        metadata: { [markedBy(person).slice(0, 40)]: markedBy(person) },
      },
    });
    story.payment_id = made.body.data.payment_id;
    if (what === 'pending') return story;
    await ask(stack.api.url, `/api/v1/payments/${story.payment_id}/confirm`, {
      token: staff.token,
      headers: { 'idempotency-key': markedBy(person) },
      body: { transaction_id: markedBy(person), receipt_url: `https://bank.example/${markedBy(person)}` },
    });
    if (what === 'completed') return story;
    const refund = await ask<Schemas['RefundedPayment']>(stack.api.url, `/api/v1/payments/${story.payment_id}/refund`, {
      token: staff.token,
      body: { amount: 10, reason: markedBy(person) },
    });
    expect(refund.status).toBe(200);
    story.refund_id = refund.body.data.refund_id;
    return story;
  }

  const person = (role: RoleName) => ({ nobody: undefined, owner, other, staff, service })[role];

  /** Headers and body: no part of a response may have another user's data. */
  function expectNothingOf(somebody: Person, { text, headers }: Reply) {
    const all = text + JSON.stringify([...headers.entries()]);
    expect(all).not.toContain(markOf(somebody));
    expect(all).not.toContain(somebody.subject);
  }

  /** Every row of the tables of money, consultations and products. */
  const everything = () =>
    stack.database.query(
      `SELECT (SELECT jsonb_agg(p ORDER BY id) FROM payments p) AS payments, (SELECT jsonb_agg(c ORDER BY id) FROM charges c) AS charges,
              (SELECT jsonb_agg(r ORDER BY id) FROM refunds r) AS refunds, (SELECT jsonb_agg(i ORDER BY id) FROM invoices i) AS invoices,
              (SELECT jsonb_agg(c ORDER BY id) FROM consultations c) AS consultations, (SELECT jsonb_agg(p ORDER BY id) FROM products p) AS products,
              (SELECT count(*) FROM audit_log) AS audited, (SELECT count(*) FROM client_idempotency) AS keys`,
    );

  it('every route of the running application has a row in this table, and every row is a route', async () => {
    const config = parseConfig({ DATABASE_URL: stack.database.url, JWT_SECRET: TEST_SECRET, LOG_LEVEL: 'fatal' });
    const adapter = fastifyAdapter(config);
    const registered = new Set<string>();
    adapter.getInstance().addHook('onRoute', ({ method, url }) => {
      // Fastify adds a HEAD to every GET; it answers the same without a body.
      for (const verb of [method].flat()) if (verb !== 'HEAD') registered.add(`${verb} ${url}`);
    });
    const app = await NestFactory.create<NestFastifyApplication>(AppModule.for(config), adapter, { logger: false });
    app.setGlobalPrefix('api', { exclude: ['metrics'] });
    await app.init();
    await app.close();
    expect([...registered].sort()).toEqual(Object.keys(TABLE).sort());
  });

  const cells = Object.entries(TABLE).flatMap(([route, row]) =>
    ROLES.map((role, n) => ({ route, role, status: row.statuses[n]!, row })),
  );

  it.each(cells)('$route as $role: $status, without any data of another user', async ({ role, status, row }) => {
    const story = await scene(row.scene, owner);
    const { path, ...question } = row.ask(story, `u-${(count += 1)}`);
    const caller = person(role);
    const before = await everything();
    const reply = await ask(stack.api.url, path, { ...question, ...(caller ? { token: caller.token } : {}) });
    expect(reply.status).toBe(status);
    if (status >= 400) {
      const code = { 404: row.not_found, 422: row.refused_as }[status] ?? REFUSED_AS[status];
      expect(reply.body.code).toBe(path === '/api/login' ? 'INVALID_CREDENTIALS' : code);
      if (status !== 422) expect(reply.body.data).toBeUndefined();
      expect(await everything()).toEqual(before);
    }
    if (role !== 'staff' && role !== 'service') {
      for (const somebody of [owner, other]) if (somebody !== caller) expectNothingOf(somebody, reply);
    }
  });

  it('the markers in the test data are found by owner and staff, so their absence elsewhere is meaningful', async () => {
    const { payment_id } = await scene('reserved', owner);
    const read = async (path: string, by: Person) => (await ask(stack.api.url, path, { token: by.token })).text;
    for (const by of [owner, staff]) {
      for (const path of [
        '/api/v1/payments?limit=100',
        `/api/v1/payments/${payment_id}`,
        `/api/v1/payments/${payment_id}/timeline`,
      ])
        expect(await read(path, by)).toContain(markOf(owner));
    }
    expect(await read(`/api/v1/payments/${payment_id}/refunds`, staff)).toContain(markOf(owner));
  });

  describe('ids and keys of another user', () => {
    const start = (by: Person, consultation_id: number, headers: Record<string, string>) =>
      ask<Schemas['NewPayment']>(stack.api.url, '/api/v1/payments', {
        token: by.token,
        headers,
        body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
      });

    it.each(['idempotency-key', 'x-idempotency-key'])(
      'using %s of another user creates the caller’s own key, with the caller’s own answer',
      async (header) => {
        const key = { [header]: `shared-${header}` };
        const theirs = await start(owner, await createConsultation(stack.database, owner), key);
        const mine = await start(other, await createConsultation(stack.database, other), key);
        expect([mine.status, mine.headers.get('idempotent-replayed')]).toEqual([201, null]);
        expect(mine.body.data.payment_id).not.toBe(theirs.body.data.payment_id);
        expectNothingOf(owner, mine);
        // With the same body it is still another user's consultation, paid or not.
        const same = await start(other, theirs.body.data.payment.consultation_id!, { [header]: `again-${header}` });
        const withTheirKey = await start(other, theirs.body.data.payment.consultation_id!, key);
        expect([same.status, same.body.code, same.body.data]).toEqual([403, 'FORBIDDEN', undefined]);
        expect([withTheirKey.status, withTheirKey.body.code, withTheirKey.body.data]).toEqual([
          422,
          'IDEMPOTENCY_KEY_REUSED',
          undefined,
        ]);
        expect(mine.text).not.toContain(`"payment_id":${theirs.body.data.payment_id},`);
      },
    );

    it('confirming with a key of another staff member returns the payment’s current state, not their answer', async () => {
      const { payment_id } = await scene('pending', owner);
      const confirm = (by: Person) =>
        ask(stack.api.url, `/api/v1/payments/${payment_id}/confirm`, {
          token: by.token,
          headers: { 'idempotency-key': 'of-staff' },
          body: { transaction_id: `of-staff-${payment_id}` },
        });
      expect((await confirm(staff)).status).toBe(200);
      const second = await confirm(service);
      expect([second.status, second.body.code, second.headers.get('idempotent-replayed')]).toEqual([
        409,
        'PAYMENT_ALREADY_CONFIRMED',
        null,
      ]);
    });

    it('a refund of another payment is 404 under this one, and unchanged', async () => {
      const [mine, theirs] = [await scene('reserved', owner), await scene('reserved', other)];
      for (const verb of ['settle', 'withdraw']) {
        const reply = await ask(
          stack.api.url,
          `/api/v1/payments/${mine.payment_id}/refunds/${theirs.refund_id}/${verb}`,
          {
            token: staff.token,
            body: verb === 'settle' ? { transaction_id: 'crossed' } : {},
          },
        );
        expect([reply.status, reply.body.code]).toEqual([404, 'REFUND_NOT_FOUND']);
        expectNothingOf(other, reply);
      }
      expect(await stack.database.query('SELECT status FROM refunds WHERE id = $1', [theirs.refund_id])).toEqual([
        { status: 'pending' },
      ]);
    });

    it('filters and cursors never return another user’s rows', async () => {
      const theirs = await scene('completed', owner);
      for (const query of [
        `consultation_id=${theirs.consultation_id}`,
        `cursor=${theirs.payment_id + 1}`,
        'status=completed',
      ]) {
        const reply = await ask<Schemas['PageOfPayments']>(stack.api.url, `/api/v1/payments?${query}`, {
          token: other.token,
        });
        expect(reply.status).toBe(200);
        expectNothingOf(owner, reply);
        expect(new Set(reply.body.data.payments.map((row) => row.user_id))).not.toContain(owner.id);
      }
    });
  });
});
