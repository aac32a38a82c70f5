import 'reflect-metadata';
import { Body, Controller, Get, Headers, Module, Post, Query } from '@nestjs/common';
import { createTable, insertOrder, listOrders, type Order, pool } from './shop.js';
import { listen } from './listen.js';

/** Looks for an order with this key, then inserts one: correct for one request after the other. */
@Controller('orders')
class OrdersController {
  @Post()
  async create(
    @Headers('authorization') customer: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body() order: Omit<Order, 'id'>,
  ): Promise<Order> {
    const sql = 'SELECT id::int, product, quantity FROM orders WHERE idempotency_key = $1';
    const known = await pool.query<Order>(sql, [key]);
    return known.rows[0] ?? (await insertOrder(customer, order, key));
  }

  @Get()
  list(@Headers('authorization') customer: string, @Query('product') product: string): Promise<Order[]> {
    return listOrders(customer, product);
  }
}

@Module({ controllers: [OrdersController] })
class NaiveModule {}

await createTable();
await listen(NaiveModule);
