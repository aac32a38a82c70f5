import type { EventType } from '../events/event-types.js';
import type { Stripe } from 'stripe';

/** What Stripe keeps of a session and does not show in it. */
export interface SessionDetails {
  readonly id: string;
  readonly line_items: Stripe.LineItem[];
  readonly payment_intent: {
    readonly capture_method: 'automatic' | 'automatic_async';
    readonly description: string | null;
    readonly metadata: Record<string, string>;
    readonly receipt_email: string | null;
    readonly statement_descriptor: string | null;
    readonly statement_descriptor_suffix: string | null;
  };
}

/** The first answer to an idempotency key. https://docs.stripe.com/api/idempotent_requests */
export interface KeptAnswer {
  /** The key. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Of the parameters as they came in, whatever their order. */
  readonly fingerprint: string;
  readonly created_ms: number;
  readonly request_id: string;
  readonly status: number;
  readonly body: string;
  /** What the first answer said of trying again. */
  readonly should_retry: string | null;
}

export interface Attempt {
  readonly at_ms: number;
  /** null: no answer came. */
  readonly status: number | null;
  readonly error: string | null;
  /** How many copies went out at once. */
  readonly copies: number;
}

/** One event on its way to one endpoint. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly type: EventType;
  /** By its place in the list, so that it may move to another address and keep what is still to be delivered. */
  readonly endpoint: number;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly created_ms: number;
  /** By the simulated clock; null when nothing more is tried. */
  readonly next_attempt_ms: number | null;
  readonly attempts: readonly Attempt[];
}

/** What a balance transaction of a dispute moved, in the charge's currency: a settled amount is rounded. */
export interface DisputeMove {
  /** The balance transaction's. */
  readonly id: string;
  readonly amount: number;
}

/** What somebody has set, by the control API. */
export interface Setting {
  readonly id: 'clock' | 'endpoints' | 'account';
  readonly offset_ms?: number;
  /** What `offset_ms` was when the simulator started with nothing in it. */
  readonly started_at_ms?: number;
  readonly urls?: readonly string[];
  readonly enabled_events?: readonly string[];
  /** What every call of the API is answered, whatever its key. */
  readonly api_key?: ApiKeyState;
  /** Whether events are delivered. */
  readonly webhooks?: boolean;
}

export const API_KEY_STATES = ['valid', 'expired', 'invalid'] as const;
export type ApiKeyState = (typeof API_KEY_STATES)[number];
