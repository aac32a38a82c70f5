import type Stripe from 'stripe';
import { type ForeignPayment, startSimulator, type TestSimulator } from '../support/simulator.js';
import { paidIntent } from './support/purchases.js';
import { refusal } from './support/refusal.js';

let simulator: TestSimulator;
let stripe: Stripe;
beforeAll(async () => {
  simulator = await startSimulator();
  stripe = simulator.stripe();
});
afterAll(() => simulator.stop());

type Step = readonly [verb: 'appeal' | 'close', body: Record<string, unknown>];

async function disputed(more: Record<string, unknown> = {}): Promise<{ id: string; payment_intent: string }> {
  const payment_intent = await paidIntent(simulator, stripe);
  const { id } = await simulator.sim<Stripe.Dispute>('disputes', { payment_intent, ...more });
  return { id, payment_intent };
}

const decide = (id: string, [verb, body]: Step) => simulator.sim<Stripe.Dispute>(`disputes/${id}/${verb}`, body);

/** As stripe-node reads it: status, whether it may be refunded, and what moved. */
async function stateOf(id: string): Promise<[string, boolean, number[]]> {
  const { status, is_charge_refundable, balance_transactions } = await stripe.disputes.retrieve(id);
  return [status, is_charge_refundable, balance_transactions.map(({ amount }) => amount)];
}

/** Its events after it was opened, oldest first. */
async function eventsOf(dispute: string): Promise<Stripe.Event[]> {
  const { data } = await stripe.events.list({ type: 'charge.dispute.*', limit: 100 });
  return data
    .filter(({ data: { object } }) => (object as Stripe.Dispute).id === dispute)
    .reverse()
    .slice(2);
}

const short = (events: Stripe.Event[]) =>
  events.map(({ type, data }) => `${type.replace('charge.dispute.', '')} ${(data.object as Stripe.Dispute).status}`);

async function withdrawn(dispute: string): Promise<number> {
  const { disputes } = await simulator.ledger();
  return disputes.find(({ id }) => id === dispute)!.withdrawn;
}

const WON: Step = ['close', { status: 'won' }];
const LOST: Step = ['close', { status: 'lost' }];
const PARTLY: Step = ['close', { status: 'lost', reinstated: 2_000 }];
const APPEAL: Step = ['appeal', { status: 'appeal_needs_response' }];
const REVIEW: Step = ['appeal', { status: 'appeal_under_review' }];

describe('disputes close in any order, and their balance transactions say where the money is', () => {
  test.each<[name: string, steps: Step[], status: string, refundable: boolean, moved: number[], events: string[]]>([
    ['lost', [LOST], 'lost', false, [-5_000], ['closed lost']],
    ['won', [WON], 'won', true, [-5_000, 5_000], ['closed won', 'funds_reinstated won']],
    [
      'won in part: lost, and a part is back',
      [PARTLY],
      'lost',
      false,
      [-5_000, 2_000],
      ['closed lost', 'funds_reinstated lost'],
    ],
    [
      'won, then lost',
      [WON, LOST],
      'lost',
      false,
      [-5_000, 5_000, -5_000],
      ['closed won', 'funds_reinstated won', 'closed lost', 'funds_withdrawn lost'],
    ],
    [
      'won, then lost in part',
      [WON, PARTLY],
      'lost',
      false,
      [-5_000, 5_000, -3_000],
      ['closed won', 'funds_reinstated won', 'closed lost', 'funds_withdrawn lost'],
    ],
    [
      'lost, then won',
      [LOST, WON],
      'won',
      true,
      [-5_000, 5_000],
      ['closed lost', 'closed won', 'funds_reinstated won'],
    ],
    [
      'lost, then a part is reinstated',
      [LOST, PARTLY],
      'lost',
      false,
      [-5_000, 2_000],
      ['closed lost', 'updated lost', 'funds_reinstated lost'],
    ],
    [
      'won in part, then whole',
      [PARTLY, WON],
      'won',
      true,
      [-5_000, 2_000, 3_000],
      ['closed lost', 'funds_reinstated lost', 'closed won', 'funds_reinstated won'],
    ],
    [
      'lost, appealed, won',
      [LOST, APPEAL, REVIEW, WON],
      'won',
      true,
      [-5_000, 5_000],
      [
        'closed lost',
        'updated appeal_needs_response',
        'updated appeal_under_review',
        'closed won',
        'funds_reinstated won',
      ],
    ],
    [
      'won, and the bank rejects the response: the money goes again',
      [WON, APPEAL],
      'appeal_needs_response',
      false,
      [-5_000, 5_000, -5_000],
      ['closed won', 'funds_reinstated won', 'updated appeal_needs_response', 'funds_withdrawn appeal_needs_response'],
    ],
    [
      'won, appealed, lost',
      [WON, APPEAL, LOST],
      'lost',
      false,
      [-5_000, 5_000, -5_000],
      [
        'closed won',
        'funds_reinstated won',
        'updated appeal_needs_response',
        'funds_withdrawn appeal_needs_response',
        'closed lost',
      ],
    ],
    [
      'appealed while it was open, and won in part',
      [REVIEW, PARTLY],
      'lost',
      false,
      [-5_000, 2_000],
      ['updated appeal_under_review', 'closed lost', 'funds_reinstated lost'],
    ],
    [
      'won in part, appealed: the bank keeps its part',
      [PARTLY, APPEAL],
      'appeal_needs_response',
      false,
      [-5_000, 2_000],
      ['closed lost', 'funds_reinstated lost', 'updated appeal_needs_response'],
    ],
  ])('%s', async (_name, steps, status, refundable, moved, events) => {
    const { id, payment_intent } = await disputed();
    for (const step of steps) await decide(id, step);
    expect(await stateOf(id)).toEqual([status, refundable, moved]);
    expect(short(await eventsOf(id))).toEqual(events);
    expect(await withdrawn(id)).toBe(moved.reduce((left, amount) => left - amount, 0));
    const refund = stripe.refunds.create({ payment_intent });
    if (refundable) expect(await refund).toMatchObject({ status: 'succeeded', amount: 5_000 });
    else expect(await refusal(refund)).toMatchObject({ code: 'charge_disputed' });
  });

  test('each event holds the dispute at that time, and its previous attributes', async () => {
    const { id } = await disputed();
    for (const step of [WON, APPEAL]) await decide(id, step);
    const updated = (await eventsOf(id)).find(({ type }) => type === 'charge.dispute.updated')!;
    expect(updated.data.previous_attributes).toEqual({ status: 'won' });
    expect(
      (updated.data.object as Stripe.Dispute).balance_transactions.map(({ amount, reporting_category }) => [
        amount,
        reporting_category,
      ]),
    ).toEqual([
      [-5_000, 'dispute'],
      [5_000, 'dispute_reversal'],
      [-5_000, 'dispute'],
    ]);
  });

  test.each<[string, Step[], Step, string]>([
    ['winning a won dispute again', [WON], WON, '409'],
    ['losing a lost dispute again', [LOST], LOST, '409'],
    ['winning the same part again', [PARTLY], PARTLY, '409'],
    ['appealing twice', [APPEAL], APPEAL, '409'],
    ['reinstating more than was withdrawn', [], ['close', { status: 'lost', reinstated: 5_001 }], '409'],
    ['reinstating a part of a dispute won in full', [], ['close', { status: 'won', reinstated: 1 }], '400'],
    ['an unknown status', [], ['appeal', { status: 'appealed' }], '400'],
  ])('refused: %s', async (_name, before, step, status) => {
    const { id } = await disputed();
    for (const one of before) await decide(id, one);
    const state = await stateOf(id);
    await expect(decide(id, step)).rejects.toThrow(status);
    expect(await stateOf(id)).toEqual(state);
  });

  test('an inquiry, open or closed, has no appeal, and reinstates nothing', async () => {
    const { id } = await disputed({ kind: 'inquiry' });
    await expect(decide(id, APPEAL)).rejects.toThrow('409');
    await expect(decide(id, PARTLY)).rejects.toThrow('409');
    await decide(id, LOST);
    expect(await stateOf(id)).toEqual(['warning_closed', true, []]);
    for (const step of [APPEAL, WON, LOST]) await expect(decide(id, step)).rejects.toThrow('409');
  });

  test('funds withdrawn again fail the pending refund, as the first dispute does', async () => {
    const { id, payment_intent } = await disputed();
    await decide(id, WON);
    await simulator.sim('refunds/next', { outcome: 'pending' });
    const refund = await stripe.refunds.create({ payment_intent, amount: 1_000 });
    await decide(id, APPEAL);
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'charge_for_pending_refund_disputed',
    });
  });
});

describe('is_charge_refundable decides whether a disputed charge can be refunded, whatever the status', () => {
  test('the undisputed rest of a charge', async () => {
    const { id, payment_intent } = await disputed({ amount: 2_000, is_charge_refundable: true });
    expect(await stateOf(id)).toEqual(['needs_response', true, [-2_000]]);
    expect(await stripe.refunds.create({ payment_intent, amount: 3_000 })).toMatchObject({ status: 'succeeded' });
    await decide(id, ['close', { status: 'lost', is_charge_refundable: false }]);
    expect(await refusal(stripe.refunds.create({ payment_intent, amount: 1 }))).toMatchObject({
      code: 'charge_disputed',
    });
  });

  test('a lost dispute that is refundable, a won one that is not; one of several disputes is enough to refuse', async () => {
    const lost = await disputed({ amount: 2_000 });
    await decide(lost.id, ['close', { status: 'lost', is_charge_refundable: true }]);
    expect(await stripe.refunds.create({ payment_intent: lost.payment_intent, amount: 1 })).toMatchObject({
      amount: 1,
    });
    const won = await disputed();
    await decide(won.id, ['close', { status: 'won', is_charge_refundable: false }]);
    expect(await refusal(stripe.refunds.create({ payment_intent: won.payment_intent }))).toMatchObject({
      code: 'charge_disputed',
    });
    await simulator.sim('disputes', { payment_intent: lost.payment_intent, amount: 1_000 });
    expect(await refusal(stripe.refunds.create({ payment_intent: lost.payment_intent }))).toMatchObject({
      code: 'charge_disputed',
    });
  });
});

describe('disputes settled in another currency', () => {
  test('balance transactions use it, at the rate of their day; the ledger uses the charge’s currency', async () => {
    const before = (await simulator.ledger()).totals.idr!.disputed;
    const payment_intent = (await simulator.sim<ForeignPayment>('payments', { amount: 1_000_001 })).payment_intent;
    const { id } = await simulator.sim<Stripe.Dispute>('disputes', {
      payment_intent,
      settlement: { currency: 'usd', exchange_rate: 0.000_064 },
    });
    await decide(id, ['close', { status: 'lost', reinstated: 400_000 }]);
    await decide(id, ['appeal', { status: 'appeal_under_review' }]);
    await decide(id, ['close', { status: 'won', settlement: { currency: 'usd', exchange_rate: 0.000_07 } }]);
    const dispute = await stripe.disputes.retrieve(id);
    expect([dispute.amount, dispute.currency]).toEqual([1_000_001, 'idr']);
    expect(
      dispute.balance_transactions.map(({ amount, net, currency, exchange_rate }) => [
        amount,
        net,
        currency,
        exchange_rate,
      ]),
    ).toEqual([
      [-64, -64, 'usd', 0.000_064],
      [26, 26, 'usd', 0.000_064],
      [42, 42, 'usd', 0.000_07],
    ]);
    expect(await withdrawn(id)).toBe(0);
    await decide(id, ['close', { status: 'lost', reinstated: 1 }]);
    expect(await withdrawn(id)).toBe(1_000_000);
    expect((await simulator.ledger()).totals.idr!.disputed - before).toBe(1_000_000);
  });

  test('an inquiry settles when it is escalated', async () => {
    const { id } = await disputed({ kind: 'inquiry' });
    await simulator.sim(`disputes/${id}/escalate`, {
      settlement: { currency: 'usd', exchange_rate: 0.5 },
      is_charge_refundable: true,
    });
    expect(await stateOf(id)).toEqual(['needs_response', true, [-2_500]]);
    expect(await withdrawn(id)).toBe(5_000);
  });
});
