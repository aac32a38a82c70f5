/** Enough for two hundred purchases under faults; a simulator that runs for weeks must not grow. */
const MAX_REQUESTS = 5_000;

export interface LoggedRequest {
  readonly id: string;
  readonly at_ms: number;
  readonly method: string;
  readonly path: string;
  readonly idempotency_key: string | null;
  readonly stripe_version: string | null;
  readonly query: unknown;
  readonly params: unknown;
  /** null: no answer yet, or none at all. */
  status: number | null;
  replayed: boolean;
  error_code: string | null;
  /** Faults that were injected. */
  faults: string[];
}

/** All API requests, oldest first. API keys are masked. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  add(request: LoggedRequest): LoggedRequest {
    this.#requests.push(request);
    if (this.#requests.length > MAX_REQUESTS) this.#requests.shift();
    return request;
  }

  all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests = [];
  }
}
