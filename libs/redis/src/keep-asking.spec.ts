import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import { ASK_AGAIN_MS, keepAsking } from './keep-asking.js';

/** A connection whose node answers or does not. */
class FakeNode extends EventEmitter {
  status = 'ready';
  isSilent = false;
  refuses = false;
  asked = 0;
  readonly disconnected: unknown[] = [];

  async ping(): Promise<string> {
    this.asked += 1;
    if (this.isSilent) throw new Error('Command timed out');
    if (this.refuses) throw Object.assign(new Error('MISCONF'), { name: 'ReplyError' });
    return 'PONG';
  }

  disconnect(reconnect?: boolean): void {
    this.disconnected.push(reconnect);
    this.status = 'reconnecting';
  }
}

describe('the circuit breaker of a Redis node', () => {
  let node: FakeNode;
  let reasons: string[];
  const questions = (count: number) => jest.advanceTimersByTimeAsync(count * ASK_AGAIN_MS);

  beforeEach(() => {
    jest.useFakeTimers();
    node = new FakeNode();
    reasons = [];
    keepAsking(node as unknown as Redis, ({ message }) => reasons.push(message));
  });
  afterEach(() => {
    node.emit('end');
    jest.useRealTimers();
  });

  it.each([
    ['answers', false],
    ['answers with a refusal', true],
  ])('leaves a node alone that %s', async (_name, refuses) => {
    node.refuses = refuses;
    await questions(10);
    expect([node.asked, node.disconnected, reasons]).toEqual([10, [], []]);
  });

  it('reconnects after two unanswered questions in a row, not after one', async () => {
    node.isSilent = true;
    await questions(1);
    node.isSilent = false;
    await questions(1);
    node.isSilent = true;
    await questions(1);
    expect(node.disconnected).toEqual([]);
    await questions(1);
    expect([node.disconnected, reasons]).toEqual([[true], ['Command timed out']]);
  });

  it('asks a node only while it is connected, and counts from zero when it is back', async () => {
    node.isSilent = true;
    await questions(2);
    await questions(10);
    expect([node.asked, node.disconnected]).toEqual([2, [true]]);
    node.status = 'ready';
    await questions(1);
    expect(node.disconnected).toEqual([true]);
    await questions(1);
    expect(node.disconnected).toEqual([true, true]);
  });

  it('asks no more once the connection has ended', async () => {
    node.status = 'end';
    node.emit('end');
    await questions(10);
    expect([node.asked, jest.getTimerCount()]).toEqual([0, 0]);
  });
});
