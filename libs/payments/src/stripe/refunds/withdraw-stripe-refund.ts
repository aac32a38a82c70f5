import { Forbidden, LockTimeout, RefundAlreadySettled, RefundNotFound, StripeUnavailable } from '#errors';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Payment } from '../../ledger/payment.js';
import { Ledger } from '../../ledger/ledger.js';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import type { Withdrawal } from '../../provider/payment-provider.js';
import { RefundsRepository } from '../../ledger/refunds.repository.js';
import { type ChargeFacts, ReadChargeFacts } from './charge-facts.js';
import { STRIPE_DISPLAY_NAME } from '../objects/transaction.js';
import { RefundUpdates } from './refund-updates.js';
import { StripeRefunds } from './stripe-refunds.js';
import { type RefundCallRow, StripeRefundsRepository } from './stripe-refunds.repository.js';
import { EventRequeue } from '../inbox/event-requeue.js';

/**
 * Staff withdraw a refund that Stripe has not answered. Stripe is asked first, and a refund that was made is booked
 * instead. Afterwards it is never sent again. If Stripe makes it anyway (a request that hung, an incident that is
 * over), its event or the next listing books it as a separate refund.
 */
@Injectable()
export class WithdrawStripeRefund {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
    private readonly calls: StripeRefundsRepository,
    private readonly stripeRefunds: StripeRefunds,
    private readonly updates: RefundUpdates,
    private readonly facts: ReadChargeFacts,
    private readonly waitingEvents: EventRequeue,
  ) {}

  /**
   * The caller holds `purchase:complete:{payment}`; no transaction is open.
   * @param ifUnreachable `withdraw`: staff accept that Stripe cannot be asked whether it has made the refund
   * @throws Forbidden (Stripe has answered it), RefundAlreadySettled (Stripe has made it), RefundNotFound,
   *   StripeUnavailable
   */
  async prepare(
    refund_id: number,
    ifUnreachable: 'refuse' | 'withdraw',
    auditBuffer: AuditBuffer,
  ): Promise<Withdrawal> {
    const row = await this.calls.raiseFence(this.ledger.manager, refund_id);
    if (!row) throw new RefundNotFound(refund_id);
    if (row.state !== 'unanswered') throw new Forbidden('settled_by_provider', { provider: STRIPE_DISPLAY_NAME });
    const facts = await this.look(row, auditBuffer).catch((error: unknown) => {
      if (!(error instanceof StripeUnavailable)) throw error;
      if (ifUnreachable === 'withdraw') return undefined;
      throw new StripeUnavailable({ cause: error, reason: 'refund_not_asked_about', params: { refund_id } });
    });
    const detail = { refund_id, asked: facts !== undefined };
    auditBuffer.note({ lane: 'stripe', action: 'stripe.refund_looked_for', detail });
    return {
      asked: facts !== undefined,
      mark: (tx) => this.mark(tx, row),
      follow: (tx, payment) => this.follow(tx, payment, { row, facts, auditBuffer }),
    };
  }

  private async look(row: RefundCallRow, auditBuffer: AuditBuffer): Promise<ChargeFacts> {
    const { ours } = await this.stripeRefunds.listed(row);
    if (ours) {
      await this.updates.update(row.payment_id, ours, auditBuffer);
      const refund = await this.refunds.find(this.ledger.manager, row.refund_id);
      throw new RefundAlreadySettled(refund!, 'refund_made_at_stripe');
    }
    return this.facts.read(row.payment_intent);
  }

  private async mark(tx: EntityManager, row: RefundCallRow): Promise<void> {
    if (!(await this.calls.holdsFence(tx, row))) throw new LockTimeout();
    await this.calls.answered(tx, row.refund_id, 'withdrawn');
  }

  /**
   * Events that waited for this refund have room now, and Stripe's other refunds and disputes of the charge are booked.
   */
  private async follow(
    tx: EntityManager,
    payment: Payment,
    { row, facts, auditBuffer }: { row: RefundCallRow; facts: ChargeFacts | undefined; auditBuffer: AuditBuffer },
  ): Promise<Payment> {
    const now = facts ? await this.facts.book(tx, payment, facts, auditBuffer) : payment;
    await this.waitingEvents.requeue(tx, { payment_intent: row.payment_intent, payment_id: payment.id });
    return now;
  }
}
