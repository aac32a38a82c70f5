import { readOptions } from './options.mjs';
import { PARTS } from './parts.mjs';

describe('the options of npm run bench', () => {
  it('measure all parts unless one is named', () => {
    expect(readOptions([])).toMatchObject({ parts: PARTS, complete: true, quick: false, json: undefined });
    const { parts, complete } = readOptions(['--only', 'create', '--quick']);
    expect([parts.map(({ name }) => name), complete]).toEqual([['create'], false]);
  });

  it.each([
    [['--only', 'nothing'], /--only takes one of: create, replay/],
    [['--rows', '10000'], /--rows takes a whole number above 10000/],
    [['--rows', 'many'], /--rows/],
    [['--fast'], /Unknown option '--fast'/],
  ])('refuse %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
