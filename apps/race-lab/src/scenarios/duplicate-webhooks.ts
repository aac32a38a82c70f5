import { MANY_WEBHOOKS } from '../stage/faults.js';
import type { Scenario } from './scenario.js';

const RESENT = 2;

/**
 * Stripe delivers the event of one payment five times at once and twice more later, since it guarantees at-least-once
 * delivery.
 */
export const duplicateWebhooks: Scenario = {
  name: 'duplicate_webhooks',
  servers: 1,
  async play(stage) {
    const { simulator } = stage.target;
    await simulator.setFaults(MANY_WEBHOOKS);
    await stage.pressUntilAnswered('client1', stage.servers[0]!.url, 'paid-once');
  },
  async after(stage) {
    const { simulator } = stage.target;
    const [session] = (await stage.ledger()).sessions;
    const event = session && (await simulator.eventOf(session.id));
    if (event) {
      // The fault would copy these, too.
      await simulator.setFaults({});
      stage.report({ from: 'stripe', to: 'webhook', what: 'webhook_resent', facts: { times: RESENT } });
      await Promise.all(Array.from({ length: RESENT }, () => simulator.resend(event)));
    }
    const [payment] = await stage.target.payments(stage.consultation.id);
    stage.prove('applied_once', payment !== undefined && (await stage.target.completions(payment.id)) === 1);
  },
};
