import { Answer } from '#answers';
import { nextCursor, pageOf, PageRequest, IntegerText, OneOf, Optional, Text } from '#validation';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EVENT_STATUSES, type EventStatus, WebhookEventsRepository } from './webhook-events.repository.js';
import type { PageOfEvents } from './event-answers.js';

export class ListEventsRequest extends PageRequest {
  @Optional()
  @OneOf(...EVENT_STATUSES)
  status?: EventStatus;

  @Optional()
  @Text({ min: 1, max: 255 })
  type?: string;

  @Optional()
  @IntegerText({ min: 1, max: Number.MAX_SAFE_INTEGER })
  payment_id?: string;
}

/** Lists the inbox, newest first, without payloads. */
@Injectable()
export class ListEvents {
  constructor(
    private readonly dataSource: DataSource,
    private readonly events: WebhookEventsRepository,
  ) {}

  async run(request: ListEventsRequest): Promise<Answer<PageOfEvents>> {
    const page = pageOf(request);
    const events = await this.events.list(this.dataSource.manager, page, {
      status: request.status ?? null,
      type: request.type ?? null,
      payment_id: request.payment_id === undefined ? null : Number(request.payment_id),
    });
    return Answer.ok('webhook.listed', { events, next_cursor: nextCursor(events, page) });
  }
}
