import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import {
  Forbidden,
  NothingLeftToRefund,
  PaymentDisputed,
  PaymentNotFound,
  RefundAlreadySettled,
  RefundNeedsDecision,
  RefundNotFound,
  RefundTooLarge,
  StripeRefused,
  StripeUnavailable,
  TransactionAlreadyUsed,
  TransitionNotAllowed,
} from '#errors';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { IntegerParam, pageOf, PageRequest } from '#validation';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ListRefunds } from '../../refunds/list-refunds.js';
import { REPEATED_REFUNDS } from '../../refunds/refund-answer.js';
import { RefundPayment } from '../../refunds/refund-payment.js';
import { SettleRefundRequest, WithdrawRefundRequest } from '../../refunds/refund-requests.js';
import { PageOfRefunds, RefundedPayment, SettledRefund } from '../../refunds/refund-shapes.js';
import { SettleRefund } from '../../refunds/settle-refund.js';
import { RefundPaymentRequest } from '../../provider/staff-refund-request.js';

/** The errors common to settling a reserved refund and withdrawing it. */
const SETTLING = [PaymentNotFound, RefundNotFound, Forbidden, RefundAlreadySettled];

@Roles('staff', 'service')
@Controller('v1/payments/:id')
export class RefundsController {
  constructor(
    private readonly refundPayment: RefundPayment,
    private readonly settleRefund: SettleRefund,
    private readonly listRefunds: ListRefunds,
  ) {}

  @Post('refund')
  @Idempotent(REPEATED_REFUNDS)
  @Contract({
    does: 'Refunds a payment, in full or in part. Staff cannot refund their own payment.',
    answers: { 200: RefundedPayment },
    refuses: [
      PaymentNotFound,
      RefundNotFound,
      Forbidden,
      TransitionNotAllowed,
      NothingLeftToRefund,
      RefundTooLarge,
      PaymentDisputed,
      TransactionAlreadyUsed,
      RefundNeedsDecision,
      StripeRefused,
      StripeUnavailable,
    ],
  })
  async refund(
    @Param('id', IntegerParam) id: number,
    @Body() body: RefundPaymentRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<RefundedPayment>> {
    return this.refundPayment.run(id, body, caller, claim);
  }

  @Get('refunds')
  @Contract({
    does: 'Lists the refunds of one payment, newest first, and the amount that can still be refunded.',
    answers: { 200: PageOfRefunds },
    refuses: [PaymentNotFound],
  })
  async list(@Param('id', IntegerParam) id: number, @Query() query: PageRequest): Promise<Answer<PageOfRefunds>> {
    return this.listRefunds.run(id, pageOf(query));
  }

  @Post('refunds/:refund_id/settle')
  @Idempotent()
  @Contract({
    does: 'Settles a reserved refund that staff have paid back with this transaction.',
    answers: { 200: SettledRefund },
    refuses: [...SETTLING, TransactionAlreadyUsed],
  })
  async settle(
    @Param('id', IntegerParam) payment_id: number,
    @Param('refund_id', IntegerParam) refund_id: number,
    @Body() { transaction_id }: SettleRefundRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<SettledRefund>> {
    return this.settleRefund.run({ payment_id, refund_id }, { status: 'succeeded', transaction_id }, caller, claim);
  }

  @Post('refunds/:refund_id/withdraw')
  @Idempotent()
  @Contract({
    does: 'Withdraws a reserved refund, or one that Stripe has not answered. Its amount can be refunded again.',
    answers: { 200: SettledRefund },
    refuses: [...SETTLING, StripeUnavailable],
  })
  async withdraw(
    @Param('id', IntegerParam) payment_id: number,
    @Param('refund_id', IntegerParam) refund_id: number,
    @Body() { if_stripe_is_unreachable: ifUnreachable = 'refuse' }: WithdrawRefundRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<SettledRefund>> {
    return this.settleRefund.run({ payment_id, refund_id }, { status: 'cancelled', ifUnreachable }, caller, claim);
  }
}
