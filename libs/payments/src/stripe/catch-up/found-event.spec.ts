import type { StripeDispute, StripeEvent, StripeRefund, StripeSession } from '#stripe';
import { disputeFound, isStripesOwn, refundFound, sessionFound } from './found-event.js';

const ORIGIN = { api_version: '2026-01-01', livemode: false, now: 1_000 };
const refund = (status: string) => ({ id: 're_1', status }) as StripeRefund;
const dispute = (status: string, amount: number) => ({ id: 'dp_1', status, amount }) as StripeDispute;
const session = (payment_status: string) => ({ id: 'cs_1', payment_status }) as StripeSession;

describe('an event made of an object that was found', () => {
  it.each([
    ['a refund', refundFound(refund('failed'), ORIGIN), 'refund.updated', 'listed_re_1_failed'],
    ['a dispute', disputeFound(dispute('lost', 500), ORIGIN), 'charge.dispute.updated', 'listed_dp_1_lost_500'],
    ['a session', sessionFound(session('paid'), ORIGIN), 'checkout.session.completed', 'listed_cs_1_paid'],
  ])('of %s: its id names object and state', (_name, found, type, id) => {
    expect(found).toMatchObject({ made_here: true, event: { id, type, api_version: '2026-01-01', created: 1_000 } });
  });

  it('has the same id for the same state, whenever it is found, and another for another state', () => {
    const later = { ...ORIGIN, now: 2_000 };
    expect(refundFound(refund('failed'), later).event.id).toBe(refundFound(refund('failed'), ORIGIN).event.id);
    const ids = [
      refundFound(refund('failed'), ORIGIN),
      refundFound(refund('succeeded'), ORIGIN),
      disputeFound(dispute('lost', 500), ORIGIN),
      disputeFound(dispute('lost', 400), ORIGIN),
      disputeFound(dispute('won', 500), ORIGIN),
    ].map(({ event }) => event.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([true, false])('has the mode of the key that it was read with: livemode %p', (livemode) => {
    const { event } = sessionFound(session('paid'), { ...ORIGIN, livemode });
    expect(event.livemode).toBe(livemode);
  });

  it('is not taken for an event of Stripe, whose time says when it happened', () => {
    expect(isStripesOwn(refundFound(refund('failed'), ORIGIN).event)).toBe(false);
    expect(isStripesOwn({ id: 'evt_1', created: 1_000 } as StripeEvent)).toBe(true);
    expect(isStripesOwn({ id: 'evt_1' } as StripeEvent)).toBe(false);
  });
});
