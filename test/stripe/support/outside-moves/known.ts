import type { Move } from './moves.js';

const PAID: Move[] = [
  { move: 'create', slot: 0, key: 'fresh' },
  { move: 'pay', slot: 0, outcome: 'paid', page: 0 },
  { move: 'wait' },
];
const REFUND: Move = { move: 'refund', slot: 0, share: 'part', key: 'fresh', outcome: 'succeeded' };
const ELSEWHERE: Move = { move: 'dashboard_refund', slot: 0, share: 'part', outcome: 'succeeded' };

interface KnownSequence {
  readonly name: string;
  readonly moves: readonly Move[];
  /** Run with each change: together these use a restore, a lost dispute, a late refund and a changed fee. */
  readonly every_change?: true;
}

/** Sequences after which the books once differed from the ledger, as short as they were found. */
export const KNOWN: readonly KnownSequence[] = [
  {
    name: 'restored to before refunds here and in the dashboard, and a lost dispute',
    every_change: true,
    moves: [
      ...PAID,
      { move: 'take_backup' },
      REFUND,
      ELSEWHERE,
      { move: 'lose_dispute_partly', slot: 0 },
      { move: 'restore' },
    ],
  },
  {
    name: 'restored to before there was a payment, and paid anew under its number',
    moves: [{ move: 'take_backup' }, ...PAID, ELSEWHERE, { move: 'restore' }, ...PAID],
  },
  { name: 'a dispute is lost after it was won', moves: [...PAID, { move: 'lose_won_dispute', slot: 0 }] },
  { name: 'a dispute is lost in part', moves: [...PAID, { move: 'lose_dispute_partly', slot: 0 }] },
  {
    name: 'a lost dispute is appealed, and won',
    moves: [
      ...PAID,
      { move: 'appeal_dispute', slot: 0, status: 'appeal_under_review' },
      { move: 'win_dispute', slot: 0 },
    ],
  },
  {
    name: 'a lost dispute is appealed, and undecided',
    moves: [...PAID, { move: 'appeal_dispute', slot: 0, status: 'appeal_needs_response' }],
  },
  {
    name: 'an inquiry is escalated, and lost',
    moves: [...PAID, { move: 'escalate', slot: 0 }, { move: 'lose_dispute', slot: 0 }],
  },
  {
    name: 'a refund without an answer is made in the dashboard instead',
    moves: [...PAID, { move: 'refund_fault', fault: 'error_500_before' }, REFUND, ELSEWHERE],
  },
  {
    name: 'all of a charge is refunded in the dashboard while ours has no answer',
    moves: [
      ...PAID,
      { move: 'refund_fault', fault: 'error_500_before' },
      REFUND,
      { move: 'dashboard_refund', slot: 0, share: 'all', outcome: 'succeeded' },
    ],
  },
  {
    name: 'a refund that Stripe makes after its 500, when staff have refunded elsewhere',
    every_change: true,
    moves: [...PAID, { move: 'refund_fault', fault: 'error_500_later' }, REFUND, ELSEWHERE],
  },
  {
    name: 'a dashboard refund while there is no endpoint',
    moves: [...PAID, { move: 'endpoint', enabled: 'removed' }, ELSEWHERE],
  },
  {
    name: 'a lost dispute that the endpoint is not enabled for, and a refund that Stripe refuses',
    moves: [...PAID, { move: 'endpoint', enabled: 'no_disputes' }, { move: 'lose_dispute', slot: 0 }, REFUND],
  },
  {
    name: 'a refund of all in the dashboard nobody was told of, and a refund that Stripe refuses',
    every_change: true,
    moves: [
      ...PAID,
      { move: 'endpoint', enabled: 'sessions_only' },
      { move: 'dashboard_refund', slot: 0, share: 'all', outcome: 'succeeded' },
      REFUND,
    ],
  },
  {
    name: 'every webhook lost for eighty hours',
    moves: [...PAID, { move: 'webhooks', fault: 'lost' }, ELSEWHERE, { move: 'hours_pass', hours: 80 }],
  },
  {
    name: 'a refund fails after it had succeeded, and nobody is told for eighty hours',
    moves: [
      ...PAID,
      REFUND,
      { move: 'endpoint', enabled: 'removed' },
      { move: 'settle_refund', slot: 0, which: 0, outcome: 'failed' },
      { move: 'hours_pass', hours: 80 },
    ],
  },
  {
    name: 'the fee changes while a page is open',
    every_change: true,
    moves: [
      { move: 'create', slot: 0, key: 'fresh' },
      { move: 'change_fee', slot: 0, fee: 4_000 },
      { move: 'create', slot: 0, key: 'fresh' },
      { move: 'pay', slot: 0, outcome: 'paid', page: 0 },
    ],
  },
];
