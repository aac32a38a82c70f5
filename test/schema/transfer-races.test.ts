import type pg from 'pg';
import { eventually } from '../support/eventually.js';
import {
  allocate,
  charge,
  complete,
  end,
  idOf,
  insertTransfer,
  makeTransferScene,
  type TransferScene,
  undo,
} from './transfer-scene.js';
import { useStack } from '../support/use-stack.js';

/** As they come from `makeTransferScene`, and one more transfer of 5000 for the second session. */
type Scene = TransferScene & { readonly second: number };
type Race = [refusal: string, what: string, first: (s: Scene) => string, second: (s: Scene) => string];

const set = (transfer: number, to: number) => `UPDATE transfers SET amount_allocated = ${to} WHERE id = ${transfer};`;
const part = (transfer: number, payment: number, amount: number) =>
  charge(transfer, payment, amount, 'partial') + allocate(transfer, amount);
const payBack = (transfer: number, amount: number) =>
  charge(transfer, null, amount, 'returned') +
  `UPDATE charges SET amount_reserved = ${amount} WHERE transfer_id = ${transfer};
   INSERT INTO refunds (charge_id, payment_method, amount, currency, reason)
     SELECT max(id), 'bank_transfer', ${amount}, 'idr', 'race' FROM charges WHERE transfer_id = ${transfer};`;
const completeWithRest = (s: Scene) =>
  charge(s.unmatched, s.partial, 3_000) +
  allocate(s.unmatched, 3_000) +
  `UPDATE charges SET disposition = 'accepted' WHERE payment_id = ${s.partial};` +
  complete(s.partial);

/** Each of the two is right alone. The first is checked before the second is, and commits after that. */
const RACES: Race[] = [
  [
    'transfers_allocated_within_amount',
    'the same rest of a transfer for two payments, each adding to the sum',
    (s) => charge(s.unmatched, s.pending, 5_000) + allocate(s.unmatched, 5_000) + complete(s.pending),
    (s) => part(s.unmatched, s.partial, 2_000),
  ],
  [
    'transfers_sums_match_charges',
    'the same rest of a transfer for two payments, each writing the sum that it had computed',
    (s) => part(s.unmatched, s.pending, 4_000),
    (s) => charge(s.unmatched, s.partial, 2_000, 'partial') + set(s.unmatched, 2_000),
  ],
  [
    'transfers_sums_match_charges',
    'the same rest of a transfer for two payments, the second without its sum',
    (s) => charge(s.unmatched, s.pending, 5_000) + allocate(s.unmatched, 5_000) + complete(s.pending),
    (s) => charge(s.unmatched, s.partial, 2_000, 'partial'),
  ],
  [
    'transfers_allocated_within_amount',
    'the same rest of a transfer for a payment and to be paid back',
    (s) => charge(s.unmatched, s.pending, 5_000) + allocate(s.unmatched, 5_000) + complete(s.pending),
    (s) => payBack(s.unmatched, 1_000) + allocate(s.unmatched, 1_000),
  ],
  [
    'transfers_keep_their_terms',
    'a transfer that is voided and pays',
    (s) => `UPDATE transfers SET voided_at = now() WHERE id = ${s.unmatched}`,
    (s) => charge(s.unmatched, s.pending, 5_000) + complete(s.pending) + allocate(s.unmatched, 5_000),
  ],
  [
    'transfers_voided_when_unallocated',
    'a transfer that pays and is voided',
    (s) => charge(s.unmatched, s.pending, 5_000) + allocate(s.unmatched, 5_000) + complete(s.pending),
    (s) => `UPDATE transfers SET voided_at = now() WHERE id = ${s.unmatched}`,
  ],
  [
    'transfers_allocated_within_amount',
    'a transfer that becomes smaller and pays',
    (s) => `UPDATE transfers SET amount = 4999 WHERE id = ${s.unmatched}`,
    (s) => charge(s.unmatched, s.pending, 5_000) + complete(s.pending) + allocate(s.unmatched, 5_000),
  ],
  [
    'charges_returned_within_received',
    'one match undone twice',
    (s) => undo(s.paidCharge, s.paid, s.paidTransfer),
    (s) => undo(s.paidCharge, s.paid, s.paidTransfer),
  ],
  [
    'payments_paid_in_full',
    'two parts, which together are more than a pending payment needs',
    (s) => part(s.unmatched, s.pending, 3_000),
    (s) => part(s.second, s.pending, 3_000),
  ],
  [
    'payments_paid_in_full',
    'a payment completed while another part of it is added',
    completeWithRest,
    (s) => part(s.second, s.partial, 1_000),
  ],
  [
    'payments_paid_in_full',
    'a part added while its payment is completed',
    (s) => part(s.second, s.partial, 1_000),
    completeWithRest,
  ],
  [
    'payments_paid_in_full',
    'a payment cancelled while a part of it is added',
    (s) => end(s.pending, 'cancelled'),
    (s) => part(s.second, s.pending, 1_000),
  ],
  [
    'payments_paid_in_full',
    'a part added while its payment expires',
    (s) => part(s.second, s.pending, 1_000),
    (s) => end(s.pending, 'expired'),
  ],
  [
    'payments_paid_in_full',
    'a payment paid twice by two transfers',
    (s) => charge(s.unmatched, s.pending, 5_000) + allocate(s.unmatched, 5_000) + complete(s.pending),
    (s) => charge(s.second, s.pending, 5_000) + allocate(s.second, 5_000) + complete(s.pending),
  ],
];

/** `transfer_sums_match_charges()` as it would be if it read in several statements. */
const READS_IN_STATEMENTS = `
  CREATE OR REPLACE FUNCTION transfer_sums_match_charges() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    about bigint := CASE TG_TABLE_NAME WHEN 'transfers' THEN to_jsonb(NEW)->>'id' ELSE to_jsonb(NEW)->>'transfer_id' END;
    transfer transfers;
    allocated bigint;
    undone bigint;
  BEGIN
    SELECT * INTO transfer FROM transfers WHERE id = about;
    SELECT sum(amount_received) INTO allocated FROM charges WHERE transfer_id = about AND disposition <> 'reversed';
    SELECT coalesce(sum(r.amount), 0) INTO undone FROM refunds r JOIN charges c ON c.id = r.charge_id
      WHERE c.transfer_id = about AND r.kind = 'unmatch' AND r.status = 'succeeded';
    IF transfer.amount_allocated <> allocated - undone THEN
      RAISE EXCEPTION 'refused' USING ERRCODE = 'check_violation', CONSTRAINT = 'transfers_sums_match_charges';
    END IF;
    RETURN NULL;
  END $$`;

describe('two concurrent sessions, with no locks but those of Postgres', () => {
  const stack = useStack({ apis: 0 });
  let scene: Scene;
  let first: pg.Client;
  let second: pg.Client;

  beforeEach(async () => {
    scene = { ...(await makeTransferScene(stack.database)), second: await insertTransfer(stack.database) };
    [first, second] = [await stack.database.connect(), await stack.database.connect()];
  });
  afterEach(async () => {
    await first.end();
    await second.end();
  });

  const run = (client: pg.Client, ...statements: string[]): Promise<string> =>
    statements
      .reduce((before, statement) => before.then(() => client.query(statement)), Promise.resolve<unknown>(undefined))
      .then(
        () => 'committed',
        async (error: { constraint?: string; message: string }) => {
          await client.query('ROLLBACK');
          return error.constraint ?? error.message;
        },
      );
  /** Until the session waits for the other one. */
  const blocked = (client: pg.Client) =>
    eventually(
      async () =>
        (await stack.database.query('SELECT 1 WHERE cardinality(pg_blocking_pids($1)) > 0', [pidOf(client)]))[0],
      'the second session waits for the first',
    );
  const pidOf = (client: pg.Client) => (client as unknown as { processID: number }).processID;
  /** Both have written and are checked before either commits, unless the second is made to wait. */
  async function race(one: string, other: string): Promise<[first: string, second: string]> {
    await first.query('BEGIN');
    await first.query(one);
    await first.query('SET CONSTRAINTS ALL IMMEDIATE');
    const checked = run(second, 'BEGIN', other, 'SET CONSTRAINTS ALL IMMEDIATE');
    await Promise.race([checked, blocked(second)]);
    const outcome = await run(first, 'COMMIT');
    const outcomes: [string, string] = [outcome, await checked];
    return outcomes[1] === 'committed' ? [outcome, await run(second, 'COMMIT')] : outcomes;
  }
  const wrongSums = () =>
    stack.database.query(
      `SELECT id FROM transfers t WHERE amount_allocated <>
         (SELECT coalesce(sum(amount_received), 0) FROM charges WHERE transfer_id = t.id AND disposition <> 'reversed')
         - (SELECT coalesce(sum(r.amount), 0) FROM refunds r JOIN charges c ON c.id = r.charge_id
            WHERE c.transfer_id = t.id AND r.kind = 'unmatch' AND r.status = 'succeeded')`,
    );
  const wrongParts = () =>
    stack.database.query(
      `SELECT p.id FROM payments p JOIN charges c ON c.payment_id = p.id AND c.disposition = 'partial'
       GROUP BY p.id HAVING p.status <> 'pending' OR sum(c.amount_received) >= p.amount`,
    );

  it.each(RACES)('%s refuses %s', async (refusal, _, one, other) => {
    expect(await race(one(scene), other(scene))).toEqual(['committed', refusal]);
    expect([await wrongSums(), await wrongParts()]).toEqual([[], []]);
  });

  it.each(RACES)('%s refuses %s: exactly one of two that commit at the same moment', async (_, __, one, other) => {
    const both = [one, other].map((sql, n) => run(n === 0 ? first : second, 'BEGIN', sql(scene), 'COMMIT'));
    const outcomes = await Promise.all(both);
    expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(1);
    expect([await wrongSums(), await wrongParts()]).toEqual([[], []]);
  });

  it('hazard: without the row lock of check_payment two parts commit that exceed the payment', async () => {
    const [{ ours }] = (await stack.database.query<{ ours: string }>(
      `SELECT pg_get_functiondef('check_payment(bigint)'::regprocedure) AS ours`,
    )) as [{ ours: string }];
    expect(ours).toContain('FOR NO KEY UPDATE');
    await stack.database.query(ours.replace('FOR NO KEY UPDATE', ''));
    const { unmatched, second: another, pending } = scene;
    expect(await race(part(unmatched, pending, 3_000), part(another, pending, 3_000))).toEqual([
      'committed',
      'committed',
    ]);
    expect(await wrongParts()).toEqual([{ id: String(pending) }]);
    await stack.database.query(ours);
    await stack.database.query(
      `UPDATE charges SET disposition = 'reversed' WHERE payment_id = ${pending};
       ${allocate(unmatched, -3_000)} ${allocate(another, -3_000)}`,
    );
  });

  it('partial charges are refused in REPEATABLE READ and SERIALIZABLE, whose snapshot may hide other parts', async () => {
    const { unmatched, second: another, pending } = scene;
    await stack.database.query(part(unmatched, pending, 3_000));
    for (const level of ['REPEATABLE READ', 'SERIALIZABLE'])
      expect(await run(second, `BEGIN ISOLATION LEVEL ${level}`, part(another, pending, 1_000), 'COMMIT')).toBe(
        'payments_written_in_read_committed',
      );
  });

  describe('a charge not counted in its transfer, while another match of it is undone', () => {
    /** The undo commits while the second session is being checked: it has read the transfer, and waits for `refunds`. */
    async function undoMeanwhile(): Promise<[first: string, second: string]> {
      const { paid, paidCharge, paidTransfer, pending } = scene;
      await first.query('BEGIN');
      await first.query(undo(paidCharge, paid, paidTransfer));
      await first.query('LOCK TABLE refunds IN ACCESS EXCLUSIVE MODE');
      await second.query('BEGIN');
      await second.query(charge(paidTransfer, pending, 5_000) + complete(pending));
      const committed = run(second, 'SET CONSTRAINTS charges_match_transfer_sums IMMEDIATE', 'COMMIT');
      await blocked(second);
      return [await run(first, 'COMMIT'), await committed];
    }

    it('hazard: is accepted by a check that reads in several statements', async () => {
      const ours = await stack.database.query<{ sql: string }>(
        `SELECT pg_get_functiondef('transfer_sums_match_charges()'::regprocedure) AS sql`,
      );
      await stack.database.query(READS_IN_STATEMENTS);
      expect(await undoMeanwhile()).toEqual(['committed', 'committed']);
      expect(await wrongSums()).toEqual([{ id: String(scene.paidTransfer) }]);
      await stack.database.query(ours[0]!.sql);
      await stack.database.query(allocate(scene.paidTransfer, 5_000));
    });

    it('is refused', async () => {
      expect(await undoMeanwhile()).toEqual(['committed', 'transfers_sums_match_charges']);
      expect(await wrongSums()).toEqual([]);
      expect(
        await idOf(stack.database, `SELECT count(*) AS id FROM charges WHERE transfer_id = ${scene.paidTransfer}`),
      ).toBe(1);
    });
  });
});
