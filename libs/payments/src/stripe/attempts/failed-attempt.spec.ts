import type { StripeCharge, StripePaymentIntent } from '#stripe';
import { attemptOfCharge, failedChargeOf } from './failed-attempt.js';

const charge = (change: object) =>
  ({
    id: 'ch_1',
    created: 1,
    failure_code: 'card_declined',
    failure_message: 'Your card was declined.',
    outcome: { reason: 'insufficient_funds', network_decline_code: '51' },
    payment_method_details: { type: 'card', card: { brand: 'visa', last4: '9995' } },
    ...change,
  }) as unknown as StripeCharge;
const attempt = (change: object) => attemptOfCharge(charge(change), 'pi_1');
const intent = (change: object) => change as unknown as StripePaymentIntent;

describe('a failed attempt, from what Stripe says of it', () => {
  it('of a card: its reason, the network’s code, brand and last four digits', () => {
    expect(attempt({})).toMatchObject({
      is_card: true,
      decline_code: 'insufficient_funds',
      network_decline_code: '51',
      card_brand: 'visa',
      card_last4: '9995',
    });
  });

  it('by Link, whose details name no card: a declined card all the same', () => {
    expect(attempt({ payment_method_details: { type: 'link', link: {} } })).toMatchObject({
      is_card: true,
      payment_method_type: 'link',
      card_brand: null,
      card_last4: null,
    });
  });

  it.each([
    ['us_bank_account', 'insufficient_funds'],
    ['sepa_debit', 'debit_not_authorized'],
    ['au_becs_debit', null],
  ])('a %s debit that failed as %s is no card, though it may be about funds', (type, failure_code) => {
    const details = { type, [type]: { last4: '6789', bank_name: 'A bank' } };
    expect(attempt({ payment_method_details: details, failure_code })).toMatchObject({
      is_card: false,
      payment_method_type: type,
      failure_code,
      decline_code: null,
      card_brand: null,
      card_last4: null,
    });
  });

  it('keeps texts within their bounds, in characters, and without what Postgres refuses', () => {
    const long = attempt({ failure_message: `a\u0000b${'😀'.repeat(600)}`, failure_code: 'x'.repeat(300) });
    expect([...long.message!]).toHaveLength(500);
    expect(long.message!.startsWith('a b😀')).toBe(true);
    expect(long.failure_code).toHaveLength(100);
    expect(attempt({ failure_message: ' \u0000 ' }).message).toBeNull();
  });

  it.each(['42424242', '', 'abcd', null])('a last4 of %j is none', (last4) => {
    const details = { type: 'card', card: { brand: 'visa', last4 } };
    expect(attempt({ payment_method_details: details }).card_last4).toBeNull();
  });

  it('an intent’s failed charge: the error’s own; else the latest; none when the authentication failed', () => {
    expect(failedChargeOf(intent({ last_payment_error: { charge: 'ch_1' }, latest_charge: 'ch_2' }))).toBe('ch_1');
    expect(failedChargeOf(intent({ last_payment_error: {}, latest_charge: { id: 'py_2' } }))).toBe('py_2');
    const code = 'payment_intent_authentication_failure';
    expect(failedChargeOf(intent({ last_payment_error: { code }, latest_charge: 'ch_2' }))).toBeUndefined();
    expect(failedChargeOf(intent({ last_payment_error: null, latest_charge: null }))).toBeUndefined();
  });
});
