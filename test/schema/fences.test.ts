import type { StripeGateway } from '#stripe';
import type { DataSource, EntityManager } from 'typeorm';
import { CursorsRepository } from '../../libs/payments/src/stripe/catch-up/cursors.repository.js';
import { StripeRefundsRepository } from '../../libs/payments/src/stripe/refunds/stripe-refunds.repository.js';
import { StripeSessionsRepository } from '../../libs/payments/src/stripe/sessions/stripe-sessions.repository.js';
import { createConsultation } from '../support/people.js';
import { insertPayment } from '../support/rows.js';
import { useStack } from '../support/use-stack.js';
import { openSource } from '../webhooks/support/source.js';

const FENCE = 3;
const sessions = new StripeSessionsRepository();
const refunds = new StripeRefundsRepository({ api_version: '2026-01-01' } as StripeGateway);
const cursors = new CursorsRepository();

/** A write to a row by a process that began with this fence. It resolves to what tells the process that it was too late. */
type Write = (tx: EntityManager, id: number, fence: number) => Promise<unknown>;

const page = { id: 'cs_new', url: 'https://stripe.example/cs_new', expires_at: 2_000_000_000, state: 'open' } as const;
const pass = (fence: number) => ({ list: 'refunds', fence, from: 0, until: 1, starting_after: null }) as const;

const OF_SESSIONS: [string, Write][] = [
  ['setSent', (tx, payment_id, fence) => sessions.setSent(tx, { payment_id, fence })],
  ['attach', (tx, payment_id, fence) => sessions.attach(tx, { payment_id, fence }, page)],
  ['refuse', (tx, payment_id, fence) => sessions.refuse(tx, { payment_id, fence })],
  ['stopChecking', (tx, payment_id, fence) => sessions.stopChecking(tx, { payment_id, fence }, true)],
  ['stopPosting', (tx, payment_id, fence) => sessions.stopPosting(tx, { payment_id, fence })],
  ['countEmptyListing', (tx, payment_id, fence) => sessions.countEmptyListing(tx, { payment_id, fence })],
  ['raiseAttempt', (tx, payment_id, fence) => sessions.raiseAttempt(tx, { payment_id, fence })],
];

const OF_REFUNDS: [string, Write][] = [
  ['setConflicts', (tx, refund_id, fence) => refunds.setConflicts(tx, { refund_id, fence }, ['re_elsewhere'])],
  ['stopPosting', (tx, refund_id, fence) => refunds.stopPosting(tx, { refund_id, fence })],
  ['setRefused', (tx, refund_id, fence) => refunds.setRefused(tx, { refund_id, fence }, 'charge_disputed')],
  ['countEmptyListing', (tx, refund_id, fence) => refunds.countEmptyListing(tx, { refund_id, fence })],
  ['raiseAttempt', (tx, refund_id, fence) => refunds.raiseAttempt(tx, { refund_id, fence })],
];

const OF_LISTS: [string, Write][] = [
  ['renew', (tx, _, fence) => cursors.renew(tx, pass(fence))],
  ['advance', (tx, _, fence) => cursors.advance(tx, pass(fence), { last: 're_9', found: 1 })],
  ['restart', (tx, _, fence) => cursors.restart(tx, pass(fence))],
  ['complete', (tx, _, fence) => cursors.complete(tx, pass(fence), 1)],
  ['release', (tx, _, fence) => cursors.release(tx, pass(fence))],
];

describe('a process with an older fence', () => {
  const stack = useStack({ apis: 0 });
  let source: DataSource;
  let payment: number;
  let refund: number;

  beforeAll(async () => {
    source = await openSource(stack.database.url);
    stack.atEnd(() => source.destroy());
    const { database, patient } = stack;
    const consultation = () => createConsultation(database, patient);
    const of = { user_id: patient.id, payment_method: 'stripe' };
    payment = await insertPayment(database, { ...of, consultation_id: await consultation() });
    const paid = await insertPayment(database, {
      ...of,
      consultation_id: await consultation(),
      status: 'completed',
    });
    await database.query(
      `INSERT INTO stripe_sessions (payment_id, fence, request, api_version) VALUES ($1, $2, '{}', '2026-01-01')`,
      [payment, FENCE],
    );
    const [reserved] = await database.query<{ id: string }>(
      `WITH c AS (UPDATE charges SET amount_reserved = 1000 WHERE payment_id = $1 RETURNING *)
       INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, reason)
         SELECT id, payment_id, payment_method, 1000, currency, 'test' FROM c RETURNING id`,
      [paid],
    );
    refund = Number(reserved!.id);
    await database.query(
      `INSERT INTO stripe_refunds (refund_id, fence, request, api_version) VALUES ($1, $2, '{}', '2026-01-01')`,
      [refund, FENCE],
    );
    await database.query(
      `INSERT INTO stripe_cursors (list, complete_until, fence, leased_until, pass_from, pass_until, starting_after)
       VALUES ('refunds', now() - interval '1 hour', $1, now(), now() - interval '2 hours', now(), 're_1')`,
      [FENCE],
    );
  });

  /** Runs it in a transaction that is undone. @returns what it resolved to, and whether the row has changed */
  async function trial(
    table: string,
    key: string,
    id: number | string,
    write: (tx: EntityManager) => Promise<unknown>,
  ) {
    const runner = source.createQueryRunner();
    await runner.connect();
    await runner.startTransaction();
    try {
      const read = async () => {
        const rows = await runner.manager.query<{ row: string }[]>(
          `SELECT to_jsonb(t)::text AS row FROM ${table} t WHERE ${key} = $1`,
          [id],
        );
        expect(rows).toHaveLength(1);
        return rows[0]!.row;
      };
      const before = await read();
      const result = await write(runner.manager);
      return { told: Boolean(result), changed: (await read()) !== before };
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }
  /** Those that tell nothing are followed by one that does. */
  const SILENT = ['countEmptyListing', 'setRefused', 'release'];

  it.each(OF_SESSIONS)('of a session cannot write: %s', async (name, write) => {
    const by = (fence: number) => trial('stripe_sessions', 'payment_id', payment, (tx) => write(tx, payment, fence));
    expect(await by(FENCE - 1)).toEqual({ told: false, changed: false });
    expect(await by(FENCE)).toEqual({ told: !SILENT.includes(name), changed: true });
  });

  it.each(OF_REFUNDS)('of a refund cannot write: %s', async (name, write) => {
    const by = (fence: number) => trial('stripe_refunds', 'refund_id', refund, (tx) => write(tx, refund, fence));
    expect(await by(FENCE - 1)).toEqual({ told: false, changed: false });
    expect(await by(FENCE)).toEqual({ told: !SILENT.includes(name), changed: true });
  });

  it.each(OF_LISTS)('of a pass through a list cannot write: %s', async (name, write) => {
    const by = (fence: number) => trial('stripe_cursors', 'list', 'refunds', (tx) => write(tx, 0, fence));
    expect(await by(FENCE - 1)).toEqual({ told: false, changed: false });
    expect(await by(FENCE)).toEqual({ told: !SILENT.includes(name), changed: true });
  });

  it('of a refund does not hold its row', async () => {
    const holds = (fence: number) => refunds.holdsFence(source.manager, { refund_id: refund, fence });
    expect([await holds(FENCE - 1), await holds(FENCE)]).toEqual([false, true]);
  });

  it('attaches no second session, even with the newest fence', async () => {
    const second = await trial('stripe_sessions', 'payment_id', payment, async (tx) => {
      const row = { payment_id: payment, fence: FENCE };
      expect(await sessions.attach(tx, row, page)).toBe(true);
      return sessions.attach(tx, row, { ...page, state: 'expired' });
    });
    expect(second).toEqual({ told: false, changed: true });
  });

  it('answers a refund once: a later answer changes no row', async () => {
    const again = await trial('stripe_refunds', 'refund_id', refund, async (tx) => {
      expect(await refunds.answered(tx, refund, 'answered')).toBe(true);
      const { fence } = (await refunds.find(tx, refund))!;
      expect(fence).toBe(FENCE + 1);
      return refunds.answered(tx, refund, 'answered');
    });
    expect(again).toEqual({ told: false, changed: true });
  });

  it('leaves a session complete that Stripe has completed, when its checks end', async () => {
    await trial('stripe_sessions', 'payment_id', payment, async (tx) => {
      const row = { payment_id: payment, fence: FENCE };
      await sessions.attach(tx, row, { ...page, state: 'complete' });
      await sessions.stopChecking(tx, row, true);
      expect((await sessions.find(tx, payment))?.state).toBe('complete');
    });
  });

  it('a list that another worker reads is not taken; one whose lease is over is, with the next fence', async () => {
    const due = { now: Math.floor(Date.now() / 1_000), every_seconds: 0, overlap_seconds: 60 };
    const leased = (until: string) =>
      trial('stripe_cursors', 'list', 'refunds', async (tx) => {
        await tx.query(`UPDATE stripe_cursors SET leased_until = clock_timestamp() + $1::interval`, [until]);
        const taken = await cursors.take(tx, 'refunds', due);
        expect(taken?.fence).toBe(until.startsWith('-') ? FENCE + 1 : undefined);
      });
    await leased('10 seconds');
    await leased('-1 seconds');
  });
});
