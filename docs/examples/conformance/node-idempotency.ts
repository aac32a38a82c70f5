import 'reflect-metadata';
import { Body, Controller, Get, Headers, Module, Post, Query, UseInterceptors } from '@nestjs/common';
import { listen } from './listen.js';
import { IdempotencyInterceptor } from './node-idempotency-interceptor.js';
import { createTable, insertOrder, listOrders, type Order } from './shop.js';

@Controller('orders')
class OrdersController {
  @Post()
  @UseInterceptors(new IdempotencyInterceptor())
  create(@Headers('authorization') customer: string, @Body() order: Omit<Order, 'id'>): Promise<Order> {
    return insertOrder(customer, order);
  }

  @Get()
  list(@Headers('authorization') customer: string, @Query('product') product: string): Promise<Order[]> {
    return listOrders(customer, product);
  }
}

@Module({ controllers: [OrdersController] })
class PeerModule {}

await createTable();
await listen(PeerModule);
