import { median, quantile, ratioOf, spreadOf } from './statistics.mjs';

describe('figures of several rounds', () => {
  it('take the nearest rank for a quantile, which is always a measured value', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => n + 1);
    expect([0, 0.5, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([1, 50, 99, 100]);
    expect(quantile([7], 0.99)).toBe(7);
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });

  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[5], 5],
  ])('have the median %j → %d, whatever their order', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('are given with their range', () => {
    expect(spreadOf([3, 1, 8])).toEqual({ median: 3, min: 1, max: 8 });
  });

  it('are compared round by round, so that a slow minute of the machine cancels out', () => {
    expect(ratioOf([100, 10, 100], [200, 20, 200])).toEqual({ median: 0.5, min: 0.5, max: 0.5 });
    expect(() => ratioOf([1], [1, 2])).toThrow(RangeError);
  });
});
