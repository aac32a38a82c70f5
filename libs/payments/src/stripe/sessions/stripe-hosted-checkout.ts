import { Config } from '#config';
import { StripeRefused } from '#errors';
import { StripeClock, StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Trail } from '../../ledger/audit-buffer.js';
import { PaymentRows } from '../../ledger/ledger.js';
import type { Checkout, Payment } from '../../ledger/payment.js';
import type { Inquiry } from '../../provider/inquiry.js';
import type { HostedCheckout, Opened, Order, Refreshed } from '../../provider/payment-provider.js';
import { InquireSession } from './inquire-session.js';
import { sessionRequest } from './session-request.js';
import { type StripePage, StripeSessions } from './stripe-sessions.js';
import { StripeSessionsRepository } from './stripe-sessions.repository.js';

/** Stripe Checkout: a session with a page of Stripe's (https://docs.stripe.com/payments/checkout). */
@Injectable()
export class StripeHostedCheckout implements HostedCheckout<StripePage> {
  constructor(
    private readonly config: Config,
    private readonly clock: StripeClock,
    private readonly rows: PaymentRows,
    private readonly sessionRows: StripeSessionsRepository,
    private readonly sessions: StripeSessions,
    private readonly inquireSession: InquireSession,
    private readonly gateway: StripeGateway,
  ) {}

  async prepare(tx: EntityManager, payment: Payment, ref: string, order: Order): Promise<void> {
    const { api_version } = this.gateway;
    const minutes = this.config.STRIPE_SESSION_MINUTES;
    const expires_at = minutes === 0 ? null : this.clock.now_seconds() + minutes * 60;
    const request = sessionRequest(payment, { ref, order, expires_at });
    await this.sessionRows.insert(tx, { payment_id: payment.id, request, api_version });
  }

  async request(payment_id: number, how: { fence?: number; trail: Trail }): Promise<StripePage> {
    return this.sessions.request(payment_id, how);
  }

  async attach(tx: EntityManager, page: StripePage, trail: Trail): Promise<Opened> {
    return this.sessions.attach(tx, page, trail);
  }

  /** An unanswered request, or a page whose time is over by our clock. */
  async needsRefresh(payment: Payment): Promise<boolean> {
    if (payment.status !== 'pending') return false;
    const row = await this.sessionRows.find(this.rows.manager, payment.id);
    return row !== undefined && (row.state === 'unanswered' || row.lapsed);
  }

  async refresh(payment: Payment, trail: Trail): Promise<Refreshed> {
    let known = true;
    const row = await this.sessionRows.find(this.rows.manager, payment.id);
    if (row?.state === 'unanswered') await this.sessions.open(payment.id, { trail }).catch(unlessRefused);
    else known = (await this.sessions.look(payment.id, trail)) !== undefined;
    return { payment: (await this.rows.payments.find(this.rows.manager, payment.id)) ?? payment, known };
  }

  async close(payment_id: number, trail: Trail): Promise<number> {
    return this.sessions.close(payment_id, trail);
  }

  async isClosed(tx: EntityManager, payment_id: number, fence: number): Promise<boolean> {
    return this.sessions.closed(tx, payment_id, fence);
  }

  async inquire(payment: Payment, trail: Trail): Promise<Inquiry> {
    return this.inquireSession.run(payment, trail);
  }

  async abandon(
    tx: EntityManager,
    payment_id: number,
    { fence, said }: Pick<Inquiry, 'fence' | 'said'>,
  ): Promise<boolean> {
    return this.sessionRows.letGo(tx, { payment_id, fence }, said === 'closed');
  }

  /** Nobody is sent to pay while money of theirs is here that waits for staff: they would pay twice. */
  async checkoutOf(payment: Payment): Promise<Checkout | null> {
    const { manager, quarantine } = this.rows;
    if (payment.status !== 'pending' || (await quarantine.findUnmatched(manager, payment.id))) return null;
    return this.sessions.checkoutOf(manager, payment.id);
  }
}

/** Refused, the payment has failed, which is read afterwards. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof StripeRefused)) throw error;
}
