import type { Call, PaymentClient } from './client.js';
import type { PaymentClientError } from './errors.js';
import type { Clock } from './platform.js';
import type * as wire from './wire.js';

export type PayResult = wire.CreatedPayment | wire.ExistingPayment | wire.CreatedCheckout;

/** The state that a button shows. Disable the button while `phase` is sending, retrying or redirecting. */
export interface FlowState<T = unknown> {
  readonly phase: 'idle' | 'sending' | 'retrying' | 'redirecting' | 'done' | 'failed';
  readonly attempt?: number;
  readonly retry_in_ms?: number | undefined;
  /** When redirecting or done. */
  readonly result?: T;
  /** When failed. */
  readonly error?: PaymentClientError;
}

export interface FlowOptions {
  /** Goes to the page where the person pays. Default: `location.assign`. */
  readonly navigate?: (url: string) => void;
  /** Runs once after `ms`. @returns a function that prevents it. Default: by `setTimeout`. */
  readonly after?: Clock['after'];
}

/** If the page is still open after this time, the person stopped the navigation, or something blocked it. */
const LEAVING_MS = 15_000;

type Woken = (event: { persisted?: boolean }) => void;
interface Page {
  location?: { assign(url: string): void };
  addEventListener?(type: string, run: Woken): void;
  removeEventListener?(type: string, run: Woken): void;
}
const page = globalThis as unknown as Page;

export type PaymentFlow = ReturnType<typeof createPaymentFlow>;

/** The state of one button. Its calls never reject: they resolve with undefined when the state has the reason. */
export function createPaymentFlow(client: PaymentClient, { navigate, after = later }: FlowOptions = {}) {
  const listeners = new Set<(state: FlowState) => void>();
  let state: FlowState = { phase: 'idle' };
  let running: Promise<unknown> | undefined;
  let stop = new AbortController();
  let disarm = () => {};

  function enter(next: FlowState): void {
    state = next;
    disarm();
    for (const listener of [...listeners]) listener(state);
  }

  /** Runs any one call of the client. While one runs, further calls get its result. */
  function run<T>(work: (call: Call) => Promise<T>, urlOf?: (result: T) => string | undefined): Promise<T | undefined> {
    running ??= attempt(work, urlOf).finally(() => (running = undefined));
    return running as Promise<T | undefined>;
  }

  async function attempt<T>(work: (call: Call) => Promise<T>, urlOf?: (result: T) => string | undefined) {
    stop = new AbortController();
    enter({ phase: 'sending', attempt: 1 });
    try {
      const result = await work({ signal: stop.signal, onProgress: enter });
      const url = urlOf?.(result);
      // A URL of another scheme could run as a script.
      if (url && /^https?:/i.test(url)) leave(url, result);
      else enter({ phase: 'done', result });
      return result;
    } catch (cause) {
      const error = cause as PaymentClientError;
      enter(error.code === 'ABORTED' ? { phase: 'idle' } : { phase: 'failed', error });
      return undefined;
    }
  }

  function leave(url: string, result: unknown): void {
    enter({ phase: 'redirecting', result });
    disarm = after(LEAVING_MS, stay);
    if (navigate) navigate(url);
    else page.location?.assign(url);
  }

  const stay = () => state.phase === 'redirecting' && enter({ phase: 'idle' });
  // The back button restores the page in its last state, which would leave the button disabled.
  const wake: Woken = ({ persisted }) => persisted && stay();
  page.addEventListener?.('pageshow', wake);

  return {
    get state() {
      return state;
    },
    /** Calls the listener now and at every change. @returns a function that removes it. */
    subscribe(listener: (state: FlowState) => void): () => void {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    run,
    /** Starts a payment or a checkout, and goes to its page if it has one and is not paid yet. */
    pay: (input: wire.NewPayment | wire.NewCheckout) =>
      run<PayResult>(
        (call) => ('product_id' in input ? client.createCheckout(input, call) : client.createPayment(input, call)),
        urlOf,
      ),
    /** Stops waiting. The request is not undone: the same call resumes it. */
    cancel: () => stop.abort(),
    /** For a button that was removed: stops waiting, and removes all listeners. */
    dispose: () => {
      stop.abort();
      disarm();
      page.removeEventListener?.('pageshow', wake);
    },
    /** Back to idle, after done or failed. */
    reset: () => {
      if (!running) enter({ phase: 'idle' });
    },
  };
}

const later: Clock['after'] = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

function urlOf(result: PayResult): string | undefined {
  if ('status' in result && result.status !== 'pending') return undefined;
  return ('checkout_url' in result ? result.checkout_url : result.checkout?.url) ?? undefined;
}
