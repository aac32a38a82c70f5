/** The participants, in the order of the page's lanes. */
export type Lane = 'client1' | 'client2' | 'api' | 'lock' | 'database' | 'stripe' | 'webhook';
export type ClientLane = 'client1' | 'client2';

/** An observed step; the page has a text for each, in both languages. */
export type What =
  | 'sent'
  | 'answered'
  | 'connection_lost'
  | 'working'
  | 'nothing_found'
  | 'waited'
  | 'locked'
  | 'unlocked'
  | 'fell_back'
  | 'lock_skipped'
  | 'row_made'
  | 'row_found'
  | 'stripe_asked'
  | 'stripe_answers'
  | 'paid'
  | 'webhook_arrived'
  | 'webhook_answered'
  | 'webhook_resent'
  | 'confirmed_by_client'
  | 'completed'
  | 'booked'
  | 'no_such_payment'
  | 'client_cut'
  | 'balancer_again'
  | 'redis_silent'
  | 'redis_back'
  | 'killed';

/** One observed step, sent while the attack runs. */
export interface Step {
  readonly type: 'step';
  /** Milliseconds since the attack began. */
  readonly at_ms: number;
  readonly from: Lane;
  /** The receiving lane, if there is one. */
  readonly to?: Lane;
  readonly what: What;
  /** The number of the request it belongs to, from 1. */
  readonly request?: number;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export type NewStep = Omit<Step, 'type' | 'at_ms'>;

/** What the attack has to show apart from the money, and whether it was observed. */
export interface Proof {
  readonly what: 'one_session' | 'same_session' | 'webhook_first' | 'fell_back' | 'applied_once';
  readonly holds: boolean;
}

/**
 * What kept an attack from doing harm, as it was observed in this run. Several may stand in a row; each is named for
 * the requests that it stopped.
 */
export interface Guard {
  readonly name: GuardName;
  /** The requests that met it; empty for a webhook. */
  readonly requests: readonly number[];
  readonly facts?: Readonly<Record<string, string | number>>;
}

export type GuardName =
  | 'claim'
  | 'replay'
  | 'takeover'
  | 'lock'
  | 'lock_fallback'
  | 'look_under_row_lock'
  | 'unique_index'
  | 'stripe_key'
  | 'stored_first'
  | 'payment_lock'
  | 'inbox';

/**
 * What an attack has done: more than one charge; money booked more often than it was charged; money charged that no
 * payment has.
 */
export type Harm = 'charged_again' | 'booked_again' | 'not_recorded';

/** Two independent counts of the money. */
export interface Count {
  /** The consultation's fee. */
  readonly fee: number;
  readonly currency: string;
  readonly requests: number;
  /** Number of answers by status; `lost` counts requests without an answer. */
  readonly answers: Readonly<Record<string, number>>;
  /** From Stripe's ledger. */
  readonly sessions: number;
  /** How many of these sessions the patient got the address of. */
  readonly shown: number;
  readonly charges: readonly { readonly amount: number; readonly status: string }[];
  /** From the database, read through the API. */
  readonly payments: readonly {
    readonly id: number;
    readonly status: string;
    readonly amount: number;
    /** The money booked for it; null without any. */
    readonly received: number | null;
    readonly invoice: string | null;
  }[];
}

export interface Verdict extends Count {
  readonly type: 'verdict';
  readonly charged_once: boolean;
  /** Undefined: none. */
  readonly harm?: Harm | undefined;
  /** Empty without guards. */
  readonly guards: readonly Guard[];
  readonly proofs: readonly Proof[];
  readonly took_ms: number;
}

/** Each attack runs twice: against a program without guards, then against this installation. */
export type Half = 'unguarded' | 'guarded';

export type HalfEvent =
  | { readonly type: 'preparing'; readonly servers: number }
  | Step
  | Verdict
  /** The run could not be completed, so there is no verdict. */
  | { readonly type: 'failed'; readonly code: FailureCode; readonly detail: string };

export type LabEvent = HalfEvent & { readonly half: Half };

export type FailureCode = 'no_redis' | 'no_schema' | 'timed_out' | 'stopped' | 'unexpected';
