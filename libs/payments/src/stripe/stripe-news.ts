import { Injectable } from '@nestjs/common';
import { DisputeNews } from './dispute-news.js';
import { OurIntents } from './our-intents.js';
import { RefundNews } from './refund-news.js';
import { SessionNews } from './session-news.js';
import { StripeCalls } from './stripe-calls.js';

/** The three things Stripe has to say about a payment, and what may have to be asked because of it. */
@Injectable()
export class StripeNews {
  constructor(
    readonly sessions: SessionNews,
    readonly refunds: RefundNews,
    readonly disputes: DisputeNews,
    readonly calls: StripeCalls,
    readonly intents: OurIntents,
  ) {}
}
