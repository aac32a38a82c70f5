import type { Clock } from '../state/clock.js';
import type { KeptAnswer } from '../state/rows.js';
import type { Store } from '../state/store.js';
import { StripeError } from './stripe-error.js';

/** https://docs.stripe.com/api/idempotent_requests: keys can be removed after they are at least 24 hours old. */
const KEPT_MS = 24 * 3_600_000;

/** https://docs.stripe.com/api/idempotent_requests */
const MAX_KEY_LENGTH = 255;

export interface Keyed {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly fingerprint: string;
}

/** The first status and body of each key, and the keys in progress. There is one account, and so one set of keys. */
export class IdempotencyKeys {
  readonly #store: Store;
  readonly #clock: Clock;
  #running = new Set<string>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * @returns the answer to replay; undefined for a key that is free.
   * @throws StripeError: the key is being worked on, or was used for something else.
   */
  look({ key, method, path, fingerprint }: Keyed): KeptAnswer | undefined {
    if (key.length > MAX_KEY_LENGTH) {
      throw new StripeError(400, `Idempotency keys can be at most ${MAX_KEY_LENGTH} characters long.`);
    }
    if (this.#running.has(key)) {
      throw new StripeError(
        409,
        `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
        { type: 'idempotency_error', code: 'idempotency_key_in_use' },
      );
    }
    const kept = this.#store.kept_answers.get(key);
    if (!kept) return undefined;
    if (kept.created_ms + KEPT_MS <= this.#clock.now_ms()) {
      this.#store.kept_answers.forget(key);
      return undefined;
    }
    if (kept.method !== method || kept.path !== path) throw misused('for the same endpoint they were', kept, path);
    if (kept.fingerprint !== fingerprint) throw misused('with the same parameters they were', kept);
    return kept;
  }

  /** @returns a function to call when the work is done. */
  begin(key: string): () => void {
    const running = this.#running;
    running.add(key);
    return () => running.delete(key);
  }

  /** Requests in progress belong to the state before the reset. */
  reset(): void {
    this.#running = new Set();
  }

  /** To be committed together with the effects of the request. */
  keep({ key, ...request }: Keyed, answer: Pick<KeptAnswer, 'request_id' | 'status' | 'body' | 'should_retry'>): void {
    this.#store.kept_answers.put({ id: key, ...request, ...answer, created_ms: this.#clock.now_ms() });
  }
}

/** https://docs.stripe.com/error-handling#idempotency-error */
function misused(how: string, kept: KeptAnswer, path?: string): StripeError {
  const versus = path === undefined ? '' : ` ('${kept.path}' vs '${path}')`;
  return new StripeError(
    400,
    `Keys for idempotent requests can only be used ${how} first used with${versus}. Try using a key other than '${kept.id}' if you meant to execute a different request.`,
    { type: 'idempotency_error' },
  );
}
