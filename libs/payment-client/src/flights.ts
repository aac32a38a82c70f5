import type { Progress } from './ask-until-answered.js';
import { until } from './until.js';

/** A running request, and the calls that wait for it. */
interface Flight {
  readonly answer: Promise<unknown>;
  readonly landing: AbortController;
  readonly listeners: Set<(progress: Progress) => void>;
  last?: Progress;
  riders: number;
}

export interface FlightControls {
  /** Aborts when the last waiting call has been aborted. */
  readonly signal: AbortSignal;
  readonly tell: (progress: Progress) => void;
}

/** One request for all simultaneous calls of one intent: a triple click sends one. */
export function createFlights() {
  const flights = new Map<unknown, Flight>();

  function depart(id: unknown, start: (flight: FlightControls) => Promise<unknown>): Flight {
    const landing = new AbortController();
    const listeners = new Set<(progress: Progress) => void>();
    const tell = (progress: Progress) => {
      flight.last = progress;
      listeners.forEach((listen) => listen(progress));
    };
    // Starts in a later microtask, when `flight` is set.
    const answer = Promise.resolve().then(() => start({ signal: landing.signal, tell }));
    const flight: Flight = { answer, landing, listeners, riders: 0 };
    flights.set(id, flight);
    return flight;
  }

  /** @param start is called for the first of them only. */
  return function share(
    id: unknown,
    { signal, onProgress = () => undefined }: { signal?: AbortSignal; onProgress?: (progress: Progress) => void },
    start: (flight: FlightControls) => Promise<unknown>,
  ): Promise<unknown> {
    return until(signal, (resolve, reject) => {
      const flight = flights.get(id) ?? depart(id, start);
      const listen = (progress: Progress) => onProgress(progress);
      flight.riders++;
      flight.listeners.add(listen);
      if (flight.last) listen(flight.last);
      flight.answer.then(resolve, reject);
      return () => {
        flight.listeners.delete(listen);
        if (--flight.riders) return;
        // The last waiting call ends the request; a later call starts a new one.
        if (flights.get(id) === flight) flights.delete(id);
        flight.landing.abort();
      };
    });
  };
}
