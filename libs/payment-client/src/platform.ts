/** The browser features that the client needs, so that it also runs where some are missing, and in tests with fakes. */
export interface Clock {
  /** Milliseconds since 1970, the same in all tabs. */
  now(): number;
  /** Runs once after `ms`. @returns a function that prevents it. */
  after(ms: number, run: () => void): () => void;
}

/** sessionStorage and localStorage implement this. */
export interface KeyValueArea {
  readonly length: number;
  key(index: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/** `navigator.locks` implements this. */
export interface Locks {
  request<T>(name: string, options: { signal?: AbortSignal }, work: () => Promise<T>): Promise<T>;
}

/** A BroadcastChannel implements this. */
export interface Channel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  close(): void;
}

export interface Network {
  isOnline(): boolean;
  /** @returns a function that stops listening. */
  onceOnline(run: () => void): () => void;
}

export interface Platform {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly clock: Clock;
  /** For jitter: 0 ≤ x < 1. */
  readonly random: () => number;
  readonly uuid: () => string;
  /** Of this tab only; survives a reload. */
  readonly storage: KeyValueArea | null;
  /** Shared by all tabs. */
  readonly sharedStorage: KeyValueArea | null;
  readonly locks: Locks | null;
  readonly channel: Channel | null;
  readonly network: Network;
}

interface Browser {
  sessionStorage?: KeyValueArea;
  localStorage?: KeyValueArea;
  navigator?: { onLine?: boolean; locks?: Locks };
  addEventListener?(type: string, run: () => void): void;
  removeEventListener?(type: string, run: () => void): void;
}
const browser = globalThis as unknown as Browser;

/** Uses the given features; null means that there is none. The others are the browser's. */
export function platformOf(given: Partial<Platform>): Platform {
  return {
    fetch: (url, init) => fetch(url, init),
    clock: {
      now: () => Date.now(),
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    },
    random: () => Math.random(),
    uuid,
    storage: ifAllowed(() => browser.sessionStorage),
    sharedStorage: ifAllowed(() => browser.localStorage),
    locks: ifAllowed(() => browser.navigator?.locks),
    channel: given.channel === undefined ? ifAllowed(openChannel) : null,
    network: {
      isOnline: () => browser.navigator?.onLine !== false,
      onceOnline: (run) => {
        browser.addEventListener?.('online', run);
        return () => browser.removeEventListener?.('online', run);
      },
    },
    ...given,
  };
}

/** In a sandboxed frame, or when a person refuses cookies, reading the property throws. */
function ifAllowed<T>(look: () => T | undefined): T | null {
  try {
    return look() ?? null;
  } catch {
    return null;
  }
}

function openChannel(): Channel {
  const channel = new BroadcastChannel('payonce');
  // Outside a browser an open channel would keep the process alive.
  (channel as { unref?(): void }).unref?.();
  return channel as unknown as Channel;
}

/** crypto.randomUUID is missing on plain http; getRandomValues is everywhere. */
function uuid(): string {
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (+digit ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (15 >> (+digit / 4)))).toString(16),
  );
}
