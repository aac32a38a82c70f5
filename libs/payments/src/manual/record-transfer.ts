import { Answer } from '#answers';
import { type Caller, requireEpoch } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { Forbidden, LockTimeout, PaymentNotFound, TransactionAlreadyUsed } from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DEFAULT_CURRENCY } from '../ledger/money/currencies.js';
import { withPaymentLock } from '../ledger/payment-lock.js';
import { Ledger } from '../ledger/ledger.js';
import { AuditBuffer, type Step } from '../ledger/audit-buffer.js';
import { RefundsRepository } from '../ledger/refunds.repository.js';
import { AllocateTransfer, type Allocation } from './allocate-transfer.js';
import { resourceOfTransfer } from './transfer-resource.js';
import type { RecordedTransfer, Transfer } from '../ledger/transfer.js';
import type { RecordTransferRequest } from './transfer-requests.js';
import type { NewTransfer } from '../ledger/transfers.repository.js';

/**
 * A record that is voided between the two statements frees its reference, so the insert is tried again. The bound is
 * for a record that keeps being voided.
 */
const MAX_TRIES = 3;

/**
 * Records money that arrived by bank or GCash, and matches it with the payment it was sent for, as far as that payment
 * can accept it.
 */
@Injectable()
export class RecordTransfer {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
    private readonly allocate: AllocateTransfer,
    private readonly locks: Locks,
  ) {}

  /**
   * @throws PaymentNotFound, Forbidden (the caller's own payment), TransactionAlreadyUsed, LockTimeout,
   *   EpochChangedError
   */
  async run(request: RecordTransferRequest, caller: Caller, claim: Claim): Promise<Answer<RecordedTransfer>> {
    const { payment_id } = request;
    const auditBuffer = AuditBuffer.of(caller, 'request.record_transfer', { transaction_id: request.transaction_id });
    const record = () =>
      inTransaction(this.ledger.dataSource, (tx) => this.record(tx, request, { caller, claim, auditBuffer }));
    if (payment_id === undefined) return record();
    const payment = await this.ledger.payments.find(this.ledger.manager, payment_id);
    if (!payment) throw new PaymentNotFound(payment_id);
    if (payment.user_id === caller.user_id) throw new Forbidden();
    return withPaymentLock(this.locks, { id: payment_id, caller, auditBuffer }, record);
  }

  private async record(
    tx: EntityManager,
    request: RecordTransferRequest,
    { caller, claim, auditBuffer }: { caller: Caller; claim: Claim; auditBuffer: AuditBuffer },
  ): Promise<Answer<RecordedTransfer>> {
    const { payment_method, transaction_id, amount, payment_id = null } = request;
    const payment = payment_id === null ? undefined : await this.ledger.payments.lock(tx, payment_id);
    const { transfer, isNew } = await this.recordOnce(tx, {
      payment_method,
      transaction_id,
      amount,
      currency: request.currency ?? payment?.currency ?? DEFAULT_CURRENCY,
      payment_id,
      payer: request.payer ?? null,
      note: request.note ?? null,
      receipt_url: request.receipt_url ?? null,
      received_at: request.received_at === undefined ? null : new Date(request.received_at),
      recorded_by: caller.user_id,
    });
    if (!isNew)
      throw new TransactionAlreadyUsed(transaction_id, { reason: 'transfer_recorded', transfer_id: transfer.id });
    await requireEpoch(tx, caller);
    const part = payment && Math.min(amount, await this.allocate.dueOf(tx, payment));
    const match = payment && part ? await this.allocate.run(tx, { payment, transfer, amount: part }) : undefined;
    const steps: Step[] = [{ action: 'transfer.recorded', detail: recorded(transfer) }, ...(match ? [match.step] : [])];
    await this.ledger.audit.record(tx, auditBuffer.entries(payment_id, ...steps));
    const answer = await this.answer(tx, transfer.id, match);
    await claim.settle(tx, answer, resourceOfTransfer(transfer.id, payment_id));
    crashPoint('confirm.before-commit');
    return answer;
  }

  /**
   * Keeps one row for each bank reference, whichever process records it first. The row is locked.
   * @throws TransactionAlreadyUsed when this reference has paid money out; LockTimeout
   */
  async recordOnce(tx: EntityManager, draft: NewTransfer): Promise<{ transfer: Transfer; isNew: boolean }> {
    const { payment_method, transaction_id } = draft;
    await this.ledger.transfers.holdReference(tx, draft);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const id = await this.ledger.transfers.insert(tx, draft);
      if (id !== undefined) {
        if (await this.refunds.isUsedReference(tx, { payment_method, transaction_id }))
          throw new TransactionAlreadyUsed(transaction_id, { reason: 'transaction_paid_back' });
        return { transfer: (await this.ledger.transfers.find(tx, id))!, isNew: true };
      }
      const known = await this.ledger.transfers.findByReference(tx, draft);
      const transfer = known && (await this.ledger.transfers.lock(tx, known.id));
      if (transfer && !transfer.voided_at) return { transfer, isNew: false };
    }
    throw new LockTimeout();
  }

  private async answer(
    tx: EntityManager,
    id: number,
    match: Allocation | undefined,
  ): Promise<Answer<RecordedTransfer>> {
    const transfer = (await this.ledger.transfers.find(tx, id))!;
    if (!match) return Answer.created('transfer.recorded_unmatched', { transfer, match: null });
    const { charge_id, amount: matched_amount, amount_due, payment } = match;
    const sentence =
      amount_due > 0 ? 'recorded_in_part' : transfer.unmatched_amount > 0 ? 'recorded_with_rest' : 'recorded';
    return Answer.created(`transfer.${sentence}`, {
      transfer,
      match: { payment_id: payment.id, payment, charge_id, matched_amount, amount_due },
    });
  }
}

function recorded({ id: transfer_id, ...transfer }: Transfer) {
  const { payment_method, transaction_id, amount, currency, payer, note, receipt_url, received_at } = transfer;
  return { transfer_id, payment_method, transaction_id, amount, currency, payer, note, receipt_url, received_at };
}
