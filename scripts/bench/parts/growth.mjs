import { bulkLoad } from '../bulk-load.mjs';
import { SMALL_ROWS } from '../budgets.mjs';
import { tokenFor } from '../people.mjs';
import { figuresOf, interleave, ratioBetween } from '../rounds.mjs';
import { createRequest } from '../services.mjs';
import { number } from '../table.mjs';

const CLIENTS = 4;

/** What a large table may cost. */
const MAX_GROWTH = 1.2;

/** The same requests on a small and on a large database. */
export const growth = {
  name: 'growth',
  /** @param {import('../parts.mjs').Bench} bench @returns {Promise<import('../parts.mjs').PartResult>} */
  async run({ services, stack, budget }) {
    const sizes = [SMALL_ROWS, budget.rows];
    const measured = [];
    for (const rows of sizes) {
      const how = {
        name: `${number(rows)} payments`,
        fill: (/** @type {import('pg').Client} */ db) => bulkLoad(db, rows),
      };
      const service = await services.payonceOn(`growth_${rows}`, how);
      measured.push({
        service,
        client: service.client(CLIENTS),
        requests: await requestsOf(service, rows, await tokenFor('filler-1', 'patient', stack.secret)),
      });
    }
    /** @type {import('../parts.mjs').PartResult} */
    const result = { loads: [], values: [], ratios: [] };
    const [small, large] = measured.map(({ service }) => service.name);
    for (const what of /** @type {const} */ (['create', 'replay', 'own list', 'staff list', 'search'])) {
      const contenders = measured.map(({ service, client, requests }) => ({
        program: service.name,
        client,
        pids: service.pids,
        ...requests[what],
      }));
      await interleave(contenders, { clients: CLIENTS, ms: budget.warmUpMs, rounds: 1 });
      const slices = await interleave(contenders, { clients: CLIENTS, ms: budget.sliceMs, rounds: budget.rounds });
      result.loads.push(...figuresOf(`${what}, ${CLIENTS} clients`, slices));
      result.ratios.push({
        name: `${what}: p50 of ${large} ÷ ${small}`,
        value: ratioBetween(slices, large ?? '', small ?? '', 'p50'),
        atMost: MAX_GROWTH,
      });
    }
    for (const { service, client } of measured) {
      await client.close();
      await service.program.end('SIGKILL');
    }
    return result;
  },
};

/**
 * @param {import('../services.mjs').Service} service
 * @param {number} rows
 * @param {string} payer the token of a user who has a hundred payments in each database
 */
async function requestsOf(service, rows, payer) {
  const { consultations, people, client: connect } = service;
  await consultations.provide(1);
  const consultation = consultations.take();
  if (!consultation) throw new Error('provide() has made one');
  const replay = createRequest(consultation, 'bank_transfer');
  const client = connect(1);
  await client.send(replay);
  await client.close();
  const get = (/** @type {string} */ path, /** @type {string} */ token) => ({
    method: /** @type {const} */ ('GET'),
    path,
    headers: { authorization: `Bearer ${token}` },
  });
  const anyRow = () => 1 + Math.floor(Math.random() * rows);
  const staffToken = people.staff.token;
  return {
    create: { expect: 201, ...service.creates('bank_transfer') },
    replay: { expect: 201, next: () => replay },
    'own list': { expect: 200, next: () => get('/api/v1/payments', payer) },
    'staff list': { expect: 200, next: () => get('/api/v1/payments?status=cancelled', staffToken) },
    search: {
      expect: 200,
      next: () =>
        get(`/api/v1/ops/payments?search=INV-20250101000000-${String(anyRow()).padStart(8, '0')}`, staffToken),
    },
  };
}
