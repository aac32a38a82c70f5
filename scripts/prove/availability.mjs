import { setTimeout as pause } from 'node:timers/promises';
import { FAULTS } from './faults.mjs';
import { Client, personOf } from './people/client.mjs';
import { StripePage } from './people/stripe-page.mjs';
import { Random } from './random.mjs';

/** Half of what two cores can do, so that a slow answer is due to the fault. */
const CREATES_PER_SECOND = 15;
const SECONDS = 15;

/** A payer who waits longer has noticed. */
const SOON_MS = 2_000;
const MIN_SHARE = 0.99;

/** Faults of Redis; each lasts for the whole measurement, and strikes while requests are in flight. */
const MEASURED = [
  'one Redis killed',
  'one Redis paused',
  'two Redis killed',
  'two Redis paused',
  'all Redis killed',
  'all Redis paused',
];

/**
 * @typedef {object} Availability
 * @property {string} fault
 * @property {number} creates
 * @property {number} soon how many of them were created within two seconds, by one request
 * @property {number} median_ms
 * @property {number} p99_ms
 * @property {number} worst_ms
 */

/**
 * Creates payments at a steady rate while Redis is gone, wholly or in part. Before each measurement there is one without a
 * fault.
 * @param {import('./topology.mjs').Topology} topology
 * @param {{ seed: number, say: (text: string) => void, signal: AbortSignal }} how
 * @returns {Promise<Availability[]>}
 */
export async function measureAvailability(topology, { seed, say, signal }) {
  const random = new Random(seed);
  const client = new Client({ urls: topology.apiUrls, random: random.fork() });
  const staff = await personOf(topology.secret, 'staff-1', 'staff');
  const patient = await personOf(topology.secret, 'patient-1', 'patient');
  const stripe = new StripePage(topology.stripeUrl);
  /** @type {Availability[]} */
  const all = [];
  const rounds = MEASURED.flatMap((name) => [undefined, name]);
  for (const name of rounds) {
    if (signal.aborted) break;
    const consultations = await makeConsultations(client, { staff, patient, count: CREATES_PER_SECOND * SECONDS });
    const creating = consultations.map(async (consultation_id, n) => {
      await pause((n * 1_000) / CREATES_PER_SECOND);
      const body = { consultation_id, amount: 5_000, payment_method: 'bank_transfer' };
      const began = performance.now();
      const request = { method: 'POST', path: '/payments', by: patient, intent: 'availability', body };
      const { status } = await client.send({ ...request, key: `availability-${consultation_id}` });
      return status === 201 ? performance.now() - began : Infinity;
    });
    const fault = FAULTS.find((one) => one.name === name);
    const struck = await fault?.strike({ topology, stripe, random });
    const took = await Promise.all(creating);
    await struck?.heal();
    const measured = summary(name ?? 'none', took);
    all.push(measured);
    say(`  ${measured.fault}: ${measured.soon} of ${measured.creates} within ${SOON_MS / 1_000} s`);
  }
  return all;
}

/** @param {Availability} measured */
export function isAvailable({ soon, creates }) {
  return soon >= MIN_SHARE * creates;
}

/** @param {readonly Availability[]} all */
export function availabilityTable(all) {
  const ms = (/** @type {number} */ value) => (value === Infinity ? 'never' : `${Math.round(value)} ms`);
  const rows = all.map(
    ({ fault, creates, soon, median_ms, p99_ms, worst_ms }) =>
      `| ${fault} | ${creates} | ${((100 * soon) / creates).toFixed(1)} % | ${ms(median_ms)} | ${ms(p99_ms)} | ${ms(worst_ms)} |`,
  );
  const head = ['| fault | creates | within 2 s | median | p99 | worst |', '| --- | --- | --- | --- | --- | --- |'];
  return [...head, ...rows].join('\n');
}

/**
 * @param {Client} client
 * @param {{ staff: import('./people/client.mjs').Person, patient: import('./people/client.mjs').Person, count: number }} how
 * @returns {Promise<number[]>}
 */
async function makeConsultations(client, { staff, patient, count }) {
  /** @type {number[]} */
  const ids = [];
  for (let n = 0; n < count; n++) {
    const body = { patient_subject: patient.subject, fee: 5_000 };
    const request = { method: 'POST', path: '/consultations', by: staff, intent: 'availability', body };
    ids.push((await client.insist(request)).reply.data.consultation.id);
  }
  return ids;
}

/**
 * @param {string} fault
 * @param {readonly number[]} took_ms
 * @returns {Availability}
 */
function summary(fault, took_ms) {
  const sorted = [...took_ms].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const soon = sorted.filter((ms) => ms <= SOON_MS).length;
  return { fault, creates: sorted.length, soon, median_ms: at(0.5), p99_ms: at(0.99), worst_ms: at(1) };
}
