import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { Forbidden, PaymentNotFound, PaymentProcessing, TransitionNotAllowed } from '#errors';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { IntegerParam } from '#validation';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { AbandonedPayment } from '../../payments/payment-answers.js';
import { AbandonPaymentRequest } from '../../payments/payment-requests.js';
import { AbandonPayment } from './abandon-payment.js';

/** Changes to a payment that only staff may make. */
@Controller('v1/payments')
@Roles('staff', 'service')
export class StaffPaymentsController {
  constructor(private readonly abandonPayment: AbandonPayment) {}

  @Post(':id/abandon')
  @Idempotent()
  @Contract({
    does: 'Ends a pending payment whose provider can no longer be asked. The provider is asked once more first, and its answer is applied: a paid or processing payment is not ended. Money that arrives later is refunded automatically. Staff cannot abandon their own payment.',
    answers: { 200: AbandonedPayment },
    refuses: [PaymentNotFound, Forbidden, PaymentProcessing, TransitionNotAllowed],
  })
  async abandon(
    @Param('id', IntegerParam) id: number,
    @Body() body: AbandonPaymentRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<AbandonedPayment>> {
    return this.abandonPayment.run(id, body, caller, claim);
  }
}
