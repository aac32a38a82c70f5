/** Who takes part, as the page draws them from left to right. */
export type Lane = 'client1' | 'client2' | 'api' | 'lock' | 'database' | 'stripe' | 'webhook';
export type ClientLane = 'client1' | 'client2';

/** What was seen to happen; the page has a sentence for each, in both languages. */
export type What =
  | 'sent'
  | 'answered'
  | 'connection_lost'
  | 'working'
  | 'locked'
  | 'unlocked'
  | 'fell_back'
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
  | 'client_cut'
  | 'balancer_again'
  | 'redis_silent'
  | 'redis_back'
  | 'killed';

/** One thing that was seen, told while the attack runs. */
export interface Step {
  readonly type: 'step';
  /** Since the attack began. */
  readonly at_ms: number;
  readonly from: Lane;
  /** Where it went, if it went anywhere. */
  readonly to?: Lane;
  readonly what: What;
  /** The number of the request it belongs to, from 1. */
  readonly request?: number;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export type NewStep = Omit<Step, 'type' | 'at_ms'>;

/** What this attack was to show beside the money, and whether it was seen. */
export interface Proof {
  readonly what: 'one_session' | 'same_session' | 'webhook_first' | 'fell_back' | 'applied_once';
  readonly holds: boolean;
}

/** The money, by two counts that know nothing of each other. */
export interface Count {
  /** What the consultation costs. */
  readonly fee: number;
  readonly currency: string;
  readonly requests: number;
  /** How many answers came by status; `lost` are those that never came. */
  readonly answers: Readonly<Record<string, number>>;
  /** By Stripe's ledger. */
  readonly sessions: number;
  readonly charges: readonly { readonly amount: number; readonly status: string }[];
  /** By our own rows, read through the API. */
  readonly payments: readonly {
    readonly id: number;
    readonly status: string;
    readonly amount: number;
    /** What its charge received; null without a charge. */
    readonly received: number | null;
    readonly invoice: string | null;
  }[];
}

export interface Verdict extends Count {
  readonly type: 'verdict';
  readonly charged_once: boolean;
  readonly proofs: readonly Proof[];
  readonly took_ms: number;
}

export type LabEvent =
  | { readonly type: 'preparing'; readonly servers: number }
  | Step
  | Verdict
  /** It could not be carried through, so nothing is claimed. */
  | { readonly type: 'failed'; readonly code: FailureCode; readonly detail: string };

export type FailureCode = 'no_redis' | 'timed_out' | 'stopped' | 'unexpected';
