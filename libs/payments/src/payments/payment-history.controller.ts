import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller } from '#auth';
import { Forbidden, PaymentNotFound } from '#errors';
import { IntegerParam } from '#validation';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { GetPayment } from './get-payment.js';
import { ListPayments, ListPaymentsRequest } from './list-payments.js';
import { PageOfPayments, Timeline, WholePayment } from './payment-answers.js';
import { GetTimeline, TimelineRequest } from './get-timeline.js';

@Controller('v1/payments')
export class PaymentHistoryController {
  constructor(
    private readonly getPayment: GetPayment,
    private readonly listPayments: ListPayments,
    private readonly getTimeline: GetTimeline,
  ) {}

  @Get()
  @Contract({
    does: "Lists the caller's payments (for staff: all payments), newest first.",
    answers: { 200: PageOfPayments },
  })
  async list(@Query() query: ListPaymentsRequest, @CurrentCaller() caller: Caller): Promise<Answer<PageOfPayments>> {
    return this.listPayments.run(query, caller);
  }

  @Get(':id')
  @Contract({
    does: 'Returns one payment with invoice, tax record and charges (owner or staff).',
    answers: { 200: WholePayment },
    refuses: [PaymentNotFound, Forbidden],
  })
  async get(@Param('id', IntegerParam) id: number, @CurrentCaller() caller: Caller): Promise<Answer<WholePayment>> {
    return this.getPayment.run(id, caller);
  }

  @Get(':id/timeline')
  @Contract({
    does: 'Lists the audit log of one payment (owner or staff), oldest first.',
    answers: { 200: Timeline },
    refuses: [PaymentNotFound, Forbidden],
  })
  async timeline(
    @Param('id', IntegerParam) id: number,
    @Query() query: TimelineRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Answer<Timeline>> {
    return this.getTimeline.run(id, query, caller);
  }
}
