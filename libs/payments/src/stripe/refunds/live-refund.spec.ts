import type { StripeRefund } from '#stripe';
import { isLiveRefund } from './live-refund.js';

// A status that a later version of Stripe adds counts as money that has gone: refunding again could pay twice.
test.each([
  ['succeeded', true],
  ['pending', true],
  ['requires_action', true],
  ['a_status_of_next_year', true],
  [null, true],
  ['failed', false],
  ['canceled', false],
])('the money of a refund that is %s has gone, or is going: %s', (status, live) => {
  expect(isLiveRefund({ status } as StripeRefund)).toBe(live);
});
