import { figuresOf, interleave, ratioBetween } from '../rounds.mjs';

const CLIENTS = [1, 8, 32, 128];

/** New payments, each for a consultation of its own: against the application without any protection. */
export const create = {
  name: 'create',
  /** @param {import('../parts.mjs').Bench} bench @returns {Promise<import('../parts.mjs').PartResult>} */
  async run({ services, budget }) {
    const measured = [await services.payonce(), await services.unprotected()];
    /** @type {import('../parts.mjs').PartResult} */
    const result = { loads: [], values: [], ratios: [] };
    for (const method of ['bank_transfer', 'stripe']) {
      const contenders = measured.map((service) => ({
        program: service.name,
        client: service.client(Math.max(...CLIENTS)),
        pids: service.pids,
        expect: 201,
        ...service.creates(method),
      }));
      // Connections are opened, statements planned and code compiled before the first slice counts.
      await interleave(contenders, { clients: 8, ms: budget.warmUpMs, rounds: 2 });
      for (const clients of CLIENTS) {
        const slices = await interleave(contenders, { clients, ms: budget.sliceMs, rounds: budget.rounds });
        result.loads.push(...figuresOf(`create, ${label(method)}, ${clientsOf(clients)}`, slices));
        result.ratios.push(...ratiosAt(clients, method, slices));
      }
      await Promise.all(contenders.map(({ client }) => client.close()));
    }
    return result;
  },
};

/**
 * @param {number} clients
 * @param {string} method
 * @param {Map<string, import('../rounds.mjs').Slice[]>} slices
 * @returns {import('../parts.mjs').Ratio[]}
 */
function ratiosAt(clients, method, slices) {
  const of = (/** @type {'rate' | 'p50'} */ by) => ratioBetween(slices, 'Payonce', 'unprotected', by);
  const which = `create, ${label(method)}, ${clientsOf(clients)}`;
  const isStripe = method === 'stripe';
  return [
    {
      name: `${which}: p50 ÷ unprotected`,
      value: of('p50'),
      ...(isStripe ? { atMost: 1.25 } : clients === 1 ? { atMost: 1 } : {}),
    },
    {
      name: `${which}: throughput ÷ unprotected`,
      value: of('rate'),
      ...(!isStripe && clients === 32 ? { atLeast: 1 } : {}),
    },
  ];
}

/** @param {string} method */
function label(method) {
  return method === 'stripe' ? 'Stripe' : 'bank transfer';
}

/** @param {number} clients */
function clientsOf(clients) {
  return clients === 1 ? '1 client' : `${clients} clients`;
}
