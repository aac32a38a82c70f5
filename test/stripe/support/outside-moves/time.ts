import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { moneyOf } from '../../../support/money.js';
import type { Shop } from '../shop.js';
import { ledgerOf } from './ledger.js';

/** One sweep of the worker, which sweeps each second, and what it began. */
const SWEEP_MS = 1_100;

/** Sweeps without a change until all is quiet. */
const QUIET_SWEEPS = 1;

/** Two listings of each of a few rows, and what they bring about; more sweeps than that never come to rest. */
const MAX_SWEEPS = 15;

/** After a lost answer two empty listings a day apart prove that nothing was made: two days, and a margin. */
const MAX_DAYS = 4;

/** Everything scheduled is due, and the worker has had a sweep to do it. */
export async function wait(shop: Shop): Promise<void> {
  await makeDue(shop);
  await pause(SWEEP_MS);
}

/**
 * Hours pass at Stripe, and for the rows that remember when Stripe was asked. People's own deadlines stay: our clock and
 * Postgres' go on as they are.
 */
export async function passHours(shop: Shop, hours: number): Promise<void> {
  await shop.simulator.sim('clock', { advance_seconds: hours * 3_600 });
  for (const table of ['stripe_sessions', 'stripe_refunds']) {
    const columns = await timesOf(shop, table);
    const older = columns.map((column) => `${column} = ${column} - make_interval(hours => $1)`);
    await shop.database.query(`UPDATE ${table} SET ${older.join(', ')}`, [hours]);
  }
  await makeDue(shop);
}

/** Until nothing changes any more and Stripe has answered everything, days later if need be; bounded. */
export async function untilQuiet(shop: Shop, payment_ids: () => Promise<number[]>): Promise<void> {
  for (let day = 0; day < MAX_DAYS; day++) {
    await untilNothingChanges(shop, payment_ids);
    if (!(await isUnanswered(shop, await payment_ids()))) return;
    await passHours(shop, 25);
  }
}

async function untilNothingChanges(shop: Shop, payment_ids: () => Promise<number[]>): Promise<void> {
  let before = '';
  for (let sweeps = 0, quiet = 0; sweeps < MAX_SWEEPS && quiet < QUIET_SWEEPS; sweeps++) {
    await wait(shop);
    const now = await picture(shop, await payment_ids());
    quiet = now === before ? quiet + 1 : 0;
    before = now;
  }
}

async function isUnanswered(shop: Shop, ids: readonly number[]): Promise<boolean> {
  const [row] = await shop.database.query<{ left: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM stripe_sessions s JOIN payments p ON p.id = s.payment_id
                    WHERE s.state = 'unanswered' AND p.status = 'pending' AND p.id = ANY($1))
         OR EXISTS (SELECT 1 FROM stripe_refunds k JOIN refunds r ON r.id = k.refund_id
                    WHERE k.state = 'unanswered' AND r.status = 'pending' AND r.payment_id = ANY($1)) AS left`,
    [ids],
  );
  return row!.left;
}

async function picture(shop: Shop, ids: readonly number[]): Promise<string> {
  const events = await shop.database.query('SELECT status, count(*) FROM webhook_events GROUP BY 1 ORDER BY 1');
  const ledger = await ledgerOf(shop, ids);
  const all = JSON.stringify([events, ledger, await moneyOf(shop.database, ids)]);
  return createHash('sha256').update(all).digest('hex');
}

/** Columns that say when something is looked at next, in every table: earlier than now, as if the pause were over. */
async function makeDue(shop: Shop): Promise<void> {
  const columns = await shop.database.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = current_schema() AND data_type = 'timestamp with time zone'
       AND column_name ~ '^(look|next|due|read|reread|check)(_[a-z]+)*_at$'`,
  );
  for (const { table, column } of columns) {
    const due = `UPDATE ${table} SET ${column} = now() - interval '1 second' WHERE ${column} > now()`;
    await shop.database.query(due);
  }
}

async function timesOf(shop: Shop, table: string): Promise<string[]> {
  const rows = await shop.database.query<{ column: string }>(
    `SELECT column_name AS column FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 AND data_type = 'timestamp with time zone'`,
    [table],
  );
  return rows.map(({ column }) => column);
}
