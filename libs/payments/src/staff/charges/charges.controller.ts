import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import {
  ChargeNotAcceptable,
  ChargeNotFound,
  ChargeNotQuarantined,
  Forbidden,
  NothingLeftToRefund,
  PaymentDisputed,
  RefundAlreadySettled,
  RefundNeedsDecision,
  RefundNotFound,
  RefundTooLarge,
  StripeRefused,
  StripeUnavailable,
} from '#errors';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { IntegerParam } from '#validation';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { REPEATED_REFUNDS } from '../../refunds/refund-answer.js';
import { RefundedPayment } from '../../refunds/refund-shapes.js';
import { AcceptCharge } from './accept-charge.js';
import { DecidedCharge } from './charge-answers.js';
import { AcceptChargeRequest, RefundChargeRequest, SettleChargeElsewhereRequest } from './charge-requests.js';
import { RefundCharge } from './refund-charge.js';
import { SettleChargeElsewhere } from './settle-charge-elsewhere.js';

const ANY = [ChargeNotFound, Forbidden, ChargeNotQuarantined];

/** Decisions of staff about money that does not match its payment. */
@Controller('v1/ops/charges/:id')
@Roles('staff', 'service')
export class ChargesController {
  constructor(
    private readonly acceptCharge: AcceptCharge,
    private readonly refundCharge: RefundCharge,
    private readonly settleElsewhere: SettleChargeElsewhere,
  ) {}

  @Post('accept')
  @HttpCode(200)
  @Idempotent()
  @Contract({
    does: 'Accepts quarantined money that matches its payment by what Stripe now states; the payment completes.',
    answers: { 200: DecidedCharge },
    refuses: [...ANY, ChargeNotAcceptable, StripeUnavailable],
  })
  async accept(
    @Param('id', IntegerParam) id: number,
    @Body() _body: AcceptChargeRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<DecidedCharge>> {
    return this.acceptCharge.run(id, caller, claim);
  }

  @Post('refund')
  @HttpCode(200)
  @Idempotent({ ...REPEATED_REFUNDS, waits: false })
  @Contract({
    does: 'Refunds quarantined money, or a part of it.',
    answers: { 200: RefundedPayment },
    refuses: [
      ...ANY,
      NothingLeftToRefund,
      RefundTooLarge,
      PaymentDisputed,
      RefundNeedsDecision,
      StripeRefused,
      StripeUnavailable,
      RefundNotFound,
      RefundAlreadySettled,
    ],
  })
  async refund(
    @Param('id', IntegerParam) id: number,
    @Body() body: RefundChargeRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<RefundedPayment>> {
    return this.refundCharge.run(id, body, caller, claim);
  }

  @Post('settle-elsewhere')
  @HttpCode(200)
  @Idempotent()
  @Contract({
    does: 'Marks quarantined money as settled outside of Payonce, with a note that the audit log keeps.',
    answers: { 200: DecidedCharge },
    refuses: [...ANY, NothingLeftToRefund],
  })
  async settle(
    @Param('id', IntegerParam) id: number,
    @Body() { note }: SettleChargeElsewhereRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<DecidedCharge>> {
    return this.settleElsewhere.run(id, note, caller, claim);
  }
}
