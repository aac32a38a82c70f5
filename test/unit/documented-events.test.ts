import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HANDLED_TYPES } from '../../libs/webhooks/src/handled-types.js';

/** Stripe never sends an event that the endpoint is not subscribed to, nor calls it undelivered: no poll would find it. */
test('docs/integrate/webhooks.md names exactly the events that an endpoint must be subscribed to', () => {
  const page = readFileSync(path.resolve(__dirname, '../../docs/integrate/webhooks.md'), 'utf8');
  const list = /<!-- handled-events -->[^]*?<!-- \/handled-events -->/.exec(page)![0];
  const named = [...list.matchAll(/`([a-z_.]+)`/g)].map((match) => match[1]!);
  expect(named.sort()).toEqual([...HANDLED_TYPES].sort());
});
