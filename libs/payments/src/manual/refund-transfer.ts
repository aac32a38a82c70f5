import { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import {
  NothingUnmatched,
  RefundAlreadySettled,
  RefundNotFound,
  RefundTooLarge,
  TransactionAlreadyUsed,
} from '#errors';
import { ResultVoidedError, type Claim } from '#idempotency';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Ledger } from '../ledger/ledger.js';
import { AuditBuffer, type Step } from '../ledger/audit-buffer.js';
import { RefundAccounting } from '../ledger/refund-accounting.js';
import type { RefundPaymentRequest } from '../provider/staff-refund-request.js';
import type { Refund } from '../ledger/refund.js';
import { isUsedRefundTransaction, RefundsRepository } from '../ledger/refunds.repository.js';
import { lockTransferForStaff } from './lock-transfer.js';
import { resourceOfTransfer } from './transfer-resource.js';
import type { RefundedTransfer, Transfer } from '../ledger/transfer.js';

/** How staff end a reserved refund: paid back with this reference, or withdrawn. */
export type RefundEnding =
  { readonly status: 'succeeded'; readonly transaction_id: string } | { readonly status: 'cancelled' };

interface Refunding {
  readonly caller: Caller;
  readonly claim: Claim;
  readonly auditBuffer: AuditBuffer;
}

/**
 * Pays back the unmatched part of a transfer: reserves it, and settles it with the reference of the outgoing transfer.
 */
@Injectable()
export class RefundTransfer {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
    private readonly accounting: RefundAccounting,
  ) {}

  /**
   * With a reference, the refund is settled immediately, in one transaction; without one, its amount is reserved.
   * @throws TransferNotFound, Forbidden (sent for the caller's own payment, or matched with it), NothingUnmatched,
   *   RefundTooLarge, TransactionAlreadyUsed
   */
  async run(
    transfer_id: number,
    request: RefundPaymentRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<RefundedTransfer>> {
    if (claim.finished) return this.repeated(transfer_id, claim.resource);
    const auditBuffer = AuditBuffer.of(caller, 'request.refund_transfer', { transfer_id });
    return this.inTransaction(request.transaction_id, async (tx) => {
      const transfer = await lockTransferForStaff(tx, this.ledger, transfer_id, caller);
      const refund = await this.reserve(tx, transfer, request, caller);
      const { id: refund_id, amount } = refund;
      const steps: Step[] = [
        { action: 'transfer.refund_reserved', detail: { transfer_id, refund_id, amount, reason: request.reason } },
      ];
      let after = refund;
      if (request.transaction_id !== undefined) {
        after = await this.settle(tx, transfer, refund, {
          status: 'succeeded',
          transaction_id: request.transaction_id,
        });
        const { transaction_id } = after;
        steps.push({
          action: 'transfer.refunded',
          detail: { transfer_id, refund_id, amount, transaction_id },
        });
      }
      await this.ledger.audit.record(tx, auditBuffer.entries(transfer.payment_id, ...steps));
      const sentence = after.status === 'pending' ? 'transfer.refund_reserved' : 'transfer.refunded';
      return this.answer(tx, { transfer, refund: after, sentence }, { caller, claim, auditBuffer });
    });
  }

  /** @throws TransferNotFound, RefundNotFound, RefundAlreadySettled, Forbidden, TransactionAlreadyUsed */
  async end(
    of: { transfer_id: number; refund_id: number },
    how: RefundEnding,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<RefundedTransfer>> {
    const { transfer_id, refund_id } = of;
    const isPaidBack = how.status === 'succeeded';
    const auditBuffer = AuditBuffer.of(caller, isPaidBack ? 'request.settle_refund' : 'request.withdraw_refund', {
      transfer_id,
    });
    return this.inTransaction(isPaidBack ? how.transaction_id : undefined, async (tx) => {
      const transfer = await lockTransferForStaff(tx, this.ledger, transfer_id, caller);
      const refund = (await this.ledger.transfers.refundsOf(tx, transfer_id)).find(({ id }) => id === refund_id);
      if (!refund) throw new RefundNotFound(refund_id);
      if (refund.status !== 'pending') throw new RefundAlreadySettled(refund);
      const after = await this.settle(tx, transfer, refund, how);
      const { amount, transaction_id } = after;
      const detail = { transfer_id, refund_id, amount, transaction_id };
      const action = isPaidBack ? 'transfer.refunded' : 'transfer.refund_withdrawn';
      await this.ledger.audit.record(tx, auditBuffer.entries(transfer.payment_id, { action, detail }));
      const sentence = isPaidBack ? 'payment.refund_settled' : 'payment.refund_withdrawn';
      return this.answer(tx, { transfer, refund: after, sentence }, { caller, claim, auditBuffer });
    });
  }

  private async reserve(
    tx: EntityManager,
    transfer: Transfer,
    request: RefundPaymentRequest,
    caller: Caller,
  ): Promise<Refund> {
    const { id: transfer_id, unmatched_amount: left, payment_method, transaction_id, currency, received_at } = transfer;
    if (left === 0 || transfer.voided_at) throw new NothingUnmatched(transfer);
    const { amount = left, reason } = request;
    if (amount > left) throw new RefundTooLarge({ refundable_amount: left, currency });
    const received = { payment_method, transaction_id, amount_received: amount, currency, receipt_url: null };
    const { id } = await this.ledger.charges.insert(tx, null, { ...received, received_at, transfer_id }, 'returned');
    await this.ledger.transfers.allocate(tx, transfer_id, amount);
    const charge = await this.ledger.charges.lock(tx, id);
    const { id: refund_id } = await this.accounting.reserve(tx, [charge], {
      amount,
      reason,
      requested_by: caller.user_id,
    });
    return (await this.refunds.find(tx, refund_id))!;
  }

  /** After a withdrawal, its amount is unmatched again. */
  private async settle(tx: EntityManager, transfer: Transfer, refund: Refund, how: RefundEnding): Promise<Refund> {
    const { id, amount } = refund;
    if (how.status === 'succeeded') await this.accounting.refuseIncoming(tx, transfer, how.transaction_id);
    const [part] = await this.refunds.partsOf(tx, id);
    const settled = await this.refunds.move(tx, { id, from: 'pending', to: how.status, ...pick(how) });
    if (!settled) throw new Error(`Refund ${id} changed while its transfer was locked`);
    const returned = how.status === 'succeeded' ? amount : 0;
    await this.ledger.charges.shift(tx, part!.charge_id, { reserved: -amount, returned });
    if (how.status === 'cancelled') {
      await this.ledger.charges.reverse(tx, part!.charge_id);
      await this.ledger.transfers.allocate(tx, transfer.id, -amount);
    }
    return settled;
  }

  private async inTransaction(
    transaction_id: string | undefined,
    work: (tx: EntityManager) => Promise<Answer<RefundedTransfer>>,
  ): Promise<Answer<RefundedTransfer>> {
    try {
      const answer = await inTransaction(this.ledger.dataSource, work);
      crashPoint('refund.committed');
      return answer;
    } catch (error) {
      if (transaction_id !== undefined && isUsedRefundTransaction(error))
        throw new TransactionAlreadyUsed(transaction_id, { reason: 'transaction_paid_back' });
      throw error;
    }
  }

  private async answer(
    tx: EntityManager,
    {
      transfer,
      refund,
      sentence,
    }: {
      transfer: Transfer;
      refund: Refund;
      sentence:
        'transfer.refund_reserved' | 'transfer.refunded' | 'payment.refund_settled' | 'payment.refund_withdrawn';
    },
    { claim }: Refunding,
  ): Promise<Answer<RefundedTransfer>> {
    const now = (await this.ledger.transfers.find(tx, transfer.id))!;
    const answer = Answer.ok(sentence, { transfer: now, refund_id: refund.id, refund });
    await claim.settle(tx, answer, `${resourceOfTransfer(transfer.id, transfer.payment_id)}/refunds/${refund.id}`);
    crashPoint('refund.before-commit');
    return answer;
  }

  /** @throws ResultVoidedError: the refund was withdrawn since, so a repeated request asks for a new one */
  private async repeated(transfer_id: number, resource: string | null): Promise<Answer<RefundedTransfer>> {
    const refund_id = Number(resource?.split('/').at(-1));
    const { manager } = this.ledger;
    const refund = (await this.ledger.transfers.refundsOf(manager, transfer_id)).find(({ id }) => id === refund_id);
    if (!refund || refund.status === 'cancelled') throw new ResultVoidedError();
    const transfer = (await this.ledger.transfers.find(manager, transfer_id))!;
    return Answer.ok('payment.refund_repeated', { transfer, refund_id, refund });
  }
}

function pick(how: RefundEnding): { transaction_id?: string } {
  return how.status === 'succeeded' ? { transaction_id: how.transaction_id } : {};
}
