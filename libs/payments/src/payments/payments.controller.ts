import type { Answer } from '#answers';
import { type Caller, CurrentCaller } from '#auth';
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
  async start(@Body() body: StartPaymentRequest, @CurrentCaller() caller: Caller): Promise<Answer> {
    return this.startPayment.run(body, caller);
  }

  @Get(':id')
  async get(@Param('id', IntegerParam) id: number, @CurrentCaller() caller: Caller): Promise<Answer> {
    return this.getPayment.run(id, caller);
  }

  @Post(':id/confirm')
  async confirm(
    @Param('id', IntegerParam) id: number,
    @Body() body: ConfirmPaymentRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Answer> {
    return this.confirmPayment.run(id, body, caller);
  }
}
