import { setTimeout as pause } from 'node:timers/promises';
import { LabFailure } from '../lab-failure.js';

const LOOK_EVERY_MS = 15;

/** Polls until the condition holds. @returns undefined if it did not hold in time. @throws when the run is over. */
export async function untilOrLate<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  { ms, signal }: { ms: number; signal: AbortSignal },
): Promise<T | undefined> {
  const end = performance.now() + ms;
  for (;;) {
    signal.throwIfAborted();
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > end) return undefined;
    await pause(LOOK_EVERY_MS, undefined, { signal });
  }
}

/** The same for a condition that the attack requires. @throws LabFailure if it did not hold in time. */
export async function until<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  what: string,
  how: { ms: number; signal: AbortSignal },
): Promise<T> {
  const seen = await untilOrLate(look, how);
  if (seen === undefined) throw new LabFailure('unexpected', `Waited ${how.ms} ms in vain until ${what}.`);
  return seen;
}
