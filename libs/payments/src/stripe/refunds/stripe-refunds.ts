import { Config } from '#config';
import { crashPoint } from '#crash-points';
import { RefundNeedsDecision, StripeUnavailable } from '#errors';
import { INSUFFICIENT_BALANCE, type Made, StripeGateway, StripeLists, type StripeRefund } from '#stripe';
import { Injectable } from '@nestjs/common';
import { refundable } from '../../ledger/charge.js';
import { Ledger } from '../../ledger/ledger.js';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { RefundsRepository } from '../../ledger/refunds.repository.js';
import { ANOTHER_PROCESS, makeOnce, type Searched, unclear } from '../requests/make-once.js';
import { isLiveRefund } from './refund-status.js';
import { RefundUpdates } from './refund-updates.js';
import { RefusedRefunds } from './refused-refunds.js';
import { type RefundCallRow, StripeRefundsRepository } from './stripe-refunds.repository.js';
import { transactionAtStripe } from '../objects/transaction.js';

/** The fence of the request that reserves the refund and sends it first. */
export const INITIAL_FENCE = 1;

/** What Stripe's list of this payment's refunds contains about one of ours. */
interface Listed {
  readonly ours: StripeRefund | undefined;
  /** Made by someone else since ours was first sent. Sending ours as well could refund the same money twice. */
  readonly conflicts: readonly StripeRefund[];
}

/** Other refunds were made at Stripe since. Ours is not sent again until staff decide. */
interface Conflicting {
  readonly is: 'conflicting';
  readonly refunds: readonly StripeRefund[];
}

/**
 * One refund at Stripe: requested under one key until it is answered, and looked up while it is pending. The caller
 * holds `purchase:complete:{payment}`. No transaction is open while Stripe is asked.
 */
@Injectable()
export class StripeRefunds {
  constructor(
    private readonly config: Config,
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
    private readonly calls: StripeRefundsRepository,
    private readonly gateway: StripeGateway,
    private readonly lists: StripeLists,
    private readonly updates: RefundUpdates,
    private readonly refusedRefunds: RefusedRefunds,
  ) {}

  /**
   * Requests the refund from Stripe, or reads its state, and applies the answer.
   * @param how.fence the caller's own, if it has just reserved the refund: no other process can have sent it, or
   *   refunded instead
   * @throws StripeRefused (the refund has failed, its reservation is released), NothingLeftToRefund, RefundTooLarge,
   *   PaymentDisputed (refused, because of what was done at Stripe), StripeUnavailable (unclear), RefundNeedsDecision
   */
  async pursue(refund_id: number, auditBuffer: AuditBuffer, how: { fence?: number } = {}): Promise<void> {
    const { manager } = this.ledger;
    const row = await (how.fence === undefined
      ? this.calls.raiseFence(manager, refund_id)
      : this.calls.find(manager, refund_id));
    if (!row || row.state === 'refused' || row.state === 'withdrawn') return;
    const began = performance.now();
    const mine = { ...row, fence: how.fence ?? row.fence };
    const made = await this.ask(mine);
    const ms = Math.round(performance.now() - began);
    if (made.is === 'made') {
      const { id, status } = made.object;
      auditBuffer.note({ lane: 'stripe', action: 'stripe.refund_made', detail: { transaction_id: id, status, ms } });
      const { is } = await this.updates.update(mine.payment_id, made.object, auditBuffer);
      // The webhook came first. The audit log still records that Stripe answered this request.
      if (is === 'nothing_new') await this.record(mine, auditBuffer);
      return;
    }
    if (made.is === 'conflicting' && (await this.isSuperseded(mine, made.refunds))) {
      const refused = {
        is: 'refused',
        code: 'superseded',
        reason: 'the charge has too little left to refund',
      } as const;
      throw await this.refusedRefunds.settle(mine, refused, auditBuffer);
    }
    if (made.is === 'conflicting') throw await this.needsDecision(mine, made.refunds, auditBuffer);
    auditBuffer.note({ lane: 'stripe', action: `stripe.refund_${made.is}`, detail: { reason: made.reason, ms } });
    if (made.is === 'refused') throw await this.refusedRefunds.settle(mine, made, auditBuffer);
    await this.record(mine, auditBuffer);
    const condition = made.reason.startsWith(INSUFFICIENT_BALANCE) ? 'balance_too_low' : undefined;
    throw new StripeUnavailable({ cause: new Error(made.reason), condition });
  }

  /**
   * Whether Stripe has made this refund, and which others were made there since, for the decision about it.
   * @throws StripeUnavailable
   */
  async listed(row: RefundCallRow): Promise<Listed> {
    const all = await this.lists.refunds(row.payment_intent);
    const { amount } = JSON.parse(row.request) as { amount: number };
    const ours = all.filter((refund) => refund.metadata?.ref === row.ref && refund.amount === amount);
    const before = await this.refunds.knownBefore(this.ledger.manager, row.refund_id);
    return {
      // A refund that was or is being paid back takes precedence over a failed one.
      ours: ours.find(isLiveRefund) ?? ours[0],
      conflicts: all.filter((refund) => isLiveRefund(refund) && !ours.includes(refund) && !before.has(refund.id)),
    };
  }

  /**
   * The refunds made at Stripe since leave no room for ours. So it was not made, and never will be while they stand
   * (https://docs.stripe.com/refunds: never more than the charge). Staff need not decide then.
   */
  private async isSuperseded(row: RefundCallRow, conflicts: readonly StripeRefund[]): Promise<boolean> {
    const { manager } = this.ledger;
    const charge = await this.ledger.charges.findTransaction(manager, transactionAtStripe(row.payment_intent));
    if (!charge) return false;
    const known = await this.refunds.transactionsOf(manager, charge.id);
    const unbooked = conflicts.filter(({ id }) => !known.has(id)).reduce((sum, { amount }) => sum + amount, 0);
    return unbooked > refundable(charge);
  }

  private async needsDecision(
    row: RefundCallRow,
    conflicts: readonly StripeRefund[],
    auditBuffer: AuditBuffer,
  ): Promise<RefundNeedsDecision> {
    const { refund_id, payment_id } = row;
    const refunds = conflicts.map(({ id }) => id);
    if (await this.calls.setConflicts(this.ledger.manager, row, refunds)) {
      const detail = { refund_id, conflicting_refunds: refunds };
      auditBuffer.note({ lane: 'stripe', action: 'refund.needs_decision', detail });
      await this.record(row, auditBuffer);
    }
    const refund = await this.refunds.find(this.ledger.manager, refund_id);
    return new RefundNeedsDecision({
      payment_id,
      refund_id,
      amount: refund!.amount,
      currency: refund!.currency,
      conflicting_refunds: refunds,
    });
  }

  private async record(row: RefundCallRow, auditBuffer: AuditBuffer): Promise<void> {
    await this.ledger.audit.record(this.ledger.manager, auditBuffer.entries(row.payment_id));
    auditBuffer.committed();
  }

  private async ask(row: RefundCallRow): Promise<Made<StripeRefund> | Conflicting> {
    if (row.state === 'answered' && row.stripe_id !== null) {
      const known = await this.gateway.findRefund(row.stripe_id);
      return known ? { is: 'made', object: known } : unclear('Stripe does not find the refund that it returned');
    }
    if (row.refused_code !== null) {
      const { ours } = await this.listed(row);
      return ours ? { is: 'made', object: ours } : { is: 'refused', code: row.refused_code, reason: 'refused before' };
    }
    // It may have been sent before and never received, or never sent. Staff may have made it by hand meanwhile.
    const listed = row.fence > INITIAL_FENCE ? await this.listed(row) : undefined;
    if (listed?.ours) return { is: 'made', object: listed.ours };
    if (listed && listed.conflicts.length > 0) return { is: 'conflicting', refunds: listed.conflicts };
    return makeOnce<RefundCallRow, StripeRefund, Conflicting>(row, {
      manager: this.ledger.manager,
      rows: this.calls,
      // A day: Stripe may complete a refund that it has answered with a 500 after the incident is over.
      pause_ms: this.config.STRIPE_REFUND_LISTING_PAUSE_MS,
      post: async (posted) => this.post(posted),
      // The listing from before is valid as long as nothing was sent since.
      search: async (searched) => this.search(searched, searched === row ? listed : undefined),
    });
  }

  private async post(row: RefundCallRow): Promise<Made<StripeRefund>> {
    // A process that was suspended since the check must not send a refund that was decided otherwise meanwhile.
    if (!(await this.calls.holdsFence(this.ledger.manager, row))) return ANOTHER_PROCESS;
    const made = await this.gateway.createRefund({
      idempotency_key: `refund:${row.ref}:${row.attempt}`,
      request: row.request,
      api_version: row.api_version,
    });
    if (made.is === 'made') crashPoint('stripe.refund-made');
    if (made.is !== 'refused') return made;
    await this.calls.setRefused(this.ledger.manager, row, made.code);
    // "Already refunded" may refer to the very refund that an earlier attempt of ours has made.
    const { ours } = await this.listed(row);
    return ours ? { is: 'made', object: ours } : made;
  }

  private async search(
    row: RefundCallRow,
    known: Listed | undefined,
  ): Promise<Searched<Made<StripeRefund> | Conflicting>> {
    const { ours, conflicts } = known ?? (await this.listed(row));
    if (ours) return { found: { is: 'made', object: ours } };
    if (conflicts.length > 0) return { found: { is: 'conflicting', refunds: conflicts } };
    await this.calls.setConflicts(this.ledger.manager, row, []);
    return { ms_since_listed: row.ms_since_listed };
  }
}
