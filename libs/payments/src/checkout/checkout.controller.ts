import type { Answer } from '#answers';
import { type Caller, CurrentCaller } from '#auth';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
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
  async start(
    @Body() body: CheckoutRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer> {
    return this.startCheckout.run(body, caller, claim);
  }

  @Get('orders/:order_id')
  async get(@Param('order_id') order_id: string, @CurrentCaller() caller: Caller): Promise<Answer> {
    return this.getOrder.run(order_id, caller);
  }
}
