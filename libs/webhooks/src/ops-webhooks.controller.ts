import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { EventAlreadyApplied, EventNotFound } from '#errors';
import { IntegerParam } from '#validation';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { PageOfEvents, RetriedEvent, ShownEvent } from './event-answers.js';
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
  @Contract({
    does: "Lists Stripe's events as received, newest first, without their payload.",
    answers: { 200: PageOfEvents },
  })
  async list(@Query() query: ListEventsRequest): Promise<Answer<PageOfEvents>> {
    return this.listEvents.run(query);
  }

  @Get(':id')
  @Contract({
    does: 'Returns one event with its payload.',
    answers: { 200: ShownEvent },
    refuses: [EventNotFound],
  })
  async show(@Param('id', IntegerParam) id: number): Promise<Answer<ShownEvent>> {
    return this.showEvent.run(id);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Contract({
    does: 'Processes an event again, now.',
    answers: { 200: RetriedEvent },
    refuses: [EventNotFound, EventAlreadyApplied],
  })
  async retry(@Param('id', IntegerParam) id: number, @CurrentCaller() caller: Caller): Promise<Answer<RetriedEvent>> {
    return this.retryEvent.run(id, caller);
  }
}
