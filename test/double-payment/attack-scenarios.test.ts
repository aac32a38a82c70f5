import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { balanceOver, type Balancer } from '../support/balancer.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import {
  type Held,
  heldAtBarrier,
  raiseBarrier,
  takeOutIndex,
  takeOutKeys,
  takeOutLeases,
  takeOutRowLock,
} from '../support/guards.js';
import { ask, type Reply } from '../support/http.js';
import { createConsultation, createPerson, type Person } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { startRedis } from '../support/redis.js';

const ROUNDS = [1, 2, 3];
const FEE = 5_000;
/** Three clicks in 100 ms. */
const CLICKS_AT_MS = [0, 50, 100];

/** A whole installation: three servers behind a load balancer, one Postgres. */
interface Installation {
  readonly database: TestDatabase;
  readonly servers: Program[];
  readonly balancer: Balancer;
  readonly patient: Person;
  readonly staff: Person;
}

/**
 * The four attack scenarios, each over real servers: first on an installation whose guards were removed by
 * SQL, where the customer is charged for every request, then on an unchanged installation.
 */
type Paid = Schemas['NewPayment'] | Schemas['ExistingPayment'];

describe('attack scenarios', () => {
  let unguarded: Installation;
  let guarded: Installation;
  const ends: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    unguarded = await openInstallation({});
    await takeOutLeases(unguarded.database);
    await takeOutKeys(unguarded.database);
    await takeOutIndex(unguarded.database);
    await takeOutRowLock(unguarded.database);
    const redis = await startRedis();
    ends.push(() => redis.kill());
    guarded = await openInstallation({ REDIS_URL: redis.url });
  });

  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  async function openInstallation(env: NodeJS.ProcessEnv): Promise<Installation> {
    const database = await createDatabase();
    ends.push(() => database.drop());
    const servers = await Promise.all([1, 2, 3].map(() => startApi({ DATABASE_URL: database.url, ...env })));
    ends.push(() => Promise.all(servers.map((server) => server.stop())));
    const balancer = await balanceOver(servers.map((server) => server.url));
    ends.push(() => balancer.end());
    await raiseBarrier(database);
    const [patient, staff] = [await createPerson(database), await createPerson(database, 'staff')];
    return { database, servers, balancer, patient, staff };
  }

  /** One press of the button. */
  function pay(
    { patient }: Installation,
    to: string,
    consultation_id: number,
    key: string,
    header = 'x-idempotency-key',
  ): Promise<Reply<Paid>> {
    return ask<Paid>(to, '/api/v1/payments', {
      token: patient.token,
      headers: { [header]: key },
      body: { consultation_id, amount: FEE, payment_method: 'bank_transfer' },
    });
  }

  /** Staff see the customer's money arrive for each payment that stands. @returns what the customer was charged in all. */
  async function chargedFor({ database, servers, staff }: Installation, consultation_id: number) {
    const payments = await database.query<{ id: string }>('SELECT id FROM payments WHERE consultation_id = $1', [
      consultation_id,
    ]);
    for (const { id } of payments) {
      const confirmed = await ask(servers[0]!.url, `/api/v1/payments/${id}/confirm`, {
        token: staff.token,
        body: { transaction_id: `money-for-${id}` },
      });
      expect(confirmed.status).toBe(200);
    }
    const [sum] = await database.query<{ charges: number; amount: number }>(
      `SELECT count(*)::int AS charges, coalesce(sum(amount_received), 0)::int AS amount
       FROM charges JOIN payments ON payments.id = payment_id WHERE consultation_id = $1`,
      [consultation_id],
    );
    return { payments: payments.length, ...sum };
  }

  const charged = (times: number) => ({ payments: times, charges: times, amount: times * FEE });
  const answered = (replies: Reply[]) => replies.map((reply) => reply.status).sort();
  const paymentsNamed = (replies: Reply<Paid>[]) => new Set(replies.map((reply) => reply.body.data.payment_id)).size;
  const newConsultation = ({ database, patient }: Installation) => createConsultation(database, patient, FEE);
  const all = (count: number) => (held: Held) => held.atBarrier === count;
  /** The first request is held; all others have started, and none has reached the insert. */
  const oneOf = (installation: Installation, consultation_id: number, count: number) => (held: Held) =>
    held.atBarrier === 1 && begun(installation, consultation_id) === count;
  const begun = ({ servers }: Installation, consultation_id: number) =>
    servers.reduce((sum, server) => sum + server.output().split(`"consultation_id":${consultation_id},`).length - 1, 0);

  describe('scenario 1: rapid clicks, three in 100 ms', () => {
    const threeClicks = (installation: Installation, consultation_id: number) =>
      Promise.all(
        CLICKS_AT_MS.map(async (at, n) => {
          await new Promise((resolve) => setTimeout(resolve, at));
          return pay(installation, installation.servers[n]!.url, consultation_id, `click-${consultation_id}-${n}`);
        }),
      );

    it.each(ROUNDS)(
      'hazard, round %i: without guards three payments, and the customer is charged three times',
      async () => {
        const id = await newConsultation(unguarded);
        const replies = await heldAtBarrier(unguarded.database, () => threeClicks(unguarded, id), all(3));
        expect([answered(replies), paymentsNamed(replies)]).toEqual([[201, 201, 201], 3]);
        expect(await chargedFor(unguarded, id)).toEqual(charged(3));
      },
    );

    it.each(ROUNDS)('round %i: one payment, two refusals that name it, one charge', async () => {
      const id = await newConsultation(guarded);
      const replies = await heldAtBarrier(guarded.database, () => threeClicks(guarded, id), oneOf(guarded, id, 3));
      expect([answered(replies), paymentsNamed(replies)]).toEqual([[201, 409, 409], 1]);
      expect(await chargedFor(guarded, id)).toEqual(charged(1));
    });
  });

  describe('scenario 2: the network loses the answer, and the browser sends the same again', () => {
    /** The first request has reached the insert when its connection breaks; the second comes with the same key. */
    async function retryWhileRunning(
      installation: Installation,
      consultation_id: number,
      metBy: (held: Held) => boolean,
    ) {
      const { balancer, database } = installation;
      const first = () =>
        pay(installation, balancer.url, consultation_id, `retry-${consultation_id}`).catch((error: Error) => error);
      return heldAtBarrier(
        database,
        async () => {
          const lost = first();
          await eventually(() => begun(installation, consultation_id) === 1, 'the first request is at work');
          balancer.cutClients();
          expect(await lost).toMatchObject({ message: 'fetch failed' });
          return pay(installation, balancer.url, consultation_id, `retry-${consultation_id}`);
        },
        metBy,
      );
    }

    it.each(ROUNDS)('hazard, round %i: without guards two payments under one key, and two charges', async () => {
      const id = await newConsultation(unguarded);
      expect((await retryWhileRunning(unguarded, id, all(2))).status).toBe(201);
      await eventually(async () => (await paymentsOf(unguarded, id)) === 2, 'the first request is done too');
      expect(await chargedFor(unguarded, id)).toEqual(charged(2));
    });

    it.each(ROUNDS)('round %i: the retry gets the first request’s payment, one charge', async () => {
      const id = await newConsultation(guarded);
      const reply = await retryWhileRunning(guarded, id, all(1));
      expect([reply.status, reply.body.data.type, reply.headers.get('idempotent-replayed')]).toEqual([
        409,
        'existing',
        'true',
      ]);
      expect(await chargedFor(guarded, id)).toEqual(charged(1));
    });

    it.each([
      ['x-idempotency-key', 409],
      ['idempotency-key', 201],
    ])('an answer lost after the commit, %s: the retry gets %i with the same payment', async (header, status) => {
      const id = await newConsultation(guarded);
      const { balancer } = guarded;
      balancer.loseNextAnswer();
      await expect(pay(guarded, balancer.url, id, `lost-${id}`, header)).rejects.toThrow('fetch failed');
      expect(await paymentsOf(guarded, id)).toBe(1);
      for (let again = 0; again < 3; again++) {
        const reply = await pay(guarded, balancer.url, id, `lost-${id}`, header);
        expect([reply.status, reply.headers.get('idempotent-replayed')]).toEqual([status, 'true']);
        expect(reply.body.data.payment.consultation_id).toBe(id);
      }
      expect(await chargedFor(guarded, id)).toEqual(charged(1));
    });
  });

  describe('scenario 3: two requests at the same moment on two servers', () => {
    const two = (installation: Installation, id: number) =>
      Promise.all([0, 1].map((n) => pay(installation, installation.servers[n]!.url, id, `race-${id}-${n}`)));

    it.each(ROUNDS)('hazard, round %i: without guards two payments and two charges', async () => {
      const id = await newConsultation(unguarded);
      const replies = await heldAtBarrier(unguarded.database, () => two(unguarded, id), all(2));
      expect([answered(replies), paymentsNamed(replies)]).toEqual([[201, 201], 2]);
      expect(await chargedFor(unguarded, id)).toEqual(charged(2));
    });

    it.each(ROUNDS)('round %i: one 201, one 409 that names it, one charge', async () => {
      const id = await newConsultation(guarded);
      const replies = await heldAtBarrier(guarded.database, () => two(guarded, id), oneOf(guarded, id, 2));
      expect([answered(replies), paymentsNamed(replies)]).toEqual([[201, 409], 1]);
      expect(await chargedFor(guarded, id)).toEqual(charged(1));
    });
  });

  describe('scenario 4: the load balancer times out and asks another server, and the client retries too', () => {
    /** One press: held on the first server, sent to the second by the balancer and to the third by the client. */
    async function impatient(installation: Installation, id: number, metBy: (held: Held) => boolean) {
      const { balancer, database } = installation;
      return heldAtBarrier(
        database,
        async () => {
          const first = pay(installation, balancer.url, id, `balanced-${id}`);
          await eventually(() => begun(installation, id) > 0, 'the first server is at work');
          balancer.retryOnNextServer();
          return Promise.all([first, pay(installation, balancer.url, id, `balanced-${id}`)]);
        },
        metBy,
      );
    }

    it.each(ROUNDS)('hazard, round %i: without guards three payments from one click, and three charges', async () => {
      const installation = unguarded;
      const id = await newConsultation(installation);
      await impatient(installation, id, all(3));
      await eventually(async () => (await paymentsOf(installation, id)) === 3, 'all servers are done');
      expect(await chargedFor(installation, id)).toEqual(charged(3));
    });

    it.each(ROUNDS)(
      'round %i: one payment and one charge; five more retries on alternating servers name it',
      async () => {
        const id = await newConsultation(guarded);
        const replies = await impatient(guarded, id, all(1));
        for (let n = 0; n < 5; n++) replies.push(await pay(guarded, guarded.balancer.url, id, `balanced-${id}`));
        expect(replies.every(({ status }) => status === 201 || status === 409)).toBe(true);
        expect(paymentsNamed(replies)).toBe(1);
        expect(await chargedFor(guarded, id)).toEqual(charged(1));
      },
    );
  });

  async function paymentsOf({ database }: Installation, consultation_id: number): Promise<number> {
    return (await database.query('SELECT id FROM payments WHERE consultation_id = $1', [consultation_id])).length;
  }
});
