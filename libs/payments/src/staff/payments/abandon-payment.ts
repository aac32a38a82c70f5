import { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { Forbidden, LockTimeout, PaymentNotFound, PaymentProcessing, TransitionNotAllowed } from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import type { Inquiry } from '../../provider/inquiry.js';
import { ProviderRegistry } from '../../provider/provider-registry.js';
import type { AbandonedPayment } from '../../payments/payment-answers.js';
import type { AbandonPaymentRequest } from '../../payments/payment-requests.js';
import { withPaymentLock } from '../../ledger/payment-lock.js';
import { Ledger } from '../../ledger/ledger.js';
import { AuditBuffer, type Step } from '../../ledger/audit-buffer.js';

interface AbandonContext {
  readonly reason: string;
  readonly claim: Claim;
  readonly auditBuffer: AuditBuffer;
}

/** A method without a page has nothing to close, so no provider is asked. */
const PAID_BY_HAND: Inquiry = { said: 'closed', detail: 'manual payment method', fence: 0 };

/**
 * Ends a payment that is stuck because its provider cannot be reached. Staff decide, after the provider was asked once
 * more. Money that still arrives is refunded automatically, as for every cancelled payment.
 */
@Injectable()
export class AbandonPayment {
  constructor(
    private readonly ledger: Ledger,
    private readonly locks: Locks,
    private readonly providers: ProviderRegistry,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(AbandonPayment.name);
  }

  /**
   * Applies the provider's answer first: if it is paid, the payment completes and is not abandoned; if the money is on
   * its way, the payment waits.
   * @throws PaymentNotFound, Forbidden (the caller's own payment), PaymentProcessing, TransitionNotAllowed, LockTimeout
   */
  async run(
    payment_id: number,
    { reason }: AbandonPaymentRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<AbandonedPayment>> {
    const known = await this.ledger.payments.find(this.ledger.manager, payment_id);
    if (!known) throw new PaymentNotFound(payment_id);
    if (known.user_id === caller.user_id) throw new Forbidden();

    const auditBuffer = AuditBuffer.of(caller, 'request.abandon', { reason });
    const answer = await withPaymentLock(this.locks, { id: payment_id, caller, auditBuffer }, async () => {
      const now = (await this.ledger.payments.find(this.ledger.manager, payment_id)) ?? known;
      if (now.status !== 'pending') throw new TransitionNotAllowed(now, 'cancelled');
      const { hosted } = this.providers.of(now.payment_method);
      const inquiry = hosted ? await hosted.inquire(now, auditBuffer) : PAID_BY_HAND;
      crashPoint('cancel.fenced');
      return inTransaction(this.ledger.dataSource, (tx) =>
        this.end(tx, payment_id, inquiry, { reason, claim, auditBuffer }),
      );
    });
    crashPoint('cancel.committed');
    this.logger.warn({ payment_id, user_id: known.user_id, provider: answer.data.provider }, 'Payment: Abandoned');
    return answer;
  }

  private async end(
    tx: EntityManager,
    id: number,
    { said, detail, fence }: Inquiry,
    { reason, claim, auditBuffer }: AbandonContext,
  ): Promise<Answer<AbandonedPayment>> {
    const locked = await this.ledger.payments.lock(tx, id);
    if (!locked) throw new PaymentNotFound(id);
    if (locked.status !== 'pending') throw new TransitionNotAllowed(locked, 'cancelled');
    if (said === 'processing') throw new PaymentProcessing(locked);
    const { hosted } = this.providers.of(locked.payment_method);
    if (hosted && !(await hosted.abandon(tx, id, { fence, said }))) throw new LockTimeout();

    const payment = await this.ledger.payments.move(tx, { id, from: 'pending', to: 'cancelled' });
    if (!payment) throw new Error(`Payment ${id} changed while its row was locked`);
    const released = await this.ledger.transfers.releasePartials(tx, id);
    const documents = await this.ledger.invoices.follow(tx, id, 'cancelled');
    const unmatched = released.length > 0 ? { unmatched: released } : {};
    const isClosed = said === 'closed' || said === 'paid';
    const step: Step = {
      action: isClosed ? 'payment.cancelled' : 'payment.abandoned',
      detail: { from: 'pending', to: 'cancelled', reason, provider: said, provider_detail: detail, ...unmatched },
    };
    await this.ledger.audit.record(tx, auditBuffer.entries(id, step));
    const data = { payment_id: id, payment, ...documents, provider: isClosed ? ('closed' as const) : said };
    const sentence = isClosed ? 'payment.cancelled' : (`payment.abandoned_${said}` as const);
    const answer = Answer.ok(sentence, data, { params: { id: String(id) } });
    await claim.settle(tx, answer, String(id));
    crashPoint('cancel.before-commit');
    return answer;
  }
}
