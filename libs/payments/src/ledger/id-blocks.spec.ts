import { IdBlocks } from './id-blocks.js';

/** A sequence that writes down how many ids are taken at a time. */
function sequence() {
  const counts: number[] = [];
  let last = 0;
  const draw = async (count: number) => {
    counts.push(count);
    return Array.from({ length: count }, () => (last += 1));
  };
  return { counts, draw };
}

describe('ids drawn ahead', () => {
  let now = 0;
  beforeEach(() => (now = 0));
  const blocks = () => new IdBlocks(() => now);

  it('are one at a time when one is needed in a second: none is skipped', async () => {
    const [ids, { counts, draw }] = [blocks(), sequence()];
    const drawn: number[] = [];
    for (let second = 0; second < 3; second++) {
      now = second * 1_000;
      drawn.push(await ids.next(draw));
    }
    expect([drawn, counts]).toEqual([
      [1, 2, 3],
      [1, 1, 1],
    ]);
  });

  it('are twice as many each time within a second, 32 at most, and each is given once, in order', async () => {
    const [ids, { counts, draw }] = [blocks(), sequence()];
    const drawn = await Promise.all(Array.from({ length: 100 }, () => ids.next(draw)));
    expect(drawn).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
    expect(counts).toEqual([1, 2, 4, 8, 16, 32, 32, 32]);
  });

  it('are thrown away after a second, and after a restore', async () => {
    const [ids, { counts, draw }] = [blocks(), sequence()];
    for (let n = 0; n < 6; n++) await ids.next(draw);
    now = 1_000;
    expect(await ids.next(draw)).toBe(8);
    for (let n = 0; n < 2; n++) await ids.next(draw);
    ids.clear();
    expect([await ids.next(draw), counts]).toEqual([11, [1, 2, 4, 1, 2, 1]]);
  });

  it('are given to those who waited for them, also if that took longer than a second', async () => {
    const [ids, { counts, draw }] = [blocks(), sequence()];
    const slow = async (count: number) => {
      now += 5_000;
      return draw(count);
    };
    expect(await Promise.all([ids.next(slow), ids.next(slow), ids.next(slow)])).toEqual([1, 2, 3]);
    expect(counts).toEqual([1, 2]);
  });

  it('a sequence that fails fails those who wait for it, and the next one draws again', async () => {
    const [ids, { draw }] = [blocks(), sequence()];
    const fails = async () => Promise.reject(new Error('no connection'));
    const both = await Promise.allSettled([ids.next(fails), ids.next(fails)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ids.next(draw)).toBe(1);
  });
});
