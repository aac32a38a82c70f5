import { once } from 'node:events';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { type Program, startApi, startWorker } from '../support/processes.js';
import { startRedis, type TestRedis } from '../support/redis.js';

/** Short, so that the test need not wait as long as a client would after a real crash. */
const LEASE_MS = '400';

const CREATE_POINTS = [
  'claim.committed',
  'locks.acquired',
  'payment.before-commit',
  'payment.committed',
  'locks.released',
  'answer.cached',
];
const CONFIRM_POINTS = ['claim.committed', 'confirm.before-commit', 'confirm.committed', 'answer.cached'];

describe('killed by SIGKILL at a named step', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let survivor: Program;
  let patient: Person;
  let staff: Person;

  beforeAll(async () => {
    database = await createDatabase();
    redis = await startRedis();
    survivor = await startApi(env());
    patient = await createPerson(database);
    staff = await createPerson(database, 'staff');
  });

  afterAll(async () => {
    await survivor.stop();
    await redis.kill();
    await database.drop();
  });

  const env = (more: NodeJS.ProcessEnv = {}) => ({
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    IDEMPOTENCY_LEASE_MS: LEASE_MS,
    ...more,
  });

  /** Sends one request to a process that kills itself at `point`, and sees that it did, by that signal. */
  async function killedAt(point: string, send: (api: Program) => Promise<Reply>): Promise<void> {
    const victim = await startApi(env({ CRASH_AT: point }));
    const died = once(victim.child, 'exit');
    await expect(send(victim)).rejects.toThrow();
    expect(await died).toEqual([null, 'SIGKILL']);
  }

  const create = (api: Program, consultation_id: number, key: string, spelling = 'idempotency-key') =>
    ask(api.url, '/api/v1/payments', {
      token: patient.token,
      headers: { [spelling]: key },
      body: { consultation_id, amount: 5_000, payment_method: 'gcash' },
    });
  const confirm = (api: Program, payment_id: number, transaction_id: string) =>
    ask(api.url, `/api/v1/payments/${payment_id}/confirm`, {
      token: staff.token,
      headers: { 'idempotency-key': transaction_id },
      body: { transaction_id },
    });

  /** As a client does: asks again for as long as it is told that the first attempt is running. */
  const untilAnswered = (send: () => Promise<Reply>) =>
    eventually(async () => {
      const reply = await send();
      return reply.body.code === 'PAYMENT_IN_PROGRESS' || reply.body.code === 'LOCK_TIMEOUT' ? undefined : reply;
    }, 'the key is answered');

  /** Every payment of this consultation, with whether invoice, tax record and audit row are there. */
  const wholePayments = (consultation_id: number) =>
    database.query<{ id: string; whole: boolean }>(
      `SELECT p.id, (EXISTS (SELECT 1 FROM invoices WHERE payment_id = p.id)
                 AND EXISTS (SELECT 1 FROM tax_records WHERE payment_id = p.id)
                 AND (SELECT count(*) FROM audit_log WHERE payment_id = p.id AND action = 'payment.created') = 1) AS whole
       FROM payments p WHERE consultation_id = $1`,
      [consultation_id],
    );

  it.each(CREATE_POINTS)(
    'create, at %s: the same key gets one payment, whole, and one answer for ever after',
    async (point) => {
      const consultation_id = await createConsultation(database, patient);
      await killedAt(point, (api) => create(api, consultation_id, `same-${point}`));
      const answer = await untilAnswered(() => create(survivor, consultation_id, `same-${point}`));
      expect(answer.status).toBe(201);
      expect((await create(survivor, consultation_id, `same-${point}`)).text).toBe(answer.text);
      const payments = await wholePayments(consultation_id);
      expect(payments).toEqual([{ id: String(answer.body.data.payment_id), whole: true }]);
    },
  );

  it.each(CREATE_POINTS)('create, at %s: the seeds’ contract names one payment', async (point) => {
    const consultation_id = await createConsultation(database, patient);
    await killedAt(point, (api) => create(api, consultation_id, `seed-${point}`, 'x-idempotency-key'));
    const answer = await untilAnswered(() => create(survivor, consultation_id, `seed-${point}`, 'x-idempotency-key'));
    expect([201, 409]).toContain(answer.status);
    expect(await wholePayments(consultation_id)).toEqual([{ id: String(answer.body.data.payment_id), whole: true }]);
  });

  it.each(CREATE_POINTS)('create, at %s: another key finds the payment, or makes the one there is', async (point) => {
    const consultation_id = await createConsultation(database, patient);
    await killedAt(point, (api) => create(api, consultation_id, `first-${point}`));
    const answer = await untilAnswered(() => create(survivor, consultation_id, `second-${point}`));
    expect([201, 409]).toContain(answer.status);
    expect(await wholePayments(consultation_id)).toEqual([{ id: String(answer.body.data.payment_id), whole: true }]);
  });

  it.each(CREATE_POINTS)('create, at %s: with only the worker, there is one whole payment or none', async (point) => {
    const consultation_id = await createConsultation(database, patient);
    await killedAt(point, (api) => create(api, consultation_id, `worker-${point}`));
    const worker = await startWorker(env({ WORKER_SWEEP_SECONDS: '1' }));
    expect(await worker.stop()).toBe(0);
    const committed = !['claim.committed', 'locks.acquired', 'payment.before-commit'].includes(point);
    expect((await wholePayments(consultation_id)).map(({ whole }) => whole)).toEqual(committed ? [true] : []);
  });

  it.each(CONFIRM_POINTS)(
    'confirm, at %s: the same key completes it once, with one charge, and the same answer for ever after',
    async (point) => {
      const consultation_id = await createConsultation(database, patient);
      const { payment_id } = (await create(survivor, consultation_id, `to-confirm-${point}`)).body.data;
      await killedAt(point, (api) => confirm(api, payment_id, `confirm-${point}`));
      const answer = await untilAnswered(() => confirm(survivor, payment_id, `confirm-${point}`));
      expect([answer.status, answer.body.data.payment.status]).toEqual([200, 'completed']);
      expect((await confirm(survivor, payment_id, `confirm-${point}`)).text).toBe(answer.text);
      const [counts] = await database.query(
        `SELECT (SELECT count(*)::int FROM charges WHERE payment_id = $1) AS charges,
              (SELECT count(*)::int FROM audit_log WHERE payment_id = $1 AND action = 'payment.completed') AS audited`,
        [payment_id],
      );
      expect(counts).toEqual({ charges: 1, audited: 1 });
    },
  );
});
