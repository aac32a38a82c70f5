import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, createPerson } from '../support/people.js';
import { type Program } from '../support/processes.js';
import { useStack } from '../support/use-stack.js';

/** Every insert of a payment waits here while a test holds the lock. */
const BARRIER = 5_151;

type Spelling = 'standard' | 'legacy header' | 'legacy field';

describe('idempotency keys, over two API processes and one Redis', () => {
  const stack = useStack({ apis: 2, redis: true });

  beforeAll(async () => {
    await stack.database.query(`
      CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(${BARRIER}); RETURN NEW; END $$;
      CREATE TRIGGER barrier BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION wait_at_barrier()`);
  });

  function create<Data = Schemas['NewPayment']>(
    consultation_id: number,
    key: string | undefined,
    { n = 0, spelling = 'standard', more = {}, token = stack.patient.token } = {},
  ) {
    const header = spelling === 'standard' ? 'idempotency-key' : 'x-idempotency-key';
    const inBody = spelling === 'legacy field' && key !== undefined ? { idempotency_key: key } : {};
    return ask<Data>(stack.apis[n % 2]!.url, '/api/v1/payments', {
      token,
      headers: key === undefined || spelling === 'legacy field' ? {} : { [header]: key },
      body: { consultation_id, amount: 5_000, payment_method: 'bank_transfer', ...inBody, ...more },
    });
  }
  const consultation = () => createConsultation(stack.database, stack.patient);
  const replayed = (reply: Reply) => reply.headers.get('idempotent-replayed');
  const countOf = async (consultation_id: number) =>
    (await stack.database.query('SELECT id FROM payments WHERE consultation_id = $1', [consultation_id])).length;
  const flush = async () => {
    const { Redis } = await import('ioredis');
    const client = new Redis(stack.redis.url);
    await client.flushall();
    await client.quit();
  };

  it('standard: a finished key replays status and bytes, from Redis, after FLUSHALL, and in another language', async () => {
    const id = await consultation();
    const first = await create(id, 'std-1');
    expect([first.status, replayed(first)]).toEqual([201, null]);
    const again = await create(id, 'std-1', { n: 1 });
    await flush();
    const afterFlush = await create(id, 'std-1');
    for (const reply of [again, afterFlush]) {
      expect([reply.status, replayed(reply), reply.text]).toEqual([201, 'true', first.text]);
    }
    expect(await countOf(id)).toBe(1);
  });

  it('a request whose key is taken over meanwhile gets 503, and the log says why; the key then confirms the payment', async () => {
    const { payment_id } = (await create(await consultation(), undefined)).body.data;
    const confirm = () =>
      ask(stack.apis[0]!.url, `/api/v1/payments/${payment_id}/confirm`, {
        token: stack.staff.token,
        headers: { 'idempotency-key': 'lost-1' },
        body: { transaction_id: 'lost-1' },
      });
    const charges = () => stack.database.query('SELECT FROM charges WHERE payment_id = $1', [payment_id]);
    await stack.database.query(`
      CREATE FUNCTION take_key_over() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE client_idempotency SET owner = gen_random_uuid() WHERE idempotency_key = 'lost-1';
        RETURN NEW;
      END $$;
      CREATE TRIGGER take_key_over BEFORE INSERT ON charges FOR EACH ROW EXECUTE FUNCTION take_key_over()`);
    try {
      expect(await confirm()).toMatchObject({ status: 503, body: { code: 'LOCK_TIMEOUT' } });
    } finally {
      await stack.database.query('DROP TRIGGER take_key_over ON charges; DROP FUNCTION take_key_over');
    }
    expect(await charges()).toHaveLength(0);
    await eventually(() => stack.apis[0]!.output().includes('"reason":"ClaimLostError: '), 'the cause is logged');
    expect((await confirm()).status).toBe(200);
    expect(await charges()).toHaveLength(1);
  });

  it.each<Spelling>(['legacy header', 'legacy field'])(
    '%s: a finished key answers 409 existing, with the current status',
    async (spelling) => {
      const id = await consultation();
      const key = `legacy-${spelling}`;
      const { payment_id } = (await create(id, key, { spelling })).body.data;
      const again = await create<Schemas['ExistingPayment']>(id, key, { spelling, n: 1 });
      expect([again.status, replayed(again), again.body.data.type, again.body.data.payment_id]).toEqual([
        409,
        'true',
        'existing',
        payment_id,
      ]);
      await ask(stack.apis[0]!.url, `/api/v1/payments/${payment_id}/confirm`, {
        token: stack.staff.token,
        body: { transaction_id: key.replaceAll(' ', '-') },
      });
      expect((await create<Schemas['ExistingPayment']>(id, key, { spelling })).body.data.status).toBe('completed');
      // Even when the consultation is free again, the key names its own payment and makes no other.
      await ask(stack.apis[0]!.url, `/api/v1/payments/${payment_id}/refund`, {
        token: stack.staff.token,
        body: { reason: 'the doctor was ill', transaction_id: `${key.replaceAll(' ', '-')}-back` },
      });
      const later = await create<Schemas['ExistingPayment']>(id, key, { spelling });
      expect([later.status, later.body.data.payment_id, later.body.data.status]).toEqual([409, payment_id, 'refunded']);
      expect(await countOf(id)).toBe(1);
    },
  );

  it('a key belongs to one caller and one route', async () => {
    const stranger = await createPerson(stack.database);
    const theirs = await createConsultation(stack.database, stranger);
    const mine = await consultation();
    expect((await create(mine, 'shared-key')).status).toBe(201);
    const other = await create(theirs, 'shared-key', { token: stranger.token });
    expect([other.status, replayed(other), other.body.data.payment.user_id]).toEqual([201, null, stranger.id]);
    const confirm = await ask(stack.apis[0]!.url, `/api/v1/payments/${other.body.data.payment_id}/confirm`, {
      token: stack.staff.token,
      headers: { 'idempotency-key': 'shared-key' },
      body: { transaction_id: 'shared-key-confirm' },
    });
    expect([confirm.status, replayed(confirm)]).toEqual([200, null]);
  });

  it('the same key with another request is 422; member order and header or body make no difference', async () => {
    const id = await consultation();
    const first = await create(id, 'print');
    const reordered = await ask(stack.apis[1]!.url, '/api/v1/payments', {
      token: stack.patient.token,
      headers: { 'idempotency-key': 'print' },
      body: { idempotency_key: 'print', payment_method: 'bank_transfer', amount: 5_000, consultation_id: id },
    });
    expect([reordered.status, reordered.text]).toEqual([201, first.text]);
    for (const more of [{ amount: 5_001 }, { metadata: { a: 'b' } }, { consultation_id: id + 1 }]) {
      const reply = await create(id, 'print', { more });
      expect([reply.status, reply.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    }
  });

  it('the path belongs to the fingerprint: one key on two payments is 422', async () => {
    const [a, b] = [
      (await create(await consultation(), 'path-a')).body.data.payment_id,
      (await create(await consultation(), 'path-b')).body.data.payment_id,
    ];
    const confirm = (id: number) =>
      ask(stack.apis[0]!.url, `/api/v1/payments/${id}/confirm`, {
        token: stack.staff.token,
        headers: { 'x-idempotency-key': 'one-key' },
        body: { transaction_id: `path-${id}` },
      });
    const first = await confirm(a);
    expect((await confirm(b)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const again = await confirm(a);
    expect([again.status, again.text, replayed(again)]).toEqual([200, first.text, 'true']);
  });

  it('header and body keys that differ, or are malformed, are 422', async () => {
    const id = await consultation();
    const differ = await create<Schemas['VALIDATION_FAILED']['data']>(id, 'one', {
      spelling: 'legacy header',
      more: { idempotency_key: 'two' },
    });
    expect([differ.status, Object.keys(differ.body.data.fields)]).toEqual([422, ['idempotency_key']]);
    for (const key of ['', 'x'.repeat(256), 'caf\u00e9']) expect((await create(id, key)).status).toBe(422);
    expect((await create(id, undefined, { more: { idempotency_key: 7 } })).status).toBe(422);
    expect(await countOf(id)).toBe(0);
  });

  it('requests without effect are not stored: an invalid body, a closed consultation', async () => {
    const id = await consultation();
    expect((await create(id, 'later', { more: { amount: 'x' } })).status).toBe(422);
    expect((await create(id, 'later', { more: { amount: 1 } })).body.code).toBe('AMOUNT_MISMATCH');
    await stack.database.query(`UPDATE consultations SET status = 'closed' WHERE id = $1`, [id]);
    expect((await create(id, 'later')).body.code).toBe('CONSULTATION_CLOSED');
    await stack.database.query(`UPDATE consultations SET status = 'open' WHERE id = $1`, [id]);
    expect((await create(id, 'later')).status).toBe(201);
  });

  it('server errors are not stored', async () => {
    const id = await consultation();
    await stack.database.query('ALTER TABLE tax_records RENAME TO tax_records_gone');
    expect((await create(id, 'after-500')).status).toBe(500);
    await stack.database.query('ALTER TABLE tax_records_gone RENAME TO tax_records');
    expect((await create(id, 'after-500')).status).toBe(201);
    expect(await countOf(id)).toBe(1);
  });

  /** All requests at once, the first payment held at the barrier until `meanwhile` is done. */
  async function allAtOnce<Data>(
    count: number,
    request: (n: number) => Promise<Reply<Data>>,
    meanwhile: () => Promise<void> = async () => undefined,
  ): Promise<Reply<Data>[]> {
    const gate = await stack.database.connect();
    await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
    const replies = Promise.all(Array.from({ length: count }, (_, n) => request(n)));
    await eventually(async () => {
      const held = await stack.database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`,
      );
      return held.length >= 1;
    }, 'the first payment stands at the barrier');
    await meanwhile();
    await gate.end();
    return replies;
  }
  const statuses = (replies: Reply[]) =>
    Object.fromEntries(
      [...new Set(replies.map((r) => r.status))].sort().map((s) => [s, replies.filter((r) => r.status === s).length]),
    );

  describe.each<[string, () => Promise<void>, () => Promise<void>]>([
    ['with nothing in the way', async () => undefined, async () => undefined],
    ['with FLUSHALL between the first lock and the last answer', flush, async () => undefined],
    [
      'with Redis stopped by SIGSTOP in the middle',
      async () => void stack.redis.child().kill('SIGSTOP'),
      async () => void stack.redis.child().kill('SIGCONT'),
    ],
    ['with Redis killed in the middle', () => stack.redis.kill(), () => stack.redis.start()],
  ])('fifty requests at once, %s', (name, disturb, mend) => {
    afterAll(mend);

    it('standard, one key: one payment; the others get PAYMENT_IN_PROGRESS or the same answer', async () => {
      const id = await consultation();
      const replies = await allAtOnce(50, (n) => create(id, `storm-${name}`, { n }), disturb);
      await mend();
      const made = replies.filter((reply) => reply.status === 201);
      expect(new Set(made.map((reply) => reply.text)).size).toBe(1);
      expect(made.filter((reply) => replayed(reply) === null)).toHaveLength(1);
      for (const reply of replies.filter((r) => r.status !== 201)) {
        expect([reply.status, reply.body.code, reply.headers.get('retry-after')]).toEqual([
          409,
          'PAYMENT_IN_PROGRESS',
          '5',
        ]);
      }
      expect(await countOf(id)).toBe(1);
    });

    it('the legacy contract, one key: one 201, forty-nine 409 that name its payment', async () => {
      const id = await consultation();
      const replies = await allAtOnce(
        50,
        (n) => create(id, `legacy-storm-${name}`, { n, spelling: 'legacy field' }),
        disturb,
      );
      await mend();
      expect(statuses(replies)).toEqual({ 201: 1, 409: 49 });
      expect(new Set(replies.map((reply) => reply.body.data.payment_id)).size).toBe(1);
      expect(await countOf(id)).toBe(1);
    });

    it.each(['fifty keys', 'no key'])('%s: one 201, forty-nine 409 that name its payment', async (keys) => {
      const id = await consultation();
      const replies = await allAtOnce(
        50,
        (n) => create(id, keys === 'no key' ? undefined : `${name}-${n}`, { n }),
        disturb,
      );
      await mend();
      expect(statuses(replies)).toEqual({ 201: 1, 409: 49 });
      expect(new Set(replies.map((reply) => reply.body.data.payment_id)).size).toBe(1);
      expect(await countOf(id)).toBe(1);
    });
  });

  it('the fallback is counted, and the locks return to Redis', async () => {
    const gauge = async (api: Program) => {
      const { text } = await ask(api.url, '/metrics');
      return {
        fallbacks: Number(/^payonce_lock_fallbacks_total (\d+)/m.exec(text)?.[1]),
        active: Number(/^payonce_lock_fallback_active (\d+)/m.exec(text)?.[1]),
      };
    };
    await eventually(
      async () => (await Promise.all(stack.apis.map(gauge))).every(({ active }) => active === 0),
      'both are back on Redis',
    );
    const counted = await Promise.all(stack.apis.map(gauge));
    expect(counted.reduce((sum, { fallbacks }) => sum + fallbacks, 0)).toBeGreaterThanOrEqual(1);
  });

  it('a key is kept for 24 hours from its answer, by Postgres’ clock', async () => {
    await create(await consultation(), 'a-day');
    const [row] = await stack.database.query<{ kept: string }>(
      `SELECT (expires_at - finished_at)::text AS kept FROM client_idempotency WHERE idempotency_key = 'a-day'`,
    );
    expect(row!.kept).toMatch(/^(24:00:00|1 day)/);
  });
});

describe('without any Redis', () => {
  const stack = useStack({ apis: 2, settings: { IDEMPOTENCY_KEY_REQUIRED: 'true' } });

  const create = (consultation_id: number, headers: Record<string, string>, n = 0) =>
    ask<Schemas['NewPayment']>(stack.apis[n % 2]!.url, '/api/v1/payments', {
      token: stack.patient.token,
      headers,
      body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
    });

  it.each(['idempotency-key', 'x-idempotency-key'])(
    'fifty requests at once with one %s: one payment, and no answer names another',
    async (header) => {
      const consultation_id = await createConsultation(stack.database, stack.patient);
      const replies = await Promise.all(
        Array.from({ length: 50 }, (_, n) => create(consultation_id, { [header]: `none-${header}` }, n)),
      );
      const first = replies.filter(
        (reply) => reply.status === 201 && reply.headers.get('idempotent-replayed') === null,
      );
      expect(first).toHaveLength(1);
      for (const reply of replies) {
        const named = reply.body.data?.payment_id;
        expect(reply.body.code === 'PAYMENT_IN_PROGRESS' || named === first[0]!.body.data.payment_id).toBe(true);
      }
      expect(
        await stack.database.query('SELECT id FROM payments WHERE consultation_id = $1', [consultation_id]),
      ).toHaveLength(1);
    },
  );

  it('where a key is required, a request without one is 400', async () => {
    const reply = await create(await createConsultation(stack.database, stack.patient), {});
    expect([reply.status, reply.body.code]).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
  });
});
