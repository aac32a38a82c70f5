import { Config } from '#config';
import { MalformedRequest, WebhookSignatureInvalid } from '#errors';
import { Injectable } from '@nestjs/common';
import Stripe from 'stripe';

/** Stripe's own allowance for clocks that run apart, both ways: the SDK forgives every future. */
const TOLERANCE_SECONDS = 300;

const { webhooks } = new Stripe('sk_test_for_signatures_only');

/**
 * Whether bytes were signed by Stripe, before anybody looks into them
 * (https://docs.stripe.com/webhooks#verify-official-libraries). Several secrets while one is rotated.
 */
@Injectable()
export class VerifyEvent {
  constructor(private readonly config: Config) {}

  /** @throws WebhookSignatureInvalid; MalformedRequest for signed bytes that are no event */
  run(payload: Buffer, signature: string | undefined, now_seconds = Date.now() / 1_000): Stripe.Event {
    const signed = this.config.STRIPE_WEBHOOK_SECRET.some((secret) =>
      isSigned(payload, signature, secret, now_seconds),
    );
    if (!signed) throw new WebhookSignatureInvalid();
    return eventOf(payload);
  }
}

function isSigned(payload: Buffer, signature: string | undefined, secret: string, now_seconds: number): boolean {
  const sent_seconds = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(signature ?? '')?.[1] ?? Number.NaN);
  if (signature === undefined || !(Math.abs(now_seconds - sent_seconds) <= TOLERANCE_SECONDS)) return false;
  try {
    return webhooks.signature!.verifyHeader(payload, signature, secret, TOLERANCE_SECONDS);
  } catch {
    return false;
  }
}

/** Only what we need of it is looked at; the rest is as Stripe sends it. */
function eventOf(payload: Buffer): Stripe.Event {
  let event: unknown;
  try {
    event = JSON.parse(payload.toString('utf8'));
  } catch (error) {
    throw new MalformedRequest({ cause: error });
  }
  const { id, type } = (typeof event === 'object' && event !== null ? event : {}) as Record<string, unknown>;
  if (typeof id !== 'string' || id === '' || id.length > 255 || typeof type !== 'string' || type.length > 255) {
    throw new MalformedRequest();
  }
  return event as Stripe.Event;
}
