import type { Scenario } from './scenario.js';

/** A laptop and a phone pay at the same moment, on two servers. */
export const twoDevices: Scenario = {
  name: 'two_devices',
  servers: 2,
  async play(stage) {
    await stage.holdStripe('before');
    const [one, two] = stage.servers;
    const presses = [
      stage.pressUntilAnswered('client1', one!.url, 'laptop'),
      stage.pressUntilAnswered('client2', two!.url, 'telephone'),
    ];
    await stage.atStripe();
    await stage.untilStuck(2);
    await stage.resumeStripe();
    stage.prove('one_session', stage.namesOnePayment(await Promise.all(presses)));
  },
};
