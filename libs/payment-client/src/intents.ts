import type { FailureFacts, PaymentClientError } from './errors.js';
import { type KeyRecord, openKeyStore } from './key-store.js';
import type { Platform } from './platform.js';
import { until } from './until.js';

export interface Intent {
  readonly id: string;
  /**
   * For how long the same wish, after it came true, still means the same. A deliberate repetition, -1, does not even in the
   * millisecond in which it came true.
   */
  readonly lasts_ms: number;
}

/**
 * How long a second tab waits for the first one's answer. Then it asks the server itself, under the same key, which is
 * as safe; so a frozen tab that holds the lease holds up nobody.
 */
export const LEASE_WAIT_MS = 8_000;

/** Where there is no lease or no common storage: how long the tabs have to agree on a key. Nobody notices so little. */
export const AGREEMENT_MS = 60;

/**
 * What tabs tell each other: a key, and ask for earlier ones; the one that they agreed on, and ask no more; or an answer.
 */
interface News {
  readonly id: string;
  readonly record: KeyRecord;
  readonly asks?: boolean;
  readonly answer?: unknown;
}

/** One key for each intent, in all tabs of a browser; and the answer for all that wait for it. */
export function openIntents(platform: Platform) {
  const { clock, channel, locks } = platform;
  const own = openKeyStore(platform.storage, clock);
  const shared = openKeyStore(platform.sharedStorage, clock);
  const listeners = new Set<(news: News) => void>();

  /** What is known of an intent: by this tab, or by another one that got further under the same key. */
  const known = (id: string) => {
    const mine = own.get(id);
    const ours = shared.get(id);
    if (mine?.key === ours?.key) return [ours];
    // Mine may have been refused for good in another tab, which then went on under a later key.
    return ours?.done || (ours?.made as number) > (mine?.made as number) ? [ours, mine] : [mine, ours];
  };

  channel?.addEventListener('message', ({ data }) => {
    const news = data as News;
    const { id, record, asks } = news;
    listeners.forEach((listen) => listen(news));
    // What was sent from here comes first: of a later one, nobody here knows whether it was.
    const mine = own.get(id) ?? shared.get(id);
    if (asks && mine) channel.postMessage({ id, record: mine });
    // Another tab has come to the end of our key, or has one that we had not heard of, and may close before its end.
    if (mine ? record.done && mine.key === record.key : record.done || asks === false) {
      shared.set(id, record);
      own.remove(id);
    }
  });

  /** Works under the lease of all tabs; without it, where it cannot be had, or not in time. */
  async function withLease(id: string, signal: AbortSignal, work: (leased: boolean) => Promise<void>): Promise<void> {
    let leased = false;
    const patience = new AbortController();
    const giveUp = () => patience.abort();
    signal.addEventListener('abort', giveUp);
    const disarm = clock.after(LEASE_WAIT_MS, giveUp);
    try {
      return await locks!.request(id, { signal: patience.signal }, () => work((leased = true)));
    } catch (error) {
      if (leased || signal.aborted) throw error;
    } finally {
      disarm();
    }
    return work(false);
  }

  /**
   * Does an intent under its key. Resolves with another tab's answer, if that comes first.
   * @param send sends it. @throws PaymentClientError as `send` does; CallAbortedError.
   */
  return function carryOut(
    { id, lasts_ms }: Intent,
    signal: AbortSignal,
    send: (record: KeyRecord, signal: AbortSignal) => Promise<unknown>,
  ): Promise<unknown> {
    const since = clock.now();
    const stop = new AbortController();
    let record: KeyRecord | undefined;
    let agreed = false;
    // Whoever asked before the answer was there asked for the same thing.
    const isSame = (it?: KeyRecord) => it && !(it.done! + lasts_ms < since);

    const findKey = async (leased: boolean) => {
      record = known(id).find(isSame);
      // Done while we waited for the lease: the answer is in the air, and quicker than asking for it.
      let pause: unknown = record?.done;
      if (!record) {
        record = { key: platform.uuid(), made: clock.now(), before: known(id).find((it) => it?.done) };
        own.set(id, record);
        // The earliest key wins. What is written last is read by all, where they cannot talk.
        pause = !shared.set(id, record) || !leased;
        if (pause) channel?.postMessage({ id, record, asks: true });
      }
      if (pause) {
        await until<void>(stop.signal, (resolve) => clock.after(AGREEMENT_MS, resolve));
        if (!channel) record = shared.get(id) ?? record;
      }
      agreed = true;
      own.set(id, record);
      // What was written last need not be what was agreed on; and what was refused elsewhere is known no more.
      if (pause || leased) shared.set(id, record);
      if (pause) channel?.postMessage({ id, record, asks: false });
      return record;
    };

    return until<unknown>(signal, (resolve, reject) => {
      const listen = (news: News) => {
        if (news.id !== id) return;
        const { key, made } = news.record;
        if ('answer' in news) {
          // A key that was made meanwhile and never sent must not be the next wish's.
          if (!agreed) {
            shared.set(id, news.record);
            own.remove(id);
          }
          if (!agreed || record!.key === key) resolve(news.answer);
        } else if (!agreed && record && isSame(news.record) && [made, key] < [record.made, record.key]) {
          record = news.record;
        }
      };
      listeners.add(listen);
      withLease(id, stop.signal, async (leased) => {
        const found = await findKey(leased);
        try {
          const answer = await send(found, stop.signal);
          record = { done: clock.now(), ...record!, before: undefined };
          // A reload must find it, too, while it still means the same.
          if (!shared.set(id, record) && lasts_ms) own.set(id, record);
          else own.remove(id);
          // First: a channel that was closed meanwhile throws.
          resolve(answer);
          channel?.postMessage({ id, record, answer });
        } catch (error) {
          if (isFinal(error as PaymentClientError)) {
            own.remove(id);
            // Another tab may be further.
            if (shared.get(id)?.key === found.key) {
              shared.remove(id);
              if (found.before && !shared.set(id, found.before)) own.set(id, found.before);
            }
          }
          throw error;
        }
      }).catch(reject);
      return () => {
        listeners.delete(listen);
        stop.abort();
      };
    });
  };
}

/**
 * Whether a failure means that nothing was made, and would not have been made by an earlier try either: the server
 * answers so only after it has looked at the key. Before the key come login (401), roles (403), rates (429) and unknown
 * routes; those say nothing of an earlier try whose answer was lost.
 */
export function isFinal({ status, code, retryable, request_id }: Partial<FailureFacts>): boolean {
  return (
    !retryable && !!request_id && /^(402|409|422|404 (?!ROUTE)|\d+ (STRIPE|PROVIDER)_REFUSED)/.test(status + ' ' + code)
  );
}
