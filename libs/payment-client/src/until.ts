import { CallAbortedError } from './errors.js';

/**
 * A promise that rejects at once when the signal aborts, whatever `start` waits for, and removes its listener.
 * @param start may return a function that undoes it. @throws CallAbortedError
 */
export function until<T>(
  signal: AbortSignal | undefined,
  start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => (() => void) | void,
): Promise<T> {
  let tidy: (() => void) | void;
  let stop: () => void;
  return new Promise<T>((resolve, reject) => {
    stop = () => reject(new CallAbortedError('ABORTED', { code: 'ABORTED', status: 0, retryable: true }));
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    else tidy = start(resolve, reject);
  }).finally(() => {
    signal?.removeEventListener('abort', stop);
    tidy?.();
  });
}
