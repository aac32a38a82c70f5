import { amount, type Holds, id, shape, time } from '#answers';
import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '#database';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { PAYMENT_STATUSES } from './payment.js';

export const Product = shape('Product', {
  id: z.string(),
  name: z.string(),
  price: amount.describe('Minor units, for one piece.'),
  currency: z.string(),
  status: z.enum(['open', 'closed']),
  external_reference: z.string().nullable().describe('What the system that made it calls it.'),
  closed_at: time.nullable().describe('Money taken after this time is refunded.'),
  created_at: time,
});
export type Product = Holds<typeof Product>;

/** An unpaid payment of a product. */
export const OpenPayment = shape('OpenPayment', {
  id,
  user_id: id,
  amount,
  currency: z.string(),
  status: z.enum(PAYMENT_STATUSES).describe('Closing the product may have ended it.'),
});
export type OpenPayment = Holds<typeof OpenPayment>;

const COLUMNS = 'id, name, price, currency, status, external_reference, closed_at, created_at';

/** A catalogue is small; one that is not would be paged like the payments are. */
const MAX_LISTED = 500;

/** Enough to look at in one answer; `GET /ops/payments` pages through the rest. */
const MAX_NAMED = 20;

@Injectable()
export class ProductsRepository {
  async list(
    manager: EntityManager,
    of: { alsoClosed: boolean; external_reference: string | null },
  ): Promise<Product[]> {
    return manager.query<Product[]>(
      `SELECT ${COLUMNS} FROM products
       WHERE ($1 OR status = 'open') AND ($3::text IS NULL OR external_reference = $3) ORDER BY id LIMIT $2`,
      [of.alsoClosed, MAX_LISTED, of.external_reference],
    );
  }

  async findByReference(manager: EntityManager, external_reference: string): Promise<Product | undefined> {
    const [product] = await manager.query<Product[]>(`SELECT ${COLUMNS} FROM products WHERE external_reference = $1`, [
      external_reference,
    ]);
    return product;
  }

  async find(manager: EntityManager, id: string): Promise<Product | undefined> {
    const [product] = await manager.query<Product[]>(`SELECT ${COLUMNS} FROM products WHERE id = $1`, [id]);
    return product;
  }

  /** Locks the product until the order is committed: a change of price or status waits, and then finds the order. */
  async lockForSale(tx: EntityManager, id: string): Promise<Product | undefined> {
    const [product] = await tx.query<Product[]>(`SELECT ${COLUMNS} FROM products WHERE id = $1 FOR SHARE`, [id]);
    return product;
  }

  /** Its pending payments, oldest first, and how many there are. */
  async findOpenPayments(tx: EntityManager, id: string): Promise<{ count: number; payments: OpenPayment[] }> {
    const [counted] = await tx.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM payments WHERE product_id = $1 AND status = 'pending'`,
      [id],
    );
    const payments = await tx.query<OpenPayment[]>(
      `SELECT id, user_id, amount, currency, status FROM payments
       WHERE product_id = $1 AND status = 'pending' ORDER BY id LIMIT $2`,
      [id, MAX_NAMED],
    );
    return { count: counted!.count, payments };
  }

  async insert(
    manager: EntityManager,
    draft: { id: string; name: string; price: number; currency: string; external_reference: string | null },
  ): Promise<Product> {
    const [product] = await manager.query<Product[]>(
      `INSERT INTO products (id, name, price, currency, external_reference) VALUES ($1, $2, $3, $4, $5)
       RETURNING ${COLUMNS}`,
      [draft.id, draft.name, draft.price, draft.currency, draft.external_reference],
    );
    return product!;
  }

  /** Changes what is given and leaves the rest; `closed_at` follows the status by a trigger. */
  async change(
    manager: EntityManager,
    id: string,
    change: { name?: string; price?: number; currency?: string; status?: string },
  ): Promise<Product | undefined> {
    const [changed] = await manager.query<[Product[], number]>(
      `UPDATE products
       SET name = coalesce($2, name), price = coalesce($3, price), currency = coalesce($4, currency),
           status = coalesce($5, status), updated_at = now()
       WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, change.name ?? null, change.price ?? null, change.currency ?? null, change.status ?? null],
    );
    return changed[0];
  }
}

/** Another product has this reference. */
export function isUsedProductReference(error: unknown): boolean {
  return isUniqueViolation(error, 'products_external_reference_unique');
}

export function isTakenProductId(error: unknown): boolean {
  return isUniqueViolation(error, 'products_pkey');
}
