import { isKnownStatus, outcomeOfDispute, UnknownDisputeStatusError } from './dispute-outcome.js';

type Given = Parameters<typeof outcomeOfDispute>[0];

const moved = (amount: number, created = 1, currency = 'idr') => ({ amount, created, currency });
const dispute = (more: object): Given =>
  ({
    id: 'du_1',
    amount: 5_000,
    currency: 'idr',
    status: 'lost',
    is_charge_refundable: false,
    balance_transactions: [moved(-5_000)],
    ...more,
  }) as unknown as Given;

describe('what a dispute of Stripe’s means for the money', () => {
  it.each([
    ['warning_needs_response', 'inquiry'],
    ['warning_under_review', 'inquiry'],
    ['warning_closed', 'inquiry'],
    ['needs_response', 'open'],
    ['under_review', 'open'],
    ['appeal_needs_response', 'open'],
    ['appeal_under_review', 'open'],
    ['won', 'won'],
  ])('%s is %s, and nothing is lost by it', (status, state) => {
    expect(outcomeOfDispute(dispute({ status }))).toMatchObject({ state, lost_amount: 0 });
  });

  it.each([
    ['all of it', [moved(-5_000)], 5_000],
    ['what did not come back, of a dispute that was partly won', [moved(-5_000), moved(2_000)], 3_000],
    ['nothing, when no money moved: a refund had answered the dispute', [], 0],
    ['what was taken in the end, after it had come back', [moved(-5_000), moved(5_000), moved(-5_000)], 5_000],
    [
      'the share that was taken, where the account settles in another currency',
      [moved(-300, 1, 'usd'), moved(120, 2, 'usd')],
      3_000,
    ],
  ])('lost: %s', (_what, balance_transactions, lost_amount) => {
    expect(outcomeOfDispute(dispute({ balance_transactions }))).toMatchObject({ state: 'lost', lost_amount });
  });

  it('a copy without its balance transactions counts whole when it is lost', () => {
    expect(outcomeOfDispute(dispute({ balance_transactions: undefined })).lost_amount).toBe(5_000);
  });

  it.each([
    ['lost', [moved(-5_000)], 5_000],
    ['won', [], 0],
    ['won', [moved(-5_000), moved(5_000)], 0],
  ])('prevented is %s by what moved', (state, balance_transactions, lost_amount) => {
    expect(outcomeOfDispute(dispute({ status: 'prevented', balance_transactions }))).toMatchObject({
      state,
      lost_amount,
    });
  });

  it('is dated by the last withdrawal, and by the last time that money came back', () => {
    const balance_transactions = [moved(-5_000, 10), moved(5_000, 20), moved(-5_000, 30)];
    expect(outcomeOfDispute(dispute({ balance_transactions }))).toMatchObject({ lost_at: 30, reinstated_at: 20 });
    expect(outcomeOfDispute(dispute({ balance_transactions: [] }))).toMatchObject({
      lost_at: null,
      reinstated_at: null,
    });
  });

  it('whether the rest can be refunded is Stripe’s word; without it, a lost or open one forbids', () => {
    expect(outcomeOfDispute(dispute({ is_charge_refundable: true })).charge_refundable).toBe(true);
    expect(outcomeOfDispute(dispute({ is_charge_refundable: undefined })).charge_refundable).toBe(false);
    expect(outcomeOfDispute(dispute({ is_charge_refundable: undefined, status: 'won' })).charge_refundable).toBe(true);
    const without = (status: string) => outcomeOfDispute(dispute({ is_charge_refundable: undefined, status }));
    expect(without('needs_response')).toMatchObject({ state: 'open', charge_refundable: false });
    expect(without('warning_needs_response')).toMatchObject({ state: 'inquiry', charge_refundable: true });
  });

  it.each(['charge_refunded', 'toString', 'constructor', ''])('%p is refused, never taken for open', (status) => {
    expect(isKnownStatus(status)).toBe(false);
    expect(() => outcomeOfDispute(dispute({ status }))).toThrow(UnknownDisputeStatusError);
  });
});
