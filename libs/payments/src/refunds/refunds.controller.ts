import type { Answer } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { IntegerParam } from '#validation';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { pageOf, PageRequest } from '../paging.js';
import { ListRefunds } from './list-refunds.js';
import { RefundPayment } from './refund-payment.js';
import { RefundPaymentRequest, SettleRefundRequest, WithdrawRefundRequest } from './refund-requests.js';
import { SettleRefund } from './settle-refund.js';

/** A double click or an agent's blind retry comes within minutes; a second, deliberate refund without a key waits so long. */
const REPETITION_MS = 5 * 60_000;

@Roles('staff', 'service')
@Controller('v1/payments/:id')
export class RefundsController {
  constructor(
    private readonly refundPayment: RefundPayment,
    private readonly settleRefund: SettleRefund,
    private readonly listRefunds: ListRefunds,
  ) {}

  @Post('refund')
  @Idempotent({ derivedKeptMs: REPETITION_MS, derived: 'handler' })
  async refund(
    @Param('id', IntegerParam) id: number,
    @Body() body: RefundPaymentRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer> {
    return this.refundPayment.run(id, body, caller, claim);
  }

  @Get('refunds')
  async list(@Param('id', IntegerParam) id: number, @Query() query: PageRequest): Promise<Answer> {
    return this.listRefunds.run(id, pageOf(query));
  }

  @Post('refunds/:refund_id/settle')
  @Idempotent()
  async settle(
    @Param('id', IntegerParam) payment_id: number,
    @Param('refund_id', IntegerParam) refund_id: number,
    @Body() { transaction_id }: SettleRefundRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer> {
    return this.settleRefund.run({ payment_id, refund_id }, { status: 'succeeded', transaction_id }, caller, claim);
  }

  @Post('refunds/:refund_id/withdraw')
  @Idempotent()
  async withdraw(
    @Param('id', IntegerParam) payment_id: number,
    @Param('refund_id', IntegerParam) refund_id: number,
    @Body() _body: WithdrawRefundRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer> {
    return this.settleRefund.run({ payment_id, refund_id }, { status: 'cancelled' }, caller, claim);
  }
}
