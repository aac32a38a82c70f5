import type { EventType } from '../events/event-types.js';
import type { Stripe } from 'stripe';

/** What Stripe stores for a session and does not show. */
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
  /** Hash of the parameters, independent of their order. */
  readonly fingerprint: string;
  readonly created_ms: number;
  readonly request_id: string;
  readonly status: number;
  readonly body: string;
  /** The `Stripe-Should-Retry` header of the first answer. */
  readonly should_retry: string | null;
}

export interface Attempt {
  readonly at_ms: number;
  /** null: there was no answer. */
  readonly status: number | null;
  readonly error: string | null;
  /** How many copies were sent at once. */
  readonly copies: number;
}

/** The delivery of one event to one endpoint. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly type: EventType;
  /** The endpoint's index in the list, so that pending deliveries follow when its URL changes. */
  readonly endpoint: number;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly created_ms: number;
  /** By the simulated clock; null when there are no more attempts. */
  readonly next_attempt_ms: number | null;
  readonly attempts: readonly Attempt[];
}

/** The amount that a balance transaction of a dispute moved, in the charge's currency: a settled amount is rounded. */
export interface DisputeMove {
  /** The balance transaction's id. */
  readonly id: string;
  readonly amount: number;
}

/** Settings of the control API. */
export interface Setting {
  readonly id: 'clock' | 'endpoints' | 'account';
  readonly offset_ms?: number;
  /** The value of `offset_ms` when the simulator started without data. */
  readonly started_at_ms?: number;
  readonly urls?: readonly string[];
  readonly enabled_events?: readonly string[];
  /** Every API call gets this answer, whatever its key. */
  readonly api_key?: ApiKeyState;
  /** Whether events are delivered. */
  readonly webhooks?: boolean;
}

export const API_KEY_STATES = ['valid', 'expired', 'invalid'] as const;
export type ApiKeyState = (typeof API_KEY_STATES)[number];
