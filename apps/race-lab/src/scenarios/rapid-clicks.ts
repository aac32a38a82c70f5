import { setTimeout as pause } from 'node:timers/promises';
import type { Scenario } from './scenario.js';

/** Three clicks in 100 ms. */
const CLICKS_AT_MS = [0, 50, 100];

/** The first click waits for Stripe while the others arrive, each with its own key and on its own server. */
export const rapidClicks: Scenario = {
  name: 'rapid_clicks',
  servers: 3,
  async play(stage) {
    await stage.holdStripe('before');
    const clicks = CLICKS_AT_MS.map(async (at, n) => {
      await pause(at);
      return stage.pressUntilAnswered('client1', stage.servers[n]!.url, `click-${n}`);
    });
    await stage.atStripe();
    await stage.untilStuck(CLICKS_AT_MS.length);
    await stage.resumeStripe();
    const replies = await Promise.all(clicks);
    stage.prove('one_session', stage.namesOnePayment(replies));
  },
};
