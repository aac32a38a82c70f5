import { Answer } from '#answers';
import { RefundAlreadySettled, RefundNotFound, ProviderUnavailable } from '#errors';
import { ResultVoidedError, type Policy } from '#idempotency';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Ledger } from '../ledger/ledger.js';
import type { Refund } from '../ledger/refund.js';
import { RefundsRepository } from '../ledger/refunds.repository.js';
import type { RefundedPayment } from './refund-shapes.js';

/**
 * A double click or an agent's blind retry comes within minutes; a second, deliberate refund without a key waits so long,
 * from when the first one was answered, or settled if its answer was lost.
 */
export const REPEATED_REFUNDS: Policy = { derivedKeptMs: 5 * 60_000, derived: 'handler' };

/** What a key stands for once it has made a refund. */
export function resourceOfRefund(refund: Refund): string {
  return `${refund.payment_id}/refunds/${refund.id}`;
}

/** Unclear is not undone: a request in other words would refund a second time, so the answer names the one that waits. */
export function asRefundWaiting({ id: refund_id, payment_id, amount, currency }: Refund): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof ProviderUnavailable)) throw error;
    throw error.ofRefund({
      params: { refund_id, amount, currency },
      data: { payment_id, refund_id, status: 'pending', amount, currency },
    });
  };
}

/** What a refund has come to, with everything that followed it: one answer for whoever asks. */
@Injectable()
export class RefundAnswer {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
  ) {}

  /** @throws RefundNotFound */
  async asItIs(
    manager: EntityManager,
    refund_id: number,
    message: 'refunded' | 'refund_reserved' | 'refund_repeated',
  ): Promise<Answer<RefundedPayment>> {
    const refund = await this.refunds.find(manager, refund_id);
    const payment = refund?.payment_id ? await this.ledger.payments.find(manager, refund.payment_id) : undefined;
    if (!refund || !payment) throw new RefundNotFound(refund_id);
    const { refundable_amount } = await this.ledger.charges.findRefundable(manager, payment.id);
    return Answer.ok(`payment.${refund.status === 'pending' && message === 'refunded' ? 'refund_reserved' : message}`, {
      refund_id,
      payment_id: payment.id,
      refund,
      payment,
      ...(await this.ledger.invoices.find(manager, payment.id)),
      credit_note: await this.ledger.invoices.creditNoteOf(manager, refund_id),
      refundable_amount,
    });
  }

  /**
   * The refund as it now is, whoever settled it since.
   * @throws ResultVoidedError: no money went, so that whoever asks again wants it to go now
   */
  async repeated(
    manager: EntityManager,
    resource: string | null,
    payment_id: number,
  ): Promise<Answer<RefundedPayment>> {
    if (!(await this.unfinished(manager, resource, payment_id))) throw new ResultVoidedError();
    return this.asItIs(manager, Number(resource?.split('/').at(-1)), 'refund_repeated');
  }

  /**
   * What an earlier attempt under the same key has made. One that failed or was withdrawn had no effect, and is looked at
   * afresh; so is one of another payment, whose number came again after a restore.
   */
  async unfinished(manager: EntityManager, resource: string | null, payment_id: number): Promise<Refund | undefined> {
    if (resource === null) return undefined;
    const refund = await this.refunds.find(manager, Number(resource.split('/').at(-1)));
    if (refund?.payment_id !== payment_id) return undefined;
    // Staff have decided that this one is not made: a blind repetition of the request must not make it after all.
    if (refund.status === 'cancelled' && (await this.refunds.wasWithdrawn(manager, refund.id))) {
      throw new RefundAlreadySettled(refund, 'refund_was_withdrawn');
    }
    return refund.status === 'failed' || refund.status === 'cancelled' ? undefined : refund;
  }
}
