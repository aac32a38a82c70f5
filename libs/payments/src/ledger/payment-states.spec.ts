import type { PaymentStatus } from './payment.js';
import { isLive, isOver, isPaid, mayBecome, DOCUMENT_STATES, stateAfterReturning } from './payment-states.js';

const ALL = Object.keys(DOCUMENT_STATES) as PaymentStatus[];

describe('the state table', () => {
  it('allows just what the design names, and nothing that goes backwards', () => {
    const allowed = ALL.flatMap((from) => ALL.filter((to) => mayBecome(from, to)).map((to) => `${from} → ${to}`));
    expect(allowed.sort()).toEqual(
      [
        'pending → completed',
        'pending → failed',
        'pending → expired',
        'pending → cancelled',
        'failed → completed',
        'expired → completed',
        'completed → partially_refunded',
        'completed → refunded',
        'partially_refunded → partially_refunded',
        'partially_refunded → refunded',
      ].sort(),
    );
  });

  it('never makes a paid payment unpaid', () => {
    for (const from of ALL.filter(isPaid)) {
      for (const to of ALL.filter((status) => !isPaid(status))) expect(mayBecome(from, to)).toBe(false);
    }
  });

  // Live: the same purchase cannot be paid again. Over: ended unpaid without a user's cancel, so the key can be used
  // again.
  it.each([
    ['pending', { live: true, over: false, paid: false }],
    ['completed', { live: true, over: false, paid: true }],
    ['partially_refunded', { live: true, over: false, paid: true }],
    ['refunded', { live: false, over: false, paid: true }],
    ['failed', { live: false, over: true, paid: false }],
    ['expired', { live: false, over: true, paid: false }],
    // The user cancelled it, and a repeated request gets that answer again.
    ['cancelled', { live: false, over: false, paid: false }],
  ] as const)('%s is %j', (status, is) => {
    expect({ live: isLive(status), over: isOver(status), paid: isPaid(status) }).toEqual(is);
  });

  it.each([
    [5_000, 0, 'completed'],
    [5_000, 1, 'partially_refunded'],
    [5_000, 4_999, 'partially_refunded'],
    [5_000, 5_000, 'refunded'],
    [1, 1, 'refunded'],
  ])('of %i, once %i has gone back, it is %s', (amount, refunded_amount, status) => {
    expect(stateAfterReturning(amount, refunded_amount)).toBe(status);
  });

  it('says of no unpaid payment that its invoice is paid or its tax due, and of every paid one what it owes', () => {
    for (const status of ALL) {
      const { invoice, tax } = DOCUMENT_STATES[status];
      expect(['pending', 'void'].includes(invoice)).toBe(!isPaid(status));
      expect(['pending', 'void'].includes(tax)).toBe(!isPaid(status));
    }
  });
});
