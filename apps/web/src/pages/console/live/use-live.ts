import { inject, type InjectionKey, onScopeDispose, provide, readonly, ref, type Ref } from 'vue';
import { end, session } from '../../../app/session.js';
import type { LiveEntry } from '../wire.js';
import { readStream } from './read-stream.js';

export type LiveState = 'connecting' | 'live' | 'away';

interface Live {
  readonly state: Readonly<Ref<LiveState>>;
  readonly listeners: Set<(entry: LiveEntry) => void>;
}

const LIVE: InjectionKey<Live> = Symbol('live');

/** Entries are batched: the screen is never older than this under steady traffic. */
const LULL_MS = 250;
const MAX_WAIT_MS = 1_500;

/** Watches while the console is open; screens listen with `onLive`. One stream for all of them. */
export function provideLive(): Live {
  const state = ref<LiveState>('connecting');
  const listeners = new Set<(entry: LiveEntry) => void>();
  const stop = new AbortController();
  onScopeDispose(() => stop.abort());
  void readStream(
    {
      token: () => session.value?.token,
      onEntry: (entry) => listeners.forEach((listener) => listener(entry)),
      onState: (next) => (state.value = next),
      onRefused: (status) => {
        state.value = 'away';
        if (status === 401) end('server');
      },
    },
    stop.signal,
  );
  const live = { state: readonly(state), listeners };
  provide(LIVE, live);
  return live;
}

/** Reads again soon after a matching entry. Stops when the component is unmounted. */
export function onLive(touches: (entry: LiveEntry) => boolean, refresh: () => unknown): void {
  const live = inject(LIVE);
  if (!live) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since: number | undefined;
  const run = () => {
    since = undefined;
    void refresh();
  };
  const listener = (entry: LiveEntry) => {
    if (!touches(entry)) return;
    since ??= performance.now();
    clearTimeout(timer);
    timer = setTimeout(run, Math.max(0, Math.min(LULL_MS, since + MAX_WAIT_MS - performance.now())));
  };
  live.listeners.add(listener);
  onScopeDispose(() => {
    live.listeners.delete(listener);
    clearTimeout(timer);
  });
}
