import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { writeTogether } from './write-together.js';

/** A stream that writes down the batches in which its data leaves. */
function recording() {
  const batches: string[][] = [];
  const stream = new Writable({
    writev(chunks, done) {
      batches.push(chunks.map(({ chunk }) => String(chunk)));
      done();
    },
  });
  writeTogether(stream);
  return { batches, stream };
}

describe('writes of one turn', () => {
  it('leave together, in order, also those of later callbacks in the turn', async () => {
    const { batches, stream } = recording();
    stream.write('a');
    await Promise.resolve();
    stream.write('b');
    process.nextTick(() => stream.write('c'));
    await setImmediate();
    expect(batches).toEqual([['a', 'b', 'c']]);
    stream.write('d');
    await setImmediate();
    expect(batches).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('leave together although the client corks too, as node-postgres does', async () => {
    const { batches, stream } = recording();
    stream.cork();
    stream.write('a');
    stream.uncork();
    stream.write('b');
    await setImmediate();
    expect(batches).toEqual([['a', 'b']]);
  });

  it('leave before the end of the stream', async () => {
    const stream = new PassThrough();
    writeTogether(stream);
    stream.write('last');
    stream.end();
    let seen = '';
    for await (const chunk of stream) seen += String(chunk);
    expect(seen).toBe('last');
  });
});
