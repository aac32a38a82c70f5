/** The time by two clocks: the wall clock, which may be wrong or jump, and a monotonic one. */
export interface MachineClock {
  /** Milliseconds since 1970, by the machine's wall clock. */
  readonly now_ms: () => number;
  /** Milliseconds since an arbitrary moment; never set back or forward. */
  readonly monotonic_ms: () => number;
}

const MACHINE: MachineClock = { now_ms: () => Date.now(), monotonic_ms: () => performance.now() };

/** A clock's time, read at a moment of the monotonic clock. */
interface Reading {
  readonly time_ms: number;
  readonly at_ms: number;
}

/** The `Date` header has whole seconds: on average the answer was sent half a second later. */
const HALF_A_SECOND_MS = 500;

/**
 * A reading may be off by half of the round trip. A reading with a longer round trip than this does not replace an
 * existing one.
 */
const MAX_ROUND_TRIP_MS = 5_000;

/**
 * Stripe's clock, read from the `Date` header of each of its answers
 * (https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1). Times in calls to Stripe are by its clock: the machine's
 * may be days off. Between two answers the monotonic clock counts on, so setting the machine's clock changes nothing.
 */
export class StripeClock {
  private stripe: Reading | undefined;
  private database: Reading | undefined;

  constructor(private readonly machine: MachineClock = MACHINE) {}

  /**
   * Milliseconds since 1970 by Stripe's clock. Before Stripe has answered: by Postgres' clock, or else the machine's.
   */
  now_ms(): number {
    return this.stripe_ms() ?? this.database_ms() ?? this.machine.now_ms();
  }

  /** Whole seconds, Stripe's format for times. */
  now_seconds(): number {
    return Math.floor(this.now_ms() / 1_000);
  }

  /** Undefined until Stripe has answered. */
  stripe_ms(): number | undefined {
    return this.counted(this.stripe);
  }

  /** Time since Stripe's clock was read; undefined: never. */
  age_ms(): number | undefined {
    return this.stripe && this.machine.monotonic_ms() - this.stripe.at_ms;
  }

  /** How far the machine's clock is ahead of Stripe's and of Postgres'; negative: behind. Undefined: not known. */
  machineAhead_ms(): { stripe: number | undefined; postgres: number | undefined } {
    const now = this.machine.now_ms();
    const ahead = (of: number | undefined) => (of === undefined ? undefined : Math.round(now - of));
    return { stripe: ahead(this.stripe_ms()), postgres: ahead(this.database_ms()) };
  }

  /** How far Stripe's clock is ahead of Postgres'; 0 while either is not known. */
  aheadOfDatabase_ms(): number {
    const [stripe, database] = [this.stripe_ms(), this.database_ms()];
    return stripe === undefined || database === undefined ? 0 : stripe - database;
  }

  /** @param since_ms when the request was sent, by the monotonic clock */
  observe(date: string | null, since_ms: number): void {
    const time_ms = Date.parse(date ?? '');
    const until_ms = this.machine.monotonic_ms();
    if (Number.isNaN(time_ms) || (this.stripe && until_ms - since_ms > MAX_ROUND_TRIP_MS)) return;
    this.stripe = { time_ms: time_ms + HALF_A_SECOND_MS, at_ms: (since_ms + until_ms) / 2 };
  }

  /** @param time_ms the result of `clock_timestamp()` @param since_ms when it was queried, by the monotonic clock */
  observeDatabase(time_ms: number, since_ms: number): void {
    this.database = { time_ms, at_ms: (since_ms + this.machine.monotonic_ms()) / 2 };
  }

  monotonic_ms(): number {
    return this.machine.monotonic_ms();
  }

  private database_ms(): number | undefined {
    return this.counted(this.database);
  }

  private counted(reading: Reading | undefined): number | undefined {
    return reading && reading.time_ms + this.machine.monotonic_ms() - reading.at_ms;
  }
}

/**
 * `fetch` that reads Stripe's clock from each answer, errors included. Only Stripe's own answers carry a `Request-Id`
 * (https://docs.stripe.com/api/request_ids); the clock of a proxy in between is ignored.
 */
export function fetchReadingTheClock(clock: StripeClock): typeof fetch {
  return async (input, init) => {
    const since_ms = clock.monotonic_ms();
    const response = await fetch(input, init);
    if (response.headers.has('request-id')) clock.observe(response.headers.get('date'), since_ms);
    return response;
  };
}
