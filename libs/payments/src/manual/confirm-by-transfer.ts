import { Answer } from '#answers';
import { type Caller, requireEpoch } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import {
  type AppError,
  PaymentAlreadyConfirmed,
  PaymentExists,
  PaymentNotFound,
  TransactionAlreadyUsed,
  TransferMismatch,
  TransitionNotAllowed,
  ValidationFailed,
} from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { withPaymentLock } from '../ledger/payment-lock.js';
import type { Payment } from '../ledger/payment.js';
import type { Confirmation, ConfirmedPayment } from '../provider/confirmation.js';
import { Ledger } from '../ledger/ledger.js';
import { isPaid } from '../ledger/payment-states.js';
import { AuditBuffer } from '../ledger/audit-buffer.js';
import { AllocateTransfer, type Allocation } from './allocate-transfer.js';
import { RecordTransfer } from './record-transfer.js';
import type { Transfer } from '../ledger/transfer.js';

interface Confirming {
  readonly request: Confirmation;
  readonly caller: Caller;
  readonly claim: Claim;
  readonly auditBuffer: AuditBuffer;
}

/**
 * Staff confirm that a payment's money has arrived by bank or GCash. The money is recorded as a transfer in any case;
 * the part that the payment cannot accept stays unmatched.
 */
@Injectable()
export class ConfirmByTransfer {
  constructor(
    private readonly ledger: Ledger,
    private readonly record: RecordTransfer,
    private readonly allocate: AllocateTransfer,
    private readonly locks: Locks,
  ) {}

  /**
   * @throws PaymentAlreadyConfirmed, TransitionNotAllowed, PaymentExists: the money is recorded and unmatched, and the
   *   error contains the transfer;
   * PaymentNotFound, TransactionAlreadyUsed, TransferMismatch, LockTimeout: nothing is recorded
   */
  async run(known: Payment, request: Confirmation, caller: Caller, claim: Claim): Promise<Answer<ConfirmedPayment>> {
    const { id: payment_id } = known;
    const auditBuffer = AuditBuffer.of(caller, 'request.confirm', { transaction_id: request.transaction_id });
    const result = await withPaymentLock(this.locks, { id: payment_id, caller, auditBuffer }, async () =>
      inTransaction(this.ledger.dataSource, (tx) =>
        this.confirm(tx, payment_id, { request, caller, claim, auditBuffer }),
      ),
    );
    crashPoint('confirm.committed');
    if (!(result instanceof Answer)) throw result;
    return result;
  }

  /** @returns a refusal instead of throwing it, because the transaction has recorded money and must commit */
  private async confirm(
    tx: EntityManager,
    id: number,
    confirming: Confirming,
  ): Promise<Answer<ConfirmedPayment> | AppError> {
    const payment = await this.ledger.payments.lock(tx, id);
    if (!payment) throw new PaymentNotFound(id);
    const due = await this.allocate.dueOf(tx, payment);
    const { transfer, isNew } = await this.transferOf(tx, payment, due, confirming);
    const amount = Math.min(transfer.unmatched_amount, due);
    const match = amount > 0 ? await this.allocate.run(tx, { payment, transfer, amount }) : undefined;
    return match
      ? this.matched(tx, transfer.id, match, confirming)
      : this.leaveUnmatched(tx, { payment, transfer, isNew }, confirming);
  }

  /**
   * @throws TransferMismatch, PaymentAlreadyConfirmed, TransactionAlreadyUsed when the transfer is recorded and none of
   *   it is unmatched; ValidationFailed without an amount where none can be assumed
   */
  private async transferOf(
    tx: EntityManager,
    payment: Payment,
    due: number,
    { request, caller }: Confirming,
  ): Promise<{ transfer: Transfer; isNew: boolean }> {
    const { transaction_id, amount_received } = request;
    const { transfer, isNew } = await this.record.recordOnce(tx, {
      payment_method: payment.payment_method,
      transaction_id,
      amount: amount_received ?? (due || payment.amount),
      currency: payment.currency,
      payment_id: payment.id,
      payer: null,
      note: null,
      receipt_url: request.receipt_url ?? null,
      received_at: request.received_at === undefined ? null : new Date(request.received_at),
      recorded_by: caller.user_id,
    });
    // Once a part has arrived, a confirmation without an amount is ambiguous.
    if (isNew && amount_received === undefined && (await this.ledger.charges.hasParts(tx, payment.id))) {
      throw new ValidationFailed([{ field: 'amount_received', rule: 'needed_after_a_part' }]);
    }
    if (isNew) return { transfer, isNew };
    if (transfer.unmatched_amount === 0) {
      if (isPaid(payment.status)) throw await this.alreadyConfirmed(tx, payment);
      const matches = await this.ledger.transfers.matchesOf(tx, transfer.id);
      const paysIt = matches.some((it) => it.payment_id === payment.id && it.unmatched_amount < it.amount);
      const reason = paysIt ? 'transfer_pays_it_already' : 'transfer_allocated';
      throw new TransactionAlreadyUsed(transaction_id, { reason, transfer_id: transfer.id });
    }
    const isOther = amount_received !== undefined && amount_received !== transfer.amount;
    if (isOther || transfer.currency !== payment.currency) throw new TransferMismatch(transfer);
    return { transfer, isNew };
  }

  private async matched(
    tx: EntityManager,
    transfer_id: number,
    match: Allocation,
    { claim, auditBuffer }: Confirming,
  ): Promise<Answer<ConfirmedPayment>> {
    const { payment, documents, amount: amount_received, amount_due } = match;
    await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, match.step));
    const transfer = (await this.ledger.transfers.find(tx, transfer_id))!;
    const { payment_method, transaction_id, currency, receipt_url, unmatched_amount } = transfer;
    const charge = { payment_method, transaction_id, amount_received, currency, receipt_url };
    const data = { payment_id: payment.id, payment, ...documents, charge, amount_due, transfer };
    const answer =
      amount_due > 0
        ? Answer.ok('payment.partially_paid', data, { params: { amount_due: String(amount_due), currency } })
        : unmatched_amount > 0
          ? Answer.ok('payment.confirmed_with_rest', data, {
              params: { rest: String(unmatched_amount), currency, transfer_id: String(transfer_id) },
            })
          : Answer.ok('payment.confirmed', data);
    await claim.settle(tx, answer, String(payment.id));
    crashPoint('confirm.before-commit');
    return answer;
  }

  private async leaveUnmatched(
    tx: EntityManager,
    { payment, transfer, isNew }: { payment: Payment; transfer: Transfer; isNew: boolean },
    { caller, auditBuffer }: Confirming,
  ): Promise<AppError> {
    await requireEpoch(tx, caller);
    const { id: transfer_id, transaction_id, unmatched_amount, currency } = transfer;
    const detail = { transfer_id, transaction_id, unmatched_amount, currency, status: payment.status };
    // A repeated confirmation carries no new information.
    if (isNew || transfer.payment_id !== payment.id)
      await this.ledger.audit.record(
        tx,
        auditBuffer.entries(payment.id, { action: 'transfer.left_unmatched', detail }),
      );
    if (isPaid(payment.status)) return this.alreadyConfirmed(tx, payment, transfer);
    const live =
      payment.consultation_id === null || payment.status === 'cancelled'
        ? undefined
        : await this.ledger.payments.findLive(tx, payment.consultation_id);
    return live && live.id !== payment.id
      ? new PaymentExists({ payment: live, checkout: null }, { transfer, payment })
      : new TransitionNotAllowed(payment, 'completed', { transfer });
  }

  private async alreadyConfirmed(
    tx: EntityManager,
    payment: Payment,
    transfer?: Transfer,
  ): Promise<PaymentAlreadyConfirmed> {
    const charge = await this.ledger.charges.find(tx, payment.id);
    return new PaymentAlreadyConfirmed(payment, charge?.transaction_id ?? null, transfer);
  }
}
