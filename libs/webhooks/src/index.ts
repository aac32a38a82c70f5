export { DrainInbox } from './drain-inbox.js';
export { CatchUpWithStripe } from './catch-up-with-stripe.js';
export { type ClockOffsets, ClockWatch } from './clock-watch.js';
export { WebhooksHttpModule, WebhooksModule } from './webhooks.module.js';
export { EVENT_FAILURES } from './event-answers.js';
