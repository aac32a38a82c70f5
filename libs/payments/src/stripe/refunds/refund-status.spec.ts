import { isLiveRefund, statusOfRefund } from './refund-status.js';

// A status that a later version of Stripe adds counts as money that has gone: refunding again could pay twice.
test.each([
  ['succeeded', 'succeeded', true],
  ['pending', 'pending', true],
  ['requires_action', 'pending', true],
  ['a_status_of_next_year', 'pending', true],
  ['toString', 'pending', true],
  [null, 'pending', true],
  ['failed', 'failed', false],
  ['canceled', 'cancelled', false],
])('a refund that is %s at Stripe is %s, and its money has gone or is going: %s', (status, ours, live) => {
  expect(statusOfRefund({ status })).toBe(ours);
  expect(isLiveRefund({ status })).toBe(live);
});
