import { amount, type Holds, shape, time } from '#answers';
import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '#database';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

export const Product = shape('Product', {
  id: z.string(),
  name: z.string(),
  price: amount.describe('Minor units, for one piece.'),
  currency: z.string(),
  status: z.enum(['open', 'closed']),
  created_at: time,
});
export type Product = Holds<typeof Product>;

const COLUMNS = 'id, name, price, currency, status, created_at';

/** A catalogue is small; one that is not would be paged like the payments are. */
const MOST_LISTED = 500;

@Injectable()
export class ProductsRepository {
  async list(manager: EntityManager, alsoClosed: boolean): Promise<Product[]> {
    return manager.query<Product[]>(
      `SELECT ${COLUMNS} FROM products WHERE $1 OR status = 'open' ORDER BY id LIMIT $2`,
      [alsoClosed, MOST_LISTED],
    );
  }

  async find(manager: EntityManager, id: string): Promise<Product | undefined> {
    const [product] = await manager.query<Product[]>(`SELECT ${COLUMNS} FROM products WHERE id = $1`, [id]);
    return product;
  }

  async insert(
    manager: EntityManager,
    draft: { id: string; name: string; price: number; currency: string },
  ): Promise<Product> {
    const [product] = await manager.query<Product[]>(
      `INSERT INTO products (id, name, price, currency) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
      [draft.id, draft.name, draft.price, draft.currency],
    );
    return product!;
  }

  /** Changes what is given and leaves the rest. An order that stands keeps its own amount. */
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

export function isTakenProductId(error: unknown): boolean {
  return isUniqueViolation(error, 'products_pkey');
}
