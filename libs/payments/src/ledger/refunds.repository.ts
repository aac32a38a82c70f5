import { isUniqueViolation } from '#database';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { columnsOf, insertionOf } from './columns.js';
import type { Page } from './page.js';
import { PaymentReport } from './payment-report.js';
import { Refund, type RefundKind, type RefundStatus, type RefundWait } from './refund.js';

/** What a pending refund waits for that its provider makes. Clients knew Stripe's words before there was another one. */
const awaited = (what: 'answer' | 'settlement') => {
  const [ofStripe, ofOthers] = [`stripe_${what}`, `provider_${what}`] satisfies RefundWait[];
  return `CASE WHEN payment_method = 'stripe' THEN '${ofStripe}' ELSE '${ofOthers}' END`;
};

/** For a query `FROM refunds`. */
export const COLUMNS = columnsOf(Refund, {
  transfer_id: `CASE WHEN payment_id IS NULL OR kind = 'unmatch' THEN (SELECT c.transfer_id FROM charges c WHERE c.id = charge_id) END`,
  refunded_at: `CASE WHEN status = 'succeeded' THEN coalesce(refunded_at, settled_at) END`,
  awaiting: `CASE WHEN status <> 'pending' THEN NULL
       WHEN made_by = 'staff' THEN 'staff_settlement'
       WHEN needs_decision AND transaction_id IS NULL THEN 'staff_decision'
       WHEN transaction_id IS NULL THEN ${awaited('answer')}
       ELSE ${awaited('settlement')} END`,
});

export interface RefundDraft {
  readonly charge_id: number;
  /** Minor units; already reserved on the charge. */
  readonly amount: number;
  readonly reason: string;
  readonly requested_by: number | null;
  readonly automatic?: boolean;
  /** `unmatch`: the money goes back to its transfer and is not paid out. */
  readonly kind?: RefundKind;
}

/** `charge_id` is null for a refund in parts. */
const INSERTION = insertionOf<Omit<RefundDraft, 'charge_id'> & { readonly charge_id: number | null }>({
  charge_id: {},
  amount: {},
  reason: {},
  requested_by: {},
  automatic: { value: (automatic = false) => automatic },
  kind: { value: (kind = 'refund') => kind },
});

/** How much of which charge a refund takes. Minor units. */
export interface RefundPart {
  readonly charge_id: number;
  readonly amount: number;
}

/** As it was made, with what its provider is to call it by. */
export type InsertedRefund = Refund & { readonly ref: string };

@Injectable()
export class RefundsRepository {
  constructor(private readonly report: PaymentReport) {}

  async find(manager: EntityManager, id: number): Promise<Refund | undefined> {
    const [refund] = await manager.query<Refund[]>(`SELECT ${COLUMNS} FROM refunds WHERE id = $1`, [id]);
    return refund;
  }

  /** Newest first. Their number is bounded by the amount, their page by `limit`. */
  async list(manager: EntityManager, payment_id: number, page: Page): Promise<Refund[]> {
    return manager.query<Refund[]>(
      `SELECT ${COLUMNS} FROM refunds
       WHERE payment_id = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [payment_id, page.before, page.limit],
    );
  }

  /** Postgres' own, by which refunds are dated. */
  async clock(manager: EntityManager): Promise<Date> {
    const [{ now }] = await manager.query<[{ now: Date }]>('SELECT now()');
    return now;
  }

  /** Of every payment, newest first. Written out by what is given, so that the plan is an index's. */
  async listAll(manager: EntityManager, page: Page, status: RefundStatus | null): Promise<Refund[]> {
    const values: unknown[] = [page.limit];
    const where = [
      status === null ? '' : `status = $${values.push(status)}`,
      page.before === null ? '' : `id < $${values.push(page.before)}`,
    ].filter(Boolean);
    return manager.query<Refund[]>(
      `SELECT ${COLUMNS} FROM refunds ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
       ORDER BY id DESC LIMIT $1`,
      values,
    );
  }

  async insert(tx: EntityManager, draft: RefundDraft): Promise<InsertedRefund> {
    return this.write(tx, draft.charge_id, draft);
  }

  /** Of a payment that several charges paid, none of which is enough alone. */
  async insertInParts(
    tx: EntityManager,
    draft: Omit<RefundDraft, 'charge_id'>,
    parts: readonly RefundPart[],
  ): Promise<InsertedRefund> {
    const refund = await this.write(tx, parts[0]!.charge_id, { ...draft, charge_id: null });
    await tx.query(
      `INSERT INTO refund_parts (refund_id, charge_id, amount)
       SELECT $1, part.charge_id, part.amount FROM unnest($2::bigint[], $3::bigint[]) AS part (charge_id, amount)`,
      [refund.id, parts.map(({ charge_id }) => charge_id), parts.map(({ amount }) => amount)],
    );
    return refund;
  }

  /** Whose charge it is decides whose refund it is, how it was paid and in what. */
  private async write(
    tx: EntityManager,
    of_charge: number,
    draft: Parameters<typeof INSERTION.parametersOf>[0],
  ): Promise<InsertedRefund> {
    const values = INSERTION.parametersOf(draft);
    const [refund] = await tx.query<InsertedRefund[]>(
      `INSERT INTO refunds (payment_id, payment_method, currency, ${INSERTION.columns})
       SELECT payment_id, payment_method, currency, ${INSERTION.values} FROM charges WHERE id = $${values.length + 1}
       RETURNING ${COLUMNS}, ref`,
      [...values, of_charge],
    );
    return refund!;
  }

  /** Of one charge, unless it was made in parts. */
  async partsOf(manager: EntityManager, id: number): Promise<RefundPart[]> {
    return manager.query<RefundPart[]>(
      `SELECT charge_id, amount FROM refunds WHERE id = $1 AND charge_id IS NOT NULL
       UNION ALL SELECT charge_id, amount FROM refund_parts WHERE refund_id = $1 ORDER BY charge_id`,
      [id],
    );
  }

  /** Staff have taken it back while its provider had not answered: it is never sent again. */
  async setWithdrawn(tx: EntityManager, id: number): Promise<void> {
    await tx.query('UPDATE refunds SET withdrawn_at = settled_at WHERE id = $1 AND withdrawn_at IS NULL', [id]);
  }

  async wasWithdrawn(manager: EntityManager, id: number): Promise<boolean> {
    const rows = await manager.query<unknown[]>('SELECT 1 FROM refunds WHERE id = $1 AND withdrawn_at IS NOT NULL', [
      id,
    ]);
    return rows.length > 0;
  }

  /** The provider's ids of the refunds of this charge that were known before this one was asked for. */
  async knownBefore(manager: EntityManager, id: number): Promise<ReadonlySet<string>> {
    const rows = await manager.query<{ transaction_id: string }[]>(
      `SELECT other.transaction_id FROM refunds other JOIN refunds this ON this.charge_id = other.charge_id
       WHERE this.id = $1 AND other.id < this.id AND other.transaction_id IS NOT NULL`,
      [id],
    );
    return new Set(rows.map((row) => row.transaction_id));
  }

  /** The provider's ids of all refunds of this charge that are in the ledger. */
  async transactionsOf(manager: EntityManager, charge_id: number): Promise<ReadonlySet<string>> {
    const rows = await manager.query<{ transaction_id: string }[]>(
      'SELECT transaction_id FROM refunds WHERE charge_id = $1 AND transaction_id IS NOT NULL',
      [charge_id],
    );
    return new Set(rows.map((row) => row.transaction_id));
  }

  /** Of a refund that was not made in parts, as all of a provider's are. */
  async chargeOf(manager: EntityManager, id: number): Promise<number> {
    const [row] = await manager.query<{ charge_id: number }[]>('SELECT charge_id FROM refunds WHERE id = $1', [id]);
    return row!.charge_id;
  }

  /** Whether money was paid out by this reference of a bank, in either case. */
  async isUsedReference(
    manager: EntityManager,
    of: { payment_method: string; transaction_id: string },
  ): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `SELECT 1 FROM refunds
       WHERE payment_method = $1 AND upper(transaction_id) = upper($2) AND status NOT IN ('failed', 'cancelled')`,
      [of.payment_method, of.transaction_id],
    );
    return rows.length > 0;
  }

  /** The provider's id of a refund that is still on its way. */
  async setTransaction(tx: EntityManager, id: number, transaction_id: string): Promise<void> {
    await tx.query('UPDATE refunds SET transaction_id = $2 WHERE id = $1 AND transaction_id IS NULL', [
      id,
      transaction_id,
    ]);
  }

  /** Only from the expected state. Undefined: another process moved it first. */
  async move(
    tx: EntityManager,
    step: {
      id: number;
      from: RefundStatus;
      to: RefundStatus;
      transaction_id?: string | null;
      refunded_at?: Date | undefined;
    },
  ): Promise<Refund | undefined> {
    const [[moved]] = await tx.query<[Refund[], number]>(
      `UPDATE refunds SET status = $3, settled_at = now(), transaction_id = coalesce(transaction_id, $4),
              refunded_at = coalesce($5, refunded_at)
       WHERE id = $1 AND status = $2 RETURNING ${COLUMNS}`,
      [step.id, step.from, step.to, step.transaction_id ?? null, step.refunded_at ?? null],
    );
    if (moved?.status === 'succeeded') await this.report.refunded(tx, moved);
    return moved;
  }
}

/** This reference has paid another refund back already. */
export function isUsedRefundTransaction(error: unknown): boolean {
  return isUniqueViolation(error, 'refunds_transaction_unique');
}
