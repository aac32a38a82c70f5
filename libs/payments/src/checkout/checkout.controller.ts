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
    does: 'Creates a Stripe Checkout session for a product. There is one open session per user and product. Never waits for a lock.',
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
    does: 'Returns the payment of a checkout (owner or staff).',
    answers: { 200: Order },
    refuses: [OrderNotFound, Forbidden],
  })
  async get(@Param('order_id') order_id: string, @CurrentCaller() caller: Caller): Promise<Answer<Order>> {
    return this.getOrder.run(order_id, caller);
  }
}
