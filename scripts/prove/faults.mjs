import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import process from 'node:process';
import { findOnPath } from '../stack/find-on-path.mjs';
import { postgresUser } from '../stack/postgres-user.mjs';
import { childrenOf } from './parts/part.mjs';

/**
 * A fault strikes, and ends with the function it returns. `where` names what it strikes, for the report.
 * @typedef {import('./topology.mjs').Topology} Topology
 * @typedef {import('./random.mjs').Random} Random
 * @typedef {import('./people/stripe-page.mjs').StripePage} StripePage
 * @typedef {{ topology: Topology, stripe: StripePage, random: Random }} Target
 * @typedef {{ where: string, heal: () => unknown, afterwards?: () => Promise<void> }} Struck `afterwards`: what the system
 *   can do without, but the next fault of the same group cannot
 *
 * @typedef {object} Fault
 * @property {string} name
 * @property {string} on the group it belongs to: two faults of one group never overlap
 * @property {number} weight
 * @property {[min: number, max: number]} lasts_ms
 * @property {(target: Target) => Promise<Struck> | Struck} strike
 * @property {(topology: Topology) => string | undefined} [cannot] why it cannot be run here
 */

/** Writes beyond this offset of any file fail, as on a full disk: Postgres' log segments are larger. */
const DISK_FULL_BYTES = 1_000_000;

/** @type {readonly Fault[]} */
export const FAULTS = [
  {
    name: 'API killed',
    on: 'api',
    weight: 3,
    lasts_ms: [0, 3_000],
    strike: ({ topology, random }) => killed(random.pick(topology.apis)),
  },
  {
    name: 'API paused',
    on: 'api',
    weight: 2,
    lasts_ms: [500, 8_000],
    strike: ({ topology, random }) => paused(random.pick(topology.apis)),
  },
  {
    name: 'worker killed',
    on: 'worker',
    weight: 2,
    lasts_ms: [0, 3_000],
    strike: ({ topology, random }) => killed(random.pick(topology.workers)),
  },
  {
    name: 'worker paused',
    on: 'worker',
    weight: 2,
    lasts_ms: [500, 8_000],
    strike: ({ topology, random }) => paused(random.pick(topology.workers)),
  },
  {
    name: 'wrong clock of an API',
    on: 'api',
    weight: 1,
    lasts_ms: [3_000, 12_000],
    cannot: clocks,
    strike: ({ topology, random }) => wrongClock(topology, random.pick(topology.apis), random),
  },
  {
    name: 'wrong clock of a worker',
    on: 'worker',
    weight: 1,
    lasts_ms: [3_000, 12_000],
    cannot: clocks,
    strike: ({ topology, random }) => wrongClock(topology, random.pick(topology.workers), random),
  },
  {
    name: 'one Redis killed',
    on: 'redis',
    weight: 2,
    lasts_ms: [500, 6_000],
    strike: ({ topology, random }) => several(random, topology.redis, 1, killed),
  },
  {
    name: 'two Redis killed',
    on: 'redis',
    weight: 1,
    lasts_ms: [500, 6_000],
    strike: ({ topology, random }) => several(random, topology.redis, 2, killed),
  },
  {
    name: 'all Redis killed',
    on: 'redis',
    weight: 1,
    lasts_ms: [500, 6_000],
    strike: ({ topology, random }) => several(random, topology.redis, 3, killed),
  },
  {
    name: 'one Redis paused',
    on: 'redis',
    weight: 1,
    lasts_ms: [500, 6_000],
    strike: ({ topology, random }) => several(random, topology.redis, 1, paused),
  },
  {
    name: 'two Redis paused',
    on: 'redis',
    weight: 1,
    lasts_ms: [500, 6_000],
    strike: ({ topology, random }) => several(random, topology.redis, 2, paused),
  },
  {
    name: 'all Redis paused',
    on: 'redis',
    weight: 1,
    lasts_ms: [500, 6_000],
    strike: ({ topology, random }) => several(random, topology.redis, 3, paused),
  },
  { name: 'Redis flushed', on: 'redis', weight: 1, lasts_ms: [0, 0], strike: ({ topology }) => flushed(topology) },
  {
    name: 'Postgres restarted (fast)',
    on: 'postgres',
    weight: 1,
    lasts_ms: [0, 2_000],
    strike: ({ topology }) => ended(topology.postgres.primary, 'SIGINT'),
  },
  {
    name: 'Postgres restarted (immediate)',
    on: 'postgres',
    weight: 1,
    lasts_ms: [0, 2_000],
    strike: ({ topology }) => ended(topology.postgres.primary, 'SIGQUIT'),
  },
  {
    name: 'Postgres killed',
    on: 'postgres',
    weight: 1,
    lasts_ms: [0, 2_000],
    strike: ({ topology }) => ended(topology.postgres.primary, 'SIGKILL'),
  },
  {
    name: 'Postgres paused',
    on: 'postgres',
    weight: 1,
    lasts_ms: [500, 5_000],
    strike: ({ topology }) => paused(topology.postgres.primary),
  },
  { name: 'connections to Postgres ended', on: 'postgres', weight: 2, lasts_ms: [0, 0], strike: connectionsEnded },
  {
    name: 'disk of Postgres full',
    on: 'postgres',
    weight: 1,
    lasts_ms: [500, 3_000],
    cannot: prlimit,
    strike: diskFull,
  },
  {
    name: 'PgBouncer killed',
    on: 'postgres',
    weight: 1,
    lasts_ms: [0, 2_000],
    cannot: bouncer,
    strike: ({ topology }) => killed(/** @type {import('./parts/part.mjs').Part} */ (topology.pgbouncer)),
  },
  {
    name: 'PgBouncer paused',
    on: 'postgres',
    weight: 1,
    lasts_ms: [500, 5_000],
    cannot: bouncer,
    strike: ({ topology }) => paused(/** @type {import('./parts/part.mjs').Part} */ (topology.pgbouncer)),
  },
  {
    name: 'primary of Postgres killed, standby promoted',
    on: 'postgres',
    weight: 4,
    lasts_ms: [500, 5_000],
    cannot: standby,
    strike: failedOver,
  },
  {
    name: 'standby of Postgres killed',
    on: 'postgres',
    weight: 1,
    lasts_ms: [500, 5_000],
    cannot: standby,
    strike: ({ topology }) => killed(/** @type {import('./parts/part.mjs').Part} */ (topology.postgres.standby)),
  },
  {
    name: 'standby of Postgres paused',
    on: 'postgres',
    weight: 1,
    lasts_ms: [500, 5_000],
    cannot: standby,
    strike: ({ topology }) => paused(/** @type {import('./parts/part.mjs').Part} */ (topology.postgres.standby)),
  },
  ...network('cut', 2),
  ...network('requests lost', 2),
  ...network('answers lost', 2),
  ...network('both lost', 2),
  ...network('slow', 1),
  stripeFails('Stripe slow', { latency_ms: { ms: 2_500, probability: 0.5 } }),
  stripeFails('Stripe fails before the effect', { error_500: { when: 'before', probability: 0.5 } }),
  stripeFails('Stripe fails after the effect', { error_500: { when: 'after', probability: 0.5 } }),
  stripeFails('Stripe fails, the effect comes later', { error_500: { when: 'later', seconds: 5, probability: 0.3 } }),
  stripeFails('Stripe loses answers', { lose_answer: { probability: 0.5 } }),
  stripeFails('Stripe resets connections', { reset: { probability: 0.5 } }),
  stripeFails('Stripe limits the rate', { rate_limit: { probability: 0.5 } }),
  stripeFails('webhooks lost', { webhooks: { lose: true } }),
  stripeFails('webhooks doubled', { webhooks: { duplicate: 3 } }),
  stripeFails('webhooks delayed', { webhooks: { delay_ms: 4_000 } }),
  stripeFails('webhooks reordered', { webhooks: { reorder: 5 } }),
  { name: 'webhooks hours late', on: 'stripe', weight: 1, lasts_ms: [2_000, 8_000], strike: webhooksHoursLate },
  { name: 'webhook endpoint removed', on: 'stripe', weight: 1, lasts_ms: [2_000, 8_000], strike: endpointRemoved },
];

/** @param {import('./parts/part.mjs').Part} part */
async function killed(part) {
  await part.end('SIGKILL');
  return { where: part.name, heal: () => part.start() };
}

/**
 * @param {import('./parts/part.mjs').Part} part
 * @param {NodeJS.Signals} signal
 */
async function ended(part, signal) {
  await part.end(signal);
  return { where: part.name, heal: () => part.start() };
}

/** @param {import('./parts/part.mjs').Part} part */
async function paused(part) {
  part.pause();
  return { where: part.name, heal: () => part.resume() };
}

/**
 * @param {Random} random
 * @param {readonly import('./parts/part.mjs').Part[]} parts
 * @param {number} count
 * @param {(part: import('./parts/part.mjs').Part) => Promise<Struck>} strike
 */
async function several(random, parts, count, strike) {
  const first = random.between(0, parts.length - 1);
  const chosen = Array.from({ length: count }, (_, n) => parts[(first + n) % parts.length]);
  const struck = await Promise.all(chosen.map((part) => strike(/** @type {import('./parts/part.mjs').Part} */ (part))));
  return {
    where: struck.map(({ where }) => where).join(', '),
    heal: () => Promise.all(struck.map(({ heal }) => heal())),
  };
}

/** @param {Topology} topology */
async function flushed({ redisPorts }) {
  for (const port of redisPorts) {
    const socket = net.connect(port, '127.0.0.1');
    socket.end('AUTH prove\r\nFLUSHALL\r\n');
    socket.resume();
    await once(socket, 'close').catch(() => undefined);
  }
  return { where: 'all nodes', heal: () => {} };
}

/** @param {Target} target */
async function connectionsEnded({ topology }) {
  const client = await topology.postgres.connect();
  await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'payonce'`);
  await client.end();
  return { where: 'postgres', heal: () => {} };
}

/**
 * Sets the soft RLIMIT_FSIZE of the running server: writing its log fails as on a full disk, and it goes down for recovery.
 * The processes that it restarts inherit the limit. Its own user may set it; root may lack the capability.
 * @param {Target} target
 */
function diskFull({ topology }) {
  const postgres = topology.postgres.primary;
  const user = postgresUser();
  const as = user ? { uid: user.uid, gid: user.gid } : {};
  const pid = /** @type {number} */ (postgres.pid);
  for (const one of [pid, ...childrenOf(pid)]) {
    try {
      execFileSync('prlimit', ['--pid', String(one), `--fsize=${DISK_FULL_BYTES}:`], { stdio: 'ignore', ...as });
    } catch (error) {
      // A child may have ended in between; the server has not.
      if (one === pid) throw error;
    }
  }
  return {
    where: 'postgres',
    async heal() {
      // It may have given up altogether. The next one has no limit.
      await postgres.end('SIGQUIT');
      await postgres.start();
    },
  };
}

/**
 * @param {Topology} topology
 * @param {import('./parts/part.mjs').Part} part
 * @param {Random} random
 */
async function wrongClock(topology, part, random) {
  const seconds = random.pick([-1, 1]) * random.between(30, 300);
  const restart = async (/** @type {number} */ offset) => {
    topology.clocks.set(part.name, offset);
    await part.end('SIGKILL');
    await part.start();
  };
  await restart(seconds);
  return { where: `${part.name}, ${seconds} s`, heal: () => restart(0) };
}

/**
 * One link, or all links of one program, behave so.
 * @param {import('./parts/link.mjs').LinkMode} mode
 * @param {number} weight
 * @returns {Fault[]}
 */
function network(mode, weight) {
  return [
    {
      name: `network: ${mode}`,
      on: 'network',
      weight,
      lasts_ms: [500, 8_000],
      strike({ topology: { links }, random }) {
        const names = [...links.keys()];
        const one = random.pick(names);
        const ofProgram = (/** @type {string} */ name) => name.split(' ')[0] === one.split(' ')[0];
        const chosen = random.chance(0.8) ? [one] : names.filter(ofProgram);
        for (const name of chosen) links.get(name)?.become(mode);
        return {
          where: chosen.join(', '),
          heal() {
            for (const name of chosen) links.get(name)?.become('open');
          },
        };
      },
    },
  ];
}

/**
 * @param {string} name
 * @param {Record<string, any>} faults of the simulator
 * @returns {Fault}
 */
function stripeFails(name, faults) {
  return {
    name,
    on: 'stripe',
    weight: 1,
    lasts_ms: [2_000, 8_000],
    async strike({ stripe, random }) {
      const seeded = Object.entries(faults).map(([kind, fault]) => [
        kind,
        kind === 'webhooks' ? fault : { path: '*', ...fault, seed: random.between(1, 1_000_000) },
      ]);
      await stripe.setFaults(Object.fromEntries(seeded));
      return { where: 'stripe', heal: () => stripe.setFaults({}) };
    },
  };
}

/** @param {Target} target */
async function endpointRemoved({ topology, stripe }) {
  await stripe.setEndpoints([]);
  return { where: 'stripe', heal: () => stripe.setEndpoints([topology.webhookUrl]) };
}

/**
 * Stripe delivers nothing, and then, after some hours by its own clock, everything.
 * @param {Target} target
 */
async function webhooksHoursLate({ stripe, random }) {
  const hours = random.between(1, 6);
  await stripe.setDelivering(false);
  return {
    where: `stripe, ${hours} h`,
    async heal() {
      await stripe.advanceClock(hours * 3_600);
      await stripe.setDelivering(true);
    },
  };
}

/**
 * Until the standby is promoted nothing can be written. A new standby is made afterwards.
 * @param {Target} target
 * @returns {Promise<Struck>}
 */
async function failedOver({ topology: { postgres } }) {
  const { name } = postgres.primary;
  await postgres.primary.end('SIGKILL');
  return { where: name, heal: () => postgres.promote(), afterwards: () => postgres.addStandby() };
}

/** @param {Topology} topology */
function standby({ postgres }) {
  return postgres.standby ? undefined : 'Postgres has no standby (--ha)';
}

/** @param {Topology} topology */
function bouncer({ pgbouncer, missing }) {
  return pgbouncer ? undefined : (missing.find((text) => text.includes('pgbouncer')) ?? 'PgBouncer does not run');
}

function prlimit() {
  return findOnPath(process.env['PATH'], ['prlimit']) ? undefined : 'there is no prlimit (util-linux)';
}

/** @param {Topology} topology */
function clocks({ missing }) {
  return missing.find((text) => text.includes('libfaketime'));
}
