import type { Config } from '#config';

/** Where people come back to from the page on which they pay. Stripe puts the session's id in for the word in braces. */
export interface ReturnAddresses {
  readonly success_url: string;
  readonly cancel_url: string;
}

/** Our own pay page; a port that is not known yet (0, in tests) is left out. */
export function publicUrl(config: Config): URL {
  if (config.PUBLIC_URL !== undefined) return new URL(config.PUBLIC_URL);
  const host = ['0.0.0.0', '::'].includes(config.HOST) ? 'localhost' : config.HOST;
  return new URL(`http://${host.includes(':') ? `[${host}]` : host}${config.PORT === 0 ? '' : `:${config.PORT}`}`);
}

export function ownAddresses(config: Config, payment_id: number): ReturnAddresses {
  const base = publicUrl(config).href.replace(/\/$/, '');
  return {
    success_url: `${base}/pay?payment=${payment_id}&session_id={CHECKOUT_SESSION_ID}`,
    cancel_url: `${base}/pay?payment=${payment_id}&left=1`,
  };
}

/** Whether people may be sent there: else whoever makes a session could send them anywhere after they paid. */
export function isOwnOrigin(config: Config, address: string): boolean {
  const own = publicUrl(config);
  const { protocol, hostname, port, origin } = new URL(address);
  if (origin === own.origin || config.CHECKOUT_ORIGINS.includes(origin)) return true;
  // On one's own machine these are one place, and people type either.
  return LOOPBACK.has(hostname) && LOOPBACK.has(own.hostname) && protocol === own.protocol && port === own.port;
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
