import type { StripeEvent } from '#stripe';
import { isCurrentVersion, paymentIntentOf, purchaseIdIn, referenceIn } from './reference.js';

const REF = '0b9c1b8e-3f0a-4a57-9a53-5b1f6f0f7a01';

describe('our reference in the metadata of Stripe', () => {
  it('is found, whatever else is there', () => {
    expect(referenceIn({ ref: REF, purchaseId: '1' })).toBe(REF);
    expect(referenceIn({ ref: REF.toUpperCase() })).toBe(REF.toUpperCase());
  });

  it.each([
    ['no metadata', undefined],
    ['metadata that is null', null],
    ['none of it', { purchaseId: '1' }],
    ['the reference of somebody else', { ref: 'order-17' }],
    ['nothing in it', { ref: '' }],
    ['more than it', { ref: `${REF}\n` }],
    ['a part of it', { ref: REF.slice(1) }],
  ])('is not taken from %s', (_name, metadata) => {
    expect(referenceIn(metadata)).toBeUndefined();
  });
});

describe('the payment intent of an object', () => {
  it.each([
    ['its id', { payment_intent: 'pi_1' }, 'pi_1'],
    ['itself, expanded', { payment_intent: { id: 'pi_1' } }, 'pi_1'],
    ['null', { payment_intent: null }, undefined],
    ['left out', {}, undefined],
  ])('is %s', (_name, object, id) => {
    expect(paymentIntentOf(object)).toBe(id);
  });
});

describe('our payment id in the metadata of Stripe', () => {
  it('is a number as we write it', () => {
    expect([purchaseIdIn({ purchaseId: '7' }), purchaseIdIn({ purchaseId: '999999999999999' })]).toEqual([
      7, 999_999_999_999_999,
    ]);
  });

  it.each(['', '0', '07', '-7', '7.5', '1e3', '0x7', ' 7', '7 ', '7\n', '7 of 8', '1000000000000000', 'order-17'])(
    'is not taken from %j, which another program may have written',
    (purchaseId) => {
      expect(purchaseIdIn({ purchaseId })).toBeUndefined();
    },
  );

  it.each([undefined, null, {}])('is not there in %p', (metadata) => {
    expect(purchaseIdIn(metadata)).toBeUndefined();
  });
});

it.each([
  ['2026-01-01', true],
  ['2025-12-31', false],
  [null, false],
  ['', false],
])('an event of version %j is in our shape, which is of 2026-01-01: %p', (api_version, isOurs) => {
  expect(isCurrentVersion({ api_version } as StripeEvent, { api_version: '2026-01-01' })).toBe(isOurs);
});
