import { Answer } from '#answers';
import type { Caller } from '#auth';
import { OrderNotFound, PaymentNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import { GetPayment } from '../payments/get-payment.js';
import type { Order } from '../payments/payment-answers.js';
import { orderIdOf, paymentIdOf } from './order-id.js';

/** Reads a payment as an order. */
@Injectable()
export class GetOrder {
  constructor(private readonly payments: GetPayment) {}

  /** @throws OrderNotFound, Forbidden */
  async run(order_id: string, caller: Caller): Promise<Answer<Order>> {
    const id = paymentIdOf(order_id);
    if (id === undefined) throw new OrderNotFound(order_id);
    try {
      const payment = await this.payments.whole(id, caller);
      return Answer.ok('checkout.order_found', { order_id: orderIdOf(id), ...payment });
    } catch (error) {
      throw error instanceof PaymentNotFound ? new OrderNotFound(order_id) : error;
    }
  }
}
