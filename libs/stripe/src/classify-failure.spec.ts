import Stripe from 'stripe';
import { classifyFailure, INSUFFICIENT_BALANCE, isPassing, isStripesTrouble, KEY_IN_USE } from './classify-failure.js';

type Raw = ConstructorParameters<typeof Stripe.errors.StripeAPIError>[0];

const { StripeAPIError, StripeCardError, StripeConnectionError, StripeIdempotencyError, StripeInvalidRequestError } =
  Stripe.errors;

const raw = (statusCode: number, more: Partial<Raw> = {}) =>
  ({ statusCode, message: `status ${statusCode}`, type: 'api_error', headers: {}, ...more }) as Raw;
const api = (statusCode: number, more?: Partial<Raw>) => new StripeAPIError(raw(statusCode, more));
const replayed = { headers: { 'idempotent-replayed': 'true' } };

const emptyBalance = new StripeInvalidRequestError(
  raw(400, { message: 'Insufficient funds in your Stripe balance to refund this amount.' }),
);

describe('a failed call to Stripe', () => {
  it.each([
    ['a parameter', new StripeInvalidRequestError(raw(400, { code: 'amount_too_small' })), 'amount_too_small'],
    [
      'an object that does not exist',
      new StripeInvalidRequestError(raw(404, { code: 'resource_missing' })),
      'resource_missing',
    ],
    ['a card', new StripeCardError(raw(402, { code: 'card_declined' })), 'card_declined'],
    ['what has no code, by its type', new StripeInvalidRequestError(raw(400)), 'StripeInvalidRequestError'],
  ])('refused %s: nothing was made', (_name, error, code) => {
    expect(classifyFailure(error)).toEqual({ is: 'refused', code, reason: error.message });
    expect([isPassing(error), isStripesTrouble(error)]).toEqual([false, false]);
  });

  // It is unclear whether something was created. `post_again`: the same key may bring a better answer.
  it.each([
    ['no connection', new StripeConnectionError(raw(0)), true, 'StripeConnectionError', [true, true]],
    ['an error of another library', new TypeError('fetch failed'), true, 'TypeError', [true, true]],
    ['what is no Error', 'oops', true, 'unknown', [true, true]],
    ['status 500', api(500), true, 'status 500', [true, true]],
    ['status 500, stored under the key', api(500, replayed), false, 'status 500', [false, false]],
    ['status 503', api(503), true, 'status 503', [true, true]],
    ['status 429', api(429), true, 'status 429', [true, true]],
    ['status 401, a key of ours that is wrong', api(401), true, 'status 401', [false, false]],
    ['status 403, a permission that is missing', api(403), true, 'status 403', [false, false]],
    ['status 409 of another reason', api(409), true, 'status 409', [false, false]],
    ['the key is in use', api(409, { code: KEY_IN_USE }), true, KEY_IN_USE, [true, false]],
    ['the key has other parameters', new StripeIdempotencyError(raw(400)), false, 'idempotency_error', [false, false]],
    ['an empty balance', emptyBalance, false, INSUFFICIENT_BALANCE, [false, false]],
  ] as [string, unknown, boolean, string, [boolean, boolean]][])(
    'is unclear after %s',
    (_name, error, post_again, reason, [passing, stripes_trouble]) => {
      expect(classifyFailure(error)).toEqual({ is: 'unclear', post_again, reason });
      expect([isPassing(error), isStripesTrouble(error)]).toEqual([passing, stripes_trouble]);
    },
  );

  it('is final for a card even where the bank speaks of insufficient funds', () => {
    const declined = new StripeCardError(
      raw(402, { code: 'card_declined', message: 'Your card has insufficient funds.' }),
    );
    expect(classifyFailure(declined)).toMatchObject({ is: 'refused', code: 'card_declined' });
    // Only a 400 is Stripe's answer about our balance.
    const quoted = new StripeCardError(raw(402, { code: 'card_declined', message: emptyBalance.message }));
    expect(classifyFailure(quoted)).toMatchObject({ is: 'refused', code: 'card_declined' });
  });
});
