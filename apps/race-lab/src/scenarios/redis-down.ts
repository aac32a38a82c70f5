import type { FreezableProxy } from '../stage/freezable-proxy.js';
import { until } from '../stage/until.js';
import type { Scenario } from './scenario.js';

const FALLBACKS = 'payonce_lock_fallbacks_total';
const proxiesOf = new WeakMap<object, FreezableProxy[]>();

/** Redis stops responding while the first request holds its lock there. The second request must still be refused. */
export const redisDown: Scenario = {
  name: 'redis_down',
  servers: 2,
  async prepare(stage) {
    const proxies = await stage.proxies();
    proxiesOf.set(stage, proxies);
    return { REDIS_URL: proxies.map(({ url }) => url).join(',') };
  },
  async play(stage) {
    const proxies = proxiesOf.get(stage)!;
    const [one, two] = stage.servers;
    const before = await two!.metric(FALLBACKS);
    await stage.holdStripe('before');
    const first = stage.pressUntilAnswered('client1', one!.url, 'laptop');
    await stage.atStripe();
    stage.report({ from: 'lock', what: 'redis_silent' });
    for (const proxy of proxies) proxy.freeze();
    const second = stage.pressUntilAnswered('client2', two!.url, 'telephone');
    const how = { ms: 6_000, signal: stage.signal };
    const skipped = () => stage.steps.some(({ what }) => what === 'lock_skipped');
    const noticed = async () => skipped() || (await two!.metric(FALLBACKS)) > before;
    await until(noticed, 'the second server has noticed', how);
    await stage.untilStuck(2);
    await stage.resumeStripe();
    const replies = await Promise.all([first, second]);
    stage.report({ from: 'lock', what: 'redis_back' });
    for (const proxy of proxies) proxy.thaw();
    stage.prove('fell_back', (await two!.metric(FALLBACKS)) > before);
    stage.prove('one_session', stage.namesOnePayment(replies));
  },
};
