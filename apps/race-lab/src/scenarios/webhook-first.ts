import { reportWebhook } from '../stage/pay-every-page.js';
import { untilOrLate } from '../stage/until.js';
import type { Scenario } from './scenario.js';

/** Webhooks arrive within milliseconds; the lab stops waiting if none arrives. */
const MAX_WEBHOOK_MS = 2_000;

/** The patient pays and the webhook arrives before Stripe's response to the request that created the session. */
export const webhookFirst: Scenario = {
  name: 'webhook_first',
  servers: 1,
  async play(stage) {
    const { simulator } = stage.target;
    await stage.holdStripe('after');
    const answer = stage.pressUntilAnswered('client1', stage.servers[0]!.url, 'slow');
    const { object: session } = await stage.atStripe();
    stage.report({ from: 'client1', to: 'stripe', what: 'paid' });
    await simulator.pay(session!);
    const how = { ms: MAX_WEBHOOK_MS, signal: stage.signal };
    const event = await untilOrLate(() => simulator.eventOf(session!), how);
    const stored = event !== undefined && (await untilOrLate(() => stage.target.knowsEvent(event), how));
    if (stored) stage.report({ from: 'webhook', to: 'database', what: 'webhook_arrived' });
    stage.prove('webhook_first', Boolean(stored));
    await stage.resumeStripe();
    await answer;
    await reportWebhook(stage, session!);
  },
};
