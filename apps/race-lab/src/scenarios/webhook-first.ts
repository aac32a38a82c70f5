import { reportWebhook } from '../stage/pay-every-page.js';
import { untilOrLate } from '../stage/until.js';
import type { Scenario } from './scenario.js';

/** Webhooks arrive in milliseconds; where none comes at all, the lab does not wait for ever. */
const MAX_WEBHOOK_MS = 2_000;

/** Stripe has opened the page and its answer is still on the way when the patient has paid already, and Stripe says so. */
export const webhookFirst: Scenario = {
  name: 'webhook_first',
  servers: 1,
  async play(stage) {
    const { simulator } = stage.lab;
    await stage.holdStripe('after');
    const answer = stage.pressUntilAnswered('client1', stage.servers[0]!.url, 'slow');
    const { object: session } = await stage.atStripe();
    stage.report({ from: 'client1', to: 'stripe', what: 'paid' });
    await simulator.pay(session!);
    const how = { ms: MAX_WEBHOOK_MS, signal: stage.signal };
    const event = await untilOrLate(() => simulator.eventOf(session!), how);
    const stored = event !== undefined && (await untilOrLate(() => stage.installation.event(event), how));
    if (stored) stage.report({ from: 'webhook', to: 'database', what: 'webhook_arrived' });
    stage.prove('webhook_first', Boolean(stored));
    await stage.resumeStripe();
    await answer;
    await reportWebhook(stage, session!);
  },
};
