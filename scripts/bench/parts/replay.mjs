import { runSlice } from '../load.mjs';
import { figuresOf, interleave, ratioBetween } from '../rounds.mjs';
import { createRequest } from '../services.mjs';

const CLIENTS = [1, 32];

const KEYS = 10_000;

/** A finished key sent again: against @node-idempotency, which has the same token check before it, and against a create. */
export const replay = {
  name: 'replay',
  /** @param {import('../parts.mjs').Bench} bench @returns {Promise<import('../parts.mjs').PartResult>} */
  async run({ services, budget }) {
    const replayed = [];
    for (const service of [await services.payonce(), await services.peer()])
      replayed.push({ service, requests: await finishKeys(service), client: service.client(Math.max(...CLIENTS)) });
    /** @type {import('../parts.mjs').PartResult} */
    const result = { loads: [], values: [], ratios: [] };
    for (const [keys, label] of /** @type {const} */ ([
      [1, 'one key'],
      [KEYS, '10,000 keys'],
    ])) {
      const contenders = replayed.map(({ service, requests, client }) => ({
        program: service.name,
        client,
        pids: service.pids,
        expect: 201,
        next: inTurn(requests.slice(0, keys)),
      }));
      await interleave(contenders, { clients: 8, ms: budget.warmUpMs, rounds: 1 });
      for (const clients of CLIENTS) {
        const slices = await interleave(contenders, { clients, ms: budget.sliceMs, rounds: budget.rounds });
        const what = `replay, ${label}, ${clients === 1 ? '1 client' : `${clients} clients`}`;
        result.loads.push(...figuresOf(what, slices));
        const value = ratioBetween(slices, 'Payonce', '@node-idempotency', 'rate');
        result.ratios.push({ name: `${what}: throughput ÷ @node-idempotency`, value, atLeast: 1 });
      }
    }
    result.ratios.push(await againstCreate(replayed[0], budget));
    for (const { client } of replayed) await client.close();
    return result;
  },
};

/**
 * @param {import('../services.mjs').Service} service
 * @returns {Promise<import('../load.mjs').Request[]>} requests whose keys are finished
 */
async function finishKeys(service) {
  await service.consultations.provide(KEYS);
  /** @type {import('../load.mjs').Request[]} */
  const requests = [];
  const client = service.client(32);
  const next = () => {
    const consultation = requests.length < KEYS ? service.consultations.take() : undefined;
    const request = consultation && createRequest(consultation, 'bank_transfer');
    if (request) requests.push(request);
    return request;
  };
  await runSlice(client, { clients: 32, ms: Infinity, next, expect: 201, pids: service.pids });
  await client.close();
  return requests;
}

/**
 * @param {{ service: import('../services.mjs').Service, requests: import('../load.mjs').Request[], client: import('../load.mjs').Client } | undefined} of
 * @param {import('../parts.mjs').Budget} budget
 * @returns {Promise<import('../parts.mjs').Ratio>}
 */
async function againstCreate(of, budget) {
  if (!of) throw new Error('Payonce is always measured');
  const { service, requests, client } = of;
  const same = { client, pids: service.pids, expect: 201 };
  const contenders = [
    { ...same, program: 'replay', next: inTurn(requests.slice(0, 1)) },
    { ...same, program: 'create', ...service.creates('bank_transfer') },
  ];
  const slices = await interleave(contenders, { clients: 32, ms: budget.sliceMs, rounds: budget.rounds });
  const value = ratioBetween(slices, 'replay', 'create', 'rate');
  return { name: 'replay, one key, 32 clients: throughput ÷ create', value, atLeast: 5 };
}

/**
 * @template T
 * @param {readonly T[]} all
 */
function inTurn(all) {
  let n = 0;
  return () => all[n++ % all.length];
}
