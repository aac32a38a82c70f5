import { inTransaction } from '#database';
import type { DataSource } from 'typeorm';

/** A data source whose transactions fail as told, one after the other. Real deadlocks are in test/concurrency. */
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
