import type { Progress } from './send-with-retries.js';
import { until } from './until.js';

/** A running request, and the calls that wait for it. */
interface SharedRequest {
  readonly answer: Promise<unknown>;
  readonly controller: AbortController;
  readonly listeners: Set<(progress: Progress) => void>;
  last?: Progress;
  callers: number;
}

export interface RequestControls {
  /** Aborts when the last waiting call has been aborted. */
  readonly signal: AbortSignal;
  readonly tell: (progress: Progress) => void;
}

/** One request for all simultaneous calls of one intent: a triple click sends one. */
export function createSharedRequests() {
  const requests = new Map<unknown, SharedRequest>();

  function begin(id: unknown, start: (request: RequestControls) => Promise<unknown>): SharedRequest {
    const controller = new AbortController();
    const listeners = new Set<(progress: Progress) => void>();
    const tell = (progress: Progress) => {
      request.last = progress;
      listeners.forEach((listen) => listen(progress));
    };
    // Starts in a later microtask, when `request` is set.
    const answer = Promise.resolve().then(() => start({ signal: controller.signal, tell }));
    const request: SharedRequest = { answer, controller, listeners, callers: 0 };
    requests.set(id, request);
    return request;
  }

  /** @param start is called for the first of them only. */
  return function share(
    id: unknown,
    { signal, onProgress = () => undefined }: { signal?: AbortSignal; onProgress?: (progress: Progress) => void },
    start: (request: RequestControls) => Promise<unknown>,
  ): Promise<unknown> {
    return until(signal, (resolve, reject) => {
      const request = requests.get(id) ?? begin(id, start);
      const listen = (progress: Progress) => onProgress(progress);
      request.callers++;
      request.listeners.add(listen);
      if (request.last) listen(request.last);
      request.answer.then(resolve, reject);
      return () => {
        request.listeners.delete(listen);
        if (--request.callers) return;
        // The last waiting call ends the request; a later call starts a new one.
        if (requests.get(id) === request) requests.delete(id);
        request.controller.abort();
      };
    });
  };
}
