import { createHmac, randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { Fault } from '../../say.mjs';
import { runSlice } from '../load.mjs';
import { figuresOf } from '../rounds.mjs';
import { createRequest } from '../services.mjs';
import { WEBHOOK_SECRET } from '../stack.mjs';
import { spreadOf } from '../statistics.mjs';

const CLIENTS = 16;

/** More than are received in a slice; those of ours cost a payment each. */
const MAX_RATE = 6_000;
const OURS_PER_ROUND = 160;

/**
 * Signed webhooks: of another program on the same Stripe account (stored, and recognized as foreign), the same ones again,
 * and of our own payments (Stripe is asked, the payment completed).
 */
export const webhooks = {
  name: 'webhooks',
  /** @param {import('../parts.mjs').Bench} bench @returns {Promise<import('../parts.mjs').PartResult>} */
  async run({ services, stack, budget }) {
    const service = await services.payonce();
    const client = service.client(CLIENTS);
    const foreign = await foreignSession(stack.simulator.url);
    /** @type {Record<'new' | 'repeated' | 'ours', import('../load.mjs').Slice[]>} */
    const slices = { new: [], repeated: [], ours: [] };
    const measure = async (/** @type {import('../load.mjs').Request[]} */ requests, ms = budget.sliceMs) => {
      const next = requestsOnce(requests);
      return runSlice(client, { clients: CLIENTS, ms, next, expect: 200, pids: service.pids });
    };
    for (let round = -1; round < budget.rounds; round++) {
      const events = Array.from({ length: (MAX_RATE * budget.sliceMs) / 1_000 }, () => delivery(foreign));
      const ours = (await paidSessions(service, stack.simulator.url)).map(delivery);
      const measured = {
        new: await measure(events),
        repeated: await measure(events.slice(0, events.length / 2)),
        ours: await measure(ours, Infinity),
      };
      await requireApplied(service);
      // The first round warms up.
      if (round >= 0)
        for (const name of /** @type {const} */ (['new', 'repeated', 'ours'])) slices[name].push(measured[name]);
    }
    await client.close();
    const rate = (/** @type {keyof typeof slices} */ name) => spreadOf(slices[name].map((slice) => slice.rate));
    const figures = (/** @type {keyof typeof slices} */ name) =>
      figuresOf(`webhooks, ${CLIENTS} clients: ${name}`, new Map([[service.name, slices[name]]]));
    return {
      loads: [...figures('new'), ...figures('repeated'), ...figures('ours')],
      values: [],
      ratios: [
        { name: 'webhooks: new ones', value: rate('new'), unit: 'per second', atLeast: 2_000 },
        { name: 'webhooks: ours applied', value: rate('ours'), unit: 'per second', atLeast: 500 },
      ],
    };
  },
};

/**
 * A session of another program, as its event contains it.
 * @param {string} simulator
 * @returns {Promise<object>}
 */
async function foreignSession(simulator) {
  const { session } = await post(`${simulator}/_sim/payments`, { amount: 5_000, with_session: true });
  const answer = await fetch(`${simulator}/v1/checkout/sessions/${session}`, {
    headers: { authorization: 'Bearer sk_test_simulator' },
  });
  return /** @type {object} */ (await answer.json());
}

/**
 * New payments by Stripe whose pages have been paid, without Stripe having said so.
 * @param {import('../services.mjs').Service} service
 * @param {string} simulator
 * @returns {Promise<object[]>} their sessions
 */
async function paidSessions({ consultations, client: connect }, simulator) {
  await consultations.provide(OURS_PER_ROUND);
  const client = connect(CLIENTS);
  const one = async () => {
    const consultation = consultations.take();
    if (!consultation) throw new Error('provide() has made them');
    const { status, text } = await client.send(createRequest(consultation, 'stripe'));
    if (status !== 201) throw new Fault(`POST /api/v1/payments: ${status} ${text}`);
    const { session_id } = JSON.parse(text).data.checkout;
    return post(`${simulator}/_sim/sessions/${session_id}/pay`, {});
  };
  /** @type {object[]} */
  const paid = [];
  while (paid.length < OURS_PER_ROUND) paid.push(...(await Promise.all(Array.from({ length: CLIENTS / 2 }, one))));
  await client.close();
  return paid;
}

/**
 * @param {string} url
 * @param {object} body
 * @returns {Promise<any>}
 */
async function post(url, body) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Fault(`POST ${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/**
 * Under an id of its own, signed as https://docs.stripe.com/webhooks#verify-manually describes.
 * @param {object} object
 * @returns {import('../load.mjs').Request}
 */
function delivery(object) {
  const seconds = Math.floor(Date.now() / 1_000);
  const body = JSON.stringify({
    id: `evt_${randomUUID().replaceAll('-', '')}`,
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: seconds,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: 'checkout.session.completed',
  });
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${seconds}.${body}`).digest('hex');
  return {
    method: 'POST',
    path: '/api/v1/webhooks/stripe',
    headers: { 'content-type': 'application/json', 'stripe-signature': `t=${seconds},v1=${signature}` },
    body,
  };
}

/** @param {import('../load.mjs').Request[]} requests */
function requestsOnce(requests) {
  let n = 0;
  return () => requests[n++];
}

/**
 * An event that was stored and not applied would make the figure too good.
 * @param {import('../services.mjs').Service} service
 */
async function requireApplied({ database }) {
  const { rows } = await database.query('SELECT status, count(*) FROM webhook_events GROUP BY status');
  const unexpected = rows.filter(({ status }) => status !== 'applied' && status !== 'foreign');
  if (unexpected.length > 0) throw new Fault(`Events were not applied: ${JSON.stringify(rows)}`);
}
