import type { DataSource, EntityManager } from 'typeorm';
import type { LockedCharge } from '../../libs/payments/src/ledger/charge.js';
import { ChargesRepository } from '../../libs/payments/src/ledger/charges.repository.js';
import { cameAfterClosing } from '../../libs/payments/src/ledger/came-after-closing.js';
import { DisputesRepository } from '../../libs/payments/src/ledger/disputes.repository.js';
import { findOutdated } from '../../libs/payments/src/ledger/outdated.js';
import { IdBlocks } from '../../libs/payments/src/ledger/id-blocks.js';
import type { PaymentReport } from '../../libs/payments/src/ledger/payment-report.js';
import { PaymentsRepository } from '../../libs/payments/src/ledger/payments.repository.js';
import { QuarantineRepository } from '../../libs/payments/src/ledger/quarantine.repository.js';
import { RefundsRepository } from '../../libs/payments/src/ledger/refunds.repository.js';
import { TransfersRepository } from '../../libs/payments/src/ledger/transfers.repository.js';
import { outcomeOfRequest } from '../../libs/payments/src/payments/outcome-of-request.js';
import { ReceiptsRepository } from '../../libs/payments/src/stripe/receipts/receipts.repository.js';
import { createConsultation, createPerson } from '../support/people.js';
import { insertPayment } from '../support/rows.js';
import { useStack } from '../support/use-stack.js';
import { openSource } from '../webhooks/support/source.js';

/** Reports nothing: these transactions are undone. */
const silent = { moved: async () => undefined, refunded: async () => undefined } as unknown as PaymentReport;
const payments = new PaymentsRepository(silent, new IdBlocks());
const refunds = new RefundsRepository(silent);
const charges = new ChargesRepository();
const disputes = new DisputesRepository();
const quarantine = new QuarantineRepository();
const receipts = new ReceiptsRepository();
const transfers = new TransfersRepository();

/** Conditions of single statements, each alone. What a trigger would refuse as well is chosen so that none does. */
describe('a statement that changes a row only from what it expects', () => {
  const stack = useStack({ apis: 0 });
  let source: DataSource;
  beforeAll(async () => {
    source = await openSource(stack.database.url);
    stack.atEnd(() => source.destroy());
  });

  const payment = async (change: Record<string, unknown> = {}) =>
    insertPayment(stack.database, {
      user_id: stack.patient.id,
      consultation_id: await createConsultation(stack.database, stack.patient),
      payment_method: 'stripe',
      ...change,
    });
  /** In a transaction that is undone, so that no rule at commit is in the way. */
  async function undone<Result>(work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    const runner = source.createQueryRunner();
    await runner.connect();
    await runner.startTransaction();
    try {
      return await work(runner.manager);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }
  const chargeOf = async (tx: EntityManager, payment_id: number): Promise<LockedCharge> => {
    const [row] = await tx.query<{ id: number }[]>('SELECT id FROM charges WHERE payment_id = $1', [payment_id]);
    return charges.lock(tx, row!.id);
  };

  it('payments.move: a payment that has failed meanwhile is not completed as a pending one, though it could be', async () => {
    const id = await payment({ status: 'failed' });
    await undone(async (tx) => {
      expect(await payments.move(tx, { id, from: 'pending', to: 'completed' })).toBeUndefined();
      expect((await payments.find(tx, id))?.status).toBe('failed');
      expect(await payments.move(tx, { id, from: 'failed', to: 'completed' })).toMatchObject({ status: 'completed' });
    });
  });

  it('payments.move: only the payment that is named', async () => {
    const [id, other] = [await payment(), await payment()];
    await undone(async (tx) => {
      await payments.move(tx, { id, from: 'pending', to: 'cancelled' });
      expect((await payments.find(tx, other))?.status).toBe('pending');
    });
  });

  it('refunds.move: a refund that was settled meanwhile is not settled again', async () => {
    const id = await payment({ status: 'partially_refunded' });
    await undone(async (tx) => {
      const [row] = await tx.query<{ id: number }[]>('SELECT id FROM refunds WHERE payment_id = $1', [id]);
      expect(await refunds.move(tx, { id: row!.id, from: 'pending', to: 'failed' })).toBeUndefined();
      expect((await refunds.find(tx, row!.id))?.status).toBe('succeeded');
      expect(await refunds.move(tx, { id: row!.id, from: 'succeeded', to: 'failed' })).toBeDefined();
    });
  });

  it('refunds.setTransaction: the first id of Stripe’s stays', async () => {
    const id = await payment({ status: 'completed' });
    await undone(async (tx) => {
      const { id: charge_id } = await chargeOf(tx, id);
      await charges.shift(tx, charge_id, { reserved: 1_000, returned: 0 });
      const made = { charge_id, amount: 1_000, reason: 'test', requested_by: null };
      const refund = await refunds.insert(tx, made);
      for (const stripe_id of ['re_1', 're_2']) await refunds.setTransaction(tx, refund.id, stripe_id);
      expect((await refunds.find(tx, refund.id))?.transaction_id).toBe('re_1');
    });
  });

  it('refunds.isUsedReference: neither a failed nor a withdrawn refund has used its reference', async () => {
    const id = await payment({ status: 'completed' });
    await undone(async (tx) => {
      const { id: charge_id } = await chargeOf(tx, id);
      await charges.shift(tx, charge_id, { reserved: 1_000, returned: 0 });
      const refund = await refunds.insert(tx, { charge_id, amount: 1_000, reason: 'test', requested_by: null });
      await refunds.setTransaction(tx, refund.id, 're_used');
      const isUsed = () => refunds.isUsedReference(tx, { payment_method: 'stripe', transaction_id: 're_used' });
      expect(await isUsed()).toBe(true);
      await refunds.move(tx, { id: refund.id, from: 'pending', to: 'failed' });
      expect(await isUsed()).toBe(false);
    });
  });

  it('quarantine.releaseReturned: only quarantined money, and only when nothing of it is left', async () => {
    const id = await payment();
    await undone(async (tx) => {
      const charge = { payment_method: 'stripe', transaction_id: 'pi_odd', amount_received: 4_000, currency: 'idr' };
      const { id: odd } = await charges.insert(tx, id, { ...charge, receipt_url: null }, 'quarantined');
      const released = async () => {
        await quarantine.releaseReturned(tx, odd);
        return (await charges.lock(tx, odd)).disposition;
      };
      await charges.shift(tx, odd, { reserved: 0, returned: 3_999 });
      expect(await released()).toBe('quarantined');
      await charges.shift(tx, odd, { reserved: 0, returned: 1 });
      expect(await released()).toBe('returned');
    });
  });

  it('receipts.set: a stored receipt is not replaced', async () => {
    const id = await payment({ status: 'completed' });
    await undone(async (tx) => {
      const { transaction_id } = await chargeOf(tx, id);
      for (const receipt of ['https://first.example', 'https://second.example'])
        await receipts.set(tx, transaction_id, receipt);
      expect((await charges.find(tx, id))?.receipt_url).toBe('https://first.example');
    });
  });

  it('charges.findTransaction: a part of a transfer is not a provider’s transaction, though it has the same id', async () => {
    const id = await payment({ status: 'completed', payment_method: 'bank_transfer' });
    await undone(async (tx) => {
      const { transaction_id } = await chargeOf(tx, id);
      const of = { payment_method: 'bank_transfer', transaction_id };
      expect([
        await charges.findTransaction(tx, of),
        await charges.lockTransaction(tx, of),
        await charges.raiseReadFence(tx, of),
      ]).toEqual([undefined, undefined, undefined]);
    });
  });

  it('charges.findTransaction: money of another method is another one, though it has the same id', async () => {
    const id = await payment({ status: 'completed' });
    await undone(async (tx) => {
      const { transaction_id } = await chargeOf(tx, id);
      expect(await charges.findTransaction(tx, { payment_method: 'gcash', transaction_id })).toBeUndefined();
      expect(await charges.findTransaction(tx, { payment_method: 'stripe', transaction_id })).toBeDefined();
    });
  });

  it('charges.acceptPartials and charges.sumOfPartials: not what was taken off the payment again', async () => {
    const id = await payment({ payment_method: 'bank_transfer' });
    await undone(async (tx) => {
      const part = async (transaction_id: string, amount: number, disposition: 'partial' | 'reversed') => {
        const recorded = { ...TRANSFER, transaction_id, payment_id: id, recorded_by: stack.staff.id };
        const transfer_id = (await transfers.insert(tx, recorded))!;
        const charge = { payment_method: 'bank_transfer', transaction_id, amount_received: amount, currency: 'idr' };
        return charges.insert(tx, id, { ...charge, receipt_url: null, transfer_id }, disposition);
      };
      await part('part-1', 2_000, 'partial');
      const { id: reversed } = await part('part-2', 1_000, 'reversed');
      expect(await charges.sumOfPartials(tx, id)).toBe(2_000);
      await charges.acceptPartials(tx, id);
      expect((await charges.lock(tx, reversed)).disposition).toBe('reversed');
    });
  });

  it('transfers.insert and transfers.findByReference: once, in either case of letters, unless it was voided', async () => {
    await undone(async (tx) => {
      const record = (transaction_id: string) =>
        transfers.insert(tx, { ...TRANSFER, transaction_id, payment_id: null, recorded_by: stack.staff.id });
      const of = { payment_method: 'bank_transfer', transaction_id: 'BANK-9' };
      const first = await record('bank-9');
      expect([await record('BANK-9'), (await transfers.findByReference(tx, of))?.id]).toEqual([undefined, first]);
      await transfers.void(tx, first!);
      expect(await transfers.findByReference(tx, of)).toBeUndefined();
      expect(await record('BANK-9')).toBeDefined();
    });
  });

  it('transfers.insert: no transfer was received later than now', async () => {
    await undone(async (tx) => {
      const received_at = new Date(Date.now() + 3_600_000);
      const draft = {
        ...TRANSFER,
        transaction_id: 'future',
        payment_id: null,
        recorded_by: stack.staff.id,
        received_at,
      };
      const id = await transfers.insert(tx, draft);
      expect((await transfers.find(tx, id!))!.received_at.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    });
  });

  it('disputes.write: an appeal keeps the loss and what was counted of it; a win takes both away', async () => {
    const id = await payment({ status: 'completed' });
    await undone(async (tx) => {
      const charge = await chargeOf(tx, id);
      const facts = { dispute_id: 'dp_1', amount: 5_000, currency: 'idr', opened_at: 1, lost_at: 2 };
      const write = (state: 'lost' | 'open' | 'won', lost_amount: number) =>
        disputes.write(tx, charge, { ...facts, status: state, state, lost_amount, charge_refundable: false });
      const lost = await write('lost', 5_000);
      await disputes.count(tx, lost.id, 5_000);
      expect(await write('open', 0)).toMatchObject({ state: 'open', lost_amount: 5_000, counted_amount: 5_000 });
      expect(await write('lost', 3_000)).toMatchObject({ state: 'lost', lost_amount: 3_000, counted_amount: 3_000 });
      expect(await write('won', 0)).toMatchObject({ state: 'won', lost_amount: 0, counted_amount: 0 });
    });
  });

  it('disputes.findBlocking: not a won one, an inquiry, or one beside which Stripe allows refunds', async () => {
    const id = await payment({ status: 'completed' });
    await undone(async (tx) => {
      const charge = await chargeOf(tx, id);
      const facts = { dispute_id: 'dp_2', amount: 5_000, currency: 'idr', opened_at: 1, lost_at: null, lost_amount: 0 };
      const blocks = async (state: 'inquiry' | 'open' | 'lost' | 'won', charge_refundable: boolean) => {
        await tx.query('SAVEPOINT one');
        await disputes.write(tx, charge, { ...facts, status: state, state, charge_refundable });
        const blocking = await disputes.findBlocking(tx, id);
        await tx.query('ROLLBACK TO SAVEPOINT one');
        return blocking !== undefined;
      };
      expect([await blocks('open', false), await blocks('lost', false)]).toEqual([true, true]);
      expect([await blocks('open', true), await blocks('won', false), await blocks('inquiry', false)]).toEqual([
        false,
        false,
        false,
      ]);
    });
  });

  it('payments.lockLapsed: neither one that is processing, nor one with a page, nor before its time', async () => {
    const past = new Date(Date.now() - 60_000);
    const bank = { payment_method: 'bank_transfer', expires_at: past };
    const [lapsed, processing, page, early, paid] = [
      await payment(bank),
      await payment({ ...bank, processing: true }),
      await payment({ expires_at: past }),
      await payment({ ...bank, expires_at: new Date(Date.now() + 60_000) }),
      await payment({ ...bank, status: 'completed' }),
    ];
    const locked = await undone((tx) => payments.lockLapsed(tx, [lapsed, processing, page, early, paid]));
    expect(locked).toEqual([lapsed]);
  });

  it('findOutdated: only a pending page that nobody is paying', async () => {
    const price = { amount: 4_000 };
    const outdated = async (change: Record<string, unknown>) => {
      const id = await payment({ ...price, ...change });
      return (await findOutdated(source.manager, id)) !== undefined;
    };
    expect(await outdated({})).toBe(true);
    expect(await outdated({ amount: 5_000 })).toBe(false);
    expect(await outdated({ processing: true })).toBe(false);
    expect(await outdated({ status: 'cancelled' })).toBe(false);
    expect(await outdated({ payment_method: 'bank_transfer' })).toBe(false);
  });

  it('cameAfterClosing: money of the same moment is in time, and one second later it is not', async () => {
    const late = (seconds: number) =>
      undone(async (tx) => {
        const consultation_id = await createConsultation(stack.database, stack.patient);
        const id = await payment({ consultation_id });
        await tx.query(`UPDATE consultations SET status = 'closed' WHERE id = $1`, [consultation_id]);
        // In Postgres: a JavaScript date would round the time of the closing down.
        const [charge] = await tx.query<{ id: number }[]>(
          `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, received_at)
           SELECT 'stripe', 'pi_late', $1, 5000, 'idr', closed_at + make_interval(secs => $3)
           FROM consultations WHERE id = $2 RETURNING id`,
          [id, consultation_id, seconds],
        );
        return cameAfterClosing(tx, charge!.id);
      });
    expect([await late(0), await late(1)]).toEqual([false, true]);
  });

  it('outcomeOfRequest: a payment of another user, and a refund of another payment, void the key', async () => {
    const other = await createPerson(stack.database);
    const [mine, theirs] = [await payment(), await payment({ user_id: other.id })];
    const refunded = await payment({ status: 'partially_refunded' });
    const [refund] = await source.query<{ id: number }[]>('SELECT id FROM refunds WHERE payment_id = $1', [refunded]);
    const outcome = async (resource: string) =>
      (await outcomeOfRequest(source.manager, { resource, user_id: stack.patient.id })).is;
    expect([await outcome(String(mine)), await outcome(String(theirs))]).toEqual(['open', 'void']);
    expect(await outcome(`${refunded}/refunds/${refund!.id}`)).toBe('done');
    expect(await outcome(`${mine}/refunds/${refund!.id}`)).toBe('void');
  });
});

const TRANSFER = {
  payment_method: 'bank_transfer',
  amount: 5_000,
  currency: 'idr',
  payer: null,
  note: null,
  receipt_url: null,
  received_at: null,
};
