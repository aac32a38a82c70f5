import type { Balancer } from '../stage/balancer.js';
import type { Scenario } from './scenario.js';

/** The network fails while the server works; the browser sends the same request again, to another server. */
export const lostAnswer: Scenario = {
  name: 'lost_answer',
  servers: 2,
  async play(stage) {
    const balancer: Balancer = await stage.balancer();
    await stage.holdStripe('after');
    const first = stage.press('client1', balancer.url, 'retry');
    const made = await stage.atStripe();
    stage.report({ from: 'client1', to: 'api', what: 'client_cut' });
    balancer.cutClients();
    await first;
    const again = stage.pressUntilAnswered('client1', balancer.url, 'retry');
    await stage.untilStuck(2, balancer);
    await stage.resumeStripe();
    const reply = await again;
    await stage.untilIdle(balancer);
    stage.prove('same_session', reply.body.data?.checkout?.session_id === made.object);
  },
};
