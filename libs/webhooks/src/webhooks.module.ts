import { PaymentsModule } from '#payments';
import { StripeModule } from '#stripe';
import { Module } from '@nestjs/common';
import { DrainInbox } from './drain-inbox.js';
import { PollUndelivered } from './poll-undelivered.js';
import { ReceiveEvent } from './receive-event.js';
import { TryEvent } from './try-event.js';
import { WebhookEventsRepository } from './webhook-events.repository.js';
import { WebhooksController } from './webhooks.controller.js';

const useCases = [ReceiveEvent, DrainInbox, PollUndelivered];

/** What Stripe tells us, from the first byte to the last retry. */
@Module({
  imports: [PaymentsModule, StripeModule],
  providers: [WebhookEventsRepository, TryEvent, ...useCases],
  exports: useCases,
})
export class WebhooksModule {}

/** Its HTTP side, for the API. */
@Module({ imports: [WebhooksModule], controllers: [WebhooksController] })
export class WebhooksHttpModule {}
