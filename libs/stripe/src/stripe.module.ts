import { Module } from '@nestjs/common';
import { StripeCalls } from './stripe-calls.js';
import { StripeGateway } from './stripe-gateway.js';
import { StripeClock } from './stripe-clock.js';
import { VerifyEvent } from './verify-event.js';

/** One for each process, created without Nest: only tests pass other clocks. */
const clock = { provide: StripeClock, useFactory: () => new StripeClock() };

@Module({
  providers: [clock, StripeCalls, StripeGateway, VerifyEvent],
  exports: [StripeClock, StripeGateway, VerifyEvent],
})
export class StripeModule {}
