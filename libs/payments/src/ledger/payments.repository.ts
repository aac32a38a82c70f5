import { isUniqueViolation } from '#database';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { columnsOf, insertionOf } from './columns.js';
import { IdBlocks } from './id-blocks.js';
import type { Page } from './page.js';
import { Payment, type PaymentStatus } from './payment.js';
import { isStaffConfirmed, type PaymentMethod } from './payment-methods.js';
import { PaymentReport } from './payment-report.js';
import { REFERENCE_OF_PAYMENT } from './payment-reference.js';

/** For a query `FROM payments`. */
export const COLUMNS = columnsOf(Payment, {
  product_name: '(SELECT p.name FROM products p WHERE p.id = payments.product_id)',
  payment_reference: REFERENCE_OF_PAYMENT,
  dispute: `(SELECT jsonb_build_object('dispute_id', d.dispute_id, 'state',
     CASE d.stripe_status WHEN 'warning_closed' THEN 'inquiry_closed' ELSE d.state END, 'amount', d.amount, 'currency', d.currency)
   FROM disputes d WHERE d.payment_id = payments.id ORDER BY d.id DESC LIMIT 1)`,
});

export interface PaymentDraft {
  readonly id: number;
  readonly ref: string;
  readonly user_id: number;
  readonly consultation_id: number | null;
  readonly product_id: string | null;
  readonly quantity: number;
  readonly amount: number;
  readonly currency: string;
  readonly payment_method: PaymentMethod;
  readonly metadata: Readonly<Record<string, string>>;
  /** null: it stays pending until staff decide. */
  readonly expires_in_minutes: number | null;
  /** Of the request that makes it; null if it has none. */
  readonly client_key: string | null;
}

const INSERTION = insertionOf<PaymentDraft>({
  id: {},
  ref: {},
  user_id: {},
  consultation_id: {},
  product_id: {},
  quantity: {},
  amount: {},
  currency: {},
  payment_method: {},
  metadata: { value: (metadata) => JSON.stringify(metadata) },
  expires_in_minutes: { column: 'expires_at', sql: (minutes) => `now() + make_interval(mins => ${minutes})` },
  client_key: { column: 'idempotency_key' },
});

/** A lapsed payment and when it lapsed, in microseconds since 1970: the cursor of the next page. */
export interface LapsedPayment {
  readonly id: number;
  readonly expired_us: number;
}

/** SQL: the payment's consultation or product has this external reference. Each subquery finds one row. */
export const isForReference = (parameter: string) =>
  `(consultation_id = (SELECT c.id FROM consultations c WHERE c.external_reference = ${parameter})
    OR product_id = (SELECT d.id FROM products d WHERE d.external_reference = ${parameter}))`;

const IS_LAPSED = `status = 'pending' AND expires_at <= now() AND NOT processing AND ${isStaffConfirmed('payment_method')}`;

@Injectable()
export class PaymentsRepository {
  constructor(
    private readonly report: PaymentReport,
    private readonly ids: IdBlocks,
  ) {}

  /** The id of a payment that is yet to be: its lock can be taken before its row exists. */
  async drawId(manager: EntityManager): Promise<number> {
    return this.ids.next(async (count) => {
      const drawn = await manager.query<{ id: number }[]>(
        `SELECT nextval(pg_get_serial_sequence('payments', 'id')) AS id FROM generate_series(1, $1)`,
        [count],
      );
      return drawn.map(({ id }) => id);
    });
  }

  async find(manager: EntityManager, id: number): Promise<Payment | undefined> {
    const [payment] = await manager.query<Payment[]>(`SELECT ${COLUMNS} FROM payments WHERE id = $1`, [id]);
    return payment;
  }

  /** What each of a few payments is now, by its id. */
  async statusesOf(manager: EntityManager, ids: readonly number[]): Promise<Record<number, PaymentStatus>> {
    const rows = await manager.query<{ id: number; status: PaymentStatus }[]>(
      'SELECT id, status FROM payments WHERE id = ANY($1)',
      [ids],
    );
    return Object.fromEntries(rows.map(({ id, status }) => [id, status]));
  }

  /**
   * Locks the row until the transaction ends, but not against foreign keys: a transaction that holds a transfer and writes
   * into the audit log about its payment would otherwise deadlock with one that holds the payment and waits for the transfer.
   */
  async lock(tx: EntityManager, id: number): Promise<Payment | undefined> {
    const [payment] = await tx.query<Payment[]>(`SELECT ${COLUMNS} FROM payments WHERE id = $1 FOR NO KEY UPDATE`, [
      id,
    ]);
    return payment;
  }

  /** The one payment that keeps this consultation from being paid again. */
  async findLive(manager: EntityManager, consultation_id: number): Promise<Payment | undefined> {
    const [payment] = await manager.query<Payment[]>(
      `SELECT ${COLUMNS} FROM payments
       WHERE consultation_id = $1 AND status IN ('pending', 'completed', 'partially_refunded')`,
      [consultation_id],
    );
    return payment;
  }

  /**
   * Newest first; each filter may be null. Written out by what is given, so that the plan is an index's; filtered, in the
   * order of -id, which only the indexes of the filters have (see the migration NewestFirst).
   */
  async list(
    manager: EntityManager,
    page: Page,
    of: {
      user_id: number | null;
      status: PaymentStatus | null;
      consultation_id: number | null;
      external_reference?: string | null;
    },
  ): Promise<Payment[]> {
    const given = Object.entries({ user_id: of.user_id, status: of.status, consultation_id: of.consultation_id });
    const conditions = given.filter(([, value]) => value !== null);
    const where = conditions.map(([column], n) => `${column} = $${n + 2}`);
    const values: unknown[] = conditions.map(([, value]) => value);
    if (of.external_reference) where.push(isForReference(`$${values.push(of.external_reference) + 1}`));
    const filtered = where.length > 0;
    if (page.before !== null) {
      const parameter = `$${values.push(page.before) + 1}`;
      where.push(filtered ? `-id > -${parameter}::bigint` : `id < ${parameter}`);
    }
    return manager.query<Payment[]>(
      `SELECT ${COLUMNS} FROM payments ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
       ORDER BY ${filtered ? '-id' : 'id DESC'} LIMIT $1`,
      [page.limit, ...values],
    );
  }

  async insert(tx: EntityManager, draft: PaymentDraft): Promise<Payment> {
    const [payment] = await tx.query<Payment[]>(
      `INSERT INTO payments (${INSERTION.columns}) VALUES (${INSERTION.values}) RETURNING ${COLUMNS}`,
      INSERTION.parametersOf(draft),
    );
    this.report.created(tx, payment!);
    return payment!;
  }

  /** The one order of this product that this user has not paid yet. */
  async findPendingOrder(manager: EntityManager, user_id: number, product_id: string): Promise<Payment | undefined> {
    const [payment] = await manager.query<Payment[]>(
      `SELECT ${COLUMNS} FROM payments WHERE user_id = $1 AND product_id = $2 AND status = 'pending'`,
      [user_id, product_id],
    );
    return payment;
  }

  /** When it ends unpaid, as when the page on which it can be paid closes; null: not by itself. */
  async setExpiry(tx: EntityManager, id: number, seconds_since_1970: number | null): Promise<void> {
    await tx.query('UPDATE payments SET expires_at = to_timestamp($2), updated_at = now() WHERE id = $1', [
      id,
      seconds_since_1970,
    ]);
  }

  /** A part payment was undone: it ends unpaid so many minutes from now; null: not by itself. */
  async expireIn(tx: EntityManager, id: number, minutes: number | null): Promise<void> {
    await tx.query(
      'UPDATE payments SET expires_at = now() + make_interval(mins => $2), updated_at = now() WHERE id = $1',
      [id, minutes],
    );
  }

  /** The money is on its way. Only of a pending payment: a CHECK refuses the rest. */
  async markProcessing(tx: EntityManager, id: number): Promise<void> {
    await tx.query('UPDATE payments SET processing = true, updated_at = now() WHERE id = $1', [id]);
  }

  /** Whether a payment of ours has this reference at its provider. */
  async isOurs(manager: EntityManager, ref: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>('SELECT 1 FROM payments WHERE ref = $1', [ref]);
    return rows.length > 0;
  }

  /** A refund that had succeeded has failed, and the payment cannot be live again: we owe it. Less than 0: we paid. */
  async owe(tx: EntityManager, id: number, amount: number): Promise<Payment> {
    const [[payment]] = await tx.query<[Payment[], number]>(
      `UPDATE payments SET refund_owed = refund_owed + $2, updated_at = now() WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, amount],
    );
    return payment!;
  }

  /** Only from the expected state. Undefined: another process moved it first, and nothing was changed. */
  async move(
    tx: EntityManager,
    step: { id: number; from: PaymentStatus; to: PaymentStatus; refunded_amount?: number; completed_at?: Date },
  ): Promise<Payment | undefined> {
    const [moved] = await tx.query<[Payment[], number]>(
      `UPDATE payments
       SET status = $3, processing = false, updated_at = now(), refunded_amount = coalesce($4, refunded_amount),
           completed_at = CASE WHEN $3 = 'completed' AND completed_at IS NULL THEN coalesce($5, now()) ELSE completed_at END
       WHERE id = $1 AND status = $2
       RETURNING ${COLUMNS}`,
      [step.id, step.from, step.to, step.refunded_amount ?? null, step.completed_at ?? null],
    );
    if (moved[0]) await this.report.moved(tx, { from: step.from, payment: moved[0] });
    return moved[0];
  }

  /** Staff-confirmed payments whose time is over (providers with a page are asked first), the longest lapsed first; nothing is locked. */
  async lapsed(manager: EntityManager, limit: number, after: LapsedPayment | undefined): Promise<LapsedPayment[]> {
    return manager.query<LapsedPayment[]>(
      `SELECT id, (extract(epoch FROM expires_at) * 1000000)::bigint AS expired_us FROM payments
       WHERE ${IS_LAPSED} AND (expires_at, id) > ('epoch'::timestamptz + $2 * interval '1 microsecond', $3::bigint)
       ORDER BY expires_at, id LIMIT $1`,
      [limit, after?.expired_us ?? 0, after?.id ?? 0],
    );
  }

  /** Those of them that are still expired and that no other process has locked, locked until the transaction ends. */
  async lockLapsed(tx: EntityManager, ids: readonly number[]): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(
      `SELECT id FROM payments WHERE id = ANY($1) AND ${IS_LAPSED} ORDER BY id FOR UPDATE SKIP LOCKED`,
      [ids],
    );
    return rows.map((row) => row.id);
  }
}

/** The index over pending orders refused a second one. */
export function isSecondPendingOrder(error: unknown): boolean {
  return isUniqueViolation(error, 'payments_one_pending_per_user_and_product');
}

/** The index over live payments refused a second one. */
export function isSecondLivePayment(error: unknown): boolean {
  return isUniqueViolation(error, 'payments_one_live_per_consultation');
}
