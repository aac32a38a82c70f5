import type { Stage } from './stage.js';
import { untilOrLate } from './until.js';

/** Webhooks arrive at once; without one, the payment is confirmed by the client, as the pay page does. */
const WEBHOOK_TIMEOUT_MS = 5_000;
const MAX_COMPLETING_MS = 8_000;

/** The patient pays every session that was created for them: two sessions would charge them twice. */
export async function payEveryPage(stage: Stage): Promise<void> {
  const { sessions } = await stage.ledger();
  for (const { id, status } of sessions) {
    if (status !== 'open') continue;
    stage.report({ from: 'client1', to: 'stripe', what: 'paid' });
    await stage.target.simulator.pay(id);
  }
  for (const { id } of sessions) await reportWebhook(stage, id);
}

/**
 * Waits until every payment of the patient is completed, and confirms it if no webhook arrives. A program that only
 * listens to webhooks is done once they are answered.
 */
export async function untilCompleted(stage: Stage): Promise<void> {
  const { signal, target } = stage;
  if (!target.confirm) return;
  const completed = async () => {
    const payments = await target.payments(stage.consultation.id);
    return payments.length > 0 && payments.every(({ status }) => status === 'completed') && payments;
  };
  let payments = await untilOrLate(completed, { ms: WEBHOOK_TIMEOUT_MS, signal });
  if (!payments) {
    const [payment] = await target.payments(stage.consultation.id);
    const [session] = (await stage.ledger()).sessions;
    if (payment && session) {
      stage.report({ from: 'client1', to: 'api', what: 'confirmed_by_client' });
      await target.confirm(payment.id, session.id);
    }
    payments = await untilOrLate(completed, { ms: MAX_COMPLETING_MS, signal });
  }
  for (const { id } of payments || [])
    stage.report({ from: 'api', to: 'database', what: 'completed', facts: { payment: id } });
}

/** Reports Stripe's delivery of the event once it has been attempted. */
export async function reportWebhook(stage: Stage, session: string): Promise<void> {
  const { simulator } = stage.target;
  const how = { ms: WEBHOOK_TIMEOUT_MS, signal: stage.signal };
  const event = await untilOrLate(() => simulator.eventOf(session), how);
  if (event === undefined) return;
  const attempts = await untilOrLate(async () => {
    const ended = await simulator.attemptsAt(event);
    return ended.length > 0 && ended;
  }, how);
  for (const { status, copies } of attempts ?? []) {
    stage.report({ from: 'webhook', to: 'api', what: 'webhook_answered', facts: { status: status ?? 0, copies } });
  }
}
