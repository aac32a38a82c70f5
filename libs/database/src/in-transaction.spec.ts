import { afterCommit, inTransaction } from './in-transaction.js';
import type { DataSource, EntityManager } from 'typeorm';

/**
 * A data source whose transactions fail with the given SQLSTATEs, one after the other. Real deadlocks are in
 * test/concurrency.
 */
function failing(...states: (string | undefined)[]) {
  let runs = 0;
  const dataSource = {
    transaction: async () => {
      const code = states[runs++];
      if (code !== undefined) throw Object.assign(new Error(code), { code });
      return 'done';
    },
  } as unknown as DataSource;
  return { dataSource, runs: () => runs };
}

const noPause = () => 0;
const work = async () => 'unused';

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

describe('afterCommit', () => {
  /** A data source that runs the work, and whose commits fail with the given SQLSTATEs. */
  function committing(...states: (string | undefined)[]) {
    return {
      transaction: async (work: (tx: EntityManager) => Promise<unknown>) => {
        const result = await work({} as EntityManager);
        const code = states.shift();
        if (code !== undefined) throw Object.assign(new Error(code), { code });
        return result;
      },
    } as unknown as DataSource;
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
