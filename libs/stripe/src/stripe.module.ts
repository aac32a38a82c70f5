import { Module } from '@nestjs/common';
import { StripeGateway } from './stripe-gateway.js';
import { VerifyEvent } from './verify-event.js';

@Module({ providers: [StripeGateway, VerifyEvent], exports: [StripeGateway, VerifyEvent] })
export class StripeModule {}
