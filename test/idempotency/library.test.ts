import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfig } from '#config';
import { dataSourceOptions, openDataSource } from '#database';
import {
  AnswerCache,
  type Claim,
  ClaimLostError,
  CurrentClaim,
  EpochChangedError,
  Idempotency,
  IdempotencyInterceptor,
  IdempotencyModule,
  type IdempotencyOptions,
  Idempotent,
  type Refusal,
} from '#idempotency';
import { ConflictException, Controller, Module, Post, UseInterceptors } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { fingerprintOf } from '../../libs/idempotency/src/fingerprint.js';
import { createDatabase, TEST_SECRET, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createDatabase();
  dataSource = await openDataSource(
    dataSourceOptions(parseConfig({ DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET }), 'test'),
  );
});

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

describe('the library in another Nest application', () => {
  it('the module of this test is the example in the README', () => {
    const readme = readFileSync(path.resolve(__dirname, '../../libs/idempotency/README.md'), 'utf8');
    const example = readFileSync(path.join(__dirname, 'example.ts'), 'utf8');
    expect(/```ts\n([^]*?)```/.exec(readme)![1]).toBe(example);
  });

  it('sells one ticket for one key and caller, however often it is requested', async () => {
    process.env.DATABASE_URL = database.url;
    const { TicketsModule } = await import('./example.js');
    const app = await NestFactory.create<NestFastifyApplication>(TicketsModule, new FastifyAdapter(), {
      logger: false,
    });
    await app.listen(0, '127.0.0.1');
    try {
      const url = await app.getUrl();
      const buy = (customer: string, key?: string, body: unknown = {}) =>
        ask(url, '/tickets', { body, headers: { 'x-customer': customer, ...(key ? { 'idempotency-key': key } : {}) } });
      const first = await buy('ann', 'k1');
      expect([first.status, first.text]).toEqual([201, '{"ticket":1}']);
      const again = await buy('ann', 'k1');
      expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([
        201,
        '{"ticket":1}',
        'true',
      ]);
      expect((await buy('bob', 'k1')).text).toBe('{"ticket":2}');
      expect((await buy('ann', 'k1', { other: true })).status).toBe(409);
      expect([(await buy('ann')).text, (await buy('ann')).text]).toEqual(['{"ticket":3}', '{"ticket":4}']);
      const storm = await Promise.all(Array.from({ length: 20 }, () => buy('eve', 'storm')));
      expect(new Set(storm.filter((reply) => reply.status === 201).map((reply) => reply.text)).size).toBe(1);
    } finally {
      await app.close();
    }
  });
});

describe('a route that derives a key when none is sent', () => {
  const options: IdempotencyOptions = {
    caller: (request) => (request as { headers: Record<string, string | undefined> }).headers['x-customer'],
    render: (answer) => ({ status: 200, body: JSON.stringify(answer) }),
    refuse: (refusal) => new ConflictException(refusal.why),
  };
  let returned = 0;

  @Controller('returns')
  @UseInterceptors(IdempotencyInterceptor)
  class ReturnsController {
    constructor(private readonly source: DataSource) {}

    @Post('rolled-back')
    @Idempotent()
    async rolledBack(@CurrentClaim() claim: Claim) {
      try {
        await this.source.transaction(async (tx) => {
          await claim.settle(tx, { made: true });
          throw new Error('after settling');
        });
      } catch {
        return { made: false };
      }
      return { made: true };
    }

    @Post('nothing')
    @Idempotent()
    nothing(): void {
      returned += 100;
    }

    @Post(':id')
    @Idempotent({ derivedKeptMs: 400 })
    giveBack() {
      return { number: ++returned };
    }
  }

  it('a double click runs once; an explicit key or the end of the derived key’s lifetime runs again', async () => {
    class ReturnsModule {}
    Module({
      imports: [
        TypeOrmModule.forRoot({ type: 'postgres', url: database.url }),
        IdempotencyModule.with({ options: { useValue: options } }),
      ],
      controllers: [ReturnsController],
    })(ReturnsModule);
    const app = await NestFactory.create<NestFastifyApplication>(ReturnsModule, new FastifyAdapter(), {
      logger: false,
    });
    await app.listen(0, '127.0.0.1');
    try {
      const url = await app.getUrl();
      const giveBack = (id: string, key?: string, customer = 'ann') =>
        ask(url, `/returns/${id}`, {
          body: { amount: 1 },
          headers: { 'x-customer': customer, ...(key ? { 'idempotency-key': key } : {}) },
        });
      for (let time = 0; time < 2; time++) {
        expect((await giveBack('rolled-back', 'r')).text).toBe('{"made":false}');
        expect([(await giveBack('nothing', 'n')).text, returned]).toEqual(['', 100]);
      }
      returned = 0;
      const first = await giveBack('7');
      const again = await giveBack('7');
      expect([first.text, again.text, again.headers.get('idempotent-replayed')]).toEqual([
        '{"number":1}',
        '{"number":1}',
        'true',
      ]);
      expect((await giveBack('8')).text).toBe('{"number":2}');
      expect((await giveBack('7', 'deliberate')).text).toBe('{"number":3}');
      expect((await giveBack('7', undefined, 'bob')).text).toBe('{"number":4}');
      // Asking again does not make it live longer.
      await eventually(async () => (await giveBack('7')).text !== first.text, 'the derived key is forgotten');
      expect(returned).toBe(5);
    } finally {
      await app.close();
    }
  });
});

describe('a handler that fails after its key was taken over', () => {
  it('is refused as lost, with its error as the cause: a defect is not hidden', async () => {
    const refusals: Refusal[] = [];
    const options: IdempotencyOptions = {
      caller: () => 'ann',
      render: (answer) => ({ status: 201, body: JSON.stringify(answer) }),
      refuse: (refusal) => {
        refusals.push(refusal);
        return new ConflictException(refusal.why);
      },
    };
    @Controller('things')
    @UseInterceptors(IdempotencyInterceptor)
    class ThingsController {
      @Post()
      @Idempotent()
      async make(): Promise<never> {
        await database.query(
          `UPDATE client_idempotency SET owner = gen_random_uuid() WHERE idempotency_key = 'taken over'`,
        );
        throw new TypeError('a defect');
      }
    }
    class ThingsModule {}
    Module({
      imports: [
        TypeOrmModule.forRoot({ type: 'postgres', url: database.url }),
        IdempotencyModule.with({ options: { useValue: options } }),
      ],
      controllers: [ThingsController],
    })(ThingsModule);
    const app = await NestFactory.create<NestFastifyApplication>(ThingsModule, new FastifyAdapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    try {
      const headers = { 'idempotency-key': 'taken over' };
      expect((await ask(await app.getUrl(), '/things', { body: {}, headers })).status).toBe(409);
    } finally {
      await app.close();
    }
    const [refusal] = refusals;
    expect(refusal).toMatchObject({ why: 'lost', cause: { name: 'ClaimLostError', cause: { message: 'a defect' } } });
  });
});

describe('claims', () => {
  const idempotency = () => new Idempotency(dataSource.manager, new AnswerCache(undefined, async () => ''));
  const asked = (key: string, more: Partial<Parameters<Idempotency['take']>[0]> = {}) => ({
    scope: { caller: 'ann', method: 'POST', route: '/things', key },
    fingerprint: 'f',
    keepMs: 60_000,
    leaseMs: 60,
    render: (answer: unknown) => ({ status: 201, body: JSON.stringify(answer) }),
    ...more,
  });
  const claimOf = async (key: string, more = {}) => {
    const taken = await idempotency().take(asked(key, more));
    if (taken.is !== 'ours') throw new Error(taken.is);
    return taken.claim;
  };

  it('a dead owner’s claim is taken over when its lease ends; the old owner can commit neither rows nor an answer', async () => {
    await database.query('CREATE TABLE things (made_by text)');
    const late = await claimOf('fenced');
    const next = await eventually(async () => {
      const taken = await idempotency().take(asked('fenced'));
      return taken.is === 'ours' && taken.claim;
    }, 'the lease has ended');
    const make = (claim: typeof late, name: string) =>
      dataSource.transaction(async (tx) => {
        await tx.query('INSERT INTO things VALUES ($1)', [name]);
        await claim.settle(tx, { made_by: name });
      });
    await expect(make(late, 'late')).rejects.toThrow(ClaimLostError);
    await late.release();
    await make(next, 'next');
    await expect(make(late, 'late')).rejects.toThrow(ClaimLostError);
    expect(await database.query('SELECT made_by FROM things')).toEqual([{ made_by: 'next' }]);
    const replay = await idempotency().take(asked('fenced'));
    expect(replay).toMatchObject({ is: 'finished', answer: { body: '{"made_by":"next"}' } });
  });

  it('an old owner that fails reports that its claim is lost: its refusal may be due to what the new owner has made', async () => {
    const late = await claimOf('refused late');
    const ended = idempotency().work(asked('refused late', { leaseMs: 60_000 }), late, async () => {
      const next = await eventually(async () => {
        const taken = await idempotency().take(asked('refused late'));
        return taken.is === 'ours' && taken.claim;
      }, 'the lease has ended');
      await next.settle(dataSource.manager, 'made by the new owner');
      throw new Error('it exists already');
    });
    await expect(ended).rejects.toThrow(ClaimLostError);
    expect(await idempotency().take(asked('refused late'))).toMatchObject({
      is: 'finished',
      answer: { body: '"made by the new owner"' },
    });
  });

  it('an old owner reports it also after the new owner has failed, released the key, and a third has answered it', async () => {
    const key = 'refused last';
    const late = await claimOf(key);
    const ended = idempotency().work(asked(key, { leaseMs: 60_000 }), late, async () => {
      const second = await eventually(async () => {
        const taken = await idempotency().take(asked(key));
        return taken.is === 'ours' && taken.claim;
      }, 'the lease has ended');
      const failed = idempotency().work(asked(key), second, async () => {
        throw new Error('lock timeout');
      });
      // Nobody has taken it over from the second: it reports its own error, and its release deletes the row.
      await expect(failed).rejects.toThrow('lock timeout');
      await (await claimOf(key)).settle(dataSource.manager, 'made by the third');
      throw new Error('it exists already');
    });
    const error = await ended.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ClaimLostError);
    expect((error as Error).cause).toMatchObject({ message: 'it exists already' });
    expect(await idempotency().take(asked(key))).toMatchObject({
      is: 'finished',
      answer: { body: '"made by the third"' },
    });
  });

  it('an owner that fails after its answer was stored reports its own error', async () => {
    const claim = await claimOf('failed late');
    const ended = idempotency().work(asked('failed late'), claim, async () => {
      await claim.settle(dataSource.manager, 'stored');
      throw new Error('not sent');
    });
    await expect(ended).rejects.toThrow('not sent');
  });

  it('of twenty concurrent takeovers of a lapsed claim one succeeds', async () => {
    await claimOf('lapsed');
    await eventually(async () => {
      const [row] = await database.query<{ lapsed: boolean }>(
        `SELECT lease_expires_at <= clock_timestamp() AS lapsed FROM client_idempotency WHERE idempotency_key = 'lapsed'`,
      );
      return row!.lapsed;
    }, 'the lease has ended');
    const taken = await Promise.all(
      Array.from({ length: 20 }, () => idempotency().take(asked('lapsed', { leaseMs: 60_000 }))),
    );
    expect(taken.filter((one) => one.is === 'ours')).toHaveLength(1);
    expect(taken.filter((one) => one.is === 'running')).toHaveLength(19);
  });

  it('a claim is extended beyond its lease while its owner works', async () => {
    const claim = await claimOf('alive', { leaseMs: 500 });
    await idempotency().work(asked('alive', { leaseMs: 500 }), claim, async () => {
      const end = performance.now() + 1_200;
      await eventually(async () => {
        expect((await idempotency().take(asked('alive'))).is).toBe('running');
        return performance.now() > end;
      }, 'two leases have passed');
    });
  });

  it('an extension in progress when the work fails does not hold the key afterwards', async () => {
    const gate = await database.connect();
    await gate.query(`
      CREATE FUNCTION hold_extension() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_query() LIKE '%SET lease_expires_at = clock_timestamp() +%' THEN PERFORM pg_advisory_xact_lock_shared(78); END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER hold_extension BEFORE UPDATE ON client_idempotency FOR EACH STATEMENT EXECUTE FUNCTION hold_extension()`);
    await gate.query('SELECT pg_advisory_lock(78)');
    const how = { leaseMs: 3_000 };
    const claim = await claimOf('extended', how);
    await claim.attach(dataSource.manager, 'made-1');
    const isHeld = eventually(
      async () =>
        (await gate.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).rowCount === 1,
      'an extension is on its way',
    );
    const ended = idempotency()
      .work(asked('extended', how), claim, async () => {
        await isHeld;
        throw new Error('refused');
      })
      .catch((error: Error) => error.message);
    await isHeld;
    // Time for the key to be released before the extension, if it is released at all.
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 500))]);
    await gate.query('SELECT pg_advisory_unlock(78)');
    expect(await ended).toBe('refused');
    await eventually(
      async () => (await gate.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory'`)).rowCount === 0,
      'the extension is over',
    );
    expect((await idempotency().take(asked('extended', how))).is).toBe('ours');
    await gate.query('DROP TRIGGER hold_extension ON client_idempotency; DROP FUNCTION hold_extension');
    await gate.end();
  });

  it('the reaper forgets finished keys that have expired, in small batches, and never an unfinished one', async () => {
    for (let n = 0; n < 5; n++) {
      const claim = await claimOf(`old-${n}`, { keepMs: 1 });
      await claim.settle(dataSource.manager, n);
    }
    const kept = await claimOf('kept');
    await kept.settle(dataSource.manager, 'kept');
    await claimOf('unfinished', { keepMs: 1 });
    await eventually(async () => {
      await idempotency().reap({ batch: 2, batches: 10 });
      return (await database.query(`SELECT 1 FROM client_idempotency WHERE idempotency_key LIKE 'old-%'`)).length === 0;
    }, 'the old ones are due and gone');
    const left = await database.query<{ idempotency_key: string }>(
      `SELECT idempotency_key FROM client_idempotency WHERE idempotency_key LIKE 'old-%' OR idempotency_key IN ('kept', 'unfinished') ORDER BY 1`,
    );
    expect(left.map((row) => row.idempotency_key)).toEqual(['kept', 'unfinished']);
  });

  it('an expired key counts as new, with nothing of its old answer', async () => {
    const old = await claimOf('again', { keepMs: 1 });
    await old.settle(dataSource.manager, 'old', 'resource-1');
    const fresh = await eventually(async () => {
      const taken = await idempotency().take(asked('again', { fingerprint: 'another' }));
      return taken.is === 'ours' && taken.claim;
    }, 'the key is forgotten');
    expect(fresh.resource).toBeNull();
  });

  it('the epoch check adds no statement to a key, and a replay from the cache none at all', async () => {
    const statements: string[] = [];
    const counted = await openDataSource({
      ...dataSourceOptions(parseConfig({ DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET }), 'test'),
      logging: true,
      logger: {
        logQuery: (sql: string) => statements.push(sql.trim()),
        logQueryError: () => undefined,
        logQuerySlow: () => undefined,
        logSchemaBuild: () => undefined,
        logMigration: () => undefined,
        log: () => undefined,
      },
    });
    const kept = new Map<string, string>();
    const store = {
      get: async (name: string) => kept.get(name) ?? null,
      set: async (name: string, value: string) => kept.set(name, value),
      del: async (name: string) => kept.delete(name),
    };
    const [now] = await database.query<{ epoch: string }>('SELECT current_installation_epoch() AS epoch');
    const counts: Record<string, number[]> = {};
    try {
      for (const epoch of [undefined, now!.epoch]) {
        const key = `counted-${epoch ?? 'none'}`;
        const ask = asked(key, { epoch });
        const scope = { ...ask.scope, cachedFor: [epoch ?? '', 'issuer', 'ann'] };
        const cached = new Idempotency(counted.manager, new AnswerCache(store, async () => ''));
        const steps = {
          take: async () => {
            const taken = await cached.take({ ...ask, scope });
            if (taken.is !== 'ours') throw new Error(taken.is);
            await taken.claim.attach(counted.manager, 'made');
            await taken.claim.settle(counted.manager, { made: true });
          },
          'from Postgres': async () => expect((await cached.take({ ...ask, scope })).is).toBe('finished'),
          'from the cache': async () => expect((await cached.take({ ...ask, scope })).is).toBe('finished'),
        };
        for (const [name, step] of Object.entries(steps)) {
          const before = statements.length;
          await step();
          (counts[name] ??= []).push(statements.length - before);
        }
      }
    } finally {
      await counted.destroy();
    }
    expect(counts).toEqual({ take: [4, 4], 'from Postgres': [1, 1], 'from the cache': [0, 0] });
  });

  it('after the epoch changed, a key of a caller identified before is neither claimed, replayed nor settled', async () => {
    const [now] = await database.query<{ epoch: string }>('SELECT current_installation_epoch() AS epoch');
    const { epoch } = now!;
    const first = await claimOf('epoch-first', { epoch, leaseMs: 60_000 });
    const settled = await claimOf('epoch-settled', { epoch });
    await settled.settle(dataSource.manager, 'done', 'made-1');
    const without = await idempotency().withoutKey(epoch);
    await database.query('CREATE TABLE made_in_epoch (what text)');
    const make = (work: (tx: EntityManager) => Promise<void>) =>
      dataSource.transaction(async (tx) => {
        await tx.query(`INSERT INTO made_in_epoch VALUES ('something')`);
        await work(tx);
      });

    await database.query('SELECT start_new_epoch()');
    await expect(make((tx) => first.attach(tx, 'made-2'))).rejects.toThrow(EpochChangedError);
    await expect(make((tx) => first.settle(tx, 'done'))).rejects.toThrow(EpochChangedError);
    await expect(make((tx) => without.attach(tx, 'made-2'))).rejects.toThrow(EpochChangedError);
    await expect(make((tx) => without.settle(tx, 'done'))).rejects.toThrow(EpochChangedError);
    await expect(idempotency().withoutKey(epoch)).rejects.toThrow(EpochChangedError);
    for (const key of ['epoch-first', 'epoch-settled', 'epoch-new'])
      await expect(idempotency().take(asked(key, { epoch }))).rejects.toThrow(EpochChangedError);
    expect(await database.query('SELECT what FROM made_in_epoch')).toEqual([]);
    expect(
      await database.query(`SELECT resource FROM client_idempotency WHERE idempotency_key LIKE 'epoch-%' ORDER BY id`),
    ).toEqual([{ resource: null }, { resource: 'made-1' }]);
  });

  it('after the epoch changed, a handler refuses nobody by what it reads: its claim says so, stored or not', async () => {
    const [now] = await database.query<{ epoch: string }>('SELECT current_installation_epoch() AS epoch');
    const { epoch } = now!;
    const stored = await claimOf('epoch-stored', { epoch, leaseMs: 60_000 });
    const joined = await claimOf('epoch-joined', { epoch, joins: true });
    for (const claim of [stored, joined]) await claim.requireUnused(dataSource.manager);
    await database.query('SELECT start_new_epoch()');
    for (const claim of [stored, joined]) {
      await expect(claim.requireUnused(dataSource.manager)).rejects.toThrow(EpochChangedError);
    }
    await expect(joined.hold()).rejects.toThrow(EpochChangedError);
    await expect(joined.settle(dataSource.manager, {})).rejects.toThrow(EpochChangedError);
    expect(await database.query(`SELECT FROM client_idempotency WHERE idempotency_key = 'epoch-joined'`)).toEqual([]);
  });

  it('a failed claim that has created something is kept, so that the same key resumes it', async () => {
    const first = await claimOf('resume', { leaseMs: 60_000 });
    await first.attach(dataSource.manager, 'made-1');
    await first.release();
    expect((await claimOf('resume')).resource).toBe('made-1');
  });
});

describe('the fingerprint', () => {
  const of = (body: unknown, params: unknown = {}) => fingerprintOf({ params, query: {}, body });
  it('ignores the order of members, at every depth, and the key field at the top', () => {
    expect(of({ a: 1, b: { c: 2, d: [1, 2] } })).toBe(of({ b: { d: [1, 2], c: 2 }, a: 1, idempotency_key: 'k' }));
  });
  it('treats null in a body field as its absence, as validation does', () => {
    expect(of({ a: null, b: 1 })).toBe(of({ b: 1 }));
  });
  it.each<[string, unknown, unknown]>([
    ['numbers and their texts', { a: 1 }, { a: '1' }],
    ['lists in another order', { a: [1, 2] }, { a: [2, 1] }],
    ['null and nothing, further down', { a: { b: null } }, { a: {} }],
    ['a key field further down', { a: { idempotency_key: 'x' } }, { a: { idempotency_key: 'y' } }],
    ['members that run together', { a: 'b","c":"d' }, { a: 'b', c: 'd' }],
  ])('differs for %s', (_name, one, other) => {
    expect(of(one)).not.toBe(of(other));
  });
  it('differs for different paths', () => expect(of({}, { id: '1' })).not.toBe(of({}, { id: '2' })));
});
