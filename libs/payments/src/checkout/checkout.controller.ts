import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller } from '#auth';
import {
  AmountOutOfRange,
  Forbidden,
  OrderNotFound,
  PaymentExists,
  PaymentProcessing,
  ProductClosed,
  ProductNotFound,
  StripeNotConfigured,
  StripeRefused,
  StripeUnavailable,
} from '#errors';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Order } from '../payments/payment-answers.js';
import { StartedCheckout } from './checkout-answers.js';
import { CheckoutRequest } from './checkout-requests.js';
import { GetOrder } from './get-order.js';
import { StartCheckout } from './start-checkout.js';

@Controller('v1')
export class CheckoutController {
  constructor(
    private readonly startCheckout: StartCheckout,
    private readonly getOrder: GetOrder,
  ) {}

  @Post('checkout')
  @Idempotent()
  @Contract({
    does: 'Buys a product on a page of Stripe: one open session for each user and product. Never waits.',
    answers: { 200: StartedCheckout },
    refuses: [
      ProductNotFound,
      ProductClosed,
      PaymentExists,
      PaymentProcessing,
      AmountOutOfRange,
      StripeNotConfigured,
      StripeUnavailable,
      StripeRefused,
    ],
  })
  async start(
    @Body() body: CheckoutRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<StartedCheckout>> {
    return this.startCheckout.run(body, caller, claim);
  }

  @Get('orders/:order_id')
  @Contract({
    does: 'The payment of a checkout, for its owner and for staff.',
    answers: { 200: Order },
    refuses: [OrderNotFound, Forbidden],
  })
  async get(@Param('order_id') order_id: string, @CurrentCaller() caller: Caller): Promise<Answer<Order>> {
    return this.getOrder.run(order_id, caller);
  }
}
