import {
  type Channel,
  createPaymentClient,
  type KeyValueArea,
  type Locks,
  type PaymentClient,
  type PaymentClientOptions,
} from '#payment-client';
import { FakeClock } from './fake-clock.js';

/** sessionStorage or localStorage. */
export class FakeStorage implements KeyValueArea {
  readonly items = new Map<string, string>();
  get length(): number {
    return this.items.size;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(name: string): string | null {
    return this.items.get(name) ?? null;
  }
  setItem(name: string, value: string): void {
    this.items.set(name, value);
  }
  removeItem(name: string): void {
    this.items.delete(name);
  }
}

/** Web Locks: one holder, the others queue; a signal ends the waiting only. */
export class FakeLocks implements Locks {
  private readonly tails = new Map<string, Promise<void>>();
  readonly held = new Set<string>();

  async request<T>(name: string, { signal }: { signal?: AbortSignal }, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(name) ?? Promise.resolve();
    let release = () => {};
    const mine = new Promise<void>((resolve) => (release = resolve));
    this.tails.set(
      name,
      before.then(() => mine),
    );
    try {
      await new Promise<void>((resolve, reject) => {
        const refuse = () => reject(new DOMException('Aborted', 'AbortError'));
        if (signal?.aborted) return refuse();
        signal?.addEventListener('abort', refuse);
        void before.then(resolve);
      });
      this.held.add(name);
      return await work();
    } finally {
      this.held.delete(name);
      release();
    }
  }
}

/** BroadcastChannels of one name, one a tab: each message reaches all but its sender, a moment later, as a copy. */
export class FakeAir {
  private readonly channels = new Set<(data: unknown) => void>();

  open(): Channel {
    const listeners: ((event: { data: unknown }) => void)[] = [];
    const hear = (data: unknown) => listeners.forEach((listen) => listen({ data }));
    this.channels.add(hear);
    return {
      addEventListener: (_, listener) => void listeners.push(listener),
      postMessage: (message) => {
        const copy = structuredClone(message);
        for (const other of this.channels) if (other !== hear) setImmediate(() => other(copy));
      },
      close: () => void this.channels.delete(hear),
    };
  }
}

/** What a browser may be without. */
export type Missing = 'locks' | 'channel' | 'sharedStorage' | 'storage';

/** One browser with tabs, in fake time. */
export class FakeBrowser {
  readonly clock = new FakeClock();
  readonly localStorage = new FakeStorage();
  readonly locks = new FakeLocks();
  readonly air = new FakeAir();
  online = true;
  readonly whenOnline = new Set<() => void>();

  constructor(
    private readonly options: PaymentClientOptions,
    private readonly missing: readonly Missing[] = [],
  ) {}

  /** A page in a tab. Given the session of another: that tab, reloaded or brought back after a crash. */
  open(session = new FakeStorage(), options: PaymentClientOptions = {}): Tab {
    const has = (what: Missing) => !this.missing.includes(what);
    const client = createPaymentClient({
      clock: this.clock,
      random: () => 0.5,
      storage: has('storage') ? session : null,
      sharedStorage: has('sharedStorage') ? this.localStorage : null,
      locks: has('locks') ? this.locks : null,
      channel: has('channel') ? this.air.open() : null,
      network: {
        isOnline: () => this.online,
        onceOnline: (run) => {
          this.whenOnline.add(run);
          return () => this.whenOnline.delete(run);
        },
      },
      ...this.options,
      ...options,
    });
    return { client, session };
  }

  goOnline(): void {
    this.online = true;
    for (const run of [...this.whenOnline]) run();
  }
}

export interface Tab {
  readonly client: PaymentClient;
  readonly session: FakeStorage;
}
