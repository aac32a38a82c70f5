import { CallAbortedError } from './errors.js';

/**
 * A promise that ends at once when the signal aborts, whatever `start` waits for, and leaves no listener behind.
 * @param start may return what undoes it. @throws CallAbortedError
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
