import type { PaymentStatus } from '../../libs/payments/src/ledger/payment.js';
import { isPaid, mayBecome, PAPERS } from '../../libs/payments/src/ledger/payment-states.js';

const ALL = Object.keys(PAPERS) as PaymentStatus[];

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
});
