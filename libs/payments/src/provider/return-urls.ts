import { Config } from '#config';
import { Injectable } from '@nestjs/common';

/**
 * Stands for the id of the session in `success_url`. The word is Stripe's, which fills it in itself
 * (https://docs.stripe.com/payments/checkout/custom-success-page); for other providers `Order.successUrl` does.
 */
export const SESSION_ID_PLACEHOLDER = '{CHECKOUT_SESSION_ID}';

/** Where people come back to from the page on which they pay. */
export interface ReturnAddresses {
  /** May contain SESSION_ID_PLACEHOLDER. */
  readonly success_url: string;
  readonly cancel_url: string;
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Where this service is for people. */
@Injectable()
export class ReturnUrls {
  private port: number;

  constructor(private readonly config: Config) {
    this.port = config.PORT;
  }

  /** Of PORT=0, the port is known once the service listens. */
  listensOn(port: number): void {
    this.port = port;
  }

  get origin(): string {
    return this.base().origin;
  }

  of(payment_id: number): ReturnAddresses {
    const base = this.base().href.replace(/\/$/, '');
    return {
      success_url: `${base}/pay?payment=${payment_id}&session_id=${SESSION_ID_PLACEHOLDER}`,
      cancel_url: `${base}/pay?payment=${payment_id}&left=1`,
    };
  }

  /** Whether a payer may be sent there. Without this check, the creator of a session could send payers anywhere. */
  include(address: string): boolean {
    const own = this.base();
    const { protocol, hostname, port, origin } = new URL(address);
    if (origin === own.origin || this.config.CHECKOUT_ORIGINS.includes(origin)) return true;
    // On one's own machine these are one place, and people type either.
    return LOOPBACK.has(hostname) && LOOPBACK.has(own.hostname) && protocol === own.protocol && port === own.port;
  }

  private base(): URL {
    const { PUBLIC_URL, HOST } = this.config;
    if (PUBLIC_URL !== undefined) return new URL(PUBLIC_URL);
    const host = ['0.0.0.0', '::'].includes(HOST) ? 'localhost' : HOST;
    return new URL(`http://${host.includes(':') ? `[${host}]` : host}:${this.port}`);
  }
}
