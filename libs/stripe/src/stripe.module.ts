import { Module } from '@nestjs/common';
import { StripeCalls } from './stripe-calls.js';
import { StripeGateway } from './stripe-gateway.js';
import { StripeLists } from './stripe-lists.js';
import { StripeClock } from './stripe-clock.js';
import { VerifyEvent } from './verify-event.js';

/** One for each process, created without Nest: only tests pass other clocks. */
const clock = { provide: StripeClock, useFactory: () => new StripeClock() };

@Module({
  providers: [clock, StripeCalls, StripeGateway, StripeLists, VerifyEvent],
  exports: [StripeClock, StripeGateway, StripeLists, VerifyEvent],
})
export class StripeModule {}
