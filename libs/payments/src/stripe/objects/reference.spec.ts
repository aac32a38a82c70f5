import { paymentIntentOf, referenceIn } from './reference.js';

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
