import type { Scenario } from './scenario.js';

/** SIGKILL after Stripe has created the session and before its response is read: the database has no session id. */
export const serverKilled: Scenario = {
  name: 'server_killed',
  servers: 2,
  async play(stage) {
    const [victim, other] = stage.servers;
    await stage.holdStripe('after');
    const first = stage.press('client1', victim!.url, 'killed');
    const made = await stage.atStripe();
    stage.report({ from: 'api', what: 'killed', request: 1 });
    await victim!.kill();
    await stage.resumeStripe();
    await first;
    const reply = await stage.pressUntilAnswered('client1', other!.url, 'killed');
    stage.prove('same_session', reply.body.data?.checkout?.session_id === made.object);
  },
};
