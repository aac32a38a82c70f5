import type { Schemas } from '#payment-client';

/** The race lab's events, one per line. */
export const LANES = ['client1', 'client2', 'api', 'lock', 'database', 'stripe', 'webhook'] as const;
export type Lane = (typeof LANES)[number];

export interface Step {
  readonly type: 'step';
  readonly at_ms: number;
  readonly from: Lane;
  readonly to?: Lane;
  readonly what: string;
  readonly request?: number;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** Each attack runs twice: against a program without guards, then against this installation. */
export type Half = 'unguarded' | 'guarded';

/** What kept the attack from doing harm. */
export interface Guard {
  readonly name: string;
  readonly requests: readonly number[];
  readonly facts?: Readonly<Record<string, string | number>>;
}

export interface Verdict {
  readonly type: 'verdict';
  readonly charged_once: boolean;
  readonly harm?: 'charged_again' | 'booked_again' | 'not_recorded';
  readonly guards: readonly Guard[];
  readonly fee: number;
  readonly currency: string;
  readonly requests: number;
  readonly answers: Readonly<Record<string, number>>;
  readonly sessions: number;
  readonly shown: number;
  readonly charges: readonly { readonly amount: number; readonly status: string }[];
  readonly payments: readonly {
    readonly id: number;
    readonly status: string;
    readonly amount: number;
    readonly received: number | null;
    readonly invoice: string | null;
  }[];
  readonly proofs: readonly { readonly what: string; readonly holds: boolean }[];
  readonly took_ms: number;
}

export interface Failed {
  readonly type: 'failed';
  readonly code: string;
  readonly detail: string;
}

export type LabEvent = { readonly half: Half } & (
  { readonly type: 'preparing'; readonly servers: number } | Step | Verdict | Failed
);

/** A step of a payment's timeline. */
export type TimelineEntry = Schemas['TimelineEntry'];

export const ATTACKS = [
  'rapid_clicks',
  'lost_answer',
  'two_devices',
  'impatient_balancer',
  'webhook_first',
  'duplicate_webhooks',
  'redis_down',
  'server_killed',
] as const;
export type Attack = (typeof ATTACKS)[number];

/** A row of the chart, from the lab or from the timeline. */
export interface Row {
  readonly key: string | number;
  readonly at_ms: number;
  readonly from: Lane;
  readonly to?: Lane | undefined;
  readonly request?: number | undefined;
  /** The lane that the text is about. */
  readonly who: Lane;
  readonly text: string;
  /** The name to search for in a log. */
  readonly code?: string;
  readonly tone: 'note' | 'good' | 'wait' | 'bad' | 'quiet';
}
