import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { ReleaseWatch } from './lock-backend.js';
import { RELEASED } from './lock-scripts.js';

/** An unanswered subscription means that the node hangs: the connection is made anew, which Redis has to answer. */
const MAX_SILENCE_MS = 1_000;

/**
 * Notifies waiters of other processes that keys are free, over Redis pub/sub. It only wakes them: a lost message
 * costs a waiter one polling interval, never correctness. A process subscribes only while one of its callers waits.
 */
export class ReleaseChannel {
  private listeners: readonly Redis[] | undefined;
  private readonly wakeUps = new Map<string, Set<() => void>>();

  constructor(private readonly nodes: readonly Redis[]) {}

  watch(keys: readonly string[]): ReleaseWatch {
    let wake: () => void = () => undefined;
    // A release between the try and the wait must not be missed.
    let missed = false;
    const onRelease = () => {
      missed = true;
      wake();
    };
    for (const key of keys) this.listen(key, onRelease);
    return {
      next: async (ms) => {
        if (!missed) {
          const stop = new AbortController();
          const woken = new Promise<void>((resolve) => (wake = resolve));
          await Promise.race([woken, pause(ms, undefined, { signal: stop.signal }).catch(() => undefined)]);
          stop.abort();
        }
        missed = false;
      },
      close: () => {
        for (const key of keys) this.unlisten(key, onRelease);
      },
    };
  }

  close(): void {
    for (const listener of this.listeners ?? []) listener.disconnect();
  }

  private listen(key: string, onRelease: () => void): void {
    const waiting = this.wakeUps.get(key);
    if (waiting) {
      waiting.add(onRelease);
      return;
    }
    this.wakeUps.set(key, new Set([onRelease]));
    for (const listener of this.connected()) subscribe(listener, [key]);
  }

  private unlisten(key: string, onRelease: () => void): void {
    const waiting = this.wakeUps.get(key);
    waiting?.delete(onRelease);
    if (waiting?.size !== 0) return;
    this.wakeUps.delete(key);
    for (const listener of this.connected()) listener.unsubscribe(RELEASED + key).catch(() => undefined);
  }

  /** A subscribed connection can do nothing else, so these are separate from those that lock. */
  private connected(): readonly Redis[] {
    this.listeners ??= this.nodes.map((node) => {
      const listener = node.duplicate({
        autoResubscribe: false,
        commandTimeout: undefined,
        socketTimeout: MAX_SILENCE_MS,
      });
      listener.on('error', () => undefined);
      // While a node is away, subscriptions fail; those that are still wanted are made when it is back.
      listener.on('ready', () => subscribe(listener, [...this.wakeUps.keys()]));
      listener.on('message', (channel: string) => {
        for (const wake of this.wakeUps.get(channel.slice(RELEASED.length)) ?? []) wake();
      });
      return listener;
    });
    return this.listeners;
  }
}

function subscribe(listener: Redis, keys: readonly string[]): void {
  if (keys.length > 0) listener.subscribe(...keys.map((key) => RELEASED + key)).catch(() => undefined);
}
