import { Module } from '@nestjs/common';
import { StripeGateway } from './stripe-gateway.js';
import { StripeClock } from './stripe-clock.js';
import { VerifyEvent } from './verify-event.js';

/** One for each process, and made without Nest: its own clocks are a parameter for tests alone. */
const clock = { provide: StripeClock, useFactory: () => new StripeClock() };

@Module({
  providers: [clock, StripeGateway, VerifyEvent],
  exports: [StripeClock, StripeGateway, VerifyEvent],
})
export class StripeModule {}
