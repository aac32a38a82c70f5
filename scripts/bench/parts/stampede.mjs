import { timesOf } from '../load.mjs';
import { interleave } from '../rounds.mjs';
import { createRequest } from '../services.mjs';
import { spreadOf } from '../statistics.mjs';

const REQUESTS = 1_000;

/** What the refusals of one process may write: the payment itself, and a few rows about the others. */
const MAX_WRITE_TRANSACTIONS = 5;

/** Many requests at once, each with a key of its own, for one consultation: one payment, and refusals. */
export const stampede = {
  name: 'stampede',
  /** @param {import('../parts.mjs').Bench} bench @returns {Promise<import('../parts.mjs').PartResult>} */
  async run({ services, budget }) {
    const service = await services.payonce();
    const oneCreate = await p50OfCreate(service, budget);
    /** @type {Awaited<ReturnType<typeof rush>>[]} */
    const rounds = [];
    for (let round = 0; round < Math.ceil(budget.rounds / 2); round++) rounds.push(await rush(service));
    const program = service.name;
    const p99 = rounds.map(({ times }) => times.p99);
    const of = (/** @type {'made' | 'refused' | 'others' | 'transactions'} */ name) =>
      spreadOf(rounds.map((round) => round[name]));
    return {
      loads: [],
      values: [
        { what: 'stampede, 1,000 keys: p99', program, value: spreadOf(p99), unit: 'ms' },
        { what: 'stampede: one create before it, p50', program, value: spreadOf([oneCreate]), unit: 'ms' },
        { what: 'stampede: payments made', program, value: of('made'), unit: '' },
        { what: 'stampede: refused with that payment (409)', program, value: of('refused'), unit: '' },
        { what: 'stampede: other answers', program, value: of('others'), unit: '' },
      ],
      ratios: [
        {
          name: 'stampede: p99 ÷ (10 × one create + 100 ms)',
          value: spreadOf(p99.map((ms) => ms / (10 * oneCreate + 100))),
          atMost: 1,
        },
        {
          name: 'stampede: write transactions',
          value: of('transactions'),
          unit: 'transactions',
          atMost: MAX_WRITE_TRANSACTIONS,
        },
      ],
    };
  },
};

/**
 * @param {import('../services.mjs').Service} service
 * @param {import('../parts.mjs').Budget} budget
 */
async function p50OfCreate(service, { sliceMs, rounds, warmUpMs }) {
  const client = service.client(8);
  const contender = { program: '', client, pids: service.pids, expect: 201, ...service.creates('bank_transfer') };
  await interleave([contender], { clients: 8, ms: warmUpMs, rounds: 1 });
  const slices = await interleave([contender], { clients: 1, ms: sliceMs, rounds });
  await client.close();
  return spreadOf((slices.get('') ?? []).map(({ p50 }) => p50)).median;
}

/** @param {import('../services.mjs').Service} service */
async function rush({ client: connect, consultations, database }) {
  await consultations.provide(1);
  const consultation = consultations.take();
  if (!consultation) throw new Error('provide() has made one');
  const client = connect(REQUESTS);
  // All connections are open before the rush.
  const hello = /** @type {const} */ ({ method: 'GET', path: '/api/v1/health/live', headers: {} });
  await Promise.all(Array.from({ length: REQUESTS }, () => client.send(hello)));
  const requests = Array.from({ length: REQUESTS }, () => createRequest(consultation, 'bank_transfer'));
  const before = await nextTransactionId(database);
  const replies = await Promise.all(requests.map((request) => client.send(request)));
  const transactions = (await nextTransactionId(database)) - before;
  await client.close();
  const count = (/** @type {number} */ status) => replies.filter((reply) => reply.status === status).length;
  const [made, refused] = [count(201), count(409)];
  return {
    times: timesOf(replies.map(({ ms }) => ms)),
    made,
    refused,
    others: REQUESTS - made - refused,
    transactions,
  };
}

/**
 * A transaction gets an id when it first writes (https://www.postgresql.org/docs/18/transaction-id.html).
 * @param {import('pg').Client} database
 * @returns {Promise<number>}
 */
async function nextTransactionId(database) {
  const { rows } = await database.query('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS id');
  return Number(rows[0].id);
}
