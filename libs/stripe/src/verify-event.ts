import { isUtf8 } from 'node:buffer';
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
  const moments = [...(signature ?? '').matchAll(/(?:^|,)\s*t=(\d{1,12})(?=,|$)/g)];
  // Two moments, or two headers in one: which of them was signed is not for us to guess.
  if (signature === undefined || moments.length !== 1 || signature.split('t=').length !== 2) return false;
  // Decoded, other bytes could look like those that were signed.
  if (!isUtf8(payload)) return false;
  const off_seconds = Math.floor(now_seconds) - Number(moments[0]![1]);
  if (Math.abs(off_seconds) > TOLERANCE_SECONDS) return false;
  try {
    const receivedAt_ms = now_seconds * 1_000;
    // As a text: of bytes the SDK would take a byte order mark away.
    const text = payload.toString('utf8');
    return webhooks.signature!.verifyHeader(text, signature, secret, TOLERANCE_SECONDS, undefined, receivedAt_ms);
  } catch {
    return false;
  }
}

/** Ids and types of Stripe's are visible ASCII; anything else could not be kept as it is, or be told from another. */
const NAME = /^[\x21-\x7e]{1,255}$/;

/** Only what we need of it is looked at; the rest is as Stripe sends it. */
function eventOf(payload: Buffer): Stripe.Event {
  let event: unknown;
  try {
    event = JSON.parse(payload.toString('utf8'));
  } catch (error) {
    throw new MalformedRequest({ cause: error });
  }
  const { id, type } = (typeof event === 'object' && event !== null ? event : {}) as Record<string, unknown>;
  const named = [id, type].every((name) => typeof name === 'string' && NAME.test(name));
  if (!named) throw new MalformedRequest();
  return event as Stripe.Event;
}
