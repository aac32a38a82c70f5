import { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { Forbidden, PaymentNotFound, PaymentProcessing, TransitionNotAllowed } from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { CancelRows } from './cancel-rows.js';
import type { Payment } from '../ledger/payment.js';
import { withPaymentLock } from '../ledger/payment-lock.js';
import { Ledger } from '../ledger/ledger.js';
import { AuditBuffer } from '../ledger/audit-buffer.js';
import type { CancelledPayment } from './payment-answers.js';

/** Cancels an unpaid payment, so that the same purchase can be paid again. */
@Injectable()
export class CancelPayment {
  constructor(
    private readonly ledger: Ledger,
    private readonly cancelRows: CancelRows,
    private readonly locks: Locks,
    private readonly providers: ProviderRegistry,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(CancelPayment.name);
  }

  /**
   * At Stripe, the page is closed first. If the payer has paid on it by then, the payment is paid and the answer says
   * so.
   * @throws PaymentNotFound, Forbidden, PaymentProcessing, TransitionNotAllowed, ProviderUnavailable, LockTimeout
   */
  async run(payment_id: number, caller: Caller, claim: Claim): Promise<Answer<CancelledPayment>> {
    const known = await this.ledger.payments.find(this.ledger.manager, payment_id);
    if (!known) throw new PaymentNotFound(payment_id);
    if (caller.role === 'patient' && known.user_id !== caller.user_id) throw new Forbidden();

    const auditBuffer = AuditBuffer.of(caller, 'request.cancel');
    const answer = await withPaymentLock(this.locks, { id: payment_id, caller, auditBuffer }, async () => {
      const now = (await this.ledger.payments.find(this.ledger.manager, payment_id)) ?? known;
      refuseUnlessCancellable(now);
      const fence = await this.providers.of(now.payment_method).hosted?.close(payment_id, auditBuffer);
      return inTransaction(this.ledger.dataSource, (tx) => this.cancel(tx, payment_id, fence, { claim, auditBuffer }));
    });
    crashPoint('cancel.committed');
    this.logger.info({ payment_id, user_id: known.user_id }, 'Payment: Cancelled');
    return answer;
  }

  private async cancel(
    tx: EntityManager,
    payment_id: number,
    fence: number | undefined,
    { claim, auditBuffer }: { claim: Claim; auditBuffer: AuditBuffer },
  ): Promise<Answer<CancelledPayment>> {
    const payment = await this.cancelRows.run(tx, payment_id, fence, auditBuffer);
    if (payment.status !== 'cancelled') refuseUnlessCancellable(payment);
    const documents = await this.ledger.invoices.find(tx, payment_id);
    const answer = Answer.ok('payment.cancelled', { payment_id, payment, ...documents });
    await claim.settle(tx, answer, String(payment_id));
    crashPoint('cancel.before-commit');
    return answer;
  }
}

function refuseUnlessCancellable(payment: Payment): void {
  if (payment.processing) throw new PaymentProcessing(payment);
  if (payment.status !== 'pending') throw new TransitionNotAllowed(payment, 'cancelled');
}
