import { StripeClock, type StripeGateway, type StripeLists } from '#stripe';
import type { PinoLogger } from 'nestjs-pino';
import { CatchUp, type Sink } from './catch-up.js';
import type { CursorsRepository } from './cursors.repository.js';
import type { MissingFromLedger } from './missing-from-ledger.js';
import { RereadObjects } from './reread-objects.js';
import type { RereadsRepository } from './rereads.repository.js';
import type { Ledger } from '../../ledger/ledger.js';

const START = Date.parse('2026-11-27T10:00:00Z');
const sink: Sink = { types: ['refund.created'], take: async () => 0 };
const rows = { manager: {} } as Ledger;
const logger = { setContext: () => undefined, error: () => undefined } as unknown as PinoLogger;

/**
 * A Stripe whose lists never end and whose every answer takes `answer_ms`, on a clock that only these answers advance.
 */
function endless(answer_ms: number) {
  let now = START;
  const clock = new StripeClock({ now_ms: () => now, monotonic_ms: () => now });
  clock.observe(new Date(START).toUTCString(), 0);
  const asked: string[] = [];
  const answer = <Thing>(what: string, object: Thing) => {
    now += answer_ms;
    asked.push(what);
    return Promise.resolve(object);
  };
  const gateway = {
    isAvailable: true,
    assertAvailable: () => undefined,
    readClock: async () => clock.observe(new Date(now).toUTCString(), 0),
    findRefund: (id: string) => answer('refund', { id, status: 'succeeded', created: START / 1_000 }),
    findDispute: (id: string) => answer('dispute', { id, status: 'needs_response', created: START / 1_000 }),
  } as unknown as StripeGateway;
  const lists = {
    page: (list: string) => answer(list, { data: [{ id: `${list}_${asked.length}` }], has_more: true }),
  } as unknown as StripeLists;
  return { clock, gateway, lists, asked };
}

const missing = {
  refunds: async () => [],
  disputes: async () => [],
  sessions: async () => ({ unbooked: [], recorded: [], unknown: 0 }),
} as unknown as MissingFromLedger;

describe('one sweep of a Stripe that never comes to an end', () => {
  const cursors = {
    begin: async () => undefined,
    take: async (_: unknown, list: string) => ({ list, fence: 1, from: 0, until: START / 1_000, starting_after: null }),
    advance: async () => true,
    release: async () => undefined,
  } as unknown as CursorsRepository;

  it.each([
    ['a second', 1_000, 20],
    ['a tenth of a second', 100, 200],
    ['a minute', 60_000, 1],
  ])('a page takes %s: each list is read for twenty seconds, one page at least', async (_, answer_ms, pages) => {
    const { clock, gateway, lists, asked } = endless(answer_ms);
    await new CatchUp(rows, cursors, missing, gateway, lists, clock, logger).run(sink);
    const count = (list: string) => asked.filter((one) => one === list).length;
    expect(['events', 'sessions', 'refunds', 'disputes'].map(count)).toEqual([pages, pages, pages, pages]);
  });

  it('however many objects are due to be read again, a hundred of each kind are', async () => {
    const { clock, gateway, asked } = endless(1);
    let id = 0;
    const rereads = {
      takeDue: async (_: unknown, kind: string, { limit }: { limit: number }) =>
        Array.from({ length: limit }, () => ({ id: (id += 1), stripe_id: `${kind}_${id}`, never_made: false })),
      setNext: async () => undefined,
    } as unknown as RereadsRepository;
    expect(await new RereadObjects(rows, rereads, missing, gateway, clock, logger).run(sink)).toBe(200);
    const count = (kind: string) => asked.filter((one) => one === kind).length;
    expect([count('refund'), count('dispute')]).toEqual([100, 100]);
  });
});
