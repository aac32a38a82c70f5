import { once } from 'node:events';
import type { State } from '../../../scripts/prove/model/state.mjs';
import { held } from '../../simulator/support/held.js';
import { FEE, untilAnswered } from '../../stripe/support/shop.js';
import { eventually } from '../../support/eventually.js';
import { BARRIER, raiseBarrier, removeBarrier, waitingNow } from '../../support/guards.js';
import type { Program } from '../../support/processes.js';
import type { Stage } from './stage.js';

const SESSIONS = '/v1/checkout/sessions';
const PAID = 'checkout.session.completed';
/** The fee is 2 in the model, and a part of it 1. */
const PART = FEE / 2;

type Fate = State['stripe']['events'][number]['fate'];

/** Both meet before the insert, as far as the guards let them. Then every page is paid. */
export async function twoClients(stage: Stage, { leasesEnd }: { leasesEnd: boolean }) {
  const { database, simulator, apis } = stage;
  await stage.webhooksTo(apis[0]);
  const consultation_id = await stage.consultation();
  await raiseBarrier(database);
  const gate = await database.connect();
  await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
  const first = stage.create(apis[0], consultation_id, 'first');
  await eventually(async () => (await waitingNow(database)).atBarrier === 1, 'the first stands before its insert');
  if (leasesEnd) await stage.endLeases();
  const second = stage.create(apis[1], consultation_id, 'second');
  const isThere = async () => {
    const { atBarrier, atRowLock } = await waitingNow(database);
    const waitsForLock = !leasesEnd && apis[1].output().includes(`"consultation_id":${consultation_id},`);
    return atBarrier + atRowLock === 2 || waitsForLock;
  };
  await eventually(isThere, 'the second is as far as it can go');
  await gate.end();
  await Promise.all([first, second]);

  for (const { id } of (await simulator.ledger()).sessions)
    await simulator.sim(`sessions/${id}/pay`, { outcome: 'paid' });
  const rows = await database.query<{ status: string }>('SELECT status FROM payments WHERE consultation_id = $1', [
    consultation_id,
  ]);
  return {
    live: rows.filter(({ status }) => status === 'pending' || status === 'completed').length,
    charges: (await simulator.ledger()).charges.length,
  };
}

/** Staff refund a part; the process dies; the same key is sent again. */
export async function refundKilledAt(stage: Stage, point: string) {
  const { apis, simulator, staff } = stage;
  const { payment_id } = await paid(stage);
  const refund = (on: Program) =>
    stage.post(on, `payments/${payment_id}/refund`, staff, { amount: PART, reason: 'asked for' }, 'refund');
  const victim = await stage.startApi(point);
  const died = once(victim.child, 'exit');
  await expect(refund(victim)).rejects.toThrow();
  expect(await died).toEqual([null, 'SIGKILL']);
  await untilAnswered(() => refund(apis[0]));
  return { refunds: (await simulator.ledger()).refunds.length };
}

/** Stripe makes the page, and its answer is lost, with those to stripe-node's own two retries. */
export async function lostAnswer(stage: Stage) {
  const { apis, simulator } = stage;
  const consultation_id = await stage.consultation();
  await simulator.sim('faults', { lose_answer: { path: SESSIONS, method: 'POST', times: 3 } });
  expect((await stage.create(apis[0], consultation_id, 'lost')).status).toBe(503);
  const reply = await untilAnswered(() => stage.create(apis[0], consultation_id, 'lost'));
  expect(reply.status).toBe(201);
  return { sessions: (await simulator.ledger()).sessions.length };
}

/** The API dies when the webhook has reached it, before the event is stored. */
export async function killedBeforeStoring(stage: Stage, isBroken: boolean) {
  const { apis, database, simulator } = stage;
  const { payment_id, session_id } = await opened(stage);
  await raiseBarrier(database, { on: 'BEFORE INSERT', table: 'webhook_events', when: 'true' });
  const gate = await database.connect();
  await gate.query('SELECT pg_advisory_lock($1)', [BARRIER]);
  const victim = await stage.startApi();
  await stage.webhooksTo(victim, [PAID]);
  await simulator.sim(`sessions/${session_id}/pay`, { outcome: 'paid' });
  await eventually(async () => (await waitingNow(database)).atBarrier > 0, 'the event is about to be stored');
  const isAcknowledged = async () =>
    (await simulator.deliveries()).some(({ attempts }) => attempts.some(({ status }) => status === 200));
  if (isBroken) await eventually(isAcknowledged, 'Stripe has its answer');
  const died = once(victim.child, 'exit');
  victim.child.kill('SIGKILL');
  await died;
  const fate: Fate = (await isAcknowledged()) ? 'acknowledged' : 'undelivered';
  // A statement that has been sent would still be done: the process died before it sent it.
  await database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`,
  );
  await gate.end();
  await removeBarrier(database);
  await stage.webhooksTo(apis[0], [PAID]);
  await stage.sweep(async () => (await statusOf(stage, payment_id)) === 'completed');
  return { fate, status: await statusOf(stage, payment_id) };
}

/** No webhook ever arrives. */
export async function neverDelivered(stage: Stage) {
  const { payment_id, session_id } = await opened(stage);
  await stage.simulator.sim(`sessions/${session_id}/pay`, { outcome: 'paid' });
  await stage.sweep(async () => (await statusOf(stage, payment_id)) === 'completed');
  return { status: await statusOf(stage, payment_id) };
}

/** Stripe has made the page; before its answer arrives, the leases end and staff abandon the payment. */
export async function abandonedMeanwhile(stage: Stage) {
  const { apis, database, simulator, staff } = stage;
  const consultation_id = await stage.consultation();
  await simulator.sim('faults', { hold: { path: SESSIONS, method: 'POST', when: 'after', times: 1 } });
  const creating = stage.create(apis[0], consultation_id, 'held');
  await held(simulator, 1);
  await stage.endLeases();
  const [payment] = await database.query<{ id: string }>('SELECT id FROM payments WHERE consultation_id = $1', [
    consultation_id,
  ]);
  const route = `payments/${payment!.id}/abandon`;
  const abandoned = await stage.post(apis[1], route, staff, { reason: 'no answer from Stripe' }, 'abandon');
  expect(abandoned.status).toBe(200);
  await simulator.sim('faults/release', {});
  const reply = await creating;
  const [row] = await database.query<{ state: string }>('SELECT state FROM stripe_sessions WHERE payment_id = $1', [
    payment!.id,
  ]);
  return {
    status: await statusOf(stage, Number(payment!.id)),
    page: row!.state,
    isReturned: Boolean(reply.body.data?.checkout?.url),
  };
}

/** A refund in the dashboard is reported before its money is booked, and given up; then the money is booked. */
export async function refundBeforeItsMoney(stage: Stage) {
  const { apis, database, simulator } = stage;
  const { payment_id, session_id } = await opened(stage);
  await stage.webhooksTo(apis[0], ['refund.created']);
  const { payment_intent } = await simulator.sim<{ payment_intent: string }>(`sessions/${session_id}/pay`, {
    outcome: 'paid',
  });
  await simulator.sim('refunds', { payment_intent, amount: PART });
  const eventOf = async () =>
    (
      await database.query<{ status: string; tries: number }>(
        `SELECT status, tries FROM webhook_events WHERE type = 'refund.created'`,
      )
    )[0];
  await eventually(async () => (await eventOf())?.tries === 1, 'its event waits for the money');
  // As after twelve failures, which would take a day.
  await database.query(`UPDATE webhook_events SET status = 'dead', failures = 12, settled_at = now()`);
  await stage.webhooksTo(apis[0]);
  const [event] = (await simulator.stripe().events.list({ type: PAID })).data;
  await simulator.sim('webhooks/resend', { event: event!.id });
  await eventually(async () => (await statusOf(stage, payment_id)) !== 'pending', 'the money is booked');
  await stage.sweep(async () => (await eventOf())!.status === 'applied');
  return { status: await statusOf(stage, payment_id), event: (await eventOf())!.status };
}

/**
 * A process stands still while it waits for its locks; another takes its key over and makes the payment.
 * `givesUp`: the other first waits for the locks in vain, and its claim's row is deleted.
 */
export async function takenOver(stage: Stage, { givesUp }: { givesUp: boolean }) {
  const { apis, database } = stage;
  const consultation_id = await stage.consultation();
  const release = await stage.holdLock(consultation_id);
  const late = stage.create(apis[0], consultation_id, 'one key');
  const isClaimed = async () => (await database.query('SELECT 1 FROM client_idempotency')).length === 1;
  await eventually(isClaimed, 'the first has claimed its key');
  const isWaiting = () => apis[0].output().includes(`"consultation_id":${consultation_id},`);
  await eventually(isWaiting, 'the first waits for its locks');
  apis[0].child.kill('SIGSTOP');
  const again = () => stage.create(apis[1], consultation_id, 'one key');
  const hasGivenUp = async () => (await again()).body.code === 'LOCK_TIMEOUT' && !(await isClaimed());
  if (givesUp) await eventually(hasGivenUp, 'the second has taken the key over, and given it up', 20_000);
  await release();
  const isMade = async () => (await again()).status === 201;
  await eventually(isMade, 'the second has taken the key over');
  apis[0].child.kill('SIGCONT');
  return { isRefused: (await late).body.code === 'PAYMENT_EXISTS' };
}

/** A payment with its page; no webhooks are delivered yet. */
async function opened(stage: Stage): Promise<{ payment_id: number; session_id: string }> {
  const create = async () => stage.create(stage.apis[0], await stage.consultation(), 'given');
  const { payment_id, checkout } = (await create()).body.data;
  return { payment_id, session_id: checkout.session_id };
}

async function paid(stage: Stage): Promise<{ payment_id: number }> {
  await stage.webhooksTo(stage.apis[0]);
  const { payment_id, session_id } = await opened(stage);
  await stage.simulator.sim(`sessions/${session_id}/pay`, { outcome: 'paid' });
  await eventually(async () => (await statusOf(stage, payment_id)) === 'completed', 'it is completed');
  return { payment_id };
}

async function statusOf({ database }: Stage, payment_id: number): Promise<string> {
  const [row] = await database.query<{ status: string }>('SELECT status FROM payments WHERE id = $1', [payment_id]);
  return row!.status;
}
