import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HANDLED_TYPES } from '../../libs/webhooks/src/handled-types.js';

/** An event nobody subscribed to is never sent, and Stripe does not call it undelivered: no poll would find it. */
test('the README names exactly the events an endpoint is to be told', () => {
  const readme = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');
  const stripe = /^\*\*Stripe:\*\*[^]*?\n\n/m.exec(readme)![0];
  const named = [...stripe.matchAll(/`((?:checkout\.session|payment_intent|refund|charge)\.[a-z_.]+)`/g)].map(
    (match) => match[1]!,
  );
  expect(named.sort()).toEqual([...HANDLED_TYPES].sort());
});
