import type { Answer } from '#answers';
import { type Caller, CurrentCaller } from '#auth';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { IntegerParam } from '#validation';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CancelPayment } from './cancel-payment.js';
import { ConfirmPayment } from './confirm-payment.js';
import { CancelPaymentRequest, ConfirmPaymentRequest, StartPaymentRequest } from './payment-requests.js';
import { StartPayment } from './start-payment.js';

@Controller('v1/payments')
export class PaymentsController {
  constructor(
    private readonly startPayment: StartPayment,
    private readonly confirmPayment: ConfirmPayment,
    private readonly cancelPayment: CancelPayment,
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

  @Post(':id/cancel')
  @Idempotent()
  async cancel(
    @Param('id', IntegerParam) id: number,
    @Body() _body: CancelPaymentRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer> {
    return this.cancelPayment.run(id, caller, claim);
  }
}
