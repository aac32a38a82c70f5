import { Injectable } from '@nestjs/common';
import { DisputeNews } from '../disputes/dispute-updates.js';
import { OurIntents } from '../our-intents.js';
import { RecordAttempt } from '../attempts/record-attempt.js';
import { RefundNews } from '../refunds/refund-updates.js';
import { SessionNews } from '../sessions/session-updates.js';
import { StripeCalls } from '../stripe-calls.js';

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
