import { ownFailure, type PaymentClientError } from './errors.js';
import { exchange, type Request } from './exchange.js';
import type { Platform } from './platform.js';
import { until } from './until.js';

/** Before the first, second and third retry. */
export const PAUSES_MS = [1_000, 2_000, 4_000];

/** A server extends a running request for at most 60 s; these many pauses of 1, 2, 4, 4 … s outlast that. */
const MAX_ATTEMPTS = 18;

/**
 * No person waits longer than this at a button. If the server asks for more, the call fails, and its error has the
 * time.
 */
const MAX_RETRY_AFTER_MS = 30_000;

/** Long enough for a train in a tunnel; after that the person should see that they are offline. */
const MAX_OFFLINE_MS = 60_000;
/** After this many interruptions an unstable connection counts as an ordinary failure. */
const MAX_CONNECTION_LOSSES = 5;

/** What a call is doing, for a button to show. */
export interface Progress {
  readonly phase: 'sending' | 'retrying';
  /** 1 for the first. */
  readonly attempt: number;
  /** While retrying: when the next attempt begins. Undefined: as soon as there is a connection. */
  readonly retry_in_ms?: number | undefined;
}

/**
 * Sends the request, and retries where that may help: three retries, and as many as needed for a request that is
 * still running.
 * @param prepare builds the request of each try anew, and throws if it must not be sent any more.
 */
export async function sendWithRetries(
  platform: Platform,
  prepare: () => Request,
  { signal, tell }: { signal: AbortSignal; tell: (progress: Progress) => void },
): Promise<unknown> {
  let retries = 0;
  let asks = 0;
  let connectionLosses = 0;
  for (let attempt = 1; ; attempt++) {
    const request = prepare();
    tell({ phase: 'sending', attempt });
    try {
      return await exchange(platform, request, signal);
    } catch (error) {
      const { code, retryable, retry_after_ms = 0 } = error as PaymentClientError;
      if (!retryable || signal.aborted || retry_after_ms > MAX_RETRY_AFTER_MS) throw error;
      // The first try is sent even when offline: a server on the same machine needs no network.
      if (code === 'NETWORK_FAILED' && !platform.network.isOnline() && connectionLosses++ < MAX_CONNECTION_LOSSES) {
        tell({ phase: 'retrying', attempt });
        await connection(platform, request, signal);
        continue;
      }
      const inProgress = code === 'PAYMENT_IN_PROGRESS';
      const before = inProgress ? asks++ : retries++;
      if (before >= (inProgress ? MAX_ATTEMPTS : PAUSES_MS.length)) throw error;
      // A quarter more or less, so that clients that failed together do not retry together.
      const pause = (PAUSES_MS[before] ?? 4_000) * (0.75 + platform.random() / 2);
      // Never earlier than the server asks for.
      const wait = Math.round(Math.max(pause, retry_after_ms));
      tell({ phase: 'retrying', attempt, retry_in_ms: wait });
      await until<void>(signal, (resolve) => platform.clock.after(wait, resolve));
    }
  }
}

/**
 * Waits for a connection, so that being offline costs no retries. @throws PaymentClientError OFFLINE, after a minute.
 */
function connection({ network, clock }: Platform, request: Request, signal: AbortSignal): Promise<void> {
  return until<void>(signal, (resolve, reject) => {
    const stop = network.onceOnline(resolve);
    const disarm = clock.after(MAX_OFFLINE_MS, () => reject(ownFailure(request, 'OFFLINE')));
    return () => {
      stop();
      disarm();
    };
  });
}
