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
    const filters = filtersOf(criteria, page, bind);
    const meanings = criteria.search === null ? [[]] : meaningsOf(criteria.search, bind).map((meaning) => [meaning]);
    const ids = meanings.map((meaning) => {
      const where = [...meaning, ...filters];
      return `(SELECT id FROM payments ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY id DESC LIMIT $1)`;
    });
    return manager.query<FoundPayment[]>(
      `SELECT ${COLUMNS},
              (SELECT subject FROM users WHERE users.id = payments.user_id) AS user_subject,
              ${SESSION_OF_PAYMENT} AS session_id,
              idempotency_key
       FROM payments
       WHERE id = ANY(ARRAY(SELECT id FROM (${ids.join(' UNION ')}) AS found ORDER BY id DESC LIMIT $1))
       ORDER BY id DESC`,
      values,
    );
  }
}

/** The race lab calls its patients so. */
const OF_LAB = `EXISTS (SELECT FROM users WHERE users.id = payments.user_id AND starts_with(subject, 'race-lab-'))`;

function filtersOf(criteria: SearchCriteria, page: Page, bind: (value: unknown) => string): string[] {
  return [
    criteria.status === null ? '' : `status = ${bind(criteria.status)}`,
    criteria.payment_method === null ? '' : `payment_method = ${bind(criteria.payment_method)}`,
    criteria.processing === null ? '' : criteria.processing ? 'processing' : 'NOT processing',
    criteria.consultation_id === null ? '' : `consultation_id = ${bind(criteria.consultation_id)}`,
    criteria.external_reference === null ? '' : isForReference(bind(criteria.external_reference)),
    criteria.without_lab ? `NOT ${OF_LAB}` : '',
    criteria.refund_owed === null ? '' : criteria.refund_owed ? 'refund_owed > 0' : 'refund_owed = 0',
    page.before === null ? '' : `id < ${bind(page.before)}`,
  ].filter(Boolean);
}

function meaningsOf(search: string, bind: (value: unknown) => string): string[] {
  const text = `${bind(search)}::text`;
  const [, digits] = /^(?:order_|payment ?|pembayaran ?|#)?([1-9]\d{0,15})$/i.exec(search) ?? [];
  const id = Number(digits);
  const reference = parsePaymentReference(search);
  return [
    `user_id = ANY(ARRAY(SELECT users.id FROM users WHERE subject IN (${text}, lower(${text}))))`,
    `idempotency_key = ${text}`,
    `product_id = ${text}`,
    `product_id = ANY(ARRAY(SELECT products.id FROM products WHERE lower(name) = lower(${text})))`,
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
}

/** Of money that paid it or was sent for it. In the very words of the indexes, or Postgres would not use them. */
function ofTransaction(text: string): string {
  const transfers = `FROM transfers t WHERE upper(t.transaction_id) = upper(${text}) AND t.voided_at IS NULL`;
  return `SELECT c.payment_id FROM charges c WHERE c.transaction_id = ${text} AND c.transfer_id IS NULL
    UNION ALL SELECT t.payment_id ${transfers}
    UNION ALL SELECT c.payment_id FROM charges c WHERE c.transfer_id IN (SELECT t.id ${transfers})`;
}
