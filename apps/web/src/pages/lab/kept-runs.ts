import { keptForTab } from '../../app/stored-values.js';
import { session } from '../../app/session.js';
import type { Run } from './run.js';
import { type Attack, ATTACKS } from './wire.js';

interface Kept {
  readonly by: string | undefined;
  readonly shown: Attack | undefined;
  readonly runs: readonly (readonly [Attack, Run])[];
}

/** Kept until the tab is closed, so that a reload does not lose the results. */
const kept = keptForTab('lab');

/** The last completed run of each attack. */
export function keepRuns(runs: ReadonlyMap<Attack, Run>, shown: Attack | undefined): void {
  const ended = [...runs].filter(([, { state, error }]) => state === 'ended' && !error);
  kept.set(JSON.stringify({ by: session.value?.name, shown, runs: ended } satisfies Kept));
}

/** The stored runs of the logged-in user. */
export function keptRuns(): Pick<Kept, 'shown' | 'runs'> {
  try {
    const { by, shown, runs } = JSON.parse(kept.get() ?? '') as Kept;
    if (by === session.value?.name)
      return { shown, runs: runs.filter(([name, run]) => ATTACKS.includes(name) && isRun(run)) };
  } catch {
    // Nothing stored, or not by this page.
  }
  return { shown: undefined, runs: [] };
}

/** An earlier version of the page stored something else. */
const isRun = (run: Partial<Run>) => run.halves !== undefined;
