import { Answer } from '#answers';
import { EventNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { WebhookEventsRepository } from './webhook-events.repository.js';
import type { ShownEvent } from './event-answers.js';

/** Shows one event of the inbox with its payload. */
@Injectable()
export class ShowEvent {
  constructor(
    private readonly dataSource: DataSource,
    private readonly events: WebhookEventsRepository,
  ) {}

  /** @throws EventNotFound */
  async run(id: number): Promise<Answer<ShownEvent>> {
    const { manager } = this.dataSource;
    const event = await this.events.describe(manager, id);
    const row = event && (await this.events.find(manager, id));
    if (!row) throw new EventNotFound(id);
    return Answer.ok('webhook.found', { event: { ...event, payload: readable(row.payload) } });
  }
}

/** The payload as JSON if it can be serialized again, which fails for thousands of nested levels; otherwise as text. */
function readable(payload: string): unknown {
  try {
    const parsed: unknown = JSON.parse(payload);
    JSON.stringify(parsed);
    return parsed;
  } catch {
    return payload;
  }
}
