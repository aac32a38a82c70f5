import type { RawRequest } from '../raw-http.js';

/** One bad request: built for a caller, or the very bytes. */
export type BadRequest = RawRequest | { readonly bytes: string | Buffer };
export type BadClass = readonly [name: string, requests: BadRequest[]];

/** What stands in the database and what the bad requests are about. */
export interface Ground {
  readonly patient: string;
  readonly staff: string;
  readonly consultation_id: number;
  readonly pending_id: number;
  readonly completed_id: number;
  readonly refund_id: number;
}

type Body = Record<string, unknown>;
/** A route that takes a body, with one that would be good. */
export interface Target {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly good: Body;
  /** What it cannot do without. */
  readonly needed: readonly string[];
  readonly integers: readonly string[];
  readonly texts: readonly string[];
}

export function targetsOf(g: Ground): Target[] {
  const payment = `/api/v1/payments/${g.pending_id}`;
  const paid = `/api/v1/payments/${g.completed_id}`;
  return [
    {
      method: 'POST',
      path: '/api/v1/payments',
      token: g.patient,
      good: { consultation_id: g.consultation_id, amount: 5_000, payment_method: 'gcash' },
      needed: ['consultation_id', 'amount', 'payment_method'],
      integers: ['consultation_id', 'amount'],
      texts: ['payment_method', 'currency', 'idempotency_key', 'metadata'],
    },
    {
      method: 'POST',
      path: `${payment}/confirm`,
      token: g.staff,
      good: { transaction_id: 'never-booked' },
      needed: ['transaction_id'],
      integers: [],
      texts: ['transaction_id', 'receipt_url', 'idempotency_key'],
    },
    {
      method: 'POST',
      path: `${payment}/cancel`,
      token: g.patient,
      good: {},
      needed: [],
      integers: [],
      texts: ['idempotency_key'],
    },
    {
      method: 'POST',
      path: `${payment}/abandon`,
      token: g.staff,
      good: { reason: 'never ended' },
      needed: ['reason'],
      integers: [],
      texts: ['reason', 'idempotency_key'],
    },
    {
      method: 'POST',
      path: `${paid}/refund`,
      token: g.staff,
      good: { amount: 1, reason: 'never given' },
      needed: ['reason'],
      integers: ['amount'],
      texts: ['reason', 'transaction_id', 'idempotency_key'],
    },
    {
      method: 'POST',
      path: `${paid}/refunds/${g.refund_id}/settle`,
      token: g.staff,
      good: { transaction_id: 'never-settled' },
      needed: ['transaction_id'],
      integers: [],
      texts: ['transaction_id', 'idempotency_key'],
    },
    {
      method: 'POST',
      path: `${paid}/refunds/${g.refund_id}/withdraw`,
      token: g.staff,
      good: {},
      needed: [],
      integers: [],
      texts: ['idempotency_key'],
    },
    {
      method: 'POST',
      path: '/api/v1/consultations',
      token: g.staff,
      good: { patient_id: 1, fee: 1 },
      needed: ['patient_id', 'fee'],
      integers: ['patient_id', 'fee'],
      texts: ['currency', 'external_reference', 'idempotency_key'],
    },
    {
      method: 'PATCH',
      path: `/api/v1/consultations/${g.consultation_id}`,
      token: g.staff,
      good: { fee: 1 },
      needed: [],
      integers: ['fee'],
      texts: ['currency', 'status', 'idempotency_key'],
    },
    {
      method: 'POST',
      path: '/api/v1/products',
      token: g.staff,
      good: { id: 'never-made', name: 'Never', price: 1 },
      needed: ['id', 'name', 'price'],
      integers: ['price'],
      texts: ['id', 'name', 'currency', 'external_reference', 'idempotency_key'],
    },
    {
      method: 'PATCH',
      path: '/api/v1/products/plan',
      token: g.staff,
      good: { price: 1 },
      needed: [],
      integers: ['price'],
      texts: ['name', 'currency', 'status', 'idempotency_key'],
    },
    {
      method: 'POST',
      path: '/api/login',
      token: undefined,
      good: { email: 'nobody@test.com', password: 'x' },
      needed: ['email', 'password'],
      integers: [],
      texts: ['email', 'password'],
    },
  ];
}

export const asJson = ({ method, path, token }: Target, body: unknown): RawRequest => ({
  method,
  path,
  token,
  body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
});

/** What would end or extend a statement, if texts were ever pasted into one. */
export const SQL = [
  "'; DROP TABLE payments; --",
  "1' OR '1'='1",
  '1; SELECT pg_sleep(9)',
  '1 UNION SELECT 1',
  '$1',
  '1--',
  '"',
];
