import {
  allocate,
  charge,
  complete,
  creditNote,
  end,
  refundPayment,
  refundRow,
  type TransferScene,
  undo,
} from './transfer-scene.js';

export type TransferAttempt = [guard: string, what: string, sql: (scene: TransferScene) => string];

const insertCharge = (values: string) =>
  `INSERT INTO charges (payment_method, transaction_id, transfer_id, payment_id, amount_received, currency, disposition)
   VALUES (${values});`;
const refundInParts = (
  s: TransferScene,
  amount: number,
  parts: [charge: number, amount: number][],
  method = 'bank_transfer',
) =>
  parts
    .map(([id, part]) => `UPDATE charges SET amount_reserved = amount_reserved + ${part} WHERE id = ${id};`)
    .join('') +
  `WITH r AS (INSERT INTO refunds (payment_id, payment_method, amount, currency, reason)
     VALUES (${s.inParts}, '${method}', ${amount}, 'idr', 'in parts') RETURNING id)
   INSERT INTO refund_parts (refund_id, charge_id, amount)
     SELECT r.id, part.* FROM r, (VALUES ${parts.map((part) => `(${part.join(', ')})`).join(', ')}) part;`;

/** As in invariants.test.ts: what must never happen to transfers and what they pay, by SQL alone. */
export const TRANSFER_ATTEMPTS: Record<string, TransferAttempt[]> = {
  'transfers: money allocated that was not received': [
    [
      'transfers_allocated_within_amount',
      'a transfer allocated beyond its amount',
      (s) => charge(s.paidTransfer, s.pending, 1, 'partial') + allocate(s.paidTransfer, 1),
    ],
    [
      'transfers_allocated_within_amount',
      'a transfer that becomes smaller than what it paid',
      (s) => `UPDATE transfers SET amount = 4999 WHERE id = ${s.paidTransfer}`,
    ],
    ['transfers_sums_match_charges', 'a sum that changes without a charge', (s) => allocate(s.unmatched, 1)],
    ['transfers_sums_match_charges', 'a sum freed without an undo', (s) => allocate(s.paidTransfer, -5_000)],
    [
      'transfers_sums_match_charges',
      'a transfer that was allocated when it was recorded',
      () => `INSERT INTO transfers (payment_method, transaction_id, amount, amount_allocated, currency, received_at)
             VALUES ('gcash', 'born-allocated', 5000, 5000, 'idr', now())`,
    ],
    [
      'transfers_sums_match_charges',
      'a charge that its transfer does not know of',
      (s) => charge(s.unmatched, s.pending, 2_000, 'partial'),
    ],
    [
      'transfers_sums_match_charges',
      'one transfer for two payments',
      (s) => charge(s.paidTransfer, s.pending, 5_000) + complete(s.pending),
    ],
    [
      'transfers_sums_match_charges',
      'a partial charge reversed whose transfer keeps its sum',
      (s) => `UPDATE charges SET disposition = 'reversed' WHERE id = ${s.partialCharge}`,
    ],
    [
      'transfers_transaction_unique',
      'one transfer recorded twice, in the other case',
      (s) => `INSERT INTO transfers (payment_method, transaction_id, amount, currency, received_at)
              SELECT payment_method, upper(transaction_id), amount, currency, now() FROM transfers WHERE id = ${s.unmatched}`,
    ],
    [
      'charges_of_transfers',
      'a charge of a bank without a transfer',
      (s) => insertCharge(`'bank_transfer', 'lonely', NULL, ${s.pending}, 2000, 'idr', 'partial'`),
    ],
    [
      'charges_of_transfers',
      'a charge of Stripe by a transfer',
      (s) => insertCharge(`'stripe', 'pi_transfer', ${s.unmatched}, ${s.pending}, 2000, 'idr', 'quarantined'`),
    ],
    [
      'charges_of_transfers',
      'a transfer quarantined, where its money would count as allocated',
      (s) => charge(s.unmatched, s.pending, 2_000, 'quarantined') + allocate(s.unmatched, 2_000),
    ],
    [
      'charges_transfer_fkey',
      'a charge of another reference than its transfer',
      (s) => insertCharge(`'bank_transfer', 'another', ${s.unmatched}, ${s.pending}, 2000, 'idr', 'partial'`),
    ],
    [
      'charges_transfer_fkey',
      'a charge in another currency than its transfer',
      (
        s,
      ) => `INSERT INTO charges (payment_method, transaction_id, transfer_id, payment_id, amount_received, currency, disposition)
              SELECT payment_method, transaction_id, id, ${s.pending}, 2000, 'usd', 'partial' FROM transfers WHERE id = ${s.unmatched}`,
    ],
    [
      'charges_transfer_fkey',
      'a charge of another method than its transfer',
      (
        s,
      ) => `INSERT INTO charges (payment_method, transaction_id, transfer_id, payment_id, amount_received, currency, disposition)
              SELECT 'gcash', transaction_id, id, ${s.pending}, 2000, currency, 'partial' FROM transfers WHERE id = ${s.unmatched}`,
    ],
    [
      'charges_keep_their_payment',
      'a charge moved to another transfer, sums and all',
      (s) =>
        allocate(s.partialTransfer, -2_000) +
        allocate(s.unmatched, 2_000) +
        `UPDATE charges SET transfer_id = ${s.unmatched} WHERE id = ${s.partialCharge}`,
    ],
    [
      'charges_keep_their_payment',
      'a charge moved to another payment',
      (s) => `UPDATE charges SET payment_id = ${s.pending} WHERE id = ${s.partialCharge}`,
    ],
    [
      'charges_keep_their_payment',
      'money that is being paid back, given to a payment',
      (s) => `UPDATE charges SET payment_id = ${s.pending} WHERE id = ${s.paidBackCharge}`,
    ],
    [
      'charges_keep_their_disposition',
      'a match reversed that had paid',
      (s) =>
        `UPDATE charges SET disposition = 'reversed' WHERE id = ${s.paidCharge};` + allocate(s.paidTransfer, -5_000),
    ],
    [
      'charges_accepted_for_a_payment',
      'a part of nothing',
      (s) => charge(s.unmatched, null, 2_000, 'partial') + allocate(s.unmatched, 2_000),
    ],
    [
      'charges_partial_not_refunded',
      'a part refunded while its payment is pending',
      (s) => refundRow(s.partialCharge, 1_000, { kind: 'refund', transaction_id: 'part-back' }),
    ],
  ],
  'transfers: a payment paid in parts': [
    [
      'payments_paid_in_full',
      'parts that are the whole amount of a pending payment',
      (s) => charge(s.unmatched, s.partial, 3_000, 'partial') + allocate(s.unmatched, 3_000),
    ],
    [
      'payments_paid_in_full',
      'parts that are more than the amount of a pending payment',
      (s) => charge(s.unmatched, s.partial, 3_001, 'partial') + allocate(s.unmatched, 3_001),
    ],
    ...(['cancelled', 'expired'] as const).map((status): TransferAttempt => [
      'payments_paid_in_full',
      `a part left on a payment that is ${status}`,
      (s) => end(s.partial, status),
    ]),
    [
      'payments_paid_in_full',
      'a part given to an expired payment',
      (s) => charge(s.unmatched, s.expired, 2_000, 'partial') + allocate(s.unmatched, 2_000),
    ],
    [
      'payments_paid_in_full',
      'a part given to a completed payment',
      (s) => charge(s.unmatched, s.paid, 2_000, 'partial') + allocate(s.unmatched, 2_000),
    ],
    [
      'payments_paid_in_full',
      'a part left beside what completes its payment',
      (s) => charge(s.unmatched, s.partial, 5_000) + allocate(s.unmatched, 5_000) + complete(s.partial),
    ],
    ...[2_999, 3_001].map((rest): TransferAttempt => [
      'payments_paid_in_full',
      `5000 completed by ${2_000 + rest} in two charges`,
      (s) =>
        charge(s.unmatched, s.partial, rest) +
        allocate(s.unmatched, rest) +
        `UPDATE charges SET disposition = 'accepted' WHERE id = ${s.partialCharge};` +
        complete(s.partial),
    ]),
    [
      'payments_paid_in_full',
      'completed by a charge in another currency',
      (s) => charge(s.dollars, s.pending, 5_000) + allocate(s.dollars, 5_000) + complete(s.pending),
    ],
    [
      'payments_paid_in_full',
      'completed by a charge of another method',
      (s) => charge(s.gcash, s.pending, 5_000) + allocate(s.gcash, 5_000) + complete(s.pending),
    ],
    [
      'payments_paid_in_full',
      'a part of another method',
      (s) => charge(s.gcash, s.pending, 2_000, 'partial') + allocate(s.gcash, 2_000),
    ],
    [
      'payments_paid_in_full',
      'a paid payment paid again',
      (s) => charge(s.unmatched, s.paid, 5_000) + allocate(s.unmatched, 5_000),
    ],
    [
      'charges_of_transfers',
      'a part of a Stripe payment',
      (s) => insertCharge(`'stripe', 'pi_part', NULL, ${s.stripe}, 2000, 'idr', 'partial'`),
    ],
    [
      'charges_one_accepted_per_payment',
      'a Stripe payment paid twice',
      (s) => insertCharge(`'stripe', 'pi_twice', NULL, ${s.stripe}, 5000, 'idr', 'accepted'`),
    ],
    [
      'charges_transaction_unique',
      'one payment intent for two payments',
      (s) => `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
              SELECT payment_method, transaction_id, ${s.pending}, 5000, 'idr', 'quarantined' FROM charges WHERE id = ${s.stripeCharge}`,
    ],
  ],
  'transfers: a match undone': [
    [
      'charges_returned_within_received',
      'an undo that frees more than its charge',
      (s) => refundRow(s.paidCharge, 5_001) + allocate(s.paidTransfer, -5_000),
    ],
    [
      'transfers_sums_match_charges',
      'an undo after which the transfer has more to give than was undone',
      (s) =>
        undo(s.paidCharge, s.paid, s.paidTransfer).replace(
          /\+ -5000 WHERE id = \d+;$/,
          '+ -4999 WHERE id = ' + s.paidTransfer,
        ),
    ],
    [
      'transfers_sums_match_charges',
      'an undo that leaves its money nowhere',
      (s) => refundRow(s.paidCharge, 5_000) + refundPayment(s.paid) + creditNote(s.paid, 5_000),
    ],
    [
      'transfers_sums_match_charges',
      'money that was paid back, and is unmatched as well',
      (s) =>
        refundRow(s.paidCharge, 5_000, { kind: 'refund', transaction_id: 'back-and-here' }) +
        refundPayment(s.paid) +
        creditNote(s.paid, 5_000) +
        allocate(s.paidTransfer, -5_000),
    ],
    [
      'refunds_succeeded_with_reference',
      'an undo with a reference of the bank, as if money had moved',
      (s) => refundRow(s.paidCharge, 5_000, { transaction_id: 'moved' }),
    ],
    ['refunds_unmatch_of_transfers', 'an undo of a Stripe charge', (s) => refundRow(s.stripeCharge, 5_000)],
    [
      'refunds_unmatch_of_transfers',
      'an undo of no charge in particular',
      (s) => `INSERT INTO refunds (payment_id, payment_method, amount, currency, kind, status, settled_at, reason)
              VALUES (${s.inParts}, 'bank_transfer', 1000, 'idr', 'unmatch', 'succeeded', now(), 'test')`,
    ],
    [
      'refunds_unmatch_of_transfers',
      'an undo that nobody asked for',
      (
        s,
      ) => `INSERT INTO refunds (charge_id, payment_id, payment_method, amount, currency, kind, status, settled_at, reason, automatic)
              VALUES (${s.paidCharge}, ${s.paid}, 'bank_transfer', 1000, 'idr', 'unmatch', 'succeeded', now(), 'test', true)`,
    ],
    [
      'refunds_unmatch_of_transfers',
      'an undo of a pay-back, which pays no payment',
      (s) => `INSERT INTO refunds (charge_id, payment_method, amount, currency, kind, status, settled_at, reason)
              VALUES (${s.paidBackCharge}, 'bank_transfer', 3000, 'idr', 'unmatch', 'succeeded', now(), 'test')`,
    ],
    [
      'payments_papers_follow',
      'an undo without its credit note',
      (s) => refundRow(s.paidCharge, 5_000) + refundPayment(s.paid) + allocate(s.paidTransfer, -5_000),
    ],
    [
      'payments_paid_in_full',
      'an undo of which the payment does not know',
      (s) => refundRow(s.paidCharge, 5_000) + allocate(s.paidTransfer, -5_000),
    ],
    ['transfers_allocated_within_amount', 'an undone transfer freed again', (s) => allocate(s.undoneTransfer, -5_000)],
    [
      'charges_returned_within_received',
      'an undone match undone again',
      (s) => refundRow(s.undoneCharge, 5_000) + allocate(s.undoneTransfer, -5_000),
    ],
    [
      'transfers_sums_match_charges',
      'an undo called failed, with its money matched elsewhere',
      (s) =>
        charge(s.undoneTransfer, s.pending, 5_000) +
        allocate(s.undoneTransfer, 5_000) +
        complete(s.pending) +
        `UPDATE refunds SET status = 'failed' WHERE charge_id = ${s.undoneCharge}`,
    ],
    [
      'refunds_keep_their_kind',
      'an undo called a refund',
      (s) => `UPDATE refunds SET kind = 'refund' WHERE charge_id = ${s.undoneCharge}`,
    ],
    [
      'refunds_keep_their_kind',
      'a refund called an undo',
      (s) => `UPDATE refunds SET kind = 'unmatch' WHERE charge_id = ${s.paidBackCharge}`,
    ],
    ['refunds_kind', 'a refund of a kind there is not', (s) => refundRow(s.paidCharge, 1, { kind: 'gift' })],
  ],
  'transfers: unmatched money paid back': [
    [
      'transfers_allocated_within_amount',
      'more paid back than is unmatched',
      (s) => charge(s.paidBack, null, 2_001, 'returned') + allocate(s.paidBack, 2_001),
    ],
    [
      'charges_returned_by_their_refunds',
      'money set aside to be paid back, and no refund',
      (s) => charge(s.unmatched, null, 2_000, 'returned') + allocate(s.unmatched, 2_000),
    ],
    [
      'charges_returned_by_their_refunds',
      'a pay-back cancelled, with its money still set aside',
      (s) => `UPDATE refunds SET status = 'cancelled', settled_at = now() WHERE charge_id = ${s.paidBackCharge};
              UPDATE charges SET amount_reserved = 0 WHERE id = ${s.paidBackCharge}`,
    ],
    [
      'charges_partial_not_refunded',
      'a pay-back reversed whose refund is in flight',
      (s) =>
        `UPDATE charges SET disposition = 'reversed' WHERE id = ${s.paidBackCharge};` + allocate(s.paidBack, -3_000),
    ],
    [
      'charges_returned_within_received',
      'a pay-back larger than its charge',
      (s) => `UPDATE charges SET amount_reserved = 3001 WHERE id = ${s.paidBackCharge}`,
    ],
    [
      'charges_keep_their_disposition',
      'a reversed pay-back brought back',
      (s) => `UPDATE refunds SET status = 'cancelled', settled_at = now() WHERE charge_id = ${s.paidBackCharge};
              UPDATE charges SET amount_reserved = 0, disposition = 'reversed' WHERE id = ${s.paidBackCharge};
              UPDATE charges SET disposition = 'returned' WHERE id = ${s.paidBackCharge}`,
    ],
  ],
  'transfers: a refund in parts': [
    [
      'refunds_match_their_parts',
      'parts that are less than their refund',
      (s) => refundInParts(s, 900, [[s.partCharges[1], 800]]),
    ],
    [
      'refunds_match_their_parts',
      'parts that are more than their refund',
      (s) => refundInParts(s, 800, [[s.partCharges[1], 900]]),
    ],
    [
      'refunds_match_their_parts',
      'a refund of no charge and no parts',
      (s) => `INSERT INTO refunds (payment_id, payment_method, amount, currency, reason)
              VALUES (${s.inParts}, 'bank_transfer', 1, 'idr', 'of nothing')`,
    ],
    ['refunds_match_their_parts', 'a part of another payment', (s) => refundInParts(s, 900, [[s.paidCharge, 900]])],
    [
      'refunds_match_their_parts',
      'a part of another method than its refund',
      (s) => refundInParts(s, 900, [[s.partCharges[1], 900]], 'gcash'),
    ],
    [
      'refunds_match_their_parts',
      'parts of a pay-back, which pays no payment',
      (s) =>
        charge(s.unmatched, null, 1_000, 'returned') +
        allocate(s.unmatched, 1_000) +
        `UPDATE charges SET amount_reserved = 1000 WHERE transfer_id = ${s.unmatched};
         INSERT INTO refunds (payment_method, amount, currency, reason) VALUES ('bank_transfer', 1000, 'idr', 'test');
         INSERT INTO refund_parts (refund_id, charge_id, amount)
           SELECT (SELECT max(id) FROM refunds), id, 1000 FROM charges WHERE transfer_id = ${s.unmatched}`,
    ],
    [
      'refund_parts_pkey',
      'one charge taken twice by one refund',
      (s) =>
        refundInParts(s, 900, [
          [s.partCharges[1], 450],
          [s.partCharges[1], 450],
        ]),
    ],
    [
      'charges_returned_within_received',
      'a part that takes more than is left of its charge',
      (s) => refundInParts(s, 1_001, [[s.partCharges[1], 1_001]]),
    ],
    [
      'charges_sums_match_refunds',
      'a part that its charge does not know of',
      (s) => refundInParts(s, 900, [[s.partCharges[1], 900]]).replace(/^[^;]*;/, ''),
    ],
    [
      'charges_sums_match_refunds',
      'a refund in parts cancelled whose charges keep their sums',
      (s) => `UPDATE refunds SET status = 'cancelled', settled_at = now() WHERE id = ${s.partsRefund}`,
    ],
    [
      'refunds_match_their_parts',
      'a part added to a refund later, sum and all',
      (s) => `UPDATE charges SET amount_reserved = 5000 WHERE id = ${s.paidCharge};
              INSERT INTO refund_parts (refund_id, charge_id, amount) VALUES (${s.partsRefund}, ${s.paidCharge}, 5000)`,
    ],
    [
      'refunds_match_their_parts',
      'a part added to a refund that has a charge',
      (s) => `UPDATE charges SET amount_reserved = 5000 WHERE id = ${s.paidCharge};
              INSERT INTO refund_parts (refund_id, charge_id, amount)
                SELECT id, ${s.paidCharge}, 5000 FROM refunds WHERE charge_id = ${s.paidBackCharge}`,
    ],
    [
      'refund_parts_are_kept',
      'a part changed',
      (s) => `UPDATE refund_parts SET amount = 1 WHERE refund_id = ${s.partsRefund}`,
    ],
    ['refund_parts_are_kept', 'a part removed', (s) => `DELETE FROM refund_parts WHERE refund_id = ${s.partsRefund}`],
    ['refund_parts_are_kept', 'all parts removed', () => 'TRUNCATE refund_parts'],
    [
      'refunds_keep_their_terms',
      'a refund in parts said to be of one charge',
      (s) => `UPDATE refunds SET charge_id = ${s.partCharges[0]} WHERE id = ${s.partsRefund}`,
    ],
    [
      'refunds_keep_their_kind',
      'a refund in parts said to be by another method',
      (s) => `UPDATE refunds SET payment_method = 'stripe' WHERE id = ${s.partsRefund}`,
    ],
    [
      'refunds_in_parts_of_transfers',
      'a Stripe refund of no charge in particular',
      (s) => `UPDATE charges SET amount_reserved = 1000 WHERE id = ${s.stripeCharge};
              WITH r AS (INSERT INTO refunds (payment_id, payment_method, amount, currency, reason)
                VALUES (${s.stripe}, 'stripe', 1000, 'idr', 'in parts') RETURNING id)
              INSERT INTO refund_parts (refund_id, charge_id, amount) SELECT id, ${s.stripeCharge}, 1000 FROM r`,
    ],
    [
      'refunds_in_parts_of_transfers',
      'an automatic refund of no charge in particular',
      (s) => `INSERT INTO refunds (payment_id, payment_method, amount, currency, reason, automatic)
              VALUES (${s.inParts}, 'bank_transfer', 1, 'idr', 'late', true)`,
    ],
  ],
  'transfers: the record rewritten': [
    ...Object.entries({
      transaction_id: `'another'`,
      currency: `'usd'`,
      payment_method: `'gcash'`,
      recorded_at: `now() - interval '1 day'`,
      id: '-1',
    }).map(([column, value]): TransferAttempt => [
      'transfers_keep_their_terms',
      `another ${column} for a transfer`,
      (s) => `UPDATE transfers SET ${column} = ${value} WHERE id = ${s.unmatched}`,
    ]),
    [
      'transfers_keep_their_terms',
      'a transfer said to be recorded by somebody else',
      (s) => `UPDATE transfers SET recorded_by = (SELECT max(id) FROM users) WHERE id = ${s.unmatched}`,
    ],
    [
      'transfers_keep_their_terms',
      'a voided transfer that pays a payment',
      (s) => charge(s.voided, s.pending, 5_000) + complete(s.pending) + allocate(s.voided, 5_000),
    ],
    [
      'transfers_sums_match_charges',
      'a voided transfer that pays a payment and does not know',
      (s) => charge(s.voided, s.pending, 5_000) + complete(s.pending),
    ],
    [
      'transfers_keep_their_terms',
      'a voided transfer changed',
      (s) => `UPDATE transfers SET note = 'changed' WHERE id = ${s.voided}`,
    ],
    [
      'transfers_keep_their_terms',
      'a voided transfer restored',
      (s) => `UPDATE transfers SET voided_at = NULL WHERE id = ${s.voided}`,
    ],
    [
      'transfers_voided_when_unallocated',
      'a transfer voided that paid a payment',
      (s) => `UPDATE transfers SET voided_at = now() WHERE id = ${s.paidTransfer}`,
    ],
    ...[`''`, `'with space'`, `E'line\\n'`, `repeat('x', 256)`, `'é'`].flatMap((reference): TransferAttempt[] => [
      [
        'transfers_transaction_form',
        `a transfer with the reference ${reference}`,
        () => `INSERT INTO transfers (payment_method, transaction_id, amount, currency, received_at)
               VALUES ('gcash', ${reference}, 5000, 'idr', now())`,
      ],
      [
        'charges_transaction_form',
        `a charge with the reference ${reference}`,
        (s) => insertCharge(`'stripe', ${reference}, NULL, ${s.pending}, 2000, 'idr', 'quarantined'`),
      ],
    ]),
    ['transfers_are_kept', 'a transfer removed', (s) => `DELETE FROM transfers WHERE id = ${s.unmatched}`],
    ['transfers_are_kept', 'all transfers removed', () => 'TRUNCATE transfers CASCADE'],
    [
      'transfers_keep_their_terms',
      'a transfer changed by ON CONFLICT',
      (s) => `INSERT INTO transfers SELECT * FROM transfers WHERE id = ${s.unmatched}
              ON CONFLICT (id) DO UPDATE SET transaction_id = 'conflict'`,
    ],
  ],
};
