import type { TestDatabase } from '../support/database.js';
import { createConsultation, createPerson } from '../support/people.js';
import { insertPayment } from '../support/rows.js';

/** Transfers in each state, each of 5000 unless it says otherwise, and what was done with them. */
export interface TransferScene {
  /** Paid by one transfer, nothing returned. */
  readonly paid: number;
  readonly paidCharge: number;
  readonly paidTransfer: number;
  /** Paid by Stripe. */
  readonly stripe: number;
  readonly stripeCharge: number;
  /** Pending, 2000 of it received by a transfer of 5000. */
  readonly partial: number;
  readonly partialCharge: number;
  readonly partialTransfer: number;
  /** Pending, nothing received. */
  readonly pending: number;
  readonly expired: number;
  /** Paid by transfers of 2000 and 3000; a refund of 4000 takes 2000 of each and is in flight. */
  readonly inParts: number;
  readonly partCharges: readonly [number, number];
  readonly partsRefund: number;
  /** Refunded: its match was undone, and its transfer is unmatched again. */
  readonly undone: number;
  readonly undoneCharge: number;
  readonly undoneTransfer: number;
  readonly unmatched: number;
  /** Of 6000, unmatched. */
  readonly large: number;
  readonly gcash: number;
  readonly dollars: number;
  readonly voided: number;
  /** 3000 of it are being paid back. */
  readonly paidBack: number;
  readonly paidBackCharge: number;
}

/** Allocates without looking, as a caller would that forgot every rule. */
export const charge = (transfer: number, payment: number | null, amount: number, disposition = 'accepted') =>
  `INSERT INTO charges (payment_method, transaction_id, transfer_id, payment_id, amount_received, currency, disposition)
     SELECT payment_method, transaction_id, id, ${payment ?? 'NULL'}, ${amount}, currency, '${disposition}'
     FROM transfers WHERE id = ${transfer};`;

export const allocate = (transfer: number, by: number) =>
  `UPDATE transfers SET amount_allocated = amount_allocated + ${by} WHERE id = ${transfer};`;

/** The payment with its documents: nothing but its money is missing. */
export const complete = (payment: number) =>
  `UPDATE payments SET status = 'completed', completed_at = now() WHERE id = ${payment};
   UPDATE invoices SET status = 'paid', paid_at = now() WHERE payment_id = ${payment};
   UPDATE tax_records SET status = 'due' WHERE payment_id = ${payment};`;

export const end = (payment: number, status: 'cancelled' | 'expired') =>
  `UPDATE payments SET status = '${status}' WHERE id = ${payment};
   UPDATE invoices SET status = 'void' WHERE payment_id = ${payment};
   UPDATE tax_records SET status = 'void' WHERE payment_id = ${payment};`;

/** The payment with its documents refunded whole: nothing but the credit note and the refund is missing. */
export const refundPayment = (payment: number) =>
  `UPDATE payments SET status = 'refunded', refunded_amount = amount WHERE id = ${payment};
   UPDATE invoices SET status = 'refunded', credited_amount = amount WHERE payment_id = ${payment};
   UPDATE tax_records SET status = 'credited', credited_base_amount = base_amount WHERE payment_id = ${payment};`;

/** A refund row that has succeeded, with the sum on its charge. */
export const refundRow = (of: number, amount: number, change: { kind?: string; transaction_id?: string } = {}) =>
  `UPDATE charges SET amount_returned = amount_returned + ${amount} WHERE id = ${of};
   INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, kind, status, settled_at, reason, transaction_id)
     SELECT id, payment_id, payment_method, ${amount}, currency, '${change.kind ?? 'unmatch'}', 'succeeded', now(), 'test',
            ${change.transaction_id === undefined ? 'NULL' : `'${change.transaction_id}'`} FROM charges WHERE id = ${of};`;

export const creditNote = (payment: number, amount: number) =>
  `INSERT INTO credit_notes (credit_number, invoice_id, refund_id, kind, amount, base_amount, tax_amount)
     SELECT 'CN-undo-' || r.id, i.id, r.id, 'credit', ${amount}, ${amount}, 0
     FROM invoices i JOIN refunds r ON r.payment_id = i.payment_id WHERE i.payment_id = ${payment} ORDER BY r.id DESC LIMIT 1;`;

/** Undoes a match as it should be done: nothing is missing. */
export const undo = (of: number, payment: number, transfer: number, amount = 5_000) =>
  refundRow(of, amount) + refundPayment(payment) + creditNote(payment, amount) + allocate(transfer, -amount);

let count = 0;

export async function insertTransfer(
  database: Pick<TestDatabase, 'query'>,
  { amount = 5_000, payment_method = 'bank_transfer', currency = 'idr' } = {},
): Promise<number> {
  const [row] = await database.query<{ id: string }>(
    `INSERT INTO transfers (payment_method, transaction_id, amount, currency, received_at)
     VALUES ($1, $2, $3, $4, now()) RETURNING id`,
    [payment_method, `transfer-${(count += 1)}`, amount, currency],
  );
  return Number(row!.id);
}

export async function idOf(database: Pick<TestDatabase, 'query'>, sql: string): Promise<number> {
  return Number((await database.query<{ id: string }>(sql))[0]!.id);
}

export async function makeTransferScene(database: TestDatabase): Promise<TransferScene> {
  const patient = await createPerson(database);
  const payment = async (status: string, payment_method = 'bank_transfer') =>
    insertPayment(database, {
      user_id: patient.id,
      consultation_id: await createConsultation(database, patient),
      status,
      payment_method,
    });
  const transfer = (change?: Parameters<typeof insertTransfer>[1]) => insertTransfer(database, change);
  const chargeOf = (id: number) =>
    idOf(database, `SELECT id FROM charges WHERE payment_id = ${id} ORDER BY id LIMIT 1`);
  const transferOf = (id: number) => idOf(database, `SELECT transfer_id AS id FROM charges WHERE payment_id = ${id}`);

  const paid = await payment('completed');
  const stripe = await payment('completed', 'stripe');
  const partial = await payment('pending');
  const partialTransfer = await transfer();
  await database.query(charge(partialTransfer, partial, 2_000, 'partial') + allocate(partialTransfer, 2_000));

  const inParts = await payment('pending');
  for (const amount of [2_000, 3_000]) {
    const part = await transfer({ amount });
    const last = amount === 3_000;
    await database.query(
      charge(part, inParts, amount, last ? 'accepted' : 'partial') +
        allocate(part, amount) +
        (last ? complete(inParts) : '') +
        (last ? `UPDATE charges SET disposition = 'accepted' WHERE payment_id = ${inParts};` : ''),
    );
  }
  const charges = await database.query<{ id: string }>('SELECT id FROM charges WHERE payment_id = $1 ORDER BY id', [
    inParts,
  ]);
  await database.query(
    `UPDATE charges SET amount_reserved = 2000 WHERE payment_id = ${inParts};
     INSERT INTO refunds (payment_id, payment_method, amount, currency, reason)
       VALUES (${inParts}, 'bank_transfer', 4000, 'idr', 'in parts');
     INSERT INTO refund_parts (refund_id, charge_id, amount)
       SELECT r.id, c.id, 2000 FROM refunds r JOIN charges c USING (payment_id) WHERE payment_id = ${inParts}`,
  );

  const undone = await payment('completed');
  const undoneTransfer = await transferOf(undone);
  await database.query(undo(await chargeOf(undone), undone, undoneTransfer));

  const voided = await transfer();
  await database.query('UPDATE transfers SET voided_at = now() WHERE id = $1', [voided]);
  const paidBack = await transfer();
  await database.query(
    charge(paidBack, null, 3_000, 'returned') +
      allocate(paidBack, 3_000) +
      `UPDATE charges SET amount_reserved = 3000 WHERE transfer_id = ${paidBack};
       INSERT INTO refunds (charge_id, payment_method, amount, currency, reason)
         SELECT id, payment_method, 3000, currency, 'sent by mistake' FROM charges WHERE transfer_id = ${paidBack}`,
  );
  return {
    paid,
    paidCharge: await chargeOf(paid),
    paidTransfer: await transferOf(paid),
    stripe,
    stripeCharge: await chargeOf(stripe),
    partial,
    partialCharge: await chargeOf(partial),
    partialTransfer,
    pending: await payment('pending'),
    expired: await payment('expired'),
    inParts,
    partCharges: [Number(charges[0]!.id), Number(charges[1]!.id)],
    partsRefund: await idOf(database, `SELECT id FROM refunds WHERE payment_id = ${inParts}`),
    undone,
    undoneCharge: await chargeOf(undone),
    undoneTransfer,
    unmatched: await transfer(),
    large: await transfer({ amount: 6_000 }),
    gcash: await transfer({ payment_method: 'gcash' }),
    dollars: await transfer({ currency: 'usd' }),
    voided,
    paidBack,
    paidBackCharge: await idOf(database, `SELECT id FROM charges WHERE transfer_id = ${paidBack}`),
  };
}
