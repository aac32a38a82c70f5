import type { StripeEvent } from '#stripe';
import { resultIfSkipped } from './skip-event.js';

const event = (more: object = {}) =>
  ({
    id: 'evt_1',
    type: 'checkout.session.completed',
    livemode: false,
    data: { object: { id: 'cs_1', payment_status: 'paid' } },
    ...more,
  }) as unknown as StripeEvent;

describe('an event that is genuine in everything else', () => {
  it.each([true, false])('is processed in the mode of our key: livemode %p', (livemode) => {
    expect(resultIfSkipped(event({ livemode }), { livemode })).toBeUndefined();
  });

  it.each([
    [true, false],
    [false, true],
    [undefined, false],
    ['false', false],
  ])('with livemode %j is foreign where our key has livemode %j', (livemode, ours) => {
    expect(resultIfSkipped(event({ livemode }), { livemode: ours })).toMatchObject({ verdict: 'foreign' });
  });

  it.each(['customer.created', 'checkout.session', 'toString', ''])('of type %j is ignored', (type) => {
    expect(resultIfSkipped(event({ type }), { livemode: false })).toMatchObject({ verdict: 'ignored' });
  });

  it.each([
    ['without data', undefined],
    ['without an object', {}],
    ['with null for one', { object: null }],
    ['with a text for one', { object: 'cs_1' }],
    ['with an object without an id', { object: {} }],
    ['with an empty id', { object: { id: '' } }],
    ['with a number for its id', { object: { id: 1 } }],
    ['with an id that Postgres refuses', { object: { id: 'cs_\u0000' } }],
    ['with an id of two lines', { object: { id: 'cs_1\n' } }],
    ['with a longer id than is stored', { object: { id: 'c'.repeat(256) } }],
  ])('%s is ignored', (_name, data) => {
    expect(resultIfSkipped(event({ data }), { livemode: false })).toMatchObject({ verdict: 'ignored' });
  });
});
