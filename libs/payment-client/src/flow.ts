import type { Call, PaymentClient } from './client.js';
import type { PaymentClientError } from './errors.js';
import type * as wire from './wire.js';

export type PayResult = wire.CreatedPayment | wire.ExistingPayment | wire.CreatedCheckout;

/** What a button shows. It is to be disabled while `phase` is sending, retrying or redirecting. */
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
  /** Leaves for the page where the person pays. Default: `location.assign`. */
  readonly navigate?: (url: string) => void;
}

interface Page {
  location?: { assign(url: string): void };
  addEventListener?(type: string, run: (event: { persisted?: boolean }) => void, options: { once: boolean }): void;
}
const page = globalThis as unknown as Page;

export type PaymentFlow = ReturnType<typeof createPaymentFlow>;

/** The state of one button. Its calls never reject: they resolve with undefined when the state says why. */
export function createPaymentFlow(client: PaymentClient, { navigate }: FlowOptions = {}) {
  const listeners = new Set<(state: FlowState) => void>();
  let state: FlowState = { phase: 'idle' };
  let running: Promise<unknown> | undefined;
  let stop = new AbortController();

  function enter(next: FlowState): void {
    state = next;
    for (const listener of [...listeners]) listener(state);
  }

  /** Any one call of the client. While one runs, that one is what all get. */
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
      // An address that is none of the web's could run as a script.
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
    // Back again by the back button, the page wakes as it was left: with a button that is disabled for ever.
    page.addEventListener?.('pageshow', ({ persisted }) => persisted && enter({ phase: 'idle' }), { once: true });
    if (navigate) navigate(url);
    else page.location?.assign(url);
  }

  return {
    get state() {
      return state;
    },
    /** Calls the listener now and at every change. @returns a function that ends it. */
    subscribe(listener: (state: FlowState) => void): () => void {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    run,
    /** Starts a payment or a checkout, and leaves for its page if it has one and is not paid yet. */
    pay: (input: wire.NewPayment | wire.NewCheckout) =>
      run<PayResult>(
        (call) => ('product_id' in input ? client.createCheckout(input, call) : client.createPayment(input, call)),
        urlOf,
      ),
    /** Stops waiting. What was begun is not undone: the same call goes on with it. */
    cancel: () => stop.abort(),
    /** Back to idle, after done or failed. */
    reset: () => {
      if (!running) enter({ phase: 'idle' });
    },
  };
}

function urlOf(result: PayResult): string | undefined {
  if ('status' in result && result.status !== 'pending') return undefined;
  return 'checkout_url' in result ? result.checkout_url : (result.checkout?.url ?? undefined);
}
