import type { Answer } from '#answers';
import { type Caller, CurrentCaller } from '#auth';
import { IntegerParam } from '#validation';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { GetPayment } from './get-payment.js';
import { ListPayments, ListPaymentsRequest } from './list-payments.js';
import { TellTimeline, TimelineRequest } from './tell-timeline.js';

@Controller('v1/payments')
export class PaymentHistoryController {
  constructor(
    private readonly getPayment: GetPayment,
    private readonly listPayments: ListPayments,
    private readonly tellTimeline: TellTimeline,
  ) {}

  @Get()
  async list(@Query() query: ListPaymentsRequest, @CurrentCaller() caller: Caller): Promise<Answer> {
    return this.listPayments.run(query, caller);
  }

  @Get(':id')
  async get(@Param('id', IntegerParam) id: number, @CurrentCaller() caller: Caller): Promise<Answer> {
    return this.getPayment.run(id, caller);
  }

  @Get(':id/timeline')
  async timeline(
    @Param('id', IntegerParam) id: number,
    @Query() query: TimelineRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Answer> {
    return this.tellTimeline.run(id, query, caller);
  }
}
