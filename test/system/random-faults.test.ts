import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { startApi, startWorker, type Program } from '../support/processes.js';
import { StripeOpenApi } from '../support/stripe-openapi.js';
import { createPerson, type Person } from '../support/people.js';
import { eventually } from '../support/eventually.js';
import { ask, type Reply } from '../support/http.js';
import { countMoney, FEE, openShop, type Shop } from '../stripe/support/shop.js';

const PURCHASES = 200;
/** Buyers at once; each goes on with the next purchase when one is over. */
const BUYERS = 8;

/** mulberry32: small, and the same from run to run for one seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
const random = randomFrom(SEED);
const oneOf = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;

/** Network, Stripe and webhooks misbehave together; which, changes all the time. */
function faults(): Record<string, unknown> {
  const share = { probability: 0.15, seed: Math.floor(random() * 1e6) };
  return {
    lose_answer: { path: '*', method: 'POST', ...share },
    error_500: [
      { path: '/v1/checkout/sessions', method: 'POST', when: oneOf(['before', 'after']), ...share },
      { path: '/v1/refunds', method: 'POST', when: 'after', ...share },
    ],
    rate_limit: { ...share, probability: 0.05 },
    reset: { ...share, probability: 0.1 },
    latency_ms: { ms: 40, ...share },
    webhooks: oneOf([{ lose: true, probability: 0.5 }, { duplicate: 3 }, { reorder: 4 }, { delay_ms: 60 }, {}]),
  };
}

describe(`${PURCHASES} purchases with random faults (SEED=${SEED} repeats it)`, () => {
  let shop: Shop;
  let apis: Program[];
  let worker: Program;
  let buyers: Person[];

  beforeAll(async () => {
    console.log(`SEED=${SEED}`);
    shop = await openShop();
    apis = [shop.api, await startApi(shop.env())];
    worker = await startWorker(shop.env());
    buyers = await Promise.all(Array.from({ length: BUYERS }, () => createPerson(shop.database)));
  });
  afterAll(async () => {
    await worker.stop();
    await apis[1]!.stop();
    await shop.close();
  });

  const send = <Data>(path: string, person: Person, body: unknown, key: string) =>
    ask<Data>(oneOf(apis).url, `/api/v1/${path}`, {
      method: 'POST',
      token: person.token,
      body,
      headers: { 'idempotency-key': key },
    });

  /** A client that does not give up at once, and sometimes clicks twice; undefined: it gave up. */
  async function persist<Data>(
    path: string,
    person: Person,
    body: unknown,
    key: string,
  ): Promise<Reply<Data> | undefined> {
    for (let tries = 0; tries < 6; tries++) {
      const clicks = random() < 0.3 ? 2 : 1;
      const replies = await Promise.all(Array.from({ length: clicks }, () => send<Data>(path, person, body, key)));
      const answered = replies.find((reply) => !reply.headers.has('retry-after'));
      if (answered) return answered;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return undefined;
  }

  /** A refusal has other details, or none. */
  const started = <Data>(path: string, person: Person, body: unknown, key: string) =>
    persist<Partial<Data> | undefined>(path, person, body, key).then((reply) => reply?.body.data);
  async function buy(person: Person, product_id: string, key: string) {
    const data = await started<Schemas['StartedCheckout']>('checkout', person, { product_id }, key);
    return { session_id: data?.session_id, payment_id: data?.payment?.id };
  }
  async function payFor(person: Person, consultation_id: number, key: string) {
    const body = { consultation_id, amount: FEE, payment_method: 'stripe' };
    const data = await started<Schemas['NewPayment']>('payments', person, body, key);
    return { session_id: data?.checkout?.session_id, payment_id: data?.payment_id };
  }

  async function purchase(n: number, person: Person): Promise<void> {
    if (n % 10 === 0) await shop.faults(faults());
    const key = `purchase-${n}`;
    const product = random() < 0.5;
    const { session_id, payment_id } = product
      ? await buy(person, `plan-${1 + (n % 60)}`, key)
      : await payFor(person, await shop.consultation(person), key);
    if (!session_id || !payment_id) return;

    const outcome = oneOf(['paid', 'paid', 'paid', 'async_succeeded', 'async_failed', 'declined', 'leaves']);
    // Paying and cancelling at once: one of the two wins.
    const cancels = random() < 0.2 ? persist(`payments/${payment_id}/cancel`, person, {}, `${key}-cancel`) : undefined;
    if (outcome !== 'leaves') await shop.pay(session_id, outcome).catch(() => undefined);
    await cancels;
    if (random() < 0.3)
      await persist(`payments/${payment_id}/confirm`, person, { transaction_id: session_id }, `${key}-confirm`);
    if (random() < 0.3) {
      const body = { reason: 'random', ...(random() < 0.5 ? { amount: 1_000 } : {}) };
      await persist(`payments/${payment_id}/refund`, shop.staff, body, `${key}-refund`);
    }
  }

  it('ledger and database agree to the unit, and every charge has one completed payment or one automatic refund', async () => {
    let next = 0;
    await Promise.all(
      buyers.map(async (person) => {
        while (next < PURCHASES) await purchase((next += 1), person);
      }),
    );
    await shop.faults({});
    await eventually(
      async () => {
        await shop.timePasses();
        const [left] = await shop.database.query<{ left: number }>(
          `SELECT (SELECT count(*) FROM webhook_events WHERE status = 'pending')::int
                + (SELECT count(*) FROM refunds WHERE status = 'pending')::int
                + (SELECT count(*) FROM stripe_sessions s JOIN payments p ON p.id = s.payment_id
                   WHERE s.state = 'unanswered' AND p.status = 'pending')::int AS left`,
        );
        const { stripe, ours } = await countMoney(shop);
        return left!.left === 0 && String(stripe) === String(ours);
      },
      'the worker has finished everything',
      60_000,
    ).catch(async (error: unknown) => {
      throw new Error(`${String(error)}: ${JSON.stringify(await undone())}`);
    });
    const { stripe, ours, unaccounted } = await countMoney(shop);
    expect(ours).toEqual(stripe);
    expect(unaccounted).toEqual([]);
    console.log(`SEED=${SEED}: received ${stripe[0]}, returned ${stripe[1]}`);
    expect(stripe[0]).toBeGreaterThan(0);
    // One intent, one session that can be paid: all others made for it are expired.
    const { sessions } = await shop.ledger();
    const open = sessions.filter((session) => session.status === 'open').map((session) => session.client_reference_id);
    expect(new Set(open).size).toBe(open.length);
  }, 150_000);

  /** What a failure has to say for itself. */
  async function undone(): Promise<unknown> {
    const { stripe, ours, unaccounted } = await countMoney(shop);
    const events = await shop.database.query(
      `SELECT event_id, type, status, tries, note FROM webhook_events WHERE status IN ('pending', 'dead', 'quarantined')`,
    );
    const refunds = await shop.database.query(
      `SELECT r.id, r.status, k.state, k.attempt, k.looks FROM refunds r LEFT JOIN stripe_refunds k ON k.refund_id = r.id
       WHERE r.status = 'pending'`,
    );
    return { stripe, ours, unaccounted, events, refunds };
  }

  it('every request body for Stripe is valid against its published description', async () => {
    const description = new StripeOpenApi();
    const calls = await shop.requests();
    expect(calls.length).toBeGreaterThan(PURCHASES);
    const invalid = calls.flatMap((call) => {
      const params = call.method === 'GET' ? call.query : call.params;
      const found = description.requestFaults({ method: call.method, path: call.path }, params);
      return found.length === 0 ? [] : [{ call: `${call.method} ${call.path}`, found }];
    });
    expect(invalid).toEqual([]);
  });
});
