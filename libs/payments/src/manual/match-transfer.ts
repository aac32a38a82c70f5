import { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import {
  type AppError,
  Forbidden,
  MatchTooLarge,
  NothingUnmatched,
  PaymentAlreadyConfirmed,
  PaymentExists,
  PaymentNotFound,
  TransferMismatch,
  TransferNotFound,
  TransitionNotAllowed,
} from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { withPaymentLock } from '../ledger/payment-lock.js';
import type { Payment } from '../ledger/payment.js';
import { Ledger } from '../ledger/ledger.js';
import { isOver, isPaid } from '../ledger/payment-states.js';
import { AuditBuffer } from '../ledger/audit-buffer.js';
import { AllocateTransfer } from './allocate-transfer.js';
import { resourceOfTransfer } from './transfer-resource.js';
import type { MatchedTransfer, Transfer } from '../ledger/transfer.js';
import type { MatchTransferRequest } from './transfer-requests.js';

interface Matching {
  readonly request: MatchTransferRequest;
  readonly claim: Claim;
  readonly auditBuffer: AuditBuffer;
}

/** Matches the unmatched part of a transfer, or less, with a payment. */
@Injectable()
export class MatchTransfer {
  constructor(
    private readonly ledger: Ledger,
    private readonly allocate: AllocateTransfer,
    private readonly locks: Locks,
  ) {}

  /**
   * To match several payments, call it once for each.
   * @throws TransferNotFound, PaymentNotFound, Forbidden (the caller's own payment), NothingUnmatched, MatchTooLarge,
   *   TransferMismatch (another method or currency), PaymentAlreadyConfirmed, TransitionNotAllowed, PaymentExists
   *   (another payment has taken its place), LockTimeout
   */
  async run(
    transfer_id: number,
    request: MatchTransferRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<MatchedTransfer>> {
    const { payment_id } = request;
    if (!(await this.ledger.transfers.find(this.ledger.manager, transfer_id))) throw new TransferNotFound(transfer_id);
    const known = await this.ledger.payments.find(this.ledger.manager, payment_id);
    if (!known) throw new PaymentNotFound(payment_id);
    if (known.user_id === caller.user_id) throw new Forbidden();
    const auditBuffer = AuditBuffer.of(caller, 'request.match_transfer', { transfer_id });
    return withPaymentLock(this.locks, { id: payment_id, caller, auditBuffer }, async () =>
      inTransaction(this.ledger.dataSource, (tx) => this.match(tx, transfer_id, { request, claim, auditBuffer })),
    );
  }

  private async match(
    tx: EntityManager,
    transfer_id: number,
    { request, claim, auditBuffer }: Matching,
  ): Promise<Answer<MatchedTransfer>> {
    const payment = (await this.ledger.payments.lock(tx, request.payment_id))!;
    const transfer = (await this.ledger.transfers.lock(tx, transfer_id))!;
    const due = await this.allocate.dueOf(tx, payment);
    const max = transfer.voided_at ? 0 : Math.min(transfer.unmatched_amount, due);
    if (transfer.unmatched_amount === 0 || transfer.voided_at) throw new NothingUnmatched(transfer);
    if (due === 0) throw await this.refusal(tx, payment);
    const { amount = max } = request;
    if (amount > max) throw new MatchTooLarge({ matchable_amount: max, currency: transfer.currency });
    const match = await this.allocate.run(tx, { payment, transfer, amount });
    if (!match) throw await this.refusal(tx, payment, transfer);
    await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, match.step));
    const { documents, charge_id, amount_due } = match;
    const answer = Answer.ok(amount_due > 0 ? 'transfer.matched_in_part' : 'transfer.matched', {
      transfer: (await this.ledger.transfers.find(tx, transfer_id))!,
      payment_id: payment.id,
      payment: match.payment,
      ...documents,
      charge_id,
      matched_amount: amount,
      amount_due,
    });
    await claim.settle(tx, answer, resourceOfTransfer(transfer_id, payment.id));
    crashPoint('confirm.before-commit');
    return answer;
  }

  /** Why the payment cannot accept the money. */
  private async refusal(tx: EntityManager, payment: Payment, transfer?: Transfer): Promise<AppError> {
    if (isPaid(payment.status)) {
      const charge = await this.ledger.charges.find(tx, payment.id);
      return new PaymentAlreadyConfirmed(payment, charge?.transaction_id ?? null);
    }
    if (transfer && transfer.payment_method !== payment.payment_method)
      return new TransferMismatch(transfer, 'transfer_by_other_method');
    if (transfer && transfer.currency !== payment.currency)
      return new TransferMismatch(transfer, 'transfer_in_other_currency');
    const live =
      payment.consultation_id !== null && isOver(payment.status)
        ? await this.ledger.payments.findLive(tx, payment.consultation_id)
        : undefined;
    if (live) return new PaymentExists({ payment: live, checkout: null });
    // A payment that ended unpaid completes only when its whole amount arrives at once.
    if (transfer && isOver(payment.status))
      return new MatchTooLarge({ matchable_amount: 0, currency: payment.currency });
    return new TransitionNotAllowed(payment, 'completed');
  }
}
