import { Config } from '#config';
import { StripeRefused } from '#errors';
import { StripeClock, StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { Ledger } from '../../ledger/ledger.js';
import type { Checkout, Payment } from '../../ledger/payment.js';
import type { Inquiry } from '../../provider/inquiry.js';
import type { HostedCheckout, Opened, Order, Refreshed } from '../../provider/payment-provider.js';
import { InquireSession } from './inquire-session.js';
import { sessionRequest } from './session-request.js';
import { type StripePage, StripeSessions } from './stripe-sessions.js';
import { INITIAL_FENCE, StripeSessionsRepository } from './stripe-sessions.repository.js';

/** Stripe Checkout: a session with a hosted page (https://docs.stripe.com/payments/checkout). */
@Injectable()
export class StripeHostedCheckout implements HostedCheckout<StripePage> {
  constructor(
    private readonly config: Config,
    private readonly clock: StripeClock,
    private readonly ledger: Ledger,
    private readonly sessionRows: StripeSessionsRepository,
    private readonly sessions: StripeSessions,
    private readonly inquireSession: InquireSession,
    private readonly gateway: StripeGateway,
  ) {}

  async prepare(tx: EntityManager, payment: Payment, ref: string, order: Order): Promise<number> {
    const { api_version } = this.gateway;
    const minutes = this.config.STRIPE_SESSION_MINUTES;
    const expires_at = minutes === 0 ? null : this.clock.now_seconds() + minutes * 60;
    const request = sessionRequest(payment, { ref, order, expires_at });
    await this.sessionRows.insert(tx, { payment_id: payment.id, request, api_version });
    return INITIAL_FENCE;
  }

  async request(payment_id: number, how: { fence?: number; auditBuffer: AuditBuffer }): Promise<StripePage> {
    return this.sessions.request(payment_id, how);
  }

  async attach(tx: EntityManager, page: StripePage, auditBuffer: AuditBuffer): Promise<Opened> {
    return this.sessions.attach(tx, page, auditBuffer);
  }

  /** Whether the session is unanswered, or its page expired by our clock. */
  async needsRefresh(payment: Payment): Promise<boolean> {
    if (payment.status !== 'pending') return false;
    const row = await this.sessionRows.find(this.ledger.manager, payment.id);
    return row !== undefined && (row.state === 'unanswered' || row.lapsed);
  }

  async refresh(payment: Payment, auditBuffer: AuditBuffer): Promise<Refreshed> {
    const { known } = await this.sessions.recover(payment.id, { auditBuffer }).catch((error: unknown) => {
      // A refused session means that the payment has failed; its status is read below.
      if (error instanceof StripeRefused) return { known: true };
      throw error;
    });
    return { payment: (await this.ledger.payments.find(this.ledger.manager, payment.id)) ?? payment, known };
  }

  async close(payment_id: number, auditBuffer: AuditBuffer): Promise<number> {
    return this.sessions.close(payment_id, auditBuffer);
  }

  async isClosed(tx: EntityManager, payment_id: number, fence: number): Promise<boolean> {
    return this.sessions.isClosed(tx, payment_id, fence);
  }

  async inquire(payment: Payment, auditBuffer: AuditBuffer): Promise<Inquiry> {
    return this.inquireSession.run(payment, auditBuffer);
  }

  async abandon(
    tx: EntityManager,
    payment_id: number,
    { fence, said }: Pick<Inquiry, 'fence' | 'said'>,
  ): Promise<boolean> {
    return this.sessionRows.stopChecking(tx, { payment_id, fence }, said === 'closed');
  }

  /** A payer whose money has arrived and waits for staff must not be sent to the page, or they would pay twice. */
  async checkoutOf(payment: Payment): Promise<Checkout | null> {
    const { manager, quarantine } = this.ledger;
    if (payment.status !== 'pending' || (await quarantine.findUnmatched(manager, payment.id))) return null;
    return this.sessions.checkoutOf(manager, payment.id);
  }
}
