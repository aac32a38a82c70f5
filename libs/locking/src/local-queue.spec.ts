import { LocalQueue } from './local-queue.js';

const never = new AbortController().signal;
const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('the queue of one process', () => {
  it('lets one caller at a time have a key, first come, first served', async () => {
    const queue = new LocalQueue();
    const order: string[] = [];
    const work = async (name: string) => {
      const leave = await queue.enter(['a'], never);
      order.push(`${name} in`);
      await soon();
      order.push(`${name} out`);
      leave!();
    };
    await Promise.all([work('first'), work('second'), work('third')]);
    expect(order).toEqual(['first in', 'first out', 'second in', 'second out', 'third in', 'third out']);
  });

  it('keeps different keys apart, and says which key is busy', async () => {
    const queue = new LocalQueue();
    const busy: string[] = [];
    await queue.enter(['a'], never);
    expect(await queue.enter(['b'], never, (key) => busy.push(key))).toBeDefined();
    void queue.enter(['a', 'c'], never, (key) => busy.push(key));
    await soon();
    expect(busy).toEqual(['a']);
  });

  it('gives up at the signal, frees what it has entered, and is passed over', async () => {
    const queue = new LocalQueue();
    const leaveB = await queue.enter(['b'], never);
    const impatient = new AbortController();
    const gaveUp = queue.enter(['a', 'b'], impatient.signal);
    await soon();
    const patient = queue.enter(['b'], never);
    impatient.abort();
    expect(await gaveUp).toBeUndefined();
    // The aborted caller held `a` and waited for `b`.
    expect(await queue.enter(['a'], never)).toBeDefined();
    leaveB!();
    expect(await patient).toBeDefined();
  });

  it('takes a free key although the signal has fired, and no busy one', async () => {
    const queue = new LocalQueue();
    const fired = AbortSignal.abort();
    expect(await queue.enter(['a'], fired)).toBeDefined();
    expect(await queue.enter(['a'], fired)).toBeUndefined();
  });

  it('frees each key once, however often its holder leaves', async () => {
    const queue = new LocalQueue();
    const leave = await queue.enter(['a'], never);
    leave!();
    await queue.enter(['a'], never);
    leave!();
    expect(await queue.enter(['a'], AbortSignal.abort())).toBeUndefined();
  });
});
