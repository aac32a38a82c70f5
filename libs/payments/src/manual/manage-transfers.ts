import { Answer } from '#answers';
import type { Caller } from '#auth';
import { inTransaction } from '#database';
import { TransferInUse, TransferNotFound } from '#errors';
import type { Claim } from '#idempotency';
import { refuseEmpty, nextCursor, pageOf } from '#validation';
import { Injectable } from '@nestjs/common';
import { Ledger } from '../ledger/ledger.js';
import { AuditBuffer } from '../ledger/audit-buffer.js';
import { lockTransferForStaff } from './lock-transfer.js';
import { resourceOfTransfer } from './transfer-resource.js';
import type { ChangedTransfer, PageOfTransfers, Transfer, WholeTransfer } from '../ledger/transfer.js';
import type { CorrectTransferRequest, ListTransfersRequest } from './transfer-requests.js';

/** Reads transfers, and corrects what staff recorded wrongly. */
@Injectable()
export class ManageTransfers {
  constructor(private readonly ledger: Ledger) {}

  async list(request: ListTransfersRequest): Promise<Answer<PageOfTransfers>> {
    const page = pageOf(request);
    const transfers = await this.ledger.transfers.list(this.ledger.manager, page, {
      state: request.state ?? null,
      payment_method: request.payment_method ?? null,
      search: request.search?.trim() ?? null,
    });
    return Answer.ok('transfer.listed', { transfers, next_cursor: nextCursor(transfers, page) });
  }

  /** @throws TransferNotFound */
  async get(id: number): Promise<Answer<WholeTransfer>> {
    const { manager } = this.ledger;
    const transfer = await this.ledger.transfers.find(manager, id);
    if (!transfer) throw new TransferNotFound(id);
    const matches = await this.ledger.transfers.matchesOf(manager, id);
    const refunds = await this.ledger.transfers.refundsOf(manager, id);
    return Answer.ok('transfer.found', { transfer, matches, refunds });
  }

  /**
   * A transfer's date is also the date of the payments, invoices and charges it pays. So it cannot change while any
   * part of the transfer is matched or paid back.
   * @throws TransferNotFound, Forbidden, TransferInUse (less than is matched or paid back, or another date),
   *   ValidationFailed
   */
  async correct(
    id: number,
    request: CorrectTransferRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<ChangedTransfer>> {
    refuseEmpty(request, ['amount', 'received_at', 'payer', 'note']);
    const auditBuffer = AuditBuffer.of(caller, 'request.correct_transfer', { transfer_id: id });
    return inTransaction(this.ledger.dataSource, async (tx) => {
      const before = await lockTransferForStaff(tx, this.ledger, id, caller);
      const allocated_amount = allocatedOf(before);
      const { amount = before.amount } = request;
      const isRedated =
        request.received_at !== undefined && Date.parse(request.received_at) !== before.received_at.getTime();
      if (before.voided_at || amount < allocated_amount || (isRedated && allocated_amount > 0))
        throw new TransferInUse({ ...before, allocated_amount });
      await this.ledger.transfers.correct(tx, id, {
        amount,
        received_at: request.received_at === undefined ? null : new Date(request.received_at),
        payer: request.payer ?? null,
        note: request.note ?? null,
      });
      const transfer = (await this.ledger.transfers.find(tx, id))!;
      const detail = { transfer_id: id, before: terms(before), after: terms(transfer) };
      await this.ledger.audit.record(
        tx,
        auditBuffer.entries(before.payment_id, { action: 'transfer.corrected', detail }),
      );
      const answer = Answer.ok('transfer.corrected', { transfer });
      await claim.settle(tx, answer, resourceOfTransfer(id, before.payment_id));
      return answer;
    });
  }

  /** @throws TransferNotFound, Forbidden, TransferInUse */
  async void(id: number, reason: string, caller: Caller, claim: Claim): Promise<Answer<ChangedTransfer>> {
    const auditBuffer = AuditBuffer.of(caller, 'request.void_transfer', { transfer_id: id });
    return inTransaction(this.ledger.dataSource, async (tx) => {
      const before = await lockTransferForStaff(tx, this.ledger, id, caller);
      const allocated_amount = allocatedOf(before);
      if (before.voided_at || allocated_amount > 0) throw new TransferInUse({ ...before, allocated_amount });
      await this.ledger.transfers.void(tx, id);
      const transfer = (await this.ledger.transfers.find(tx, id))!;
      const { transaction_id, amount, currency } = transfer;
      const detail = { transfer_id: id, transaction_id, amount, currency, reason };
      await this.ledger.audit.record(tx, auditBuffer.entries(before.payment_id, { action: 'transfer.voided', detail }));
      const answer = Answer.ok('transfer.voided', { transfer });
      await claim.settle(tx, answer, resourceOfTransfer(id, before.payment_id));
      return answer;
    });
  }
}

/** The part that is matched, paid back, or being paid back. Minor units. */
function allocatedOf({ matched_amount, refunded_amount, refund_pending_amount }: Transfer): number {
  return matched_amount + refunded_amount + refund_pending_amount;
}

function terms({ amount, received_at, payer, note }: Transfer) {
  return { amount, received_at, payer, note };
}
