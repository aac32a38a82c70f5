import { setTimeout as pause } from 'node:timers/promises';

/**
 * What people want and how they go about it. Each intent draws everything from its own random sequence.
 * @typedef {import('./client.mjs').Client} Client
 * @typedef {import('./client.mjs').Person} Person
 * @typedef {import('../random.mjs').Random} Random
 *
 * @typedef {object} Scene
 * @property {Client} client
 * @property {import('./stripe-page.mjs').StripePage} stripe
 * @property {readonly Person[]} patients
 * @property {readonly Person[]} staff
 * @property {import('../oracle/snapshot.mjs').BankLine[]} bank
 * @property {readonly string[]} products
 */

const FEES = [111, 5_000, 12_345, 100_000];

/** @type {readonly [name: string, weight: number, act: (name: string, scene: Scene, random: Random) => Promise<void>][]} */
export const INTENTS = [
  ['consultation, paid and left', 10, payAndLeave],
  ['consultation by Stripe', 6, consultationByStripe],
  ['consultation by transfer', 3, consultationByTransfer],
  ['product', 5, buyProduct],
  ['another program', 1, anotherProgram],
];

/**
 * What most people do: they press, pay, and do not come back. Only Stripe can tell us of the money.
 * @param {string} name
 * @param {Scene} scene
 * @param {Random} random
 */
async function payAndLeave(name, scene, random) {
  const patient = random.pick(scene.patients);
  const consultation = await newConsultation(name, scene, patient, random);
  if (!consultation) return;
  const { session_id } = await pressPay(name, scene, random, patient, { ...consultation, payment_method: 'stripe' });
  if (session_id !== undefined) await scene.stripe.pay(session_id, 'paid');
}

/**
 * @param {string} name
 * @param {Scene} scene
 * @param {Random} random
 */
async function consultationByStripe(name, scene, random) {
  const { client, stripe } = scene;
  const patient = random.pick(scene.patients);
  const consultation = await newConsultation(name, scene, patient, random);
  if (!consultation) return;
  const created = await pressPay(name, scene, random, patient, { ...consultation, payment_method: 'stripe' });
  const { payment_id, session_id } = created;
  if (payment_id === undefined) return;

  const what = random.next();
  if (what < 0.08) return cancel(name, scene, patient, payment_id);
  if (what < 0.14) return;
  if (session_id === undefined) return;
  if (random.chance(0.1)) await stripe.pay(session_id, 'declined');
  const outcome = random.chance(0.15)
    ? random.pick(/** @type {const} */ (['async_pending', 'async_succeeded', 'async_failed']))
    : 'paid';
  // Somebody cancels while the payer pays.
  const cancelling = random.chance(0.1) ? cancel(name, scene, patient, payment_id) : undefined;
  const session = await stripe.pay(session_id, outcome);
  if (outcome === 'async_pending') {
    await pause(random.between(100, 2_000));
    await stripe.pay(session_id, random.pick(/** @type {const} */ (['async_succeeded', 'async_failed'])));
  }
  // Back from Stripe's page: the browser confirms, perhaps before the webhook, perhaps twice.
  if (random.chance(0.6)) {
    const confirm = {
      method: 'POST',
      path: `/payments/${payment_id}/confirm`,
      by: patient,
      intent: name,
      body: { transaction_id: session_id },
      key: `${name}-confirm`,
    };
    await Promise.all(random.chance(0.3) ? [client.insist(confirm), client.insist(confirm)] : [client.insist(confirm)]);
  }
  await cancelling;
  await look(name, scene, patient, payment_id, random);
  if (session?.payment_intent)
    await afterwards(name, scene, random, payment_id, consultation.amount, session.payment_intent);
  await look(name, scene, patient, payment_id, random);
}

/**
 * Refunds by staff, pressed twice by two of them; refunds and disputes at Stripe.
 * @param {string} name
 * @param {Scene} scene
 * @param {Random} random
 * @param {number} payment_id
 * @param {number} amount
 * @param {string} payment_intent
 */
async function afterwards(name, scene, random, payment_id, amount, payment_intent) {
  const { client, stripe } = scene;
  const what = random.next();
  if (what < 0.25) {
    const part = random.chance(0.5) ? { amount: random.between(1, amount) } : {};
    const refund = (/** @type {number} */ n, /** @type {string | undefined} */ key) => ({
      method: 'POST',
      path: `/payments/${payment_id}/refund`,
      by: /** @type {Person} */ (scene.staff[n % scene.staff.length]),
      intent: name,
      body: { reason: 'storm', ...part },
      ...(key === undefined ? {} : { key }),
    });
    const key = random.chance(0.8) ? `${name}-refund` : undefined;
    /** @type {Promise<unknown>[]} */
    const requests = [client.insist(refund(0, key)), client.insist(refund(0, key))];
    if (random.chance(0.3)) requests.push(client.insist(refund(1, `${name}-refund-by-another`)));
    // A colleague thinks that the refund hangs.
    if (random.chance(0.2)) requests.push(withdrawNewest(name, scene, random, payment_id));
    await Promise.all(requests);
  } else if (what < 0.31) {
    await stripe.refund(payment_intent, random.chance(0.5) ? random.between(1, amount) : undefined);
  } else if (what < 0.37) {
    const dispute = await stripe.dispute(payment_intent);
    if (dispute && random.chance(0.7)) {
      await pause(random.between(0, 1_500));
      await stripe.decide(dispute.id, random.pick(/** @type {const} */ (['won', 'lost'])));
    }
  }
}

/**
 * @param {string} name
 * @param {Scene} scene
 * @param {Random} random
 */
async function consultationByTransfer(name, scene, random) {
  const { client } = scene;
  const patient = random.pick(scene.patients);
  const staff = random.pick(scene.staff);
  const consultation = await newConsultation(name, scene, patient, random);
  if (!consultation) return;
  const payment_method = random.pick(['bank_transfer', 'gcash']);
  const { payment_id } = await pressPay(name, scene, random, patient, { ...consultation, payment_method });
  if (payment_id === undefined) return;
  if (random.chance(0.1)) return cancel(name, scene, patient, payment_id);

  /** @type {number[]} */
  const parts = random.chance(0.25) && consultation.amount > 1 ? halves(consultation.amount) : [consultation.amount];
  for (const [n, amount] of parts.entries()) {
    /** @type {import('../oracle/snapshot.mjs').BankLine} */
    const line = { reference: `REF-${name}-${n}`, method: payment_method, amount, recorded: 'unknown' };
    scene.bank.push(line);
    const confirm = {
      method: 'POST',
      path: `/payments/${payment_id}/confirm`,
      by: staff,
      intent: name,
      body: { transaction_id: line.reference, amount_received: amount },
      key: `${name}-confirm-${n}`,
    };
    const confirmed = await Promise.all(
      random.chance(0.3)
        ? [client.insist(confirm), client.insist({ ...confirm, by: random.pick(scene.staff) })]
        : [client.insist(confirm)],
    );
    if (confirmed.some(({ status }) => status === 200)) line.recorded = 'yes';
    else if (confirmed.every(isRefused)) line.recorded = await recordTransfer(name, scene, staff, line);
  }
  await look(name, scene, patient, payment_id, random);
  if (random.chance(0.3)) await payBack(name, scene, random, payment_id, consultation.amount);
  await look(name, scene, patient, payment_id, random);
}

/**
 * The payment cannot take it: staff list the money as it is, to be decided later.
 * @param {string} name
 * @param {Scene} scene
 * @param {Person} by
 * @param {import('../oracle/snapshot.mjs').BankLine} line
 */
async function recordTransfer(name, { client }, by, { reference, method, amount }) {
  const body = { payment_method: method, transaction_id: reference, amount };
  const key = `${name}-${reference}`;
  const answer = await client.insist({ method: 'POST', path: '/transfers', by, intent: name, body, key });
  return answer.status === 201 ? 'yes' : isRefused(answer) ? 'no' : 'unknown';
}

/** @param {{ status: number, retry_after_ms: number | undefined }} answer */
function isRefused({ status, retry_after_ms }) {
  return status >= 400 && status < 500 && retry_after_ms === undefined;
}

/**
 * Staff pay a transfer back: at once, or reserved first, and then settled by one while another withdraws it.
 * @param {string} name
 * @param {Scene} scene
 * @param {Random} random
 * @param {number} payment_id
 * @param {number} amount of the payment
 */
async function payBack(name, scene, random, payment_id, amount) {
  const { client } = scene;
  const [one, other] = /** @type {[Person, Person]} */ (random.chance(0.5) ? scene.staff : scene.staff.toReversed());
  const isReserved = random.chance(0.5);
  const refund = {
    method: 'POST',
    path: `/payments/${payment_id}/refund`,
    by: one,
    intent: name,
    body: {
      reason: 'storm',
      ...(isReserved ? {} : { transaction_id: `BACK-${name}` }),
      ...(random.chance(0.5) ? { amount: random.between(1, amount) } : {}),
    },
    key: `${name}-refund`,
  };
  const answers = await Promise.all([client.insist(refund), client.insist(refund)]);
  const refund_id = answers.map(({ reply }) => reply?.data?.refund?.id).find(Boolean);
  if (!isReserved || refund_id === undefined) return;
  const settle = (/** @type {Person} */ by, /** @type {'settle' | 'withdraw'} */ how) =>
    client.insist({
      method: 'POST',
      path: `/payments/${payment_id}/refunds/${refund_id}/${how}`,
      by,
      intent: name,
      body: how === 'settle' ? { transaction_id: `BACK-${name}` } : {},
      key: `${name}-${how}`,
    });
  await Promise.all([settle(one, 'settle'), ...(random.chance(0.5) ? [settle(other, 'withdraw')] : [])]);
}

/**
 * @param {string} name
 * @param {Scene} scene
 * @param {Random} random
 * @param {number} payment_id
 */
async function withdrawNewest(name, { client, staff }, random, payment_id) {
  const by = random.pick(staff);
  await pause(random.between(0, 1_000));
  const listed = await client.send({ method: 'GET', path: `/payments/${payment_id}/refunds`, by, intent: name });
  const refund_id = listed.reply?.data?.refunds?.[0]?.id;
  if (refund_id === undefined) return;
  await client.insist({
    method: 'POST',
    path: `/payments/${payment_id}/refunds/${refund_id}/withdraw`,
    by,
    intent: name,
    body: random.chance(0.5) ? {} : { if_stripe_is_unreachable: 'withdraw' },
    key: `${name}-withdraw`,
  });
}

/**
 * @param {string} name
 * @param {Scene} scene
 * @param {Random} random
 */
async function buyProduct(name, scene, random) {
  const { client, stripe } = scene;
  const patient = random.pick(scene.patients);
  const product_id = random.pick(scene.products);
  const order = (/** @type {string} */ key, /** @type {number} */ quantity) =>
    client.insist({
      method: 'POST',
      path: '/checkout',
      by: patient,
      intent: name,
      body: { product_id, quantity },
      key,
      contract: random.chance(0.5) ? 'legacy' : 'standard',
    });
  const quantity = random.between(1, 3);
  // A key that other users may have too, for the same thing.
  const key = random.chance(0.2) ? `order-${product_id}-${quantity}` : `${name}-a`;
  const answers = await Promise.all([
    order(key, quantity),
    ...(random.chance(0.5) ? [order(key, quantity)] : []),
    ...(random.chance(0.3) ? [order(`${name}-b`, random.between(1, 3))] : []),
  ]);
  const session_id = answers
    .map(({ status, reply }) => (status === 200 ? reply.data.session_id : undefined))
    .find(Boolean);
  if (!session_id || random.chance(0.2)) return;
  await stripe.pay(session_id, random.chance(0.9) ? 'paid' : 'declined');
}

/**
 * Another program on the same Stripe account takes money, which is none of our business.
 * @param {string} _name
 * @param {Scene} scene
 * @param {Random} random
 */
async function anotherProgram(_name, { stripe }, random) {
  await stripe.payElsewhere(random.pick(FEES));
}

/**
 * @param {string} name
 * @param {Scene} scene
 * @param {Person} patient
 * @param {Random} random
 * @returns {Promise<{ consultation_id: number, amount: number } | undefined>}
 */
async function newConsultation(name, { client, staff }, patient, random) {
  const amount = random.pick(FEES);
  const made = await client.insist({
    method: 'POST',
    path: '/consultations',
    by: random.pick(staff),
    intent: name,
    body: { patient_subject: patient.subject, fee: amount, external_reference: name },
    key: `${name}-consultation`,
  });
  const consultation = made.reply?.data?.consultation;
  if (made.status !== 201 || !consultation) return undefined;
  patient.user_id = consultation.patient_id;
  return { consultation_id: consultation.id, amount };
}

/**
 * Presses PAY as people do: twice, on two devices, in two languages, without waiting, going away, with a new key.
 * @param {string} name
 * @param {Scene} scene
 * @param {Random} random
 * @param {Person} patient
 * @param {{ consultation_id: number, amount: number, payment_method: string }} body
 * @returns {Promise<{ payment_id?: number, session_id?: string }>}
 */
async function pressPay(name, { client }, random, patient, body) {
  const press = (/** @type {string} */ device, /** @type {Partial<import('./client.mjs').Request>} */ more = {}) => ({
    method: 'POST',
    path: '/payments',
    by: patient,
    intent: name,
    body,
    // Some programs count their requests, so two users may have the same key.
    key: random.chance(0.1) ? `${device}-${random.between(1, 50)}` : `${name}-${device}`,
    contract: random.chance(0.3) ? /** @type {const} */ ('legacy') : /** @type {const} */ ('standard'),
    language: random.pick(['en', 'id']),
    ...more,
  });
  if (random.chance(0.15)) await client.send(press('telephone', { patience_ms: random.between(5, 400) }));
  const first = press('telephone');
  const answers = await Promise.all([
    client.insist(first),
    ...(random.chance(0.5) ? [client.insist(first)] : []),
    ...(random.chance(0.3) ? [client.insist(press('laptop'))] : []),
    // Reloads the page again and again: each has a new key.
    ...Array.from({ length: random.chance(0.1) ? random.between(1, 5) : 0 }, (_, n) =>
      client.insist({ ...press('laptop'), key: `${name}-new-${n}` }),
    ),
  ]);
  for (const { status, reply } of answers) {
    const isPayment = status === 201 || reply?.code === 'PAYMENT_EXISTS';
    if (!isPayment) continue;
    const { payment_id, checkout } = reply.data;
    return { payment_id, ...(checkout ? { session_id: checkout.session_id } : {}) };
  }
  return {};
}

/**
 * @param {string} name
 * @param {Scene} scene
 * @param {Person} patient
 * @param {number} payment_id
 */
async function cancel(name, { client }, patient, payment_id) {
  await client.insist({
    method: 'POST',
    path: `/payments/${payment_id}/cancel`,
    by: patient,
    intent: name,
    key: `${name}-cancel`,
  });
}

/**
 * @param {string} name
 * @param {Scene} scene
 * @param {Person} patient
 * @param {number} payment_id
 * @param {Random} random
 */
async function look(name, { client }, patient, payment_id, random) {
  for (let n = random.between(0, 2); n > 0; n--) {
    await client.send({ method: 'GET', path: `/payments/${payment_id}`, by: patient, intent: name });
    await pause(random.between(10, 300));
  }
}

/** @param {number} amount */
function halves(amount) {
  const first = Math.floor(amount / 2);
  return [first, amount - first];
}
