/**
 * Everything the oracle judges by: Stripe's ledger, the bank's statement, our database and the answers that clients got.
 * Amounts are integers in minor units. Read once, after the faults have ended.
 *
 * @typedef {object} StripeSession
 * @property {string} id
 * @property {string | null} status `open`, `complete`, `expired`
 * @property {string} payment_status
 * @property {Record<string, string> | null} metadata
 * @property {string | null} payment_intent
 *
 * @typedef {object} StripeCharge
 * @property {string} id
 * @property {string} payment_intent
 * @property {string | null} session
 * @property {number} amount
 * @property {string} currency
 * @property {string} status
 * @property {Record<string, string>} metadata of its payment intent: `ref` and `purchaseId` if Payonce opened its session
 *
 * @typedef {object} StripeRefund
 * @property {string} id
 * @property {string} charge
 * @property {string} payment_intent
 * @property {number} amount
 * @property {string | null} status
 * @property {Record<string, string> | null} metadata
 *
 * @typedef {object} StripeDispute
 * @property {string} id
 * @property {string} charge
 * @property {number} withdrawn what it has taken and not given back
 * @property {string} status
 *
 * @typedef {object} StripeLedger
 * @property {StripeSession[]} sessions
 * @property {StripeCharge[]} charges
 * @property {StripeRefund[]} refunds
 * @property {StripeDispute[]} disputes
 *
 * @typedef {object} BankLine a transfer that arrived, as the bank lists it
 * @property {string} reference
 * @property {string} method
 * @property {number} amount
 * @property {'yes' | 'no' | 'unknown'} recorded what the last answer told staff: no, if each of their requests was finally refused
 *
 * @typedef {object} Answer one request of a client and what it got
 * @property {number} n in the order of sending
 * @property {string} intent
 * @property {number} sent_ms since the storm began
 * @property {number} done_ms when it was answered, or given up
 * @property {string} caller the subject of its token
 * @property {number} user_id of a patient
 * @property {'patient' | 'staff'} role
 * @property {string} method
 * @property {string} path without `/api/v1`
 * @property {string} [key]
 * @property {'standard' | 'legacy'} [contract] of the key's spelling
 * @property {unknown} [body]
 * @property {number} status 0: the client never got an answer
 * @property {any} reply the parsed body
 * @property {boolean} replayed
 *
 * @typedef {object} Payment
 * @property {number} id
 * @property {string} ref
 * @property {number} user_id
 * @property {number | null} consultation_id
 * @property {string | null} product_id
 * @property {number} amount
 * @property {string} currency
 * @property {string} payment_method
 * @property {string} status
 * @property {boolean} processing
 * @property {number} refunded_amount
 *
 * @typedef {object} Charge
 * @property {number} id
 * @property {number | null} payment_id
 * @property {string} payment_method
 * @property {string} transaction_id
 * @property {number | null} transfer_id
 * @property {number} amount_received
 * @property {number} amount_returned
 * @property {number} amount_reserved
 * @property {string} currency
 * @property {string} disposition
 *
 * @typedef {object} Refund
 * @property {number} id
 * @property {string} ref
 * @property {number | null} charge_id
 * @property {number | null} payment_id
 * @property {string} payment_method
 * @property {string} kind
 * @property {string} made_by
 * @property {number} amount
 * @property {string} status
 * @property {boolean} automatic
 * @property {string | null} transaction_id
 * @property {number | null} requested_by
 *
 * @typedef {object} Dispute
 * @property {string} dispute_id
 * @property {number} charge_id
 * @property {number} counted_amount
 * @property {string} state
 *
 * @typedef {object} Invoice
 * @property {number} payment_id
 * @property {number} id
 * @property {string} invoice_number
 * @property {number} amount
 * @property {string} status
 * @property {number} credited_amount
 *
 * @typedef {object} TaxRecord
 * @property {number} payment_id
 * @property {number} amount
 * @property {number} base_amount
 * @property {number} tax_amount
 * @property {number} rate_basis_points
 * @property {string} status
 * @property {number} credited_base_amount
 * @property {number} credited_tax_amount
 *
 * @typedef {object} CreditNote
 * @property {number} id
 * @property {number} invoice_id
 * @property {number | null} refund_id
 * @property {string | null} dispute_id
 * @property {string} kind
 * @property {number} amount
 * @property {number} base_amount
 * @property {number} tax_amount
 *
 * @typedef {object} AuditEntry
 * @property {number} id
 * @property {string} action
 * @property {number | null} payment_id
 *
 * @typedef {object} Transfer
 * @property {number} id
 * @property {string} payment_method
 * @property {string} transaction_id
 * @property {number} amount
 * @property {number} amount_allocated
 * @property {boolean} voided
 *
 * @typedef {object} Rows
 * @property {Payment[]} payments
 * @property {Charge[]} charges
 * @property {Refund[]} refunds
 * @property {Dispute[]} disputes
 * @property {Invoice[]} invoices
 * @property {TaxRecord[]} tax_records
 * @property {CreditNote[]} credit_notes
 * @property {AuditEntry[]} audit
 * @property {Transfer[]} transfers
 * @property {{ event_id: string, type: string, status: string, note: string | null, payment_intent: string | null }[]} events
 * @property {{ route: string, idempotency_key: string }[]} running_claims
 * @property {{ lock_key: string }[]} held_locks
 * @property {{ payment_id: number, state: string }[]} open_sessions sessions not yet answered by Stripe
 *
 * @typedef {object} Snapshot
 * @property {StripeLedger} stripe
 * @property {BankLine[]} bank
 * @property {Rows} rows
 * @property {Answer[]} answers
 *
 * @typedef {object} Finding
 * @property {string} rule
 * @property {string} about the payment, charge, refund or request that breaks it
 * @property {string} text
 */

/** Each list of `Rows` as SQL. Nothing of the server's code is used. */
const QUERIES = {
  payments: `SELECT id, ref, user_id, consultation_id, product_id, amount, currency, payment_method, status, processing,
                    refunded_amount FROM payments ORDER BY id`,
  charges: `SELECT id, payment_id, payment_method, transaction_id, transfer_id, amount_received, amount_returned,
                   amount_reserved, currency, disposition FROM charges ORDER BY id`,
  refunds: `SELECT id, ref, charge_id, payment_id, payment_method, kind, made_by, amount, status, automatic,
                   transaction_id, requested_by FROM refunds ORDER BY id`,
  disputes: `SELECT dispute_id, charge_id, counted_amount, state FROM disputes ORDER BY id`,
  invoices: `SELECT id, payment_id, invoice_number, amount, status, credited_amount FROM invoices ORDER BY id`,
  tax_records: `SELECT payment_id, amount, base_amount, tax_amount, rate_basis_points, status, credited_base_amount,
                       credited_tax_amount FROM tax_records ORDER BY id`,
  credit_notes: `SELECT id, invoice_id, refund_id, dispute_id, kind, amount, base_amount, tax_amount
                 FROM credit_notes ORDER BY id`,
  audit: `SELECT id, action, payment_id FROM audit_log ORDER BY id`,
  transfers: `SELECT id, payment_method, transaction_id, amount, amount_allocated, voided_at IS NOT NULL AS voided
              FROM transfers ORDER BY id`,
  events: `SELECT event_id, type, status, note, payment_intent FROM webhook_events ORDER BY id`,
  running_claims: `SELECT route, idempotency_key FROM client_idempotency WHERE finished_at IS NULL AND lease_expires_at > now()`,
  held_locks: `SELECT lock_key FROM concurrency_locks WHERE expires_at > now()`,
  open_sessions: `SELECT payment_id, state FROM stripe_sessions WHERE state = 'unanswered'`,
};

/**
 * @param {import('pg').ClientBase} database any client; its integers of 64 bits are read as numbers
 * @returns {Promise<Rows>} all lists of one moment
 */
export async function readRows(database) {
  await database.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    /** @type {Record<string, unknown[]>} */
    const rows = {};
    for (const [name, sql] of Object.entries(QUERIES)) rows[name] = (await database.query(sql)).rows;
    return /** @type {Rows} */ (/** @type {unknown} */ (rows));
  } finally {
    await database.query('ROLLBACK');
  }
}
