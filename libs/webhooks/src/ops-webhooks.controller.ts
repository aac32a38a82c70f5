import type { Answer } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { IntegerParam } from '#validation';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ListEvents, ListEventsRequest } from './list-events.js';
import { RetryEvent } from './retry-event.js';
import { ShowEvent } from './show-event.js';

/** The inbox of Stripe's events, for staff. */
@Controller('v1/ops/webhooks')
@Roles('staff', 'service')
export class OpsWebhooksController {
  constructor(
    private readonly listEvents: ListEvents,
    private readonly showEvent: ShowEvent,
    private readonly retryEvent: RetryEvent,
  ) {}

  @Get()
  async list(@Query() query: ListEventsRequest): Promise<Answer> {
    return this.listEvents.run(query);
  }

  @Get(':id')
  async show(@Param('id', IntegerParam) id: number): Promise<Answer> {
    return this.showEvent.run(id);
  }

  @Post(':id/retry')
  @HttpCode(200)
  async retry(@Param('id', IntegerParam) id: number, @CurrentCaller() caller: Caller): Promise<Answer> {
    return this.retryEvent.run(id, caller);
  }
}
