import { type FaultKind, type Faults, faultsSchema, type Rule } from './rules.js';

export interface Call {
  readonly method: string;
  readonly path: string;
}

export interface Held extends Call {
  readonly id: number;
  readonly when: 'before' | 'after';
  readonly request_id: string;
  readonly idempotency_key: string | null;
  /** The object that the call created, if any. */
  readonly object: string | null;
}

interface Filter {
  readonly path?: string;
  readonly method?: string;
  readonly times?: number;
  readonly probability?: number;
  readonly seed?: number;
}

interface Waiting {
  readonly held: Held;
  readonly go: () => void;
}

/** The injected faults: for which requests, how often, and the requests held at a barrier. */
export class FaultRegistry {
  #faults: Faults = faultsSchema.parse({});
  #given: unknown = {};
  /** By rule: how often it was applied, and its own random sequence. */
  #used = new Map<object, number>();
  #random = new Map<object, () => number>();
  #waiting: Waiting[] = [];
  #next_id = 1;

  /**
   * Replaces all faults; `{}` clears them and releases the requests that are held.
   * @param check throws for valid faults that could never occur.
   * @throws ZodError naming what is invalid; nothing has changed then.
   */
  set(given: unknown, check: (faults: Faults) => void = () => undefined): void {
    const faults = faultsSchema.parse(given);
    check(faults);
    this.release();
    this.#faults = faults;
    this.#given = given;
    this.#used = new Map();
    this.#random = new Map();
  }

  get webhooks(): Faults['webhooks'] {
    return this.#faults.webhooks;
  }

  /** The fault for this attempt to deliver an event of this type; counts it as applied. */
  forWebhook(type: string): Pick<Faults['webhooks'], 'lose' | 'duplicate' | 'delay_ms'> {
    const { webhooks } = this.#faults;
    const concerned = webhooks.types?.some((one) => one === type) ?? true;
    return concerned && this.#strikes(webhooks as Filter, { method: '', path: '' }) ? webhooks : NO_FAULTS;
  }

  shown(): { faults: unknown; held: Held[] } {
    return { faults: this.#given, held: this.#waiting.map(({ held }) => held) };
  }

  /** The rule of this kind that applies to this call, if any; counts it as applied. */
  take<K extends FaultKind>(kind: K, call: Call, suits: (rule: Rule<K>) => boolean = () => true): Rule<K> | undefined {
    const rules = this.#faults[kind] as readonly Rule<K>[];
    return rules.find((rule) => suits(rule) && this.#strikes(rule as Filter, call));
  }

  /** Waits at the barrier, if there is one for this call. */
  async hold(call: Omit<Held, 'id' | 'when'>, when: Held['when']): Promise<void> {
    if (!this.take('hold', call, (rule) => rule.when === when)) return;
    const held = { ...call, id: this.#next_id++, when };
    await new Promise<void>((go) => this.#waiting.push({ held, go }));
  }

  /** @param ids releases these and keeps the barrier; without it, releases all and removes the barrier. */
  release(ids?: readonly number[]): number {
    const goes = this.#waiting.filter(({ held }) => ids?.includes(held.id) ?? true);
    this.#waiting = this.#waiting.filter((waiting) => !goes.includes(waiting));
    if (ids === undefined) {
      this.#faults = { ...this.#faults, hold: [] };
      // Not shown either: a client that writes back what it has read would set it again.
      this.#given = Object.fromEntries(Object.entries(this.#given as object).filter(([kind]) => kind !== 'hold'));
    }
    for (const { go } of goes) go();
    return goes.length;
  }

  #strikes(rule: Filter, { method, path }: Call): boolean {
    if (rule.method !== undefined && rule.method !== method) return false;
    if (rule.path !== undefined && !matches(rule.path, path)) return false;
    const used = this.#used.get(rule) ?? 0;
    if (used >= (rule.times ?? Infinity)) return false;
    if (rule.probability !== undefined && this.#draw(rule, rule.seed ?? 1) >= rule.probability) return false;
    this.#used.set(rule, used + 1);
    return true;
  }

  #draw(rule: object, seed: number): number {
    const random = this.#random.get(rule) ?? seeded(seed);
    this.#random.set(rule, random);
    return random();
  }
}

const NO_FAULTS = { lose: false, duplicate: 1, delay_ms: 0 };

function matches(pattern: string, path: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(path);
}

/** Mulberry32: small, and deterministic on all platforms. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
