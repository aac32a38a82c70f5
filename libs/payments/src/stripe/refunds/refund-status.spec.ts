import { isLiveRefund, statusOfRefund } from './refund-status.js';

// A status that a later Stripe version adds counts as money that was paid back: refunding again could pay twice.
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
