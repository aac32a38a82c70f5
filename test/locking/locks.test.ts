import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { parseConfig } from '#config';
import { dataSourceOptions, openDataSource } from '#database';
import { LockTimeout } from '#errors';
import {
  ChoosingBackend,
  type LockBackend,
  LockLostError,
  type LockObserver,
  Locks,
  PostgresBackend,
  RedisBackend,
} from '#locking';
import { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { createDatabase, TEST_SECRET, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { startRedis, type TestRedis } from '../support/redis.js';

const silent: LockObserver = {
  acquired: () => undefined,
  waited: () => undefined,
  released: () => undefined,
  refused: () => undefined,
  timedOut: () => undefined,
  lost: () => undefined,
};

/** As the service connects, nothing is queued; with longer timeouts, since other tests use the processors, too. */
function connect(redis: TestRedis): Redis {
  const client = new Redis(redis.url, {
    commandTimeout: 1_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => 50,
  });
  client.on('error', () => undefined);
  // A program has one backend, which listens once; each test has some.
  client.setMaxListeners(0);
  return client;
}

let database: TestDatabase;
let dataSource: DataSource;
let nodes: TestRedis[];
/** Two "processes": each with connections, a queue and a backend of its own, so that nothing but the lock is between them. */
let clients: Redis[][];
const opened: { close(): void }[] = [];

beforeAll(async () => {
  database = await createDatabase();
  dataSource = await openDataSource(
    dataSourceOptions(parseConfig({ DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET }), 'locks'),
  );
  nodes = await Promise.all([startRedis(), startRedis(), startRedis()]);
  clients = [0, 1].map(() => nodes.map(connect));
  await eventually(() => clients.flat().every((client) => client.status === 'ready'), 'all nodes are connected');
});

afterAll(async () => {
  for (const closer of opened) closer.close();
  for (const client of clients.flat()) client.disconnect();
  await Promise.all(nodes.map((node) => node.kill()));
  await dataSource.destroy();
  await database.drop();
});

function redisBackend(process: number, count: number): RedisBackend {
  const backend = new RedisBackend(clients[process]!.slice(0, count));
  opened.push(backend);
  return backend;
}

const BACKENDS: [string, (process: number) => LockBackend][] = [
  ['one Redis node', (process) => redisBackend(process, 1)],
  ['three Redis nodes', (process) => redisBackend(process, 3)],
  ['Postgres', () => new PostgresBackend(dataSource)],
];

/** Twenty buyers, two "processes", ten pieces. Each reads the stock, then writes it: in between the others can read, too. */
async function sell(
  around: (buyer: number, buy: () => Promise<void>) => Promise<void>,
  between: () => Promise<void>,
): Promise<number> {
  let stock = 10;
  const buy = async () => {
    const seen = stock;
    await between();
    if (seen > 0) stock -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, (_, buyer) => around(buyer, buy)));
  return stock;
}

describe('the lock experiment', () => {
  it('hazard: without the lock twenty buyers get twenty of ten items, every time', async () => {
    for (let round = 0; round < 5; round++) {
      let waiting = 0;
      let letGo: () => void;
      const allHere = new Promise<void>((resolve) => (letGo = resolve));
      const meet = async () => {
        if (++waiting === 20) letGo();
        await allHere;
      };
      expect(await sell((_buyer, buy) => buy(), meet)).toBe(-10);
    }
  });

  it.each(BACKENDS)('%s: with the lock, the stock goes to zero and no further', async (_name, make) => {
    const processes = [new Locks(make(0), silent), new Locks(make(1), silent)];
    const key = `stock:${Math.random()}`;
    const locked = (buyer: number, buy: () => Promise<void>) => processes[buyer % 2]!.withLock([key], {}, buy);
    expect(await sell(locked, () => pause(1))).toBe(0);
  });

  it('three Redis nodes, one down: still zero', async () => {
    await nodes[2]!.kill();
    try {
      const processes = [0, 1].map((process) => new Locks(redisBackend(process, 3), silent));
      const locked = (buyer: number, buy: () => Promise<void>) =>
        processes[buyer % 2]!.withLock(['stock:one-lost'], {}, buy);
      expect(await sell(locked, () => pause(1))).toBe(0);
    } finally {
      await nodes[2]!.start();
      await eventually(() => clients.flat().every((client) => client.status === 'ready'), 'the node is back');
    }
  });
});

describe.each(BACKENDS)('a lock on %s', (_name, make) => {
  it('a held key is refused at once with waitMs 0, and after waitMs otherwise', async () => {
    const [a, b] = [new Locks(make(0), silent), new Locks(make(1), silent)];
    await a.withLock(['busy'], {}, async () => {
      await expect(b.withLock(['busy'], { waitMs: 0 }, async () => 'in')).rejects.toThrow(LockTimeout);
      await expect(a.withLock(['busy'], { waitMs: 0 }, async () => 'in')).rejects.toThrow(LockTimeout);
      const began = performance.now();
      await expect(b.withLock(['busy'], { waitMs: 200 }, async () => 'in')).rejects.toThrow(LockTimeout);
      expect(performance.now() - began).toBeGreaterThanOrEqual(195);
    });
    await expect(b.withLock(['busy'], { waitMs: 0 }, async () => 'in')).resolves.toBe('in');
  });

  it('takes several keys together or none, in any order, without deadlock', async () => {
    const [a, b] = [new Locks(make(0), silent), new Locks(make(1), silent)];
    let inside = 0;
    const work = async () => {
      expect(++inside).toBe(1);
      await pause(1);
      inside -= 1;
    };
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (n % 2 ? a : b).withLock(n % 3 ? ['left', 'right'] : ['right', 'left'], {}, work),
      ),
    );
    await a.withLock(['left'], {}, async () => {
      await expect(b.withLock(['left', 'right'], { waitMs: 0 }, work)).rejects.toThrow(LockTimeout);
      await expect(b.withLock(['right'], { waitMs: 0 }, work)).resolves.toBeUndefined();
    });
  });

  it('is extended while the work runs, so that work longer than the lease keeps it', async () => {
    const backend = make(0);
    let extended = 0;
    const counting: LockBackend = { ...bind(backend), extend: (...how) => ((extended += 1), backend.extend(...how)) };
    const [a, b] = [new Locks(counting, silent), new Locks(make(1), silent)];
    await a.withLock(['long'], { ttlMs: 900 }, async (signal) => {
      await pause(1_000);
      expect([signal.aborted, extended > 0]).toEqual([false, true]);
      await expect(b.withLock(['long'], { waitMs: 0 }, async () => 'in')).rejects.toThrow(LockTimeout);
    });
  });

  it('is released by its owner only: a late release does not free the next holder’s lock', async () => {
    const [a, b, c] = [make(0), make(1), make(0)];
    const late = (await a.tryAcquire(['mine'], 500, {}))!;
    const successor = await eventually(() => b.tryAcquire(['mine'], 5_000, {}), 'the lease has ended');
    await a.release(late);
    expect(await a.extend(late, 5_000)).toBeUndefined();
    expect(await c.tryAcquire(['mine'], 5_000, {})).toBeUndefined();
    await b.release(successor);
    expect(await c.tryAcquire(['mine'], 5_000, {})).toBeDefined();
  });

  it('signals the work when the lock is lost, and the next holder’s work is not disturbed', async () => {
    const backend = make(0);
    // A holder that hangs: its extensions do not get through, as after a long pause of the whole process.
    const hung: LockBackend = { ...bind(backend), extend: async () => undefined };
    const [a, b] = [new Locks(hung, silent), new Locks(make(1), silent)];
    const reason = await a.withLock(['lost'], { ttlMs: 600 }, async (signal) => {
      await eventually(() => signal.aborted, 'the work is told');
      return signal.reason as unknown;
    });
    expect(reason).toBeInstanceOf(LockLostError);
    await expect(b.withLock(['lost'], {}, async () => 'in')).resolves.toBe('in');
  });

  it('the key of a dead holder is taken as soon as its lease ends', async () => {
    const lease = await make(0).tryAcquire(['dead'], 120, {});
    expect(lease).toBeDefined();
    const b = new Locks(make(1), silent);
    await expect(b.withLock(['dead'], { waitMs: 5_000 }, async () => 'in')).resolves.toBe('in');
  });
});

describe.each(BACKENDS)('what the observer of a lock on %s is called with', (_name, make) => {
  const listening = () => {
    const told: unknown[] = [];
    const observer: LockObserver = {
      ...silent,
      waited: ({ lock_keys }) => told.push(['waited', ...lock_keys]),
      refused: ({ lock_keys }) => told.push(['refused', ...lock_keys]),
      timedOut: ({ lock_keys }) => told.push(['timed out', ...lock_keys]),
    };
    return { told, observer };
  };

  it.each(['another process', 'the same process'])(
    'held by %s: only the held key is reported, and waitMs 0 is a refusal, not a timeout',
    async (whose) => {
      const { told, observer } = listening();
      const backend = make(0);
      let waits = 0;
      const watched: LockBackend = { ...bind(backend), watch: (keys) => ((waits += 1), backend.watch(keys)) };
      const mine = new Locks(watched, observer);
      const holder = whose === 'the same process' ? mine : new Locks(make(1), silent);
      const both = (waitMs: number) => mine.withLock(['told-a', 'told-b'], { waitMs }, async () => 'in');
      let waiting: Promise<string>;
      await holder.withLock(['told-b'], {}, async () => {
        await expect(both(0)).rejects.toThrow(LockTimeout);
        await expect(both(100)).rejects.toThrow(LockTimeout);
        waiting = both(5_000);
        // In one process it stands in a queue at once; else it looks before it waits.
        await (whose === 'the same process' ? immediate() : eventually(() => waits === 2, 'it waits'));
      });
      await expect(waiting!).resolves.toBe('in');
      expect(told).toEqual([
        ['refused', 'told-b'],
        ['timed out', 'told-b'],
        ['waited', 'told-b'],
      ]);
      await both(0);
      expect(told).toHaveLength(3);
    },
  );
});

/** The methods of a backend as an object of its own, so that one of them can be replaced. */
function bind(backend: LockBackend): LockBackend {
  return {
    name: backend.name,
    notifiesOnRelease: backend.notifiesOnRelease,
    tryAcquire: backend.tryAcquire.bind(backend),
    heldOf: backend.heldOf.bind(backend),
    extend: backend.extend.bind(backend),
    release: backend.release.bind(backend),
    watch: backend.watch.bind(backend),
  };
}

describe('timeouts of waiters', () => {
  it('survive a garbage collection: twenty waiters with waitMs 1000 give up after a second', async () => {
    const locks = new Locks(redisBackend(0, 1), silent);
    let done: () => void;
    const until = new Promise<void>((resolve) => (done = resolve));
    const holder = locks.withLock(['gc'], {}, () => until);
    const waiting = Array.from({ length: 20 }, () => locks.withLock(['gc'], { waitMs: 1_000 }, async () => 'in'));
    const outcomes = Promise.allSettled(waiting);
    v8.setFlagsFromString('--expose-gc');
    const collect = vm.runInNewContext('gc') as () => void;
    await pause(50);
    collect();
    const began = performance.now();
    const settled = await Promise.race([outcomes, pause(4_000)]);
    done!();
    await holder;
    expect(settled?.every((outcome) => outcome.status === 'rejected' && outcome.reason instanceof LockTimeout)).toBe(
      true,
    );
    expect(performance.now() - began).toBeLessThan(4_000);
  });
});

describe('waiters of one process', () => {
  it.each(BACKENDS)('%s: find the keys free, also when no holder awaits its release', async (_name, make) => {
    const backend = make(0);
    let tries = 0;
    const counting: LockBackend = {
      ...bind(backend),
      tryAcquire: (...how) => ((tries += 1), backend.tryAcquire(...how)),
    };
    const locks = new Locks(counting, silent);
    let inside = 0;
    const work = async () => {
      expect(++inside).toBe(1);
      await immediate();
      inside -= 1;
    };
    const keys = ['not-awaited', 'not-awaited-2'];
    await Promise.all(Array.from({ length: 30 }, () => locks.withLock(keys, { awaitRelease: false }, work)));
    expect(tries).toBe(30);
    // The last release, which nobody awaits.
    await eventually(async () => (await backend.heldOf(keys)).length === 0, 'the keys are free');
  });

  it('get the lock in order of arrival, and contend for the key once', async () => {
    const backend = redisBackend(0, 1);
    let tries = 0;
    const counting: LockBackend = {
      ...bind(backend),
      tryAcquire: (...how) => ((tries += 1), backend.tryAcquire(...how)),
    };
    const locks = new Locks(counting, silent);
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => locks.withLock(['queue'], {}, async () => void order.push(n))),
    );
    expect(order).toEqual(Array.from({ length: 30 }, (_, n) => n));
    expect(tries).toBe(30);
  });

  it('a waiter that gives up leaves the queue, and those behind it proceed', async () => {
    const locks = new Locks(redisBackend(0, 1), silent);
    let done: () => void;
    const until = new Promise<void>((resolve) => (done = resolve));
    const holder = locks.withLock(['leave'], {}, () => until);
    const impatient = locks.withLock(['leave'], { waitMs: 30 }, async () => 'in');
    const patient = locks.withLock(['leave'], {}, async () => 'in');
    await expect(impatient).rejects.toThrow(LockTimeout);
    done!();
    await holder;
    await expect(patient).resolves.toBe('in');
  });
});

it('a timeout names the key that was held until the end, not one that was held at first', async () => {
  let tries = 0;
  // `first` is free again at the second attempt, and `last` is held from then on.
  const backend: LockBackend = {
    ...bind(redisBackend(0, 1)),
    tryAcquire: async () => void (tries += 1),
    heldOf: async () => [tries === 1 ? 'first' : 'last'],
  };
  const named: string[][] = [];
  const locks = new Locks(backend, { ...silent, timedOut: ({ lock_keys }) => named.push([...lock_keys]) });
  await expect(locks.withLock(['first', 'last'], { waitMs: 50 }, async () => 'in')).rejects.toThrow(LockTimeout);
  expect(named).toEqual([['last']]);
});

describe('the choice between Redis and Postgres', () => {
  function choosing(process: number) {
    const seen: string[] = [];
    const redis = redisBackend(process, 3);
    const backend = new ChoosingBackend(redis, new PostgresBackend(dataSource), {
      fellBack: () => seen.push('fell back'),
      returned: () => seen.push('returned'),
    });
    opened.push(backend);
    return { seen, backend, locks: new Locks(backend, silent) };
  }

  it.each<[string, (node: TestRedis) => Promise<void>, (node: TestRedis) => Promise<void>]>([
    ['two of three killed', (node) => node.kill(), (node) => node.start()],
    [
      'two of three stopped by SIGSTOP',
      async (node) => void node.child().kill('SIGSTOP'),
      async (node) => void node.child().kill('SIGCONT'),
    ],
  ])('%s: falls back once, still locks, and returns by itself', async (_name, hurt, heal) => {
    const [a, b] = [choosing(0), choosing(1)];
    expect(a.backend.name).toBe('redis');
    await Promise.all(nodes.slice(1).map(hurt));
    try {
      const locked = (buyer: number, buy: () => Promise<void>) =>
        [a, b][buyer % 2]!.locks.withLock(['fallback'], {}, buy);
      expect(await sell(locked, () => pause(1))).toBe(0);
      expect([a.seen, b.seen, a.backend.name]).toEqual([['fell back'], ['fell back'], 'postgres']);
    } finally {
      await Promise.all(nodes.slice(1).map(heal));
    }
    await eventually(() => a.backend.name === 'redis' && b.backend.name === 'redis', 'both are back on Redis');
    expect([a.seen, b.seen]).toEqual([
      ['fell back', 'returned'],
      ['fell back', 'returned'],
    ]);
  });

  it('two Redis nodes are refused: their votes could tie for ever', () => {
    expect(() => new RedisBackend(clients[0]!.slice(0, 2))).toThrow(RangeError);
  });

  it('a caller that aborts gets its own reason, not a timeout', async () => {
    const locks = new Locks(redisBackend(0, 1), silent);
    await expect(locks.withLock(['x'], { signal: AbortSignal.abort('gone') }, async () => 'in')).rejects.toBe('gone');
    await locks.withLock(['reason'], {}, async () => {
      const caller = new AbortController();
      const waiting = locks.withLock(['reason'], { signal: caller.signal }, async () => 'in');
      caller.abort('left');
      await expect(waiting).rejects.toBe('left');
    });
    for (const wrong of [{ ttlMs: 0 }, { ttlMs: 1.5 }, { waitMs: -1 }, { waitMs: Infinity }]) {
      await expect(locks.withLock(['y'], wrong, async () => 'in')).rejects.toThrow(TypeError);
    }
  });

  it('a held lock is not mistaken for an unavailable Redis', async () => {
    const [a, b] = [choosing(0), choosing(1)];
    await a.locks.withLock(['held'], {}, async () => {
      await expect(b.locks.withLock(['held'], { waitMs: 0 }, async () => 'in')).rejects.toThrow(LockTimeout);
    });
    expect([a.seen, b.seen]).toEqual([[], []]);
  });

  it('a Redis that answers PING but cannot lock: falls back once and stays on Postgres until it can', async () => {
    const { seen, locks, backend } = choosing(0);
    const setLimit = (bytes: string) =>
      Promise.all(clients[1]!.map((client) => client.config('SET', 'maxmemory', bytes)));
    await setLimit('1');
    try {
      const end = performance.now() + 2_500;
      await eventually(async () => {
        await locks.withLock(['full'], {}, async () => undefined);
        return performance.now() > end;
      }, 'ten probes have passed');
      expect([seen, backend.name]).toEqual([['fell back'], 'postgres']);
    } finally {
      await setLimit('0');
    }
    await eventually(() => backend.name === 'redis', 'it is back on Redis');
    expect(seen).toEqual(['fell back', 'returned']);
  });
});
