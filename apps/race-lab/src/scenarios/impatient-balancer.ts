import type { Scenario } from './scenario.js';

/**
 * The load balancer gives up on the first server and retries on the second; the client times out and retries on the
 * third.
 */
export const impatientBalancer: Scenario = {
  name: 'impatient_balancer',
  servers: 3,
  async play(stage) {
    const balancer = await stage.balancer();
    await stage.holdStripe('before');
    const first = stage.press('client1', balancer.url, 'balanced');
    await stage.atStripe();
    stage.report({ from: 'api', what: 'balancer_again', request: 1 });
    balancer.retryOnNextServer();
    const second = stage.pressUntilAnswered('client1', balancer.url, 'balanced');
    await stage.untilStuck(3, balancer);
    await stage.resumeStripe();
    const firstReply = await first;
    // Whichever server is quicker, the first reply is either "retry later" or the checkout page.
    const replies = [firstReply.retry_after ? undefined : firstReply, await second].filter(
      (reply) => reply !== undefined,
    );
    await stage.untilIdle(balancer);
    stage.prove('one_session', stage.namesOnePayment(replies));
  },
};
