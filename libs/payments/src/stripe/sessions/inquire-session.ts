import { StripeRefused, StripeUnavailable } from '#errors';
import { StripeGateway, type StripeSession } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { Payment } from '../../ledger/payment.js';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import type { Inquiry } from '../../provider/inquiry.js';
import { Ledger } from '../../ledger/ledger.js';
import { CheckoutSessionUpdates } from './session-updates.js';
import { StripeSessions } from './stripe-sessions.js';
import { StripeSessionsRepository } from './stripe-sessions.repository.js';

/**
 * Asks Stripe once more about a payment that staff want to end although a cancel is refused. Stripe's answer is
 * applied. That Stripe cannot be asked, or does not know the session, is a result here and not an error.
 */
@Injectable()
export class InquireSession {
  constructor(
    private readonly ledger: Ledger,
    private readonly sessionRows: StripeSessionsRepository,
    private readonly sessions: StripeSessions,
    private readonly updates: CheckoutSessionUpdates,
    private readonly gateway: StripeGateway,
  ) {}

  /** No transaction is open; the caller holds `purchase:complete:{id}`. */
  async run(payment: Payment, auditBuffer: AuditBuffer): Promise<Inquiry> {
    const { manager } = this.ledger;
    const row = await this.sessionRows.raiseFence(manager, payment.id);
    if (!row) throw new Error(`Payment ${payment.id} has no session to look up`);
    const { fence } = row;
    try {
      if (row.state === 'unanswered') await this.sessions.open(payment.id, { fence, auditBuffer }).catch(unlessRefused);
      const { session_id } = (await this.sessionRows.find(manager, payment.id))!;
      if (session_id === null) return { said: 'closed', detail: 'refused', fence };
      const session = await this.ask(session_id, payment.processing);
      if (!session) return { said: 'unknown', detail: 'resource_missing', fence };
      const detail = `${session.status} ${session.payment_status}`;
      return { said: await this.apply(payment.id, session, auditBuffer), detail, fence };
    } catch (error) {
      if (!(error instanceof StripeUnavailable)) throw error;
      return { said: 'unreachable', detail: reasonOf(error.cause), fence };
    }
  }

  /** Expires a page that may still be open; Stripe only expires open ones. */
  private async ask(session_id: string, processing: boolean): Promise<StripeSession | undefined> {
    if (!processing) return this.gateway.expireSession(session_id);
    const session = await this.gateway.findSession(session_id);
    return session?.status === 'open' ? this.gateway.expireSession(session_id) : session;
  }

  private async apply(payment_id: number, session: StripeSession, auditBuffer: AuditBuffer): Promise<Inquiry['said']> {
    if (session.status !== 'complete') return 'closed';
    // Only the payment intent shows whether a delayed payment has failed for good. While that is unknown, the payment
    // counts as processing.
    const async_failed = await this.sessions.hasFailed(session).catch(unlessUnavailable);
    await this.updates.update(payment_id, { session, async_failed }, auditBuffer);
    if (session.payment_status === 'paid') return 'paid';
    return async_failed ? 'closed' : 'processing';
  }
}

/** A refused session means that the payment has failed; its status is read afterwards. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof StripeRefused)) throw error;
}

function unlessUnavailable(error: unknown): boolean {
  if (!(error instanceof StripeUnavailable)) throw error;
  return false;
}

/** Contains Stripe's status and code, never its message, which may contain parts of a key. */
function reasonOf(cause: unknown): string {
  const { statusCode, code, type, message } = (cause ?? {}) as Record<string, unknown>;
  if (typeof statusCode === 'number') return [`status ${statusCode}`, code ?? type].filter(Boolean).join(' ');
  if (typeof type === 'string') return type;
  return typeof message === 'string' ? message : 'not asked: no Stripe key, or the circuit breaker is open';
}
