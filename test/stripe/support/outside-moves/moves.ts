import fc from 'fast-check';
import { anyMove, type AnyOf, moveOf as of, objectKeys, type Moves } from '../../../support/property.js';

/** Consultations of one run: enough that faults of one meet moves of another, few enough that moves meet each other. */
export const SLOTS = 2;

/** Longer sequences find no more and shrink more slowly. */
const MAX_MOVES = 16;

export const STRIPE_FAULTS = {
  sessions_500_before: { error_500: { when: 'before', path: '/v1/checkout/sessions', method: 'POST', times: 1 } },
  sessions_500_after: { error_500: { when: 'after', path: '/v1/checkout/sessions', method: 'POST', times: 1 } },
  sessions_500_later: { error_500: { when: 'later', path: '/v1/checkout/sessions', method: 'POST', times: 1 } },
  sessions_answer_lost: { lose_answer: { path: '/v1/checkout/sessions', method: 'POST', times: 4 } },
  reads_fail: { reset: { path: '*', method: 'GET', times: 6 } },
  writes_fail: { reset: { path: '*', method: 'POST', times: 4 } },
  none: {},
} as const;

/** The answer to a refund of ours is lost, or is a 500, while Stripe does its work or not. */
export const REFUND_FAULTS = {
  error_500_before: { error_500: { when: 'before', path: '/v1/refunds', method: 'POST', times: 1 } },
  error_500_after: { error_500: { when: 'after', path: '/v1/refunds', method: 'POST', times: 1 } },
  error_500_later: { error_500: { when: 'later', path: '/v1/refunds', method: 'POST', times: 1 } },
  answer_lost: { lose_answer: { path: '/v1/refunds', method: 'POST', times: 4 } },
} as const;

export const WEBHOOK_FAULTS = {
  lost: { lose: true },
  half_lost: { lose: true, probability: 0.5, seed: 1 },
  doubled: { duplicate: 3 },
  reordered: { reorder: 3 },
  none: {},
} as const;

/** Which events the endpoint is enabled for; `removed`: there is no endpoint. */
export const ENDPOINTS = ['all', 'sessions_only', 'no_disputes', 'removed'] as const;

/** The first one mostly: moves have to meet. */
const slot = fc.constantFrom(0, 0, 0, SLOTS - 1);
const share = fc.constantFrom<'all' | 'part'>('all', 'part');
/** Every move, with its frequency. */
const MOVES = {
  // Ours, over HTTP.
  create: [4, of('create', { slot, key: fc.constantFrom<'fresh' | 'again' | 'none'>('fresh', 'again', 'none') })],
  pay: [
    6,
    of('pay', {
      slot,
      outcome: fc.constantFrom('paid', 'paid', 'paid', 'declined', 'async_pending', 'async_succeeded', 'async_failed'),
      page: fc.nat(2),
    }),
  ],
  confirm: [2, of('confirm', { slot })],
  cancel: [2, of('cancel', { slot })],
  refund: [
    5,
    of('refund', {
      slot,
      share,
      key: fc.constantFrom<'fresh' | 'again' | 'none'>('fresh', 'again', 'none'),
      outcome: fc.constantFrom('succeeded', 'succeeded', 'succeeded', 'succeeded', 'pending', 'pending', 'failed'),
    }),
  ],
  refund_without_balance: [1, of('refund_without_balance', { slot, share })],
  withdraw: [1, of('withdraw', { slot })],
  change_fee: [1, of('change_fee', { slot, fee: fc.constantFrom(4_000, 5_000, 7_000) })],
  wait: [1, fc.constant({ move: 'wait' as const })],
  // Outside.
  dashboard_refund: [
    3,
    of('dashboard_refund', { slot, share, outcome: fc.constantFrom('succeeded', 'succeeded', 'pending') }),
  ],
  settle_refund: [
    3,
    of('settle_refund', { slot, which: fc.nat(3), outcome: fc.constantFrom('succeeded', 'failed', 'canceled') }),
  ],
  open_dispute: [2, of('open_dispute', { slot, share, kind: fc.constantFrom('chargeback', 'inquiry') })],
  escalate: [1, of('escalate', { slot })],
  win_dispute: [2, of('win_dispute', { slot })],
  lose_dispute: [2, of('lose_dispute', { slot })],
  lose_won_dispute: [1, of('lose_won_dispute', { slot })],
  lose_dispute_partly: [1, of('lose_dispute_partly', { slot })],
  appeal_dispute: [
    1,
    of('appeal_dispute', { slot, status: fc.constantFrom('appeal_needs_response', 'appeal_under_review') }),
  ],
  webhooks: [2, of('webhooks', { fault: fc.constantFrom(...objectKeys(WEBHOOK_FAULTS)) })],
  endpoint: [1, of('endpoint', { enabled: fc.constantFrom(...ENDPOINTS) })],
  refund_fault: [2, of('refund_fault', { fault: fc.constantFrom(...objectKeys(REFUND_FAULTS)) })],
  stripe_fault: [3, of('stripe_fault', { fault: fc.constantFrom(...objectKeys(STRIPE_FAULTS)) })],
  // Added by `withRestore`, in this order.
  take_backup: [0, fc.constant({ move: 'take_backup' as const })],
  restore: [0, fc.constant({ move: 'restore' as const })],
  hours_pass: [1, of('hours_pass', { hours: fc.constantFrom(1, 25, 80) })],
} as const satisfies Moves;

export type MoveName = keyof typeof MOVES;
export type Move = AnyOf<typeof MOVES>;
export type MoveOf<Name extends MoveName> = Extract<Move, { move: Name }>;

/** Sequences of moves; each begins with a payment that is made and, mostly, paid. */
export function sequences(): fc.Arbitrary<Move[]> {
  const paid = (slot_: number): Move[] => [
    { move: 'create', slot: slot_, key: 'fresh' },
    { move: 'pay', slot: slot_, outcome: 'paid', page: 0 },
    { move: 'wait' },
  ];
  const openings = fc.constantFrom<Move[]>([], paid(0), paid(0), paid(0), paid(0), [...paid(0), ...paid(1)]);
  // In one of four the database is restored to what it was some moves before.
  const restored = fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.tuple(fc.nat(MAX_MOVES), fc.nat(MAX_MOVES)) },
  );
  // Without fast-check's bias for small sequences and first choices, in which hardly anything meets.
  return fc
    .noBias(fc.tuple(openings, fc.array(anyMove(MOVES), { minLength: 4, maxLength: MAX_MOVES, size: 'max' }), restored))
    .map(([opening, moves, at]) => withRestore([...opening, ...moves], at));
}

function withRestore(moves: readonly Move[], at: readonly [number, number] | undefined): Move[] {
  if (!at) return [...moves];
  const [from, to] = [Math.min(...at), Math.max(...at)];
  return [
    ...moves.slice(0, from),
    { move: 'take_backup' },
    ...moves.slice(from, to),
    { move: 'restore' },
    ...moves.slice(to),
  ];
}
