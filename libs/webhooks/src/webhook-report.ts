import { Metrics } from '#observability';
import { Injectable } from '@nestjs/common';
import { HANDLED_TYPES } from './handled-types.js';
import type { EventStatus } from './webhook-events.repository.js';

/** From an event that is not ours to one that waits for a lock and for Stripe. */
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Measures how long each try of an event took and how it ended. */
@Injectable()
export class WebhookReport {
  private readonly duration;

  constructor(metrics: Metrics) {
    this.duration = metrics.histogram(
      'payonce_webhook_handling_seconds',
      'Time to process a Stripe event, including the wait for its lock; outcome "pending": it is tried again',
      BUCKETS_SECONDS,
      ['type', 'outcome'],
    );
  }

  /** @returns a function to call when the try has ended */
  handling(type: string): (outcome: EventStatus) => void {
    // Stripe has hundreds of event types; only the handled ones get a series of their own.
    const done = this.duration.startTimer({ type: HANDLED_TYPES.includes(type) ? type : 'other' });
    return (outcome) => void done({ outcome });
  }
}
