import type { FailureFacts, PaymentClientError } from './errors.js';
import { type KeyRecord, openKeyStore } from './key-store.js';
import type { Platform } from './platform.js';
import { until } from './until.js';

export interface Intent {
  readonly id: string;
  /**
   * For how long a repeated call counts as the same intent after its answer. -1, for a deliberate repetition: never,
   * not even within the same millisecond.
   */
  readonly lasts_ms: number;
}

/**
 * How long a second tab waits for the first one's answer. Then it sends the request itself, under the same key, which
 * is as safe; so a frozen tab that holds the lease blocks no other tab.
 */
export const LEASE_WAIT_MS = 8_000;

/** Without a lease or a shared storage: how long the tabs have to agree on a key. Too short to notice. */
export const AGREEMENT_MS = 60;

/** Messages between tabs: a key, with a request for earlier ones; the agreed key, without a request; or an answer. */
interface TabMessage {
  readonly id: string;
  readonly record: KeyRecord;
  readonly asks?: boolean;
  readonly answer?: unknown;
}

/** One key for each intent, in all tabs of a browser; and one answer for all calls that wait for it. */
export function openIntents(platform: Platform) {
  const { clock, channel, locks } = platform;
  const own = openKeyStore(platform.storage, clock);
  const shared = openKeyStore(platform.sharedStorage, clock);
  const listeners = new Set<(message: TabMessage) => void>();

  /** What is known of an intent: from this tab, or from another one that is further under the same key. */
  const known = (id: string) => {
    const mine = own.get(id);
    const ours = shared.get(id);
    if (mine?.key === ours?.key) return [ours];
    // Another tab may have received a final refusal for this tab's key, and continued under a later key.
    return ours?.done || (ours?.made as number) > (mine?.made as number) ? [ours, mine] : [mine, ours];
  };

  channel?.addEventListener('message', ({ data }) => {
    const message = data as TabMessage;
    const { id, record, asks } = message;
    listeners.forEach((listen) => listen(message));
    // A key that this tab has sent comes first: whether a later key was sent is unknown here.
    const mine = own.get(id) ?? shared.get(id);
    if (asks && mine) channel.postMessage({ id, record: mine });
    // Another tab has finished our key, or has a key that is new to this tab, and may close before its end.
    if (mine ? record.done && mine.key === record.key : record.done || asks === false) {
      shared.set(id, record);
      own.remove(id);
    }
  });

  /** Runs under the lease of all tabs; without it, where there is none, or it is not granted in time. */
  async function withLease(id: string, signal: AbortSignal, work: (leased: boolean) => Promise<void>): Promise<void> {
    let leased = false;
    const timeout = new AbortController();
    const giveUp = () => timeout.abort();
    signal.addEventListener('abort', giveUp);
    const disarm = clock.after(LEASE_WAIT_MS, giveUp);
    try {
      return await locks!.request(id, { signal: timeout.signal }, () => work((leased = true)));
    } catch (error) {
      if (leased || signal.aborted) throw error;
    } finally {
      disarm();
    }
    return work(false);
  }

  /**
   * Sends an intent under its key. Resolves with another tab's answer, if that comes first.
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
    // A call from before the answer belongs to the same intent.
    const isSame = (it?: KeyRecord) => it && !(it.done! + lasts_ms < since);

    const findKey = async (leased: boolean) => {
      record = known(id).find(isSame);
      // Finished while this tab waited for the lease: the answer arrives by message sooner than by a request.
      let pause: unknown = record?.done;
      if (!record) {
        record = { key: platform.uuid(), made: clock.now(), before: known(id).find((it) => it?.done) };
        own.set(id, record);
        // The earliest key wins. Where tabs cannot exchange messages, all read the key that was stored last.
        pause = !shared.set(id, record) || !leased;
        if (pause) channel?.postMessage({ id, record, asks: true });
      }
      if (pause) {
        await until<void>(stop.signal, (resolve) => clock.after(AGREEMENT_MS, resolve));
        if (!channel) record = shared.get(id) ?? record;
      }
      agreed = true;
      own.set(id, record);
      // The key stored last need not be the agreed one; and a key that was refused in another tab is no longer stored.
      if (pause || leased) shared.set(id, record);
      if (pause) channel?.postMessage({ id, record, asks: false });
      return record;
    };

    return until<unknown>(signal, (resolve, reject) => {
      const listen = (message: TabMessage) => {
        if (message.id !== id) return;
        const { key, made } = message.record;
        if ('answer' in message) {
          // A key that was made meanwhile and never sent must not be used for the next intent.
          if (!agreed) {
            shared.set(id, message.record);
            own.remove(id);
          }
          if (!agreed || record!.key === key) resolve(message.answer);
        } else if (!agreed && record && isSame(message.record) && [made, key] < [record.made, record.key]) {
          record = message.record;
        }
      };
      listeners.add(listen);
      withLease(id, stop.signal, async (leased) => {
        const found = await findKey(leased);
        try {
          const answer = await send(found, stop.signal);
          record = { done: clock.now(), ...record!, before: undefined };
          // A reload must find it too, while a repetition still counts as the same intent.
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
 * Whether a failure proves that neither this try nor an earlier one has created anything: the server answers so only
 * after it has checked the key. Login (401), roles (403), rate limits (429) and unknown routes are checked before the
 * key; they say nothing of an earlier try whose answer was lost.
 */
export function isFinal({ status, code, retryable, request_id }: Partial<FailureFacts>): boolean {
  return !retryable && !!request_id && /^(402|409|422|404 (?!ROUTE)|\d+ \w+_REFUSED)/.test(status + ' ' + code);
}
