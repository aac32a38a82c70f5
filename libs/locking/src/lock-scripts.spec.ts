import { holderIn, resourcesOf } from './lock-scripts.js';

const RANDOM = 'ab8b115326b5dcb84a7918bed786c2d8';

describe('the holder in the value of a lock', () => {
  it('is read as it was written, whatever a client has chosen as its request id', () => {
    const record = { user_id: 7, request_id: '{"}\\', since: new Date('2026-11-28T11:00:00.000Z') };
    const [name, holder] = resourcesOf(['payonce:k'], record);
    expect(name).toBe('payonce:k');
    expect(holderIn(RANDOM + holder!.slice('payonce:holder:'.length))).toEqual(record);
  });

  it.each([
    ['no lock', null],
    ['a random value alone', RANDOM],
    ['text of another program', 'its {successor'],
  ])('is unknown for %s', (_name, value) => {
    expect(holderIn(value)).toBeUndefined();
  });
});
