import { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { Forbidden, PaymentNotFound, RefundAlreadySettled, RefundNotFound, TransactionAlreadyUsed } from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { withPaymentLock } from '../ledger/payment-lock.js';
import { Ledger } from '../ledger/ledger.js';
import { AuditBuffer } from '../ledger/audit-buffer.js';
import type { Withdrawal } from '../provider/payment-provider.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { RefundAccounting } from '../ledger/refund-accounting.js';
import { isUsedRefundTransaction, RefundsRepository } from '../ledger/refunds.repository.js';
import type { SettledRefund } from './refund-shapes.js';

/** How staff end a refund. */
type Ending =
  | { readonly status: 'succeeded'; readonly transaction_id: string }
  | { readonly status: 'cancelled'; readonly ifUnreachable: 'refuse' | 'withdraw' };

/** Staff settle a reserved refund with a bank reference, or withdraw it. */
@Injectable()
export class SettleRefund {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
    private readonly accounting: RefundAccounting,
    private readonly locks: Locks,
    private readonly providers: ProviderRegistry,
  ) {}

  /**
   * @throws PaymentNotFound, RefundNotFound, RefundAlreadySettled, TransactionAlreadyUsed, LockTimeout,
   *   ProviderUnavailable; Forbidden for the caller's own payment, and where the provider settles
   */
  async run(
    of: { payment_id: number; refund_id: number },
    how: Ending,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<SettledRefund>> {
    const known = await this.ledger.payments.find(this.ledger.manager, of.payment_id);
    if (!known) throw new PaymentNotFound(of.payment_id);
    if (known.user_id === caller.user_id) throw new Forbidden();
    const { refunds, displayName: provider } = this.providers.of(known.payment_method);
    if (how.status === 'succeeded' && refunds) throw new Forbidden('settled_by_provider', { provider });

    const auditBuffer = AuditBuffer.of(
      caller,
      how.status === 'succeeded' ? 'request.settle_refund' : 'request.withdraw_refund',
    );
    try {
      const answer = await withPaymentLock(this.locks, { id: of.payment_id, caller, auditBuffer }, async () => {
        await this.refuseUnlessPending(of);
        const withdrawal =
          how.status === 'cancelled'
            ? await refunds?.prepareWithdrawal(of.refund_id, how.ifUnreachable, auditBuffer)
            : undefined;
        return inTransaction(this.ledger.dataSource, (tx) =>
          this.settle(tx, of, how, { claim, auditBuffer, withdrawal }),
        );
      });
      crashPoint('refund.committed');
      return answer;
    } catch (error) {
      if (isUsedRefundTransaction(error) && how.status === 'succeeded')
        throw new TransactionAlreadyUsed(how.transaction_id, { reason: 'transaction_paid_back' });
      throw error;
    }
  }

  /** A check before the provider is asked; it is repeated under the row lock. */
  private async refuseUnlessPending({
    payment_id,
    refund_id,
  }: {
    payment_id: number;
    refund_id: number;
  }): Promise<void> {
    const refund = await this.refunds.find(this.ledger.manager, refund_id);
    if (!refund || refund.payment_id !== payment_id) throw new RefundNotFound(refund_id);
    if (refund.status !== 'pending') throw new RefundAlreadySettled(refund);
  }

  private async settle(
    tx: EntityManager,
    { payment_id, refund_id }: { payment_id: number; refund_id: number },
    how: Ending,
    { claim, auditBuffer, withdrawal }: { claim: Claim; auditBuffer: AuditBuffer; withdrawal: Withdrawal | undefined },
  ): Promise<Answer<SettledRefund>> {
    const payment = await this.ledger.payments.lock(tx, payment_id);
    if (!payment) throw new PaymentNotFound(payment_id);
    const refund = await this.refunds.find(tx, refund_id);
    if (!refund || refund.payment_id !== payment_id) throw new RefundNotFound(refund_id);
    if (refund.status !== 'pending') throw new RefundAlreadySettled(refund);
    // Read only after that check: a payment that was never paid has neither refunds nor a charge.
    const [part] = await this.refunds.partsOf(tx, refund_id);
    const charge = await this.ledger.charges.lock(tx, part!.charge_id);
    await withdrawal?.mark(tx);

    if (how.status === 'succeeded') await this.accounting.refuseIncoming(tx, payment, how.transaction_id);
    const settled = await this.accounting.settle(tx, { payment, charge, refund }, how);
    if (withdrawal) await this.refunds.setWithdrawn(tx, refund_id);
    const { amount, transaction_id } = settled.refund;
    const after = withdrawal ? await withdrawal.follow(tx, settled.payment) : settled.payment;
    const detail = { refund_id, amount, transaction_id, status: after.status };
    await this.ledger.audit.record(tx, auditBuffer.entries(payment_id, { action: `refund.${how.status}`, detail }));
    const asked = withdrawal?.asked ? 'payment.refund_withdrawn_unanswered' : 'payment.refund_withdrawn_unasked';
    const withdrawn = withdrawal ? asked : 'payment.refund_withdrawn';
    const answer = Answer.ok(how.status === 'succeeded' ? 'payment.refund_settled' : withdrawn, {
      refund_id,
      payment_id,
      ...settled,
      payment: after,
      ...(withdrawal ? await this.ledger.invoices.find(tx, payment_id) : {}),
    });
    await claim.settle(tx, answer, `${payment_id}/refunds/${refund_id}`);
    crashPoint('refund.before-commit');
    return answer;
  }
}
