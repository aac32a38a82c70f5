import { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { Forbidden, NothingToUnmatch, PaymentNotFound, RefundPending, TransferNotFound } from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { type LockedCharge, refundable } from '../ledger/charge.js';
import { withPaymentLock } from '../ledger/payment-lock.js';
import type { Payment } from '../ledger/payment.js';
import { Ledger } from '../ledger/ledger.js';
import { AuditBuffer } from '../ledger/audit-buffer.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { RefundAccounting } from '../ledger/refund-accounting.js';
import type { CreditNote } from '../ledger/refund.js';
import { resourceOfTransfer } from './transfer-resource.js';
import type { UnmatchedPayment } from '../ledger/transfer.js';
import type { UnmatchTransferRequest } from './transfer-requests.js';

interface Unmatching {
  readonly request: UnmatchTransferRequest;
  readonly caller: Caller;
  readonly claim: Claim;
  readonly auditBuffer: AuditBuffer;
}

/**
 * Undoes a wrong match with an entry of its own: a paid payment is refunded, with a credit note, and the money is
 * unmatched on its transfer again. Nothing is paid out. A part payment is removed from its pending payment.
 */
@Injectable()
export class UnmatchTransfer {
  constructor(
    private readonly ledger: Ledger,
    private readonly accounting: RefundAccounting,
    private readonly providers: ProviderRegistry,
    private readonly locks: Locks,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(UnmatchTransfer.name);
  }

  /**
   * Unmatches everything that the transfer pays of the payment and that was not refunded since.
   * @throws TransferNotFound, PaymentNotFound, Forbidden (the caller's own payment), NothingToUnmatch, RefundPending,
   *   LockTimeout
   */
  async run(
    transfer_id: number,
    request: UnmatchTransferRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<UnmatchedPayment>> {
    const { payment_id } = request;
    if (!(await this.ledger.transfers.find(this.ledger.manager, transfer_id))) throw new TransferNotFound(transfer_id);
    const known = await this.ledger.payments.find(this.ledger.manager, payment_id);
    if (!known) throw new PaymentNotFound(payment_id);
    if (known.user_id === caller.user_id) throw new Forbidden();
    const auditBuffer = AuditBuffer.of(caller, 'request.unmatch_transfer', { transfer_id });
    const answer = await withPaymentLock(this.locks, { id: payment_id, caller, auditBuffer }, async () =>
      inTransaction(this.ledger.dataSource, (tx) =>
        this.unmatch(tx, transfer_id, { request, caller, claim, auditBuffer }),
      ),
    );
    this.logger.info({ payment_id, transfer_id, amount: answer.data.unmatched_amount }, 'Payment: Match undone');
    return answer;
  }

  private async unmatch(
    tx: EntityManager,
    transfer_id: number,
    { request, caller, claim, auditBuffer }: Unmatching,
  ): Promise<Answer<UnmatchedPayment>> {
    const { payment_id, reason } = request;
    const payment = (await this.ledger.payments.lock(tx, payment_id))!;
    const transfer = (await this.ledger.transfers.lock(tx, transfer_id))!;
    const charges = await this.ledger.charges.lockMatches(tx, { transfer_id, payment_id });
    if (charges.some(({ amount_reserved }) => amount_reserved > 0)) throw new RefundPending({ payment_id });
    const amount = refundable(...charges);
    if (amount === 0) throw new NothingToUnmatch({ transfer_id, payment_id });

    const { after, credit_notes } =
      payment.status === 'pending'
        ? await this.takeOff(tx, payment, charges)
        : await this.refund(tx, payment, charges, { reason, requested_by: caller.user_id });
    await this.ledger.transfers.allocate(tx, transfer_id, -amount);
    // The transfer was sent for something else, so this payment's payer must no longer see it.
    if (transfer.payment_id === payment_id) await this.ledger.transfers.setPayment(tx, transfer_id, null);
    const { transaction_id, currency } = transfer;
    const detail = { transfer_id, transaction_id, amount, currency, from: payment.status, to: after.status, reason };
    await this.ledger.audit.record(tx, auditBuffer.entries(payment_id, { action: 'transfer.unmatched', detail }));
    const answer = Answer.ok('transfer.unmatched', {
      transfer: (await this.ledger.transfers.find(tx, transfer_id))!,
      payment_id,
      payment: after,
      ...(await this.ledger.invoices.find(tx, payment_id)),
      unmatched_amount: amount,
      credit_notes,
    });
    await claim.settle(tx, answer, resourceOfTransfer(transfer_id, payment_id));
    crashPoint('refund.before-commit');
    return answer;
  }

  private async takeOff(
    tx: EntityManager,
    payment: Payment,
    charges: readonly LockedCharge[],
  ): Promise<{ after: Payment; credit_notes: CreditNote[] }> {
    for (const { id } of charges) await this.ledger.charges.reverse(tx, id);
    if ((await this.ledger.charges.sumOfPartials(tx, payment.id)) === 0) {
      const minutes = this.providers.of(payment.payment_method).staffConfirmed?.expiresInMinutes() ?? null;
      await this.ledger.payments.expireIn(tx, payment.id, minutes);
    }
    return { after: (await this.ledger.payments.find(tx, payment.id))!, credit_notes: [] };
  }

  private async refund(
    tx: EntityManager,
    payment: Payment,
    charges: readonly LockedCharge[],
    because: { reason: string; requested_by: number },
  ): Promise<{ after: Payment; credit_notes: CreditNote[] }> {
    let after = payment;
    const credit_notes: CreditNote[] = [];
    for (const charge of charges.filter((one) => refundable(one) > 0)) {
      const draft = { ...because, amount: refundable(charge), kind: 'unmatch' } as const;
      const refund = await this.accounting.reserve(tx, [charge], draft);
      const how = { status: 'succeeded', transaction_id: null } as const;
      const settled = await this.accounting.settle(tx, { payment: after, charge, refund }, how);
      after = settled.payment;
      if (settled.credit_note) credit_notes.push(settled.credit_note);
    }
    return { after, credit_notes };
  }
}
