export { DrainInbox } from './drain-inbox.js';
export { PollUndelivered } from './poll-undelivered.js';
export { WebhooksHttpModule, WebhooksModule } from './webhooks.module.js';
export { EVENT_FAILURES } from './event-answers.js';
