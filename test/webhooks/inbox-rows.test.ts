import type { StripeEvent } from '#stripe';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { RequeueEvents } from '../../libs/webhooks/src/requeue-events.js';
import { WebhookEventsRepository } from '../../libs/webhooks/src/webhook-events.repository.js';
import { useStack } from '../support/use-stack.js';
import { openSource } from './support/source.js';

const events = new WebhookEventsRepository();
const LEASE_MS = 60_000;

/** Each condition of the statements of the inbox, alone. */
describe('a row of the inbox', () => {
  const stack = useStack({ apis: 0 });
  let source: DataSource;
  beforeAll(async () => {
    source = await openSource(stack.database.url);
    stack.atEnd(() => source.destroy());
  });

  const newEvent = (type = 'refund.updated', payment_intent = 'pi_1') =>
    ({
      id: `evt_${randomUUID()}`,
      type,
      livemode: false,
      data: { object: { payment_intent } },
    }) as unknown as StripeEvent;
  const how = { payload: '{}', source: 'webhook', first_try_ms: 0 } as const;
  const found = { payload: '{}', source: 'poll', first_try_ms: 0 } as const;
  const store = (event = newEvent()) => events.store(source.manager, event, how);
  const set = (id: number, what: string) => source.query(`UPDATE webhook_events SET ${what} WHERE id = $1`, [id]);
  const rowOf = async (id: number) => (await events.find(source.manager, id))!;
  const SETTLED = { applied: `status = 'applied', settled_at = now()`, dead: `status = 'dead', settled_at = now()` };
  const step = { pause_ms: 1_000, note: 'waits', failed: false, dead: false };

  it('is stored once, however often its event is delivered', async () => {
    const event = newEvent();
    const first = await store(event);
    expect((await store(event)).id).toBe(first.id);
  });

  it('that is delivered again begins a try with the next fence, unless it is settled', async () => {
    const event = newEvent();
    const first = await store(event);
    expect((await store(event)).fence).toBe(first.fence + 1);
    await set(first.id, SETTLED.applied);
    expect(await store(event)).toMatchObject({ status: 'applied', fence: first.fence + 1 });
  });

  it('keeps its first verdict', async () => {
    const { id } = await store();
    await events.settle(source.manager, id, { verdict: 'applied', payment_id: null, note: 'first' });
    await events.settle(source.manager, id, { verdict: 'foreign', payment_id: null, note: 'second' });
    expect(await rowOf(id)).toMatchObject({ status: 'applied', note: 'first' });
  });

  it('is postponed by the try that holds its fence only', async () => {
    const row = await store();
    expect(await events.postpone(source.manager, { ...row, fence: row.fence - 1 }, step)).toBe(false);
    expect(await events.postpone(source.manager, { ...row, tries: row.tries + 1 }, step)).toBe(false);
    expect(await rowOf(row.id)).toMatchObject({ tries: 0, note: null });
    expect(await events.postpone(source.manager, row, step)).toBe(true);
  });

  it('that was settled is not postponed', async () => {
    const row = await store();
    await set(row.id, SETTLED.applied);
    expect(await events.postpone(source.manager, row, step)).toBe(false);
    expect((await rowOf(row.id)).status).toBe('applied');
  });

  it('is taken when it is due, by one worker, and by nobody before or once it is settled', async () => {
    const [due, early, settled] = [await store(), await store(), await store()];
    await set(early.id, `next_try_at = now() + interval '1 minute'`);
    await set(settled.id, SETTLED.applied);
    const take = (id: number) => events.takeDue(source.manager, LEASE_MS, id);
    expect([await take(early.id), await take(settled.id)]).toEqual([undefined, undefined]);
    expect((await take(due.id))?.fence).toBe(due.fence + 1);
    expect(await take(due.id)).toBeUndefined();
  });

  it('that another worker is taking is passed over', async () => {
    const { id } = await store();
    const holder = await stack.database.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM webhook_events WHERE id = $1 FOR UPDATE', [id]);
      expect(await events.takeDue(source.manager, LEASE_MS, id)).toBeUndefined();
    } finally {
      await holder.end();
    }
  });

  it('of a listed object is tried again after it was settled, and left alone while it waits or is ignored', async () => {
    const event = newEvent();
    const again = () => events.storeAgain(source.manager, event, found);
    const first = await again();
    expect(await again()).toBeUndefined();
    for (const settled of [SETTLED.applied, SETTLED.dead]) {
      await set(first!.id, `${settled}, failures = 12`);
      expect(await again()).toMatchObject({ status: 'pending', failures: 0 });
    }
    await set(first!.id, `status = 'ignored', settled_at = now()`);
    expect(await again()).toBeUndefined();
  });

  it('is requeued for its own money, if it has been tried and is about money', async () => {
    const intent = `pi_${randomUUID()}`;
    const of = async (type: string, payment_intent: string, what: string) => {
      const { id } = await store(newEvent(type, payment_intent));
      await set(id, `${what}, next_try_at = now() + interval '1 hour'`);
      return id;
    };
    const rows = {
      waiting: await of('refund.updated', intent, 'tries = 1'),
      dead: await of('charge.dispute.closed', intent, `tries = 1, ${SETTLED.dead}`),
      untried: await of('refund.updated', intent, 'tries = 0'),
      other: await of('refund.updated', 'pi_other', 'tries = 1'),
      session: await of('checkout.session.completed', intent, 'tries = 1'),
      applied: await of('refund.updated', intent, `tries = 1, ${SETTLED.applied}`),
    };
    await new RequeueEvents().requeue(source.manager, { payment_intent: intent });
    const due = await source.query<{ id: number }[]>(
      `SELECT id FROM webhook_events WHERE id = ANY($1) AND status = 'pending' AND next_try_at <= now() ORDER BY id`,
      [Object.values(rows)],
    );
    expect(due.map(({ id }) => id)).toEqual([rows.waiting, rows.dead]);
  });
});
