import { afterCommit, inTransaction, together } from './in-transaction.js';
import { setImmediate } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';

/**
 * A data source whose transactions fail with the given SQLSTATEs, one after the other. Real deadlocks are in
 * test/concurrency.
 */
function failing(...states: (string | undefined)[]) {
  let runs = 0;
  const dataSource = source(async (sql) => {
    const code = sql === 'BEGIN' ? states[runs++] : undefined;
    if (code !== undefined) throw Object.assign(new Error(code), { code });
  });
  return { dataSource, runs: () => runs };
}

/** A data source whose connections answer as `query` does. */
function source(query: (sql: string) => Promise<unknown>): DataSource {
  const createQueryRunner = () => ({ query, manager: { query }, release: async () => undefined });
  return { createQueryRunner } as unknown as DataSource;
}

const noPause = () => 0;
const work = async () => 'done';

describe('inTransaction', () => {
  it.each(['40001', '40P01'])('tries again after %s, three times in all', async (state) => {
    const twice = failing(state, state);
    await expect(inTransaction(twice.dataSource, work, noPause)).resolves.toBe('done');
    expect(twice.runs()).toBe(3);

    const always = failing(state, state, state, state);
    await expect(inTransaction(always.dataSource, work, noPause)).rejects.toThrow(state);
    expect(always.runs()).toBe(3);
  });

  it('gives up at once on everything else', async () => {
    const { dataSource, runs } = failing('23505');
    await expect(inTransaction(dataSource, work, noPause)).rejects.toThrow('23505');
    expect(runs()).toBe(1);
  });
});

describe('the order of statements', () => {
  /** A data source that writes down what is sent, and what was answered. The answers come in order, later. */
  function recording(failing?: string) {
    const seen: string[] = [];
    let last: Promise<unknown> = Promise.resolve();
    const dataSource = source(async (sql) => {
      seen.push(sql);
      const answer = last.then(async () => {
        await setImmediate();
        seen.push(`answer to ${sql}`);
        if (sql === failing) throw new Error(`${sql} failed`);
      });
      last = answer.catch(() => undefined);
      return answer;
    });
    return { dataSource, seen };
  }

  it('sends BEGIN with the first statements', async () => {
    const { dataSource, seen } = recording();
    await inTransaction(dataSource, (tx) => Promise.all([tx.query('lock'), tx.query('look')]));
    const first = ['BEGIN', 'lock', 'look'];
    expect(seen).toEqual([...first, ...first.map((sql) => `answer to ${sql}`), 'COMMIT', 'answer to COMMIT']);
  });

  it.each(['lock', 'look', 'COMMIT'])(
    'throws what failed first (%s), rolls back, and runs no effect',
    async (failing) => {
      const { dataSource, seen } = recording(failing);
      const done = inTransaction(dataSource, async (tx) => {
        afterCommit(tx, () => seen.push('effect'));
        await Promise.all([tx.query('lock'), tx.query('look')]);
      });
      await expect(done).rejects.toThrow(`${failing} failed`);
      expect(seen.at(-1)).toBe('answer to ROLLBACK');
      expect(seen).not.toContain('effect');
    },
  );
});

describe('work sent together', () => {
  const failed = (code: string) => Object.assign(new Error(code), { code });

  it('throws the cause, not what Postgres refused because of it, whichever arrives first', async () => {
    const early = Promise.reject(failed('25P02'));
    const late = setImmediate().then(() => Promise.reject(failed('55P03')));
    await expect(together([early, late])).rejects.toThrow('55P03');
    await expect(together([Promise.reject(failed('25P02'))])).rejects.toThrow('25P02');
  });

  it('is over when all of it is: nothing runs after the rollback', async () => {
    const steps: string[] = [];
    const twoSteps = setImmediate().then(() => steps.push('second step'));
    await expect(together([Promise.reject(failed('57014')), twoSteps])).rejects.toThrow('57014');
    expect(steps).toEqual(['second step']);
  });

  it('returns each result in its place', async () => {
    const [one, two] = await together([Promise.resolve(1), Promise.resolve('two')]);
    expect([one, two]).toEqual([1, 'two']);
  });
});

describe('afterCommit', () => {
  /** A data source whose commits fail with the given SQLSTATEs. */
  function committing(...states: (string | undefined)[]) {
    return source(async (sql) => {
      const code = sql === 'COMMIT' ? states.shift() : undefined;
      if (code !== undefined) throw Object.assign(new Error(code), { code });
    });
  }

  it('runs what was asked for after the commit, in order, once, although the work ran three times', async () => {
    const seen: string[] = [];
    const result = await inTransaction(
      committing('40001', '40P01', undefined),
      async (tx) => {
        afterCommit(tx, () => seen.push('first'));
        afterCommit(tx, () => seen.push('second'));
        expect(seen).toEqual([]);
        return 'done';
      },
      noPause,
    );
    expect([result, seen]).toEqual(['done', ['first', 'second']]);
  });

  it('runs nothing of a transaction that does not commit', async () => {
    const seen: string[] = [];
    const failed = inTransaction(committing('23514'), async (tx) => afterCommit(tx, () => seen.push('never')), noPause);
    await expect(failed).rejects.toThrow('23514');
    expect(seen).toEqual([]);
  });

  it('refuses a transaction that inTransaction has not opened, whose commit nobody would tell of', () => {
    expect(() => afterCommit({} as EntityManager, () => undefined)).toThrow('inTransaction');
  });
});
