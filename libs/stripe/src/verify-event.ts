import { isUtf8 } from 'node:buffer';
import { Config } from '#config';
import { MalformedRequest, WebhookSignatureInvalid } from '#errors';
import { Injectable, Optional } from '@nestjs/common';
import Stripe from 'stripe';
import { StripeClock } from './stripe-clock.js';
import { StripeGateway } from './stripe-gateway.js';

/** Stripe's own tolerance for clock differences, applied in both directions: the SDK accepts any future time. */
export const TOLERANCE_SECONDS = 300;

const { webhooks } = new Stripe('sk_test_for_signatures_only');

/**
 * Verifies that Stripe signed the bytes, before they are parsed
 * (https://docs.stripe.com/webhooks#verify-official-libraries). Accepts several secrets while one is rotated.
 */
@Injectable()
export class VerifyEvent {
  constructor(
    private readonly config: Config,
    @Optional() private readonly clock?: StripeClock,
    @Optional() private readonly gateway?: StripeGateway,
  ) {}

  /**
   * Checks the timestamp by Stripe's clock as well as by the machine's. Stripe signs by its own clock, and a machine
   * with a wrong clock must not refuse payments. If the timestamp is too old or too new by both, it is checked again
   * after Stripe's time was read; only bytes that Stripe has signed trigger that call. The wider window allows no
   * replay: event ids are stored for ever, and applying an event again changes nothing.
   * @throws WebhookSignatureInvalid; MalformedRequest for signed bytes that are no event
   */
  async byEitherClock(payload: Buffer, signature: string | undefined): Promise<Stripe.Event> {
    const signed_at = this.signedAt(payload, signature);
    if (signed_at === undefined) throw new WebhookSignatureInvalid();
    if (!this.isTimely(signed_at)) await this.gateway?.readClock();
    if (!this.isTimely(signed_at)) throw new WebhookSignatureInvalid();
    return eventOf(payload);
  }

  /** @throws WebhookSignatureInvalid; MalformedRequest for signed bytes that are no event */
  run(payload: Buffer, signature: string | undefined, now_seconds = Date.now() / 1_000): Stripe.Event {
    const signed_at = this.signedAt(payload, signature);
    if (signed_at === undefined || !isNear(signed_at, now_seconds)) throw new WebhookSignatureInvalid();
    return eventOf(payload);
  }

  private isTimely(signed_at: number): boolean {
    const stripe_ms = this.clock?.stripe_ms();
    return isNear(signed_at, Date.now() / 1_000) || (stripe_ms !== undefined && isNear(signed_at, stripe_ms / 1_000));
  }

  /** The signed timestamp, however old; undefined: Stripe has not signed the bytes. */
  private signedAt(payload: Buffer, signature: string | undefined): number | undefined {
    for (const secret of this.config.STRIPE_WEBHOOK_SECRET) {
      const signed_at = signedAt(payload, signature, secret);
      if (signed_at !== undefined) return signed_at;
    }
    return undefined;
  }
}

function isNear(signed_at: number, now_seconds: number): boolean {
  return Math.abs(Math.floor(now_seconds) - signed_at) <= TOLERANCE_SECONDS;
}

function signedAt(payload: Buffer, signature: string | undefined, secret: string): number | undefined {
  const moments = [...(signature ?? '').matchAll(/(?:^|,)\s*t=(\d{1,12})(?=,|$)/g)];
  // Two timestamps, or two headers joined into one: it is unknown which one was signed.
  if (signature === undefined || moments.length !== 1 || signature.split('t=').length !== 2) return undefined;
  // Once decoded, other bytes could look like those that were signed.
  if (!isUtf8(payload)) return undefined;
  const signed_at = Number(moments[0]![1]);
  try {
    // As a string: from bytes the SDK would strip a byte order mark. With its own timestamp, since its age is checked
    // separately.
    const text = payload.toString('utf8');
    const { signature: verifier } = webhooks;
    verifier!.verifyHeader(text, signature, secret, TOLERANCE_SECONDS, undefined, signed_at * 1_000);
    return signed_at;
  } catch {
    return undefined;
  }
}

/** Stripe's ids and types are visible ASCII; anything else could not be stored unchanged, or not be distinguished. */
const NAME = /^[\x21-\x7e]{1,255}$/;

/** Checks only the members that are used; the rest is kept as Stripe sends it. */
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
