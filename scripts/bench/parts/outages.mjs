import { figuresOf, interleave, ratioBetween } from '../rounds.mjs';

const CLIENTS = 8;

/** The target holds after the first second. */
const NOTICED_AFTER_MS = 1_000;

const [REDIS, POSTGRES] = ['Payonce', 'LOCK_BACKEND=postgres'];

/**
 * Creates with three Redis nodes, then with all of them frozen (SIGSTOP), then killed. Beside it, in the same rounds, a
 * Payonce whose locks are in Postgres; its Redis, for answers alone, is another one and stays.
 */
export const outages = {
  name: 'outages',
  /** @param {import('../parts.mjs').Bench} bench @returns {Promise<import('../parts.mjs').PartResult>} */
  async run({ services, stack, budget }) {
    const settings = { LOCK_BACKEND: 'postgres', REDIS_URL: await stack.startSpareRedis() };
    const measured = [
      await services.payonce(),
      await services.payonceOn('postgres_locks', { name: POSTGRES, settings }),
    ];
    const contenders = measured.map((service) => ({
      program: service.name,
      client: service.client(CLIENTS),
      pids: service.pids,
      expect: 201,
      ...service.creates('bank_transfer'),
    }));
    const how = { clients: CLIENTS, ms: budget.sliceMs, rounds: budget.rounds, mayFail: true };
    await interleave(contenders, { ...how, ms: budget.warmUpMs, rounds: 1 });
    const present = await interleave(contenders, how);
    const noticed = () => interleave(contenders.slice(0, 1), { ...how, ms: NOTICED_AFTER_MS, rounds: 1 });
    try {
      for (const node of stack.redis) node.pause();
      await noticed();
      const frozen = await interleave(contenders, how);
      for (const node of stack.redis) await node.end('SIGKILL');
      await noticed();
      const killed = await interleave(contenders, how);
      return resultOf({ present, frozen, killed });
    } finally {
      await Promise.all(stack.redis.map((node) => node.end('SIGKILL')));
      for (const node of stack.redis) await node.start();
      await Promise.all(contenders.map(({ client }) => client.close()));
    }
  },
};

/**
 * @param {Record<'present' | 'frozen' | 'killed', Map<string, import('../rounds.mjs').Slice[]>>} slices by the state of Redis
 * @returns {import('../parts.mjs').PartResult}
 */
function resultOf(slices) {
  const states = /** @type {const} */ ([
    ['present', 1],
    ['frozen', 0.8],
    ['killed', 0.8],
  ]);
  return {
    loads: states.flatMap(([state]) => figuresOf(`create, 8 clients, Redis ${state}`, slices[state])),
    values: [],
    ratios: states.map(([state, atLeast]) => ({
      name: `create, 8 clients, Redis ${state}: throughput ÷ ${POSTGRES}`,
      value: ratioBetween(slices[state], REDIS, POSTGRES, 'rate'),
      atLeast,
    })),
  };
}
