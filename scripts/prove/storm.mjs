import { setTimeout as pause } from 'node:timers/promises';
import { FAULTS } from './faults.mjs';
import { judge } from './oracle/judge.mjs';
import { finished } from './oracle/finished.mjs';
import { moneyAccounted } from './oracle/money-accounted.mjs';
import { refundedOnce } from './oracle/refunded-once.mjs';
import { readRows } from './oracle/snapshot.mjs';
import { Client, personOf } from './people/client.mjs';
import { INTENTS } from './people/intents.mjs';
import { StripePage } from './people/stripe-page.mjs';
import { Random } from './random.mjs';
import { Fault } from '../say.mjs';

/** For how long the last fault may keep payments from being created. */
const MAX_HEALING_MS = 60_000;

/** Between two faults. Each lasts for seconds, so they overlap. */
const GAP_MS = /** @type {const} */ ([1_000, 8_000]);

/** People who act at the same time: as many as keep two cores busy. */
const PEOPLE = 60;
const PATIENTS = 30;
const PRODUCTS = ['monthly-plan', 'yearly-plan', 'session-pack'];

/** Rules that hold at every moment, not only once everything has come to rest. */
const NEVER_BROKEN = ['one live payment', 'one session', 'no false answer', 'no state goes back'];

/**
 * @typedef {object} Options
 * @property {number} seed
 * @property {number} ms how long faults strike
 * @property {number} [people] who act at the same time
 * @property {readonly [number, number]} [gapMs] between two faults
 * @property {readonly string[]} [only] names of faults
 * @property {readonly string[]} [endWhen] ends early once one of these rules is broken
 *
 * @typedef {object} StruckFault
 * @property {string} name
 * @property {string} where
 * @property {number} at_ms
 * @property {number} healed_ms
 * @property {number} healing_ms from its end until a payment was created again
 *
 * @typedef {object} Result
 * @property {number} seed
 * @property {number} ms the faults' time
 * @property {number} intents
 * @property {number} quiet_ms from the last fault's end until nothing was unfinished
 * @property {readonly StruckFault[]} faults
 * @property {readonly { name: string, why: string }[]} notRun
 * @property {readonly number[]} waited_ms
 * @property {import('./oracle/snapshot.mjs').Snapshot} snapshot
 * @property {readonly { state: string }[]} deliveries
 * @property {readonly import('./oracle/snapshot.mjs').Finding[]} findings
 */

/**
 * Lets people pay on a topology while faults strike it, waits until it has come to rest, and judges.
 * @param {import('./topology.mjs').Topology} topology
 * @param {Options & { maxQuietMs: number, say: (text: string) => void, signal: AbortSignal }} how `maxQuietMs`: how long
 *   everything may take to come to rest after the last fault
 * @returns {Promise<Result>}
 */
export async function storm(
  topology,
  { seed, ms, people: count = PEOPLE, gapMs = GAP_MS, only, endWhen = [], maxQuietMs, say, signal },
) {
  const random = new Random(seed);
  const stripe = new StripePage(topology.stripeUrl);
  await stripe.setEndpoints([topology.webhookUrl]);
  const client = new Client({ urls: topology.apiUrls, random: random.fork() });
  const scene = await openScene(topology, client, stripe);
  const until = client.now_ms + ms;
  let isFound = false;
  let hasFailed = false;
  const isOver = () => client.now_ms >= until || isFound || hasFailed || signal.aborted;

  let intents = 0;
  const act = async (/** @type {Random} */ own) => {
    while (!isOver()) {
      const [, , intent] = weighted(INTENTS, ([, weight]) => weight, own);
      intents += 1;
      await intent(`s${seed}-i${intents}`, scene, own.fork());
    }
  };
  let healed_ms = Infinity;
  const probes = probe(scene, client, random.fork(), () => healed_ms);
  const people = Array.from({ length: count }, () => act(random.fork()));
  const faults = strikeUntil(topology, stripe, random.fork(), { isOver, gapMs, only, client, say });
  const watching = watch(topology, { stripe, client, rules: endWhen, isOver }).then((found) => {
    isFound = found;
  });
  // Together, so that none of them fails unnoticed while another is awaited.
  const [struck, created_ms] = await Promise.all([
    faults.then(
      (all) => {
        healed_ms = client.now_ms;
        return all;
      },
      (/** @type {unknown} */ error) => {
        // Nobody goes on, and the probes wait for nothing.
        hasFailed = true;
        healed_ms = -Infinity;
        throw error;
      },
    ),
    probes,
    watching,
    ...people,
  ]);

  const began = client.now_ms;
  const { answers } = client;
  const rows = await quiet(topology, stripe, {
    bank: scene.bank,
    answers,
    maxQuietMs: isFound ? 0 : maxQuietMs,
    say,
    signal,
  });
  if (signal.aborted) throw new Fault('Stopped: nothing was judged.');
  const snapshot = { stripe: await stripe.ledger(), bank: scene.bank, rows, answers };
  const healed = struck.map((fault) => ({
    ...fault,
    healing_ms: (created_ms.find((at) => at >= fault.healed_ms) ?? Infinity) - fault.healed_ms,
  }));
  return {
    seed,
    ms,
    intents,
    quiet_ms: client.now_ms - began,
    faults: healed,
    notRun: FAULTS.flatMap(({ name, cannot }) => {
      const why = cannot?.(topology);
      return why === undefined ? [] : [{ name, why }];
    }),
    waited_ms: client.waited_ms,
    snapshot,
    deliveries: await stripe.deliveries(),
    findings: [...neverHealed(healed), ...nothingShown(snapshot, healed), ...judge(snapshot)],
  };
}

/**
 * @param {readonly StruckFault[]} faults
 * @returns {import('./oracle/snapshot.mjs').Finding[]}
 */
function neverHealed(faults) {
  return faults
    .filter(({ healing_ms }) => healing_ms === Infinity)
    .map(({ name, where }) => ({
      rule: 'heals',
      about: `${name} (${where})`,
      text: `was over, and no payment was created within ${MAX_HEALING_MS / 1_000} s of the last fault`,
    }));
}

/**
 * A storm without a fault, or without a payment, has shown nothing.
 * @param {import('./oracle/snapshot.mjs').Snapshot} snapshot
 * @param {readonly StruckFault[]} faults
 * @returns {import('./oracle/snapshot.mjs').Finding[]}
 */
function nothingShown({ stripe }, faults) {
  const isPaid = stripe.charges.some(({ status }) => status === 'succeeded');
  return [
    ...(isPaid ? [] : [{ rule: 'shows something', about: 'all people', text: 'paid nothing' }]),
    ...(faults.length > 0 ? [] : [{ rule: 'shows something', about: 'all faults', text: 'did not strike' }]),
  ];
}

/**
 * Looks once a second whether one of these rules is broken.
 * @param {import('./topology.mjs').Topology} topology
 * @param {{ stripe: StripePage, client: Client, rules: readonly string[], isOver: () => boolean }} how
 * @returns {Promise<boolean>}
 */
async function watch(topology, { stripe, client, rules, isOver }) {
  const watched = rules.filter((rule) => NEVER_BROKEN.includes(rule));
  while (watched.length > 0 && !isOver()) {
    await pause(1_000);
    // Answers first: what they announce is in the database by then.
    const answers = [...client.answers];
    const database = await topology.postgres.connect().catch(() => undefined);
    const rows = database && (await readRows(database).catch(() => undefined));
    await database?.end().catch(() => undefined);
    if (!rows) continue;
    const findings = judge({ stripe: await stripe.ledger(), bank: [], rows, answers });
    if (findings.some(({ rule }) => watched.includes(rule))) return true;
  }
  return false;
}

/**
 * @param {import('./topology.mjs').Topology} topology
 * @param {Client} client
 * @param {StripePage} stripe
 * @returns {Promise<import('./people/intents.mjs').Scene>}
 */
async function openScene(topology, client, stripe) {
  const staff = [
    await personOf(topology.secret, 'staff-1', 'staff'),
    await personOf(topology.secret, 'staff-2', 'staff'),
  ];
  const [first] = staff;
  const patients = [];
  for (let n = 1; n <= PATIENTS; n++) patients.push(await personOf(topology.secret, `patient-${n}`, 'patient'));
  for (const patient of patients) {
    const made = await client.insist({
      method: 'POST',
      path: '/consultations',
      by: /** @type {import('./people/client.mjs').Person} */ (first),
      intent: 'scene',
      body: { patient_subject: patient.subject, fee: 5_000 },
    });
    patient.user_id = made.reply.data.consultation.patient_id;
  }
  for (const id of PRODUCTS) {
    await client.insist({
      method: 'POST',
      path: '/products',
      by: /** @type {import('./people/client.mjs').Person} */ (first),
      intent: 'scene',
      body: { id, name: id, price: 50_000 },
    });
  }
  return { client, stripe, patients, staff, bank: [], products: PRODUCTS };
}

/**
 * Faults that overlap, one at most of each group, with everything mended at the end.
 * @param {import('./topology.mjs').Topology} topology
 * @param {StripePage} stripe
 * @param {Random} random
 * @param {{ isOver: () => boolean, gapMs: readonly [number, number], only: readonly string[] | undefined, client: Client, say: (text: string) => void }} how
 * @returns {Promise<Omit<StruckFault, 'healing_ms'>[]>}
 */
async function strikeUntil(topology, stripe, random, { isOver, gapMs, only, client, say }) {
  /** @type {Omit<StruckFault, 'healing_ms'>[]} */
  const struck = [];
  /** @type {Map<string, Promise<void>>} */
  const running = new Map();
  /** @type {unknown[]} */
  const failures = [];
  const possible = FAULTS.filter(
    ({ name, cannot }) => (only?.includes(name) ?? true) && cannot?.(topology) === undefined,
  );
  while (!isOver() && failures.length === 0) {
    await pause(random.between(...gapMs));
    const free = possible.filter(({ on }) => !running.has(on));
    if (free.length === 0) continue;
    const fault = weighted(free, ({ weight }) => weight, random);
    const lasts_ms = random.between(...fault.lasts_ms);
    const own = random.fork();
    const run = async () => {
      const at_ms = client.now_ms;
      const { where, heal, afterwards } = await fault.strike({ topology, stripe, random: own });
      say(`${(at_ms / 1_000).toFixed(1).padStart(7)} s  ${fault.name}: ${where}, for ${lasts_ms} ms`);
      await pause(lasts_ms);
      // What repairs it (a restart, recovery, promotion) is part of the healing.
      const healed_ms = client.now_ms;
      await heal();
      struck.push({ name: fault.name, where, at_ms, healed_ms });
      await afterwards?.();
      running.delete(fault.on);
    };
    const failed = (/** @type {unknown} */ error) => {
      failures.push(error);
    };
    running.set(fault.on, run().catch(failed));
  }
  await Promise.all(running.values());
  // A part that cannot be started again: what follows would prove nothing.
  if (failures.length > 0) throw failures[0];
  return struck;
}

/**
 * Creates a payment again and again, one after the other.
 * @param {import('./people/intents.mjs').Scene} scene
 * @param {Client} client
 * @param {Random} random
 * @param {() => number} healed_ms when the last fault ended; the probes end with the first success after it
 * @returns {Promise<number[]>} when each was created
 */
async function probe(scene, client, random, healed_ms) {
  /** @type {number[]} */
  const created = [];
  for (let n = 1; ; n++) {
    const [staff] = scene.staff;
    const patient = random.pick(scene.patients);
    const intent = `probe-${n}`;
    const made = await client.send({
      method: 'POST',
      path: '/consultations',
      by: /** @type {import('./people/client.mjs').Person} */ (staff),
      intent,
      body: { patient_subject: patient.subject, fee: 5_000, external_reference: `${intent}-${random.between(1, 1e9)}` },
    });
    const consultation_id = made.reply?.data?.consultation?.id;
    if (consultation_id !== undefined) {
      const body = { consultation_id, amount: 5_000, payment_method: 'bank_transfer' };
      const paid = await client.send({ method: 'POST', path: '/payments', by: patient, intent, body, key: intent });
      if (paid.status === 201) created.push(paid.done_ms);
    }
    if (created.some((at) => at >= healed_ms()) || client.now_ms > healed_ms() + MAX_HEALING_MS) return created;
    await pause(100);
  }
}

/**
 * Waits until nothing is unfinished. Webhooks that Stripe has not delivered yet are not waited for.
 * @param {import('./topology.mjs').Topology} topology
 * @param {StripePage} stripe
 * @param {{ bank: import('./oracle/snapshot.mjs').BankLine[], answers: import('./oracle/snapshot.mjs').Answer[], maxQuietMs: number, say: (text: string) => void, signal: AbortSignal }} how
 */
async function quiet(topology, stripe, { bank, answers, maxQuietMs, say, signal }) {
  const deadline = performance.now() + maxQuietMs;
  const database = await topology.postgres.connect();
  try {
    for (;;) {
      const rows = await readRows(database);
      const snapshot = { stripe: await stripe.ledger(), bank, rows, answers };
      // What happened at Stripe without a webhook is found by the worker's next look at Stripe's lists.
      const left = [...finished(snapshot), ...moneyAccounted(snapshot), ...refundedOnce(snapshot)];
      if (left.length === 0 || performance.now() > deadline || signal.aborted) return rows;
      say(`          Coming to rest: ${left.length} unfinished.`);
      await pause(2_000);
    }
  } finally {
    await database.end();
  }
}

/**
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => number} weightOf
 * @param {Random} random
 * @returns {Item}
 */
function weighted(items, weightOf, random) {
  let left = random.next() * items.reduce((total, item) => total + weightOf(item), 0);
  return items.find((item) => (left -= weightOf(item)) < 0) ?? /** @type {Item} */ (items.at(-1));
}
