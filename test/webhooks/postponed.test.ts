import { inTransaction } from '#database';
import type { EntityManager } from 'typeorm';
import { WebhookEventsRepository } from '../../libs/webhooks/src/webhook-events.repository.js';
import { RequeueEvents } from '../../libs/webhooks/src/requeue-events.js';
import { eventually } from '../support/eventually.js';
import { type Program, startWorker } from '../support/processes.js';
import { openShop, type Shop } from '../stripe/support/shop.js';
import { tell, verdictOf } from '../stripe/support/webhooks.js';
import { openSource } from './support/source.js';

describe('events that cannot be applied yet', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ IDEMPOTENCY_LEASE_MS: '60000' });
    await shop.faults({ webhooks: { lose: true } });
  });
  afterAll(() => shop.close());

  const inboxRow = async (event_id: string) => {
    const [row] = await shop.database.query<{
      id: number;
      status: string;
      tries: number;
      failures: number;
      note: string | null;
      seconds: number;
    }>(
      `SELECT id::int, status, tries, failures, note, extract(epoch FROM next_try_at - now())::float8 AS seconds
       FROM webhook_events WHERE event_id = $1`,
      [event_id],
    );
    return row!;
  };
  const retry = async (event: string) =>
    shop.post(`ops/webhooks/${(await inboxRow(event)).id}/retry`, shop.staff.token, {});
  const auditOf = (event: string) =>
    shop.database.query<{ action: string; note: string }>(
      `SELECT action, detail->>'note' AS note FROM audit_log
       WHERE detail->>'event_id' = $1 AND action IN ('webhook.put_off', 'webhook.given_up') ORDER BY id`,
      [event],
    );

  /** A payment that was paid and whose event was delivered. */
  const paid = async () => {
    const { payment_id, checkout } = (await shop.create(await shop.consultation())).body.data;
    const { payment_intent } = await shop.pay(checkout.session_id);
    const session = await shop.simulator.stripe().checkout.sessions.retrieve(checkout.session_id);
    return { payment_id, payment_intent, session };
  };
  const refundedElsewhere = async (payment_intent: string) => {
    const { id } = await shop.simulator.sim<{ id: string }>('refunds', { payment_intent });
    return shop.simulator.stripe().refunds.retrieve(id);
  };

  it('an event whose payment is not booked yet waits for as long as needed, with a bounded pause and one audit entry', async () => {
    const { payment_id, payment_intent, session } = await paid();
    const event = await tell(shop, 'refund.created', await refundedElsewhere(payment_intent));
    for (let tried = 0; tried < 20; tried++) await retry(event);
    const row = await inboxRow(event);
    expect(row).toMatchObject({ status: 'pending', tries: 21, failures: 0 });
    expect(row.seconds).toBeLessThanOrEqual(3_600 * 1.2);
    expect(row.seconds).toBeGreaterThan(3_600 * 0.7);
    expect(await auditOf(event)).toEqual([
      { action: 'webhook.put_off', note: 'EventNotReadyError: its money has not been booked yet' },
    ]);
    await tell(shop, 'checkout.session.completed', session);
    expect(await inboxRow(event)).toMatchObject({ status: 'pending', failures: 0 });
    expect((await inboxRow(event)).seconds).toBeLessThanOrEqual(0);
    await retry(event);
    expect(await verdictOf(shop, event)).toBe('applied');
    expect(await shop.payment(payment_id)).toMatchObject({ status: 'refunded', refunds: ['succeeded 5000'] });
  });

  it('an event that fails is tried twelve times and then waits for staff', async () => {
    const { payment_intent, session } = await paid();
    await tell(shop, 'checkout.session.completed', session);
    await shop.database.query(REFUSE_REFUNDS);
    const event = await tell(shop, 'refund.created', await refundedElsewhere(payment_intent));
    const pauses: number[] = [];
    for (let row = await inboxRow(event); row.status === 'pending'; row = await inboxRow(event)) {
      pauses.push(row.seconds);
      if (pauses.length > 12) break;
      await retry(event);
    }
    expect(await inboxRow(event)).toMatchObject({ status: 'dead', tries: 12, failures: 12 });
    const meant = [5, 15, 60, 300, 900, 3_600, 7_200, 14_400, 14_400, 14_400, 14_400];
    expect(pauses).toHaveLength(meant.length);
    pauses.forEach((pause, n) => expect(Math.abs(pause - meant[n]!)).toBeLessThanOrEqual(meant[n]! * 0.2 + 1));
    const told = await auditOf(event);
    expect(told.map(({ action }) => action)).toEqual([...Array(11).fill('webhook.put_off'), 'webhook.given_up']);
    await shop.database.query('DROP TRIGGER refuse_refunds ON refunds');
    await retry(event);
    expect(await verdictOf(shop, event)).toBe('applied');
  });

  /** Holds a try in the middle: it waits for the row of its payment until the holder releases it. */
  const whileTried = async (
    work: { payment_id: number; event: string; begin: () => Promise<unknown> },
    meanwhile: () => Promise<unknown>,
  ) => {
    const holder = await shop.database.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM payments WHERE id = $1 FOR UPDATE', [work.payment_id]);
      const running = work.begin();
      await eventually(async () => {
        const waiting = await shop.database.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return waiting.length > 0;
      }, 'the try waits for the row');
      await meanwhile();
      await holder.query('COMMIT');
      await running;
    } finally {
      await holder.end();
    }
  };

  it.each(['booked money', 'staff'] as const)(
    'a try running while %s requeued the event neither postpones it nor gives it up',
    async (who) => {
      const { payment_id, payment_intent, session } = await paid();
      await tell(shop, 'checkout.session.completed', session);
      await shop.database.query(REFUSE_REFUNDS);
      const event = await tell(shop, 'refund.created', await refundedElsewhere(payment_intent));
      // One failure more and it is dead.
      await shop.database.query('UPDATE webhook_events SET failures = 11, tries = 11 WHERE event_id = $1', [event]);
      const source = await openSource(shop.database.url);
      try {
        await whileTried({ payment_id, event, begin: () => retry(event) }, async () => {
          if (who === 'booked money') {
            await inTransaction(source, (tx) => new RequeueEvents().requeue(tx, { payment_intent }));
          } else {
            // A second member of staff; their own try is cut off, as if its process had died.
            await inTransaction(source, (tx) => reopenOf(tx, event));
          }
        });
      } finally {
        await source.destroy();
        await shop.database.query('DROP TRIGGER refuse_refunds ON refunds');
      }
      const row = await inboxRow(event);
      expect(row.status).toBe('pending');
      expect(row.seconds).toBeLessThanOrEqual(who === 'staff' ? 10 : 0);
      await retry(event);
      expect(await verdictOf(shop, event)).toBe('applied');
      expect(await shop.payment(payment_id)).toMatchObject({ status: 'refunded' });
    },
  );

  it('a worker whose lease has ended cannot postpone an event that another one has taken', async () => {
    const { payment_id, payment_intent, session } = await paid();
    await tell(shop, 'checkout.session.completed', session);
    await shop.database.query(REFUSE_REFUNDS);
    const event = await tell(shop, 'refund.created', await refundedElsewhere(payment_intent));
    await shop.database.query(
      `UPDATE webhook_events SET failures = 11, tries = 11, next_try_at = now() WHERE event_id = $1`,
      [event],
    );
    const source = await openSource(shop.database.url);
    // Only the inbox reports this refund.
    await shop.faults({ webhooks: { lose: true }, error_500: { path: '/v1/events' } });
    let worker: Program | undefined;
    const begin = async () => (worker = await startWorker(shop.env()));
    try {
      await whileTried({ payment_id, event, begin }, async () => {
        // Its lease is over, and another worker takes it.
        await source.query("UPDATE webhook_events SET next_try_at = 'epoch' WHERE event_id = $1", [event]);
        const taken = await takeDue(source.manager);
        expect(taken?.event_id).toBe(event);
      });
      await eventually(() => worker?.output().includes('not applied, retried later'), 'the first worker has failed');
      expect(await inboxRow(event)).toMatchObject({ status: 'pending' });
    } finally {
      await worker?.stop();
      await source.destroy();
      await shop.faults({ webhooks: { lose: true } });
      await shop.database.query('DROP TRIGGER refuse_refunds ON refunds');
    }
  });

  it('Stripe unavailable: tries do not count as failures', async () => {
    const { payment_intent } = await paid();
    const refund = await refundedElsewhere(payment_intent);
    await shop.faults({ webhooks: { lose: true }, error_500: { path: '/v1/payment_intents/*' } });
    const event = await tell(shop, 'refund.created', refund);
    for (let tried = 0; tried < 13; tried++) await retry(event);
    expect(await inboxRow(event)).toMatchObject({ status: 'pending', failures: 0 });
    await shop.faults({ webhooks: { lose: true } });
  });
});

const REFUSE_REFUNDS = `
  CREATE OR REPLACE FUNCTION refuse_refunds() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION 'refused by the test'; END $$;
  CREATE TRIGGER refuse_refunds BEFORE INSERT ON refunds FOR EACH ROW EXECUTE FUNCTION refuse_refunds()`;

const events = new WebhookEventsRepository();
const takeDue = (manager: EntityManager) => events.takeDue(manager, 60_000);
const reopenOf = async (tx: EntityManager, event_id: string) => {
  const row = await events.findByEvent(tx, event_id);
  await events.reopen(tx, row!.id, 10_000);
};
