import type { Clock, KeyValueArea } from './platform.js';

/** The key of an intent, as it is stored. */
export interface KeyRecord {
  readonly key: string;
  /** When it was created, and when it became final; milliseconds since 1970. */
  readonly made: number;
  readonly done?: number;
  /** The finished record of the same intent before a deliberate repetition; restored if the repetition is refused. */
  readonly before?: KeyRecord | undefined;
}

/** The server keeps keys for 24 h at least. A key sent later than that would do the work again. */
export const KEY_LIVES_MS = 23 * 3_600_000;

/** A finished key is used by tabs that were waiting, and by a refund clicked twice; this is longer than both. */
const DONE_KEPT_MS = 10 * 60_000;

export const PREFIX = 'payonce:';

/** Keys in a storage that may be missing, full or forbidden: keys that it cannot store are kept in memory. */
export function openKeyStore(storage: KeyValueArea | null, clock: Clock) {
  const memory = new Map<string, string>();
  // A missing storage is handled like any other failure.
  const attempt = <T>(work: (storage: KeyValueArea) => T): T | undefined => {
    try {
      return work(storage!);
    } catch {
      return undefined;
    }
  };

  const get = (id: string): KeyRecord | undefined => {
    const text = attempt((it) => it.getItem(id)) ?? memory.get(id);
    const record = attempt(() => JSON.parse(text!) as KeyRecord);
    const now = clock.now();
    return record?.key && now - record.made < KEY_LIVES_MS && !(now - record.done! > DONE_KEPT_MS) ? record : undefined;
  };

  attempt((it) => {
    for (let i = it.length; i--;) {
      const id = it.key(i)!;
      if (id.startsWith(PREFIX) && !get(id)) it.removeItem(id);
    }
  });

  return {
    /** Undefined also when the key has expired. */
    get,
    /** @returns whether the storage has it, for other tabs that read it */
    set(id: string, record: KeyRecord): boolean {
      const text = JSON.stringify(record);
      memory.set(id, text);
      return (
        attempt((it) => (it.setItem(id, text), true)) ??
        // An older stored record must not take precedence over the one in memory.
        !!attempt((it) => it.removeItem(id))
      );
    },
    remove(id: string): void {
      memory.delete(id);
      attempt((it) => it.removeItem(id));
    },
  };
}
