import type { Answer } from '#answers';
import { type Caller, CurrentCaller } from '#auth';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { IntegerParam } from '#validation';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ConfirmPayment } from './confirm-payment.js';
import { GetPayment } from './get-payment.js';
import { ConfirmPaymentRequest, StartPaymentRequest } from './payment-requests.js';
import { StartPayment } from './start-payment.js';

@Controller('v1/payments')
export class PaymentsController {
  constructor(
    private readonly startPayment: StartPayment,
    private readonly confirmPayment: ConfirmPayment,
    private readonly getPayment: GetPayment,
  ) {}

  @Post()
  @Idempotent({ seed: 'handler' })
  async start(
    @Body() body: StartPaymentRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer> {
    return this.startPayment.run(body, caller, claim);
  }

  @Get(':id')
  async get(@Param('id', IntegerParam) id: number, @CurrentCaller() caller: Caller): Promise<Answer> {
    return this.getPayment.run(id, caller);
  }

  @Post(':id/confirm')
  @Idempotent()
  async confirm(
    @Param('id', IntegerParam) id: number,
    @Body() body: ConfirmPaymentRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer> {
    return this.confirmPayment.run(id, body, caller, claim);
  }
}
