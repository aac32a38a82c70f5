import { once } from 'node:events';
import type { Program } from './processes.js';

/** Starts a process that kills itself at `point`, has it do something, and sees that it did, by that signal. */
export async function killedAt(
  point: string,
  start: (env: NodeJS.ProcessEnv) => Promise<Program>,
  act: (victim: Program) => Promise<unknown>,
): Promise<void> {
  const victim = await start({ CRASH_AT: point });
  const died = once(victim.child, 'exit');
  await act(victim);
  expect(await died).toEqual([null, 'SIGKILL']);
}
