import { type Evidence, guardsOf } from './guards.js';

const numberOf = (request_id: string) => Number(request_id.split('-')[1]) || undefined;
const NOTHING: Evidence = {
  replies: [],
  steps: [],
  timeline: [],
  numberOf,
  stripeReplays: 0,
  webhooks: { delivered: 1, rows: 1 },
};
const reply = (request: number, status: number, code?: string, replayed = false) => ({
  request,
  status,
  replayed,
  body: code === undefined ? {} : { code },
});
const entry = (action: string, request_id: string | null = null) => ({ action, request_id });
const made = [entry('payment.created', 'lab-1'), entry('session.attached')];
const namesOf = (evidence: Partial<Evidence>) => guardsOf({ ...NOTHING, ...evidence }).map(({ name }) => name);

describe('the guards that an attack has met', () => {
  it('are none without evidence of one', () => {
    expect(guardsOf({ ...NOTHING, replies: [reply(1, 201)], timeline: made })).toEqual([]);
  });

  it('are the idempotency key’s: being worked on, replayed, and taken over from a dead request', () => {
    const replies = [
      reply(1, 0),
      reply(2, 409, 'PAYMENT_IN_PROGRESS'),
      reply(3, 201),
      reply(4, 409, 'PAYMENT_IN_PROGRESS'),
      reply(5, 201, undefined, true),
    ];
    expect(guardsOf({ ...NOTHING, replies, timeline: made })).toEqual([
      { name: 'claim', requests: [2, 4] },
      { name: 'replay', requests: [5] },
      { name: 'takeover', requests: [3], facts: { first: 1 } },
    ]);
  });

  it.each([
    ['after the other request had its page', [...made, entry('lock.acquired', 'lab-2')], ['lock']],
    ['before: Redis had not answered, and nobody held the lock', [entry('lock.acquired', 'lab-2'), ...made], []],
  ])('are the lock, if a request that waited for it got it %s', (_when, timeline, names) => {
    const steps = [{ from: 'lock', what: 'waited', request: 2 }] as const;
    expect(namesOf({ steps, timeline })).toEqual(names);
  });

  it.each([
    ['look_under_row_lock', [...made, entry('payment.duplicate_refused', 'lab-2')]],
    // Refused by the index, the transaction with its entry was rolled back.
    ['unique_index', made],
  ])('are the %s for a refused duplicate, by what the audit log has', (name, timeline) => {
    const replies = [reply(1, 201), reply(2, 409, 'PAYMENT_EXISTS')];
    expect(guardsOf({ ...NOTHING, replies, timeline })).toEqual([{ name, requests: [2] }]);
  });

  it.each([
    ['an empty timeline', []],
    ['a payment that the refused request itself has made', [entry('payment.created', 'lab-2')]],
    ['a payment created by an unknown request', [entry('payment.created')]],
  ])('are not the unique index, if a refused duplicate has %s', (_what, timeline) => {
    expect(namesOf({ replies: [reply(2, 409, 'PAYMENT_EXISTS')], timeline })).toEqual([]);
  });

  it('are Stripe’s idempotency key, the locks in Postgres and the inbox, each by its own count', () => {
    expect(namesOf({ stripeReplays: 1 })).toEqual(['stripe_key']);
    expect(namesOf({ steps: [{ from: 'lock', what: 'fell_back' }] })).toEqual(['lock_fallback']);
    expect(guardsOf({ ...NOTHING, webhooks: { delivered: 7, rows: 1 } })).toEqual([
      { name: 'inbox', requests: [], facts: { delivered: 7, rows: 1 } },
    ]);
    expect(namesOf({ webhooks: { delivered: 7, rows: 0 } })).toEqual([]);
  });

  it('are the stored payment and its lock, if an event came before the session was stored', () => {
    const [created, attached] = made as [Evidence['timeline'][number], Evidence['timeline'][number]];
    const [event, granted] = [entry('webhook.event', 'hook'), entry('lock.acquired', 'hook')];
    expect(namesOf({ timeline: [created, event, attached, granted] })).toEqual(['stored_first', 'payment_lock']);
    expect(namesOf({ timeline: [created, event, granted, attached] })).toEqual(['stored_first']);
    expect(namesOf({ timeline: [created, attached, event, granted] })).toEqual([]);
  });
});
