import { type Holds, shape } from '#answers';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Page } from '../../ledger/page.js';
import { Payment, type PaymentStatus } from '../../ledger/payment.js';
import { isStaffConfirmed, type PaymentMethod } from '../../ledger/payment-methods.js';
import { parsePaymentReference, REFERENCE_LETTERS } from '../../ledger/payment-reference.js';
import { COLUMNS, isForReference } from '../../ledger/payments.repository.js';
import { paymentsOfSession, SESSION_OF_PAYMENT } from '../../stripe/sessions/stripe-sessions.repository.js';

/** A payment, whose it is, and where it is paid. */
export const FoundPayment = shape('FoundPayment', {
  ...Payment.shape,
  user_subject: z.string(),
  session_id: z.string().nullable(),
  idempotency_key: z.string().nullable().describe('The key of the request that made it.'),
});
export type FoundPayment = Holds<typeof FoundPayment>;

export interface SearchCriteria {
  readonly search: string | null;
  readonly status: PaymentStatus | null;
  readonly processing: boolean | null;
  readonly payment_method: PaymentMethod | null;
  readonly consultation_id: number | null;
  readonly external_reference: string | null;
  readonly without_lab: boolean;
  readonly refund_owed: boolean | null;
}

@Injectable()
export class FoundPayments {
  /**
   * Newest first. Each meaning that the searched text may have is a look-up of its own in an index, and each gives no more
   * than a page: the newest of all of them are among the newest of each.
   */
  async list(manager: EntityManager, page: Page, criteria: SearchCriteria): Promise<FoundPayment[]> {
    const values: unknown[] = [page.limit];
    const bind = (value: unknown) => `$${values.push(value)}`;
    const filters = filtersOf(criteria, bind);
    const before = page.before === null ? null : `${bind(page.before)}::bigint`;
    // The index by status is ordered so.
    const unsearched = criteria.status === null ? 'id DESC' : '-id';
    const newest = (condition: string | null, order: Order = 'id DESC') =>
      newestOf([...(condition === null ? [] : [condition]), ...filters], before, order);
    const ids = criteria.search === null ? [newest(null, unsearched)] : meaningsOf(criteria.search, bind, newest);
    return manager.query<FoundPayment[]>(
      `SELECT ${COLUMNS},
              (SELECT subject FROM users WHERE users.id = payments.user_id) AS user_subject,
              ${SESSION_OF_PAYMENT} AS session_id,
              idempotency_key
       FROM payments
       WHERE id = ANY(ARRAY(SELECT id FROM (${ids.map((one) => `(${one})`).join(' UNION ')}) AS found ORDER BY id DESC LIMIT $1))
       ORDER BY id DESC`,
      values,
    );
  }
}

/** The two mean the same. Postgres reads an index in its order only if the query names that order in the index's own words. */
type Order = 'id DESC' | '-id';

/** The ids of one page. `$1` is its limit. */
function newestOf(conditions: readonly string[], before: string | null, order: Order): string {
  const page = before === null ? [] : [order === '-id' ? `-id > -${before}` : `id < ${before}`];
  const where = [...conditions, ...page];
  return `SELECT id FROM payments ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${order} LIMIT $1`;
}

/** The race lab calls its patients so. */
const OF_LAB = `EXISTS (SELECT FROM users WHERE users.id = payments.user_id AND starts_with(subject, 'race-lab-'))`;

function filtersOf(criteria: SearchCriteria, bind: (value: unknown) => string): string[] {
  return [
    criteria.status === null ? '' : `status = ${bind(criteria.status)}`,
    criteria.payment_method === null ? '' : `payment_method = ${bind(criteria.payment_method)}`,
    criteria.processing === null ? '' : criteria.processing ? 'processing' : 'NOT processing',
    criteria.consultation_id === null ? '' : `consultation_id = ${bind(criteria.consultation_id)}`,
    criteria.external_reference === null ? '' : isForReference(bind(criteria.external_reference)),
    criteria.without_lab ? `NOT ${OF_LAB}` : '',
    criteria.refund_owed === null ? '' : criteria.refund_owed ? 'refund_owed > 0' : 'refund_owed = 0',
  ].filter(Boolean);
}

/**
 * Users and products are found first, and then the newest payments of each: with `user_id = ANY(…)`, Postgres expects so many
 * payments that it reads all of them from the newest on, half a second for a million.
 */
function meaningsOf(
  search: string,
  bind: (value: unknown) => string,
  newest: (condition: string, order?: Order) => string,
): string[] {
  const text = `${bind(search)}::text`;
  const [, digits] = /^(?:order_|payment ?|pembayaran ?|#)?([1-9]\d{0,15})$/i.exec(search) ?? [];
  const id = Number(digits);
  const reference = parsePaymentReference(search);
  const newestOfEach = (table: string, of: string, column: string, order: Order) =>
    `SELECT one.id FROM ${table} AS found CROSS JOIN LATERAL (${newest(`${column} = found.id`, order)}) AS one WHERE ${of}`;
  const conditions = [
    `idempotency_key = ${text}`,
    `product_id = ${text}`,
    `id = ANY(ARRAY(${paymentsOfSession(text)}))`,
    `id = ANY(ARRAY(${ofTransaction(text)}))`,
    `id = (SELECT i.payment_id FROM invoices i WHERE i.invoice_number = upper(${text}))`,
    `id = ANY(ARRAY(SELECT r.payment_id FROM refunds r WHERE upper(r.transaction_id) = upper(${text})))`,
    ...(Number.isSafeInteger(id) ? [`id = ${bind(id)}`] : []),
    ...(reference
      ? [
          `id = ${bind(reference.payment_id)} AND ${isStaffConfirmed('payment_method')} AND ${REFERENCE_LETTERS} = ${bind(reference.letters)}`,
        ]
      : []),
  ];
  return [
    newestOfEach('users', `found.subject IN (${text}, lower(${text}))`, 'user_id', '-id'),
    newestOfEach('products', `lower(found.name) = lower(${text})`, 'product_id', 'id DESC'),
    ...conditions.map((condition) => newest(condition)),
  ];
}

/** Of money that paid it or was sent for it. In the very words of the indexes, or Postgres would not use them. */
function ofTransaction(text: string): string {
  const transfers = `FROM transfers t WHERE upper(t.transaction_id) = upper(${text}) AND t.voided_at IS NULL`;
  return `SELECT c.payment_id FROM charges c WHERE c.transaction_id = ${text} AND c.transfer_id IS NULL
    UNION ALL SELECT t.payment_id ${transfers}
    UNION ALL SELECT c.payment_id FROM charges c WHERE c.transfer_id IN (SELECT t.id ${transfers})`;
}
