import type { Guard, NewStep } from './lab-events.js';

export interface TimelineEntry {
  readonly action: string;
  readonly request_id: string | null;
}

/** What a run has left behind: answers, log lines, the audit log, Stripe's log, and the inbox. */
export interface Evidence {
  readonly replies: readonly {
    readonly request: number;
    readonly status: number;
    readonly replayed: boolean;
    readonly body: { readonly code?: string };
  }[];
  readonly steps: readonly NewStep[];
  readonly timeline: readonly TimelineEntry[];
  readonly numberOf: (request_id: string) => number | undefined;
  /** Requests for a session that Stripe answered with the one it had made for the same key. */
  readonly stripeReplays: number;
  /** Copies of the payment's events that were delivered, and rows of the inbox for them. */
  readonly webhooks: { readonly delivered: number; readonly rows: number };
}

/** The guards that were met, from the request inwards. Nothing here is known beforehand: without evidence, no guard. */
export function guardsOf(evidence: Evidence): Guard[] {
  return [claim, replay, takeover, lock, lockFallback, duplicate, stripeKey, webhookFirst, inbox].flatMap((rule) =>
    rule(evidence),
  );
}

type Rule = (evidence: Evidence) => Guard[];

/** The key is being worked on: nobody else may. */
const claim: Rule = ({ replies }) => forRequests('claim', replies.filter(withCode('PAYMENT_IN_PROGRESS')));

/** The key is finished: its stored answer is sent again. */
const replay: Rule = ({ replies }) =>
  forRequests(
    'replay',
    replies.filter(({ replayed }) => replayed),
  );

/** A request went on with the payment that another, dead one had stored under the same key. */
const takeover: Rule = ({ replies, timeline, numberOf }) => {
  const maker = entryOf(timeline, 'payment.created')?.request_id;
  const first = numberOf(maker ?? '');
  const others = replies.filter(({ status, replayed, request }) => status === 201 && !replayed && request !== first);
  return first === undefined ? [] : forRequests('takeover', others, { first });
};

/** Granted only when the request that held it had its page. */
const lock: Rule = ({ steps, timeline, numberOf }) => {
  const done = timeline.findIndex(({ action }) => action === 'session.attached');
  const after = timeline.slice(done + 1).filter(({ action }) => action === 'lock.acquired');
  const granted = after.map(({ request_id }) => numberOf(request_id ?? ''));
  const waited = steps.filter(({ what, request }) => what === 'waited' && granted.includes(request));
  return done < 0 ? [] : forRequests('lock', waited);
};

/** Redis gave no quorum, so the locks were taken in Postgres. */
const lockFallback: Rule = ({ steps }) =>
  steps.some(({ what }) => what === 'fell_back') ? [{ name: 'lock_fallback', requests: [] }] : [];

/**
 * The look under the row lock records what it has found. If the index refuses an insert, nothing is recorded, but the
 * timeline has the payment of the other request that was first.
 */
const duplicate: Rule = ({ replies, timeline, numberOf }) => {
  const recorded = timeline.filter(({ action }) => action === 'payment.duplicate_refused');
  const found = recorded.map(({ request_id }) => numberOf(request_id ?? ''));
  const makers = timeline
    .filter(({ action }) => action === 'payment.created')
    .flatMap(({ request_id }) => numberOf(request_id ?? '') ?? []);
  const refused = replies.filter(withCode('PAYMENT_EXISTS')).filter(({ replayed }) => !replayed);
  return [
    ...forRequests(
      'look_under_row_lock',
      refused.filter(({ request }) => found.includes(request)),
    ),
    ...forRequests(
      'unique_index',
      refused.filter(({ request }) => !found.includes(request) && makers.some((maker) => maker !== request)),
    ),
  ];
};

/** Stripe was asked again, and answered with the session it had made. */
const stripeKey: Rule = ({ stripeReplays }) =>
  stripeReplays > 0 ? [{ name: 'stripe_key', requests: [], facts: { times: stripeReplays } }] : [];

/** An event came before its session was stored: it found the payment, and waited for the request that makes it. */
const webhookFirst: Rule = ({ timeline }) => {
  const at = (action: string, request_id?: string | null) =>
    timeline.findIndex(
      (entry) => entry.action === action && (request_id === undefined || entry.request_id === request_id),
    );
  const event = at('webhook.event');
  const attached = at('session.attached');
  if (event < 0 || event > attached) return [];
  const granted = at('lock.acquired', timeline[event]!.request_id);
  return [
    { name: 'stored_first', requests: [] },
    ...(granted > attached ? [{ name: 'payment_lock' as const, requests: [] }] : []),
  ];
};

/** One row for each event, however often it is delivered. */
const inbox: Rule = ({ webhooks: { delivered, rows } }) =>
  delivered > rows && rows > 0 ? [{ name: 'inbox', requests: [], facts: { delivered, rows } }] : [];

function forRequests(
  name: Guard['name'],
  met: readonly { readonly request?: number }[],
  facts?: Guard['facts'],
): Guard[] {
  const requests = [...new Set(met.flatMap(({ request }) => request ?? []))].sort((a, b) => a - b);
  return requests.length > 0 ? [{ name, requests, ...(facts ? { facts } : {}) }] : [];
}

const withCode = (code: string) => (reply: Evidence['replies'][number]) => reply.body.code === code;
const entryOf = (timeline: Evidence['timeline'], action: string) => timeline.find((entry) => entry.action === action);
