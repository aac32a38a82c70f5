import { setTimeout as pause } from 'node:timers/promises';

/** Polls until the condition holds; fails after `ms`. For asynchronous outcomes, never to win a race. */
export async function eventually<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  what: string,
  ms = 30_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain until ${what}`);
    await pause(20);
  }
}
