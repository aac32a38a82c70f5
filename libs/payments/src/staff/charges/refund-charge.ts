import type { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { ChargeNotFound, NothingLeftToRefund, RefundNotFound, RefundTooLarge } from '#errors';
import type { Claim } from '#idempotency';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { refundable } from '../../ledger/charge.js';
import { Ledger } from '../../ledger/ledger.js';
import { AuditBuffer } from '../../ledger/audit-buffer.js';
import { ProviderRegistry } from '../../provider/provider-registry.js';
import { RefundAnswer, asRefundWaiting, resourceOfRefund } from '../../refunds/refund-answer.js';
import { RefundAccounting } from '../../ledger/refund-accounting.js';
import type { Refund } from '../../ledger/refund.js';
import type { RefundedPayment } from '../../refunds/refund-shapes.js';
import type { RefundChargeRequest } from './charge-requests.js';
import { QuarantinedCharges } from './quarantined-charges.js';

/** The caller and claim of a refund of quarantined money, and its audit entries. */
interface RefundContext {
  readonly request: RefundChargeRequest;
  readonly caller: Caller;
  readonly claim: Claim;
  readonly auditBuffer: AuditBuffer;
}

/**
 * Refunds quarantined money, or a part of it, to the payment method it came from. Once nothing of it is left, the
 * charge is no longer quarantined.
 */
@Injectable()
export class RefundCharge {
  constructor(
    private readonly ledger: Ledger,
    private readonly quarantined: QuarantinedCharges,
    private readonly accounting: RefundAccounting,
    private readonly providers: ProviderRegistry,
    private readonly answer: RefundAnswer,
  ) {}

  /**
   * The same steps as a refund of a payment: reserved in one transaction, sent with none open, settled by the answer. A
   * request without a key that was already answered is answered as a repetition.
   * @throws ChargeNotFound, Forbidden, ChargeNotQuarantined, NothingLeftToRefund, RefundTooLarge, PaymentDisputed,
   *   ProviderRefused, ProviderUnavailable (unclear: retry with the same key), RefundNeedsDecision, LockTimeout
   */
  async run(
    charge_id: number,
    request: RefundChargeRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<RefundedPayment>> {
    if (claim.finished) return this.repeated(charge_id, claim);
    const auditBuffer = AuditBuffer.of(caller, 'request.refund_charge', { charge_id });
    return this.quarantined.underLock(charge_id, { caller, auditBuffer }, async (charge) => {
      const provider = this.providers.of(charge.payment_method);
      provider.assertAvailable?.();
      const context = { request, caller, claim, auditBuffer };
      const unfinished = await this.answer.unfinished(this.ledger.manager, claim.resource, charge.payment_id);
      const refund =
        unfinished ?? (await inTransaction(this.ledger.dataSource, (tx) => this.reserve(tx, charge, context)));
      crashPoint('refund.committed');
      auditBuffer.committed();
      if (refund.status === 'pending')
        await provider.refunds?.pursue(refund.id, auditBuffer, { isNew: !unfinished }).catch(asRefundWaiting(refund));
      return inTransaction(this.ledger.dataSource, async (tx) => {
        if (!(await this.answer.unfinished(tx, resourceOfRefund(refund), charge.payment_id))) {
          throw provider.refunds?.failure() ?? new RefundNotFound(refund.id);
        }
        const answer = await this.answer.asItIs(tx, refund.id, 'refunded');
        await claim.settle(tx, answer, resourceOfRefund(refund));
        return answer;
      });
    });
  }

  private async repeated(charge_id: number, { resource }: Claim): Promise<Answer<RefundedPayment>> {
    const charge = await this.ledger.charges.describe(this.ledger.manager, charge_id);
    if (!charge || charge.payment_id === null) throw new ChargeNotFound(charge_id);
    return this.answer.repeated(this.ledger.manager, resource, charge.payment_id);
  }

  private async reserve(
    tx: EntityManager,
    of: { id: number; payment_id: number },
    { request, caller, claim, auditBuffer }: RefundContext,
  ): Promise<Refund> {
    const { payment, charge } = await this.quarantined.lock(tx, of);
    const { refunds } = this.providers.of(payment.payment_method);
    await refunds?.assertRefundable(tx, payment);
    const left = refundable(charge);
    if (left === 0) throw new NothingLeftToRefund(payment);
    const { amount = left, reason } = request;
    if (amount > left) throw new RefundTooLarge({ refundable_amount: left, currency: charge.currency });
    const refund = await this.accounting.reserve(tx, [charge], { amount, reason, requested_by: caller.user_id });
    await refunds?.prepare(tx, { transaction_id: charge.transaction_id, refund });
    const detail = { refund_id: refund.id, charge_id: charge.id, amount, reason };
    await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, { action: 'refund.reserved', detail }));
    await claim.attach(tx, resourceOfRefund(refund));
    crashPoint('refund.before-commit');
    return refund;
  }
}
