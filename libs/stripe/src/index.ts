import type Stripe from 'stripe';

export { INSUFFICIENT_BALANCE, KEY_IN_USE } from './classify-failure.js';
export type { FrozenCall, Made } from './frozen-call.js';
export { StripeClock } from './stripe-clock.js';
export { StripeGateway } from './stripe-gateway.js';
export { type ListName, ListPositionGone, StripeLists } from './stripe-lists.js';
export { VerifyEvent } from './verify-event.js';
export { StripeModule } from './stripe.module.js';

export type StripeEvent = Stripe.Event;
export type StripeSession = Stripe.Checkout.Session;
export type StripePaymentIntent = Stripe.PaymentIntent;
export type StripeCharge = Stripe.Charge;
export type StripeRefund = Stripe.Refund;
export type StripeDispute = Stripe.Dispute;
export type SessionParams = Stripe.Checkout.SessionCreateParams;
export type RefundParams = Stripe.RefundCreateParams;
