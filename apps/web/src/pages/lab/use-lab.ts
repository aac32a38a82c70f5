import { computed, onScopeDispose, reactive, ref, watch } from 'vue';
import { client } from '../../app/client.js';
import { failureOf } from '../../app/use-reading.js';
import { attack } from './attack.js';
import { keepRuns, keptRuns } from './kept-runs.js';
import { type HalfRun, newRun, type Run } from './run.js';
import { type Attack, ATTACKS, type Half, type Verdict } from './wire.js';

/** Steps arrive in bursts and are shown one by one. Their times are the real ones. */
const BETWEEN_STEPS_MS = 110;

/** The attacks of this page: one at a time, alone or all in sequence. */
export function useLab() {
  const before = keptRuns();
  const runs = reactive(new Map<Attack, Run>(before.runs));
  const running = ref<Attack>();
  const shown = ref<Attack | undefined>(before.shown);
  const all = ref(false);
  let stop = new AbortController();
  onScopeDispose(() => stop.abort());
  watch([running, shown], () => keepRuns(runs, shown.value));

  async function start(name: Attack): Promise<void> {
    if (running.value) return;
    running.value = shown.value = name;
    try {
      await play(name);
    } finally {
      running.value = undefined;
    }
  }

  /** Continues after a failed attack; ends if the user stops it or the server refuses. */
  async function startAll(): Promise<void> {
    if (running.value) return;
    all.value = true;
    runs.clear();
    try {
      for (const name of ATTACKS) {
        await start(name);
        const error = runs.get(name)?.error;
        if (stop.signal.aborted || error?.status === 401) break;
      }
    } finally {
      all.value = false;
    }
  }

  function halt(): void {
    stop.abort();
  }

  async function play(name: Attack): Promise<void> {
    const mine = (stop = new AbortController());
    const change = (more: Partial<Run>) => runs.set(name, { ...runs.get(name)!, ...more });
    const changeHalf = (half: Half, more: Partial<HalfRun>) => {
      const { halves } = runs.get(name)!;
      change({ halves: { ...halves, [half]: { ...halves[half], ...more } } });
    };
    runs.set(name, newRun);
    try {
      for await (const told of attack(name, mine.signal)) {
        const { half } = told;
        if (told.type === 'preparing') change({ state: 'preparing', half, servers: told.servers });
        else if (told.type === 'step') {
          change({ state: 'running' });
          changeHalf(half, { steps: [...runs.get(name)!.halves[half].steps, told] });
          await breath();
        } else if (told.type === 'failed') changeHalf(half, { failed: told });
        else {
          changeHalf(half, { verdict: told });
          if (half === 'guarded') change(await timelineOf(told, mine.signal));
        }
      }
      change({ state: 'ended' });
    } catch (cause) {
      if (mine.signal.aborted) runs.delete(name);
      else change({ state: 'ended', error: failureOf(cause) });
    }
  }

  const verdictsOf = (half: Half) =>
    computed(() => [...runs.values()].flatMap(({ halves }) => halves[half].verdict ?? []));
  const verdicts = { unguarded: verdictsOf('unguarded'), guarded: verdictsOf('guarded') };
  return { runs, running, shown, all, verdicts, start, startAll, halt };
}

/** Additional details; without them the verdict is still valid. */
async function timelineOf({ payments }: Verdict, signal: AbortSignal): Promise<Pick<Run, 'timeline'>> {
  const [payment] = payments;
  if (!payment) return {};
  try {
    const { entries } = await client.timeline(payment.id, { signal });
    return { timeline: entries };
  } catch {
    return {};
  }
}

async function breath(): Promise<void> {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  await new Promise((resolve) => setTimeout(resolve, BETWEEN_STEPS_MS));
}
