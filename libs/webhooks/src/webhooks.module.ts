import { AuditModule } from '#audit';
import { PaymentsModule } from '#payments';
import { StripeModule } from '#stripe';
import { Module } from '@nestjs/common';
import { CatchUpWithStripe } from './catch-up-with-stripe.js';
import { ClockWatch } from './clock-watch.js';
import { DrainInbox } from './drain-inbox.js';
import { ListEvents } from './list-events.js';
import { OpsWebhooksController } from './ops-webhooks.controller.js';
import { ReceiveEvent } from './receive-event.js';
import { RetryEvent } from './retry-event.js';
import { ShowEvent } from './show-event.js';
import { TryEvent } from './try-event.js';
import { WebhookInboxModule } from './webhook-inbox.module.js';
import { WebhookReport } from './webhook-report.js';
import { WebhookEventsRepository } from './webhook-events.repository.js';
import { WebhooksController } from './webhooks.controller.js';

const useCases = [ReceiveEvent, DrainInbox, CatchUpWithStripe, ClockWatch, ListEvents, ShowEvent, RetryEvent];

/** Everything about Stripe's webhooks, from receiving an event to its last retry. */
@Module({
  imports: [AuditModule, WebhookInboxModule, PaymentsModule, StripeModule],
  providers: [WebhookEventsRepository, WebhookReport, TryEvent, ...useCases],
  exports: useCases,
})
export class WebhooksModule {}

/** The controllers, for the API only. */
@Module({ imports: [WebhooksModule], controllers: [WebhooksController, OpsWebhooksController] })
export class WebhooksHttpModule {}
