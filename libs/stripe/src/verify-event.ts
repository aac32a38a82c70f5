import { isUtf8 } from 'node:buffer';
import { Config } from '#config';
import { MalformedRequest, WebhookSignatureInvalid } from '#errors';
import { Injectable, Optional } from '@nestjs/common';
import Stripe from 'stripe';
import { StripeClock } from './stripe-clock.js';
import { StripeGateway } from './stripe-gateway.js';

/** Stripe's own allowance for clocks that run apart, both ways: the SDK forgives every future. */
export const TOLERANCE_SECONDS = 300;

const { webhooks } = new Stripe('sk_test_for_signatures_only');

/**
 * Whether bytes were signed by Stripe, before anybody looks into them
 * (https://docs.stripe.com/webhooks#verify-official-libraries). Several secrets while one is rotated.
 */
@Injectable()
export class VerifyEvent {
  constructor(
    private readonly config: Config,
    @Optional() private readonly clock?: StripeClock,
    @Optional() private readonly gateway?: StripeGateway,
  ) {}

  /**
   * Judges by Stripe's clock as well as by the machine's: Stripe signs by its own, and a machine whose clock is wrong
   * must not refuse money. What both find too old or too new is judged again after Stripe was asked for its time, which
   * only bytes that Stripe has signed can bring about. A window that is wider by the difference of the clocks lets
   * nothing be replayed: ids of events are stored for ever, and each is applied once.
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

  /** The moment that was signed along with the bytes, whenever that was; undefined: Stripe has not signed them. */
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
  // Two moments, or two headers in one: which of them was signed is not for us to guess.
  if (signature === undefined || moments.length !== 1 || signature.split('t=').length !== 2) return undefined;
  // Decoded, other bytes could look like those that were signed.
  if (!isUtf8(payload)) return undefined;
  const signed_at = Number(moments[0]![1]);
  try {
    // As a text: of bytes the SDK would take a byte order mark away. Its own moment, since whether that is timely is
    // judged apart.
    const text = payload.toString('utf8');
    const { signature: verifier } = webhooks;
    verifier!.verifyHeader(text, signature, secret, TOLERANCE_SECONDS, undefined, signed_at * 1_000);
    return signed_at;
  } catch {
    return undefined;
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
