import { BadRequestException } from '@nestjs/common';
import pg from 'pg';

/** What both example APIs sell. They differ only in how they guard the INSERT. */
export interface Order {
  readonly id: number;
  readonly product: string;
  readonly quantity: number;
}

export const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });

export async function createTable(): Promise<void> {
  await pool.query(`CREATE TABLE IF NOT EXISTS orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer text, product text, quantity int, idempotency_key text)`);
}

/** @throws {BadRequestException} 400 */
export async function insertOrder(
  customer: string,
  { product, quantity }: Omit<Order, 'id'>,
  key?: string,
): Promise<Order> {
  if (!Number.isInteger(quantity) || quantity < 1) throw new BadRequestException('quantity must be at least 1');
  const { rows } = await pool.query<Order>(
    `INSERT INTO orders (customer, product, quantity, idempotency_key) VALUES ($1, $2, $3, $4)
     RETURNING id::int, product, quantity`,
    [customer, product, quantity, key],
  );
  return rows[0]!;
}

export async function listOrders(customer: string, product: string): Promise<Order[]> {
  const sql = 'SELECT id::int, product, quantity FROM orders WHERE customer = $1 AND product = $2';
  return (await pool.query<Order>(sql, [customer, product])).rows;
}
