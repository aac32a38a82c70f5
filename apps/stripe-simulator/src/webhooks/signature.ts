import { createHmac } from 'node:crypto';

/**
 * `t=…,v1=…,v1=…`: one signature for each secret, as Stripe signs while one is being rolled.
 * https://docs.stripe.com/webhooks#verify-manually
 * @param at in seconds, by `Clock.signing_time`: receivers compare it with their own clock.
 */
export function signatureHeader(payload: string, secrets: readonly string[], at: number): string {
  const signatures = secrets.map(
    (secret) => `v1=${createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex')}`,
  );
  return [`t=${at}`, ...signatures].join(',');
}
