import { Injectable } from '@nestjs/common';
import { DisputeNews } from './dispute-news.js';
import { OurIntents } from './our-intents.js';
import { RecordAttempt } from './record-attempt.js';
import { RefundNews } from './refund-news.js';
import { SessionNews } from './session-news.js';
import { StripeCalls } from './stripe-calls.js';

/** What Stripe reports about a payment, each kind with the use case that applies it, and what may have to be asked for it. */
@Injectable()
export class StripeNews {
  constructor(
    readonly sessions: SessionNews,
    readonly refunds: RefundNews,
    readonly disputes: DisputeNews,
    readonly calls: StripeCalls,
    readonly intents: OurIntents,
    readonly attempts: RecordAttempt,
  ) {}
}
